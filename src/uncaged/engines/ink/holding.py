"""What is in a hand, on a back, or in a ring round something: bodies whose place another body gives them.

Knows actors and the points by which their kinds hold and are held; no paint, no time.
"""

from collections.abc import Mapping, Sequence
from math import sqrt

from uncaged.engines.ink.bonds import Bond
from uncaged.engines.ink.herds import Body
from uncaged.engines.ink.numbers import TAU, Stream, clamp, cos, sin
from uncaged.engines.ink.space import CENTRED, Space, Spot
from uncaged.engines.ink.stage import Actor

LEAST, MOST = 0.12, 0.95
"""How large a held thing is at least and at most, in heights of who holds it."""

FLAT = 0.34
"""A ring on the ground, seen from where one stands: its depth against its breadth."""

_FAN = 0.5
"""How far several things in one hand are turned apart, in their own breadths."""


def held(
    a: Spot, bond: Bond, holders: Sequence[Actor], carriers: Mapping[str, Actor]
) -> list[Body]:
    """Each body of `a` in the hand (or on the back, the head) of a body that holds it. carriers: all bodies so far."""
    each = (a.count + len(holders) - 1) // len(holders)
    out: list[Body] = []
    for n in range(a.count):
        holder = holders[n % len(holders)]
        i = n // len(holders) + bond.rank * each
        posture = posture_of(holder, carriers.get(holder.rider))
        out.append(_in_hand(a, bond, holder, posture, i, each * bond.peers))
    return out


def posture_of(actor: Actor, carrier: Actor | None) -> str:
    """How it is held: who sits on a seat and not on the ground perches, where the kind knows how."""
    posture = actor.subject.posture
    on_a_seat = posture == "sit" and carrier is not None and carrier.kind.domain != "land"
    return "perch" if on_a_seat and "perch" in actor.kind.holds else posture


def _in_hand(a: Spot, bond: Bond, holder: Actor, posture: str, i: int, among: int) -> Body:
    side = -1 if holder.flip else 1
    x, y = _point(holder, bond.relation, posture)
    size = _fitting(a, holder)
    grip_x, grip_y = a.kind.grip if bond.relation == "held" else (0.0, 0.0)
    if bond.relation == "carried" and a.domain in CENTRED:
        grip_y = 0.3
    aside = _FAN * a.kind.width * size * (i - (among - 1) / 2) if among > 1 else 0.0
    return Body(
        holder.x + side * (x * holder.size - grip_x * size) + aside,
        holder.y + y * holder.size - grip_y * size,
        size,
    )


def _point(holder: Actor, relation: str, posture: str) -> tuple[float, float]:
    """Where a body holds: its hand for its posture, its back or head for what is carried."""
    kind = holder.kind
    if relation == "carried":
        return kind.holds.get("carry", kind.top)
    return kind.holds.get(posture, kind.holds.get("stand", kind.top))


def _fitting(a: Spot, holder: Actor) -> float:
    """As large as it is in life beside who holds it, so that it can be seen, and no larger than they."""
    own = max(abs(a.subject.size), 0.05)
    life = holder.size * a.kind.metres / max(holder.kind.metres, 1e-3) * own
    return clamp(life, LEAST * holder.size, MOST * holder.size)


def ring(a: Spot, b: Spot, centre: Actor, space: Space, stream: Stream) -> list[Body]:
    """The bodies of `a` on an ellipse round a body of `b`; on the ground seen slantingly, in the air upright.

    Where the frame has too little room for it, they are smaller, and none stands beside the frame.
    """
    most = 0.46 * space.width
    size = min(a.size, 0.5 * max(b.size, 0.2))
    reach = 0.5 * max(centre.kind.width, 0.4) * centre.size + 0.62 * size
    girth = 1.15 * a.count * size * max(a.kind.width, 0.35)
    reach = max(reach, girth / TAU * 1.35)
    if reach > most:
        reach, size = most, size * most / reach
    flies = a.domain in CENTRED
    middle = centre.y if centre.domain in CENTRED else centre.y - 0.5 * centre.size * flies
    high = max(0.5 * centre.size, 0.8 * reach) if flies else reach * FLAT
    turn = stream.uniform(0.0, TAU / max(a.count, 1))
    out: list[Body] = []
    for i in range(a.count):
        angle = turn + TAU * i / a.count
        near = sin(angle)
        scale = 1.0 if flies else 1 + 0.18 * near
        x = space.inside(centre.x + reach * cos(angle), 0.0)
        out.append(Body(x, middle + high * near, size * scale))
    return out


def towards(one: Actor, other: Actor) -> tuple[float, float]:
    """The direction from one body's head to the middle of another, in the first one's own frame, of length 1."""
    head = one.y - (0.0 if one.domain in CENTRED else 0.85 * one.size)
    aim = other.y - (0.0 if other.domain in CENTRED else 0.6 * other.size)
    dx, dy = (other.x - one.x) * (-1 if one.flip else 1), aim - head
    far = sqrt(dx * dx + dy * dy)
    return (dx / far, dy / far) if far > 1e-6 else (0.0, 0.0)
