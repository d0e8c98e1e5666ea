# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import Timeout
    from ...models.named_transformation import NamedTransformation


class NamedTransformationsResource(Resource):
    """
    Give transformation strings a name to use in delivery URLs. An account can have 250 of them.
    """

    async def list(
        self,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> builtins.list[NamedTransformation]:
        """
        List the named transformations.

        Returns all named transformations of the account, disabled ones included.

        Args:
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The named transformations.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .list import call as _list

        call = _list()
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def create(
        self,
        *,
        name: str,
        transformation: str,
        enabled: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> NamedTransformation:
        """
        Create a named transformation.

        Gives a transformation string a name, which delivery URLs use as `tr:n-<name>`, also for private files without a
        signature. Fails with 400 when the name or the string is invalid, and with 409 when the name is taken.

        Args:
            name: Name to use in delivery URLs: letters, digits and underscores, unique in the account; case-sensitive.
            transformation: The transformation string, such as `w-400,h-300`.
            enabled: Whether delivery accepts the name.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The new named transformation.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            ConflictError: 409: The change clashes with something that exists; retrying does not help.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .create import call as _create

        call = _create(name=name, transformation=transformation, enabled=enabled)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def get(
        self,
        id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> NamedTransformation:
        """
        Get a named transformation.

        Returns a named transformation. Fails with 404 when it does not exist.

        Args:
            id: Id of the named transformation.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The named transformation.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .get import call as _get

        call = _get(id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def delete(
        self,
        id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> None:
        """
        Delete a named transformation.

        Removes a named transformation; delivery URLs that use it fail. Fails with 409 when the upload settings of the
        account refer to it, and with 404 when it does not exist.

        Args:
            id: Id of the named transformation.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The named transformation is gone; the response has no body.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            ConflictError: 409: The change clashes with something that exists; retrying does not help.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .delete import call as _delete

        call = _delete(id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def update(
        self,
        id: str,
        *,
        name: str | Unset = UNSET,
        transformation: str | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> NamedTransformation:
        """
        Change a named transformation.

        Changes the name, the string or the state of a named transformation; what is not sent stays. Delivery URLs that
        use a former name or a disabled transformation fail. Fails with 409 when the new name is taken, or when a
        transformation that the upload settings refer to would be renamed or disabled.

        Args:
            id: Id of the named transformation.
            name: Name to use in delivery URLs: letters, digits and underscores, unique in the account; case-sensitive.
            transformation: The transformation string, such as `w-400,h-300`.
            enabled: Whether delivery accepts the name.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The named transformation after the change.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            ConflictError: 409: The change clashes with something that exists; retrying does not help.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .update import call as _update

        call = _update(id, name=name, transformation=transformation, enabled=enabled)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)
