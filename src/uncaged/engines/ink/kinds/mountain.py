"""A mountain, high and sharp: planes of light and shadow, a cap of snow, pines at its foot; and a volcano that erupts.

How it is built: the skyline comes first (who stands on land stands on the first form); a zigzag from the summit to the
foot parts light from shadow, and the snow is what lies above a second zigzag. Knows no range behind it.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import circle, points, resample, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.flames import embers
from uncaged.engines.ink.kinds.masonry import sharp
from uncaged.engines.ink.kinds.wheels import puffs, smoke
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint

PEAKS, VOLCANOES = ("peak", "twin", "table"), ("erupting", "sleeping")
_PEAKS = {
    "peak": (
        (-1.3, 0.3), (-1.0, -0.08), (-0.66, -0.3), (-0.5, -0.36), (-0.24, -0.72), (0.0, -1.0),
        (0.14, -0.8), (0.3, -0.7), (0.52, -0.4), (0.74, -0.34), (1.0, -0.05), (1.3, 0.3),
    ),
    "twin": (
        (-1.3, 0.3), (-0.98, -0.1), (-0.7, -0.5), (-0.56, -0.62), (-0.4, -0.82), (-0.26, -0.62),
        (-0.14, -0.6), (0.0, -0.86), (0.12, -1.0), (0.3, -0.72), (0.6, -0.4), (0.94, -0.08), (1.3, 0.3),
    ),
    "table": (
        (-1.3, 0.3), (-1.02, -0.1), (-0.7, -0.3), (-0.62, -0.86), (-0.4, -0.93), (0.1, -0.9),
        (0.4, -1.0), (0.52, -0.94), (0.6, -0.44), (0.78, -0.3), (1.04, -0.08), (1.3, 0.3),
    ),
}  # fmt: skip
"""Skylines from the left foot to the right one."""
_CRATER = (
    (-0.19, -0.91), (-0.06, -0.96), (0.08, -0.96), (0.19, -0.93), (0.1, -0.85), (0.02, -0.89),
    (-0.1, -0.85),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mountain:
    """What the lot decided. dark: the plane in shadow. cracks: short strokes on both. pines: at the foot."""

    paint: Paint
    outline: Array
    dark: Array
    snow: Array | None
    cracks: list[Array]
    pines: list[Array]
    cloud: list[Array]


def mountain(stream: Stream, paint: Paint, form: str) -> Figure:
    """A mountain; `form` is one of `PEAKS`, or "" for one by lot (no table mountain)."""
    if form not in PEAKS:
        form = stream.pick(("peak", "peak", "twin"))
    jig = stream.sub("skyline")
    sky = points(
        *[
            (x + jig.uniform(-0.03, 0.03), y + (jig.uniform(-0.03, 0.03) if -0.99 < y < 0.2 else 0))
            for x, y in _PEAKS[form]
        ]
    )
    outline = sharp(sky)
    top = int(sky[:, 1].argmin())
    dark = _fall(stream.sub("ridge"), sky, top)
    snow = None if form == "table" else _cap(stream.sub("snow"), sky)
    mine = Mountain(
        paint,
        outline,
        dark,
        snow,
        _cracks(stream.sub("cracks"), sky),
        [_pine(stream.sub(k)) for k in range(14)],
        puffs(stream.sub("cloud"), 3),
    )

    def figure(d: Drawing, m: Moment) -> None:
        _draw(mine, d, m)

    return figure


def _fall(stream: Stream, sky: Array, top: int) -> Array:
    """The shadow side: from the summit down a zigzag to the foot, and back along the right skyline."""
    x, y = sky[top]
    edge = [(float(x), float(y))]
    for k in range(6):
        side = 0.1 if k % 2 == 0 else -0.06
        edge.append(
            (
                edge[-1][0] + side * stream.uniform(0.6, 1.6),
                edge[-1][1] + 0.19 * stream.uniform(0.8, 1.2),
            )
        )
    edge.append((edge[-1][0], 0.4))
    return np.concatenate(
        [points(*edge), points((1.4, 0.4)), sky[top + 1 :][::-1] + points(0.02, 0)]
    )


def _cap(stream: Stream, sky: Array) -> Array:
    """Everything above a zigzag, wide; it will be clipped to the mountain."""
    low = -0.62
    x = np.linspace(-0.8, 0.8, 15)
    edge = [
        (a, low + (0.1 if k % 2 else -0.05) * stream.uniform(0.4, 1.4))
        for k, a in enumerate(x.tolist())
    ]
    return points(*edge, (0.9, -1.2), (-0.9, -1.2))


def _cracks(stream: Stream, sky: Array) -> list[Array]:
    out: list[Array] = []
    for _ in range(22):
        x = stream.uniform(-0.8, 0.85)
        top = float(np.interp(x, sky[:, 0], sky[:, 1]))
        y = top + stream.uniform(0.08, 0.5)
        run = stream.uniform(0.03, 0.09)
        way = 1 if x > 0 else -1
        out.append(
            points((x, y), (x + way * run * 0.5, y + run * 0.7), (x + way * run, y + run * 1.6))
        )
    return out


def _pine(stream: Stream) -> Array:
    """A small fir as one form, its foot where it stands."""
    x, y = stream.uniform(-1.0, 1.0), stream.uniform(-0.06, 0.14)
    y += 0.1 * abs(x)
    h = stream.uniform(0.09, 0.15)
    w = 0.3 * h
    return points(
        (x - w, y), (x - w * 0.4, y - h * 0.45), (x - w * 0.7, y - h * 0.42), (x, y - h),
        (x + w * 0.7, y - h * 0.42), (x + w * 0.4, y - h * 0.45), (x + w, y),
    )  # fmt: skip


def _draw(mine: Mountain, d: Drawing, m: Moment) -> None:
    paint = mine.paint
    cut = paint.shadow == paint.colour  # a silhouette: its planes are light cuts
    d.form(
        mine.outline,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.7,
        light=(0.2, 1),
        key="mountain",
    )
    d.clip(mine.outline)
    d.form(
        mine.dark,
        paint.pattern if cut else paint.shadow,
        line=0.8,
        shade=0.7,
        light=(-0.75 if d.flip else 0.75, 0.5),
        key="dark",
    )
    if mine.snow is not None:
        d.form(mine.snow, paint.white, line=0.8, shade=0.35, key="snow")
        shaded = mix(paint.white, paint.shadow, 0.3)
        d.clip(mine.snow)
        d.flat(mine.dark, shaded, 170)
        d.unclip()
    for k, crack in enumerate(mine.cracks):
        d.stroke(crack, 0.7, paint.pattern if cut else paint.shadow, wobble=0.5, key=f"crack{k}")
    d.multi(mine.pines, paint.leaf_dark, line=0.5, key="pines")
    d.unclip()
    q = (m.turn(0.25) + 0.3) % 1
    for k, puff in enumerate(mine.cloud):
        x = -0.9 + 1.8 * q + 0.17 * (k - 1)
        form = puff * points(0.16, 0.06) + points(x, -0.56 + 0.02 * (k % 2))
        d.form(
            form,
            paint.white,
            line=0,
            shade=0.2,
            alpha=int(215 * min(1.0, 5 * q, 5 * (1 - q))),
            key=f"cloud{k}",
        )


def volcano(stream: Stream, paint: Paint, form: str) -> Figure:
    """A volcano; `form` is one of `VOLCANOES`, or "" for one that erupts."""
    awake = form != "sleeping"
    jig = stream.sub("skyline")
    left = [(-1.25, 0.3), (-0.9, -0.05), (-0.6, -0.32), (-0.36, -0.62), (-0.2, -0.9)]
    right = [(0.2, -0.92), (0.36, -0.64), (0.62, -0.3), (0.92, -0.04), (1.25, 0.3)]
    lip = [(-0.1, -0.86), (0.02, -0.9), (0.1, -0.85)]
    sky = points(*[(x + jig.uniform(-0.02, 0.02), y) for x, y in (*left, *lip, *right)])
    outline = sharp(sky)
    dark = points(
        (0.04, -0.9), (0.1, -0.6), (0.0, -0.4), (0.12, -0.1), (0.06, 0.4), (1.4, 0.4),
        (0.92, -0.04), (0.62, -0.3), (0.36, -0.64), (0.2, -0.95),
    )  # fmt: skip
    streams = [
        _lava(stream.sub(k), x, end)
        for k, (x, end) in enumerate(((-0.1, 0.12), (0.04, -0.1), (0.13, 0.02)))
    ]
    cracks = _cracks(stream.sub("cracks"), sky)
    clouds = puffs(stream.sub("smoke"), 6)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            outline,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.9,
            light=(0.2, 1),
            key="volcano",
        )
        d.clip(outline)
        d.form(dark, paint.shadow, line=0.7, shade=0.8, key="dark")
        for k, crack in enumerate(cracks):
            d.stroke(crack, 0.8, paint.pattern, wobble=0.5, key=f"crack{k}")
        d.unclip()
        mouth = smooth(_CRATER, True, 3)
        fire = embers(paint.palette)
        d.form(mouth, fire if awake else paint.dark, line=0.8, shade=0.2, key="mouth")
        if awake:
            _erupt(d, paint, fire, streams, m)
        size = (0.08, 0.34) if awake else (0.04, 0.14)
        smoke(
            d,
            paint.shadow if awake else paint.pale,
            clouds,
            m.turn(0.5),
            (0.0, -0.98),
            (0.5, -0.62 if awake else -0.4),
            size,
            line=0.5,
            alpha=225,
        )

    return figure


def _lava(stream: Stream, x: float, end: float) -> Array:
    """The middle line of a stream of lava, from the lip down a flank."""
    way = [(x, -0.9)]
    while way[-1][1] < end - 0.15:
        a, b = way[-1]
        way.append((a + x * 0.9 * stream.uniform(0.4, 1.3) + stream.uniform(-0.04, 0.04), b + 0.17))
    return resample(smooth(way), 14)


def _erupt(d: Drawing, paint: Paint, fire: Colour, streams: list[Array], m: Moment) -> None:
    """Lava that creeps in waves, glowing lumps on their arcs, light on the smoke."""
    for k, line in enumerate(streams):
        u = np.linspace(0, 1, len(line))
        half = (0.05 - 0.025 * u) * (1 + 0.25 * sin(TAU * (m.turn(0.5) - 2 * u + 0.3 * k)))
        side = np.stack([half, 0 * half], 1)
        d.form(
            np.concatenate([line + side, (line - side)[::-1]]),
            fire,
            line=0.7,
            shade=0.2,
            key=f"lava{k}",
        )
        d.stroke(line[2:-2], 1.2, paint.glow, taper=(0.1, 0.5), wobble=0.3, key=f"glow{k}")
    if paint.night:
        d.flat(circle(0, -1.0, 0.5, count=30), fire, 40)
    for k in range(3):
        high = 0.24 + 0.06 * m.cycle(2.0, 0.3 * k)
        jet = smooth(
            [(-0.08 + 0.05 * k, -0.9), (-0.07 + 0.07 * k, -0.95 - high), (0.0 + 0.04 * k, -0.9)]
        )
        d.form(jet, (fire, paint.glow, fire)[k], line=0.6, shade=0, key=f"jet{k}")
    lumps = []
    for k in range(9):
        q = (m.turn(1.0) + k / 9) % 1
        way = ((k * 5) % 9 - 4) / 4
        x, y = way * 0.62 * q, -0.95 - (1.5 + 0.2 * (k % 3)) * q * (0.85 - q)
        lumps.append(circle(x, y, 0.024 * (1.2 - 0.5 * q), count=8))
    d.multi(lumps, fire, line=0.5, key="lumps")


def rock(palette: Palette) -> Colour:
    """Bare rock, a little warmer than the middle land."""
    return mix(mix(palette.mid, palette.near, 0.5), palette.far, 0.3)


register(
    Kind(
        "mountain",
        mountain,
        at=(0.02, 1.46),
        height=0.54,
        domain="land",
        width=2.2,
        top=(0.0, -0.97),
        forms=PEAKS,
        faces=False,
        colour=rock,
        quiet=("striped", "dotted"),
        metres=900.0,
        stuff="stone",
    )
)
register(
    Kind(
        "volcano",
        volcano,
        at=(0.08, 1.46),
        height=0.52,
        domain="land",
        width=2.1,
        top=(0.0, -0.9),
        forms=VOLCANOES,
        faces=False,
        colour=rock,
        quiet=("striped", "dotted"),
        metres=800.0,
        lights=True,
        traits=("burning",),
        stuff="stone",
    )
)
