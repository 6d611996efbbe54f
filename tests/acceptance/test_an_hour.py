"""The door is open for an hour, by a clock that is moved by hand; then it is closed, and a folder of files is left.

In a real browser, with script and without: what whoever comes sees of it, up to the site that a plain file server
serves. `uncaged open` does the same in processes of its own; `integration/cli` tells that story.
"""

import functools
import http.server
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree as ET

import pytest
from browsing import DESK, PHONE, heard, in_the_way, until
from housed import Housed, housed

from uncaged.archive import house as house_pages
from uncaged.cli.doorkeeping import Keeper
from uncaged.studio import open_door
from uncaged.studio.open_door import Note, Terms
from uncaged.web.site import export

MINUTE, HOUR = 60.0, 3600.0
ATOM = "{http://www.w3.org/2005/Atom}"
NAMED = """
["href", "src", "poster"].flatMap((name) => [...document.querySelectorAll(`[${name}]`)].map(
  (one) => new URL(one.getAttribute(name), document.baseURI).href))
"""
"""Every address that a page names."""


def opened(house: Housed, site: Path, told: list[str]) -> tuple[Keeper, str]:
    """The door, as `uncaged open --for 1h` opens it: who keeps it, and the address on the wall."""
    studio = house.studio
    house.add("owner", "owner")
    said = {"rules": "Be kind.", "contact": "Moss, door@north.example", "name": "north quay"}
    for name, text in said.items():
        now = studio.clock.now()
        studio.commit(
            lambda c, n=name, t=text, at=now: house_pages.write(c, n, t, studio.person, at)
        )
    terms = Terms(None, "0.0.0.0", None, "uncaged open --for 1h")
    found = open_door.examine(studio, terms)
    assert all(one.holds for one in found), found
    opening = open_door.begin(studio, terms, HOUR)
    open_door.note(studio, opening, Note(terms.command, found, house.base))
    keeper = Keeper(studio, opening.id, lambda: export.write(studio, site).folder, told.append)
    assert not keeper.step()
    return keeper, f"{house.base}/open/{open_door.token(studio, opening.id)}"


def ask(page: Any, words: str) -> None:
    """Fills in the form for a small film; does not press."""
    page.fill("#prompt", words)
    page.select_option("#model", "echo")
    page.fill("#size", "64x64")
    page.fill("#seconds", "0.5")


def press(page: Any) -> None:
    page.locator("#say button", has_text="make").first.click()


def left(page: Any, base: str) -> float:
    """Minutes until it closes, as the door's page says."""
    page.goto(base + "/open")
    said = re.match(r"(?:(\d+) h )?(\d+) min", page.locator(".left").inner_text())
    assert said is not None, page.locator(".left").inner_text()
    return int(said[1] or 0) * 60 + int(said[2])


@pytest.mark.parametrize("script", [True, False])
def test_an_evening_from_the_opening_to_the_files_that_are_left(
    tmp_path: Path, browser: Any, script: bool
) -> None:
    site, told = tmp_path / "www" / "evening", list[str]()
    how = {"java_script_enabled": script, "viewport": PHONE}
    with housed(tmp_path / "home", door=True) as house:
        keeper, address = opened(house, site, told)
        context = house.come(browser, "203.0.113.7", **how)
        guest = heard(context.new_page(), told_wrong := [])
        guest.goto(address)
        assert guest.url == house.base + "/" and "The door is open" in guest.inner_text(
            ".door-line"
        )
        assert 58 <= left(guest, house.base) <= 60
        assert guest.locator("svg.qr").count() == 1 and "uncaged open --for 1h" in guest.inner_text(
            "main"
        )

        film = makes_a_film(house, guest)
        house.later(55 * MINUTE)
        assert not keeper.step() and "closes in 5 min" in told[-1]
        assert 3 <= left(guest, house.base) <= 5
        guest.goto(house.base)
        assert "It closes soon." in guest.inner_text(".door-line")

        late = heard(context.new_page(), told_wrong)
        late.goto(house.base)
        ask(late, "the bird that came too late")  # typed while it is open, pressed when it is not
        ask(guest, "the last bird")
        press(guest)
        last = guest.url
        house.later(6 * MINUTE)
        closes(house, keeper, browser, late, address, how)
        assert "closed" in told[-1]

        assert house.perform() == 1  # whoever stood in line is served
        until(guest, "document.querySelector('video') !== null")
        assert guest.url.partition("?")[0] == last and keeper.step() and keeper.trouble is None
        guest.goto(house.base + "/open")
        assert "It was open from" in guest.inner_text("main")
        guest.goto(f"{house.base}/works/{film}")  # found again by the same browser
        assert guest.locator("video").count() == 1
        assert not [one for one in told_wrong if "403" not in one], told_wrong
        context.close()
    assert keeper.site == site and not (site / f"films/{last[-14:]}.html").exists()
    walk_through(site, browser, film, script)


def makes_a_film(house: Housed, guest: Any) -> str:
    """A film is asked for with words, comes by itself, and is shown to everybody; its id."""
    guest.goto(house.base)
    ask(guest, "a bird for an evening")
    press(guest)
    film = guest.url.rpartition("/")[2]
    assert re.fullmatch("w_[a-z2-7]{12}", film), guest.url
    assert house.perform() == 1
    until(guest, "document.querySelector('video') !== null")
    guest.locator("#show").get_by_label("everybody").check()
    guest.locator("#show button").click()
    assert guest.locator("#show").get_by_label("everybody").is_checked()
    return film


def closes(
    house: Housed, keeper: Keeper, browser: Any, late: Any, address: str, how: dict[str, Any]
) -> None:
    """Its time is over: nobody new makes anything, each is told so, and what was typed is not lost."""
    assert not keeper.step()  # somebody still stands in line
    press(late)
    assert re.search("The door closed at .* UTC", late.inner_text("main"))
    assert late.input_value("#prompt") == "the bird that came too late"
    late.goto(house.base + "/open")
    assert late.locator("h1").inner_text() == "The door is closed"
    assert "whoever stands in line is still served" in late.inner_text("main")
    stranger = house.come(browser, "203.0.113.8", **how)
    page = stranger.new_page()
    page.goto(address)
    assert "The door is closed." in page.inner_text(".door-line")
    press(page)
    assert "Nobody new can make anything" in page.inner_text("main")
    stranger.close()


@contextmanager
def plain_server(folder: Path) -> Generator[str]:
    """A file server that knows nothing of us."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            return

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def walk_through(site: Path, browser: Any, film: str, script: bool) -> None:
    """Every page of it from a plain file server, in a folder of that; and from the folder itself, without any."""
    page = browser.new_page(java_script_enabled=script, viewport=DESK)
    heard(page, said := [], ours=False)
    with plain_server(site.parent) as at:
        seen = follow(page, f"{at}/{site.name}/", "index.html", script)
    reached = {one.partition(f"/{site.name}/")[2] for one in seen}
    there = {one.relative_to(site).as_posix() for one in site.rglob("*") if one.is_file()}
    assert set(seen.values()) == {200} and reached == there - {"README.txt"}
    assert f"films/{film}.mp4" in reached and "films.atom" in reached

    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="a bird for an evening").first.click()
    assert page.url == (site / f"films/{film}.html").as_uri()
    page.evaluate(
        "(() => { const film = document.querySelector('video'); film.preload = 'auto'; film.load(); })()"
    )
    until(
        page,
        "document.querySelector('video').readyState > 1 && document.images[0].naturalWidth > 0",
    )
    assert (
        page.evaluate("getComputedStyle(document.body).margin") == "0px"
    )  # its style sheet is there
    assert not said
    page.close()


def follow(page: Any, root: str, first: str, script: bool) -> dict[str, int]:
    """The status of each address that can be reached from the first; none leads elsewhere, and no page is in anybody's
    way."""
    waiting, seen = [root + first], dict[str, int]()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        assert at.startswith(root), at
        if at.endswith(".html"):
            seen[at] = page.goto(at).status
            named = page.evaluate(NAMED)
            assert not script or in_the_way(page) == [], at
        else:
            answer = page.request.get(at)
            seen[at], named = answer.status, []
            if at.endswith(".atom"):
                links = ET.fromstring(answer.body()).iter(f"{ATOM}link")
                named = [urljoin(at, one.get("href", "")) for one in links]
        waiting += [urldefrag(one)[0] for one in named]
    return seen
