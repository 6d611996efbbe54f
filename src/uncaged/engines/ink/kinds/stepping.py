"""When feet step: in turn while something walks, all at once while it hops. Knows no legs and no bodies.

A foot that stands goes back evenly while the body goes on, so it does not slide; lengths are in heights.
"""

from uncaged.engines.ink.kinds.limbs import step
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, sin

STANCE = 0.6
"""Share of a cycle in which a foot stands."""
RUNS, CRAWLS = 1.2, 0.55
"""How far running and crawling get in a cycle, against walking (what `plan` says of kinds without a `runs`)."""
SPRING = 0.3
"""Share of a hop in which the feet are on the ground; then the body is thrown up, which is the motion's business."""
GOES = frozenset({"walk", "run", "crawl", "dance", "hop"})


def goes(moment: Moment) -> bool:
    """Whether the feet are to be moved."""
    return moment.act in GOES


def travel(stride: float, pace: int = 1, stance: float = STANCE) -> float:
    """What a body advances in a cycle (`Kind.gait`). stride: half a step; pace: steps of each foot in a cycle."""
    return pace * 2 * stride / stance


def tread(
    moment: Moment, lag: float, stride: float, lift: float, pace: int = 1, stance: float = STANCE
) -> tuple[float, float]:
    """Where a foot is, (dx, dy) from its place of rest; (0, 0) while nothing goes.

    lag: 0 … 1, when its turn is among the feet. Running it stands for a shorter time, crawling it takes shorter steps.
    """
    if not goes(moment):
        return 0.0, 0.0
    reach, turn = stride * moment.stride, moment.turn(1.0)
    match moment.act:
        case "hop":
            return step(turn, reach * pace * SPRING / stance, 0.5 * lift, SPRING)
        case "run":
            stance = stance / RUNS
        case "crawl":
            reach *= CRAWLS
        case _:
            pass
    return step(pace * turn + lag, reach, lift, stance)


def leap(moment: Moment, high: float) -> float:
    """How far a hopping body is above its height: it crouches before it is thrown (below 0), and is long in the air."""
    if moment.act != "hop":
        return 0.0
    q = moment.turn(1.0) % 1
    if q < SPRING:
        return -0.5 * high * sin(PI * q / SPRING)
    return 0.3 * high * sin(PI * (q - SPRING) / (1 - SPRING))
