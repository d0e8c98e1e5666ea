"""
Webhooks against the reference implementation of Standard Webhooks, in both directions.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import standardwebhooks
from hypothesis import given
from hypothesis import strategies as st

from imagekit_async.errors import WebhookVerificationError
from imagekit_async.webhooks import sign, unwrap

SENT = datetime.fromtimestamp(1790000000, UTC)
ids = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1)
bodies = st.dictionaries(st.text(), st.text() | st.integers() | st.none()).map(
    lambda value: json.dumps(value, ensure_ascii=False)
)
keys = st.binary(min_size=1, max_size=64)
generic_secrets = keys.map(lambda key: "whsec_" + base64.b64encode(key).decode())


def vendor_verifier(secret: str) -> standardwebhooks.Webhook:
    """
    Return the reference verifier as the vendor's SDKs use it: the whole secret is the key.
    """
    return standardwebhooks.Webhook(base64.b64encode(secret.encode()).decode())


@given(body=bodies, secret=generic_secrets, id=ids)
def test_reference_accepts_ours(body: str, secret: str, id: str) -> None:
    """The reference accepts what we sign, with the vendor's key."""
    headers = sign(body, secret, id=id)

    assert json.loads(body) == vendor_verifier(secret).verify(body, headers)


@given(body=bodies, secret=generic_secrets, id=ids)
def test_ours_accepts_reference(body: str, secret: str, id: str) -> None:
    """We accept what the reference signs, with the generic or the vendor's key."""
    for signer in (standardwebhooks.Webhook(secret), vendor_verifier(secret)):
        signature = signer.sign(id, SENT, body)
        headers = {"webhook-id": id, "webhook-timestamp": "1790000000", "webhook-signature": signature}

        assert json.loads(body) == unwrap(body, headers, secret, now=SENT).to_dict()


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[str, str, str, timedelta, dict[str, str]]:
    """
    Draw a secret, an id and a body as signed, an age, and changes on the way.
    """
    changes = st.fixed_dictionaries(
        {},
        optional={
            "webhook-id": ids,
            "body": bodies,
            "webhook-signature": st.sampled_from(["v1,AAAA", "v2,AAAA", "v1,AAAA v1,BBBB"]),
            "secret": generic_secrets,
        },
    )
    seconds = st.integers(-290, 290) | st.integers(310, 4000) | st.integers(-4000, -310)
    age = timedelta(seconds=draw(seconds))
    return draw(generic_secrets), draw(ids), draw(bodies), age, draw(changes)


def accepted_by_reference(secret: str, body: str, headers: dict[str, str]) -> bool:
    """
    Return whether the reference accepts a delivery.
    """
    try:
        vendor_verifier(secret).verify(body, headers)
    except standardwebhooks.WebhookVerificationError:
        return False
    return True


def accepted_by_ours(secret: str, body: str, headers: dict[str, str]) -> bool:
    """
    Return whether we accept a delivery.
    """
    try:
        unwrap(body, headers, secret)
    except WebhookVerificationError:
        return False
    return True


@given(delivery=deliveries())
def test_same_verdict(delivery: tuple[str, str, str, timedelta, dict[str, str]]) -> None:
    """We accept exactly the deliveries that the reference accepts, whatever their age and changes."""
    secret, id, body, age, changes = delivery
    headers = sign(body, secret, id=id, timestamp=datetime.now(UTC) - age)
    headers |= {name: value for name, value in changes.items() if name in headers}
    received = (changes.get("secret", secret), changes.get("body", body), headers)

    assert accepted_by_reference(*received) == accepted_by_ours(*received)
