"""Horse, donkey, zebra, unicorn: a row of numbers each, and what only they have: mane, bristles, ears, a horn.

The mane is one closed form with a torn edge and four strands, told along the neck; it comes late.
"""

from dataclasses import replace

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_coats as coat
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast, Posed
from uncaged.engines.ink.kinds.beast_figure import of
from uncaged.engines.ink.kinds.beast_gaits import RUN, walk
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.quadruped import Leg, walks
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.paint import Paint

CREST = np.linspace(0.86, 0.0, 6)
TORN_U = points(0.03, 0.14, 0.22, 0.33, 0.43, 0.56, 0.66, 0.8, 0.9)
TORN_V = points(0.7, -0.35, 0.25, -0.45, 0.2, -0.4, 0.25, -0.15, 0.35)
"""The torn lower edge of the mane, along and across the neck, from the withers up."""
LATE = (0, 3, 3, 2, 2, 1, 1, 0, 0)
"""Which wave moves each of these points; 3 = the latest."""
BROW_U = points(0.05, 0.34, 0.24, 0.1, 0.0)
BROW_V = points(0.3, 0.35, 1.0, 1.16, 1.05)
"""The forelock and the brow, along and across the head."""
STRAND = np.linspace(0.15, 0.92, 8)
EAR = leaf((0.0, 0.02), (0.02, -0.1), 0.024).outline()
LONG_EAR = leaf((0.0, 0.03), (-0.02, -0.2), 0.034).outline()
NOSE_U = points(0.7, 0.8, 1.0, 1.0, 0.84, 0.72)
NOSE_V = points(0.2, 0.96, 0.99, -0.99, -0.96, -0.5)
BRISTLE = points(1.1, 1.75, 1.25, 1.8, 1.25, 1.7, 1.2, 1.6, 1.1)


def mane(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Each tuft waves a little later than the one before it, and is blown back when the horse goes."""
    blown = 0.05 if at.moment.act == "run" else 0.02 if walks(at.moment) else 0.0
    wave = [0.02 * at.moment.cycle(1.0, 0.12 * k) + blown for k in range(4)]
    torn = at.neck.at(TORN_U, TORN_V)
    torn[:, 0] -= np.array([wave[k] for k in LATE])
    crest = at.neck.at(CREST, 1.12)
    edge = np.concatenate([at.head.at(BROW_U, BROW_V), _nape(at), crest, torn])
    drawing.form(smooth(edge, True, 3), paint.second, line=0.7, shade=0.6)
    for k in range(4):
        start, end = at.neck.at(0.92 - 0.22 * k, 0.9), at.neck.at(0.72 - 0.2 * k, -0.05)
        end = end - points(wave[k], 0.0)
        middle = at.neck.at(0.82 - 0.22 * k, 0.5) - points(0.04, 0.0)
        drawing.stroke(bezier(start, middle, end, 8), 0.6, paint.ink, wobble=0.6)


def _nape(at: Posed) -> Array:
    """The point behind the skull where mane and head meet, (1, 2)."""
    head = at.head
    return head.p[:1] - head.tangent[:1] * (1.1 * head.r[0]) + head.normal[:1] * (0.35 * head.r[0])


def bristles(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A mane that stands up."""
    upper = at.neck.at(np.linspace(1.0, 0.0, len(BRISTLE)), BRISTLE)
    brow = at.head.at(BROW_U[2:], BROW_V[2:])
    form = np.concatenate([brow, _nape(at), upper, at.neck.at(CREST[::-1], 0.8)])
    drawing.form(form, paint.dark, line=0.6, shade=0.4)


def strands(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Three lines of hair in a tail."""
    for k in (-0.4, 0.1, 0.5):
        drawing.stroke(at.tail.at(STRAND, k), 0.6, paint.ink, wobble=0.5)


def upright_ears(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Two narrow ears."""
    _ears(drawing, paint, at, EAR)


def long_ears(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """The ears of a donkey."""
    _ears(drawing, paint, at, LONG_EAR)


def _ears(drawing: Drawing, paint: Paint, at: Posed, shape: Array) -> None:
    for k, colour in enumerate((paint.shadow, paint.colour)):
        root = points(0.0 + 0.03 * (1 - k), 0.0)
        drawing.form(at.ear(shape, root, 0.1 * k), colour, line=0.8, shade=0.2)


def pale_muzzle(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A nose dipped in flour, and a pale ring about the eye."""
    drawing.form(at.head.at(NOSE_U, NOSE_V), paint.pale, line=0, shade=0.2)
    spot = at.head.at(0.3, 0.3)
    drawing.flat(circle(spot[0], spot[1], 0.034, 0.03, 12), paint.pale)
    part.lips(drawing, paint, at)


def dark_muzzle(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A nose dipped in ink."""
    drawing.form(at.head.at(NOSE_U, NOSE_V), paint.dark, line=0, shade=0.2)
    part.smile(drawing, paint, at, -0.45, 0.6)


def horned(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Ears, and one long turned horn from the brow."""
    upright_ears(drawing, paint, at)
    root = at.head.at(0.3, 0.7)
    up = at.head.normal[4]
    tip = root + up * 0.3 + at.head.tangent[4] * 0.1
    spike = Tube(np.stack([root, tip]), [0.024, 0.0], 10)
    drawing.form(spike.outline(), paint.accent, line=0.8, shade=0.3)
    for u in (0.2, 0.4, 0.6, 0.78):
        turn = spike.at(points(u, u + 0.08), points(-0.95, 0.95))
        drawing.stroke(turn, 0.5, paint.ink, wobble=0.1)


HORSE = Beast(
    body=(
        (-0.42, -0.56, 0.07),
        (-0.26, -0.575, 0.145),
        (0.0, -0.53, 0.135),
        (0.24, -0.56, 0.15),
        (0.36, -0.6, 0.09),
    ),
    neck=((0.22, -0.58, 0.15), (0.32, -0.67, 0.12), (0.4, -0.78, 0.085), (0.5, -0.92, 0.07)),
    head=((0.46, -0.95, 0.068), (0.53, -0.9, 0.075), (0.6, -0.86, 0.05), (0.71, -0.77, 0.045)),
    tail=(
        (-0.4, -0.6, 0.02),
        (-0.53, -0.6, 0.045),
        (-0.6, -0.42, 0.06),
        (-0.59, -0.3, 0.05),
        (-0.58, -0.18, 0.0),
    ),
    hips=((-0.3, -0.5), (0.24, -0.48)),
    hind=Leg(0.185, 0.185, foot=0.17, thigh=0.09, shank=0.032, ankle=0.024, paw=0.042, hoof=True),
    fore=Leg(0.15, 0.235, foot=0.13, thigh=0.06, shank=0.032, ankle=0.024, paw=0.042, hoof=True),
    gait=walk(0.17, lift=0.09, bounce=0.014),
    eye=(0.3, 0.017),
    crown=upright_ears,
    face=part.lips,
    marks=(mane,),
    tip=strands,
    hair=True,
)

DONKEY = replace(
    HORSE,
    neck=((0.22, -0.58, 0.14), (0.32, -0.65, 0.115), (0.4, -0.74, 0.085), (0.47, -0.84, 0.07)),
    head=((0.43, -0.87, 0.07), (0.51, -0.83, 0.08), (0.59, -0.77, 0.055), (0.7, -0.68, 0.052)),
    tail=((-0.42, -0.58, 0.02), (-0.51, -0.54, 0.018), (-0.55, -0.4, 0.014), (-0.54, -0.3, 0.014)),
    crown=long_ears,
    face=pale_muzzle,
    marks=(coat.belly, bristles),
    tip=coat.tuft,
    hair=False,
)
ZEBRA = replace(
    DONKEY,
    head=HORSE.head,
    neck=HORSE.neck,
    crown=upright_ears,
    face=dark_muzzle,
    coat=(coat.zebra,),
    marks=(bristles,),
)
UNICORN = replace(HORSE, crown=horned)


def _horse(
    name: str, beast: Beast, at: tuple[float, float], home: str, hue: str, metres: float
) -> None:
    register(
        Kind(
            name,
            of(beast),
            at=at,
            height=0.50,
            home=home,
            width=1.15,
            top=(-0.06, -0.66),
            shadow=0.48,
            gait=beast.gait.travel,
            runs=RUN * beast.gait.travel,
            motion="walk",
            hue=hue,
            quiet=("striped",) if beast is ZEBRA else (),
            metres=metres,
            postures=POSTURES,
            holds=Holds(beast),
            grip=beast.body[1][:2],
        )
    )


_horse("horse", HORSE, (0.44, 0.74), "meadow", "", 1.9)
_horse("donkey", DONKEY, (1.51, 0.22), "hills", "grey", 1.3)
_horse("zebra", ZEBRA, (1.45, 0.28), "desert", "white", 1.6)
_horse("unicorn", UNICORN, (1.57, 0.28), "forest", "white", 1.9)
