"""A body made of another one: the second figure stamped small, many times, where the first one is.

All stamps of one form of the second figure are one mark, so a hundred cost little more than one.
"""

from dataclasses import dataclass
from math import fsum

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.hand.place import turned
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.marks import like
from uncaged.engines.ink.materials.body import Body, Part, body_of
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array

SIZE, SMALLEST = 0.135, 0.045
"""Size of a stamp in heights of the body, and in its narrow forms."""

MOST, FORMS, PHASES = 150, 16, 3
"""Stamps of one body, forms of a stamp, moments of its motion."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Where one lies: its middle, size, cosine and sine of its turn, whether it looks left, and its moment."""

    x: float
    y: float
    size: float
    c: float
    s: float
    flip: bool
    phase: int


def made_of_others(
    drawing: Drawing, stuff: Figure, m: Moment, ground: Colour, centred: bool
) -> Drawing:
    """The body as so many small ones; below them a breath of itself, so that its outline holds."""
    out = like(drawing)
    body = body_of(drawing, out, m, ground, centred)
    for part in body.forms:
        out.flat(part.points, mix(part.colour, ground, 0.6), 130)
    stamps = _stamps(body)
    for phase in range(PHASES):
        own = [stamp for stamp in stamps if stamp.phase == phase]
        for n, (polygon, colour) in enumerate(_figure(drawing, stuff, m, phase)):
            out.multi(
                [_at(polygon, stamp) for stamp in own], colour, line=0.3, key=f"stuff{phase}.{n}"
            )
    for part in body.parts:
        if isinstance(part, Part) and part.is_detail and part.tone > 0.85:
            out.form(part.points, part.colour, line=0.5, shade=0, key=part.key)
        elif not isinstance(part, Part) and hasattr(part, "radius"):
            out.marks.append(part)
    return out


def _figure(drawing: Drawing, stuff: Figure, m: Moment, phase: int) -> list[tuple[Array, Colour]]:
    """The largest forms of the second figure at one of its moments, in painter's order, about 0 and 1 long."""
    own = Drawing(f"{drawing.key}/stuff{phase}", drawing.manner)
    stuff(own, Moment((m.t + phase / PHASES) % 1, m.seconds, sway=m.sway, act=m.act, speed=m.speed))
    forms = body_of(own, own, m, (0, 0, 0), True).forms
    if not forms:
        return []
    low = np.min([f.low for f in forms], axis=0)
    high = np.max([f.high for f in forms], axis=0)
    size = float((high - low).max()) + 1e-9
    kept = sorted(range(len(forms)), key=lambda k: -forms[k].size)[:FORMS]
    middle = (low + high) / 2
    return [((forms[k].points - middle) / size, forms[k].colour) for k in sorted(kept)]


def _stamps(body: Body) -> list[_Stamp]:
    """Places spread over all forms, more where there is more room; each keeps its place on the body."""
    forms = body.forms
    sizes = [min(SIZE, max(SMALLEST, 1.7 * part.wide)) for part in forms]
    wanted = [4.2 * f.size * f.wide / (s * s) + 1 for f, s in zip(forms, sizes, strict=True)]
    share = min(1.0, MOST / max(fsum(wanted), 1.0))
    out: list[_Stamp] = []
    for part, size, many in zip(forms, sizes, wanted, strict=True):
        count = max(1, int(many * share))
        lots = part.lots("stamp", 5 * count).reshape(count, 5)
        rows = max(1, min(4, round(2.1 * part.wide / size)))
        n = np.arange(count)
        columns = -(-count // rows)
        u = (n // rows + 0.5 + 0.4 * (lots[:, 0] - 0.5)) / columns
        v = ((n % rows + 0.5) / rows * 2 - 1) * 0.92 + 0.3 * (lots[:, 1] - 0.5) / rows
        at = part.at(u, v)
        for k in range(count):
            c, s = turned((lots[k, 2] - 0.5) * 1.1)
            x, y = at[k].tolist()
            grown = size * (0.8 + 0.45 * float(lots[k, 3]))
            out.append(_Stamp(x, y, grown, c, s, bool(lots[k, 4] < 0.5), k % PHASES))
    return out


def _at(polygon: Array, stamp: _Stamp) -> Array:
    x = polygon[:, 0] * (-stamp.size if stamp.flip else stamp.size)
    y = polygon[:, 1] * stamp.size
    return np.stack([stamp.x + x * stamp.c - y * stamp.s, stamp.y + x * stamp.s + y * stamp.c], 1)
