"""Pages in another language: a generated one, written from right to left, that has a word for everything."""

import gettext
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from uncaged.core import words
from uncaged.core.words import Language
from uncaged.engines.registry import engines

LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיךכלםמןנסעףפץצקרש", "")
KEPT = re.compile(r"%\(\w+\)s|\{[^}]*\}|`[^`]*`|https?://\S+|&\w+;")


def mirrored(text: str) -> str:
    """The same sentence in letters that begin at the right; what is filled in stays."""
    parts, at = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[at : kept.start()].lower().translate(LETTERS), kept[0]]
        at = kept.end()
    return "".join([*parts, text[at:].lower().translate(LETTERS)])


class Mirrored(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return mirrored(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return mirrored(msgid1 if n == 1 else msgid2)


@pytest.fixture(autouse=True)
def hebrew(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"he": Language("he", Mirrored()), "en": words.ENGLISH}
    for place in ("uncaged.core.words", "uncaged.web.reader", "uncaged.web.answering"):
        monkeypatch.setattr(f"{place}.languages", lambda: ("en", "he"))
    for place in ("uncaged.core.words", "uncaged.web.reader"):
        monkeypatch.setattr(f"{place}.language", there.__getitem__)


class Seen(HTMLParser):
    """The words of a page that are the studio's own: not somebody's, no name, no command, no code."""

    NOT_OURS = frozenset("script style pre code bdi option textarea select".split())

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        theirs = tag in self.NOT_OURS or set(kind.split()) & {"cmd", "http", "same", "home"}
        theirs = theirs or (tag != "html" and dict(attrs).get("lang") == "en")
        if tag not in ("meta", "link", "img", "input", "br", "hr", "source"):
            self._inside.append("theirs" if theirs else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "link", "img", "input", "br", "hr", "source") and self._inside:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if "theirs" not in self._inside:
            self.words += re.findall(r"[a-z]{4,}", data.lower())


HEX = re.compile("[a-f]+")
"""What a name of a commit may look like."""

PAGES = (
    "/ /line /enter /films /works /models /verify /api /about /source "
    "/house /reports/new /me /open /training /nowhere"
).split()
NAMES = {
    word
    for one in engines().values()
    for name in one.options.model_fields
    for word in name.split("_")
} | set(
    "uncaged agpl later pixels json echo seedling seconds robots tdmrep well known node python".split()
)
"""Names, and what stays as it is: licences, formats, models and their dials."""


@pytest.mark.parametrize("path", PAGES)
def test_every_sentence_of_a_page_can_be_translated(house: Any, path: str) -> None:
    page = house.come("guest").get(path, headers={"Accept": "text/html", "Accept-Language": "he"})
    assert 'lang="he" dir="rtl"' in page.text
    assert "Accept-Language" in page.headers["Vary"]
    seen = Seen()
    seen.feed(page.text)
    left = {word for word in seen.words if word not in NAMES and not HEX.fullmatch(word)}
    assert left == set(), f"not translatable on {path}: {sorted(left)[:20]}"


def test_programs_read_english(house: Any) -> None:
    guest = house.come("guest")
    wrong = guest.get("/nowhere?as=json", headers={"Accept-Language": "he"})
    assert "nothing at this address" in wrong.json()["error"]["message"]


def test_one_may_choose_and_change_one_s_mind(house: Any) -> None:
    guest, html = house.come("guest"), {"Accept": "text/html"}
    assert 'lang="en"' in guest.get("/line", headers=html).text
    chosen = guest.post("/words", data={"words": "he", "back": "/line"}, headers=house.origin)
    assert (chosen.status_code, chosen.headers["Location"]) == (303, "/line")
    guest.cookies.set("uncaged_words", "he")
    assert 'lang="he"' in guest.get("/line", headers=html).text
    guest.cookies.set("uncaged_words", "x" * 3000)
    assert 'lang="en"' in guest.get("/line", headers=html).text
    gone = guest.post("/words", data={"words": "tlh", "back": "/"}, headers=house.origin)
    assert (
        "uncaged_words=" in gone.headers["Set-Cookie"] and "Max-Age=0" in gone.headers["Set-Cookie"]
    )


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "https://evil.example", "", "x", "/ a", "/\n/e"]
)
def test_one_is_led_back_to_this_studio_only(house: Any, back: str) -> None:
    answer = house.come("guest").post(
        "/words", data={"words": "he", "back": back}, headers=house.origin
    )
    assert answer.headers["Location"] == "/"
