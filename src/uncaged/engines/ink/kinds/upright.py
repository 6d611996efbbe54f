"""Animals that stand on two legs: kangaroo, squirrel, and the dinosaur that hunts. A row of numbers for each of them.

The trunk turns about the hip, a heavy tail balances it, the foot is long; small arms hold what is held. Knows no names
of animals; how heads, ears and eyes are drawn is in `beast_parts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Build, Figure
from uncaged.engines.ink.kinds import beast_pose as pose
from uncaged.engines.ink.kinds.beast import ORIGIN, Part, PartByLot, Posed, Spine, Trunk, turned
from uncaged.engines.ink.kinds.beast_gaits import Gait, foot, paced
from uncaged.engines.ink.kinds.beast_parts import eye, skin
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.quadruped import walks
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, cos
from uncaged.engines.ink.paint import Paint

FAR = points(0.05, 0.0)
POSTURES = ("sit", "lie", "sleep", "kneel")


@dataclass(frozen=True, slots=True)
class Upright:
    """A two-legged animal in numbers, in heights, y down, facing right, feet on y = 0.

    body: from the hip to the shoulder. hip, shoulder: where leg and arm hang from. thigh, shank: lengths of the leg's
    bones; heel: where the heel is from the middle of the foot; toe: half the foot's length. leg: half widths at hip,
    knee, heel. arm: lengths of its two bones, arm_width: its half width. runs: how far it runs, in walks. hops: both
    feet at once. seated: how far it straightens when it sits, in radians; prone: how far it bends down when it lies.
    reach: how its hand is held before it, from the shoulder, in lengths of the arm.
    """

    body: Spine
    neck: Spine
    head: Spine
    tail: Spine
    hip: tuple[float, float]
    shoulder: tuple[float, float]
    thigh: float
    shank: float
    heel: tuple[float, float]
    toe: float
    leg: tuple[float, float, float]
    arm: tuple[float, float]
    arm_width: float
    gait: Gait
    runs: float = 1.4
    hops: bool = True
    seated: float = 0.3
    prone: float = -0.6
    reach: tuple[float, float] = (0.75, 0.25)
    eye: tuple[float, float] = (0.42, 0.018)
    crown: Part | None = None
    ears: Part | None = None
    face: Part | None = None
    marks: tuple[Part, ...] = ()
    coat: tuple[PartByLot, ...] = ()
    tail_first: Part | None = None
    claws: bool = False


@dataclass(frozen=True, slots=True)
class _Stand:
    """How it is held at a moment: trunk, where the feet are, how far the tail is turned, neck and head."""

    trunk: Trunk
    feet: tuple[Array, Array]
    tail: float
    neck: float
    head: float
    rests: bool


def of(row: Upright) -> Build:
    """What a kind needs to draw this animal."""
    return lambda stream, paint, form: build(stream, paint, row)


def hand(row: Upright, posture: str = "stand") -> tuple[float, float]:
    """Where it holds what it holds."""
    moment = Moment(0.0, posture=posture, gesture="hold")
    stand = _stand(row, moment)
    at = _hand(row, stand, moment)
    return round(float(at[0]), 3), round(float(at[1]), 3)


def hands(row: Upright) -> Mapping[str, tuple[float, float]]:
    """The same for each posture."""
    return {posture: hand(row, posture) for posture in ("stand", *POSTURES)}


def build(stream: Stream, paint: Paint, row: Upright) -> Figure:
    """An animal from its row."""
    coats = tuple(coat(stream.sub(coat.__name__)) for coat in row.coat)

    def figure(drawing: Drawing, moment: Moment) -> None:
        stand = _stand(row, moment)
        at = _posed(row, stand, moment)
        _tail(drawing, paint, row, at)
        drawing.union(_leg(row, stand, 1), paint.shadow, line=0.8, shade=0.4)
        drawing.form(_arm(row, stand, moment, 1).outline(), paint.shadow, line=0.8, shade=0.3)
        if row.crown:
            row.crown(drawing, paint, at)
        _near(drawing, paint, row, stand, at)
        for coat in coats:
            coat(drawing, paint, at)
        for part in (*row.marks, row.face, row.ears):
            if part:
                part(drawing, paint, at)
        eye(drawing, paint, at, row.eye, paint.colour)
        arm = _arm(row, stand, moment, 0)
        drawing.form(arm.outline(), skin(paint), line=0.85, shade=0.4)

    return figure


def _tail(drawing: Drawing, paint: Paint, row: Upright, at: Posed) -> None:
    drawing.form(
        at.tail.outline(),
        paint.colour,
        fill=paint.fill,
        body=at.tail,
        colour2=paint.pattern,
        line=0.9,
        shade=0.7,
    )
    if row.tail_first:
        row.tail_first(drawing, paint, at)


def _near(drawing: Drawing, paint: Paint, row: Upright, stand: _Stand, at: Posed) -> None:
    """Body, neck, head and the near leg in one form, with the line of the thigh."""
    outlined = paint.fill == "outlined"
    leg = _leg(row, stand, 0)
    drawing.union(
        [*leg, at.body.outline(), at.neck.outline(), at.head.outline()],
        paint.white if outlined else paint.colour,
        shade=0.3 if outlined else 0.8,
        line=1.6 if outlined else 1.0,
        ink=paint.colour if outlined else None,
    )
    if paint.fill not in ("plain", "outlined"):
        drawing.form(
            at.body.outline(),
            paint.colour,
            line=0,
            fill=paint.fill,
            body=at.body,
            colour2=paint.pattern,
            shade=0.6,
        )
    thigh = leg[0]
    drawing.stroke(thigh[: len(thigh) // 3], 0.75, paint.ink)


# ---------------------------------------------------------------------------------------------------------- posture


def _stand(row: Upright, moment: Moment) -> _Stand:
    going = walks(moment) or moment.act in ("fly", "glide")
    hip = points(*row.hip)
    if going:
        return _going(row, moment, hip)
    breath = 0.005 * moment.cycle(0.5)
    base = float(row.heel[0])
    posture = moment.posture
    feet = (points(row.hip[0] + 0.05 - base, 0.0), points(row.hip[0] + 0.05 - base, 0.0) + FAR)
    neck, head = _nod(moment)
    if posture == "sit":
        drop = -float(hip[1]) - 0.9 * row.body[0][2] + breath
        ahead = points(0.1, 0.0)
        trunk = Trunk(hip, row.seated, points(0.0, drop))
        return _Stand(
            trunk, (feet[0] + ahead, feet[1] + ahead), -0.5 * row.seated, neck, head, True
        )
    if posture in ("lie", "sleep"):
        drop = -float(hip[1]) - 0.85 * row.body[0][2] + breath
        trunk = Trunk(hip, row.prone, points(0.0, drop))
        low = _prone_neck(row, trunk) if posture == "sleep" else (neck + 0.3, head)
        return _Stand(trunk, feet, 0.0, low[0], low[1], True)
    pitch = -0.3 if posture == "kneel" else 0.0
    if moment.gesture == "eat" and not row.arm[0] > 0.06:
        pitch -= 0.4
        neck, head = neck - 0.6, head - 0.5
    low = 0.4 * -row.hip[1] if posture == "kneel" else 0.0
    return _Stand(Trunk(hip, pitch, points(0.0, breath + low)), feet, -pitch, neck, head, False)


def _going(row: Upright, moment: Moment, hip: Array) -> _Stand:
    """Hops or strides; the tail balances what the trunk does."""
    gait, q = paced(row.gait, moment, row.runs), moment.turn(1.0)
    together = row.hops or moment.act == "hop"
    late = 0.0 if together else 0.5
    share = min(abs(moment.stride), 1.2)
    feet: list[Array] = []
    for k, phase in enumerate((0.0, late)):
        dx, dy = foot(gait, moment, phase)
        feet.append(points(row.hip[0] + 0.05 - row.heel[0] + dx, dy) + FAR * k)
    if together:
        rise = gait.bounce * share * cos(TAU * (q - gait.stance / 2))
        pitch = -0.25 - 0.2 * share * cos(TAU * (q - 0.5))
        tail = 0.28 * share * cos(TAU * (q - 0.12)) + 0.1
    else:
        rise = gait.bounce * cos(TAU * 2 * (q - 0.08))
        pitch = 0.05 * cos(TAU * 2 * (q - 0.2)) - (0.12 if moment.act == "run" else 0.0)
        tail = 0.12 * moment.cycle(1.0, 0.2)
    if moment.act in ("fly", "glide", "swim"):
        pitch -= 0.5
    neck, head = _nod(moment)
    trunk = Trunk(hip, pitch, points(0.0, rise))
    return _Stand(trunk, (feet[0], feet[1]), tail, neck - 0.6 * pitch, head - 0.2 * pitch, False)


def _nod(moment: Moment) -> tuple[float, float]:
    """How far neck and head are turned up from where they are by nature."""
    quiet = 0.3 if moment.gesture == "hold" else 1.0
    mood = 0.14 * clamp(moment.joy, -1.6, 1.0) + 0.1 * clamp(moment.stir, -1.5, 1.0)
    up = 0.35 if moment.gesture in ("look", "cheer") else 0.0
    up -= 0.4 * clamp(moment.look[1], -1.0, 1.0)
    nod = 0.05 * moment.cycle(1.0, 0.1) if walks(moment) else 0.03 * quiet * moment.cycle(0.5)
    if moment.gesture == "eat":
        nod += 0.04 * moment.cycle(2.0)
    return 0.4 * up + 0.5 * mood, up + mood + nod


def _prone_neck(row: Upright, trunk: Trunk) -> tuple[float, float]:
    """Neck and head of a sleeper: down until the chin lies on the ground."""
    tilt = pose.tilt_towards(row, pose.LEVEL)
    thick = row.head[-1][2]
    for k in range(24):
        if float(pose.mouth(row, trunk, -0.1 * k, tilt)[1]) + thick > -0.02:
            return -0.1 * k, tilt
    return -0.6, tilt


def _posed(row: Upright, stand: _Stand, moment: Moment) -> Posed:
    trunk, body = stand.trunk, pose.rows(row.body)
    neck = pose.neck_points(row, trunk, stand.neck + 0.5 * trunk.pitch)
    head = Tube(pose.head_points(row, neck, stand.head), pose.rows(row.head)[:, 2], 16)
    asleep = (moment.posture == "sleep" and stand.rests) or moment.stir < -0.8
    back = 0.35 if walks(moment) and moment.act != "crawl" else 0.0
    return Posed(
        moment,
        body=Tube(trunk.apply(body[:, :2]), body[:, 2], 22),
        neck=Tube(neck, pose.rows(row.neck)[:, 2], 10),
        head=head,
        tail=_tail_tube(row, stand, moment),
        trunk=trunk,
        skull=head.at(0.14, 0.75),
        tilt=stand.head,
        ears=back - 0.4 * clamp(moment.joy, -1.5, 0.0) + (0.4 if asleep else 0.0),
        asleep=asleep,
    )


def _tail_tube(row: Upright, stand: _Stand, moment: Moment) -> Tube:
    spine = pose.rows(row.tail)
    root = stand.trunk.apply(spine[0, :2])
    out = np.linspace(0, 1, len(spine))[:, None]
    swing = 0.035 * (moment.cycle(0.5, 0.15) + 0.5 * moment.cycle(1.0, 0.3))
    path = root + turned(spine[:, :2] - spine[0, :2], ORIGIN, 0.4 * stand.trunk.pitch + stand.tail)
    path = path + points(0.4, 1.0) * swing * out * out
    path[:, 1] = np.minimum(path[:, 1], -0.85 * spine[:, 2])
    return Tube(path, spine[:, 2], 24)


# ------------------------------------------------------------------------------------------------------------- limbs


def _leg(row: Upright, stand: _Stand, far: int) -> list[Array]:
    """Thigh, shank and a long foot that rolls off over its toes; folded, the knee is ahead and the foot flat."""
    hip = stand.trunk.apply(points(*row.hip)) + FAR * far
    w0, w1, w2 = row.leg
    if stand.rests:
        knee = hip + points(0.85 * row.thigh, -0.1 * row.thigh)
        heel = points(knee[0] - 0.55 * row.shank, -w2)
        middle, toe = heel + points(row.toe, 0.0), heel + points(2 * row.toe, 0.0)
    else:
        ground = stand.feet[far]
        lean = -0.7 * min(-float(ground[1]) * 5, 1.0)
        up = points(0.0, -w2 * 0.9)
        back = turned(points(*row.heel), ORIGIN, lean)
        knee, heel = two_bones(hip, ground + back, row.thigh, row.shank, -1)
        middle = heel - back + up
        toe = middle + turned(points(row.toe, 0.0), ORIGIN, lean)
    thigh = Tube(np.stack([hip, hip * 0.4 + knee * 0.6, knee]), [w0, w0 * 0.9, w1], 14)
    shank = Tube(np.stack([knee, heel]), [w1, w2], 10)
    foot_ = Tube(np.stack([heel, middle, toe]), [w2, w2 * 0.95, w2 * 0.75], 12)
    return [thigh.outline(), shank.outline(), foot_.outline()]


def _hand(row: Upright, stand: _Stand, moment: Moment) -> Array:
    """Where the near hand is."""
    shoulder = stand.trunk.apply(points(*row.shoulder))
    length = row.arm[0] + row.arm[1]
    wave = 0.1 * moment.cycle(1.5)
    gesture = moment.gesture
    if gesture in ("hold", "give", "touch", "point", "carry", "read", "work", "throw"):
        way = points(*row.reach)
    elif gesture in ("wave", "cheer"):
        way = points(0.55 + wave, -0.75)
    elif gesture in ("eat", "hide", "play", "hug"):
        way = points(0.62, -0.1 + 0.5 * wave)
    else:
        way = points(0.42 + 0.05 * moment.cycle(1.0, 0.2), 0.72)
    return shoulder + way * length


def _arm(row: Upright, stand: _Stand, moment: Moment, far: int) -> Tube:
    """Two bones and a small hand, the elbow back."""
    shoulder = stand.trunk.apply(points(*row.shoulder)) + FAR * 0.7 * far
    reached = _hand(row, stand, moment) + FAR * 0.7 * far + points(0.0, 0.015 * far)
    elbow, end = two_bones(shoulder, reached, row.arm[0], row.arm[1], 1)
    w = row.arm_width
    spine = smooth([shoulder, elbow, end], per=4)
    return Tube(spine, [w * 1.25, w * 1.05, w * 0.75, w * 0.95], 14, curved=False)


def hops(stride: float, stance: float = 0.4) -> Gait:
    """How something goes that hops on two legs. stride: half of what it covers with its feet down, in heights."""
    return Gait(2 * stride / stance, stance, 0.16, 0.075)
