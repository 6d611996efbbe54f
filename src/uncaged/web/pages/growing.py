"""What a press on a drawing does: its children are asked for, and the generations so far lie one below the other.

Knows no form; `web.growing` reads it.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from uncaged.archive import groups, runs, understanding, works
from uncaged.archive.groups import Group
from uncaged.archive.run import Run
from uncaged.archive.work import Work
from uncaged.core.errors import NotFound
from uncaged.core.genome import Genome
from uncaged.engines.base import Engine
from uncaged.studio import entering, growing, shelf, together
from uncaged.web import promising
from uncaged.web.asking import group_id_for
from uncaged.web.growing import Grow
from uncaged.web.here import Here
from uncaged.web.pages import grow
from uncaged.web.views.grow import DrawingView, GenerationView, GrownView, SpreadView
from uncaged.web.visitors import Stay

GENERATIONS = 8
"""Earlier generations that a page shows at most."""

MOST = 60
"""Drawings of one generation that a page shows at most."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A generation as the archive has it. said: what its models understood, by run."""

    group: Group
    parts: Sequence[Run]
    made: Mapping[str, Work]
    said: Mapping[str, str]


def ask(here: Here, wanted: Grow, stay: Stay) -> tuple[Here, "Future[Group]"]:
    """Asks for the children: on the disk once the future has their group. Raises `NotFound`, `AskedWrong`."""
    parents = growing.parents_of(here.studio, wanted.names)
    seed = secrets.randbelow(1_000_000) if wanted.seed is None else wanted.seed
    if wanted.kind == "films":
        parts, kind = growing.film_parts(here.studio, parents), "films"
    else:
        rate = wanted.factor if wanted.kind == growing.FARTHER else wanted.rate
        how = growing.Growing(wanted.kind, rate, seed, wanted.children, wanted.cross)
        parts, kind = growing.prepared(here.studio, parents, how), wanted.kind
    here = promising.settled(here, parts, stay)
    studio, group_id = here.studio, None
    if wanted.once is not None:
        group_id = group_id_for(entering.secret_of(studio), studio.person, wanted.once)
    terms = together.Terms(kind, group_id=group_id)
    with studio.archive.read() as conn:
        seconds = together.expected(conn, parts)
    return here, studio.submit(lambda conn: together.promise(conn, studio, parts, seconds, terms))


def shown(conn: Connection, here: Here, group: Group, way: str) -> GrownView | None:
    """The generations up to this group of children; None where it is none, or what it was is gone."""
    if group.kind not in growing.KINDS or not group.runs:
        return None
    rows = _rows(conn, here, group, way)
    model = runs.get(conn, group.runs[0]).model
    going = any(one.state in ("queued", "in_progress") for one in rows[-1].drawings)
    return grow.grown(here, rows, model, "", way, grow.AGAIN if going else None)


def origin(conn: Connection, here: Here, group: Group, parts: Sequence[Run]) -> str | None:
    """The generation from which films were asked for; None where they come from none."""
    if group.kind != "films":
        return None
    for part in parts:  # each has one parent of its own, and some may be gone
        before, _single = _before(conn, here, [part], [group.id])
        if before is not None:
            return before.id
    return None


def _rows(conn: Connection, here: Here, group: Group, way: str) -> list[GenerationView]:
    """Generation after generation, from the last one backwards, then numbered from the first on."""
    found: list[_Read] = []
    single: tuple[Work, ...] = ()
    now: Group | None = group
    while now is not None and len(found) <= GENERATIONS:
        parts = groups.newest(conn, now.id, 0, MOST)
        made = works.of_runs(conn, here.studio.person, [run.id for run in parts])
        found.append(_Read(now, parts, made, understanding.sentences(conn, list(made))))
        now, single = _before(conn, here, parts, [one.group.id for one in found])
    rows = _beginning(here, way, single)
    suffix = f"?way={way}" if way else ""
    found.reverse()
    for n, one in enumerate(found):
        later = found[n + 1].parts if n + 1 < len(found) else ()
        taken = {parent for run in later if run.score for parent in run.score.parents}
        rows.append(_row(here, one, taken, rows, suffix))
    return rows


def _before(
    conn: Connection, here: Here, parts: Sequence[Run], seen: Sequence[str]
) -> tuple[Group | None, tuple[Work, ...]]:
    """The group from which the parents come; where they come from none, the parents themselves."""
    score = next((run.score for run in parts if run.score is not None), None)
    parents: list[Work] = []
    for name in () if score is None else score.parents:
        try:
            parents.append(works.get(conn, here.studio.person, name))
        except NotFound:  # deleted meanwhile, or hidden: the children stay
            continue
    of_group = groups.of_runs(conn, [work.run_id for work in parents])
    for work in parents:
        name = of_group.get(work.run_id)
        if name is None or name in seen:
            continue
        before = groups.find(conn, name)
        mine = before is not None and before.person_id == here.studio.person
        if before is not None and mine and before.kind in growing.KINDS:
            return before, ()
    return None, tuple(parents)


def _beginning(here: Here, way: str, single: Sequence[Work]) -> list[GenerationView]:
    """What the first group came from: two rows of the stock, or works by themselves."""
    told = grow.way_of(way)
    stock = None if told is None else grow.stock_of(here).find(told[0].twelve)
    if told is not None and stock is not None and not single:
        return grow.from_stock(here, stock, told[0].number, told[1])
    if not single:
        return []
    drawings = tuple(
        DrawingView(
            number=n,
            name=work.id,
            alt=work.score.text if work.score is not None and work.score.text else work.id,
            at=f"/works/{work.id}",
            still=None if work.media is None else f"/works/{work.id}/still",
            film=_moves(work),
            chosen=True,
        )
        for n, work in enumerate(single, 1)
    )
    row = GenerationView(
        number=1,
        of="works",
        parents=(),
        at=drawings[0].at,
        rate=None,
        drawings=drawings,
        spread=None,
    )
    return [row]


def _row(
    here: Here, one: _Read, taken: set[str], above: Sequence[GenerationView], suffix: str
) -> GenerationView:
    group, parts = one.group, one.parts
    drawings = tuple(
        _drawing(n, run, one.made.get(run.id), one.said.get(run.id, ""), taken)
        for n, run in enumerate(parts, 1)
    )
    parents = {name for run in parts if run.score is not None for name in run.score.parents}
    before = above[-1].drawings if above else ()
    chosen = tuple(d.number for d in before if d.name in parents or (not parents and d.chosen))
    return GenerationView(
        number=len(above) + 1,
        of="variations" if group.kind == "vary" else "children",
        parents=chosen,
        at=f"/groups/{group.id}{suffix}",
        rate=None,
        drawings=drawings,
        spread=_spread(here, tuple(parts)),
    )


def _drawing(
    number: int, run: Run, work: Work | None, sentence: str, taken: set[str]
) -> DrawingView:
    there = work is not None and work.media is not None
    name = run.work_id or run.id
    return DrawingView(
        number=number,
        name=name,
        alt=sentence.partition(": ")[2] or sentence,
        at=f"/works/{name}",
        still=f"/works/{name}/still" if there else None,
        film=None if work is None else _moves(work),
        state="deleted" if run.score is None else run.state,
        chosen=name in taken,
    )


def _moves(work: Work) -> str | None:
    """Where its film lies, if it has one and moves."""
    is_film = work.media is not None and not (work.mime or "").startswith("image/")
    return f"/works/{work.id}/film" if is_film else None


def _spread(here: Here, parts: tuple[Run, ...]) -> SpreadView | None:
    scores = [run.score for run in parts]
    if any(score is None or score.position is None for score in scores):
        return None
    found = tuple(
        (run.id, score.canonical()) for run, score in zip(parts, scores, strict=True) if score
    )
    return _measured(shelf.family(here.studio, parts[0].model) if parts else None, found)


@lru_cache(128)
def _measured(family: Engine | None, named: tuple[tuple[str, bytes], ...]) -> SpreadView | None:
    """Positions of runs never change: measured once."""
    positions = [Genome.from_json(json.loads(score)["position"]) for _name, score in named]
    return grow.measured(family, positions)
