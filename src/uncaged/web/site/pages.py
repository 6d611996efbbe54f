"""The pages of a static site, one after the other: films, people, the house, feeds. Every link is relative.

Knows no folder: whoever asks writes them down.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from uncaged.archive.work import Work
from uncaged.core.words import reader
from uncaged.web import atom, words
from uncaged.web.answering import rendered
from uncaged.web.pages import colophon
from uncaged.web.site.shown import Everything, Shown
from uncaged.web.words import _

ON_A_PAGE = 48
"""Films on a page of many."""

IN_A_FEED = 50
"""Films that a feed tells of, the newest."""

ENDINGS = {"video/mp4": "mp4", "video/webm": "webm", "image/png": "png", "image/jpeg": "jpg"}

README = """This folder is a web site: the films of {name} that their makers showed to everybody.

Put it on any web host as it is, or open index.html. It needs no program, no script and no network, and asks no other
host for anything. manifest.json names every file with its SHA-256.

The films are their makers'. The pages were written by Uncaged, which is free software (AGPL-3.0-or-later).
"""


@dataclass(frozen=True, slots=True)
class Card:
    """A film on a page. who: made it, in words. when: it was shown (µs UTC). pictured: whether it has a strip."""

    work: Work
    who: str
    person: str
    when: int
    pictured: bool


def file_of(film: Work) -> str:
    """The name of a film's file within the site."""
    return f"films/{film.id}.{ENDINGS.get(film.mime or '', 'bin')}"


def write_all(shown: Everything, pictured: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every page and feed."""
    cards = [
        Card(one.work, name_of(one), one.work.person_id, one.when, one.work.id in pictured)
        for one in shown.films
    ]
    yield from _many(shown, "index", "", cards, "films.atom", None)
    yield "films.atom", _feed(shown, cards, "films", "", "films.atom", "index.html")
    there = {card.person for card in cards}
    for card in cards:
        yield f"films/{card.work.id}.html", _film(shown, card, there)
    by: dict[str, list[Card]] = {}
    for card in cards:
        by.setdefault(card.person, []).append(card)
    for person_id, theirs in sorted(by.items()):
        who = theirs[0].who
        yield from _many(shown, f"people/{person_id}", "../", theirs, f"{person_id}.atom", who)
        feed = _feed(shown, theirs, person_id, "../", f"{person_id}.atom", f"{person_id}.html")
        yield f"people/{person_id}.atom", feed
    yield "house.html", _page("house", shown, "", house=shown.house, rules=shown.rules)
    yield "README.txt", README.format(name=words.visible(shown.name)).encode()


def name_of(film: Shown) -> str:
    """What somebody is called who shows something."""
    if film.name:
        return film.name
    return _("a guest") if film.kind == "guest" else _("somebody of the house")


def _many(
    shown: Everything, base: str, root: str, cards: Sequence[Card], feed: str, who: str | None
) -> Iterator[tuple[str, bytes]]:
    """A page of many films, and the further ones. base: its name without an ending."""
    parts = [cards[i : i + ON_A_PAGE] for i in range(0, len(cards), ON_A_PAGE)] or [[]]
    last = base.rpartition("/")[2]
    names = [last if n == 0 else f"{last}-{n + 1}" for n in range(len(parts))]
    folder = base[: len(base) - len(last)]
    for n, part in enumerate(parts):
        yield (
            f"{folder}{names[n]}.html",
            _page(
                "films",
                shown,
                root,
                cards=part,
                feed=feed,
                who=who,
                count=len(cards),
                number=n + 1,
                parts=len(parts),
                before=f"{names[n - 1]}.html" if n else None,
                further=f"{names[n + 1]}.html" if n + 1 < len(parts) else None,
            ),
        )


def _film(shown: Everything, card: Card, there: Container[str]) -> bytes:
    """there: people who have a page."""
    film = card.work
    assert film.score is not None
    return _page(
        "film",
        shown,
        "../",
        card=card,
        film=film,
        score=film.score,
        file=file_of(film).removeprefix("films/"),
        written=film.score.to_json(),
        credits=shown.credits.get(film.id, ()),
        there=there,
        shots=colophon.written(film.score)["shots"],
    )


def _page(template: str, shown: Everything, root: str, **values: object) -> bytes:
    """root: the way from the page to the top of the site."""
    about = {"house_name": shown.name, "root": root, "language": reader()}
    return rendered(f"site/{template}.html", **about, **values).encode()


def _feed(
    shown: Everything, cards: Sequence[Card], what: str, root: str, itself: str, page: str
) -> bytes:
    """what: the feed is of, for its id."""
    latest = cards[:IN_A_FEED]
    entries = [
        atom.Entry(
            id=card.work.id,
            title=words.short(card.work.score.text if card.work.score else "", 90) or card.work.id,
            summary=_("{} s, by {}, with {}").format(
                f"{card.work.seconds:g}", card.who, card.work.model
            ),
            author=words.visible(card.who),
            author_page=f"{root}people/{card.person}.html",
            page=f"{root}films/{card.work.id}.html",
            moment=card.when,
            film=(root + file_of(card.work), card.work.mime or "", card.work.bytes or 0),
        )
        for card in latest
    ]
    moment = max((entry.moment for entry in entries), default=0)
    title = _("Films shown at {}").format(words.visible(shown.name))
    return atom.write(atom.Feed(f"site {what}", title, itself, page, moment, entries))
