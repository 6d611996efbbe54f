"""Pages in a real browser, with script and without: a film develops in its place, films move when they are touched.

Which of them are clean and fit on every screen, `test_every_page` asks.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import listening, page_of, until
from living import listens, living

from uncaged.studio.studio import open_studio


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the studio lies."""
    return tmp_path_factory.mktemp("studio")


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    """A studio with a film in it, open on this machine, with somebody who performs."""
    home = folder / "home"
    with open_studio(home) as studio:
        studio.make("a red boat on the sea", seconds=1, size=(192, 128), fps=12, seed=3).show(
            to="everybody"
        )
    with listening(home) as address:
        yield address


def ask(page: Any, base: str, words: str, *, seconds: int = 3, size: str = "256x256") -> None:
    page.goto(base + "/")
    page.fill("#prompt", words)
    page.fill("#seconds", str(seconds))
    page.fill("#size", size)
    page.locator("#say button", has_text="make").first.click()
    page.wait_for_url(re.compile("/works/w_"))


def test_a_film_develops_in_the_place_of_its_empty_frames(base: str, browser: Any) -> None:
    page, said = page_of(browser)
    ask(
        page, base, "a fox in the snow at night", seconds=20, size="512x512"
    )  # not over before it is looked at
    page.evaluate("window.sameOne = true")  # gone, where the page were loaded again
    page.wait_for_selector(".show img.coarse", timeout=60_000)
    assert page.evaluate("document.querySelector('.coarse').complete")
    page.wait_for_selector(".show video", timeout=120_000)
    assert page.evaluate("window.sameOne") is True
    assert page.locator(".blank, .coarse").count() == 0
    assert page.locator("h1").inner_text().endswith("a fox in the snow at night")
    assert not said
    page.close()


def test_without_script_the_page_asks_again_by_itself(base: str, browser: Any) -> None:
    page, said = page_of(browser, java_script_enabled=False)
    ask(page, base, "a moon over a forest")
    page.wait_for_selector(".show video", timeout=120_000)
    assert not said
    page.close()


def test_a_film_moves_under_the_pointer_and_stops_when_it_leaves(base: str, browser: Any) -> None:
    page, said = page_of(browser)
    page.goto(base + "/")
    film = page.locator("[data-film]").first
    assert page.locator("[data-film] video").count() == 0  # nothing moves, nothing is fetched
    film.scroll_into_view_if_needed()
    film.hover()
    until(page, "document.querySelector('[data-film] video')?.currentTime > 0")
    moving = page.evaluate(
        "(({muted, paused, loop}) => ({muted, paused, loop}))(document.querySelector('[data-film] video'))"
    )
    assert moving == {"muted": True, "paused": False, "loop": True}
    page.mouse.move(2, 2)
    until(page, "document.querySelectorAll('[data-film] video').length === 0")
    assert not said
    page.close()


def test_by_the_keyboard_alone_a_film_moves_and_is_opened(base: str, browser: Any) -> None:
    page, said = page_of(browser)
    page.goto(base + "/")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-film]')"):
            break
    page.wait_for_selector("[data-film] video")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/works/w_"))
    assert not said
    page.close()


def test_nothing_moves_for_whoever_wants_it_still(base: str, browser: Any) -> None:
    page, said = page_of(browser, reduced_motion="reduce")
    page.goto(base + "/")
    page.locator("[data-film]").first.hover()
    page.wait_for_timeout(300)
    assert page.locator("[data-film] video").count() == 0 and not said
    page.close()


def test_a_strip_plays_in_the_frame_that_is_touched(
    base: str, browser: Any, tmp_path: Path
) -> None:
    page, said = page_of(browser, viewport={"width": 1200, "height": 800})
    page.goto(base + "/films")
    until(page, "document.querySelector('.strip img').naturalWidth > 0")
    box = page.locator("a.strip").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 5.5 / 8, box["y"] + box["height"] / 2)
    page.wait_for_selector("a.strip video.n5")
    at = page.locator("a.strip video").bounding_box()
    assert abs(at["x"] - box["width"] * 5 / 8) < 8 and abs(at["width"] - box["width"] / 8) < 12
    page.mouse.move(box["x"] + box["width"] * 1.5 / 8, box["y"] + box["height"] / 2)
    page.wait_for_selector("a.strip video.n1")
    assert page.locator("a.strip video").count() == 1 and not said
    page.close()


def test_it_listens_where_it_says_and_nowhere_else(base: str, folder: Path) -> None:
    found = {one for process in living(folder) for one in listens(process.pid)}
    assert found == {("tcp", "0100007F", int(base.rpartition(":")[2]))}
