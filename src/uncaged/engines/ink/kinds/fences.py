"""What is put round things: fences and walls. Knows no garden.

How it is built: boards and bricks are crooked by lot; grass before them and ivy on them sway.
"""

import numpy as np

from uncaged.engines.ink.curves import blob, leaf_mark, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import askew, box, grass, sharp, sun
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, sin
from uncaged.engines.ink.paint import Paint

FENCES, WALLS = ("pickets", "rails", "wire"), ("stone", "brick", "battlement")
HALF = 1.3
"""Half the length of a fence or wall, in heights."""


def fence(stream: Stream, paint: Paint, form: str) -> Figure:
    """A fence; `form` is one of `FENCES`, or "" for one by lot. Seldom all boards are there."""
    if form not in FENCES:
        form = stream.pick(("pickets", "pickets", "rails", "wire"))
    count = 13
    tilts = [stream.uniform(-0.03, 0.03) for _ in range(count)]
    highs = [0.92 + stream.uniform(-0.04, 0.05) for _ in range(count)]
    gone = stream.integer(3, 9) if stream.chance(0.5) else -1
    blades = stream.array(10, -1, 1).tolist()

    def figure(d: Drawing, m: Moment) -> None:
        if form == "pickets":
            _pickets(d, paint, tilts, highs, gone)
        else:
            _posts(d, paint, tilts, highs)
            _bars(d, paint, form == "wire")
        grass(d, paint, blades, m, HALF)

    return figure


def _pickets(d: Drawing, paint: Paint, tilts: list[float], highs: list[float], gone: int) -> None:
    """Pointed boards on two rails."""
    for y in (-0.62, -0.26):
        rail = box(-HALF, y - 0.05, HALF, y + 0.05)
        d.form(rail, paint.second, line=0.9, shade=0.6, key=f"rail{y}")
    for k, (t, high) in enumerate(zip(tilts, highs, strict=True)):
        if k == gone:
            continue
        x, w = -HALF + 0.1 + 0.2 * k, 0.065
        shoulder = -high + 0.12
        picket = points(
            (x - w, 0.01), (x - w + t, shoulder), (x + t, -high), (x + w + t, shoulder),
            (x + w, 0.01),
        )  # fmt: skip
        d.form(
            picket,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.9,
            shade=0.8,
            key=f"picket{k}",
        )


def _posts(d: Drawing, paint: Paint, tilts: list[float], highs: list[float]) -> None:
    for k in range(4):
        x, t, high = -HALF + 0.1 + 0.8 * k, tilts[k], highs[k]
        left, right = (x - 0.07 + t, -high), (x + 0.06 + t, -high - 0.03)
        post = points((x - 0.075, 0.01), left, right, (x + 0.075, 0.01))
        d.form(
            post,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.9,
            shade=0.9,
            key=f"post{k}",
        )


def _bars(d: Drawing, paint: Paint, wire: bool) -> None:
    """Three bars, or three wires with their barbs."""
    x = np.linspace(-HALF, HALF, 9)
    for i, y in enumerate((-0.86, -0.56, -0.26)):
        line = np.stack([x, y + 0.03 * sin(x * 4 + i) * (1 if wire else 0.5)], 1)
        if not wire:
            for width, tone in ((6.4, paint.ink), (4.8, paint.second)):
                d.stroke(line, width, tone, taper=(0.01, 0.01), wobble=0.2, key=f"bar{i}{width}")
            continue
        d.stroke(line, 1.0, taper=(0.01, 0.01), wobble=0.2, key=f"wire{i}")
        barb = points((-0.03, -0.04), (0.03, 0.04))
        for k, at in enumerate(line):
            d.stroke(at + barb, 0.9, wobble=0, key=f"barb{i}{k}")


def wall(stream: Stream, paint: Paint, form: str) -> Figure:
    """A wall; `form` is one of `WALLS`, or "" for one by lot. Ivy hangs over it."""
    if form not in WALLS:
        form = stream.pick(("stone", "brick", "brick"))
    marks = _bricks(stream.sub("bricks")) if form != "stone" else _stones(stream.sub("stones"))
    cope = askew(stream.sub("cope"), -HALF - 0.04, -0.98, HALF + 0.04, -0.88)
    at = stream.uniform(-0.9, 0.6)
    ivy = [
        leaf_mark(
            at + stream.uniform(-0.26, 0.26),
            -0.92 + stream.uniform(-0.03, 0.5) * stream.uniform(),
            0.03,
            0.05,
            0.6,
        )
        for _ in range(26)
    ]
    blades = stream.array(9, -1, 1).tolist()
    top = (
        _battlements()
        if form == "battlement"
        else points((-HALF, 0.01), (-HALF, -0.9), (HALF, -0.9), (HALF, 0.01))
    )

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            top,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.9,
            light=sun(d),
            key="wall",
        )
        d.multi(marks, paint.second if form != "stone" else paint.pattern, line=0.6, key="marks")
        if form != "battlement":
            d.form(cope, paint.pale, line=0.9, shade=0.5, key="cope")
        d.multi(
            [leaf + points(0.008 * m.cycle(0.5, 0.07 * k), 0) for k, leaf in enumerate(ivy)],
            paint.leaf,
            line=0.5,
            key="ivy",
        )
        grass(d, paint, blades, m, HALF)

    return figure


def _battlements() -> Array:
    edge: list[tuple[float, float]] = []
    for k in range(7):
        x = -HALF + 0.4 * k
        edge += [(x, -0.98), (x + 0.22, -0.98), (x + 0.22, -0.8), (x + 0.4, -0.8)]
    edge = [p for p in edge if p[0] <= HALF]
    return sharp(points((-HALF, 0.01), *edge, (HALF, 0.01)))


def _bricks(stream: Stream) -> list[Array]:
    """A few patches of bricks stand for all."""
    out: list[Array] = []
    for row in range(7):
        for k in range(9):
            if stream.chance(0.45):
                continue
            x = -HALF + 0.05 + 0.29 * k + (0.14 if row % 2 else 0.0)
            y = -0.78 + 0.115 * row
            if x + 0.22 < HALF:
                out.append(askew(stream, x, y, x + 0.23, y + 0.075, 0.008))
    return out


def _stones(stream: Stream) -> list[Array]:
    return [
        blob(
            stream.sub(f"{row}{k}"),
            -1.12 + 0.32 * k + (0.15 if row % 2 else 0),
            -0.14 - 0.2 * row,
            0.14,
            0.075,
            7,
            0.14,
            3,
        )
        for row in range(4)
        for k in range(7 if row % 2 else 8)
    ]


register(
    Kind(
        "fence",
        fence,
        at=(0.02, 1.36),
        height=0.27,
        home="meadow",
        width=2.6,
        top=(0.2, -0.9),
        shadow=1.1,
        forms=FENCES,
        faces=False,
        metres=1.1,
    )
)
register(
    Kind(
        "wall",
        wall,
        at=(0.08, 1.36),
        height=0.34,
        home="village",
        width=2.6,
        top=(0.1, -0.95),
        shadow=1.2,
        forms=WALLS,
        faces=False,
        metres=2.2,
    )
)
