"""
Messages sent: to each address one after the other, to all addresses at once.
"""

from __future__ import annotations

import contextlib
import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import anyio
import attrs
import httpx

from imagekit_local._account import Account
from imagekit_local._reachability import UnreachableError
from imagekit_local._webhooks.outbox import Message, claim_due, settle
from imagekit_local._webhooks.signing import signature_headers

logger = logging.getLogger("imagekit_local")

_TIMEOUT_SECONDS = 30.0


@attrs.frozen
class Delivery:
    """
    What became of one attempt to send a message.

    Attributes:
        id: Id of the message, the same for every attempt.
        type: Name of the event, or `extension.finished`.
        url: Where it was sent.
        attempt: Number of the attempt, from 1.
        status: Status of the response, None if there was none.
        is_done: Whether it will not be sent again: it arrived, or must not be sent there.
    """

    id: str
    type: str
    url: str
    attempt: int
    status: int | None
    is_done: bool


async def deliver_due(account: Account) -> list[Delivery]:
    """
    Send all messages whose time has come.

    Returns:
        What became of each.
    """
    deliveries: list[Delivery] = []
    async with anyio.create_task_group() as group:
        for messages in (await due_by_address(account)).values():
            group.start_soon(send_all, account, messages, deliveries)
    return deliveries


async def due_by_address(account: Account, busy: Collection[str] = ()) -> Mapping[str, list[Message]]:
    """
    The messages whose time has come, by where they are to be sent, but for some busy addresses.
    """
    by_url: defaultdict[str, list[Message]] = defaultdict(list)
    for message in await account.store.run(claim_due, account, busy):
        by_url[message.url].append(message)
    return by_url


async def send_all(account: Account, messages: Sequence[Message], deliveries: list[Delivery]) -> None:
    """
    Send messages one after the other.

    Args:
        account: The account that they are of.
        messages: What to send.
        deliveries: Gets what became of each.
    """
    async with account.settings.reach.client(_TIMEOUT_SECONDS) as http:
        for message in messages:
            delivery = await _send(account, http, message)
            await account.store.run(settle, account, message, is_done=delivery.is_done)
            deliveries.append(delivery)


async def _send(account: Account, http: httpx.AsyncClient, message: Message) -> Delivery:
    status: int | None = None
    # A URL that is invalid, or leads where the server must not go, fails again however often it is tried.
    is_done = True
    try:
        status = await _post(account, http, message)
        is_done = _is_acknowledged(message, status)
    except (UnreachableError, httpx.InvalidURL, UnicodeError) as error:
        logger.warning("a webhook or callback of the local ImageKit was not sent: %s", error)
    return Delivery(message.id, message.type, message.url, message.attempt, status, is_done)


async def _post(account: Account, http: httpx.AsyncClient, message: Message) -> int | None:
    headers = {"content-type": "application/json"}
    if message.secret is not None:
        now, scheme = account.settings.clock(), account.settings.webhook_signature
        headers |= signature_headers(message.secret, message.id, now, message.body, scheme)
    status: int | None = None
    with anyio.move_on_after(_TIMEOUT_SECONDS), contextlib.suppress(httpx.HTTPError):
        status = (await http.post(message.url, content=message.body, headers=headers)).status_code
    return status


def _is_acknowledged(message: Message, status: int | None) -> bool:
    if status is None:
        return False
    # Only the result of an extension asks for exactly this status.
    return status == 200 if message.secret is None else 200 <= status <= 299
