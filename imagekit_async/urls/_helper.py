"""
`client.helper`: the functions of this package with the client's keys and endpoint filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ._build import build_url
from ._kinds import refused
from ._responsive import (
    DEVICE_BREAKPOINTS,
    IMAGE_BREAKPOINTS,
    ResponsiveImageAttributes,
    get_responsive_image_attributes,
)
from ._signing import verify_url
from ._transformation import build_transformation_string
from ._upload import DEFAULT_LIFETIME, AuthenticationParameters, get_authentication_parameters, sign_upload_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from ._types import Expiry, QueryValue, Transformation, TransformationPosition


@attrs.frozen
class Helper:
    """
    Delivery URLs and upload permissions of one account: the functions of `imagekit_async.urls`, with nothing to await.

    Args:
        private_key: The account's private key.
        url_endpoint: Base of the account's delivery URLs, for calls that pass none.
        public_key: The account's public key.
    """

    _private_key: str = attrs.field(repr=False)
    _url_endpoint: str | None = None
    public_key: str | None = None

    def build_url(
        self,
        *,
        src: str,
        url_endpoint: str | None = None,
        transformation: Sequence[Transformation] | None = None,
        transformation_position: TransformationPosition = "query",
        query_parameters: Mapping[str, QueryValue] | None = None,
        signed: bool = False,
        expires_in: Expiry | None = None,
    ) -> str:
        """
        Return the URL to deliver a file from; see `urls.build_url`.

        Raises:
            ValueError: An argument is not valid. The message names it, its value and what is accepted.
        """
        return build_url(
            src=src,
            url_endpoint=self._endpoint(url_endpoint),
            transformation=transformation,
            transformation_position=transformation_position,
            query_parameters=query_parameters,
            signed=signed,
            expires_in=expires_in,
            private_key=self._private_key,
        )

    def build_transformation_string(self, transformation: Sequence[Transformation] | None = None) -> str:
        """
        Return a transformation as text; see `urls.build_transformation_string`.

        Raises:
            ValueError: An option is unknown, or its value is not accepted. The message names both.
        """
        return build_transformation_string(transformation)

    def get_responsive_image_attributes(
        self,
        *,
        src: str,
        url_endpoint: str | None = None,
        transformation: Sequence[Transformation] | None = None,
        transformation_position: TransformationPosition = "query",
        query_parameters: Mapping[str, QueryValue] | None = None,
        width: float | None = None,
        sizes: str | None = None,
        device_breakpoints: Sequence[int] = DEVICE_BREAKPOINTS,
        image_breakpoints: Sequence[int] = IMAGE_BREAKPOINTS,
    ) -> ResponsiveImageAttributes:
        """
        Return the attributes of a responsive `<img>`; see `urls.get_responsive_image_attributes`.

        Raises:
            ValueError: An argument is not valid, or there is no breakpoint to choose from.
        """
        return get_responsive_image_attributes(
            src=src,
            url_endpoint=self._endpoint(url_endpoint),
            transformation=transformation,
            transformation_position=transformation_position,
            query_parameters=query_parameters,
            width=width,
            sizes=sizes,
            device_breakpoints=device_breakpoints,
            image_breakpoints=image_breakpoints,
        )

    def get_authentication_parameters(
        self, token: str | None = None, expire: int | timedelta | datetime | None = None
    ) -> AuthenticationParameters:
        """
        Return form fields that let a browser upload one file (v1); see `urls.get_authentication_parameters`.

        Raises:
            ValueError: The expiry is not valid.
        """
        return get_authentication_parameters(token, expire, private_key=self._private_key)

    def sign_upload_form(self, form: Mapping[str, object], *, expires_in: Expiry = DEFAULT_LIFETIME) -> dict[str, str]:
        """
        Return form fields that let a browser upload one file (v2); see `urls.sign_upload_form`.

        Raises:
            ValueError: The client has no public key, or the expiry or an argument of the form is not valid.
        """
        return sign_upload_form(
            form, private_key=self._private_key, public_key=self.public_key or "", expires_in=expires_in
        )

    def verify_url(self, url: str, *, url_endpoint: str | None = None) -> None:
        """
        Check the signature of a delivery URL; see `urls.verify_url`.

        Raises:
            InvalidSignatureError: The URL is not signed, was changed, or was signed with another key.
            ExpiredSignatureError: The signature is valid but has expired.
        """
        verify_url(url, private_key=self._private_key, url_endpoint=self._endpoint(url_endpoint))

    def _endpoint(self, given: str | None) -> str:
        if given is None and self._url_endpoint is None:
            raise ValueError(f"url_endpoint {refused('passed here or to the client', None)}")
        return given if given is not None else self._url_endpoint or ""
