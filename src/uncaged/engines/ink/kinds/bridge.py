"""A bridge over a little water: of stone with arches, hung from towers, or of rope and planks. Knows no river banks.

How it is built: the deck is one curve; arches are cut out of the stone by drawing what one sees through them.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import courses, halo, strokes
from uncaged.engines.ink.kinds.waters import water, waves
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

Draw: TypeAlias = Callable[[Drawing, Paint, list[Array], Moment], None]
HALF = 1.25
"""Half the length of every bridge, in heights."""


def _curve(x: Array | float, rise: float, end: float) -> Array:
    """A deck that is highest in the middle."""
    x = np.asarray(x, dtype=np.float64) / HALF
    return end - rise * (1 - x * x)


def _water(d: Drawing, paint: Paint, m: Moment, half: float) -> None:
    """The water under it."""
    near, mid = half * 0.5, half * 0.6
    pool = [(-half, 0.0), (-near, -0.05), (0, -0.06), (near, -0.05), (half, 0.0), (mid, 0.07)]
    pool += [(0, 0.09), (-mid, 0.07)]
    d.form(smooth(pool, True, 4), water(paint.palette), line=0.7, shade=0.6, key="water")
    waves(d, paint, m, half * 0.9, -0.02, 0.07)


def _stone(d: Drawing, paint: Paint, stones: list[Array], m: Moment) -> None:
    """Two or three arches, a parapet, lamps."""
    _water(d, paint, m, 1.0)
    x = np.linspace(-HALF, HALF, 21)
    top = np.stack([x, _curve(x, 0.34, -0.5)], 1)
    body = np.concatenate(
        [
            top,
            points((HALF, 0.02), (1.02, 0.02)),
            _arch(0.72, 0.3, 0.34),
            _arch(0.0, 0.36, 0.56),
            _arch(-0.72, 0.3, 0.34),
            points((-1.02, 0.02), (-HALF, 0.02)),
        ]
    )
    d.form(body, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.9, key="body")
    d.clip(body)
    strokes(d, stones, paint.pattern, 0.7)
    d.unclip()
    for at, half, high in ((0.72, 0.3, 0.34), (0.0, 0.36, 0.56), (-0.72, 0.3, 0.34)):
        d.stroke(
            _arch(at, half + 0.045, high + 0.05), 2.2, paint.pale, taper=(0.02, 0.02), wobble=0.2
        )
    rail = np.concatenate([top + points(0, -0.1), (top + points(0, -0.02))[::-1]])
    d.form(rail, paint.second, line=0.9, shade=0.6, key="rail")
    for at in (-0.62, 0.62):
        y = float(_curve(at, 0.34, -0.5)) - 0.1
        d.stroke(points((at, y), (at, y - 0.22)), 1.6, paint.dark, wobble=0.1)
        halo(d, paint, at, y - 0.26, 0.16)
        lamp = points(
            (at - 0.035, y - 0.22), (at - 0.05, y - 0.31), (at + 0.05, y - 0.31),
            (at + 0.035, y - 0.22),
        )  # fmt: skip
        d.form(lamp, paint.glow, line=0.8, shade=0.1)


def _arch(x: float, half: float, high: float) -> Array:
    """The edge of an arch from its right foot over the crown to its left foot."""
    a = np.linspace(0, PI, 11)
    return np.stack([x + cos(a) * half, 0.02 - sin(a) * high], 1)


def _hung(d: Drawing, paint: Paint, stones: list[Array], m: Moment) -> None:
    """Two towers, cables, hangers, a straight deck that hums."""
    _water(d, paint, m, 1.2)
    hum = 0.004 * m.cycle(1.0)
    u = np.linspace(-1, 1, 17)
    main = np.stack([u * 0.62, -1.22 + 0.46 * (1 - u * u)], 1)
    for side in (-1, 1):
        x = 0.62 * side
        for inner in (-0.035, 0.035):
            leg = points(
                (x + inner - 0.022, 0.03), (x + inner * 0.8 - 0.018, -1.24),
                (x + inner * 0.8 + 0.018, -1.24), (x + inner + 0.022, 0.03),
            )  # fmt: skip
            d.form(leg, paint.colour, line=0.9, shade=0.7, key=f"leg{side}{inner}")
        for y in (-1.18, -0.96, -0.4):
            beam = points(
                (x - 0.05, y - 0.02), (x + 0.05, y - 0.02), (x + 0.05, y + 0.02),
                (x - 0.05, y + 0.02),
            )  # fmt: skip
            d.form(beam, paint.colour, line=0.7, shade=0.3)
        back = smooth([(x, -1.22), (x + 0.3 * side, -0.92), (HALF * side, -0.76)])
        d.stroke(back, 1.8, paint.colour, taper=(0.01, 0.01), wobble=0.1)
        for k in range(4):
            at = back[3 + 2 * k]
            d.stroke(np.stack([at, points(float(at[0]), -0.74)]), 0.7, wobble=0)
    for at in main[2:-2:2]:
        d.stroke(np.stack([at, points(float(at[0]), -0.74 + hum)]), 0.7, wobble=0)
    d.stroke(main, 1.8, paint.colour, taper=(0.01, 0.01), wobble=0.1)
    deck = points(
        (-HALF - 0.1, -0.74), (0, -0.77 + hum), (HALF + 0.1, -0.74), (HALF + 0.1, -0.67),
        (0, -0.69 + hum), (-HALF - 0.1, -0.67),
    )  # fmt: skip
    d.form(deck, paint.second, line=1.0, shade=0.6, key="deck")
    lamps = [
        points((x, -0.725), (x + 0.03, -0.725), (x + 0.03, -0.705), (x, -0.705))
        for x in np.linspace(-1.2, 1.2, 13).tolist()
    ]
    d.multi(lamps, paint.glow if paint.night else paint.pale, line=0, key="lamps")


def _rope(d: Drawing, paint: Paint, stones: list[Array], m: Moment) -> None:
    """Planks on two ropes between rocks; it sways."""
    _water(d, paint, m, 0.7)
    for side in (-1, 1):
        edge = [(1.42, 0.03), (1.4, -0.8), (1.28, -0.96), (1.02, -0.94), (0.84, -0.9)]
        edge += [(0.88, -0.6), (0.78, -0.4), (0.86, -0.16), (0.74, 0.03)]
        rock = points(*[(x * side, y) for x, y in edge])
        d.form(
            rock, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.1, key=f"rock{side}"
        )
        for a, b in (((1.3, -0.7), (0.94, -0.6)), ((1.26, -0.3), (0.9, -0.24))):
            d.stroke(points((a[0] * side, a[1]), (b[0] * side, b[1])), 0.8, wobble=0.5)
        d.stroke(
            points((0.82 * side, -0.88), (0.84 * side, -1.2)),
            2.6,
            paint.trunk,
            taper=(0.01, 0.05),
            wobble=0.2,
        )
    swing = 0.02 * m.cycle(0.5)
    u = np.linspace(-1, 1, 15)
    deck = np.stack([u * 0.84, -0.9 + (0.14 + swing) * (1 - u * u)], 1)
    rail = np.stack([u * 0.84, -1.18 + (0.2 + swing) * (1 - u * u)], 1)
    d.stroke(rail + points(0.02, -0.03), 0.9, paint.trunk, wobble=0.1)
    for k in range(1, 14):
        d.stroke(np.stack([deck[k], rail[k]]), 0.6, wobble=0.1)
    d.stroke(rail, 1.4, paint.trunk, taper=(0.01, 0.01), wobble=0.1)
    under = np.concatenate([deck, (deck + points(0, 0.02))[::-1]])
    d.form(under, paint.trunk, line=0.6, shade=0.2, key="deck")
    tread = points((-0.05, -0.012), (0.045, -0.016), (0.05, 0.018), (-0.045, 0.02))
    d.multi(
        [
            tread + p + points(0, 0.006 * sin(TAU * (m.turn(0.5) + 0.1 * k)))
            for k, p in enumerate(deck)
        ],
        paint.second,
        line=0.8,
        key="planks",
    )


FORMS: Mapping[str, Draw] = {"stone": _stone, "hung": _hung, "rope": _rope}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bridge; `form` is one of `FORMS`, or "" for one of stone."""
    draw = FORMS.get(form, _stone)
    stones = courses(stream.sub("stones"), -1.2, -0.74, 1.15, -0.05, 26, 0.12)

    def figure(d: Drawing, m: Moment) -> None:
        draw(d, paint, stones, m)

    return figure


register(
    Kind(
        "bridge",
        build,
        at=(0.80, 1.28),
        height=0.36,
        home="hills",
        width=2.6,
        top=(0.0, -0.84),
        shadow=0.0,
        forms=tuple(FORMS),
        faces=False,
        metres=6.0,
        traits=("way",),
    )
)
