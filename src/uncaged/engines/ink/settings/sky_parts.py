"""The sky of a setting: gradation, ruled lines, disc, clouds; and the colour it has at a height. Knows no land."""

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import Tube, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.settings import Disc, Ground
from uncaged.engines.ink.settings.layout import many, soft
from uncaged.engines.ink.settings.sheets import sheet


def sky_at(ground: Ground, y: float) -> Colour:
    """The colour of the built setting's sky at height y (frame coordinates): what flies there stands against it."""
    q = clamp(y / max(0.2, _end(ground)))
    return mix(*ground.sky, round(q * q * (3 - 2 * q), 3))


def _end(ground: Ground) -> float:
    return ground.horizon + 0.05 * ground.height


def sky(
    ground: Ground,
    upper: Colour | None = None,
    lower: Colour | None = None,
    *,
    bare: bool = False,
) -> None:
    """The sky down to the horizon, and unless it is `bare` what belongs in it: ruled lines on paper, a disc, clouds."""
    p = ground.palette
    ground.sky = (upper or p.top, lower or p.low)
    box = (0.0, 0.0, ground.width, ground.height)
    colours, end = ground.sky, max(0.2, _end(ground))
    ground.add("sky", 0.0, lambda frame, _: frame.gradation(box, *colours, 0.0, end), "sky")
    if bare:
        return
    if p.paper and ground.horizon < 0.85 * ground.height:
        _ruled(ground)
    disc(ground, ground.horizon)
    if ground.cloudy and not p.negative:
        _clouds(ground)


def _ruled(ground: Ground) -> None:
    """Ink has no gradation: ruled lines whose gaps grow downwards."""
    p, stream = ground.palette, ground.stream.sub("ruled")
    on = sheet(ground, "ruled", 0.02)
    tone = mix(p.ink, ground.sky[1], 0.3)
    y, gap, last = 0.0, 0.012, max(0.05, ground.horizon - 0.12)
    while y < last:
        x = -0.3
        while x < ground.width + 0.2:
            w = stream.uniform(0.15, 0.6)
            if stream.uniform() > y / last * 0.72:
                middle = (x + w * 0.5, y + stream.uniform(-0.004, 0.004))
                on.stroke(points((x, y), middle, (x + w, y)), 0.5, tone, wobble=0.5)
            x += w + stream.uniform(0.01, 0.12)
        y, gap = y + gap, gap * 1.09


def disc_colour(p: Palette) -> Colour:
    """What the sun or moon looks like in this palette."""
    one, other, share = p.disc
    return mix(p.role(one), p.role(other), share)


def disc(ground: Ground, horizon: float, high: float | None = None) -> None:
    """A large low sun or a moon: one plain strong form behind everything, the counterweight of the subject.

    horizon: y of what it may be half set behind. high: its y where it does not set, or None = near the frame's top.
    None is drawn where `ground.disc` is below 0.5.
    """
    if ground.disc < 0.5:
        return
    p, stream = ground.palette, ground.stream.sub("disc")
    colour = disc_colour(p)
    moon = p.night and not p.low_disc
    low = p.low_disc and stream.chance(0.7) and horizon < 0.85 * ground.height
    radius = stream.pick([0.06, 0.08, 0.12] if moon else [0.09, 0.15, 0.2, 0.25])
    radius *= 1 + soft(max(0.0, ground.disc - 1) * 0.6, 4.0)
    x = ground.width * (0.5 - ground.side * stream.uniform(0.12, 0.3))
    if low:
        y = horizon - radius * stream.uniform(0.2, 0.7)
    else:
        y = ground.height * stream.uniform(0.16, 0.24) + radius * 0.4
        y = y if high is None else max(y, high)
    ground.disc_at = Disc(x, y, radius, colour)
    on = sheet(ground, "disc", 0.04)
    if moon:
        for k, alpha in ((2.1, 22), (1.5, 34)):
            on.flat(circle(x, y, radius * k, count=44), colour, alpha)
    plain_disc(on, x, y, radius, colour, mix(colour, ground.sky[1], 0.5))


def plain_disc(
    on: Drawing, x: float, y: float, radius: float, colour: Colour, dusk: Colour
) -> None:
    """A disc that grain dissolves into `dusk` at its lower edge."""
    edge = circle(x, y, radius, count=44)
    on.flat(edge, colour)
    on.clip(edge)
    on.grain((x - radius, y - radius, x + radius, y + radius), dusk, (0.05, 1), 0.8)
    on.unclip()


def _clouds(ground: Ground) -> None:
    """Long flat clouds, each a few tapering lenses: they cut the sky into intervals."""
    stream = ground.stream.sub("clouds")
    if not stream.chance(0.6):
        return
    on = sheet(ground, "clouds", 0.08)
    for _ in range(many(ground, stream.uniform(0.6, 3.4))):
        x = stream.uniform(0.0, ground.width)
        y = stream.uniform(0.1, max(0.12, ground.horizon - 0.16))
        w = stream.uniform(0.3, 0.7)
        for k in range(stream.integer(2, 3)):
            _lens(ground, on, stream, x, y + 0.026 * k, w)


def _lens(ground: Ground, on: Drawing, stream: Stream, x: float, y: float, w: float) -> None:
    p = ground.palette
    x, w, h = (
        x + stream.uniform(-0.15, 0.15),
        w * stream.uniform(0.5, 1),
        stream.uniform(0.009, 0.02),
    )
    base = sky_at(ground, y)
    spine = np.array([(x - w / 2, y), (x, y - h * 0.5), (x + w / 2, y + h * 0.3)])
    form = Tube(
        spine, [0.001, h, h * 0.8, 0.001], count=22, cap_start=False, cap_end=False
    ).outline()
    on.flat(form, mix(base, p.far if p.night else p.light, 0.34), 215)
    on.clip(form)
    on.grain((x - w / 2, y - h * 1.2, x + w / 2, y + h * 1.2), base, (0.3, 1), 0.7)
    on.unclip()
