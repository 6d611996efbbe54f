"""Models that perform elsewhere: asking an address what it has, and putting one on the shelf.

What happens before something leaves the studio, `outgoing` knows.
"""

import contextlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from uncaged.archive import models
from uncaged.core.errors import AskedWrong, RunFailed, nearest
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.remote import dials, wire
from uncaged.engines.remote import place as places
from uncaged.engines.remote.asking import Answer, Asker, Unreached
from uncaged.engines.remote.dials import OF_DIALECT
from uncaged.engines.remote.place import Place, Speaks
from uncaged.engines.sorts import parse_size
from uncaged.studio import adding, laying, outgoing, shelf, terms
from uncaged.studio.outgoing import REMOTE

if TYPE_CHECKING:
    from uncaged.studio.adding import Added
    from uncaged.studio.studio import Studio

WITHIN: Final = 20.0
"""Seconds that an address has to say what it has."""

AT_ONCE: Final = 8
"""Addresses that are asked at a time."""

OWNERS: Final[Mapping[str, Speaks]] = {
    "uncaged": "uncaged",
    "vllm": "vllm-omni",
    "vllm-omni": "vllm-omni",
    "sglang": "sglang",
}
"""Who speaks which dialect, by `owned_by` in what it lists."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants on the shelf. speaks: its dialect. sizes: the only ones that it makes. pictures: whether it
    begins with one. stills: whether it makes some. sound: whether its films have one. Of each, where nobody says it: as
    the address says."""

    addresses: Sequence[str]
    model: str = ""
    speaks: str = ""
    sizes: Sequence[tuple[int, int]] = ()
    pictures: bool | None = None
    key: str = ""
    stills: bool | None = None
    sound: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A place, and what it says of itself. listed: models that it has; empty where it lists none."""

    place: Place
    listed: tuple[str, ...]
    licence: str = ""
    summary: str = ""

    @property
    def card(self) -> dict[str, Any]:
        """As it stands on the shelf."""
        where = _("Performed elsewhere: at %(where)s.") % {"where": self.place.hosts}
        return {
            "summary": self.summary
            or _("%(model)s, performed elsewhere.") % {"model": self.place.model},
            "origin": where,
            "training_data": _("Undisclosed."),
            "licence": self.licence or _("Undisclosed."),
            "works": _("Undisclosed."),
            "terms": _("that it performs elsewhere"),
            "binds": self.place.binds,
        }


def ask(studio: "Studio", wish: Wish) -> Asked:
    """Asks the addresses what they have; the first that answers is believed. No word of anybody's is sent.

    Raises `AskedWrong` for what cannot be, `RunFailed` where nobody answers, `Impossible` offline.
    """
    outgoing.refuse_offline(studio.settings, wish.model or "remote")
    outgoing.checked_key(wish.key)
    addresses = tuple(places.address(one) for one in wish.addresses)
    where, found = _listed(addresses, wish.key, outgoing.mark(studio))
    model = wish.model.strip() or (next(iter(found)) if len(found) == 1 else "")
    if not model:
        raise AskedWrong(
            _("Say which model it is there: --model THEIRS"),
            nearest("", list(found)) if found else "",
            "model",
        )
    if found and model not in found:
        raise AskedWrong(
            _("There is no model called %(name)s at %(where)s.")
            % {"name": shown(model)[1:-1], "where": where},
            nearest(model, list(found)),
            "model",
        )
    said = found.get(model, {})
    if said.get("elsewhere") is True:
        raise AskedWrong(
            _("%(model)s performs elsewhere itself, and %(where)s passes nothing on for others.")
            % {"model": shown(model)[1:-1], "where": where},
            _("Add it from where it performs."),
            "model",
        )
    speaks = wish.speaks or OWNERS.get(str(said.get("owned_by", "")).lower(), "openai")
    place = Place(addresses, model, cast("Speaks", speaks), sizes=tuple(wish.sizes))
    if speaks == "uncaged" and said:
        place = _as_said(place, said)
    if speaks in ("vllm-omni", "sglang"):
        place = replace(place, negative=True, options=OF_DIALECT[speaks])
    if wish.pictures is not None:
        place = replace(place, pictures=int(wish.pictures))
    if wish.stills is not None:
        place = replace(place, stills=wish.stills)
    if wish.sound is not None:
        place = replace(place, sound=wish.sound)
    texts = {name: wire.sentence(said.get(name)) for name in ("licence", "summary")}
    return Asked(places.checked(place), tuple(found), texts["licence"], texts["summary"])


def _as_said(place: Place, said: Mapping[str, Any]) -> Place:
    """With the measures that another studio says its model has; what makes no sense is left out."""
    with contextlib.suppress(AskedWrong, TypeError, ValueError, KeyError, OverflowError):
        low, high = said["sizes"]
        shortest, longest = said["seconds"]
        only = tuple(parse_size(str(one)) for one in said.get("only_sizes", ()))
        return places.checked(
            replace(
                place,
                sizes=place.sizes or only,
                sides=(int(low), int(high)),
                seconds=(float(shortest), float(longest)),
                pictures=min(1, int(said["pictures"])),
                negative=bool(said["negative_prompt"]),
                options=dials.said(said.get("options")),
                stills=said.get("images") is True,
                sound=said.get("sound") is True,
            )
        )
    return place


def _listed(
    addresses: Sequence[str], key: str, mark: str
) -> tuple[str, Mapping[str, Mapping[str, Any]]]:
    """Who answers first in their order, and what it lists, by name; empty where it has no list.

    Raises `RunFailed` where none answers, `AskedWrong` where one of them is this studio itself.
    """
    each = tuple(dict.fromkeys(addresses))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found_by = pool.map(partial(_answer, key, mark), each)
        answers = dict(zip(each, found_by, strict=True))
    for address, answer in answers.items():
        if isinstance(answer, Answer) and wire.code(answer) == outgoing.ITSELF:
            raise AskedWrong(
                _("%(where)s is this studio itself.") % {"where": address},
                _("Its models are on the shelf already: uncaged models list"),
                "at",
            )
    found = {at: answer for at, answer in answers.items() if isinstance(answer, Answer)}
    if not found:
        why = "; ".join(f"{address}: {error}" for address, error in answers.items())
        raise RunFailed(
            _("Nobody answers: %(why)s.") % {"why": why},
            _("Look whether it runs there, and whether the address is right."),
        )
    address, answer = next(iter(found.items()))
    if answer.status in (401, 403):
        raise RunFailed(
            _("%(where)s does not let us in (%(why)s).")
            % {"where": address, "why": wire.complaint(answer)},
            _("Give a key: --key-from VARIABLE, or --key-from FILE"),
        )
    return address, _rows(answer)


def _answer(key: str, mark: str, address: str) -> Answer | Unreached:
    """What it says when it is asked what it has."""
    asker = Asker(address, key, mark=mark)
    try:
        return asker.ask("GET", "/v1/models", within=WITHIN)
    except Unreached as error:
        return error
    finally:
        asker.close()


def _rows(answer: Answer) -> Mapping[str, Mapping[str, Any]]:
    rows = wire.mapping(answer.body).get("data") if answer.is_good else None
    if not isinstance(rows, list):
        return {}
    named = [
        cast("Mapping[str, Any]", row)
        for row in cast("list[object]", rows)[:1000]
        if isinstance(row, dict)
    ]
    return {row["id"]: row for row in named if isinstance(row.get("id"), str)}


def add(studio: "Studio", asked: Asked, name: str, key: str = "") -> "Added":
    """Puts it on the shelf, and says yes to what leaves for whoever adds it. A key replaces the one before.

    Raises `AskedWrong` where it can have no such name.
    """
    outgoing.checked_key(key)
    with studio.archive.read() as conn:
        before = models.on_shelf(conn, name)
        if before is None or before.engine != REMOTE:
            shelf.check_name(conn, name)
    sha = studio.files.keep(asked.place.written())
    model = models.Shelved(name, REMOTE, asked.card, {places.FILE: sha})
    if key:
        outgoing.keep_key(studio, model, key)
    added = adding.keep(studio, model)
    laying.laid_out(studio, added.model)
    terms.accept(studio, added.model.name)
    return added
