"""From what somebody typed to a score: every default written out, the impossible refused, small repairs said aloud."""

import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from uncaged.core.adapters import OPTION
from uncaged.core.errors import AskedWrong, Impossible, nearest
from uncaged.core.genome import Genome
from uncaged.core.score import (
    MAX_TEXT,
    ModelRef,
    Picture,
    Score,
    Shot,
    Way,
    finite,
    read_seed,
    shown,
)
from uncaged.core.words import _
from uncaged.engines.able import check_abilities, check_stills
from uncaged.engines.base import Engine
from uncaged.engines.sorts import check_sorts, parse_size


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for; None means the model's default. Sizes in pixels. seconds: 0 is a picture.

    earlier: shots that come before this text. parents, parents_as, origin, negative, film: as in `Score`.
    """

    text: str
    seconds: float | None = None
    size: tuple[int, int] | None = None
    fps: float | None = None
    seed: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    loop: bool = False
    position: Mapping[str, Any] | None = None
    pictures: tuple[Picture, ...] = ()
    lexicons: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    parents_as: Way = "remixes"
    origin: str | None = None
    negative: str | None = None
    earlier: tuple[Shot, ...] = ()
    film: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The score, and what was changed at the door, in sentences for the person."""

    score: Score
    notes: tuple[str, ...] = ()


OFFERED = (
    "seconds",
    "size",
    "fps",
    "seed",
    "options",
    "loop",
    "position",
    "negative",
    "adapters",
)
"""What people say beside the text; the rest of a request is for programs that go on from something."""


def request(text: str, given: Mapping[str, Any], also: Sequence[str] = ()) -> Request:
    """A request by names that somebody typed; `adapters` is the option of that name. also: names that the call takes
    besides. Raises `AskedWrong`."""
    known = {one.name for one in fields(Request)}
    if given.get(OPTION) is not None and isinstance(given.get("options", {}), Mapping):
        options = {**given.get("options", {}), OPTION: given[OPTION]}
        given = {name: value for name, value in given.items() if name != OPTION}
        given["options"] = options
    for name in given:
        if name not in known:
            offer = nearest(name, (*OFFERED, *also), limit=1)
            raise AskedWrong(
                _("There is no `%(name)s`.") % {"name": shown(name)[1:-1]}, offer, name
            )
    if isinstance(given.get("size"), str):
        given = {**given, "size": parse_size(given["size"])}
    check_sorts({"text": text, **given})
    return Request(text, **given)


def standing(request: Request, engine: Engine) -> Request:
    """The request with what its position is given, where nobody says otherwise. Raises `AskedWrong`.

    What is made of a work has that work's pictures and film, and no others.
    """
    if request.position is None or not engine.told:
        return request
    given = Genome.from_json(dict(request.position), engine.name).given
    anew = not request.parents or request.parents_as == "bred_from"
    lent: dict[str, Any] = {}
    if anew and not request.earlier:
        lent = {
            "pictures": request.pictures or given.pictures,
            "film": request.film or given.film,
        }
    text = request.text if request.text.strip() else given.text
    return replace(request, text=text, negative=request.negative or given.negative or None, **lent)


def score_of(request: Request, engine: Engine) -> Asked:
    """The score of a request, or `AskedWrong` with what to do about it."""
    request = standing(request, engine)
    defaults = engine.defaults
    notes: list[str] = []
    _check_text(request, engine)
    size = _check_size(request.size or defaults["size"], engine, notes)
    seconds = _check_seconds(
        defaults["seconds"] if request.seconds is None else request.seconds, engine
    )
    fps = _check_fps(defaults["fps"] if request.fps is None else request.fps, engine)
    check_abilities(request, engine)
    score = Score(
        shots=(*request.earlier, Shot(request.text, seconds, request.pictures)),
        model=ModelRef(engine.name, engine.hash),
        size=size,
        fps=fps,
        seed=secrets.randbelow(1_000_000) if request.seed is None else read_seed(request.seed),
        options=engine.check(request.options),
        loop=_check_loop(request, seconds, notes),
        position=_check_position(request.position, engine, notes),
        lexicons=request.lexicons if engine.capabilities.lexicons else (),
        parents=request.parents,
        parents_as=request.parents_as,
        origin=request.origin,
        negative=request.negative or None,
        film=request.film,
    )
    _check_length(score, engine)
    engine.ready(score)
    return Asked(score, tuple(notes))


def check_score(score: Score, engine: Engine) -> None:
    """`AskedWrong` where this engine could not perform a score that came from elsewhere, such as another studio."""
    *earlier, last = score.shots or (Shot("", 0.0),)
    score_of(
        Request(
            last.text,
            last.seconds,
            score.size,
            score.fps,
            score.seed,
            score.options,
            score.loop,
            score.position,
            last.pictures,
            score.lexicons,
            earlier=tuple(earlier),
            film=score.film,
        ),
        engine,
    )


def _check_text(request: Request, engine: Engine) -> None:
    text = request.text
    if not text.strip() and request.position is None:
        raise AskedWrong(
            _("There is nothing to draw: the sentence is empty."),
            _("Say what should be seen, or give %(model)s a position.") % {"model": engine.name},
            "text",
        )
    if len(text) > MAX_TEXT:
        raise AskedWrong(
            _("The sentence has %(count)s characters; %(most)s is the most.")
            % {"count": f"{len(text):,}", "most": f"{MAX_TEXT:,}"},
            _("Cut it into several films."),
            "text",
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise AskedWrong(
            _("The sentence holds half a character (a lone surrogate); please type it again."),
            about="text",
        ) from None
    if "\0" in text:
        raise AskedWrong(
            _("The sentence holds a zero character, which no text has; please type it again."),
            about="text",
        )


def _check_size(size: tuple[int, int], engine: Engine, notes: list[str]) -> tuple[int, int]:
    low, high = engine.capabilities.sides
    near = engine.capabilities.size_near((512, 512))
    if any(not low <= side <= high for side in size):
        raise AskedWrong(
            _(
                "%(width)sx%(height)s pixels is not possible: %(model)s draws sides from %(low)s to "
                "%(high)s pixels."
            )
            % {"width": size[0], "height": size[1], "model": engine.name, "low": low, "high": high},
            _("For example %(size)s.") % {"size": f"{near[0]}x{near[1]}"},
            "size",
        )
    unit = math.lcm(engine.capabilities.multiple, 2)
    fits = (_fitting(size[0], unit, low, high), _fitting(size[1], unit, low, high))
    _check_known_size(fits, engine, size)
    if fits != tuple(size):
        rounded = (
            _("The size was rounded to even numbers: %(size)s.")
            if unit == 2
            else _("The size was rounded to multiples of %(unit)s: %(size)s.")
        )
        notes.append(rounded % {"size": f"{fits[0]}x{fits[1]}", "unit": unit})
    return fits


def _fitting(side: int, unit: int, low: int, high: int) -> int:
    """The nearest multiple of `unit` within the bounds, the larger of two."""
    near = (side + unit // 2) // unit * unit
    return max(-(-low // unit) * unit, min(near, high // unit * unit))


def _check_known_size(size: tuple[int, int], engine: Engine, said: tuple[int, int]) -> None:
    known = engine.capabilities.sizes
    if known and size not in known:
        raise Impossible(
            _("%(size)s pixels is not possible: %(model)s makes films of %(known)s pixels.")
            % {
                "size": f"{said[0]}x{said[1]}",
                "model": engine.name,
                "known": _(" or ").join(f"{wide}x{high}" for wide, high in known),
            },
            about="size",
        )


def _check_seconds(value: object, engine: Engine) -> float:
    low, high = engine.capabilities.seconds
    seconds = finite(value, _("The number of seconds"))
    if seconds == 0:
        check_stills(engine)
        return 0.0
    if not low <= seconds <= high and low == high:
        raise AskedWrong(
            _("%(seconds)s seconds is not possible: %(model)s makes films of %(low)s seconds.")
            % {"seconds": f"{seconds:g}", "model": engine.name, "low": f"{low:g}"},
            about="seconds",
        )
    if not low <= seconds <= high:
        raise AskedWrong(
            _(
                "%(seconds)s seconds is not possible: %(model)s makes films of %(low)s to %(high)s seconds."
            )
            % {
                "seconds": f"{seconds:g}",
                "model": engine.name,
                "low": f"{low:g}",
                "high": f"{high:g}",
            },
            about="seconds",
        )
    return seconds


def _check_loop(request: Request, seconds: float, notes: list[str]) -> bool:
    """A picture has no end that could be its beginning."""
    if request.loop and seconds == 0:
        notes.append(_("A picture has no end to close: it is made without the loop."))
        return False
    return request.loop


def _check_length(score: Score, engine: Engine) -> None:
    """A film that goes on is as long as all its shots."""
    high, most = engine.capabilities.seconds[1], engine.capabilities.frames
    if len(score.shots) > 1 and score.seconds > high:
        raise AskedWrong(
            _(
                "The whole film would have %(seconds)s seconds; %(high)s is the most that %(model)s makes."
            )
            % {"seconds": f"{score.seconds:g}", "high": f"{high:g}", "model": engine.name},
            _("Ask for less, or go on from a shorter one."),
            "seconds",
        )
    if score.frame_count > most:
        raise AskedWrong(
            _(
                "%(seconds)s seconds at %(fps)s frames a second are %(frames)s frames; %(most)s is the "
                "most."
            )
            % {
                "seconds": f"{score.seconds:g}",
                "fps": f"{score.fps:g}",
                "frames": f"{score.frame_count:,}",
                "most": f"{most:,}",
            },
            _("Ask for fewer seconds, or fewer frames a second."),
            "seconds",
        )


def _check_fps(value: object, engine: Engine) -> float:
    fps = finite(value, _("The number of frames a second"))
    if not 0.01 <= fps <= 1000:
        raise AskedWrong(
            _("%(fps)s frames a second is not possible: a film file holds 0.01 to 1000.")
            % {"fps": f"{fps:g}"},
            _("24 is usual."),
            "fps",
        )
    known = engine.capabilities.rates
    if known and fps not in known:
        raise Impossible(
            _(
                "%(fps)s frames a second is not possible: %(model)s makes films of %(known)s frames a "
                "second."
            )
            % {
                "fps": f"{fps:g}",
                "model": engine.name,
                "known": ", ".join(f"{one:g}" for one in known),
            },
            about="fps",
        )
    return int(fps) if fps == math.floor(fps) else fps


def _check_position(
    position: Mapping[str, Any] | None, engine: Engine, notes: list[str]
) -> Mapping[str, Any] | None:
    if position is None:
        return None
    if not engine.capabilities.position:
        raise Impossible(_("%(model)s has no space one could stand in.") % {"model": engine.name})
    genome = Genome.from_json(dict(position), engine.name)
    strange = [gene for gene in genome.genes if engine.neutral and gene not in engine.neutral]
    if strange:
        known = [gene for gene in genome.genes if gene in engine.neutral] + list(engine.neutral)
        offer = nearest(strange[0], known) if len(strange) < 4 else ""
        genes = ", ".join(strange[:3]) + (" …" if len(strange) > 3 else "")
        said = _("%(model)s knows no gene %(genes)s; it is kept, and changes nothing.")
        notes.append(f"{said % {'model': engine.name, 'genes': genes}} {offer}".rstrip())
    return genome.to_json()
