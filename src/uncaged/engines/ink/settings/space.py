"""Space: stars of three sizes that twinkle, a mist of stars, a planet or two far away, ground of a small moon below."""

import numpy as np

from uncaged.engines.ink.colour import Colour, mix, shade
from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.land import Slope, land
from uncaged.engines.ink.settings.layout import MARGIN, down, level, many, stretch
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of space."""
    p, stream = ground.palette, ground.stream.sub("space")
    level(ground, 0.84)
    deep, glow = _dark(ground)
    sky(ground, deep, glow, bare=True)
    _band(ground, stream.sub("band"), glow)
    _stars(ground, stream.sub("stars"))
    _planets(ground, stream.sub("planets"), glow)
    stone = mix(mix(p.far, p.light, 0.2), glow, 0.15) if not p.paper else mix(p.light, p.far, 0.4)
    ground.stand, ground.behind = stone, mix(deep, glow, 0.5)
    far = land(
        ground, "far", 0.5, down(ground, 0.08), 0.05, 1.2, mix(stone, glow, 0.4), line=0.5, fade=0.4
    )
    _craters(ground, far, stream.sub("far-craters"), 5, 0.5)
    near = land(
        ground, "near", 0.95, down(ground, 0.2), 0.025, 0.5, stone, line=0.7, fade=0.3, marks=8
    )
    _craters(ground, near, stream.sub("craters"), 9, 1.0)


def _dark(ground: Ground) -> tuple[Colour, Colour]:
    """Space is dark in every palette but on paper, where it is ink's absence."""
    p = ground.palette
    if p.paper:
        return mix(p.light, p.far, 0.3), p.light
    if p.night or p.negative:
        return p.top, mix(p.top, p.far, 0.4)
    return mix(p.deep, p.ink, 0.55), mix(p.deep, p.near, 0.45)


def _band(ground: Ground, stream: Stream, glow: Colour) -> None:
    """A milky way: a lane of faint discs and of very small stars."""
    p, on = ground.palette, sheet(ground, "band", 0.01)
    tone = mix(p.c, p.light, 0.4) if not p.paper else p.far
    angle = stream.uniform(-0.9, 0.9)
    c, s = cos(angle), sin(angle)
    x0, y0 = ground.width * stream.uniform(0.3, 0.7), ground.height * stream.uniform(0.25, 0.5)
    for k in range(many(ground, 16)):
        along, aside = (
            stream.uniform(-0.9, 0.9) * max(ground.width, ground.height),
            stream.normal(0, 0.05),
        )
        x, y = x0 + c * along - s * aside, y0 + s * along + c * aside
        r = stream.uniform(0.05, 0.13)
        on.flat(circle(x, y, r, r * 0.7, 20, angle), tone, 9 + k % 3 * 4)
    dust = []
    for _ in range(min(400, many(ground, 150))):
        along, aside = (
            stream.uniform(-0.9, 0.9) * max(ground.width, ground.height),
            stream.normal(0, 0.06),
        )
        dust.append(
            circle(
                x0 + c * along - s * aside,
                y0 + s * along + c * aside,
                stream.uniform(0.0006, 0.0016),
                count=5,
            )
        )
    on.multi(dust, p.light if not p.paper else p.ink, line=0)


def _stars(ground: Ground, stream: Stream) -> None:
    p = ground.palette
    count = min(400, many(ground, 120 * max(1.0, ground.height)))
    x = stream.array(count, -MARGIN, ground.width + MARGIN)
    y = stream.array(count, -MARGIN, ground.height)
    lot, phase = stream.array(count), stream.array(count)
    radius = 0.0014 + 0.0046 * lot * lot * lot
    tones = (
        (p.ink, p.a, p.near)
        if p.paper
        else (p.light, mix(p.b, p.light, 0.4), mix(p.c, p.light, 0.4))
    )
    form = circle(0, 0, 1, count=8)[None]
    middle = np.stack([x, y], 1)[:, None]
    rays = np.flatnonzero(lot > 0.93)

    def draw(frame: Drawing, moment: Moment) -> None:
        size = radius * (0.8 + 0.35 * sin(TAU * (moment.turn(0.5) + phase)))
        forms = list(middle + form * size[:, None, None])
        for k, tone in enumerate(tones):
            frame.multi(forms[k::3], tone, line=0, key=f"stars{k}")
        spikes = []
        for i in rays.tolist():
            a, b, r = float(x[i]), float(y[i]), 4.0 * float(size[i])
            w = 0.18 * r * 0.5
            spikes.append(points((a - r, b), (a, b - w), (a + r, b), (a, b + w)))
            spikes.append(points((a, b - r), (a + w, b), (a, b + r), (a - w, b)))
        frame.multi(spikes, tones[0], line=0, key="spikes")

    ground.add("stars-of-space", 0.02, draw, "live")


def _planets(ground: Ground, stream: Stream, glow: Colour) -> None:
    """One large one, cut by the frame or with rings, on the side away from the subject; a small one elsewhere."""
    on = sheet(ground, "planets", 0.04, glow, 0.3, 0.75)
    x = ground.width * (0.5 - ground.side * stream.uniform(0.22, 0.36))
    y = ground.height * stream.uniform(0.16, 0.3)
    form = stream.pick(("ringed", "storms", "craters", "earth"))
    share = 0.3
    prop(
        ground,
        on,
        "planet",
        "large",
        x,
        y,
        stream.uniform(0.3, 0.46),
        form=form,
        tone=glow,
        share=share,
        line=0.75,
    )
    if stream.chance(0.7):
        x = ground.width * (0.5 + ground.side * stream.uniform(0.2, 0.4))
        y = ground.height * stream.uniform(0.1, 0.45)
        other = "craters" if form != "craters" else "storms"
        prop(
            ground,
            on,
            "planet",
            "small",
            x,
            y,
            stream.uniform(0.07, 0.13),
            form=other,
            tone=glow,
            share=0.45,
            line=0.6,
        )


def _craters(ground: Ground, slope: Slope, stream: Stream, count: float, size: float) -> None:
    """Bowls seen flat, larger nearer to us."""
    p, on = ground.palette, slope.sheet
    dark, pale = shade(slope.colour, p, 0.12), mix(slope.colour, p.light, 0.35)
    for _ in range(many(ground, count)):
        x, u = stream.uniform(-0.1, ground.width + 0.1), stream.uniform()
        y = float(slope.top[slope.near(x), 1]) + (0.02 + 0.13 * u) * max(0.6, stretch(ground))
        r = (0.014 + 0.045 * u) * size * stream.uniform(0.6, 1.2)
        on.form(circle(x, y, r, r * 0.3, 20), dark, line=0.6, shade=0.6)
        rim = points(
            (x - r, y), (x - 0.5 * r, y + 0.27 * r), (x + 0.5 * r, y + 0.27 * r), (x + r, y)
        )
        on.stroke(rim, 0.8, pale, wobble=0.4)


register(
    Setting(
        "space",
        build,
        at=(1.80, 0.10),
        spirit="planet",
        palettes=("night", "violet", "negative"),
        floor=0.93,
    )
)
