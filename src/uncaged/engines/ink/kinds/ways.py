"""What winds away over the land: a river, a road, a path, rails. Knows no country.

How it is built: one line from near to far whose bends shrink with distance; everything on it is placed by (u, v): u
from here to the horizon, v across. What stands in it stands at its middle.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.waters import water
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint

RIVERS, ROADS = ("river", "stream"), ("road", "path", "rails")
NEAR, FAR = 0.5, -0.54
"""Where it comes into the picture and where it is lost, in heights: y down."""


@dataclass(frozen=True, slots=True)
class Way:
    """bend: how far it swings; phase, turns: of its bends; half: half its width here; drift: where it goes to."""

    bend: float
    phase: float
    turns: float
    half: float
    drift: float

    def at(self, u: Array | float, v: Array | float) -> Array:
        """u 0 (near) … 1 (far), v −1 … 1 across."""
        u = np.asarray(u, dtype=np.float64)
        near = 1 - u
        size = 0.05 + 0.25 * near + 0.7 * near * near
        swing = self.bend * (0.12 + 0.88 * near)
        x = self.drift * u + swing * sin(TAU * (self.turns * u + self.phase))
        y = FAR + (NEAR - FAR) * (0.25 * near + 0.75 * near * near)
        return np.stack([x + self.half * size * np.asarray(v, dtype=np.float64), y], -1)

    def outline(self, grow: float = 1.0) -> Array:
        """Both banks."""
        u = np.linspace(0, 1, 26)
        return np.concatenate([self.at(u, -grow), self.at(u, grow)[::-1]])


def _way(stream: Stream, half: float, bend: float, turns: float) -> Way:
    return Way(
        bend * stream.uniform(0.8, 1.2), stream.uniform(), turns, half, stream.uniform(-0.3, 0.3)
    )


def _pebble(stream: Stream) -> Array:
    """A flat stone of height about 1 at the origin."""
    return blob(stream, 0.0, 0.0, 1.5, 0.9, 7, 0.16, 3)


def river(stream: Stream, paint: Paint, form: str) -> Figure:
    """A river; `form` is one of `RIVERS`, or "" for a broad one."""
    way = _way(stream, 0.26 if form == "stream" else 0.46, 0.62, 1.6)
    stones = [
        (stream.uniform(0.05, 0.8), stream.pick((-1.06, 1.06)), _pebble(stream.sub(k)))
        for k in range(6)
    ]
    reeds = [
        (stream.uniform(0.02, 0.5), stream.pick((-1.05, 1.05)), stream.uniform(-1, 1))
        for _ in range(14)
    ]
    lanes = [(stream.uniform(), stream.uniform(-0.75, 0.75)) for _ in range(13)]

    def figure(d: Drawing, m: Moment) -> None:
        bank = way.outline(1.12)
        d.form(bank, paint.leaf_light, line=0, shade=0.5, alpha=200, key="bank")
        body = way.outline()
        d.form(
            body,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.9,
            shade=0.6,
            key="water",
        )
        for k, (u, v) in enumerate(lanes):
            q = (u - 0.5 * m.turn(0.5)) % 1  # towards us
            long = np.linspace(q, min(1.0, q + 0.06), 5)
            p = way.at(long, v + 0.1 * sin(12 * long))
            fade = min(1.0, 6 * q, 6 * (1 - q))
            d.stroke(
                p,
                (0.3 + 1.3 * (1 - q)) * fade,
                paint.white,
                taper=(0.3, 0.3),
                wobble=0.3,
                key=f"lane{k}",
            )
        for k, (u, v, pebble) in enumerate(stones):
            stone = pebble * (0.009 + 0.028 * (1 - u)) + way.at(u, v)
            d.form(stone, paint.trunk, line=0.6, shade=0.9, key=f"stone{k}")
        for k, (u, v, lot) in enumerate(reeds):
            _reed(d, paint, way.at(u, v), 0.16 * (1 - u) + 0.02, lot, m, k)

    return figure


def _reed(
    d: Drawing, paint: Paint, foot: Array, high: float, lot: float, m: Moment, k: int
) -> None:
    tip = foot + points(0.3 * high * lot + 0.1 * high * m.cycle(0.5, 0.1 * k), -high)
    stalk = smooth(np.stack([foot, (foot + tip) / 2 + points(-0.05 * high, 0), tip]))
    d.stroke(stalk, 1.2, paint.leaf_dark, wobble=0.2, key=f"reed{k}")


def road(stream: Stream, paint: Paint, form: str) -> Figure:
    """A road; `form` is one of `ROADS`, or "" for one with a line in its middle."""
    if form not in ROADS:
        form = "road"
    half = {"road": 0.5, "path": 0.24, "rails": 0.32}[form]
    way = _way(stream, half, 0.42, 1.05 if form != "rails" else 0.6)
    pebbles = [
        (stream.uniform(0, 0.8), stream.uniform(-0.8, 0.8), _pebble(stream.sub(k)))
        for k in range(13)
    ]
    start = stream.uniform()

    def figure(d: Drawing, m: Moment) -> None:
        d.form(way.outline(1.14), paint.pale, line=0, shade=0.5, alpha=190, key="verge")
        d.form(
            way.outline(),
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.9,
            shade=0.7,
            key="road",
        )
        if form == "rails":
            _track(d, paint, way)
        elif form == "road":
            dashes = [
                np.concatenate(
                    [way.at(np.array([u, u + 0.03]), -0.06), way.at(np.array([u + 0.03, u]), 0.06)]
                )
                for u in np.linspace(0.0, 0.92, 15).tolist()
            ]
            d.multi(dashes, paint.white, line=0, key="dashes")
            for v in (-0.88, 0.88):
                d.stroke(
                    way.at(np.linspace(0, 1, 20), v),
                    1.2,
                    paint.white,
                    taper=(0.01, 0.6),
                    wobble=0.2,
                )
        else:
            for k, (u, v, pebble) in enumerate(pebbles):
                stone = pebble * (0.008 + 0.018 * (1 - u)) + way.at(u, v)
                d.form(stone, paint.shadow, line=0.5, shade=0.7, key=f"pebble{k}")
        _traveller(d, paint, way, form, m.turn(0.25) + start, m)

    return figure


def _track(d: Drawing, paint: Paint, way: Way) -> None:
    u = 1 - np.sqrt(1 - np.linspace(0, 0.97, 26))
    sleepers = [
        np.concatenate(
            [
                way.at(np.array([a, a]), points(-0.9, 0.9)),
                way.at(np.array([a + 0.012, a + 0.012]), points(0.9, -0.9)),
            ]
        )
        for a in u.tolist()
    ]
    d.multi(sleepers, paint.trunk, line=0.4, key="sleepers")
    for v in (-0.55, 0.55):
        d.stroke(way.at(np.linspace(0, 1, 24), v), 2.2, paint.dark, taper=(0.01, 0.9), wobble=0.1)


def _traveller(d: Drawing, paint: Paint, way: Way, form: str, turn: float, m: Moment) -> None:
    """Far away somebody comes: a pair of lamps, or one who walks."""
    q = turn % 1
    u = 0.92 - 0.42 * q
    x, y = way.at(u, 0.35)
    s = 0.012 + 0.075 * (1 - u) * (1 - u)
    alpha = int(255 * min(1.0, 6 * q, 6 * (1 - q)))
    if form == "path":
        body = smooth(
            [
                (x - 0.5 * s, y), (x - 0.4 * s, y - 1.8 * s), (x, y - 2.2 * s),
                (x + 0.4 * s, y - 1.8 * s), (x + 0.5 * s, y),
            ]
        )  # fmt: skip
        d.form(body, paint.accent, line=0.6, shade=0.2, alpha=alpha, key="walker")
        d.form(
            circle(float(x), float(y) - 2.6 * s, 0.5 * s, count=10),
            paint.skin,
            line=0.5,
            shade=0,
            alpha=alpha,
        )
        return
    body = points(
        (x - s, y), (x - s, y - s), (x - 0.6 * s, y - 1.8 * s), (x + 0.6 * s, y - 1.8 * s),
        (x + s, y - s), (x + s, y),
    )  # fmt: skip
    d.form(body, paint.accent, line=0.6, shade=0.3, alpha=alpha, key="comer")
    for side in (-1, 1):
        d.dot(float(x) + 0.6 * s * side, float(y) - 0.6 * s, 0.24 * s, paint.glow, alpha)


def _asphalt(palette: Palette) -> Colour:
    return (
        mix(palette.near, palette.far, 0.45)
        if not palette.paper
        else mix(palette.light, palette.mid, 0.6)
    )


register(
    Kind(
        "river",
        river,
        at=(0.32, 1.46),
        height=0.44,
        home="hills",
        width=1.2,
        top=(0.0, 0.06),
        forms=RIVERS,
        faces=False,
        colour=water,
        quiet=("dotted",),
        metres=30.0,
        traits=("way",),
        stuff="water",
    )
)
register(
    Kind(
        "road",
        road,
        at=(0.38, 1.46),
        height=0.44,
        home="hills",
        width=1.1,
        top=(0.0, 0.06),
        forms=ROADS,
        faces=False,
        colour=_asphalt,
        quiet=("dotted",),
        metres=30.0,
        traits=("way",),
    )
)
