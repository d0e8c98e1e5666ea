"""
Transformations and signatures in URLs, through HTTP.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from imagekit_local import LocalImageKit
from imagekit_local._delivery_target import DeliveryTarget, SignatureError

Upload = Callable[..., Awaitable[dict[str, Any]]]
Picture = Callable[..., bytes]
VECTORS = Path(__file__).parents[3] / "tests" / "data" / "url_vectors.json"
NOW = int(datetime.fromisoformat("2030-01-02T03:04:05+00:00").timestamp())


def size(response: httpx.Response) -> tuple[int, int]:
    """
    The size of an image that was delivered.
    """
    assert 200 == response.status_code, response.headers.get("ik-error")
    return Image.open(io.BytesIO(response.content)).size


def signed(server: LocalImageKit, rest: str, expiry: int | None = None, key: str | None = None) -> str:
    """
    The URL of what lies below the endpoint, signed as the service demands it.
    """
    message = f"{rest}{9999999999 if expiry is None else expiry}"
    digest = hmac.new((key or server.private_key).encode(), message.encode(), hashlib.sha1).hexdigest()
    expires = "" if expiry is None else f"ik-t={expiry}&"
    return f"{server.url_endpoint}/{rest}{'&' if '?' in rest else '?'}{expires}ik-s={digest}"


@pytest.mark.parametrize(
    "url",
    [
        "f/a%20b.png?tr=w-30:rt-90",
        "f/a%20b.png?v=1&tr=w-30:rt-90&x=+",
        "tr:w-30:rt-90/f/a%20b.png",
        "f/a%20b.png?tr=rt-90,w-30",
        "f/a%20b.png?tr=w-30%3Art-90",
        "f/a%20b.png?tr=rt-90%2Cw-30&v=1",
        "tr:w-30%3Art-90/f/a%20b.png",
        str(httpx.URL("f/a%20b.png", params={"tr": "w-30:rt-90"})),
    ],
)
@pytest.mark.anyio
async def test_transformations(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture, url: str
) -> None:
    """A transformation stands in the query or in front of the path, and what comes out bears its type."""
    await upload("a_b.png", picture(size=(60, 40)), folder="f")
    response = await anonymous.get(f"{server.url_endpoint}/{url.replace('%20', '_')}")

    assert ("image/png", (20, 30)) == (response.headers["content-type"], size(response))


@pytest.mark.anyio
async def test_encoded_content(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """What is encoded inside a transformation separates nothing, and a plus is a plus."""
    await upload("a.png", picture(size=(200, 100)))
    await upload("ü.png", picture(size=(9, 9)))
    for content in ("l-text,i-a%2Cb%3Ac%2Fd+e", "l-text,ie-Pz8%2FPj4%2B", "l-image,ie-w7wucG5n"):
        for url in (f"a.png?tr={content},l-end,w-50", f"tr:{content},l-end,w-50/a.png"):
            assert (50, 25) == size(await anonymous.get(f"{server.url_endpoint}/{url}"))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("a.png?tr=e-bgremove", "e-bgremove: the local ImageKit has no AI"),
        ("tr:fo-face/a.png", "fo: the local ImageKit cannot do 'face'"),
        ("a.png?tr=w-%C3%B6%0A", "w: '\\xf6\\\\n' is neither a number nor a variable"),
        ("a.png?tr=%E2%82%AC%0D%0Ax", "\\u20ac\\r\\nx: the option is unknown"),
        ("a.png?tr=w-1&tr=w-1", "tr: it appears twice in the URL"),
        ("tr:w-1/a.png?tr=w-1", "tr: it appears twice in the URL"),
        ("a.png?tr=n-none", "n: there is no named transformation 'none'"),
        ("a.png?tr=b-9999_red", "ELIMIT - b: 20002x20001 is too large"),
        ("a.txt?tr=w-1", "tr: the local ImageKit does not transform text/plain"),
        ("a.mp4?tr=w-1", "tr: the local ImageKit does not transform videos"),
    ],
)
@pytest.mark.anyio
async def test_refused_transformations(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture, url: str, reason: str
) -> None:
    """What cannot be done is refused with the name of the option, never ignored."""
    await upload("a.png", picture())
    await upload("a.txt")
    await upload("a.mp4", b"\x00\x00\x00\x18ftypmp42")
    response = await anonymous.get(f"{server.url_endpoint}/{url}")

    assert (400, "Bad Image Transformation Request") == (response.status_code, response.text)
    assert reason == response.headers["ik-error"]


@pytest.mark.anyio
async def test_long_reasons(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """A header stays short, however long its subject is."""
    await upload("a.png", picture())
    response = await anonymous.get(f"{server.url_endpoint}/a.png?tr=w-{'x' * 9000}")

    assert (400, 500) == (response.status_code, len(response.headers["ik-error"]))


@pytest.mark.anyio
async def test_missing_overlay(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """An overlay that is not stored, not published or private counts as missing."""
    await upload("a.png", picture())
    await upload("draft.png", picture(), isPublished="false")
    await upload("private.png", picture(), isPrivateFile="true")
    for name in ("none", "draft", "private"):
        response = await anonymous.get(f"{server.url_endpoint}/a.png?tr=l-image,i-{name}.png,l-end")

        assert (404, f"ENOENT - i: no such file '/{name}.png'") == (response.status_code, response.headers["ik-error"])

    assert 200 == (await anonymous.get(signed(server, "a.png?tr=l-image,i-private.png,l-end"))).status_code


@pytest.mark.anyio
async def test_default_image(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """A default image takes the place of what is missing, with all other options, but not of what is private."""
    await upload("a.png", picture(size=(60, 40)))
    await upload("p.png", picture(), isPrivateFile="true")
    responses = [
        await anonymous.get(f"{server.url_endpoint}/{url}")
        for url in ("x.png?tr=w-30,di-@@a.png", "tr:w-30:di-a.png/x.png", "p.png?tr=di-a.png", "x.png?tr=di-p.png")
    ]

    assert [200, 200, 401, 404] == [response.status_code for response in responses]
    assert [(30, 20), (30, 20)] == [size(response) for response in responses[:2]]


@pytest.mark.anyio
async def test_named_transformations(
    upload: Upload,
    anonymous: httpx.AsyncClient,
    client: httpx.AsyncClient,
    server: LocalImageKit,
    picture: Picture,
) -> None:
    """A name does what it stands for while it is enabled, and opens a private file if nothing else is asked for."""
    await upload("a.png", picture(size=(60, 40)))
    await upload("p.png", picture(size=(60, 40)), isPrivateFile="true")
    named = {"name": "small", "transformation": "tr:w-30:rt-90"}
    id = (await client.post("/v1/named-transformations", json=named)).json()["id"]
    urls = ("a.png?tr=n-small", "tr:n-small/p.png", "p.png?tr=n-small,w-1", "p.png?tr=n-other")
    responses = [await anonymous.get(f"{server.url_endpoint}/{url}") for url in urls]
    stored = await anonymous.get(f"{server.url_endpoint}/a.png?tr=w-30:rt-90")
    await client.patch(f"/v1/named-transformations/{id}", json={"enabled": False})
    disabled = await anonymous.get(f"{server.url_endpoint}/a.png?tr=n-small")

    assert [200, 200, 401, 401] == [response.status_code for response in responses]
    assert stored.content == responses[0].content == responses[1].content
    assert 400 == disabled.status_code


@pytest.mark.anyio
async def test_negotiation(upload: Upload, anonymous: httpx.AsyncClient, picture: Picture) -> None:
    """Automatic formats follow the headers of the request, and `Vary` says so to caches."""
    url = (await upload("a.png", picture(size=(600, 400))))["url"]
    headers = {"accept": "image/webp", "sec-ch-width": "180", "sec-ch-dpr": "2"}
    response = await anonymous.get(f"{url}?tr=f-auto,w-auto", headers=headers)

    assert ("image/webp", (200, 133)) == (response.headers["content-type"], size(response))
    assert ("Accept, Sec-CH-Width", "2.22222") == (response.headers["vary"], response.headers["content-dpr"])
    assert "image/png" == (await anonymous.get(f"{url}?tr=f-auto,w-auto")).headers["content-type"]


@pytest.mark.anyio
async def test_changed_files(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """A result that is kept is not delivered once a file it was made of has changed."""
    url = f"{server.url_endpoint}/a.png?tr=l-image,i-b.png,t-false,l-end"
    await upload("a.png", picture(size=(8, 8)))
    await upload("b.png", picture(size=(2, 2), mode="RGBA"))
    first, again = [(await anonymous.get(url)).content for _ in range(2)]
    await upload("b.png", picture(size=(2, 2), mode="L", format="JPEG"))
    await upload("a.png", picture(size=(9, 9)))

    assert first == again
    assert (9, 9) == size(await anonymous.get(url))


@pytest.mark.anyio
async def test_custom_coordinates(upload: Upload, anonymous: httpx.AsyncClient) -> None:
    """`fo-custom` looks at the coordinates that are stored with the file."""
    image, buffer = Image.new("RGB", (60, 40)), io.BytesIO()
    image.paste("red", (50, 0, 60, 10))
    image.save(buffer, "PNG")
    url = (await upload("a.png", buffer.getvalue(), customCoordinates="50,0,10,10"))["url"]
    response = await anonymous.get(f"{url}?tr=cm-extract,w-10,h-10,fo-custom")

    assert (255, 0, 0) == Image.open(io.BytesIO(response.content)).getpixel((5, 5))


@pytest.mark.parametrize("expiry", [None, NOW + 600])
@pytest.mark.parametrize("rest", ["p.png", "p.png?v=+a%20b&tr=w-1", "tr:w-1/p.png", "p.png?tr=w-1&&x=", "p.png?ik-obj"])
@pytest.mark.anyio
async def test_signed_urls(
    upload: Upload,
    anonymous: httpx.AsyncClient,
    server: LocalImageKit,
    picture: Picture,
    rest: str,
    expiry: int | None,
) -> None:
    """A signature over the bytes of the URL below its endpoint opens a private file until it expires."""
    await upload("p.png", picture(), isPrivateFile="true")
    response = await anonymous.get(signed(server, rest, expiry))

    assert (400 if "ik-obj" in rest else 200) == response.status_code


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda url: url.replace("w-1", "w-2"), "the signature does not match the URL"),
        (lambda url: url.replace("ik-s=", "ik-s=0"), "the signature does not match the URL"),
        (lambda url: url.replace("ik-t=1", "ik-t=2"), "the signature does not match the URL"),
        (lambda url: url + "&x=1", "the signature does not match the URL"),
        (lambda url: url + "&ik-s=1", "the signature does not match the URL"),
        (lambda url: url.partition("&ik-s")[0], "the signature does not match the URL"),
        (lambda url: url.partition("ik-t")[0] + "ik-s=%C3%BC", "the signature does not match the URL"),
        (lambda url: url.partition("ik-t")[0] + "ik-s", "the signature does not match the URL"),
        (lambda url: url.partition("?")[0], "the file is private and the URL is not signed"),
        (lambda url: url.partition("&ik-t")[0], "the file is private and the URL is not signed"),
    ],
)
@pytest.mark.anyio
async def test_tampered_urls(
    upload: Upload,
    anonymous: httpx.AsyncClient,
    server: LocalImageKit,
    picture: Picture,
    change: Callable[[str], str],
    reason: str,
) -> None:
    """A URL that was changed after it was signed opens nothing, and neither does one without a signature."""
    await upload("p.png", picture(), isPrivateFile="true")
    response = await anonymous.get(change(signed(server, "p.png?tr=w-1", NOW + 600)))

    assert (401, "Unauthorised Image Access", reason) == (
        response.status_code,
        response.text,
        response.headers["ik-error"],
    )


@pytest.mark.anyio
async def test_refused_signatures(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """A signature that has expired or is of another account is refused, even where none is needed."""
    await upload("a.png", picture())
    expired = await anonymous.get(signed(server, "a.png", NOW - 1))
    endless = await anonymous.get(signed(server, "a.png", 10**20))
    foreign = await anonymous.get(signed(server, "a.png", key="private_other"))

    assert [401, 401, 401] == [response.status_code for response in (expired, endless, foreign)]
    assert ["the URL has expired"] * 2 == [response.headers["ik-error"] for response in (expired, endless)]


@pytest.mark.anyio
async def test_order_of_checks(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """The signature is checked first, then the file, then the transformation, which so reveals nothing private."""
    await upload("p.png", picture(), isPrivateFile="true")
    await upload("d.png", picture(), isPublished="false")
    urls = ("x.png?tr=foo&ik-s=1", "x.png?tr=foo", "p.png?tr=foo", "d.png?tr=foo", signed(server, "d.png"))
    statuses = [(await anonymous.get(httpx.URL(f"{server.url_endpoint}/").join(url))).status_code for url in urls]

    assert [401, 404, 401, 404, 404] == statuses
    assert 400 == (await anonymous.get(signed(server, "p.png?tr=foo"))).status_code


def test_urls_of_the_official_builder() -> None:
    """Signed URLs that the vendor's own builder made hold, and none of them with a byte changed."""
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    signed_urls = [vector for vector in vectors if "ik-s=" in str(vector["expected"])]
    checked = 0
    for vector in signed_urls:
        endpoint = vector["options"]["url_endpoint"].rstrip("/")
        # The builder signs foreign URLs in a way no server accepts.
        if vector["expected"].startswith(f"{endpoint}/"):
            path, _, query = vector["expected"].removeprefix(f"{endpoint}/").encode().partition(b"?")
            now = datetime.fromtimestamp(vector["now"], UTC)
            checked += 1

            assert DeliveryTarget.from_request(path, query).is_signed(vector["private_key"], now)
            with pytest.raises(SignatureError):
                DeliveryTarget.from_request(path + b"x", query).is_signed(vector["private_key"], now)

    assert checked >= 50


@pytest.mark.anyio
async def test_plus_signs(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """A plus sign is a space where a client encoded the transformation as a form, and itself elsewhere."""
    await upload("a.png", picture(size=(200, 60)))
    base = f"{server.url_endpoint}/a.png?tr="
    space, plus, form = [
        (await anonymous.get(base + text)).content
        for text in (
            "l-text,i-a%20b,co-FFFFFF,fs-30,l-end",
            "l-text,i-a+b,co-FFFFFF,fs-30,l-end",
            "l-text%2Ci-a+b%2Cco-FFFFFF%2Cfs-30%2Cl-end",
        )
    ]

    assert space == form
    assert plus != form


@pytest.mark.anyio
async def test_encoded_and_signed(
    upload: Upload, anonymous: httpx.AsyncClient, server: LocalImageKit, picture: Picture
) -> None:
    """A signature covers an encoded transformation as it is sent."""
    await upload("a.png", picture(size=(60, 40)), isPrivateFile="true")
    response = await anonymous.get(signed(server, "a.png?tr=w-30%2Ch-20"))

    assert (30, 20) == size(response)
