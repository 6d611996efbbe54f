"""Which models can do what somebody wants: a film so long and so large, in so many minutes, with a picture, going on.

What can be asked for, the door itself says (`engines.asking`); how long it takes, the films that were made here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from uncaged.core.errors import AskedWrong, TermsNotAccepted, UncagedError
from uncaged.core.score import Picture, Score, Shot, finite
from uncaged.core.words import _
from uncaged.engines.asking import Request, score_of
from uncaged.engines.base import Capabilities, Engine
from uncaged.queue.estimate import Past
from uncaged.studio.fits import Fit, fit, yardstick

NOBODY: Final = "0" * 64
"""The SHA-256 of a picture, or a film, that nobody has given yet."""

Able: TypeAlias = Callable[[Capabilities], bool]

WAYS: Final[Mapping[str, Able]] = MappingProxyType(
    {
        "picture": lambda can: can.pictures > 0,
        "on": lambda can: can.shots > 1,
        "anew": lambda can: "remixes" in can.films,
        "part": lambda can: can.masks,
        "sound": lambda can: can.sound,
        "loop": lambda can: can.loop,
        "without": lambda can: can.negative,
        "play": lambda can: can.position,
    }
)
"""What one may want beside a length and a size. picture: it begins with one. on: it goes on with a film. anew: it draws
one anew. part: only a part, by a mask. without: something must not be seen. play: it has a space to play in."""


@dataclass(frozen=True, slots=True)
class Wish:
    """seconds: 0 is a picture. size: in pixels. minutes: it may take so many at most. ways: of `WAYS`. None: whatever
    the model is compared by, however long it takes."""

    seconds: float | None = None
    size: tuple[int, int] | None = None
    minutes: float | None = None
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one model says to a wish. why: it cannot; empty where it can. waits: whoever asks has to accept its licence
    first. fit: what it takes here; None where it cannot for another reason than time.

    unknown: whether nobody knows that it takes no longer than was wished.
    """

    name: str
    fit: Fit | None = None
    why: str = ""
    waits: bool = False
    unknown: bool = False

    @property
    def can(self) -> bool:
        """Whether nothing that is known speaks against it."""
        return not self.why


def wish(
    seconds: float | None,
    size: tuple[int, int] | None,
    minutes: float | None,
    ways: Sequence[str] = (),
    still: bool = False,
) -> Wish:
    """What somebody said they want. still: a picture. Raises `AskedWrong` for what nobody can."""
    if still and seconds is not None:
        raise AskedWrong(_("A picture has no length."), _("Leave the seconds out."), "seconds")
    for name, one in (("seconds", seconds), ("minutes", minutes)):
        if one is not None and finite(one, name) <= 0:
            raise AskedWrong(_("%(name)s must be more than 0.") % {"name": name}, about=name)
    return Wish(0.0 if still else seconds, size, minutes, _ways(ways))


def _ways(said: Sequence[str]) -> tuple[str, ...]:
    """Those of `WAYS`, in their order. Raises `AskedWrong` for another."""
    for one in said:
        if one not in WAYS:
            raise AskedWrong(
                _("Nobody here knows what it is to want %(way)s.") % {"way": one[:40]},
                _("There are %(ways)s.") % {"ways": ", ".join(WAYS)},
                "ways",
            )
    return tuple(one for one in WAYS if one in said)


def answers(
    players: Iterable[Engine],
    wish: Wish,
    past: Callable[[str], Past],
    refuse: Callable[[str], None],
) -> tuple[Answer, ...]:
    """What each of these models says: those that can before those that cannot, the quickest first.

    past: what films of a model took here. refuse: raises where whoever asks cannot make with a model of this name,
    whatever they ask for (`shelf.refuse`).
    """
    found = [_answer(player, wish, past(player.name), refuse) for player in players]
    return tuple(sorted(found, key=_worth))


def _worth(one: Answer) -> tuple[bool, bool, float]:
    takes = None if one.fit is None else one.fit.takes
    return not one.can, takes is None, takes or 0.0


def _answer(player: Engine, wish: Wish, past: Past, refuse: Callable[[str], None]) -> Answer:
    waits = False
    try:
        refuse(player.name)
    except TermsNotAccepted:
        waits = True
    except UncagedError as error:
        return Answer(player.name, why=error.message)
    try:
        film = _film(player, wish)
    except (UncagedError, OSError) as error:
        why = error.message if isinstance(error, UncagedError) else _("Its files cannot be read.")
        return Answer(player.name, why=why, waits=waits)
    takes = fit(player, past, film)
    if wish.minutes is None:
        return Answer(player.name, takes, waits=waits)
    if takes.takes is not None and takes.takes > 60 * wish.minutes:
        return Answer(player.name, takes, _("It takes longer here."), waits)
    return Answer(player.name, takes, waits=waits, unknown=takes.takes is None)


def _film(player: Engine, wish: Wish) -> Score:
    """The score that a wish would be. Raises what the door would say to it."""
    can, usual = player.capabilities, yardstick(player)
    _refuse(player, wish)
    seconds = usual.seconds if wish.seconds is None else wish.seconds
    still = seconds == 0
    pictures = (
        (Picture(NOBODY),) if "picture" in wish.ways or ("part" in wish.ways and still) else ()
    )
    if "part" in wish.ways:
        pictures = (*pictures, Picture(NOBODY, mask=True))
    goes_on = "on" in wish.ways
    anew = "anew" in wish.ways or ("part" in wish.ways and not still)
    asked = Request(
        "…",
        seconds,
        wish.size or usual.size,
        usual.fps,
        1,
        loop="loop" in wish.ways,
        pictures=pictures,
        negative="…" if "without" in wish.ways else None,
        earlier=(Shot("…", max(can.seconds[0], 1 / usual.fps)),) if goes_on else (),
        film=NOBODY if anew or (goes_on and "extends" in can.films) else None,
    )
    return score_of(asked, player).score


def _refuse(player: Engine, wish: Wish) -> None:
    """What the door says only of a work that is there."""
    can = player.capabilities
    if "on" in wish.ways and "anew" in wish.ways:
        raise AskedWrong(_("A film is gone on with, or drawn anew."))
    if "sound" in wish.ways and not can.sound:
        raise AskedWrong(_("Its films are silent."))
    if "play" in wish.ways and not can.position:
        raise AskedWrong(_("It has no space to play in."))
