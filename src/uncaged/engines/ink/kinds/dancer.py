"""A dancer who goes from one key pose to the next, a skirt and a ribbon that come late. Knows no stage.

How it is built: a pose is ten numbers (a row of `POSES`); a sequence of four is drawn by lot, the way between two is
eased, begins with a little of the opposite and dips at the knees. The hip stands over the foot that carries, at the
height the lowest foot gives it. Skirt and ribbon are where thighs and hand were a moment earlier. A dancer who sits,
lies or has something to do with the hands is a person like others, in the clothes of a dancer.
"""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from uncaged.engines.ink.colour import Colour, lighter
from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.face import Face, Place, draw_face, face
from uncaged.engines.ink.kinds.mitten import mitten
from uncaged.engines.ink.kinds.person import somebody
from uncaged.engines.ink.kinds.person_gaits import GAITS
from uncaged.engines.ink.kinds.person_reaches import HOLDS
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, clamp, cos, ease, lerp, over, sin
from uncaged.engines.ink.paint import Paint

THIGH, SHIN, UPPER, FORE, TRUNK, NECK = 0.26, 0.25, 0.17, 0.16, 0.29, 0.115
"""Lengths."""
HAND = 0.026


class Pose(NamedTuple):
    """Angles in turns from straight down, forward positive (lean: from straight up); lift: height of the leap."""

    lean: float
    near_arm: float
    near_hand: float
    far_arm: float
    far_hand: float
    near_thigh: float
    near_shin: float
    far_thigh: float
    far_shin: float
    lift: float


POSES = (
    Pose(0.02, 0.30, 0.36, -0.22, -0.28, 0.03, 0.00, -0.17, -0.21, 0.0),  # arabesque
    Pose(-0.02, 0.42, 0.52, -0.42, -0.52, 0.07, -0.06, -0.07, 0.04, 0.0),  # arms up
    Pose(0.00, 0.25, 0.33, -0.25, -0.20, 0.17, -0.05, -0.02, -0.03, 0.0),  # passé
    Pose(0.04, 0.33, 0.29, -0.20, -0.26, 0.20, 0.19, -0.19, -0.23, 0.16),  # leap
    Pose(-0.05, 0.18, 0.34, -0.38, -0.46, 0.02, -0.02, -0.12, -0.22, 0.0),  # turn
    Pose(0.05, 0.12, 0.05, -0.30, -0.38, 0.10, -0.13, -0.10, -0.17, 0.0),  # bow
)


@dataclass(frozen=True, slots=True)
class Dancer:
    """What the lot decided. sequence: the poses of one round. skirt: its length, 0 = tights. off: when not dancing."""

    paint: Paint
    sequence: tuple[Pose, ...]
    face: Face
    ribbon: bool
    skirt: float
    off: Figure


@dataclass(frozen=True, slots=True)
class Bones:
    """Where the joints are. Each leg: hip, knee, foot; each arm: shoulder, elbow, wrist."""

    hip: Array
    shoulder: Array
    head: Array
    near_leg: Array
    far_leg: Array
    near_arm: Array
    far_arm: Array


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A dancer with four poses of their own; a dancer has no forms."""
    sequence = [stream.integer(0, len(POSES) - 1)]
    while len(sequence) < 4:
        following = stream.integer(0, len(POSES) - 1)
        if following != sequence[-1] and not (len(sequence) == 3 and following == sequence[0]):
            sequence.append(following)
    skirt = stream.pick((1.0, 1.0, 0.8, 1.4, 0.0))
    hair = (
        ("bun", "bun", "long", "ponytail", "afro", "braids") if skirt else ("crop", "bun", "curls")
    )
    who = face(stream.sub("face"), stream.pick(hair), half=0.4)
    poses = tuple(POSES[i] for i in sequence)
    off = somebody(stream.sub("off"), paint, "frock" if skirt else "tee")
    return partial(_draw, Dancer(paint, poses, who, stream.chance(0.7), skirt, off))


def _pose(dancer: Dancer, turns: float) -> Pose:
    """The pose after so many rounds of the sequence."""
    place = turns % 1 * len(dancer.sequence)
    k = int(place)
    way = place - k
    start, end = dancer.sequence[k], dancer.sequence[(k + 1) % len(dancer.sequence)]
    q = ease(over(way, 0.15, 0.95))
    if way < 0.3:
        q -= 0.06 * sin(TAU * over(way, 0, 0.3))
    pose = Pose(*(lerp(a, b, q) for a, b in zip(start, end, strict=True)))
    dip = 0.035 * sin(PI * clamp(q))
    return pose._replace(
        near_thigh=pose.near_thigh + dip,
        near_shin=pose.near_shin - dip,
        far_thigh=pose.far_thigh + dip,
        far_shin=pose.far_shin - dip,
    )


def _way(turns: float) -> Array:
    """The unit vector at an angle from straight down."""
    return points(sin(TAU * turns), cos(TAU * turns))


def _limb(start: Array, first: float, second: float, upper: float, lower: float) -> Array:
    joint = start + _way(first) * upper
    return points(start, joint, joint + _way(second) * lower)


def _bones(pose: Pose) -> Bones:
    """Puts the pose on the ground: the lowest foot stands, and the hip comes over the foot that carries more."""
    near = _limb(points(0, 0), pose.near_thigh, pose.near_shin, THIGH, SHIN)
    far = _limb(points(0, 0), pose.far_thigh, pose.far_shin, THIGH, SHIN)
    low = max(near[2, 1], far[2, 1])
    carries = clamp(0.5 + (near[2, 1] - far[2, 1]) * 4)
    hip = points(-0.55 * lerp(far[2, 0], near[2, 0], carries), -low - 0.03 - pose.lift)
    shoulder = hip - _way(pose.lean) * TRUNK
    head = shoulder - _way(pose.lean * 1.4) * NECK
    return Bones(
        hip,
        shoulder,
        head,
        near + hip,
        far + hip,
        _limb(shoulder + points(-0.015, 0.02), pose.near_arm, pose.near_hand, UPPER, FORE),
        _limb(shoulder + points(0.02, 0.02), pose.far_arm, pose.far_hand, UPPER, FORE),
    )


def _draw(dancer: Dancer, d: Drawing, m: Moment) -> None:
    if m.gesture != "none" or m.posture not in ("", "stand") or m.act in GAITS.keys() - {"dance"}:
        dancer.off(d, m)
        return
    paint = dancer.paint
    dances = m.act == "dance"
    turns = m.turn(0.5) if dances else 0.0
    pose = late = _pose(dancer, turns)
    if dances:
        late = _pose(dancer, turns - 0.05)
    else:
        pose = late = Pose(*(x + 0.008 * m.cycle(0.5, 0.05 * i) for i, x in enumerate(pose)))
    bones = _bones(pose)
    _arm(d, bones.far_arm, paint.skin_shadow, "far")
    if dancer.skirt:
        _leg(d, bones.far_leg, paint.skin_shadow, "far")
        _leg(d, bones.near_leg, paint.skin, "near")
        _skirt(dancer, d, m, bones, late)
    else:
        _leg(d, bones.far_leg, lighter(paint.legs, -0.06), "far")
        _leg(d, bones.near_leg, paint.legs, "near")
    _bodice(dancer, d, bones)
    blown = 0.8 if dances else 0.0
    place = Place(float(bones.head[0]), float(bones.head[1]), 0.056, pose.lean * 4, blown=blown)
    draw_face(d, paint, dancer.face, place, m)
    _arm(d, bones.near_arm, paint.skin, "near")
    if dancer.ribbon:
        _ribbon(dancer, d, m, turns, bones.near_arm[2], dances)


def _leg(d: Drawing, joints: Array, colour: Colour, name: str) -> None:
    """A leg down to the pointed toe."""
    toe = joints[2] + (joints[2] - joints[1]) * 0.22
    radii = [0.056, 0.05, 0.038, 0.036, 0.026, 0.016, 0.008]
    leg = Tube([*joints, toe], radii, 20)
    d.form(leg.outline(), colour, line=0.85, shade=0.5, key=f"leg-{name}")


def _arm(d: Drawing, joints: Array, colour: Colour, name: str) -> None:
    along = (joints[2] - joints[1]) / FORE
    hand = mitten(joints[2], along, HAND, 1 if name == "near" else -1)
    d.form(hand, colour, line=0.6, shade=0.2, key=f"hand-{name}")
    arm = Tube(joints, [0.034, 0.03, 0.026, 0.021, 0.016], 18)
    d.form(arm.outline(), colour, line=0.85, shade=0.4, key=f"arm-{name}")


def _skirt(dancer: Dancer, d: Drawing, m: Moment, bones: Bones, late: Pose) -> None:
    """Its hem lies on an arc between the thighs of a moment ago, and ripples."""
    paint, hip = dancer.paint, bones.hip
    lean = (late.near_thigh + late.far_thigh) * 0.5
    spread = abs(late.near_thigh - late.far_thigh) * 0.9 + 0.1
    hem: list[Array] = []
    for k in range(9):
        angle = clamp(lean - spread + 2 * spread * k / 8, -0.3, 0.3)
        radius = (
            0.27 * dancer.skirt + 0.02 * sin(TAU * (m.turn(1) + k * 0.31)) + (0.02 if k % 2 else 0)
        )
        hem.append(hip + _way(angle) * radius)
    outline = points(hip + points(-0.055, -0.06), *hem, hip + points(0.055, -0.06))
    tube = Tube([hip + points(0, -0.08), hip + _way(lean) * 0.3], [0.05, 0.3], 10)
    d.form(
        smooth(outline, True, 4),
        paint.colour,
        fill=paint.fill,
        body=tube,
        colour2=paint.pattern,
        shade=0.9,
        key="skirt",
    )
    for k in (2, 4, 6):
        fold = points(hip + points((k - 4) * 0.01, -0.03), lerp(hip, hem[k], 0.9))
        d.stroke(fold, 0.6, key=f"fold{k}")


def _bodice(dancer: Dancer, d: Drawing, bones: Bones) -> None:
    paint, hip, sh = dancer.paint, bones.hip, bones.shoulder
    trunk = sh - hip
    across = points(-trunk[1], trunk[0])
    waist = lerp(hip, sh, 0.45)
    outline = [
        hip + across * 0.19 + points(0, -0.04),
        waist + across * 0.16,
        sh + across * 0.24,
        sh + across * 0.1 + trunk * 0.03,
        sh - across * 0.1,
        sh - across * 0.24,
        waist - across * 0.16,
        hip - across * 0.19 + points(0, -0.04),
    ]
    neck = Tube([sh, bones.head + points(0, 0.02)], [0.024, 0.022], 6)
    d.form(neck.outline(), paint.skin, line=0.8, shade=0.2, key="neck")
    d.form(smooth(outline, True, 4), paint.colour, shade=0.7, line=0.9, key="bodice")


def _ribbon(dancer: Dancer, d: Drawing, m: Moment, turns: float, hand: Array, dances: bool) -> None:
    """It lies along the way the hand came, drifts off and sinks."""
    trail = [hand]
    for k in range(1, 7):
        was = _bones(_pose(dancer, turns - 0.03 * k)).near_arm[2] if dances else hand
        wave = points(
            0.05 * sin(TAU * (m.turn(1) - 0.16 * k)),
            0.05 * sin(TAU * (m.turn(1) - 0.2 * k)) * k * 0.35,
        )
        trail.append(was + wave + points(-0.06 * k, 0.006 * k * k))
    tube = Tube(smooth(trail), [0.008, 0.02, 0.012, 0.022, 0.01], 26)
    d.form(tube.outline(), dancer.paint.accent, line=0.7, shade=0.3, key="ribbon")


register(
    Kind(
        "dancer",
        build,
        at=(0.74, 0.08),
        height=0.72,
        home="room",
        width=0.6,
        top=(0.0, -0.97),
        shadow=0.24,
        motion="dance",
        metres=1.7,
        postures=("sit", "lie", "sleep", "kneel"),
        holds=HOLDS,
        grip=(0.0, -0.45),
        traits=("person", "somebody", "dancing"),
    )
)
