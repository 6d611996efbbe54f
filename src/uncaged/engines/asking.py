"""From what somebody typed to a score: every default written out, the impossible refused, small repairs said aloud."""

import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from uncaged.core import numbers
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
from uncaged.engines.base import Engine


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for; None means the model's default. Sizes in pixels.

    earlier: shots that come before this text. parents, parents_as, origin, negative: as in `Score`.
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


@dataclass(frozen=True, slots=True)
class Asked:
    """The score, and what was changed at the door, in sentences for the person."""

    score: Score
    notes: tuple[str, ...] = ()


OFFERED = ("seconds", "size", "fps", "seed", "options", "loop", "position", "negative")
"""What people say beside the text; the rest of a request is for programs that go on from something."""


def request(text: str, given: Mapping[str, Any], also: Sequence[str] = ()) -> Request:
    """A request by names that somebody typed. also: names that the call takes besides. Raises `AskedWrong`."""
    known = {one.name for one in fields(Request)}
    for name in given:
        if name not in known:
            offer = nearest(name, (*OFFERED, *also), limit=1)
            raise AskedWrong(f"There is no `{shown(name)[1:-1]}`.", offer, name)
    return Request(text, **given)


def score_of(request: Request, engine: Engine) -> Asked:
    """The score of a request, or `AskedWrong` with what to do about it."""
    defaults = engine.defaults
    notes: list[str] = []
    _check_text(request, engine)
    size = _check_size(request.size or defaults["size"], engine, notes)
    seconds = _check_seconds(
        defaults["seconds"] if request.seconds is None else request.seconds, engine
    )
    fps = _check_fps(defaults["fps"] if request.fps is None else request.fps)
    _check_abilities(request, engine)
    score = Score(
        shots=(*request.earlier, Shot(request.text, seconds, request.pictures)),
        model=ModelRef(engine.name),
        size=size,
        fps=fps,
        seed=secrets.randbelow(1_000_000) if request.seed is None else read_seed(request.seed),
        options=engine.check(request.options),
        loop=request.loop,
        position=_check_position(request.position, engine, notes),
        lexicons=request.lexicons if engine.capabilities.lexicons else (),
        parents=request.parents,
        parents_as=request.parents_as,
        origin=request.origin,
        negative=request.negative or None,
    )
    _check_length(score, engine)
    return Asked(score, tuple(notes))


def check_score(score: Score, engine: Engine) -> None:
    """`AskedWrong` where this engine could not perform a score that came from elsewhere, such as another studio."""
    score_of(
        Request(
            score.text,
            score.seconds,
            score.size,
            score.fps,
            score.seed,
            score.options,
            score.loop,
            score.position,
            tuple(picture for shot in score.shots for picture in shot.pictures),
            score.lexicons,
        ),
        engine,
    )


def _check_text(request: Request, engine: Engine) -> None:
    text = request.text
    if not text.strip() and request.position is None:
        raise AskedWrong(
            "There is nothing to draw: the sentence is empty.",
            f"Say what should be seen, or give {engine.name} a position.",
            "text",
        )
    if len(text) > MAX_TEXT:
        raise AskedWrong(
            f"The sentence has {len(text):,} characters; {MAX_TEXT:,} is the most.",
            "Cut it into several films.",
            "text",
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise AskedWrong(
            "The sentence holds half a character (a lone surrogate); please type it again.",
            about="text",
        ) from None
    if "\0" in text:
        raise AskedWrong(
            "The sentence holds a zero character, which no text has; please type it again.",
            about="text",
        )


def _check_size(size: tuple[int, int], engine: Engine, notes: list[str]) -> tuple[int, int]:
    low, high = engine.capabilities.sides
    if any(not low <= side <= high for side in size):
        raise AskedWrong(
            f"{size[0]}x{size[1]} pixels is not possible: {engine.name} draws sides from {low} to {high} pixels.",
            "For example 512x512.",
            "size",
        )
    even = (size[0] + size[0] % 2, size[1] + size[1] % 2)
    even = (min(even[0], high - high % 2), min(even[1], high - high % 2))
    if even != tuple(size):
        notes.append(f"The size was rounded to even numbers: {even[0]}x{even[1]}.")
    return even


def _check_seconds(value: object, engine: Engine) -> float:
    low, high = engine.capabilities.seconds
    seconds = finite(value, "The number of seconds")
    if not low <= seconds <= high:
        raise AskedWrong(
            f"{seconds:g} seconds is not possible: {engine.name} makes films of {low:g} to {high:g} seconds.",
            about="seconds",
        )
    return seconds


def _check_length(score: Score, engine: Engine) -> None:
    """A film that goes on is as long as all its shots."""
    high, most = engine.capabilities.seconds[1], engine.capabilities.frames
    if len(score.shots) > 1 and score.seconds > high:
        raise AskedWrong(
            f"The whole film would have {score.seconds:g} seconds; {high:g} is the most that {engine.name} makes.",
            "Ask for less, or go on from a shorter one.",
            "seconds",
        )
    if score.frame_count > most:
        raise AskedWrong(
            f"{score.seconds:g} seconds at {score.fps:g} frames a second are {score.frame_count:,} frames; "
            f"{most:,} is the most.",
            "Ask for fewer seconds, or fewer frames a second.",
            "seconds",
        )


def _check_fps(value: object) -> float:
    fps = finite(value, "The number of frames a second")
    if not 0.01 <= fps <= 1000:
        raise AskedWrong(
            f"{fps:g} frames a second is not possible: a film file holds 0.01 to 1000.",
            "24 is usual.",
            "fps",
        )
    return int(fps) if fps == math.floor(fps) else fps


def _check_abilities(request: Request, engine: Engine) -> None:
    can = engine.capabilities
    if request.pictures and not can.pictures:
        raise Impossible(
            f"{engine.name} takes no pictures.",
            "`uncaged models list` says which models do.",
            "pictures",
        )
    if len(request.pictures) > can.pictures:
        raise Impossible(
            f"{engine.name} takes {can.pictures} picture{'s' if can.pictures > 1 else ''} with a shot, "
            f"not {len(request.pictures)}.",
            "Choose one of them.",
            "pictures",
        )
    if request.earlier and can.shots == 1:
        raise Impossible(f"{engine.name} cannot go on with a film that is there.")
    if len(request.earlier) >= can.shots:
        raise Impossible(
            f"{engine.name} plays {can.shots} shots one after the other, and this film has as many.",
            "Make a new film of what comes next.",
        )
    if request.negative and not can.negative:
        raise Impossible(
            f"{engine.name} cannot be told what must not be seen beside what should.",
            "Say it in the sentence: … without …",
            "negative",
        )
    if request.loop and not can.loop:
        raise Impossible(f"{engine.name} cannot close a film to a loop.")


def _check_position(
    position: Mapping[str, Any] | None, engine: Engine, notes: list[str]
) -> Mapping[str, Any] | None:
    if position is None:
        return None
    if not engine.capabilities.position:
        raise Impossible(f"{engine.name} has no space one could stand in.")
    genome = Genome.from_json(dict(position), engine.name)
    strange = [gene for gene in genome.genes if engine.neutral and gene not in engine.neutral]
    if strange:
        known = [gene for gene in genome.genes if gene in engine.neutral] + list(engine.neutral)
        offer = nearest(strange[0], known) if len(strange) < 4 else ""
        notes.append(
            f"{engine.name} knows no gene {', '.join(strange[:3])}{' …' if len(strange) > 3 else ''}; "
            f"it is kept, and changes nothing. {offer}".rstrip()
        )
    return genome.to_json()


def parse_size(text: str) -> tuple[int, int]:
    """``512x288`` (also ``512×288``, or ``512`` for a square) as width and height."""
    parts = text.lower().replace("×", "x").split("x")
    try:
        sides = [numbers.whole(part) for part in parts]
    except ValueError:
        sides = []
    if len(sides) not in (1, 2):
        raise AskedWrong(f"A size is two numbers of pixels, like 512x288, not {shown(text)}.")
    return (sides[0], sides[-1])
