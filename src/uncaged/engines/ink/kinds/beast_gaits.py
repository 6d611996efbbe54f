"""How four feet take turns: walk, trot, gallop, hop, crawl, and what the back does meanwhile. Knows no bodies.

All times are in cycles, all lengths in the animal's height, y down. Feet that stand go back as fast as the body goes on
(`Gait.travel` a cycle, times the moment's stride), so that nothing slides; in the air they fold, reach and come down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, cos, ease, lerp, sin

RUN, HOP, CRAWL = 2.0, 1.0, 0.55
"""How far a body gets in a cycle when it runs (`Kind.runs`), hops or crawls, in walks (`Kind.gait`)."""


@dataclass(frozen=True, slots=True)
class Gait:
    """How four feet take turns.

    travel: what a body advances in a cycle at stride 1. stance: share of the cycle a foot stands. lift: height of the
    foot; bounce: how far the body rises and falls, `beats` times a cycle (all in heights). hind, fore, far_hind,
    far_fore: when each foot steps, in cycles. reach: how far a foot in the air swings past both ends of its step.
    pitch: how far chest and rump rise in turn, in radians; up: when the chest is highest. flex: how far the back bends
    and stretches, 0 … 1. low: how far the body is lowered, as a share of its legs.
    """

    travel: float
    stance: float = 0.6
    lift: float = 0.07
    bounce: float = 0.012
    hind: float = 0.0
    fore: float = 0.75
    far_hind: float = 0.5
    far_fore: float = 0.25
    beats: int = 2
    reach: float = 0.0
    pitch: float = 0.0
    up: float = 0.17
    flex: float = 0.0
    low: float = 0.0

    def share(self, moment: Moment) -> float:
        """How much of the whole movement a moment's stride asks for, 0 … 1."""
        return min(abs(moment.stride), 1.0)


def walk(stride: float, lift: float = 0.07, bounce: float = 0.012) -> Gait:
    """Four beats: each fore foot steps a quarter after the hind foot of its side. stride: half a step."""
    return Gait(2 * stride / 0.6, 0.6, lift, bounce)


def trot(stride: float, lift: float = 0.07, bounce: float = 0.02) -> Gait:
    """Two beats: feet step in diagonal pairs, and there is a spring in it. Dogs and foxes get about like this."""
    return Gait(4 * stride, 0.5, lift, bounce, fore=0.5, far_fore=0.0)


def gallop(plain: Gait, flex: float = 1.0) -> Gait:
    """Hind feet, a stretched flight, fore feet, a gathered flight; a supple back bends and stretches with it."""
    return Gait(
        plain.travel * RUN,
        0.26,
        max(0.13, 1.6 * plain.lift),
        0.03,
        hind=0.0,
        far_hind=-0.09,
        fore=-0.45,
        far_fore=-0.56,
        reach=0.1,
        pitch=0.13,
        flex=flex,
        low=0.06,
    )


def amble(plain: Gait) -> Gait:
    """What is too heavy to leave the ground hurries: the order of a walk, longer and lighter."""
    return replace(
        plain,
        travel=plain.travel * RUN,
        stance=0.5,
        lift=1.5 * plain.lift,
        bounce=2 * plain.bounce,
        pitch=0.03,
        low=0.05,
    )


def hop(plain: Gait) -> Gait:
    """All feet on the ground while it crouches, then all in the air: whoever jumps for joy."""
    return Gait(
        plain.travel * HOP,
        0.3,
        0.15,
        0.08,
        hind=0.0,
        far_hind=0.01,
        fore=0.02,
        far_fore=0.03,
        beats=1,
        reach=0.07,
        pitch=0.2,
        up=0.4,
        flex=1.0,
        low=0.12,
    )


def crawl(plain: Gait) -> Gait:
    """Belly low, one foot after the other: a cat that has seen a bird."""
    return Gait(plain.travel * CRAWL, 0.68, 0.6 * plain.lift, 0.004, low=0.34)


def gaits(plain: Gait, heavy: bool = False, flex: float = 1.0) -> Mapping[str, Gait]:
    """The gait for each act of a moment. heavy: never has all feet off the ground. flex: how supple its back is."""
    fast = amble(plain) if heavy else gallop(plain, flex)
    if plain.beats == 1:  # it hops wherever it goes, only further
        far = plain.travel * RUN
        fast = replace(plain, travel=far, stance=0.26, lift=1.2 * plain.lift, bounce=0.09)
    return {
        "walk": plain,
        "dance": plain,
        "run": fast,
        "hop": replace(plain, lift=1.5 * plain.lift) if heavy else hop(plain),
        "crawl": crawl(plain),
        "swim": replace(plain, lift=1.5 * plain.lift),
    }


def paced(plain: Gait, moment: Moment, runs: float) -> Gait:
    """The gait of a body that always goes the same way, only quicker or slower. runs: how far it runs, in walks."""
    match moment.act:
        case "run":
            return replace(plain, travel=plain.travel * runs, stance=plain.stance / 1.4)
        case "crawl":
            return replace(plain, travel=plain.travel * CRAWL, lift=0.6 * plain.lift)
        case "hop":
            return replace(plain, stance=0.3)
        case _:
            return plain


@dataclass(frozen=True, slots=True)
class Carriage:
    """What a gait does to the body: how far it is below its mean (y down), chest up by so many radians, back arched.

    flex: 1 gathered … −1 stretched.
    """

    drop: float
    pitch: float = 0.0
    flex: float = 0.0


def carriage(gait: Gait, moment: Moment) -> Carriage:
    """The body at a moment of this gait: a walk rolls, a trot springs, a gallop swings from rump to chest."""
    q = moment.turn(1.0)
    late = 0.15 if gait.pitch else 0.05
    drop = gait.bounce * cos(TAU * gait.beats * (q - late))
    if not gait.pitch:
        return Carriage(drop)
    share = gait.share(moment)
    pitch = gait.pitch * cos(TAU * (q - gait.up)) * share
    return Carriage(drop, pitch, gait.flex * cos(TAU * (q - 0.92)) * share)


def foot(gait: Gait, moment: Moment, late: float) -> tuple[float, float]:
    """Where a foot is from below its hip: (dx, dy), dy ≤ 0 in the air. late: when it steps, in cycles."""
    stride = gait.travel * moment.stride * gait.stance / 2
    q = (moment.turn(1.0) + late) % 1
    if q < gait.stance:
        return lerp(stride, -stride, q / gait.stance), 0.0
    s = (q - gait.stance) / (1 - gait.stance)
    dx = lerp(-stride, stride, ease(s))
    up = sin(PI * s)
    if gait.reach:
        dx -= gait.reach * gait.share(moment) * sin(TAU * s)
        up = up * (2 - up)  # it is whipped off the ground
    return dx, -gait.lift * up * (1 - 0.3 * s)
