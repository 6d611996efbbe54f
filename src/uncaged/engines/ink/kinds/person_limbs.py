"""Legs, arms and the neck of people, in trousers, stockings, sleeves or skin. Knows joints, no postures.

How it is built: a limb is a tube through its joints; hand and shoe are outlines set on its end.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour, lighter
from uncaged.engines.ink.curves import Tube, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.mitten import mitten
from uncaged.engines.ink.kinds.person_cuts import Worn
from uncaged.engines.ink.kinds.person_rig import Arm, Leg, Rig, turned
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.numbers import lerp
from uncaged.engines.ink.paint import Paint

SHOE = Tube(
    points((-0.022, 0.012), (0.03, 0.01), (0.085, 0.018)), [0.026, 0.027, 0.014], 8
).outline()
"""A shoe, seen from its ankle."""


def leg(d: Drawing, paint: Paint, limb: Leg, worn: Worn, far: bool) -> None:
    """A leg and its shoe."""
    b = worn.body
    name = "far" if far else "near"
    thick = b.unit * (0.35 + 0.65 * b.girth)
    if worn.cut.bare:
        colour = paint.skin_shadow if far else paint.skin
    else:
        colour = lighter(paint.legs, -0.06) if far else paint.legs
    tube = Tube(limb.joints, [r * thick for r in worn.cut.legs], 16)
    d.form(tube.outline(), colour, line=0.8, shade=0.4, key=f"leg-{name}")
    if worn.cut.lines in ("shorts", "trunks"):
        cloth = lighter(paint.legs, -0.06) if far else paint.legs
        if worn.cut.lines == "trunks":
            cloth = paint.shadow if far else paint.colour
        upper = Tube(lerp(limb.joints[0], limb.joints[:2], 0.62), [0.066 * thick, 0.062 * thick], 8)
        d.form(upper.outline(), cloth, line=0.7, shade=0.4, key=f"short-{name}")
    ankle = limb.joints[2]
    shoe = turned(ankle + SHOE * b.unit, limb.foot, ankle)
    bare = worn.cut.sleeve == 0.0 or worn.skin
    foot = (paint.skin_shadow if far else paint.skin) if bare else paint.dark
    d.form(shoe, foot, line=0.6, shade=0.3 if bare else 0, key=f"shoe-{name}")


def arm(d: Drawing, paint: Paint, limb: Arm, worn: Worn, far: bool) -> None:
    """Hand, then the sleeve over its wrist, as long as it is cut."""
    b, name = worn.body, "far" if far else "near"
    skin: Colour = paint.skin_shadow if far else paint.skin
    cloth = paint.shadow if far else paint.colour
    thick = b.unit * (0.4 + 0.6 * b.girth)
    radii = [r * thick for r in (0.045, 0.04, 0.034, 0.027)]
    wrist = limb.joints[2] + limb.along * 0.6 * b.hand
    hand = mitten(wrist, limb.along, b.hand, 1, limb.hand)
    if worn.cut.sleeve < 1:
        bare = Tube(limb.joints, [0.8 * r for r in radii], 14)
        d.form(bare.outline(), skin, line=0.8, shade=0.4, key=f"arm-{name}")
    d.form(hand, skin, line=0.6, shade=0.2, key=f"hand-{name}")
    if worn.cut.sleeve >= 1:
        sleeve = Tube(limb.joints, radii, 14)
        d.form(sleeve.outline(), cloth, line=0.85, shade=0.6, key=f"arm-{name}")
    elif worn.cut.sleeve > 0:
        shoulder, elbow = limb.joints[0], limb.joints[1]
        end = lerp(shoulder, elbow, min(1.0, 2 * worn.cut.sleeve))
        sleeve = Tube(np.stack([shoulder, end]), [radii[0], radii[1] * 1.12], 8)
        d.form(sleeve.outline(), cloth, line=0.85, shade=0.6, key=f"sleeve-{name}")


def neck(d: Drawing, paint: Paint, rig: Rig, body: Stature) -> None:
    """Between the collar and the head."""
    half = 0.029 * body.unit * (0.5 + 0.5 * body.girth)
    low, high = rig.shoulder + rig.up * 0.012, lerp(rig.shoulder, rig.head, 0.85)
    v = high - low
    across = points(-v[1], v[0]) * (half / float(np.sqrt(v[0] * v[0] + v[1] * v[1]) + 1e-9))
    outline = np.stack([low - across, high - across * 0.92, high + across * 0.92, low + across])
    d.form(outline, paint.skin, line=0.7, shade=0.3, key="neck")
