"""A large bare foot, or a whole leg in its stocking, that taps its toes. It knows nobody above it.

How it is built: leg, heel and instep as one form over a sole on the ground; five toes as one row of rounded forms that
lift one after the other; nails, an ankle bone. Above it ends in a cuff.
"""

from dataclasses import dataclass
from functools import partial

from uncaged.engines.ink.colour import Colour, lighter, mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.hands import plain
from uncaged.engines.ink.kinds.person_rig import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

SOLE = (
    (-0.2, -1.0), (-0.2, -0.7), (-0.215, -0.4), (-0.29, -0.2), (-0.3, -0.07), (-0.2, 0.0),
    (0.0, -0.03), (0.16, -0.012), (0.34, 0.0), (0.42, -0.06), (0.4, -0.15), (0.24, -0.24),
    (0.1, -0.37), (0.06, -0.6), (0.09, -0.8), (0.1, -1.0),
)  # fmt: skip
TOES = (
    (0.42, -0.075, 0.085),
    (0.395, -0.125, 0.05),
    (0.36, -0.155, 0.044),
    (0.325, -0.178, 0.04),
    (0.29, -0.196, 0.034),
)
"""Middle (x, y) and radius, from the big toe on."""
BALL = points(0.28, -0.02)


@dataclass(frozen=True, slots=True)
class Foot:
    """What the lot decided. skin, shadow: its colours. stocking: it wears one. toes: factor of their size."""

    paint: Paint
    skin: Colour
    shadow: Colour
    stocking: bool
    toes: float


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A foot; `form` is bare or stocking, or "" for a bare one."""
    own = paint.colour != plain(paint.palette)
    skin, shadow = (paint.colour, paint.shadow) if own else (paint.skin, paint.skin_shadow)
    return partial(_draw, Foot(paint, skin, shadow, form == "stocking", stream.uniform(0.9, 1.12)))


def _draw(foot: Foot, d: Drawing, m: Moment) -> None:
    paint = foot.paint
    step = m.act in ("walk", "dance", "run", "hop")
    tap = 0.16 * max(0.0, m.cycle(1.0)) if step else 0.035 * max(0.0, m.cycle(0.5))
    outline = points(*SOLE)
    front = outline[:, 0] > 0.2
    outline[front] = turned(outline[front], -0.5 * tap, BALL)
    tube = Tube(points((-0.06, -1.0), (-0.08, -0.3), (0.36, -0.06)), [0.15, 0.13, 0.1, 0.08], 20)
    colour = paint.second if foot.stocking else foot.skin
    fill = paint.fill if paint.fill != "plain" or not foot.stocking else "striped"
    for k, (x, y, r) in reversed(list(enumerate(TOES))):
        lift = tap * (0.6 + 0.5 * max(0.0, m.cycle(1.0, 0.06 * k)))
        r *= foot.toes if k else 1.0
        toe = turned(circle(x, y, 1.15 * r, r, 16, 0.3), -lift, BALL)
        if not foot.stocking:
            d.form(toe, foot.shadow if k else foot.skin, line=0.9, shade=0.5, key=f"toe{k}")
    d.form(
        smooth(outline, True, 4), colour, fill=fill, body=tube, colour2=paint.pattern, key="foot"
    )
    if foot.stocking:
        _cap(foot, d, tap)
    else:
        _bare(foot, d, tap)
    cuff = points((-0.23, -1.0), (-0.21, -0.86), (0.1, -0.86), (0.13, -1.0))
    d.form(cuff, paint.accent, line=1.0, shade=0.6, key="cuff")
    d.stroke(points((-0.2, -0.9), (0.1, -0.9)), 0.8, key="hem")


def _bare(foot: Foot, d: Drawing, tap: float) -> None:
    """The big toe before the foot, its nail, the ankle bone."""
    x, y, r = TOES[0]
    big = turned(circle(x, y, 1.15 * r, r, 18, 0.2), -tap, BALL)
    d.form(big, foot.skin, line=1.0, shade=0.5, key="big")
    nail = turned(circle(x + 0.045, y - 0.03, 0.036, 0.026, 12, 0.7), -tap, BALL)
    pale = mix(lighter(foot.skin, 0.06), foot.paint.white, 0.4)
    d.form(nail, pale, line=0.6, shade=0, key="nail")
    ankle = smooth([(-0.1, -0.28), (-0.06, -0.32), (-0.02, -0.29), (-0.04, -0.25)])
    d.stroke(ankle, 0.8, key="ankle")
    d.stroke(smooth([(-0.19, -0.62), (-0.205, -0.42), (-0.255, -0.24)]), 0.6, key="tendon")


def _cap(foot: Foot, d: Drawing, tap: float) -> None:
    """Heel and toe of a stocking, in another colour."""
    paint = foot.paint
    heel = (
        (-0.29, -0.2),
        (-0.3, -0.07),
        (-0.2, 0.0),
        (-0.08, -0.02),
        (-0.14, -0.14),
        (-0.2, -0.23),
    )
    d.form(smooth(heel, True, 4), paint.accent, line=0.8, shade=0.5, key="heel")
    toe = turned(
        smooth([(0.28, -0.004), (0.4, -0.004), (0.47, -0.07), (0.43, -0.16), (0.33, -0.2), (0.25, -0.12)], True, 4),
        -tap, BALL,
    )  # fmt: skip
    d.form(toe, paint.accent, line=0.9, shade=0.5, key="toe")


register(
    Kind(
        "foot",
        build,
        at=(0.65, -0.15),
        height=0.6,
        home="paper",
        width=0.75,
        top=(-0.05, -1.0),
        shadow=0.34,
        forms=("bare", "stocking"),
        colour=plain,
        metres=0.3,
        grip=(0.0, -0.95),
        traits=("part",),
    )
)
