"""
A kind of object that is kept as one JSON document each. Nothing here knows HTTP.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from imagekit_local._account import Account
from imagekit_local._bodies import iso_time
from imagekit_local._errors import ApiError
from imagekit_local._store import Collection


class Resource(ABC):
    """
    Objects of one kind. Each method needs a transaction around it.

    A subclass says what a body makes of an object, and raises the documented errors.

    Args:
        account: The account that holds them.
    """

    kind: ClassVar[str]
    id_prefix: ClassVar[str]
    missing: ClassVar[str]

    def __init__(self, account: Account) -> None:
        self.account = account

    @property
    def documents(self) -> Collection:
        """
        The objects as they are stored.
        """
        return self.account.store.collection(self.kind)

    def all(self) -> list[dict[str, Any]]:
        """
        All objects, oldest first.
        """
        return self.documents.all()

    def create(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Add the object that a body describes.

        Raises:
            ApiError: 400 or 409, the body is refused.
        """
        document = {"id": f"{self.id_prefix}{self.account.settings.new_id()}", **self.created(body)}
        self.documents.insert(document["id"], document)
        return document

    def read(self, id: str) -> dict[str, Any]:
        """
        The object with an id.

        Raises:
            ApiError: 404, there is none; 400, no object can have this id.
        """
        document = self.documents.get(id)
        if document is None:
            raise ApiError(404, self.missing)
        return document

    def change(self, id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Make of an object what a body says.

        Raises:
            ApiError: 404, there is none; 400 or 409, the body is refused.
        """
        document = {"id": id, **self.changed(self.read(id), body)}
        self.documents.replace(id, document)
        return document

    def delete(self, id: str) -> None:
        """
        Forget an object.

        Raises:
            ApiError: 404, there is none; 400 or 409, it has to stay.
        """
        obstacle = self.obstacle(self.read(id))
        if obstacle is not None:
            raise obstacle
        self.documents.delete(id)

    def now(self) -> str:
        """
        The time as it stands in answers.
        """
        return iso_time(self.account.settings.clock())

    @abstractmethod
    def created(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        The object, without its id, that a body describes.
        """

    @abstractmethod
    def changed(self, old: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """
        What a body makes of an object.
        """

    def obstacle(self, document: Mapping[str, Any]) -> ApiError | None:
        """
        Why an object cannot be deleted; None if it can, as all can unless a subclass knows better.
        """
        return None
