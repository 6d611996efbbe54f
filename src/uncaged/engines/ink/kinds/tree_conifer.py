"""Two trees of lines that hang: the conifer, tiers over tiers, plain or dressed with lights, and the weeping willow."""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.foliage import Clump, clump, foliage, leaf_marks
from uncaged.engines.ink.kinds.tree_branching import wind
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, ease_out, over, sin
from uncaged.engines.ink.paint import Paint

TIERS = 6
_FOOT = points(
    (-0.1, 0.015), (-0.05, -0.04), (-0.035, -0.2), (0.035, -0.2), (0.055, -0.04), (0.11, 0.015)
)


@dataclass(frozen=True, slots=True)
class _Tier:
    """low, high: its lower and upper edge; wide: half its width. teeth: how far each point of the lower edge hangs.

    lean: how far it is out of the middle.
    """

    low: float
    high: float
    wide: float
    teeth: Array
    lean: float


def conifer(stream: Stream, paint: Paint, lean: float, dressed: bool) -> Figure:
    """Fir, spruce, pine: tiers with hanging points, the lower ones first. dressed: with balls, lights and a star."""
    slim = stream.uniform(0.8, 1.05)
    tiers: list[_Tier] = []
    for k in range(TIERS):
        share = k / (TIERS - 1)
        wide = slim * (0.38 - 0.3 * share) + 0.02
        low = -0.14 - 0.6 * share - 0.05 * share * share
        high = low - 0.3 + 0.08 * share
        tiers.append(
            _Tier(low, high, wide, stream.array(7, 0.02, 0.085), stream.uniform(-0.02, 0.02))
        )
    balls = stream.array(TIERS, -0.62, 0.62), stream.array(TIERS, 0.35, 0.62)

    def figure(drawing: Drawing, moment: Moment) -> None:
        up = ease_out(over(moment.grow, 0.0, 0.3))
        if up <= 0.01:
            return
        trunk = smooth(_FOOT * (up, up), False, 4)
        drawing.form(trunk, paint.trunk, line=0.9, shade=0.5, key="trunk")
        for k, tier in enumerate(tiers):
            grown = ease_out(over(moment.grow, 0.1 + 0.12 * k, 0.4 + 0.12 * k))
            if grown > 0.02:
                _draw_tier(drawing, moment, paint, tier, k, grown, lean)
                if dressed:
                    _dress(drawing, moment, paint, tier, k, balls, grown, lean)
        ripe = over(moment.grow, 0.9, 1.0)
        if dressed and ripe > 0.05:
            x = lean * 1.2 + wind(moment, 5)
            twinkle = 0.075 * ripe * (1 + 0.1 * moment.cycle(1.0))
            drawing.form(_star(x, tiers[-1].high - 0.03, twinkle), paint.glow, line=0.8, key="star")

    return figure


def _place(tier: _Tier, k: int, moment: Moment, lean: float) -> float:
    """x of a tier's middle: the higher, the more the wind moves it, and the later."""
    return lean * (k + 1) / TIERS + tier.lean + wind(moment, 0.5 + 0.6 * k, 0.3 * k)


def _draw_tier(
    drawing: Drawing, moment: Moment, paint: Paint, tier: _Tier, k: int, grown: float, lean: float
) -> None:
    """A skirt with points, lighter the higher it is, with a few needles on it."""
    x, wide = _place(tier, k, moment, lean), tier.wide * grown
    across = np.linspace(1, -1, 7)
    hem = [points(x + wide, tier.low - 0.05)]
    for j in range(6):
        stir = 0.006 * moment.sway * moment.cycle(1.0, 0.1 * j + 0.13 * k)
        a, b = across[j], across[j + 1]
        bow = tier.low + 0.035 * (1 - a * a)
        hem.append(points(x + wide * (a * 0.96), bow + float(tier.teeth[j]) * grown + stir))
        hem.append(points(x + wide * (a + b) / 2, tier.low + 0.01))
    hem.append(points(x - wide, tier.low - 0.05 + float(tier.teeth[6]) * 0.6))
    top = points(x * 1.0, tier.low + (tier.high - tier.low) * grown)
    right = smooth(
        [top, (x + 0.42 * wide, (tier.low + top[1]) / 2), (x + wide, tier.low - 0.05)], per=4
    )
    left = smooth([hem[-1], (x - 0.42 * wide, (tier.low + top[1]) / 2), top], per=4)
    outline = np.concatenate([right, np.stack(hem[1:-1]), left])
    tone = (paint.leaf_dark, paint.leaf, paint.leaf)[min(2, k // 2)] if k < 4 else paint.leaf_light
    drawing.form(outline, tone, fill=paint.fill, colour2=paint.leaf_dark, shade=1.0, key=f"tier{k}")
    for j in range(4):
        a = -0.6 + 0.4 * j
        start = points(x + wide * a * 0.75, tier.low - 0.09 * grown)
        stroke = np.stack([start, start + points(wide * a * 0.16, 0.055 * grown)])
        light = paint.leaf_light if j < 2 else paint.leaf_dark
        drawing.stroke(stroke, 0.8, light, wobble=0.3, key=f"needle{k}.{j}")


def _dress(
    drawing: Drawing,
    moment: Moment,
    paint: Paint,
    tier: _Tier,
    k: int,
    balls: tuple[Array, Array],
    grown: float,
    lean: float,
) -> None:
    """A garland, and balls that swing a little."""
    x = _place(tier, k, moment, lean)
    swing = 0.012 * moment.cycle(0.5, 0.2 * k)
    for j, a in enumerate(
        (float(balls[0][k]), -float(balls[1][k]) * (1 if balls[0][k] > 0 else -1))
    ):
        y = tier.low - 0.02 + 0.03 * j
        ball = circle(x + tier.wide * a + swing, y, 0.032 * grown, count=14)
        tone = (paint.accent, paint.glow, paint.lip)[(k + j) % 3]
        drawing.form(ball, tone, line=0.7, shade=0.6, key=f"ball{k}.{j}")


def _star(x: float, y: float, radius: float) -> Array:
    a = np.arange(10) * (PI / 5) - PI / 2
    reach = np.where(np.arange(10) % 2 == 0, radius, radius * 0.45)
    return np.stack([x + cos(a) * reach, y + sin(a) * reach], 1)


@dataclass(frozen=True, slots=True)
class _Strand:
    """angle: where on the crown it starts, radians from the top. lag: how late it follows. front: it is drawn last."""

    angle: float
    length: float
    lag: float
    front: bool


def willow(stream: Stream, paint: Paint, lean: float) -> Figure:
    """A thick trunk, a round crown, and long strands that hang from it to the ground and follow the wind late."""
    domes = [clump(stream.sub(k), 9, 0.12, 12) for k in range(3)]
    strands = [
        _Strand(
            -1.75 + 3.5 * k / 18 + stream.uniform(-0.06, 0.06),
            stream.uniform(0.42, 0.62),
            stream.uniform(),
            k % 2 == 1,
        )
        for k in range(19)
    ]

    def figure(drawing: Drawing, moment: Moment) -> None:
        up = ease_out(over(moment.grow, 0.0, 0.4))
        if up <= 0.01:
            return
        grown = ease_out(over(moment.grow, 0.3, 0.8))
        top = points(lean + wind(moment, 2), -0.62 * up)
        spine = [(0.0, 0.01), (lean * 0.3 + 0.03, -0.24 * up), top]
        trunk = Tube(spine, np.array([0.075, 0.055, 0.04]) * up, 16, cap_start=False)
        for k, strand in enumerate(strands):
            if not strand.front:
                _draw_strand(drawing, moment, paint, strand, k, top, grown, paint.leaf_dark)
        foot = smooth(_FOOT * (1.3 * up, 0.7 * up), False, 4)
        drawing.union([trunk.outline(), foot], paint.trunk, line=0.9, shade=0.5, key="trunk")
        if grown > 0.02:
            _dome(drawing, moment, paint, domes, top, grown)
        for k, strand in enumerate(strands):
            if strand.front:
                tone = paint.leaf_light if k % 4 == 1 else paint.leaf
                _draw_strand(drawing, moment, paint, strand, k, top, grown, tone)

    return figure


def _dome(
    drawing: Drawing, moment: Moment, paint: Paint, domes: list[Clump], top: Array, grown: float
) -> None:
    """The round top of the crown."""
    for k, (dx, dy) in enumerate(((-0.15, -0.03), (0.16, -0.02), (0.0, -0.1))):
        foliage(
            drawing,
            domes[k],
            float(top[0]) + dx * grown + wind(moment, 3, k),
            float(top[1]) + dy * grown,
            0.2 * grown,
            paint.leaf if k < 2 else paint.leaf_light,
            paint.leaf_pale,
            paint.leaf_dark,
            key=f"dome{k}",
            fill=paint.fill,
            leaf=0.03 * grown,
            stir=wind(moment, 6, k) * 3,
        )


def _draw_strand(
    drawing: Drawing,
    moment: Moment,
    paint: Paint,
    strand: _Strand,
    k: int,
    top: Array,
    grown: float,
    colour: tuple[int, int, int],
) -> None:
    """One hanging twig with its leaves in pairs; the wave runs down it."""
    if grown < 0.05:
        return
    u = np.linspace(0, 1, 9)
    root = top + points(sin(strand.angle) * 0.34, -cos(strand.angle) * 0.14 - 0.02) * grown
    blow = moment.sway * 0.09 * u * u * sin(TAU * (moment.turn(0.5) - 0.45 * u - 0.25 * strand.lag))
    x = root[0] + 0.1 * sin(strand.angle) * u * (1.6 - u) * grown + blow
    y = root[1] + strand.length * grown * u
    line = np.stack([x, y], 1)
    drawing.stroke(line, 0.8, colour, wobble=0.3, taper=(0.02, 0.6), key=f"strand{k}")
    at = np.repeat(line[1:], 2, 0)
    side = np.tile(points((0.02, 0.022), (-0.02, 0.022)), (len(line) - 1, 1)) * grown
    marks = leaf_marks(at + side, side, 0.4)
    drawing.multi(list(marks), colour, line=0.45, key=f"leaves{k}")
