"""A branch that comes in from the side: in leaf, in blossom, or bare. Somebody may sit on it."""

import numpy as np

from uncaged.engines.ink.curves import Tube, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.shaping import blade
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, ease_out, over, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("leafy", "blossom", "bare")
SPINE = points((-1.9, 0.12), (-1.1, 0.0), (-0.4, 0.02), (0.2, -0.06), (0.8, -0.16))
RADII = (0.085, 0.07, 0.055, 0.035, 0.012)
TWIGS = ((0.34, -1), (0.46, 1), (0.58, -1), (0.7, 1), (0.8, -1), (0.9, 1))
"""Where twigs leave the branch, and to which side."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A branch of the form, or of one its seed chooses; its twigs by lot."""
    form = form if form in FORMS else stream.sub("form").pick(("leafy", "leafy", "blossom"))
    reach = stream.array(len(TWIGS), 0.2, 0.36)
    turn = stream.array(len(TWIGS), 0.5, 1.0)
    bow = stream.array(len(SPINE), -0.03, 0.03)

    def figure(drawing: Drawing, moment: Moment) -> None:
        u = np.linspace(0, 1, len(SPINE))
        dip = moment.sway * 0.02 * u * u * moment.cycle(0.5)
        branch = Tube(SPINE + np.stack([0 * u, bow * u + dip], 1), RADII, 34)
        twigs: list[Tube] = []
        for k, (at, side) in enumerate(TWIGS):
            grown = ease_out(over(moment.grow, 0.08 * k, 0.4 + 0.08 * k))
            root = branch.at(at, 0.0)
            angle = -side * float(turn[k]) + 0.05 * moment.sway * moment.cycle(0.5, 0.1 * k)
            way = points(cos(angle), sin(angle)) * (float(reach[k]) * grown + 0.02)
            twigs.append(
                Tube([root, root + way * 0.55, root + way + points(0.03, -0.02)], [0.022, 0.008], 9)
            )
        drawing.union(
            [branch.outline(), *(twig.outline() for twig in twigs)],
            paint.trunk,
            line=1.0,
            shade=0.6,
            key="wood",
        )
        for k in range(4):
            v = np.linspace(-0.5, 0.4, 4)
            drawing.stroke(branch.at(0.2 + 0.15 * k + 0.02 * v, v), 0.6, paint.ink, key=f"bark{k}")
        for k, twig in enumerate(twigs):
            if form == "leafy":
                _leaves(drawing, moment, paint, twig, k)
            elif form == "blossom":
                _blossoms(drawing, moment, paint, twig, k)

    return figure


def _leaves(drawing: Drawing, moment: Moment, paint: Paint, twig: Tube, k: int) -> None:
    """Five leaves on a twig, the last at its tip."""
    opened = ease_out(over(moment.grow, 0.3 + 0.06 * k, 0.7 + 0.05 * k))
    if opened < 0.05:
        return
    for j in range(5):
        root = twig.at(0.25 + 0.18 * j, 0.0)
        side = -1 if j % 2 else 1
        flutter = 0.25 * moment.sway * moment.cycle(0.5, 0.13 * j + 0.1 * k)
        along = twig.direction(0.9)
        angle = side * (0.9 if j < 4 else 0.1) + 0.3 * flutter
        c, s = cos(angle), sin(angle)
        way = points(along[0] * c - along[1] * s, along[0] * s + along[1] * c)
        green = blade(root, root + way * (0.2 * opened), 0.05 * opened, 0.1 * side)
        tone = (paint.colour, paint.shadow, paint.second)[(j + k) % 3]
        drawing.form(green, tone, line=0.8, shade=0.6, key=f"leaf{k}.{j}")


def _blossoms(drawing: Drawing, moment: Moment, paint: Paint, twig: Tube, k: int) -> None:
    """Two blossoms and a bud on a twig."""
    opened = ease_out(over(moment.grow, 0.4 + 0.06 * k, 0.8 + 0.03 * k))
    if opened < 0.05:
        return
    for j, at in enumerate((0.45, 0.98)):
        x, y = twig.at(at, 0.8 if j == 0 else 0.0).tolist()
        tilt = 0.2 * moment.sway * moment.cycle(0.5, 0.2 * j + 0.1 * k)
        petals: list[Array] = []
        for n in range(5):
            a = TAU * n / 5 + tilt + k
            tip = points(x + cos(a) * 0.11 * opened, y + sin(a) * 0.1 * opened)
            petals.append(blade(points(x, y), tip, 0.046 * opened))
        drawing.multi(petals, paint.colour if j else paint.second, line=0.8, key=f"petals{k}.{j}")
        drawing.dot(x, y, 0.024 * opened, paint.glow)
    x, y = twig.at(0.7, -1.5).tolist()
    drawing.dot(x, y, 0.026 * opened, paint.shadow)


register(
    Kind(
        "branch",
        build,
        at=(1.31, 0.69),
        height=0.5,
        domain="air",
        home="forest",
        width=1.5,
        top=(0.0, -0.08),
        motion="sway",
        forms=FORMS,
        plant=True,
        faces=False,
        metres=1.5,
        grip=(0.0, 0.0),
    )
)
