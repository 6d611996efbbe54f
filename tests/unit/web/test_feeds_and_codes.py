"""Feeds that any reader takes, whatever words stand in them; codes that any phone reads; fields of small bodies."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from uncaged.web import atom, qr

A = "{http://www.w3.org/2005/Atom}"


def a_feed(text: str) -> atom.Feed:
    film = ("http://studio.test/works/w_a/film", "video/mp4", 12)
    entry = atom.Entry(
        "w_a", text, text, text, "http://s/people/p_a", "http://s/works/w_a", 7, film
    )
    return atom.Feed("s", text, "http://s/films.atom", "http://s/films", 1, [entry], "http://s/x")


@given(st.text())
def test_any_words_make_a_feed_that_can_be_read(text: str) -> None:
    root = ET.fromstring(atom.write(a_feed(text)))
    entry = root.find(f"{A}entry")
    assert entry is not None
    for parent in (root, entry):
        for name in ("id", "title", "updated"):
            assert parent.find(f"{A}{name}") is not None
    said = (entry.findtext(f"{A}summary") or "").replace("\ufffd", "")
    if re.fullmatch(r"[ -~]*", text):
        assert said == text


def test_an_entry_has_a_name_for_ever_a_page_and_a_film() -> None:
    root = ET.fromstring(atom.write(a_feed("a bird & a <boat>")))
    links = {
        link.get("rel"): link for link in root.iter(f"{A}link") if link.get("rel") == "enclosure"
    }
    assert links["enclosure"].attrib["length"] == "12"
    entry = root.find(f"{A}entry")
    assert entry is not None and entry.findtext(f"{A}id") == atom.name("w_a") != atom.name("w_b")
    assert entry.findtext(f"{A}updated") == "1970-01-01T00:00:00Z"
    assert [one.get("href") for one in root.findall(f"{A}link") if one.get("rel") == "next"]


def test_a_code_is_black_on_white_with_room_around_it() -> None:
    svg = qr.svg("http://studio.test/works/w_a?link=aaaa", 'your "link"')
    root = ET.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2])
    ground, dark = root[0], root[1]
    assert ground.attrib["fill"] == "#fff" and dark.attrib["fill"] == "#000"
    marks = [tuple(map(int, m)) for m in re.findall(r"M(\d+) (\d+)h1", dark.attrib["d"])]
    assert min(min(m) for m in marks) == 4 and max(max(m) for m in marks) == side - 5
    assert "style" not in svg and root.attrib["aria-label"] == 'your "link"'
