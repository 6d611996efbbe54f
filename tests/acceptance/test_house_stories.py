"""Somebody finds their face in a film: they say so on a telephone, a keeper decides, the artist appeals, by hand alone.

In a real browser, with script and without. Whoever comes is told apart by what a proxy says of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from browsing import DESK, PHONE, heard
from housed import housed


@dataclass
class Street:
    """A studio behind a proxy, and whoever comes to it. said: what the browser complained of."""

    base: str
    browser: Any
    film: str
    secrets: dict[str, str]
    said: list[str] = field(default_factory=list[str])

    def come(self, address: str, key: str = "", script: bool = True, size: Any = DESK) -> Any:
        headers = {"X-Forwarded-For": address}
        if key:
            headers["Authorization"] = f"Bearer {self.secrets[key]}"
        context = self.browser.new_context(
            java_script_enabled=script, viewport=size, extra_http_headers=headers
        )
        return heard(context.new_page(), self.said)


@pytest.fixture
def street(tmp_path: Path, browser: Any) -> Iterator[Street]:
    """A member's film that everybody sees, two keepers, and a web that listens."""
    with housed(tmp_path / "home") as house:
        for name, kind in (("tin", "member"), ("kettle", "keeper"), ("moss", "keeper")):
            house.add(name, kind)
        film = house.make("tin", "a head in the jungle", "everybody")
        yield Street(house.base, browser, film, house.secrets)


def fits(page: Any) -> None:
    """No page scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, page.url


@pytest.mark.parametrize("script", [True, False])
def test_somebody_finds_their_face_in_a_film(street: Street, script: bool) -> None:
    home, film = street.base, f"{street.base}/works/{street.film}"
    guest = street.come("203.0.113.7", script=script, size=PHONE)
    guest.goto(film)
    guest.get_by_role("link", name="report this film").click()
    guest.get_by_label("it shows me, and I did not agree").check()
    guest.get_by_label("say it").fill("That is my face. I never sat for this.")
    guest.get_by_role("button", name="report").click()
    assert "link=" not in guest.url and re.search("/reports/1$", guest.url)
    link = guest.locator("pre.http", has_text="link=").inner_text().strip()
    fits(guest)
    assert guest.request.get(film).status == 404
    assert guest.request.get(film + "/film").status == 404

    artist = street.come("203.0.113.8", "tin", script)
    artist.goto(film)
    assert "hidden since" in artist.inner_text("#house")
    artist.get_by_role("link", name="Report 1").click()
    artist.get_by_label("your own words").fill("I drew it with ink. I can see the likeness.")
    artist.get_by_role("button", name="say it").click()

    keeper = street.come("203.0.113.9", "kettle", script)
    keeper.goto(home + "/house")
    keeper.get_by_role("link", name="1 report is open").click()
    keeper.get_by_role("link", name="report 1").click()
    assert "I can see the likeness" in keeper.inner_text("#case")
    assert not keeper.locator("video").is_visible()
    keeper.get_by_text("the film, not shown until you press").click()
    assert keeper.locator("video").is_visible()
    keeper.get_by_label("keep it hidden").check()
    keeper.get_by_label("reasons, for both").fill("It is a likeness, and nobody agreed.")
    keeper.get_by_label("which rule").select_option("1")
    keeper.get_by_role("button", name="decide").click()
    assert "It stays hidden" in keeper.inner_text("main")

    artist.goto(film)
    assert "It is a likeness, and nobody agreed." in artist.inner_text("#house")
    artist.get_by_role("link", name="Report 1").click()
    artist.get_by_label("why you do not agree").fill("Leaves are no face.")
    artist.get_by_role("button", name="appeal").click()

    other = street.come("203.0.113.10", "moss", script)
    other.goto(home + "/reports/1")
    other.get_by_label("show it, with a sentence beside it").check()
    other.get_by_label("the sentence beside it").fill("It is a drawing of nobody.")
    other.get_by_label("reasons, for both").fill("Leaves are no face.")
    other.get_by_role("button", name="decide").click()

    elsewhere = street.come("198.51.100.4", script=script, size=PHONE)
    elsewhere.goto(link)
    assert "link=" not in elsewhere.url
    assert "Leaves are no face." in elsewhere.inner_text("main")
    elsewhere.goto(film)
    assert "It is a drawing of nobody." in elsewhere.inner_text("#house")
    elsewhere.goto(home + "/house/book")
    assert elsewhere.locator("tbody tr").count() == 2
    for path in ("/house", "/reports/new", "/house/book", f"/works/{street.film}"):
        elsewhere.goto(home + path)
        fits(elsewhere)
    assert [one for one in street.said if "404" not in one] == []


def test_by_the_keyboard_alone(street: Street) -> None:
    page = street.come("203.0.113.7")
    page.goto(f"{street.base}/reports/new?about={street.film}")
    page.focus("#what")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("It shows my sister.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/reports/1$"))
    assert "it shows somebody who did not agree" in page.inner_text("main")
    assert "It shows my sister." in page.inner_text("main")
