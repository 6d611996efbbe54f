"""What somebody wants, and which models can: said at the head of the page of models, asked there by a form."""

from collections.abc import Iterable, Mapping, Sequence

from uncaged.core import machine
from uncaged.core.errors import AskedWrong
from uncaged.engines import fitting
from uncaged.engines.base import Engine
from uncaged.engines.registry import DEFAULT
from uncaged.engines.sorts import parse_size
from uncaged.studio import shelf, wishing
from uncaged.studio.outgoing import REMOTE
from uncaged.studio.wishing import WAYS, Wish
from uncaged.web.here import Here
from uncaged.web.saying import number
from uncaged.web.views.reading import CardView
from uncaged.web.views.wishing import AbleView, AnswersView, MachineView, SaysView, WantView
from uncaged.web.words import _

FIELDS = ("what", "seconds", "size", "minutes")
"""What the form asks beside ways, which come as `with`."""

LONGEST = 40
"""Characters of a field."""

SHOWN = 4
"""Models that are named where several can."""

OFTEN = ("picture", "on", "anew", "sound", "play")
"""Ways that people want again and again."""


def computing(keeps: bool) -> MachineView:
    """What computes here. keeps: whether whoever asks keeps the machine."""
    place = fitting.place()
    return MachineView(
        name=machine.called() if keeps else None,
        cores=machine.cores(),
        memory=machine.memory(),
        card=place.bytes if place.card else None,
    )


def wants(players: Mapping[str, Engine], cards: Iterable[CardView]) -> tuple[WantView, ...]:
    """What people want, and the models that can, of those whose cards these are; none that the house does not let
    whoever asks make with."""
    shown = sorted((one for one in cards if one.refused is None), key=_sooner)
    now = [one for one in shown if one.memory is None and one.engine != REMOTE]
    found = [_want("", now)]
    for way in OFTEN:
        found.append(
            _want(way, [one for one in shown if WAYS[way](players[one.name].capabilities)])
        )
    return tuple(one for one in found if one.models)


def _sooner(card: CardView) -> tuple[bool, bool, float]:
    takes = None if card.measured is None else card.measured.seconds
    return card.name != DEFAULT, takes is None, takes or 0.0


def _want(way: str, able: Sequence[CardView]) -> WantView:
    named = tuple(
        AbleView(name=one.name, seconds=None if one.measured is None else one.measured.seconds)
        for one in able[:SHOWN]
    )
    return WantView(way=way, models=named, more=max(0, len(able) - SHOWN))


def is_asked(said: Mapping[str, str]) -> bool:
    """Whether somebody says what they want."""
    return any(said.get(name, "").strip() for name in (*FIELDS, "with"))


def asked(here: Here, said: Mapping[str, str], among: Iterable[Engine]) -> AnswersView:
    """What those models say to what was typed. Raises `AskedWrong`."""
    wish, policy = _wish(said), here.web.policies.look().policy

    def refuse(name: str) -> None:
        shelf.refuse(here.studio, name, policy)

    found = wishing.answers(among, wish, here.web.past, refuse)
    return AnswersView(
        what="picture" if wish.seconds == 0 else "film",
        seconds=wish.seconds,
        size=wish.size,
        minutes=wish.minutes,
        ways=wish.ways,
        models=tuple(map(_says, found)),
    )


def _wish(said: Mapping[str, str]) -> Wish:
    for name in FIELDS:
        if len(said.get(name, "")) > LONGEST:
            raise AskedWrong(_("{} is longer than anybody means it.").format(name), about=name)
    what = said.get("what", "").strip() or "film"
    if what not in ("film", "picture"):
        raise AskedWrong(_("It becomes a film or a picture."), about="what")
    size, ways = said.get("size", "").strip(), said.get("with", "").replace(",", " ").split()
    return wishing.wish(
        number(said, "seconds"),
        parse_size(size) if size else None,
        number(said, "minutes"),
        ways,
        still=what == "picture",
    )


def _says(one: wishing.Answer) -> SaysView:
    found = one.fit
    return SaysView(
        name=one.name,
        can=one.can,
        why=one.why,
        waits=one.waits,
        unknown=one.unknown,
        seconds=None if found is None or found.takes is None else round(found.takes, 1),
        rough=found is not None and found.rough,
        needs=None if found is None or found.memory is None else found.memory.needs,
        film=None if found is None else found.film,
        size=None if found is None else found.size,
    )
