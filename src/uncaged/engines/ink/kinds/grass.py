"""Grass in a tuft, reeds with their brown heads, a sprout of two leaves: what is first up in spring, and last down."""

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, bezier, leaf, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.bush import green
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, ease_out, over, settle
from uncaged.engines.ink.paint import Paint

FORMS = ("tuft", "reed", "sprout")


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tuft, reeds or a sprout; a tuft where none is named."""
    if form == "sprout":
        return _sprout(stream, paint)
    return _reeds(stream, paint) if form == "reed" else _tuft(stream, paint)


def _blade(moment: Moment, x: float, lean: float, tall: float, wide: float, lag: float) -> Array:
    """A blade from its foot to its bent tip, as one form."""
    blow = moment.sway * 0.07 * moment.cycle(0.5, lag)
    spine = bezier((x, 0.01), (x + 0.15 * lean, -0.7 * tall), (x + lean + blow, -tall), 8)
    return Tube(spine, [wide, wide * 0.8, 0.0], 10, curved=False, cap_end=False).outline()


def _tuft(stream: Stream, paint: Paint) -> Figure:
    count = stream.integer(17, 22)
    foot = stream.array(count, -0.2, 0.2)
    lean = foot * 2.2 + stream.array(count, -0.16, 0.16)
    tall = stream.array(count, 0.5, 1.0) - 0.6 * abs(foot)
    tones = (paint.shadow, paint.colour, mix(paint.colour, paint.palette.light, 0.25))

    def figure(drawing: Drawing, moment: Moment) -> None:
        for tone in range(3):
            blades: list[Array] = []
            for k in range(tone, count, 3):
                up = ease_out(over(moment.grow, 0.02 * k, 0.5 + 0.02 * k))
                if up > 0.03:
                    high = float(tall[k]) * up
                    x, aside = float(foot[k]), float(lean[k]) * up
                    blades.append(_blade(moment, x, aside, high, 0.026, 0.07 * k))
            drawing.multi(blades, tones[tone], line=0.8, key=f"blades{tone}")

    return figure


def _reeds(stream: Stream, paint: Paint) -> Figure:
    """Long leaves, and among them stalks with a velvet head."""
    count = 4
    foot = [0.12 * (k - 1.5) + stream.uniform(-0.03, 0.03) for k in range(count)]
    lean = stream.array(count, -0.16, 0.16)
    tall = stream.array(count, 0.72, 1.0)
    side = stream.array(9, -0.5, 0.5)

    def figure(drawing: Drawing, moment: Moment) -> None:
        up = ease_out(over(moment.grow, 0.0, 0.7))
        if up < 0.03:
            return
        blades = [
            _blade(
                moment,
                0.05 * (k - 4),
                float(side[k]) * up,
                (0.45 + 0.05 * (k % 4)) * up,
                0.03,
                0.1 * k,
            )
            for k in range(9)
        ]
        drawing.multi(blades[:5], paint.shadow, line=0.8, key="far")
        ripe = settle(over(moment.grow, 0.5, 1.0), 0.1)
        for k in range(count):
            blow = moment.sway * 0.05 * moment.cycle(0.5, 0.12 * k)
            end = points(foot[k] + float(lean[k]) + blow, -float(tall[k]) * up)
            stalk = bezier((foot[k], 0.01), (foot[k], -0.5 * float(tall[k]) * up), end, 10)
            drawing.stroke(stalk, 1.6, paint.colour, wobble=0.3, taper=(0.02, 0.3), key=f"stalk{k}")
            if ripe > 0.05:
                low, high = stalk[6], stalk[8]
                head = Tube([low, high], [0.035 * ripe, 0.035 * ripe], 8)
                drawing.form(head.outline(), paint.trunk, line=0.9, shade=0.9, key=f"head{k}")
        drawing.multi(blades[5:], paint.colour, line=0.8, key="near")

    return figure


def _sprout(stream: Stream, paint: Paint) -> Figure:
    """A bent stem from a crumb of earth, and two leaves that open."""
    lean = stream.uniform(-0.08, 0.08)

    def figure(drawing: Drawing, moment: Moment) -> None:
        up = ease_out(over(moment.grow, 0.0, 0.6))
        earth = points((-0.3, 0.01), (-0.16, -0.08), (0.02, -0.11), (0.18, -0.07), (0.3, 0.01))
        drawing.form(earth, paint.trunk, line=0.9, shade=0.9, key="earth")
        if up < 0.04:
            return
        blow = moment.sway * 0.04 * moment.cycle(0.5)
        top = points(lean + blow, -0.62 * up)
        stem = Tube([(0.0, -0.04), (-0.05, -0.3 * up), top], [0.035, 0.03, 0.024], 14)
        drawing.form(stem.outline(), paint.colour, line=0.9, shade=0.5, key="stem")
        open_ = settle(over(moment.grow, 0.4, 1.0), 0.12)
        for side in (-1, 1):
            flap = 0.03 * moment.sway * moment.cycle(0.5, 0.2 + 0.1 * side)
            tip = top + points(side * 0.42, -0.24 + flap) * max(0.05, open_)
            blade = leaf(top, tip, 0.12 * max(0.05, open_), 0.2 * side, 14)
            tone = paint.colour if side > 0 else paint.shadow
            drawing.form(
                blade.outline(),
                tone,
                fill=paint.fill,
                body=blade,
                colour2=paint.pattern,
                shade=0.8,
                key=f"leaf{side}",
            )
            rib = blade.at(np.linspace(0.05, 0.9, 7), 0)
            drawing.stroke(rib, 0.7, paint.ink, wobble=0.2, key=f"rib{side}")

    return figure


register(
    Kind(
        "grass",
        build,
        at=(1.19, 0.69),
        height=0.36,
        home="meadow",
        width=1.0,
        top=(0.0, -0.3),
        shadow=0.3,
        motion="sway",
        forms=FORMS,
        plant=True,
        faces=False,
        colour=green,
        metres=0.4,
        grip=(0.0, -0.1),
    )
)
