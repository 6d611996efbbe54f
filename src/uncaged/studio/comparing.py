"""The same words by several models, side by side: what is asked of each, and what each of them took.

What a model cannot make becomes the nearest that it can, and is said. Times are of these machines and these films.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from uncaged.archive import groups, works
from uncaged.archive.run import Run
from uncaged.core.errors import AskedWrong
from uncaged.core.genome import Genome
from uncaged.core.words import _
from uncaged.engines.asking import Request
from uncaged.engines.base import Engine
from uncaged.instruments import diversity
from uncaged.studio import together
from uncaged.studio.fits import opens
from uncaged.studio.making import Making, prepare
from uncaged.studio.shelf import player, players

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

KIND = "compare"

MOST = 12
"""Models side by side, at most."""

SPREAD_OF = 12
"""Films of a model whose spread is measured, at most: the first ones."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What one model of several took. seconds: of machine, for each film that it has made. film, size, fps: of these.
    memory: bytes that the model takes to be opened, reckoned; None where it is next to nothing. spread: as if so many
    of its films were unlike the others, from 1 on, by its own measure (`instruments.diversity`); None where fewer
    than two are made, or where it has no positions. ended: how many came to nothing; why: of the first of these.
    """

    model: str
    asked: int
    seconds: tuple[float, ...]
    film: float
    size: tuple[int, int]
    memory: int | None = None
    fps: float = 0.0
    spread: float | None = None
    ended: int = 0
    why: str = ""

    @property
    def waits(self) -> int:
        """How many are still to be made."""
        return self.asked - len(self.seconds) - self.ended

    @property
    def mean(self) -> float | None:
        """Of its films; None where it has made none yet."""
        return sum(self.seconds) / len(self.seconds) if self.seconds else None

    @property
    def between(self) -> tuple[float, float] | None:
        """From the quickest film to the slowest; None of one alone."""
        return (min(self.seconds), max(self.seconds)) if len(self.seconds) > 1 else None


def fitted(request: Request, engine: Engine) -> Request:
    """The request as near as this model can make it. What is not said stays the model's usual."""
    can, size, seconds, fps = engine.capabilities, request.size, request.seconds, request.fps
    fps = None if fps is None else can.rate_near(fps)
    if seconds is not None and not (seconds == 0 and can.stills):  # a picture stays one
        most = can.frames / max(engine.defaults["fps"] if fps is None else fps, 0.01)
        seconds = min(max(seconds, can.seconds[0]), can.seconds[1], most)
    if size is not None:
        size = can.size_near(size)
    return replace(request, size=size, seconds=seconds, fps=fps)


def ask(
    studio: "Studio",
    request: Request,
    models: Sequence[str] | str,
    each: int = 1,
    terms: together.Terms = together.GRID,
) -> tuple[groups.Group, tuple[str, ...]]:
    """Puts `each` films of every model in line, of the same words and seeds; the group, and what was changed for whom.

    models: names, or a text of them with commas.
    Raises `AskedWrong`, `NotFound`, `TooMany`; nothing stands in line then.
    """
    parts, notes = prepared(studio, request, models, each)
    return together.put_in_line(studio, parts, replace(terms, kind=KIND)), notes


def prepared(
    studio: "Studio", request: Request, models: Sequence[str] | str, each: int = 1
) -> tuple[list[Making], tuple[str, ...]]:
    """The films that `ask` asks for, model by model, and what was changed for whom; nothing is promised yet.

    Raises `AskedWrong`, `NotFound`.
    """
    said = models.split(",") if isinstance(models, str) else models
    names = list(dict.fromkeys(player(studio, one.strip()).name for one in said if one.strip()))
    if not 2 <= len(names) <= MOST:
        raise AskedWrong(
            _("Compare 2 to %(most)s models, not %(count)s.") % {"most": MOST, "count": len(names)},
            _("For example: --models ink,seedling"),
            "models",
        )
    if request.seed is None:  # the same for all of them
        request = replace(request, seed=secrets.randbelow(1_000_000))
    parts: list[Making] = []
    notes: list[str] = []
    for name in names:
        made = prepare(studio, fitted(request, player(studio, name)), name)
        parts += together.with_seeds(made, each)
        notes += [f"{name}: {note}" for note in (*_changed(request, made), *made.notes)]
    return parts, tuple(notes)


def rows(runs: Sequence[Run]) -> tuple[tuple[int, Run], ...]:
    """The runs of such a group as they are looked at: the first of every model, then the second, each with its row."""
    seen: dict[str, int] = {}
    found: list[tuple[int, Run]] = []
    for run in runs:
        seen[run.model] = seen.get(run.model, 0) + 1
        found.append((seen[run.model], run))
    return tuple(sorted(found, key=lambda one: one[0]))


def _changed(request: Request, made: Making) -> Iterable[str]:
    """What is not as it was said."""
    score = made.score
    assert score is not None
    if request.size is not None and score.size != tuple(request.size):
        yield _("It makes %(size)s.") % {"size": f"{score.size[0]}x{score.size[1]}"}
    if request.seconds is not None and score.seconds != request.seconds:
        yield _("It makes %(seconds)s s.") % {"seconds": f"{score.seconds:g}"}
    if request.fps is not None and score.fps != request.fps:
        yield _("It makes %(fps)s frames a second.") % {"fps": f"{score.fps:g}"}


def beside(studio: "Studio", runs: Sequence[Run]) -> tuple[Beside, ...]:
    """Each model of a group and what it took, in the order in which they were asked for."""
    here = players(studio)
    by: dict[str, list[Run]] = {}
    for run in runs:
        if run.score is not None:
            by.setdefault(run.model, []).append(run)
    found: list[Beside] = []
    for model, own in by.items():
        score = own[0].score
        assert score is not None
        took = [run.measured_seconds for run in own if run.state == "completed"]
        seconds = tuple(one for one in took if one is not None)
        memory = opens(here[model]) if model in here else None
        spread = _spread(studio, here.get(model), [run.id for run in own])
        film = (score.seconds, score.size, memory, score.fps)
        over = [run for run in own if run.state in ("failed", "cancelled")]
        why = next((run.reason for run in over if run.reason), "")
        found.append(Beside(model, len(own), seconds, *film, spread, len(over), why))
    return tuple(found)


def _spread(studio: "Studio", model: Engine | None, runs: Sequence[str]) -> float | None:
    """How different the films of these runs are that are made, by their positions."""
    if model is None or not model.capabilities.position or len(runs) < 2:
        return None
    with studio.archive.read() as conn:
        made = works.of_runs(conn, studio.person, runs[:SPREAD_OF])
    kept = [made[run].position for run in runs[:SPREAD_OF] if run in made]
    positions = [Genome.from_json(dict(one)) for one in kept if one is not None]
    return diversity.spread(model, positions).count if len(positions) > 1 else None
