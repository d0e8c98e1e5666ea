"""
A local ImageKit, and Django with settings that no project gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from imagekit_async import ImageKit
from imagekit_async.integrations.django import ImageKitStorage
from imagekit_async.testing import LocalImageKit

MakeStorage = Callable[..., ImageKitStorage]


@pytest.fixture(scope="session", autouse=True)
def _django() -> None:
    if not settings.configured:
        settings.configure(USE_TZ=True)


@pytest.fixture
def server() -> Iterator[LocalImageKit]:
    """
    A local ImageKit on a socket.
    """
    with LocalImageKit() as server:
        yield server


@pytest.fixture
def client(server: LocalImageKit) -> Iterator[ImageKit]:
    """
    A client that looks at what the storages did.
    """
    with ImageKit(server.private_key, base_url=server.url) as client:
        yield client


@pytest.fixture
def make_storage(server: LocalImageKit) -> Iterator[MakeStorage]:
    """
    Make storages on the local ImageKit, of a given class with given options.
    """
    made: list[ImageKitStorage] = []

    def make(kind: type[ImageKitStorage] = ImageKitStorage, **options: object) -> ImageKitStorage:
        account = {"private_key": server.private_key, "base_url": server.url, "url_endpoint": server.url_endpoint}
        made.append(kind(**{"client": account, **options}))  # type: ignore[arg-type]
        return made[-1]

    yield make

    for storage in made:
        storage.client.close()


@pytest.fixture
def storage(make_storage: MakeStorage) -> ImageKitStorage:
    """
    A storage in a folder of its own.
    """
    return make_storage(location="media")
