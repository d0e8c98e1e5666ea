"""
`imagekit doctor`.
"""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import trustme

from imagekit_async.cli import _doctor


def checks(ran):
    """
    Return the result of each check.
    """
    return {one["check"]: (one["ok"], one["message"]) for one in ran.objects}


def test_all_is_well(server, run):
    """With a key and a server all checks pass."""
    ran = run("doctor")

    assert 0 == ran.code
    assert ["proxy:", "host", "clock:", "key:"] == [line.split()[1] for line in ran.out.splitlines()]
    assert {"ok"} == {line.split()[0] for line in ran.out.splitlines()}


def test_wrong_key(server, run, monkeypatch):
    """A refused key is named, with exit code 3."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_wrong")

    ran = run("doctor", "--json")

    assert 3 == ran.code
    assert checks(ran)["key"][1].startswith("refused: 403")


def test_no_key(server, run, monkeypatch):
    """A missing key is named, with exit code 3."""
    monkeypatch.delenv("IMAGEKIT_PRIVATE_KEY")

    ran = run("doctor", "--json")

    assert 3 == ran.code
    assert (False, "no private key: run `imagekit configure`, or set IMAGEKIT_PRIVATE_KEY") == checks(ran)["key"]


def test_key_that_cannot_be_checked(server, run):
    """Trouble of the server is not blamed on the key."""
    server.faults.add("status", operation="assets.list", status=400)

    assert "cannot be checked: 400" in run("doctor").out


def test_nobody_listens(run, monkeypatch):
    """A host that does not respond is named, and the key is not checked."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_x")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        ran = run("doctor", "--json", "--base-url", f"http://127.0.0.1:{free.getsockname()[1]}")

    assert 1 == ran.code
    assert checks(ran)["host 127.0.0.1"][1].startswith("cannot connect: ")
    assert (True, "not checked, as no server sent its time") == checks(ran)["clock"]
    assert "key" not in checks(ran)


@pytest.mark.parametrize("value", ["ftp://user:hush@h", "http://[::1", "http://h:99999"])
def test_an_impossible_proxy(run, monkeypatch, value):
    """A proxy variable that is unusable fails the check of the host that it is for, and its password is not shown."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_x")
    monkeypatch.setenv("HTTPS_PROXY", value)
    ran = run("doctor", "--json", "--base-url", "https://127.0.0.1:1")

    assert 1 == ran.code
    assert checks(ran)["host 127.0.0.1"][1].startswith("environment variable HTTPS_PROXY must be the URL of a proxy")
    assert "hush" not in ran.out + ran.err


@pytest.mark.parametrize("variable", [None, "file"])
def test_certificate(run, monkeypatch, variable, tmp_path):
    """A certificate that is not trusted is called that, with what to do."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_x")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    if variable:
        trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        ran = run("doctor", "--json", "--base-url", f"https://localhost:{listener.getsockname()[1]}")
        thread.join()

    message = checks(ran)["host localhost"][1]
    assert message.startswith("its certificate is not trusted: ")
    assert message.endswith(
        f"SSL_CERT_FILE is {tmp_path}/ca.pem" if variable else "needs its own certificate in SSL_CERT_FILE"
    )


def test_certificates_that_are_missing(run, monkeypatch):
    """A file of certificates that cannot be read fails the check of the host, by the name of the variable."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_x")
    monkeypatch.setenv("SSL_CERT_FILE", "/missing.pem")

    ran = run("doctor", "--json", "--base-url", "https://127.0.0.1:1")

    assert 1 == ran.code
    assert "SSL_CERT_FILE=/missing.pem" in checks(ran)["host 127.0.0.1"][1]


def test_an_address_that_is_not_a_url(run, monkeypatch):
    """A base URL without a scheme is named, and nothing is requested."""
    monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", "private_x")
    monkeypatch.setenv("IMAGEKIT_BASE_URL", "127.0.0.1:80")

    ran = run("doctor", "--json")

    assert 1 == ran.code
    assert checks(ran)["host"][1].startswith("base_url (environment variable IMAGEKIT_BASE_URL) must be an absolute ")
    assert {"proxy", "host", "clock"} == checks(ran).keys()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (httpx.ProxyError("407"), "the proxy refused the connection: 407"),
        (httpx.ConnectTimeout("slow"), "no response within 10 seconds; check firewall and proxy"),
    ],
)
def test_other_trouble(run, monkeypatch, error, message):
    """A proxy that refuses and a host that is silent are distinguished; the public hosts are checked by default."""

    async def get(self, url):
        raise error

    monkeypatch.setattr(httpx.AsyncClient, "get", get)
    monkeypatch.setenv("HTTPS_PROXY", "http://name:secret@proxy.example:3128")

    ran = run("doctor", "--json")

    assert (False, message) == checks(ran)["host api.imagekit.io"] == checks(ran)["host upload.imagekit.io"]
    assert (True, "https through proxy.example:3128") == checks(ran)["proxy"]


@pytest.mark.parametrize(("minutes", "text"), [(5, "300 seconds ahead of"), (-5, "300 seconds behind")])
def test_clock(server, run, monkeypatch, minutes, text):
    """A clock that is wrong is named, with the direction."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            now = parse(stamps[-1]) + timedelta(minutes=minutes)
            return datetime.fromtimestamp(now.timestamp(), UTC)

    stamps, parse = [], _doctor.parsedate_to_datetime
    monkeypatch.setattr(_doctor, "datetime", Clock)
    host = _doctor._host

    async def noted(http, url):
        check, date = await host(http, url)
        stamps.append(date)
        return check, date

    monkeypatch.setattr(_doctor, "_host", noted)

    ran = run("doctor", "--json")

    assert 1 == ran.code
    assert f"{text} the server's; expiring URLs and webhooks fail" == checks(ran)["clock"][1]
