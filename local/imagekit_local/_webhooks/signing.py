"""
Sign webhooks.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Literal, TypeAlias

Scheme: TypeAlias = Literal["standard-webhooks", "x-ik-signature"]


def signature_headers(secret: str, id: str, sent_at: datetime, body: bytes, scheme: Scheme) -> dict[str, str]:
    """
    Return the headers that sign a body.

    All bytes of the secret are the key, including its prefix, as in the vendor's SDKs.

    Args:
        secret: Secret of the webhook.
        id: Id of the message, which retries keep.
        sent_at: Time at which it is sent.
        body: The raw body.
        scheme: The headers of Standard Webhooks, or the single header of the older scheme.
    """
    seconds = sent_at.timestamp()
    if scheme == "x-ik-signature":
        time = str(int(seconds * 1000))
        return {scheme: f"t={time},v1={_digest(secret, f'{time}.', body).hex()}"}
    time = str(int(seconds))
    signature = base64.b64encode(_digest(secret, f"{id}.{time}.", body)).decode()
    return {"webhook-id": id, "webhook-timestamp": time, "webhook-signature": f"v1,{signature}"}


def _digest(secret: str, prefix: str, body: bytes) -> bytes:
    return hmac.new(secret.encode(), prefix.encode() + body, hashlib.sha256).digest()
