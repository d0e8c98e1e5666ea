"""
A kind of object that is kept as one JSON document each. This module does not know HTTP.
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
    Objects of one kind. Each method needs a transaction.

    Subclasses turn a body into an object and raise the documented errors.

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
        The collection that stores the objects.
        """
        return self.account.store.collection(self.kind)

    def all(self) -> list[dict[str, Any]]:
        """
        Return all objects, oldest first.
        """
        return self.documents.all()

    def create(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Add the object that a body describes.

        Raises:
            ApiError: 400 or 409 if the body is invalid.
        """
        document = {"id": f"{self.id_prefix}{self.account.settings.new_id()}", **self.created(body)}
        self.documents.insert(document["id"], document)
        return document

    def read(self, id: str) -> dict[str, Any]:
        """
        Return the object with an id.

        Raises:
            ApiError: 404 if it does not exist, 400 if the id is malformed.
        """
        document = self.documents.get(id)
        if document is None:
            raise ApiError(404, self.missing)
        return document

    def change(self, id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Update an object from a body.

        Raises:
            ApiError: 404 if it does not exist, 400 or 409 if the body is invalid.
        """
        document = {"id": id, **self.changed(self.read(id), body)}
        self.documents.replace(id, document)
        return document

    def delete(self, id: str) -> None:
        """
        Delete an object.

        Raises:
            ApiError: 404 if it does not exist, 400 or 409 if it cannot be deleted.
        """
        obstacle = self.obstacle(self.read(id))
        if obstacle is not None:
            raise obstacle
        self.documents.delete(id)

    def now(self) -> str:
        """
        Return the current time, as responses show it.
        """
        return iso_time(self.account.settings.clock())

    @abstractmethod
    def created(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the object that a body describes, without its id.
        """

    @abstractmethod
    def changed(self, old: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the object that a body makes of an old one.
        """

    def obstacle(self, document: Mapping[str, Any]) -> ApiError | None:
        """
        Return the error for an object that cannot be deleted, or None.
        """
        return None
