"""
`imagekit doctor`: what may keep the other commands from working, in words.
"""

from __future__ import annotations

import os
import re
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.request import getproxies

import attrs
import httpx

from .. import AsyncImageKit, ImageKitError
from .._http.environment import EnvironmentTransport
from .._settings import API_SERVER, UPLOAD_SERVER
from ..errors import AuthenticationError, ConfigurationError, PermissionDeniedError
from ._app import Injected
from ._context import CliError, Context, Exit

_TIMEOUT_SECONDS: Final = 10.0
_CLOCK_SECONDS: Final = 60


@attrs.frozen
class Check:
    """
    The result of one check.
    """

    check: str
    ok: bool
    message: str


async def doctor(*, context: Injected) -> None:
    """
    Check key, hosts, proxy, certificates and clock, and say what is wrong.
    """
    settings = context.settings()
    api = settings.get("base_url", API_SERVER)
    checks = [_proxy()]
    date: str | None = None
    hosts = dict.fromkeys((api, UPLOAD_SERVER if api == API_SERVER else api))
    try:
        AsyncImageKit("private_", base_url=api)
    except ConfigurationError as error:
        hosts = {}
        checks.append(Check("host", False, str(error)))
    async with httpx.AsyncClient(transport=EnvironmentTransport(), timeout=_TIMEOUT_SECONDS) as http:
        for host in hosts:
            check, date = await _host(http, host)
            checks.append(check)
    checks.append(_clock(date))
    if "private_key" not in settings:
        checks.append(Check("key", False, "no private key: run `imagekit configure`, or set IMAGEKIT_PRIVATE_KEY"))
    elif all(check.ok for check in checks if check.check.startswith("host")):
        checks.append(await _key(context))
    for check in checks:
        context.write(attrs.asdict(check), f"{'ok   ' if check.ok else 'WRONG'}  {check.check}: {check.message}")
    failed = [check.check for check in checks if not check.ok]
    if failed:
        code = Exit.AUTHENTICATION if failed == ["key"] else Exit.FAILED
        raise CliError(f"found a problem with: {', '.join(failed)}", code)


def _proxy() -> Check:
    # Without credentials. One that is unusable fails the check of the host that it is for.
    used = {scheme: re.sub(r"^.*(//|@)|/.*", "", url) for scheme, url in getproxies().items() if scheme != "no"}
    text = ", ".join(f"{scheme} through {host}" for scheme, host in used.items())
    return Check("proxy", True, text or "none is set")


async def _host(http: httpx.AsyncClient, url: str) -> tuple[Check, str | None]:
    """
    Return whether a server responds, and its `Date` header.
    """
    name = f"host {httpx.URL(url).host}"
    try:
        response = await http.get(url)
    except (httpx.HTTPError, ConfigurationError) as error:
        return Check(name, False, _why(error)), None
    return Check(name, True, f"responds ({response.http_version})"), response.headers.get("date")


def _why(error: BaseException) -> str:
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in causes):
        hint = "a proxy that opens TLS needs its own certificate in SSL_CERT_FILE"
        if variable := os.environ.get("SSL_CERT_FILE"):
            hint = f"SSL_CERT_FILE is {variable}"
        return f"its certificate is not trusted: {error}; {hint}"
    if isinstance(error, ConfigurationError):
        return str(error)
    if isinstance(error, httpx.ProxyError):
        return f"the proxy refused the connection: {error}"
    if isinstance(error, httpx.TimeoutException):
        return f"no response within {_TIMEOUT_SECONDS:.0f} seconds; check firewall and proxy"
    return f"cannot connect: {error or type(error).__name__}; check the network, the name and the proxy"


def _clock(date: str | None) -> Check:
    if date is None:
        return Check("clock", True, "not checked, as no server sent its time")
    ahead = (datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds()
    if abs(ahead) < _CLOCK_SECONDS:
        return Check("clock", True, f"within {_CLOCK_SECONDS} seconds of the server's")
    direction = "ahead of" if ahead > 0 else "behind"
    return Check("clock", False, f"{abs(ahead):.0f} seconds {direction} the server's; expiring URLs and webhooks fail")


async def _key(context: Context) -> Check:
    try:
        async with context.client() as client:
            await client.assets.list(limit=1)
    except (AuthenticationError, PermissionDeniedError) as error:
        return Check("key", False, f"refused: {error}")
    except ImageKitError as error:
        return Check("key", False, f"cannot be checked: {error}")
    return Check("key", True, "accepted")
