"""Lets these tests import what they share: `asking_far`, and `fake_server`, which lies above."""

import sys
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parent))

from fake_server import Server, film, start


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A film of a second, 64x48, 8 frames."""
    return film(tmp_path_factory.mktemp("far") / "film.mp4")


@pytest.fixture
def serve(content: bytes) -> Iterator[Callable[[], Server]]:
    """Starts one more server."""
    made: list[ThreadingHTTPServer] = []

    def go() -> Server:
        server = Server(content)
        made.append(start(server))
        return server

    yield go
    for one in made:
        one.shutdown()
        one.server_close()


@pytest.fixture
def server(serve: Callable[[], Server]) -> Server:
    """One."""
    return serve()
