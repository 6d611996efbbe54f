"""What sits on the tips of a tree: clumps of leaves with or without fruit, or bare twigs.

Clumps are sorted once, in the tree's rest: the upper ones are dark and lie behind, the lower ones light and in front.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.foliage import Clump, clump, foliage, slivers
from uncaged.engines.ink.kinds.tree_branching import LEVELS, Branch, Limb, stand, wind
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, cos, ease_out, sin
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Tuft:
    """One clump of a crown. branch: index of what it sits on. depth: 0 = farthest, 1 = nearest.

    fruit: places in the clump, (n, 2), in shares of its radius.
    """

    branch: int
    radius: float
    depth: float
    form: Clump
    fruit: Array


def crown(
    stream: Stream, skeleton: Sequence[Branch], form: str, leaves: int, fruits: int
) -> list[Tuft]:
    """The clumps of a crown by lot, back to front: one on each tip, and one or two where the tips come from."""
    top = max(branch.level for branch in skeleton)
    seats: list[int] = []
    for i, branch in enumerate(skeleton):
        inner = branch.level == top - 1
        seats += [i] * (1 if branch.tip else stream.integer(1, 2) if inner else 0)
    rest = stand(skeleton, Moment(0.0, sway=0.0))
    seats.sort(key=lambda i: rest[i].y)
    lobes, depth = (6, 0.10) if form == "cloud" else (9, 0.15)
    tufts: list[Tuft] = []
    for j, seat in enumerate(seats):
        lot = stream.sub(j)
        radius = lot.uniform(0.13, 0.19)
        shape = clump(lot, lobes + (0 if form == "cloud" else lot.integer(-1, 1)), depth, leaves)
        around, out = lot.array(fruits, 0, TAU), lot.array(fruits, 0.2, 0.7)
        fruit = np.stack([cos(around) * out, sin(around) * out * 0.8], 1)
        tufts.append(Tuft(seat, radius, j / max(1, len(seats) - 1), shape, fruit))
    return tufts


def draw_crown(
    drawing: Drawing,
    moment: Moment,
    paint: Paint,
    skeleton: Sequence[Branch],
    limbs: Sequence[Limb],
    tufts: Sequence[Tuft],
) -> None:
    """Draws the clumps; each opens when the branch it sits on is done."""
    for j, tuft in enumerate(tufts):
        branch, limb = skeleton[tuft.branch], limbs[tuft.branch]
        grown = ease_out(clamp((moment.grow * LEVELS - branch.level - 1) / 1.2))
        if grown <= 0.02:
            continue
        far, near = tuft.depth < 0.3, tuft.depth >= 0.72
        x, y = limb.x + wind(moment, 4, branch.phase), limb.y - 0.02
        radius = tuft.radius * grown
        foliage(
            drawing,
            tuft.form,
            x,
            y,
            radius,
            paint.leaf_dark if far else paint.leaf_light if near else paint.leaf,
            paint.leaf_pale if near else paint.leaf_light,
            paint.ink if far else paint.leaf_dark,
            key=f"clump{j}",
            fill=paint.fill,
            pattern=paint.leaf if far else paint.leaf_dark,
            leaf=0.03 * grown,
            stir=wind(moment, 6, branch.phase + j) * 3,
        )
        for k, at in enumerate(points(x, y) + tuft.fruit * radius):
            ball = circle(at[0], at[1], 0.03 * grown, count=14)
            drawing.form(ball, paint.accent, line=0.6, shade=0.8, key=f"fruit{j}.{k}")


def twigs(
    drawing: Drawing, moment: Moment, paint: Paint, limbs: Sequence[Limb], turns: Array
) -> None:
    """Three bare twigs on each tip. turns: (tips, 3) radians, by lot."""
    start: list[Array] = []
    end: list[Array] = []
    for k, (limb, row) in enumerate(zip(limbs, turns, strict=True)):
        a = row + wind(moment, 5, k)
        start.append(np.full((len(row), 2), (limb.x, limb.y)))
        reach = 0.07 * ease_out(clamp(moment.grow * LEVELS - LEVELS + 1)) * (limb.grown >= 1)
        end.append(start[-1] + np.stack([sin(a), -cos(a)], 1) * reach)
    thin = slivers(np.concatenate(start), np.concatenate(end), 0.008)
    colour = paint.ink if paint.palette.pen else paint.trunk
    drawing.multi(list(thin), colour, line=0, key="twigs")
