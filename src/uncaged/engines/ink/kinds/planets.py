"""What turns in space: the earth with its lands, a ringed one, one with storms, one full of craters; and a galaxy.

How it is built: lands are outlines in longitude and latitude, drawn as far as they are on this side; they go round.
Knows no space.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

R = 0.4
"""Radius of a planet."""

Draw: TypeAlias = Callable[[Drawing, Paint, list[Array], Moment], None]


def _seen(land: Array, turn: float) -> Array | None:
    """An outline in turns (longitude, −0.25 … 0.25 is before us) and −1 … 1 (height), as it is seen; None = behind."""
    lon = land[:, 0] + turn
    middle = float(lon.mean())
    lon = lon - int(middle + 0.5 if middle >= 0 else middle - 0.5)
    if abs(float(lon.mean())) > 0.36:
        return None
    lon = np.clip(lon, -0.25, 0.25)
    y = np.clip(land[:, 1], -0.96, 0.96)
    x = sin(TAU * lon) * np.sqrt(1 - y * y)
    return np.stack([x, y], 1) * R


def _lands(stream: Stream, count: int, size: float) -> list[Array]:
    return [
        blob(
            stream.sub(k),
            (k + 0.5) / count + stream.uniform(-0.05, 0.05),
            stream.uniform(-0.6, 0.6),
            size * stream.uniform(0.5, 1.2),
            size * 4.2 * stream.uniform(0.5, 1.1),
            9,
            0.3,
            4,
        )
        for k in range(count)
    ]


def _disc(d: Drawing, paint: Paint, colour: Colour) -> Array:
    disc = circle(0, 0, R, count=44)
    d.form(disc, colour, fill=paint.fill, colour2=paint.pattern, shade=1.0, key="disc")
    return disc


def _earth(d: Drawing, paint: Paint, lands: list[Array], m: Moment) -> None:
    """Seas, lands, a cap of ice at both ends, clouds that go faster."""
    green = mix(under(HUES["green"], paint.palette), paint.palette.far, 0.2)
    d.flat(circle(0, 0, R * 1.1, count=44), paint.pale, 50)
    disc = _disc(d, paint, paint.colour)
    d.clip(disc)
    for k, land in enumerate(lands):
        seen = _seen(land, m.turn(0.2))
        if seen is not None:
            d.form(seen, green, line=0.7, shade=0.8, key=f"land{k}")
    for side in (-1, 1):
        cap = smooth(
            [
                (-0.3, 0.31 * side), (-0.1, 0.29 * side), (0.1, 0.325 * side), (0.3, 0.3 * side),
                (0.2, 0.5 * side), (-0.2, 0.5 * side),
            ],
            True,
            3,
        )  # fmt: skip
        d.form(cap, paint.white, line=0.6, shade=0.2, key=f"ice{side}")
    for k, (lon, y) in enumerate(((0.1, -0.3), (0.45, 0.2), (0.75, -0.05), (0.9, 0.5))):
        cloud = _seen(
            points(
                (lon - 0.07, y), (lon - 0.02, y - 0.07), (lon + 0.04, y - 0.03),
                (lon + 0.09, y + 0.02), (lon, y + 0.06),
            ),
            2 * m.turn(0.2),
        )  # fmt: skip
        if cloud is not None:
            d.form(
                smooth(cloud, True, 3), paint.white, line=0, shade=0.1, alpha=215, key=f"cloud{k}"
            )
    _night(d, paint)
    d.unclip()


def _night(d: Drawing, paint: Paint) -> None:
    """The side away from the sun."""
    a = np.linspace(-PI / 2, PI / 2, 16)
    limb = np.stack([cos(a), sin(a)], 1) * (R * 1.05)
    edge = np.stack([cos(a) * 0.45, sin(a) * 1.05], 1) * R
    d.flat(turned(np.concatenate([limb, edge[::-1]]), 0.5), paint.dark, 90)


def _ringed(d: Drawing, paint: Paint, lands: list[Array], m: Moment) -> None:
    """Bands, and rings that go behind and before; moonlets ride on them."""
    tilt = -0.34 + 0.02 * m.cycle(0.5)
    _ring(d, paint, tilt, True, m)
    disc = circle(0, 0, R * 0.8, count=44)
    d.form(disc, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.0, key="disc")
    d.clip(disc)
    for k, (y, deep) in enumerate(((-0.2, 0.06), (-0.05, 0.08), (0.14, 0.07))):
        band = smooth(
            [
                (-0.4, y), (0, y + 0.05), (0.4, y), (0.4, y + deep), (0, y + 0.05 + deep),
                (-0.4, y + deep),
            ],
            True,
            4,
        )  # fmt: skip
        d.form(
            turned(band, tilt),
            (paint.second, paint.pattern, paint.second)[k],
            line=0.5,
            shade=0.6,
            key=f"band{k}",
        )
    d.unclip()
    _ring(d, paint, tilt, False, m)


def _ring(d: Drawing, paint: Paint, tilt: float, behind: bool, m: Moment) -> None:
    a = np.linspace(PI, TAU, 30) if behind else np.linspace(0, PI, 30)
    key = "far" if behind else "near"
    for k, (outer, inner, tone) in enumerate(((0.78, 0.64, paint.accent), (0.6, 0.5, paint.pale))):
        rim = np.stack([cos(a) * outer, sin(a) * outer * 0.26], 1)
        hole = np.stack([cos(a) * inner, sin(a) * inner * 0.26], 1)
        d.form(
            turned(np.concatenate([rim, hole[::-1]]), tilt),
            tone,
            line=0.8,
            shade=0.4,
            key=f"ring-{key}{k}",
        )
    for k in range(3):
        b = TAU * (m.turn(0.25) + k / 3)
        if (sin(b) < 0) == behind:
            x, y = turned(points(cos(b) * 0.7, sin(b) * 0.7 * 0.26), tilt)
            d.form(
                circle(float(x), float(y), 0.024, count=12),
                paint.white,
                line=0.6,
                shade=0.3,
                key=f"moonlet{k}",
            )


def _storms(d: Drawing, paint: Paint, lands: list[Array], m: Moment) -> None:
    """Wavy bands that flow past each other, and a red eye that comes round."""
    disc = _disc(d, paint, paint.colour)
    d.clip(disc)
    tones = (paint.second, paint.pale, paint.accent, paint.pattern, paint.pale)
    x = np.linspace(-0.45, 0.45, 16)
    for k, tone in enumerate(tones):
        y = -0.3 + 0.13 * k
        way = 1 if k % 2 else -1
        wave = 0.014 * sin(TAU * (2.2 * x + way * m.turn(0.5) + 0.3 * k))
        top = np.stack([x, y + wave + 0.05 * (1 - 5 * x * x)], 1)
        d.form(
            np.concatenate([top, (top + points(0, 0.06 + 0.01 * (k % 2)))[::-1]]),
            tone,
            line=0.5,
            shade=0.5,
            key=f"band{k}",
        )
    lon = np.linspace(0, TAU, 14)[:-1]
    eye = _seen(np.stack([0.06 * cos(lon), 0.3 + 0.14 * sin(lon)], 1), m.turn(0.2) + 0.05)
    if eye is not None:
        d.form(
            smooth(eye, True, 3), under(HUES["red"], paint.palette), line=0.8, shade=0.6, key="eye"
        )
        d.form(
            smooth((eye - eye.mean(0)) * 0.5 + eye.mean(0), True, 3),
            paint.white,
            line=0.5,
            shade=0.1,
        )
    _night(d, paint)
    d.unclip()


def _cratered(d: Drawing, paint: Paint, lands: list[Array], m: Moment) -> None:
    """Craters that go round: each a dark bowl with a light rim."""
    disc = _disc(d, paint, paint.colour)
    d.clip(disc)
    for k, land in enumerate(lands):
        bowl = _seen(land, m.turn(0.2))
        if bowl is not None:
            d.form(bowl, paint.shadow, line=0.7, shade=0.7, key=f"crater{k}")
            d.stroke(
                bowl[: len(bowl) // 2] + points(-0.006, -0.006),
                1.2,
                paint.pale,
                wobble=0.2,
                key=f"rim{k}",
            )
    _night(d, paint)
    d.unclip()


FORMS: Mapping[str, Draw] = {
    "earth": _earth,
    "ringed": _ringed,
    "storms": _storms,
    "craters": _cratered,
}


def planet(stream: Stream, paint: Paint, form: str) -> Figure:
    """A planet; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(tuple(FORMS))
    draw = FORMS[form]
    lands = (
        _lands(stream.sub("lands"), 12, 0.035)
        if form == "craters"
        else _lands(stream.sub("lands"), 6, 0.1)
    )
    if form == "earth" and paint.colour == _own(paint.palette):
        paint = paint.evolve(colour=_sea(paint.palette))

    def figure(d: Drawing, m: Moment) -> None:
        draw(d, paint, lands, m)

    return figure


def _own(palette: Palette) -> Colour:
    return mix(palette.a, palette.light, 0.12)


def _sea(palette: Palette) -> Colour:
    return mix(palette.light, palette.far, 0.5) if palette.paper else under(HUES["blue"], palette)


def galaxy(stream: Stream, paint: Paint, form: str) -> Figure:
    """A galaxy: two arms of stars that wind out of a bright heart, seen a little from the side; it has no forms."""
    count = 110
    u = np.sqrt(stream.array(count, 0.01, 1.0))
    arm = np.arange(count) % 2
    spread = stream.array(count, -0.5, 0.5) * (0.4 + 0.5 * u)
    angle = arm * PI + 4.4 * u + spread
    size = stream.array(count, 0.004, 0.013)
    tilt = stream.uniform(-0.5, 0.5)
    lines = [np.linspace(0.08, 1.0, 26), np.linspace(0.2, 0.9, 20)]

    def figure(d: Drawing, m: Moment) -> None:
        turn = TAU * m.turn(0.1) if m.act == "spin" else 0.5 * m.cycle(0.25)
        for r, alpha in ((0.5, 26), (0.36, 34), (0.2, 60)):
            d.flat(turned(circle(0, 0, r, r * 0.5, 32), tilt), paint.colour, alpha)
        for side in (0, 1):
            for k, line in enumerate(lines):
                a = side * PI + 4.4 * line + 0.16 * k + turn
                r = 0.48 * line
                spiral = turned(np.stack([cos(a) * r, sin(a) * r * 0.5], 1), tilt)
                d.stroke(
                    spiral,
                    7.0 - 4 * k,
                    paint.colour if k == 0 else paint.pale,
                    taper=(0.3, 0.6),
                    wobble=0.8,
                    alpha=150,
                    key=f"arm{side}{k}",
                )
        a = angle + turn
        at = turned(np.stack([cos(a) * u, sin(a) * u * 0.5], 1) * 0.5, tilt)
        twinkle = 1 + 0.4 * sin(TAU * (m.turn(1.0) + np.arange(count) * 0.37))
        dots = [
            circle(x, y, r, count=7)
            for (x, y), r in zip(at.tolist(), (size * twinkle).tolist(), strict=True)
        ]
        d.multi(dots[::3], paint.accent, line=0, key="stars0")
        d.multi(dots[1::3], paint.white, line=0, key="stars1")
        d.multi(dots[2::3], paint.glow, line=0, key="stars2")
        d.form(
            turned(circle(0, 0, 0.09, 0.055, 20), tilt), paint.white, line=0, shade=0.2, key="heart"
        )

    return figure


def _mist(palette: Palette) -> Colour:
    return mix(palette.c, palette.light, 0.3)


register(
    Kind(
        "planet",
        planet,
        at=(0.74, 1.46),
        height=0.5,
        domain="sky",
        home="space",
        width=1.0,
        top=(0.0, -R),
        forms=tuple(FORMS),
        faces=False,
        colour=_own,
        metres=0.5,  # as large as it looks: somebody may hold it
    )
)
register(
    Kind(
        "galaxy",
        galaxy,
        at=(0.80, 1.46),
        height=0.6,
        domain="sky",
        home="space",
        width=1.0,
        top=(0.0, -0.2),
        motion="spin",
        faces=False,
        colour=_mist,
        quiet=("striped", "dotted", "hatched"),
        metres=0.5,  # as large as it looks: somebody may hold it
    )
)
