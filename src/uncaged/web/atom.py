"""Atom feeds (RFC 4287), paged as RFC 5005 has it. Knows no work: a feed is handed its entries."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

MIME = "application/atom+xml; charset=utf-8"

_ATOM = "http://www.w3.org/2005/Atom"
_NAMES = uuid.UUID("6f1c1f0e-7d1a-5b0e-9a51-2b6d9c7b9a10")
"""The space of names in which ids become ids for everybody: the same work is the same entry in every feed."""

_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A film. id: of the work. moment: when it was shown, µs UTC. film: its address, kind and bytes."""

    id: str
    title: str
    summary: str
    author: str
    author_page: str
    page: str
    moment: int
    film: tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Feed:
    """All addresses are whole. further: of the next page of it, or None. moment: when it began, for an empty one."""

    id: str
    title: str
    itself: str
    page: str
    moment: int
    entries: Sequence[Entry]
    further: str | None = None


def write(feed: Feed) -> bytes:
    """The feed as a document."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    latest = max((entry.moment for entry in feed.entries), default=feed.moment)
    _text(root, "id", name(feed.id))
    _text(root, "title", feed.title)
    _text(root, "updated", _time(latest))
    _link(root, "self", feed.itself, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    if feed.further is not None:
        _link(root, "next", feed.further, "application/atom+xml")
    for entry in feed.entries:
        _entry(root, entry)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def name(thing: str) -> str:
    """An id that holds wherever the studio moves.

    >>> name("w_aaaaaaaaaaaa")
    'urn:uuid:d8aeae08-59bd-59a6-a1b3-6fbdd9ac3a6c'
    """
    return f"urn:uuid:{uuid.uuid5(_NAMES, thing)}"


def _entry(root: ET.Element, entry: Entry) -> None:
    one = ET.SubElement(root, f"{{{_ATOM}}}entry")
    _text(one, "id", name(entry.id))
    _text(one, "title", entry.title)
    _text(one, "updated", _time(entry.moment))
    _text(one, "published", _time(entry.moment))
    author = ET.SubElement(one, f"{{{_ATOM}}}author")
    _text(author, "name", entry.author)
    _text(author, "uri", entry.author_page)
    _link(one, "alternate", entry.page, "text/html")
    address, mime, size = entry.film
    _link(one, "enclosure", address, mime, length=str(size))
    _text(one, "summary", entry.summary)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{tag}").text = _NO_XML.sub("\ufffd", text)


def _link(parent: ET.Element, rel: str, href: str, mime: str, **more: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "href": href, "type": mime} | more)


def _time(moment: int) -> str:
    """RFC 3339, to the second."""
    return datetime.fromtimestamp(moment // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
