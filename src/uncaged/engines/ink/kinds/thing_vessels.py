"""Vessels: cups, glasses, bottles, bowls, vases, jugs, pots. What is in them steams, sparkles or blooms.

How they are built: a profile turned on a lathe (half width, height), its mouth as an ellipse seen a little from above,
a handle behind, something inside. A new vessel is a row of numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Point, Tube, bezier, circle, leaf, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.flower_head import HEADS, Bloom, Head
from uncaged.engines.ink.kinds.thing import Maker, clad, lathe, moved, steam, thing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Vessel:
    """profile: (half width, y) from the mouth to the foot. round_: half height of the mouth, seen from above.

    handle: centre, half width and half height of a loop on the right, or None. filled: how far below the mouth what is
    in it stands, as a share of the mouth; 0 = nothing is seen of it. glass: one sees through. steams: it is hot.
    """

    profile: Sequence[Point]
    round_: float = 0.08
    handle: tuple[float, float, float, float] | None = None
    filled: float = 0.0
    glass: bool = False
    steams: float = 0.0
    bands: int = 0


def _loop(row: tuple[float, float, float, float]) -> Array:
    x, y, rx, ry = row
    spine = [
        (x - rx, y - ry),
        (x + rx * 0.6, y - ry * 1.05),
        (x + rx, y),
        (x + rx * 0.5, y + ry * 0.9),
    ]
    return Tube([*spine, (x - rx, y + ry)], [0.045, 0.05, 0.045], 20).outline()


def _mouth(d: Drawing, paint: Paint, row: Vessel, colour: Colour) -> None:
    """The opening: its far inside, and what it is filled with."""
    half, y = float(row.profile[0][0]), float(row.profile[0][1])
    d.form(circle(0, y, half, row.round_, 28), paint.dark_shadow, line=0.9, shade=0.2, key="mouth")
    if row.filled:
        k = 1 - row.filled
        pool = circle(0, y + row.round_ * (1 - k) * 0.9, half * k, row.round_ * k, 24)
        d.form(pool, colour, line=0.6, shade=0.2, key="pool")


def turned_vessel(row: Vessel) -> Maker:
    """A maker for a row."""

    def make(stream: Stream, paint: Paint) -> Figure:
        wall = lathe(row.profile)
        lower = lathe([(x, y) for x, y in row.profile if y > float(row.profile[0][1]) * 0.62])
        drink = paint.accent
        tall = [float(y) for _, y in row.profile]
        tube = Tube([(0, tall[0]), (0, tall[-1])], [float(x) for x, _ in row.profile], 16)
        lag = stream.uniform()

        def figure(d: Drawing, m: Moment) -> None:
            if row.handle:
                d.form(_loop(row.handle), paint.second, line=0.9, shade=0.5, key="handle")
            if row.glass:
                d.form(
                    wall,
                    paint.pale,
                    line=1.0,
                    shade=0.3,
                    fill=paint.fill,
                    colour2=paint.pattern,
                    key="wall",
                )
                slosh = points(0, 0.012 * m.cycle(0.5, lag))
                if row.filled:
                    d.form(lower + slosh, drink, line=0.6, shade=0.6, key="drink")
                x, y = float(row.profile[1][0]), float(row.profile[1][1])
                gleam = bezier((-x * 0.72, y), (-x * 0.8, y + 0.1), (-x * 0.66, y + 0.22))
                d.stroke(gleam, 1.3, paint.white, wobble=0.2, key="gleam")
                return
            _mouth(d, paint, row, drink)
            rim = circle(0, tall[0], float(row.profile[0][0]), row.round_, 28)
            clad(
                d,
                paint,
                np.concatenate([wall[len(wall) // 2 :], rim[14::-1], wall[: len(wall) // 2]]),
                "wall",
                body=tube,
            )
            for k in range(row.bands):
                v = np.linspace(-0.98, 0.98, 9)
                ring = tube.at(np.full(9, 0.3 + 0.2 * k), v)
                ring[:, 1] += row.round_ * (1 - v * v)
                d.stroke(ring, 1.6, paint.accent, wobble=0.2, key=f"band{k}", taper=(0.05, 0.05))
            if row.steams:
                steam(d, paint, m, 0, tall[0] - 0.03, row.steams)

        return figure

    return make


def _saucered(cup: Maker) -> Maker:
    """A cup on its saucer, lifted by it."""

    def make(stream: Stream, paint: Paint) -> Figure:
        inner = cup(stream, paint)

        def figure(d: Drawing, m: Moment) -> None:
            d.form(circle(0, -0.06, 0.62, 0.075, 30), paint.second, shade=0.6, key="saucer")
            d.form(circle(0, -0.08, 0.3, 0.035, 24), paint.shadow, line=0.6, shade=0.3, key="well")
            part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
            inner(part, m)
            moved(d, part, 0.0, (0, -0.07))

        return figure

    return make


def _vase(blooms: bool) -> Maker:
    profiles = (
        [(0.13, -0.42), (0.1, -0.36), (0.26, -0.2), (0.22, -0.06), (0.13, 0.0)],
        [(0.2, -0.44), (0.12, -0.34), (0.13, -0.2), (0.2, -0.08), (0.16, 0.0)],
        [(0.17, -0.44), (0.18, -0.3), (0.24, -0.14), (0.14, 0.0)],
    )

    def make(stream: Stream, paint: Paint) -> Figure:
        scale = 1.0 if blooms else 1.95
        broad = 1.0 if blooms else 1.4
        profile = [(x * broad, y * scale) for x, y in stream.pick(profiles)]
        vase = turned_vessel(Vessel(profile, 0.03 * broad, bands=stream.integer(0, 2)))(
            stream, paint
        )
        sprays = _sprays(stream.sub("flowers"), paint, profile[0][1]) if blooms else []

        def figure(d: Drawing, m: Moment) -> None:
            for spray in sprays:
                spray(d, m)
            vase(d, m)

        return figure

    return make


def _sprays(stream: Stream, paint: Paint, mouth: float) -> list[Figure]:
    """Stems with their heads, fanned out from the mouth of a vase."""
    form = stream.pick(("poppy", "star", "tulip"))
    out: list[Figure] = []
    for k, (x, y) in enumerate(((-0.26, -0.72), (0.25, -0.75), (0.0, -0.88))):
        coloured = paint.evolve(colour=paint.accent if k == 1 else paint.colour, fill="plain")
        head = HEADS[form](stream.sub(k), coloured)
        out.append(_spray(head, paint, x, y, mouth, k))
    return out


def _spray(head: Head, paint: Paint, x: float, y: float, mouth: float, k: int) -> Figure:
    def figure(d: Drawing, m: Moment) -> None:
        sway = m.sway * 0.03 * m.cycle(0.5, 0.15 * k)
        tip = points(x + sway, y)
        stem = Tube([(x * 0.2, mouth + 0.05), (x * 0.6, (y + mouth) / 2), tip], [0.012], 10)
        d.form(stem.outline(), paint.leaf, line=0.7, shade=0.3, key=f"stem{k}")
        side = -1 if x < 0 else 1
        root = stem.at(0.45, 0)
        blade = leaf(root, root + points(0.16 * side + sway, -0.02), 0.035, -0.15 * side, 10)
        d.form(blade.outline(), paint.leaf_light, line=0.7, shade=0.6, key=f"leaf{k}")
        part = Drawing(f"{d.key}.{k}", d.manner, d.scale, d.flip, d.variant)
        head(part, m, Bloom(float(tip[0]), float(tip[1]), 0.62, sway))
        d.marks += part.marks

    return figure


def _bowl_profile(deep: float) -> list[Point]:
    return [(0.62, -deep), (0.56, -deep * 0.55), (0.34, -deep * 0.14), (0.2, 0.0)]


_CUP = turned_vessel(
    Vessel(
        [(0.36, -0.74), (0.36, -0.5), (0.28, -0.2), (0.18, 0.0)],
        0.08,
        (0.42, -0.44, 0.12, 0.18),
        0.16,
        steams=0.42,
    )
)
_MUG = turned_vessel(
    Vessel(
        [(0.36, -0.86), (0.36, -0.4), (0.35, -0.04), (0.32, 0.0)],
        0.08,
        (0.44, -0.46, 0.13, 0.24),
        0.14,
        steams=0.36,
        bands=2,
    )
)
_WINE = turned_vessel(
    Vessel(
        [
            (0.22, -0.99),
            (0.27, -0.8),
            (0.2, -0.58),
            (0.035, -0.48),
            (0.03, -0.14),
            (0.08, -0.05),
            (0.24, 0.0),
        ],
        glass=True,
    )
)
_TUMBLER = turned_vessel(Vessel([(0.33, -0.9), (0.31, -0.5), (0.27, 0.0)], glass=True, filled=0.5))


def _wine(stream: Stream, paint: Paint) -> Figure:
    bowl = lathe([(0.26, -0.8), (0.2, -0.58), (0.035, -0.49)])
    glass = _WINE(stream, paint)

    def figure(d: Drawing, m: Moment) -> None:
        glass(d, m)
        tilt = 0.03 * m.cycle(0.5)
        wine = bowl + np.stack([bowl[:, 0] * 0, bowl[:, 0] * tilt], 1)
        d.form(wine, paint.colour, line=0.7, shade=0.6, key="wine")
        d.stroke(
            bezier((-0.17, -0.92), (-0.21, -0.8), (-0.18, -0.7)), 1.4, paint.white, key="shine"
        )

    return figure


thing(
    "cup", {"cup": _saucered(_CUP), "mug": _MUG},
    (-0.95, 0.26), 0.42, 0.1, width=1.1, top=(0, -0.78), grip=(0.5, -0.44), traits=("vessel",),
)  # fmt: skip
thing(
    "glass", {"tumbler": _TUMBLER, "wine": _wine},
    (-0.89, 0.26), 0.46, 0.16, width=0.6, grip=(0.0, -0.3), top=(0, -0.9), traits=("vessel",),
)  # fmt: skip
thing(
    "bowl", turned_vessel(Vessel(_bowl_profile(0.62), 0.13, bands=1)),
    (-0.77, 0.26), 0.36, 0.12, width=1.3, top=(0.0, -0.62), grip=(-0.5, -0.3), traits=("vessel",),
)  # fmt: skip
thing(
    "vase", {"flowers": _vase(True), "empty": _vase(False)},
    (-0.71, 0.26), 0.58, 0.5, width=0.6, grip=(0.0, -0.2), traits=("vessel",),
)  # fmt: skip
