# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import Timeout
    from ...models.webhook import Webhook
    from ...models.webhook_event_type import WebhookEventType


class AccountsWebhooksResource(Resource):
    """
    Set up where the events of the account are sent. An account can have 3 webhooks.
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
    ) -> builtins.list[Webhook]:
        """
        List the webhooks.

        Returns all webhooks of the account, with their secrets.

        Args:
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The webhooks.

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
        endpoint: str,
        events: Sequence[WebhookEventType],
        enabled: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> Webhook:
        """
        Create a webhook.

        Adds a URL that receives events of the account, and returns the secret to verify them with. Fails with 400 when
        the URL is invalid or used by another webhook, or when the account has three webhooks already.

        Args:
            endpoint: The http or https URL to send events to; no other webhook of the account may use it.
            events: Kinds of events to send.
            enabled: Whether anything is sent.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The new webhook.

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
        from .create import call as _create

        call = _create(endpoint=endpoint, events=events, enabled=enabled)
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
    ) -> Webhook:
        """
        Get a webhook.

        Returns a webhook with its secret. Fails with 404 when it does not exist.

        Args:
            id: Id of the webhook.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The webhook.

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
        Delete a webhook.

        Removes a webhook; nothing is sent to its URL anymore. Fails with 404 when it does not exist.

        Args:
            id: Id of the webhook.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The webhook is gone; the response has no body.

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
        from .delete import call as _delete

        call = _delete(id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def update(
        self,
        id: str,
        *,
        endpoint: str | Unset = UNSET,
        events: Sequence[WebhookEventType] | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> Webhook:
        """
        Change a webhook.

        Changes the URL, the events or the state of a webhook; what is not sent stays, and `events` is replaced as a
        whole. The secret cannot be changed. Fails with 404 when the webhook does not exist.

        Args:
            id: Id of the webhook.
            endpoint: The http or https URL to send events to; no other webhook of the account may use it.
            events: Kinds of events to send.
            enabled: Whether anything is sent.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The webhook after the change.

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
        from .update import call as _update

        call = _update(id, endpoint=endpoint, events=events, enabled=enabled)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)
