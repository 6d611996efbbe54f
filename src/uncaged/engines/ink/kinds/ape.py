"""Monkey and ape: a bent trunk, long arms whose knuckles reach the ground, a face that is paler than the fur.

Both are rows of numbers. They walk on all fours, sit upright, and hold, give, wave and eat with their hands. Knows no
other animals.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Build, Figure, Kind, register
from uncaged.engines.ink.kinds.beast import ORIGIN, turned
from uncaged.engines.ink.kinds.beast_gaits import Gait, foot, paced, trot
from uncaged.engines.ink.kinds.beast_parts import skin
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.quadruped import walks
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, cos
from uncaged.engines.ink.paint import Paint

FAR = points(0.055, 0.0)
RUNS = 1.6
"""How far it gets in a cycle of running, in walks."""
POSTURES = ("sit", "lie", "sleep", "kneel")
SKULL = points(
    (-0.13, -0.02),
    (-0.1, -0.12),
    (0.0, -0.155),
    (0.09, -0.12),
    (0.12, -0.02),
    (0.1, 0.09),
    (0.0, 0.125),
    (-0.1, 0.09),
)
KNUCKLES = 2.2
"""How high a wrist is over the ground it leans on, in half widths of the arm."""
FACE = points(
    (0.0, -0.075),
    (0.05, -0.1),
    (0.1, -0.075),
    (0.115, -0.01),
    (0.16, 0.03),
    (0.165, 0.085),
    (0.11, 0.125),
    (0.03, 0.1),
    (0.0, 0.02),
)
"""A face in three quarters: two round brows, a muzzle that stands out."""
SMILE = points((0.06, 0.07), (0.1, 0.085), (0.16, 0.06))


@dataclass(frozen=True, slots=True)
class Ape:
    """Lengths in heights. hip, shoulder: standing on all fours; thick: half widths of the trunk from hip to neck.

    head: where its middle is from the shoulder, and its size as a factor. arm, leg: lengths of two bones each; limbs:
    half widths of arm and leg at the root and at the end. tail: its length, 0 = none. crest: how high the skull is.
    """

    hip: tuple[float, float]
    shoulder: tuple[float, float]
    thick: tuple[float, float, float]
    head: tuple[float, float]
    skull: float
    arm: tuple[float, float]
    leg: tuple[float, float]
    limbs: tuple[float, float, float, float]
    tail: float
    gait: Gait
    crest: float = 0.0


@dataclass(frozen=True, slots=True)
class _Stand:
    """hip, shoulder: where they are. hands, feet: near one first. tilt: how far the head is turned up."""

    hip: Array
    shoulder: Array
    hands: tuple[Array, Array]
    feet: tuple[Array, Array]
    tilt: float
    lies: bool = False


def of(row: Ape) -> Build:
    """What a kind needs to draw this animal."""
    return lambda stream, paint, form: build(stream, paint, row)


def hands(row: Ape) -> dict[str, tuple[float, float]]:
    """Where it holds what it holds, for each posture."""
    found: dict[str, tuple[float, float]] = {}
    for posture in ("stand", *POSTURES):
        at = _arm(row, _stand(row, Moment(0.0, posture=posture, gesture="hold")), 0).p[-1]
        found[posture] = (round(float(at[0]), 3), round(float(at[1]), 3))
    return found


def build(stream: Stream, paint: Paint, row: Ape) -> Figure:
    """A monkey or an ape; nothing of it is drawn by lot but its colours."""

    def figure(drawing: Drawing, moment: Moment) -> None:
        at = _stand(row, moment)
        if row.tail:
            tail = _tail(row, at, moment)
            drawing.form(tail.outline(), paint.colour, line=0.85, shade=0.5)
        _limb(drawing, paint, _leg(row, at, 1), paint.shadow, 1)
        _limb(drawing, paint, _arm(row, at, 1), paint.shadow, 1)
        _trunk(drawing, paint, row, at, moment)
        _head(drawing, paint, row, at, moment)
        near = mix(skin(paint), paint.second, 0.35)
        _limb(drawing, paint, _arm(row, at, 0), near, 0)

    return figure


# ---------------------------------------------------------------------------------------------------------- posture


def _stand(row: Ape, moment: Moment) -> _Stand:
    breath = points(0.0, 0.006 * moment.cycle(0.5))
    tilt = _tilt(moment)
    if walks(moment) or moment.act in ("fly", "glide"):
        return _going(row, moment, tilt)
    hip, shoulder = points(*row.hip), points(*row.shoulder)
    long = float(np.sqrt(((shoulder - hip) * (shoulder - hip)).sum()))
    posture = moment.posture
    if posture in ("lie", "sleep"):
        low = points(-0.22, -row.thick[0] * 0.9)
        chest = low + points(0.97, -0.12) * long + breath
        feet = points(low[0] + 0.3, -row.limbs[3]), points(low[0] + 0.36, -row.limbs[3])
        return _Stand(low, chest, feet, feet, 0.15 if posture == "sleep" else tilt, True)
    if posture in ("sit", "kneel") or _hands_free(moment):
        seat = -row.thick[0] * (0.9 if posture != "kneel" else 1.4)
        low = points(-0.12, seat)
        chest = low + points(0.3, -0.95) * long + breath
        feet = points(low[0] + 0.34, -row.limbs[3]), points(low[0] + 0.34, -row.limbs[3]) + FAR
        return _Stand(low, chest, _gesture(row, chest, moment), feet, tilt)
    feet = points(hip[0] + 0.04, -row.limbs[3]), points(hip[0] + 0.04, -row.limbs[3]) + FAR
    down = points(shoulder[0] + 0.05, -KNUCKLES * row.limbs[1])
    return _Stand(hip + breath, shoulder + breath, (down, down + FAR), feet, tilt)


def _hands_free(moment: Moment) -> bool:
    """Whether a gesture needs hands: then it sits down, even where it was to stand."""
    return moment.gesture not in ("none", "look")


def _gesture(row: Ape, shoulder: Array, moment: Moment) -> tuple[Array, Array]:
    """Where the hands are of one who sits."""
    reach = row.arm[0] + row.arm[1]
    wave = 0.1 * moment.cycle(1.5)
    rest = shoulder + points(0.24, 0.0)
    rest[1] = -0.2
    gesture = moment.gesture
    mouth = shoulder + points(row.head[0] + 0.15, row.head[1] + 0.12) * 0.9
    if gesture in ("hold", "give", "touch", "point", "read", "carry"):
        return shoulder + points(0.78, 0.08) * reach, rest
    if gesture in ("wave", "throw"):
        return shoulder + points(-0.3 + wave, -0.88) * reach, rest
    if gesture == "cheer":
        ahead = points(0.85 - wave, -0.5) * reach
        return shoulder + points(-0.35 + wave, -0.85) * reach, shoulder + ahead
    if gesture in ("eat", "play"):
        return mouth + points(0.02, 0.03 * moment.cycle(1.0)), rest
    if gesture in ("hide", "hug"):
        return mouth + points(0.0, -0.1), mouth + points(0.04, -0.07)
    if gesture == "work":
        return shoulder + points(0.6, 0.5 + 1.5 * wave) * reach, rest
    return rest, rest + points(0.06, 0.02)


def _tilt(moment: Moment) -> float:
    up = 0.3 if moment.gesture in ("look", "cheer") else -0.15 if moment.gesture == "read" else 0.0
    up -= 0.35 * clamp(moment.look[1], -1.0, 1.0)
    mood = 0.14 * clamp(moment.joy, -1.6, 1.0) + 0.08 * clamp(moment.stir, -1.5, 1.0)
    return up + mood + 0.05 * moment.cycle(0.5, 0.2)


def _going(row: Ape, moment: Moment, tilt: float) -> _Stand:
    """On all fours, knuckles on the ground; running, it throws both arms ahead and swings the legs through."""
    run = moment.act in ("run", "hop")
    gait, q = paced(row.gait, moment, RUNS), moment.turn(1.0)
    rise = points(
        0.0, gait.bounce * cos(TAU * 2 * (q - 0.05)) - (0.03 * cos(TAU * q) if run else 0.0)
    )
    low = points(0.0, 0.08 if moment.act == "crawl" else 0.0)
    hip, shoulder = points(*row.hip) + rise + low, points(*row.shoulder) + rise + low
    lags = (0.0, 0.06, 0.5, 0.56) if run else (0.0, 0.5, 0.5, 0.0)
    feet: list[Array] = []
    for base, lag, side in zip((hip, hip, shoulder, shoulder), lags, (0, 1, 0, 1), strict=True):
        dx, dy = foot(gait, moment, lag)
        ahead, sole = (0.04, row.limbs[3]) if base is hip else (0.05, KNUCKLES * row.limbs[1])
        feet.append(points(base[0] + ahead + dx, dy - sole) + FAR * side)
    return _Stand(hip, shoulder, (feet[2], feet[3]), (feet[0], feet[1]), tilt - 0.1)


# ---------------------------------------------------------------------------------------------------------- drawing


def _limb(
    drawing: Drawing, paint: Paint, tube: Tube, colour: tuple[int, int, int], far: int
) -> None:
    """A limb with a dark hand or foot at its end."""
    drawing.form(tube.outline(), colour, line=0.85 - 0.1 * far, shade=0.5)
    end, way = tube.p[-1], tube.tangent[-1]
    r = float(tube.r[-1])
    hand = Tube(np.stack([end - way * r, end + way * (1.3 * r)]), [r * 1.05, r * 0.9], 6)
    drawing.form(hand.outline(), paint.dark, line=0.6, shade=0.2)


def _leg(row: Ape, at: _Stand, far: int) -> Tube:
    hip = at.hip + FAR * far
    knee, end = two_bones(hip, at.feet[far], row.leg[0], row.leg[1], -1)
    root, tip = row.limbs[2], row.limbs[3]
    toe = points(min(end[0] + 0.08, end[0] + 0.08), end[1])
    spine = np.stack([hip, knee, end, toe])
    return Tube(spine, [root, root * 0.8, tip, tip * 0.9], 18)


def _arm(row: Ape, at: _Stand, far: int) -> Tube:
    shoulder = at.shoulder + FAR * far * 0.8
    if at.lies:
        low, ahead = row.limbs[1], 0.1 * row.arm[1]
        rest = points((0.55 * row.arm[0], 0.0), (0.55 * row.arm[0] + 6 * ahead, 0.0))
        rest = rest + points(shoulder[0], 0.0)
        rest[:, 1] = -1.2 * low
        return Tube(np.stack([shoulder, *rest]), [row.limbs[0], low * 1.2, low], 18)
    elbow, end = two_bones(shoulder, at.hands[far], row.arm[0], row.arm[1], 1)
    root, tip = row.limbs[0], row.limbs[1]
    return Tube(np.stack([shoulder, elbow, end]), [root, root * 0.85, tip * 1.1, tip], 18)


def _trunk(drawing: Drawing, paint: Paint, row: Ape, at: _Stand, moment: Moment) -> None:
    """Trunk, near leg and the back of the head in one form; the pattern lies on the trunk."""
    middle = (at.hip + at.shoulder) / 2
    along = at.shoulder - at.hip
    back = points(along[1], -along[0]) * 0.14
    tube = Tube(np.stack([at.hip, middle + back, at.shoulder]), row.thick, 22)
    leg = _leg(row, at, 0)
    outlined = paint.fill == "outlined"
    drawing.union(
        [leg.outline(), tube.outline()],
        paint.white if outlined else paint.colour,
        shade=0.3 if outlined else 0.9,
        line=1.6 if outlined else 1.0,
        ink=paint.colour if outlined else None,
    )
    if paint.fill not in ("plain", "outlined"):
        drawing.form(
            tube.outline(),
            paint.colour,
            line=0,
            fill=paint.fill,
            body=tube,
            colour2=paint.pattern,
            shade=0.6,
        )
    thigh = leg.outline()
    drawing.stroke(thigh[2:10], 0.75, paint.ink)
    end, way = leg.p[-1], leg.tangent[-1]
    sole = Tube(np.stack([end - way * 0.05, end + way * 0.02]), [row.limbs[3], row.limbs[3]], 6)
    drawing.form(sole.outline(), paint.dark, line=0.6, shade=0.2)


def _head(drawing: Drawing, paint: Paint, row: Ape, at: _Stand, moment: Moment) -> None:
    """Ear, skull, a pale face with two eyes, nostrils and a mouth that says how it feels."""
    offset = points(*row.head)
    if at.lies:
        offset = points(0.16, 0.0 if moment.posture == "sleep" else -0.1)
    middle = at.shoulder + offset
    bare = mix(paint.pale, paint.lip, 0.25) if row.tail else mix(paint.dark, paint.colour, 0.35)

    def placed(form: Array) -> Array:
        return turned(form * row.skull, ORIGIN, at.tilt) + middle

    skull = SKULL * points(1.0, 1.0)
    skull[1:3, 1] -= row.crest
    drawing.form(placed(smooth(skull, True, 4)), skin(paint), shade=0.8)
    drawing.form(placed(smooth(FACE, True, 4)), bare, line=0.7, shade=0.4)
    ear = placed(circle(-0.075, 0.0, 0.045, 0.055, 14))
    drawing.form(ear, bare, line=0.8, shade=0.4)
    asleep = moment.posture == "sleep" or moment.stir < -0.8
    for x in (0.042, 0.095):
        eye = placed(points((x, -0.03)))[0]
        r = 0.017 * row.skull * (1 + 0.35 * clamp(moment.stir, -0.6, 1.0))
        if asleep:
            lid = placed(points((x - 0.02, -0.03), (x, -0.018), (x + 0.02, -0.03)))
            drawing.stroke(lid, 0.7, paint.ink, wobble=0.2)
            continue
        drawing.dot(eye[0], eye[1], r * 1.25, paint.white)
        drawing.dot(eye[0] + 0.25 * r, eye[1], r * 0.8, pupil(paint))
    for x in (0.12, 0.145):
        hole = placed(points((x, 0.022)))[0]
        drawing.dot(hole[0], hole[1], 0.008 * row.skull, pupil(paint))
    mouth = SMILE + points((0.0, -0.03), (0.0, 0.0), (0.0, -0.03)) * clamp(moment.joy, -1.5, 1.5)
    ink = paint.ink if row.tail else paint.pale
    drawing.stroke(placed(smooth(mouth, per=3)), 0.7, ink, wobble=0.2)


def _tail(row: Ape, at: _Stand, moment: Moment) -> Tube:
    """A long tail that ends in a curl and swings late."""
    swing = 0.05 * moment.cycle(0.5, 0.2) + 0.04 * (moment.cycle(1.0, 0.3) if walks(moment) else 0)
    way = points(
        (0.0, 0.0),
        (-0.3, 0.06),
        (-0.52, -0.2),
        (-0.5, -0.62),
        (-0.68, -0.8),
        (-0.84, -0.64),
        (-0.74, -0.52),
    )
    out = np.linspace(0, 1, len(way))[:, None]
    path = at.hip + points(-0.06, 0.0) + way * row.tail + points(1.0, 0.4) * swing * out
    path[:, 1] = np.minimum(path[:, 1], -0.03)
    return Tube(path, [0.032, 0.028, 0.026, 0.024, 0.022, 0.02, 0.018], 34)


MONKEY = Ape(
    hip=(-0.2, -0.4),
    shoulder=(0.16, -0.52),
    thick=(0.12, 0.135, 0.11),
    head=(0.14, -0.17),
    skull=1.0,
    arm=(0.25, 0.27),
    leg=(0.21, 0.21),
    limbs=(0.055, 0.036, 0.085, 0.036),
    tail=0.75,
    gait=trot(0.13, lift=0.06),
)
APE = Ape(
    hip=(-0.24, -0.38),
    shoulder=(0.14, -0.62),
    thick=(0.15, 0.21, 0.16),
    head=(0.19, -0.12),
    skull=1.05,
    arm=(0.31, 0.33),
    leg=(0.2, 0.19),
    limbs=(0.1, 0.062, 0.105, 0.052),
    tail=0.0,
    gait=trot(0.13, lift=0.06),
    crest=0.05,
)

register(
    Kind(
        "monkey",
        of(MONKEY),
        gait=MONKEY.gait.travel,
        runs=RUNS * MONKEY.gait.travel,
        at=(1.15, 0.22),
        height=0.48,
        home="jungle",
        width=1.2,
        top=(0.0, -0.6),
        shadow=0.36,
        hue="brown",
        metres=0.7,
        postures=POSTURES,
        holds=hands(MONKEY),
        grip=(-0.02, -0.47),
    )
)
register(
    Kind(
        "ape",
        of(APE),
        gait=APE.gait.travel,
        runs=RUNS * APE.gait.travel,
        at=(1.21, 0.22),
        height=0.54,
        home="jungle",
        width=1.1,
        top=(-0.1, -0.72),
        shadow=0.42,
        hue="black",
        metres=1.6,
        postures=POSTURES,
        holds=hands(APE),
        grip=(-0.04, -0.5),
    )
)
