"""What is worn over a garment: cape, wings, apron, tool belt, collar, cross, stethoscope, buttons. Knows joints only.

A new one is a function in `ATTIRE`; `BEHIND` names those that are drawn before the body.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.person_rig import Rig, turned
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, sin
from uncaged.engines.ink.paint import Paint

Attire: TypeAlias = Callable[[Drawing, Paint, Rig, Stature, Moment], None]
"""drawing, paint, joints, body, moment."""


def _cape(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """From the shoulders to the calves, blown out behind who walks."""
    u, t = body.unit, body.trunk
    wave = 0.03 * sin(TAU * (2 * rig.phase - 0.25)) if rig.pace else 0.012 * m.cycle(0.5, 0.3)
    out = 0.17 + 0.13 * min(rig.pace, 2.0) + wave
    low = -0.36 * body.leg / 0.47 + 0.12 * max(0.0, rig.pace - 1)
    outline = rig.at(
        (0.05 * u, t + 0.035 * u), (-0.07 * u, t + 0.03 * u), (-0.13 * u, t * 0.6),
        (-out * u, low * u), (-0.3 * out * u, (low - 0.03) * u), (0.06 * u, 0.0),
    )  # fmt: skip
    d.form(smooth(outline, True, 4), paint.accent, line=0.9, shade=0.8, key="cape")


def _wing(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment, far: bool) -> None:
    """Three rows of feathers as one form; it beats when its owner flies."""
    u, t = body.unit, body.trunk
    beat = 0.5 * m.cycle(1.0, 0.1 * far) if m.act == "fly" else 0.08 * m.cycle(0.5, 0.1 * far)
    form = points(
        (0.0, 0.0), (-0.07, -0.15), (-0.2, -0.28), (-0.34, -0.3), (-0.37, -0.2), (-0.33, -0.17),
        (-0.36, -0.06), (-0.3, -0.05), (-0.31, 0.08), (-0.24, 0.07), (-0.22, 0.19), (-0.13, 0.14),
        (-0.06, 0.12),
    )  # fmt: skip
    root = rig.at((-0.06 * u + (0.03 * u if far else 0.0), t - 0.05 * u))[0]
    lean = rig.lean * 0.8 - beat - (0.35 if far else 0.0)
    wing = turned(root + form * u, lean, root)
    d.form(
        smooth(wing, True, 3), paint.pale if far else paint.white, line=0.85, shade=0.5,
        key=f"wing-{'far' if far else 'near'}",
    )  # fmt: skip
    if not far:
        for x, y in ((-0.27, -0.12), (-0.23, 0.0), (-0.16, 0.07)):
            quill = points((-0.06, -0.06), (x, y)) * u + root
            d.stroke(turned(quill, lean, root), 0.5, wobble=0.3)


def _wing_far(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    _wing(d, paint, rig, body, m, True)
    _wing(d, paint, rig, body, m, False)


def _apron(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    low = -0.2 if not rig.folded else -0.02
    swing = 0.015 * m.cycle(1.0, 0.2)
    outline = rig.at(
        (0.0, t - 0.06 * u), (0.085 * g, t - 0.07 * u), (0.08 * g + body.belly, 0.1 * u),
        (0.105 * g + 0.7 * body.belly + swing, low * u), (-0.01 * g + swing, (low - 0.012) * u),
        (-0.015 * g, 0.1 * u),
    )  # fmt: skip
    d.form(smooth(outline, True, 3), paint.pale, line=0.8, shade=0.5, key="apron")
    tie = rig.at((-0.085 * g, 0.1 * u), (-0.01 * g, 0.085 * u))
    d.stroke(tie, 0.9, paint.pale, wobble=0.3, key="tie")
    strap = rig.at((0.0, t - 0.06 * u), (-0.02 * g, t + 0.025 * u))
    d.stroke(strap, 0.9, paint.pale, wobble=0.2, key="strap")


def _tools(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """Braces and a belt with a pouch."""
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    belt = rig.at((-0.095 * g, 0.02 * u), (0.0, 0.0), (0.088 * g + body.belly, 0.02 * u))
    d.stroke(smooth(belt), 2.2, paint.trunk, key="belt", taper=(0.05, 0.05))
    pouch = rig.at(
        (-0.03 * g, 0.015 * u),
        (0.03 * g, 0.01 * u),
        (0.026 * g, -0.06 * u),
        (-0.028 * g, -0.055 * u),
    )
    d.form(smooth(pouch, True, 3), paint.accent, line=0.7, shade=0.5, key="pouch")
    brace = rig.at((-0.02 * g, t + 0.025 * u), (0.03 * g, t * 0.6), (0.035 * g, 0.02 * u))
    d.stroke(smooth(brace), 1.3, paint.trunk, wobble=0.2, key="brace", taper=(0.05, 0.05))


def _bib(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """Overalls: the trousers go up to the breast."""
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    bib = rig.at(
        (-0.02 * g, t - 0.1 * u), (0.08 * g, t - 0.1 * u), (0.082 * g + body.belly, 0.06 * u),
        (0.09 * g + 0.6 * body.belly, -0.03 * u), (-0.1 * g, -0.03 * u), (-0.092 * g, 0.06 * u), (-0.03 * g, 0.1 * u),
    )  # fmt: skip
    d.form(smooth(bib, True, 3), paint.legs, line=0.8, shade=0.5, key="bib")
    strap = rig.at((0.0, t - 0.1 * u), (-0.04 * g, t + 0.02 * u))
    d.stroke(strap, 1.4, paint.legs, wobble=0.2, key="strap", taper=(0.05, 0.05))
    x, y = rig.at((0.02 * g, t - 0.12 * u))[0]
    d.dot(x, y, 0.009 * u, paint.accent)


def _sash(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """A soldier's strap across the breast, and buttons."""
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    strap = rig.at((-0.05 * g, t + 0.02 * u), (0.0, t * 0.55), (0.075 * g + body.belly, 0.04 * u))
    d.stroke(smooth(strap), 1.9, paint.pale, wobble=0.2, key="sash", taper=(0.04, 0.04))
    belt = rig.at((-0.095 * g, 0.05 * u), (0.0, 0.03 * u), (0.08 * g + body.belly, 0.05 * u))
    d.stroke(smooth(belt), 1.7, paint.dark, key="belt", taper=(0.05, 0.05))
    for k in (0.75, 0.55, 0.35):
        x, y = rig.at((0.062 * g + body.belly * (1 - k), t * k))[0]
        d.dot(x, y, 0.009 * u, paint.glow)


def _ermine(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """A white collar with dark tails over a royal cape."""
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    collar = rig.at(
        (-0.09 * g, t + 0.035 * u), (0.06 * g, t + 0.04 * u), (0.105 * g, t - 0.035 * u),
        (0.03 * g, t - 0.075 * u), (-0.06 * g, t - 0.06 * u), (-0.12 * g, t - 0.02 * u),
    )  # fmt: skip
    d.form(smooth(collar, True, 4), paint.white, line=0.8, shade=0.4, key="ermine")
    for x, y in ((-0.06, -0.02), (0.0, -0.04), (0.06, -0.02)):
        spot = rig.at((x * g, t + y * u))[0]
        d.dot(spot[0], spot[1], 0.008 * u, paint.dark)


def _cross(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t = body.unit, body.trunk
    cord = rig.at((0.0, t + 0.01 * u), (0.05 * u, t - 0.1 * u), (0.06 * u, t - 0.13 * u))
    d.stroke(smooth(cord), 0.6, paint.glow, wobble=0.2)
    c = cord[2]
    for a, b in (((0.0, 0.0), (0.0, 0.07)), ((-0.022, 0.022), (0.022, 0.022))):
        d.stroke(points(a, b) * u + c, 1.3, paint.glow, wobble=0, taper=(0.02, 0.02))


def _stethoscope(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t = body.unit, body.trunk
    tube = rig.at(
        (-0.03 * u, t + 0.035 * u), (0.02 * u, t - 0.05 * u), (0.05 * u, t - 0.12 * u),
        (0.068 * u, t - 0.05 * u), (0.045 * u, t + 0.035 * u),
    )  # fmt: skip
    d.stroke(smooth(tube), 1.0, paint.dark, wobble=0.2, key="tube")
    x, y = tube[2] + points(0.0, 0.02) * u
    d.form(circle(x, y, 0.016 * u, count=12), paint.accent, line=0.6, shade=0.2, key="disc")


def _neckerchief(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    cloth = rig.at(
        (-0.06 * g, t + 0.035 * u),
        (0.05 * g, t + 0.03 * u),
        (0.065 * g, t - 0.01 * u),
        (0.04 * g, t - 0.07 * u),
        (0.0, t - 0.01 * u),
    )
    d.form(smooth(cloth, True, 3), paint.accent, line=0.7, shade=0.4, key="kerchief")


def _bands(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """A sailor's jersey."""
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    for k in (0.2, 0.42, 0.64, 0.84):
        w = (0.082 if k < 0.6 else 0.092) * g
        band = rig.at(
            (-w, t * k + 0.008 * u),
            (0.0, t * k - 0.012 * u),
            (w + body.belly * (1 - k), t * k + 0.006 * u),
        )
        d.stroke(smooth(band), 1.6, paint.second, wobble=0.3, taper=(0.03, 0.03))
    _neckerchief(d, paint, rig, body, m)


def _shawl(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    swing = 0.01 * m.cycle(0.5, 0.2)
    cloth = rig.at(
        (-0.06 * g, t + 0.035 * u), (0.05 * g, t + 0.03 * u), (0.105 * g, t - 0.05 * u),
        (0.05 * g, t - 0.14 * u), (-0.04 * g + swing, t - 0.21 * u), (-0.12 * g, t - 0.12 * u),
        (-0.115 * g, t - 0.02 * u),
    )  # fmt: skip
    fill = "dotted" if paint.fill == "plain" else "plain"
    tube = Tube(rig.at((0.0, t + 0.03 * u), (0.0, t - 0.2 * u)), [0.06, 0.12], 8)
    d.form(
        smooth(cloth, True, 4), paint.accent, line=0.8, shade=0.6, fill=fill, body=tube,
        colour2=paint.pale, key="shawl",
    )  # fmt: skip


def _nappy(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """A baby's bib."""
    u, t = body.unit, body.trunk
    c = rig.at((0.06 * u, t - 0.03 * u))[0]
    d.form(circle(c[0], c[1], 0.06 * u, 0.055 * u, 16), paint.white, line=0.7, shade=0.3, key="bib")


def _dog_collar(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t = body.unit, body.trunk
    collar = Tube(rig.at((-0.03 * u, t + 0.03 * u), (0.035 * u, t + 0.03 * u)), [0.016 * u] * 2, 6)
    d.form(collar.outline(), paint.white, line=0.7, shade=0.1, key="collar")


def _badge(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """A star on the breast and a belt."""
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    x, y = rig.at((0.0, t - 0.075 * u))[0]
    d.form(circle(x, y, 0.02 * u, count=10), paint.glow, line=0.6, shade=0.1, key="badge")
    belt = rig.at((-0.095 * g, 0.03 * u), (0.0, 0.01 * u), (0.085 * g + body.belly, 0.03 * u))
    d.stroke(smooth(belt), 2.0, paint.dark, key="belt", taper=(0.05, 0.05))


def _holster(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """An open waistcoat, and a belt that hangs to one side."""
    u, t, g = body.unit, body.trunk, body.girth * body.unit
    vest = rig.at(
        (-0.06 * g, t + 0.03 * u), (0.02 * g, t + 0.02 * u), (0.035 * g, 0.4 * t),
        (0.02 * g, 0.0), (-0.09 * g, 0.0), (-0.088 * g, 0.1 * u), (-0.1 * g, t - 0.03 * u),
    )  # fmt: skip
    d.form(smooth(vest, True, 3), paint.trunk, line=0.8, shade=0.6, key="vest")
    belt = rig.at((-0.1 * g, 0.015 * u), (0.0, -0.02 * u), (0.09 * g + body.belly, 0.02 * u))
    d.stroke(smooth(belt), 2.0, paint.dark, key="belt", taper=(0.05, 0.05))


def _ruff(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t = body.unit, body.trunk
    places = rig.at(*((0.025 * k * u, t + (0.022 - 0.004 * k * k) * u) for k in range(-3, 4)))
    rings = [circle(x, y, 0.026 * u, 0.032 * u, 10) for x, y in places]
    d.multi(rings, paint.white, line=0.8, key="ruff")


def _pompoms(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t = body.unit, body.trunk
    for k, q in enumerate((0.72, 0.45, 0.15)):
        x, y = rig.at((0.045 * u + body.belly * (1 - q), t * q))[0]
        ball = circle(x, y, 0.024 * u, count=10)
        d.form(ball, paint.accent, line=0.7, shade=0.3, key=f"pompom{k}")


def _tank(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """Air on the back."""
    u, t = body.unit, body.trunk
    tank = Tube(rig.at((-0.13 * u, t - 0.02 * u), (-0.13 * u, 0.05 * u)), [0.045 * u] * 2, 8)
    d.form(tank.outline(), paint.glow, line=0.9, shade=0.6, key="tank")


def _pack(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    u, t = body.unit, body.trunk
    box = rig.at((-0.08 * u, t), (-0.2 * u, t - 0.01 * u), (-0.21 * u, 0.02 * u), (-0.08 * u, 0.0))
    d.form(smooth(box, True, 2), paint.second, line=0.9, shade=0.7, key="pack")


BEHIND: Final = frozenset({"cape", "wings", "tank", "pack"})
"""Attire that is drawn before the body."""

ATTIRE: Final[Mapping[str, Attire]] = {
    "cape": _cape,
    "wings": _wing_far,
    "apron": _apron,
    "tools": _tools,
    "bib": _bib,
    "sash": _sash,
    "ermine": _ermine,
    "cross": _cross,
    "stethoscope": _stethoscope,
    "kerchief": _neckerchief,
    "bands": _bands,
    "shawl": _shawl,
    "nappy": _nappy,
    "dog-collar": _dog_collar,
    "badge": _badge,
    "holster": _holster,
    "ruff": _ruff,
    "pompoms": _pompoms,
    "tank": _tank,
    "pack": _pack,
}
"""By name."""
