"""Broad wings seen from the front, with fingers: how an owl, an eagle and a vulture hang in the air. Knows no bodies.

Each wing is an arm and a hand; the hand follows the arm late. Its hind rim is scalloped, its tips are single feathers.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.shaping import blade, mirrored
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, cos, lerp, sin
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Span:
    """arm, hand: lengths of a wing's two parts. depth: how broad it is. fingers: single feathers at its tip; finger:
    their length. beats: a second, while it rows; it rows for a third of the time, else it hangs still."""

    arm: float = 0.3
    hand: float = 0.24
    depth: float = 0.24
    fingers: int = 5
    finger: float = 0.2
    beats: float = 1.0


def wings(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    span: Span,
    shoulder: Array,
    colours: tuple[Colour, Colour],
    phase: float = 0.0,
) -> None:
    """Both wings about the middle line, the left one first. colours: of the wing, which carries the pattern, and of its
    coverts. shoulder: of the right wing."""
    beat = moment.turn(span.beats) + phase
    row = 0.12 if moment.act == "glide" else 1.0
    arm = 0.16 + 0.5 * row * sin(TAU * beat)
    hand = -0.04 + 0.62 * row * sin(TAU * (beat - 0.14))
    for side in (-1, 1):
        outline, fingers, coverts = _wing(span, shoulder, arm, hand)
        parts = [outline, *fingers, coverts]
        if side < 0:
            parts = [mirrored(part) for part in parts]
        drawing.multi(parts[1:-1], colours[0], line=1.0, key=f"fingers{side}")
        drawing.form(
            parts[0],
            colours[0],
            fill=paint.fill if paint.fill != "outlined" else "plain",
            colour2=paint.pattern,
            shade=0.9,
            key=f"wing{side}",
        )
        drawing.form(parts[-1], colours[1], line=0.5, shade=0.4, key=f"coverts{side}")
        for k, finger in enumerate(parts[1:-1]):
            shaft = np.stack([finger[0], lerp(finger[0], finger[len(finger) // 2], 0.9)])
            drawing.stroke(shaft, 0.5, paint.ink, wobble=0.2, key=f"shaft{side}{k}")


def _wing(span: Span, shoulder: Array, arm: float, hand: float) -> tuple[Array, list[Array], Array]:
    """The right wing: its sail, its fingers, its coverts."""
    wrist = shoulder + points(cos(arm), -sin(arm)) * span.arm
    tip = wrist + points(cos(hand), -sin(hand)) * span.hand
    down = points(0.12 * span.depth, span.depth)
    lead = smooth([shoulder, lerp(shoulder, wrist, 0.5) + points(0, -0.03), wrist, tip], False, 5)
    heel = tip + down * 0.55
    back = smooth([heel, wrist + down * 0.92, shoulder + down * 1.02], False, 4)
    edge: list[Array] = []
    for k in range(4):
        a, b = back[2 * k], back[min(2 * k + 2, len(back) - 1)]
        edge += [a, (a + b) / 2 + points(0.01, 0.035), b]
    fingers: list[Array] = []
    for k in range(span.fingers):
        share = k / max(1, span.fingers - 1)
        angle = hand + 0.42 - 1.35 * share
        root = lerp(tip, heel, share * 0.9) - points(0.04, 0.0)
        length = span.finger * (1 - 0.35 * share * share) + 0.04
        feather = blade(root, root + points(cos(angle), -sin(angle)) * length, 0.032, -0.06)
        fingers.append(feather)
    inner = [lerp(wrist, wrist + down, 0.42), lerp(shoulder, shoulder + down, 0.5)]
    coverts = np.concatenate([lead[2:12], inner])
    return np.concatenate([lead, np.stack(edge)]), fingers, smooth(coverts[::2], True, 3)
