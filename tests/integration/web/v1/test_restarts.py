"""``kill -9`` between a request and its film, and between a film and its telling: the same id, and told."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from uncaged.archive.wire_tables import deliveries
from uncaged.core.settings import Settings
from uncaged.studio.studio import open_studio

KEYED = {"Authorization": "Bearer none"}
SLOW: dict[str, Any] = {
    "prompt": "a bird",
    "model": "echo",
    "size": "64x64",
    "seconds": 0.5,
    "dials": {"pause": 0.1},
}


def until(fulfilled: Callable[[], Any], seconds: float = 60) -> Any:
    began = time.monotonic()
    while not (found := fulfilled()):
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return found


def ask(served: Any, method: str, path: str, **more: Any) -> Any:
    def once() -> Any:
        try:
            return httpx2.request(method, served.address + path, headers=KEYED, timeout=60, **more)
        except httpx2.TransportError:  # it comes again by itself
            return None

    answer = until(once)
    assert answer.status_code == 200, answer.text
    return answer


def is_completed(served: Any, video: str) -> bool:
    found = ask(served, "GET", f"/v1/videos/{video}").json()
    assert found["status"] != "failed", found
    return found["status"] == "completed"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Callable[[], list[Any]]]:
    """What the archive says of what is to be told."""
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False)) as studio:

        def look() -> list[Any]:
            with studio.archive.read() as conn:
                return list(conn.execute(deliveries.select()))

        yield look


def test_whatever_was_asked_for_ends_under_its_id(
    serve_again: Any, elsewhere: Any, told: Any
) -> None:
    """All of it is killed while one film is made, one waits, and one is being told: whether that was heard nobody can
    know, so it is told once more."""
    served = serve_again()
    hook = {"url": elsewhere.hangs("/told"), "event_types": ["video.completed"]}
    ask(served, "POST", "/v1/webhook_endpoints", json=hook)
    videos = [ask(served, "POST", "/v1/videos", json=SLOW).json()["id"] for _ in range(3)]
    until(lambda: elsewhere.asked)
    elsewhere.gives("/told", b"")
    served.end(signal.SIGKILL)
    served = serve_again()
    until(lambda: all(is_completed(served, video) for video in videos))
    assert len(ask(served, "GET", f"/v1/videos/{videos[2]}/content").content) > 1000
    listed = ask(served, "GET", "/v1/videos?order=asc").json()["data"]
    assert [one["id"] for one in listed] == videos
    until(lambda: all(one.due is None for one in told()))
    found = {one.work_id: (f"evt_{one.id}", one.tries, one.status) for one in told()}
    assert {said[1:] for said in found.values()} == {(1, 200)} and set(found) == set(videos)
    heard = [said["webhook-id"] for _, said, _ in elsewhere.asked]
    assert heard[0] in heard[1:] and sorted(heard[1:]) == sorted(said[0] for said in found.values())


def test_what_a_dead_web_did_not_tell_is_told_by_the_next(
    serve_again: Any, elsewhere: Any, told: Any
) -> None:
    """The web stands still while the film ends, and is killed before it could look: nothing was tried, nothing lost."""
    served = serve_again()
    hook = {"url": elsewhere.gives("/told", b""), "event_types": ["video.completed"]}
    ask(served, "POST", "/v1/webhook_endpoints", json=hook)
    video = ask(served, "POST", "/v1/videos", json=SLOW).json()["id"]
    web = int(served.web.name)
    os.kill(web, signal.SIGSTOP)
    (owed,) = until(told)
    assert (owed.work_id, owed.tries) == (video, 0) and elsewhere.asked == []
    os.kill(web, signal.SIGKILL)
    until(lambda: elsewhere.asked)
    until(lambda: told()[0].due is None)
    (again,) = told()
    assert (again.id, again.tries, again.status) == (owed.id, 1, 200)
    assert [said["webhook-id"] for _, said, _ in elsewhere.asked] == [f"evt_{owed.id}"]
