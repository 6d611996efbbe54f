"""Every page of one full studio: clean by axe-core in both schemes, never wider than the screen, nothing out of reach.

Each is loaded once, and looked at in every way; whoever comes sees what is theirs. Nothing performs here, so that what
waits and what is being made stays so.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from browsing import DESK, in_the_way
from filled import GUEST, OTHER, fill
from housed import Housed, housed
from pages_of import MEMBER, OWNER, STRANGER


@dataclass
class Street:
    """The full studio and whoever is in it. wrong: what was found on which page. seen: what was looked at."""

    house: Housed
    browser: Any
    names: dict[str, str]
    wrong: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    seen: list[str] = field(default_factory=list[str])

    def page(self, who: str, address: str = GUEST) -> Any:
        """A page of somebody's; of a guest's, where they have no name."""
        come = self.house.signed_in if who else self.house.come
        context = come(self.browser, address, who, viewport=DESK)
        return context.new_page()

    def look(self, page: Any, what: str) -> None:
        """Looks at the page that is open."""
        self.seen.append(what)
        found = in_the_way(page)
        if found:
            self.wrong[what] = found

    def walk(self, page: Any, pages: tuple[str, ...], who: str) -> None:
        """Each of these pages of theirs."""
        for one in pages:
            answer = page.goto(self.house.base + one.format_map(self.names))
            assert answer.status < 400 or one in ("/nowhere", "/join"), (one, answer.status)
            self.look(page, f"{who}: {one}")


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Generator[Street]:
    with housed(tmp_path_factory.mktemp("full") / "home") as house:
        yield Street(house, browser, fill(house))


@pytest.fixture(autouse=True)
def nothing_is_wrong(street: Street) -> Generator[None]:
    """All that is found on all pages of a test is told at once."""
    street.wrong.clear()
    yield
    assert not street.wrong, "\n".join(
        f"{page}\n    " + "\n    ".join(found) for page, found in street.wrong.items()
    )


@pytest.mark.parametrize(
    ("who", "pages"),
    [("owner", OWNER), ("ana", MEMBER), ("", STRANGER)],
    ids=["owner", "member", "guest"],
)
def test_pages(street: Street, who: str, pages: tuple[str, ...]) -> None:
    page = street.page(who)
    street.walk(page, pages, who or "guest")
    page.context.close()


def test_by_the_ways_in(street: Street) -> None:
    names, base = street.names, street.house.base
    for what, address, leads in (
        ("an invitation", f"/join?invitation={names['invitation']}", "/join"),
        ("one that is over", f"/join?invitation={names['over']}", "/join"),
        ("a room", f"/rooms/enter?token={names['room']}", "/"),
        ("the door", f"/open/{names['door']}", "/"),
        ("a guest's link", names["guests_link"], f"/works/{names['guests']}"),
    ):
        page = street.page("", OTHER)
        page.goto(base + address)
        assert page.url == base + leads, what
        street.look(page, f"by {what}")
        page.context.close()


def key(page: Any) -> None:
    page.locator("#keys input[type=text]").fill("my printer")
    page.locator("#keys").get_by_role("button", name="make a key").click()


def invitation(page: Any) -> None:
    page.get_by_role("button", name="make a link").click()


def wrong_password(page: Any) -> None:
    page.fill("#name", "ana")
    page.fill("#password", "nobody's at all")
    page.locator("form", has=page.locator("#password")).get_by_role("button").click()


def wrong_size(page: Any) -> None:
    page.fill("#size", "enormous")
    page.locator("#say button", has_text="make").first.click()


def report(page: Any) -> None:
    page.get_by_label("it threatens or degrades somebody").check()
    page.get_by_role("button", name="report").click()


def children(page: Any) -> None:
    page.locator(".pictured").first.click()


def film(page: Any) -> None:
    page.set_input_files(
        "input[type=file]", {"name": "a.mp4", "mimeType": "video/mp4", "buffer": b"no film"}
    )
    page.get_by_role("button", name="verify").click()


PRESSES: tuple[tuple[str, str, Callable[[Any], None], str], ...] = (
    ("ana", "/me", key, "The key my printer"),
    ("owner", "/invitations", invitation, "the link"),
    ("ana", "/collectives/{collective}", invitation, "the link"),
    ("", "/enter", wrong_password, "sign in"),
    ("", "/", wrong_size, "not sent"),
    ("", "/reports/new?about={shown}", report, "your link"),
    ("", "/grow/{twelve}/3", children, "of"),
    ("", "/verify", film, "verify"),
)


@pytest.mark.parametrize(
    ("who", "at", "press", "says"), PRESSES, ids=[one[2].__name__ for one in PRESSES]
)
def test_what_a_press_answers(
    street: Street, who: str, at: str, press: Callable[[Any], None], says: str
) -> None:
    page = street.page(who, OTHER)
    page.goto(street.house.base + at.format_map(street.names))
    press(page)
    page.wait_for_load_state()
    assert says in page.inner_text("main")
    street.look(page, f"{who or 'guest'}: {at}, pressed")
    page.context.close()
