"""Strangers come in: a guest on a telephone makes a film with one press and finds it again; sixty come by one address.

In a real browser, with script and without; the crowd by plain requests, since sixty telephones do not fit here.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from browsing import DESK, PHONE, heard, listening, until

from uncaged.archive import rooms, runs
from uncaged.archive.run import Run
from uncaged.studio.studio import open_studio

VISITORS = 60


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A studio behind a proxy, with somebody who performs."""
    home = tmp_path_factory.mktemp("street") / "home"
    open_studio(home).close()
    (home / "policy.toml").write_text('[door]\nproxies = ["127.0.0.1"]\n', encoding="utf-8")
    with listening(home) as address:
        yield address


def come(browser: Any, address: str, said: list[str], **how: Any) -> Any:
    context = browser.new_context(extra_http_headers={"X-Forwarded-For": address}, **how)
    return heard(context.new_page(), said)


@pytest.mark.parametrize("script", [True, False])
def test_a_guest_makes_a_film_with_one_press_and_finds_it_again(
    street: str, browser: Any, script: bool
) -> None:
    said: list[str] = []
    guest = come(browser, "203.0.113.7", said, java_script_enabled=script, viewport=PHONE)
    guest.goto(street)
    assert guest.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    guest.get_by_role("button", name="make", exact=True).click()  # without a word
    assert re.fullmatch(rf"{street}/works/w_[a-z2-7]{{12}}", guest.url), guest.url
    work = guest.url
    link = guest.locator("text=?link=").first.text_content().strip()
    assert link.startswith(work) and guest.locator("svg").count() >= 1
    until(guest, "document.querySelector('video') !== null")  # by itself, in either way
    assert guest.locator("text=your link").count() >= 1

    elsewhere = come(browser, "198.51.100.4", said, java_script_enabled=script, viewport=DESK)
    assert elsewhere.goto(work).status == 404
    elsewhere.goto(link)
    assert elsewhere.url == work and elsewhere.locator("video").count() == 1
    elsewhere.get_by_role("button", name="keep", exact=False).first.click()
    assert elsewhere.url == work
    stranger = come(browser, "198.51.100.5", said)
    assert stranger.goto(work).status == 404
    assert not [line for line in said if "404" not in line], said
    for page in (guest, elsewhere, stranger):
        page.context.close()


def test_sixty_behind_one_address_each_get_a_first_film_before_anybody_s_third(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with open_studio(home) as studio:
        with studio.archive.write() as conn:
            owner = studio.person
            _room, token = rooms.make(conn, "this evening", 100, None, owner, studio.clock.now())
        (home / "policy.toml").write_text('[door]\nproxies = ["127.0.0.1"]\n', encoding="utf-8")
        with listening(home, "web") as street, ThreadPoolExecutor(12) as crowd:
            asked = list(crowd.map(lambda n: visit(street, token, n), range(VISITORS)))
        assert len(set(asked)) == VISITORS
        performs = [sys.executable, "-m", "uncaged", "steward"]
        env = os.environ | {"UNCAGED_HOME": str(home), "UNCAGED_FSYNC": "false"}
        subprocess.run(performs, check=True, env=env, capture_output=True, timeout=300)
        made = begun(studio)
    assert len(made) == 3 * VISITORS
    nths = [nth(made, at) for at in range(len(made))]
    thirds = [at for at, which in enumerate(nths) if which == 3]
    firsts = [at for at, which in enumerate(nths) if which == 1]
    assert len(firsts) == VISITORS
    assert max(firsts) < min(thirds)


def visit(street: str, token: str, n: int) -> str:
    """One of them: in by the room's door, then three films at once; some ask for all before others have come. Their
    cookie."""
    headers = {"X-Forwarded-For": "203.0.113.7", "Origin": street, "Accept": "application/json"}
    with httpx2.Client(base_url=street, headers=headers, timeout=60) as client:
        came = client.get("/rooms/enter", params={"token": token})
        assert came.status_code == 303, came.text
        for k in range(3):
            body = {"model": "echo", "prompt": f"bird {n} {k}", "size": [64, 64], "seconds": 0.5}
            assert client.post("/works", json=body).status_code == 202
        return client.cookies["uncaged_room"]


def begun(studio: Any) -> list[Run]:
    """Every run in the order in which they were begun."""
    with studio.archive.read() as conn:
        rows = conn.exec_driver_sql("SELECT id FROM runs ORDER BY began, id").scalars()
        return [runs.get(conn, row) for row in rows]


def nth(made: list[Run], at: int) -> int:
    """Whether it is its person's first, second, third."""
    return Counter(run.person_id for run in made[: at + 1])[made[at].person_id]
