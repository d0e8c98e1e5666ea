"""
Messages that have yet to arrive. They are stored in the transaction that they report, and so are as safe as it is.

Every function here needs a transaction around it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs

from imagekit_local._account import Account
from imagekit_local._accounts.webhooks import Webhooks
from imagekit_local._bodies import iso_time
from imagekit_local._clock import shifted
from imagekit_local._extensions.running import EXTENSION_FINISHED

MESSAGE = "message"
# Longer than any attempt: a message whose sender died is sent again, and no other is sent twice at a time.
_LEASE = timedelta(seconds=60)
_WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000))


@attrs.frozen
class Message:
    """
    A message to be sent now.
    """

    id: str
    type: str
    url: str
    secret: str | None = attrs.field(repr=False)
    body: bytes
    attempt: int


def post_event(account: Account, type: str, data: Mapping[str, Any], request: Mapping[str, Any] | None = None) -> None:
    """
    Have an event sent to every webhook that wants it.

    Args:
        account: The account that it happened to.
        type: Name of the event.
        data: What it carries as `data`; for the end of an extension, the URL to call and the body.
        request: What it carries as `request`, None for nothing.
    """
    if type == EXTENSION_FINISHED:
        _put(account, {"type": type, "url": data["webhookUrl"], "body": json.dumps(data["body"])})
        return
    webhooks = [webhook for webhook in _webhooks(account) if webhook["enabled"] and type in webhook["events"]]
    if not webhooks:
        return
    event: dict[str, Any] = {"id": account.settings.new_id(), "type": type}
    event["created_at"] = iso_time(account.settings.clock())
    body = json.dumps({**event, **({} if request is None else {"request": request}), "data": data})
    for webhook in webhooks:
        _put(account, {"type": type, "webhookId": webhook["id"], "body": body})


def claim_due(account: Account, busy: Collection[str]) -> list[Message]:
    """
    Return the messages whose time has come. They are not returned again before they are settled or a minute has passed.

    Args:
        account: The account that they are of.
        busy: Addresses whose messages have to wait. When one is no longer busy, `account.agenda` has to look again.
    """
    if account.agenda.is_idle(MESSAGE):
        return []
    messages = account.store.collection(MESSAGE)
    waiting = messages.all()
    if not waiting:
        account.agenda.wait(MESSAGE, ())
        return []
    now = account.settings.clock()
    webhooks = {webhook["id"]: webhook for webhook in _webhooks(account) if webhook["enabled"]}
    leased_until = shifted(now, _LEASE).isoformat()
    claimed: list[Message] = []
    later: list[datetime] = []
    has_changed = False
    for document in waiting:
        due_at = datetime.fromisoformat(document["dueAt"])
        if due_at > now:
            later.append(due_at)
            continue
        message = _addressed(document, webhooks)
        if message is None:
            has_changed = messages.delete(document["id"])
        elif message.url not in busy:
            messages.replace(message.id, {**document, "attempt": message.attempt, "dueAt": leased_until})
            claimed.append(message)
    if not claimed and not has_changed:
        account.agenda.wait(MESSAGE, later)
    return claimed


def settle(account: Account, message: Message, *, is_done: bool) -> None:
    """
    Forget a message that arrived or that was tried often enough, and have any other sent again later.
    """
    messages = account.store.collection(MESSAGE)
    document = messages.get(message.id)
    if document is None:
        return
    if is_done or message.attempt > len(_WAITS):
        messages.delete(message.id)
    else:
        due_at = shifted(account.settings.clock(), _WAITS[message.attempt - 1])
        messages.replace(message.id, {**document, "dueAt": due_at.isoformat()})
        account.agenda.add(MESSAGE, due_at)


def _webhooks(account: Account) -> list[dict[str, Any]]:
    return account.store.collection(Webhooks.kind).all()


def _put(account: Account, document: Mapping[str, Any]) -> None:
    id = f"msg_{account.settings.new_id()}"
    due_at = account.settings.clock()
    account.store.collection(MESSAGE).insert(id, {"id": id, "attempt": 0, "dueAt": due_at.isoformat(), **document})
    account.agenda.add(MESSAGE, due_at)


def _addressed(document: Mapping[str, Any], webhooks: Mapping[str, Mapping[str, Any]]) -> Message | None:
    url, secret = document.get("url"), None
    if url is None:
        webhook = webhooks.get(document["webhookId"])
        if webhook is None:
            return None
        url, secret = webhook["endpoint"], webhook["secret"]
    body = document["body"].encode()
    return Message(document["id"], document["type"], url, secret, body, document["attempt"] + 1)
