"""Nobody needs a pointer: one comes in, makes a film, shows it, reports one and decides that by the keyboard alone.

At twice the size, as somebody has it who sees little. At each step the focus is looked at: that it is seen, that it can
be seen, and that it is caught nowhere.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import pytest
from browsing import heard, until
from housed import Housed, housed

from uncaged.archive import house as house_pages
from uncaged.archive import logins
from uncaged.archive.invitations import Wish
from uncaged.studio import joining, passwords

PASSWORD = "four heavy paper boats"
TWICE = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}
"""A window of 1280 x 800 pixels, at 200 %."""

FOCUS = """
(wanted) => {
  const one = document.activeElement, at = one.getBoundingClientRect(), style = getComputedStyle(one);
  const player = one.tagName === "VIDEO"; // it has buttons of its own, and draws them itself
  const caught = one === window.before && !player;
  window.before = one;
  const seen = at.width > 0 && at.bottom > 0 && at.top < innerHeight && at.right > 0 && at.left < innerWidth;
  const drawn = player || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const html = one.outerHTML.slice(0, 160);
  return {caught, seen, drawn, html, body: one === document.body, there: one.matches(wanted)};
}
"""


@dataclass
class Hands:
    """Somebody with a keyboard, on a page."""

    page: Any

    def tab_to(self, wanted: str, *, back: bool = False, most: int = 250) -> None:
        """Presses Tab until what this selector means is in the focus; whatever is on the way can be seen to be."""
        for _press in range(most):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            focus = self.page.evaluate(FOCUS, wanted)
            assert focus["body"] or (focus["seen"] and focus["drawn"] and not focus["caught"]), (
                focus
            )
            if focus["there"]:
                return
        raise AssertionError(f"{wanted} is not reached on {self.page.url}")

    def write(self, wanted: str, text: str) -> None:
        """Into a field: what stood in it is written over."""
        self.tab_to(wanted)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, wanted: str, leads: str, *, back: bool = False) -> None:
        """A button or a link, and where it leads."""
        self.tab_to(wanted, back=back)
        with self.page.expect_navigation(url=re.compile(leads)):
            self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 640, self.page.url


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Generator[Housed]:
    """A studio with a keeper who has a password, and rules."""
    with housed(tmp_path_factory.mktemp("keys") / "home") as made:
        tin, kept = made.add("tin", "keeper"), passwords.hash_of(PASSWORD)

        def step(conn: Any) -> None:
            logins.set_password(conn, tin, kept, 1)
            house_pages.write(
                conn, "rules", "Show nobody who did not agree.", made.studio.person, 1
            )

        made.studio.commit(step)
        yield made


def test_from_the_invitation_to_the_decision(house: Housed, browser: Any) -> None:
    said = list[str]()
    hands = [
        Hands(heard(house.come(browser, f"203.0.113.{n}", **TWICE).new_page(), said))
        for n in range(3)
    ]
    work = makes_and_shows(house, hands[0])
    reports(house, hands[1], work)
    decides(house, hands[2])
    hands[0].page.goto(work)
    assert "It is a likeness." in hands[0].page.inner_text("#house")
    assert not said
    for one in hands:
        one.page.context.close()


def makes_and_shows(house: Housed, hands: Hands) -> str:
    """Bea comes by an invitation, makes a film and shows it to everybody; its address."""
    page, secret = hands.page, joining.invite(house.studio, Wish(name="Bea"))[1]
    page.goto(f"{house.base}/join?invitation={secret}")
    hands.write("#name", "Bea")
    hands.write("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(house.base + "/")

    hands.tab_to(".skip", most=1)  # the first thing there is
    page.keyboard.press("Enter")
    hands.tab_to("main *", most=1)
    hands.press('.mast nav a[href="/"]', "/$", back=True)
    hands.tab_to('.skip[href="#prompt"]', most=2)
    page.keyboard.press("Enter")
    page.keyboard.type("a head in the jungle")
    assert page.input_value("#prompt") == "a head in the jungle"
    hands.tab_to("#model")
    page.keyboard.type("echo")
    hands.write("#seconds", "0.5")
    hands.write("#size", "64x64")
    hands.press("#say button", "/works/w_")
    assert house.perform() == 1
    until(page, "document.querySelector('video') !== null")
    hands.tab_to("#show input[name=to]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "everybody"
    hands.press("#show button", "/works/w_")
    assert page.get_by_label("everybody").is_checked()
    return str(page.url)


def reports(house: Housed, hands: Hands, work: str) -> None:
    """Somebody without a login finds it among all films, and says that it shows them."""
    page = hands.page
    page.goto(house.base)
    hands.press('.mast nav a[href="/films"]', "/films$")
    hands.press("a[data-film]", "/works/w_")
    assert page.url == work
    hands.press('#maker a[href*="/reports/new"]', "/reports/new")
    hands.tab_to("input[name=why]")
    page.keyboard.press("Space")
    assert page.get_by_label("it shows me, and I did not agree").is_checked()
    hands.write("#say", "That is my face.")
    hands.press("main form button", "/reports/1$")
    assert "That is my face." in page.inner_text("main")


def decides(house: Housed, hands: Hands) -> None:
    """A keeper signs in, finds the report from the foot of any page, and decides it."""
    page = hands.page
    page.goto(house.base)
    hands.press("a.who", "/enter$")
    hands.write("#name", "tin")
    hands.write("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(me)?$"))
    hands.press('.foot a[href="/house"]', "/house$", back=True)
    hands.press('main a[href="/reports"]', "/reports$")
    hands.press('main a[href="/reports/1"]', "/reports/1$")
    hands.tab_to("input[name=verdict]")
    for _step in range(4):
        if page.evaluate("document.activeElement.value") == "hide":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.get_by_label("keep it hidden").is_checked()
    hands.write("textarea[name=reasons]", "It is a likeness.")
    hands.tab_to("select[name=rule]")
    page.keyboard.type("rule 1")
    hands.press('form[action$="/decision"] button', "/reports/1$")
    assert "It stays hidden" in page.inner_text("main")
