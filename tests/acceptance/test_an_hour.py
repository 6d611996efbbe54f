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
    found = re.findall(r"(\d+) (h|min|s)", page.locator(".left").inner_text())
    assert found, page.locator(".left").inner_text()
    return sum(int(number) * {"h": 60, "min": 1, "s": 1 / 60}[unit] for number, unit in found)


def test_an_evening_from_the_opening_to_the_files_that_are_left(
    tmp_path: Path, browser: Any
) -> None:
    site, told, said = tmp_path / "www" / "evening", list[str](), list[str]()
    with housed(tmp_path / "home", door=True) as house:
        keeper, address = opened(house, site, told)
        with_script, without = guests = [
            heard(come(house, browser, script), said) for script in (True, False)
        ]
        for guest in guests:
            guest.goto(address)
            assert guest.url == house.base + "/"
            assert "The door is open" in guest.inner_text(".door-line")
            assert 58 <= left(guest, house.base) <= 60
            assert guest.locator("svg.qr").count() == 1
        film = make_films(house, guests)
        house.later(55 * MINUTE)
        assert not keeper.step() and "closes in 5 min" in told[-1]
        for guest in guests:
            assert 3 <= left(guest, house.base) <= 5
            guest.goto(house.base)
            assert "It closes soon." in guest.inner_text(".door-line")

        ask(
            without, "the bird that came too late"
        )  # typed while it is open, pressed when it is not
        ask(with_script, "the last bird")
        press(with_script)
        last = with_script.url
        house.later(6 * MINUTE)
        assert not keeper.step() and "closed" in told[-1]  # somebody still stands in line
        is_closed(house, without)
        comes_too_late(house, browser, address)
        assert house.perform() == 1  # whoever stood in line is served
        until(with_script, "document.querySelector('video') !== null")
        assert with_script.url.partition("?")[0] == last
        assert keeper.step() and keeper.trouble is None and keeper.site == site
        for guest in guests:
            guest.goto(house.base + "/open")
            assert "It was open from" in guest.inner_text("main")
        with_script.goto(f"{house.base}/works/{film}")  # found again by the same browser
        assert with_script.locator("video").count() == 1
        assert not [one for one in said if "403" not in one], said
        for guest in guests:
            guest.context.close()
    assert not (site / f"films/{last[-14:]}.html").exists()  # nobody showed it
    walk_through(site, browser, film)


def come(house: Housed, browser: Any, script: bool) -> Any:
    """Somebody with a telephone."""
    address = f"203.0.113.{7 + script}"
    return house.come(browser, address, java_script_enabled=script, viewport=PHONE).new_page()


def make_films(house: Housed, guests: list[Any]) -> str:
    """Each asks for a film, which comes by itself, and shows it to everybody; the id of the first one."""
    for guest in guests:
        guest.goto(house.base)
        ask(guest, "a bird for an evening")
        press(guest)
        assert re.fullmatch(r".*/works/w_[a-z2-7]{12}", guest.url), guest.url
    assert house.perform() == len(guests)
    for guest in guests:
        until(guest, "document.querySelector('video') !== null")
        guest.locator("#show").get_by_label("everybody").check()
        guest.locator("#show button").click()
        assert guest.locator("#show").get_by_label("everybody").is_checked()
    return str(guests[0].url.rpartition("/")[2])


def is_closed(house: Housed, late: Any) -> None:
    """What was typed before is pressed now: it is refused in words, and not lost."""
    press(late)
    assert re.search("The door closed at .* UTC", late.inner_text("main"))
    assert late.input_value("#prompt") == "the bird that came too late"
    late.goto(house.base + "/open")
    assert late.locator("h1").inner_text() == "The door is closed"
    assert "whoever stands in line is still served" in late.inner_text("main")


def comes_too_late(house: Housed, browser: Any, address: str) -> None:
    """Somebody else comes by the address on the wall."""
    page = house.come(browser, "203.0.113.9").new_page()
    page.goto(address)
    assert "The door is closed." in page.inner_text(".door-line")
    press(page)
    assert "Nobody new can make anything" in page.inner_text("main")
    page.context.close()


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


def walk_through(site: Path, browser: Any, film: str) -> None:
    """Every page of it from a plain file server, in a folder of that; and from the folder itself, without any."""
    with plain_server(site.parent) as at:
        page = heard(browser.new_page(viewport=DESK), said := [], ours=False)
        seen = follow(page, f"{at}/{site.name}/", "index.html")
        assert not [one for one in said if "404" not in one], said  # it looks for an icon by itself
        page.close()
    reached = {one.partition(f"/{site.name}/")[2] for one in seen}
    there = {one.relative_to(site).as_posix() for one in site.rglob("*") if one.is_file()}
    assert set(seen.values()) == {200} and reached == there - {"README.txt"}
    assert f"films/{film}.mp4" in reached and "films.atom" in reached

    page = heard(browser.new_page(java_script_enabled=False), said := [], ours=False)
    page.goto((site / "index.html").as_uri())
    page.locator(f'a.said[href$="{film}.html"]').click()
    assert page.url == (site / f"films/{film}.html").as_uri()
    page.evaluate("document.querySelector('video').preload = 'auto'")
    until(page, "document.querySelector('video').readyState > 1")
    until(page, "[...document.images].every((one) => one.naturalWidth > 0)")
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # its style sheet
    assert not said
    page.close()


def follow(page: Any, root: str, first: str) -> dict[str, int]:
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
            assert in_the_way(page) == [], at
        else:
            answer = page.request.get(at)
            seen[at], named = answer.status, []
            if at.endswith(".atom"):
                links = ET.fromstring(answer.body()).iter(f"{ATOM}link")
                named = [urljoin(at, one.get("href", "")) for one in links]
        waiting += [urldefrag(one)[0] for one in named]
    return seen
