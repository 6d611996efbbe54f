"""A seashell: a scallop, a clam with its pearl, a conch. The clam opens and shuts; the others only gleam."""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Array, Stream, cos, ease, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("scallop", "clam", "conch")
RIBS = 9


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A shell of the form, or of one its seed chooses."""
    form = (
        form if form in FORMS else stream.sub("form").pick(("scallop", "scallop", "clam", "conch"))
    )
    tilt = stream.uniform(-0.12, 0.12)
    draw = {"scallop": _scallop, "clam": _clam, "conch": _conch}[form]

    def figure(drawing: Drawing, moment: Moment) -> None:
        draw(drawing, paint, moment, tilt)

    return figure


def valve(width: float, height: float) -> tuple[Array, list[Array]]:
    """A fan with its hinge at (0, 0), opening upwards: its scalloped contour, and its ribs."""
    rim: list[Array] = []
    ribs: list[Array] = []
    for k in range(RIBS + 1):
        angle = -0.5 * PI + 2.5 * (k / RIBS - 0.5)
        edge = points(cos(angle) * width, sin(angle) * height)
        if rim:
            middle = (rim[-1] + edge) / 2
            rim.append(middle * 1.06)
        rim.append(edge)
        ribs.append(np.stack([edge * 0.12, edge * 0.96]))
    ears = points((0.16, -0.08), (0.2, 0.03), (-0.2, 0.03), (-0.16, -0.08))
    return np.concatenate([smooth(np.stack(rim), False, 4), ears]), ribs[1:-1]


def _fan(drawing: Drawing, paint: Paint, place: tuple[float, Array], high: float, key: str) -> None:
    """One valve set down at a place (angle, hinge), with its ribs and bands of growth."""
    contour, ribs = valve(0.52, high)
    angle, hinge = place
    fill = paint.fill
    drawing.form(
        turned(contour, angle, hinge), paint.colour, fill=fill, colour2=paint.pattern, key=key
    )
    for k in (0.45, 0.72):
        band = turned(contour[2:-6] * k, angle, hinge)
        drawing.stroke(band, 0.8, paint.pattern, wobble=0.3, key=f"{key}band{k}")
    for k, rib in enumerate(ribs):
        drawing.stroke(turned(rib, angle, hinge), 0.8, paint.ink, wobble=0.3, key=f"{key}rib{k}")


def _scallop(drawing: Drawing, paint: Paint, moment: Moment, tilt: float) -> None:
    """It stands on its hinge and rocks."""
    rock = tilt + 0.03 * moment.cycle(0.5)
    _fan(drawing, paint, (rock, points(0.0, -0.03)), 0.9, "valve")


def _clam(drawing: Drawing, paint: Paint, moment: Moment, tilt: float) -> None:
    """Two valves on one hinge at the left; between them flesh and a pearl."""
    gape = 0.55 + 0.45 * ease(0.5 + 0.5 * moment.cycle(0.5))
    hinge = points(-0.42, -0.16)
    flesh = smooth(points((-0.36, -0.2), (0.0, -0.32), (0.4, -0.2), (0.1, -0.12)), True, 4)
    upper, ribs = valve(0.44, 0.98)
    _half(drawing, paint, upper, ribs, 0.5 * PI - 0.32 - 0.5 * gape, hinge, paint.pale, "in")
    drawing.form(flesh, paint.lip, line=0.7, shade=0.5, key="flesh")
    drawing.form(circle(0.08, -0.29, 0.1, count=18), paint.white, line=0.8, shade=0.6, key="pearl")
    drawing.dot(0.05, -0.32, 0.025, paint.glow)
    lower = smooth(
        points((-0.48, -0.22), (0.0, -0.24), (0.54, -0.22), (0.36, -0.04), (-0.1, 0.0)), True, 5
    )
    drawing.form(lower, paint.colour, fill=paint.fill, colour2=paint.pattern, key="lower")
    for k in range(5):
        x = -0.24 + 0.16 * k
        rib = smooth(points((-0.38, -0.16), (x * 0.9, -0.11), (x + 0.12, -0.03 - 0.02 * (k > 3))))
        drawing.stroke(rib, 0.7, paint.ink, wobble=0.3, key=f"rib{k}")


def _half(
    drawing: Drawing,
    paint: Paint,
    contour: Array,
    ribs: list[Array],
    angle: float,
    hinge: Array,
    colour: tuple[int, int, int],
    key: str,
) -> None:
    """The raised valve, seen from inside."""
    drawing.form(turned(contour, angle, hinge), paint.colour, shade=0.8, key=f"{key}rim")
    drawing.form(turned(contour * 0.9, angle, hinge), colour, line=0.5, shade=0.6, key=key)
    for k, rib in enumerate(ribs):
        drawing.stroke(turned(rib * 0.86, angle, hinge), 0.6, paint.pattern, key=f"{key}rib{k}")


def _conch(drawing: Drawing, paint: Paint, moment: Moment, tilt: float) -> None:
    """Whorls that grow from a point, and a mouth that glows."""
    rock = tilt + 0.02 * moment.cycle(0.5)
    foot = points(0.0, -0.02)
    whorls = ((-0.56, -0.3, 0.07), (-0.44, -0.32, 0.13), (-0.27, -0.35, 0.21), (0.02, -0.38, 0.34))
    for k, (x, y, r) in enumerate(whorls):
        knob = smooth(
            points(
                (x - 0.9 * r, y + 0.5 * r),
                (x - 0.75 * r, y - 0.6 * r),
                (x + 0.15 * r, y - 1.12 * r),
                (x + 0.8 * r, y - 0.5 * r),
                (x + 0.8 * r, y + 0.6 * r),
                (x, y + 1.0 * r),
            ),
            True,
            4,
        )
        drawing.form(
            turned(knob, 0.3 * rock, foot),
            paint.colour if k % 2 else paint.second,
            fill=paint.fill if k == 3 else "plain",
            colour2=paint.pattern,
            shade=0.9,
            key=f"whorl{k}",
        )
    lip = points(
        (0.0, -0.6), (0.34, -0.58), (0.5, -0.34), (0.62, -0.06), (0.2, -0.04), (-0.02, -0.26)
    )
    drawing.form(turned(smooth(lip, True, 5), 0.3 * rock, foot), paint.pale, shade=0.5, key="lip")
    mouth = Tube([(0.16, -0.5), (0.3, -0.32), (0.46, -0.1)], [0.03, 0.1, 0.03], 14)
    drawing.form(
        turned(mouth.outline(), 0.3 * rock, foot), paint.lip, line=0.7, shade=0.8, key="mouth"
    )


register(
    Kind(
        "shell",
        build,
        at=(1.67, 0.81),
        height=0.34,
        home="undersea",
        width=1.1,
        top=(0.0, -0.85),
        shadow=0.3,
        forms=FORMS,
        metres=0.1,
        grip=(0.0, -0.4),
        faces=False,
    )
)
