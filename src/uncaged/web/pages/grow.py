"""Growing: the twelve of the day, one of them with its twelve children, and the generations that come of a press.

What was drawn beforehand is only shown here; it is drawn elsewhere, and the pages are whole without it.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from uncaged.core.errors import NotFound
from uncaged.core.genome import Genome
from uncaged.engines.base import Engine
from uncaged.engines.registry import engines
from uncaged.instruments.diversity import Spread, spread
from uncaged.studio import shelf
from uncaged.studio.stock import Drawn, Reference, Stock, Twelve, read_reference
from uncaged.studio.twelve import TWELVE
from uncaged.web.here import Here
from uncaged.web.pages.family import family
from uncaged.web.views.grow import (
    DrawingView,
    GenerationView,
    GrownView,
    SpreadView,
    TraitView,
    TwelveView,
)
from uncaged.web.words import _

AGAIN = 4.0
"""Seconds after which a page asks again, while something of it is being drawn."""

RATE = 0.35
"""The rate that the form has at first."""

_WAY = re.compile(r"([0-9.-]{12,13}/[0-9]{1,2})/([0-9]{1,2}(?:,[0-9]{1,2}){0,11})")


def stock_of(here: Here) -> Stock:
    """What was drawn beforehand."""
    return Stock(here.web.studio.settings.stock)


def today(here: Here) -> str:
    """The day, as sets are named by it."""
    return datetime.fromtimestamp(here.studio.clock.now() / 1e6, UTC).date().isoformat()


def twelve(here: Here, number: int = 0) -> TwelveView | None:
    """The twelve to show; None before the first of them is drawn."""
    stock = stock_of(here)
    found = stock.today(today(here), number)
    if found is None:
        return None
    return TwelveView(name=found.name, drawings=_twelve(found), other=stock.other(found.name))


def _twelve(found: Twelve, chosen: int | None = None) -> tuple[DrawingView, ...]:
    return tuple(
        _drawn(Reference(found.name, n), one.first, f"/grow/{found.name}/{n}", n == chosen)
        for n, one in enumerate(found.kin, 1)
    )


def _drawn(named: Reference, drawn: Drawn, at: str, chosen: bool = False) -> DrawingView:
    return DrawingView(
        number=named.number if named.child is None else named.child,
        name=str(named),
        alt=drawn.alt,
        at=at,
        still=f"/grow/{named}.jpg" if drawn.ready else None,
        film=f"/grow/{named}.mp4" if drawn.moves else None,
        chosen=chosen,
    )


def kin(here: Here, name: str, number: str) -> GrownView:
    """One of the twelve, and its children. Raises `NotFound` where there is none such."""
    drawing = read_reference(f"{name}/{number}")
    found = None if drawing is None else stock_of(here).find(name)
    if drawing is None or found is None:
        raise gone()
    rows = from_stock(here, found, drawing.number, ())
    present = rows[-1].drawings
    return grown(
        here, rows, "ink", f"{drawing}", again=None if all(d.still for d in present) else AGAIN
    )


def from_stock(
    here: Here, found: Twelve, number: int, chosen: Sequence[int]
) -> list[GenerationView]:
    """The twelve, and the children of one of them, as the first two generations. chosen: which of these were taken."""
    stock = stock_of(here)
    one = found.kin[number - 1]
    children = tuple(
        _drawn(Reference(found.name, number, m), child, f"/grow/{found.name}/{number}", m in chosen)
        for m, child in enumerate(one.children, 1)
    )
    at = f"/grow/{found.name}/{number}"
    return [
        GenerationView(
            number=1,
            of="twelve",
            parents=(),
            at=f"/?twelve={found.name[11:]}#grow",
            rate=None,
            drawings=_twelve(found, number),
            spread=_measured(stock, tuple(kin.first.name for kin in found.kin)),
        ),
        GenerationView(
            number=2,
            of="children",
            parents=(number,),
            at=at,
            rate=found.rate,
            drawings=children,
            spread=_measured(stock, tuple(child.name for child in one.children)),
        ),
    ]


def way_of(text: str) -> tuple[Reference, tuple[int, ...]] | None:
    """``SET/N/M,M``: which of the twelve was pressed, and which of its children were taken; None where it is no way."""
    found = _WAY.fullmatch(text)
    first = None if found is None else read_reference(found[1])
    if found is None or first is None or first.child is not None:
        return None
    chosen = tuple(dict.fromkeys(int(part) for part in found[2].split(",")))
    return (first, chosen) if all(1 <= n <= TWELVE for n in chosen) else None


def way_from(names: Sequence[str], before: str) -> str:
    """The way of children of these parents: they are of the stock, or go on from where `before` began."""
    found = [read_reference(name) for name in names]
    drawn = [one for one in found if one is not None and one.child is not None]
    first = drawn[0] if drawn else None
    if first is None:
        return before if way_of(before) is not None else ""
    same = [o.child for o in drawn if (o.twelve, o.number) == (first.twelve, first.number)]
    return f"{first.twelve}/{first.number}/{','.join(map(str, same))}"


def grown(
    here: Here,
    rows: Sequence[GenerationView],
    model: str,
    undo: str,
    way: str = "",
    again: float | None = None,
    rate: float = RATE,
) -> GrownView:
    """Generations as a page shows them, with the form for the next one."""
    player = shelf.players(here.studio).get(model)
    present = rows[-1]
    return GrownView(
        generations=tuple(rows),
        way=way,
        model=model,
        traits=tuple(
            TraitView(name=name, holds=holds)
            for name, holds in (player.traits if player is not None else dict[str, str]()).items()
        ),
        genes=0,
        rate=rate,
        seed=secrets.randbelow(10_000),
        once=secrets.token_urlsafe(12),
        family=family(rows),
        undo=rows[-2].at if len(rows) > 1 else "/#grow",
        ready=sum(one.still is not None for one in present.drawings),
        again=again,
    )


def measured(player: Engine | None, positions: Sequence[Genome]) -> SpreadView | None:
    """How different these are by a model; None where there is nothing to measure, or no such model."""
    return None if player is None else _view(spread(player, positions), len(positions))


def _view(found: Spread, of: int) -> SpreadView:
    def numbers(pair: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if pair is None else (pair[0] + 1, pair[1] + 1)

    return SpreadView(
        count=round(found.count, 1),
        of=of,
        nearest=numbers(found.nearest),
        farthest=numbers(found.farthest),
    )


@lru_cache(64)
def _measured(stock: Stock, names: tuple[str, ...]) -> SpreadView | None:
    """The same of drawings of the stock: their scores lie there before they are drawn."""
    positions: list[Genome] = []
    for name in names:
        score = stock.score_named(name)
        if score is None or score.position is None:
            return None
        positions.append(Genome.from_json(dict(score.position)))
    return measured(engines().get(positions[0].model) if positions else None, positions)


def gone() -> NotFound:
    """The one answer for what is not there, and what no longer is."""
    return NotFound(
        _("There is no such drawing here, or not any more."),
        _("The twelve change with the day; those of today are on the first page."),
    )
