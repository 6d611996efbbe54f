"""Which relations hold, in which order they are placed, and how a company of related subjects fits the frame.

Chains are placed from their foot upwards; a circle of relations is opened at one link. What each relation means for
two subjects is in `relations`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from uncaged.engines.ink.relations import RELATIONS, Meeting
from uncaged.engines.ink.scene import Subject
from uncaged.engines.ink.space import Space, Spot

_EDGE, _ABOVE = 0.06, 0.045
"""What stays free beside a company, in shorter sides, and above it, in heights."""

_LEAST = 0.6
"""A company too tall for the frame is made no smaller than this."""


@dataclass(frozen=True, slots=True)
class Bond:
    """`a` stands in a relation to `b`. rank: how many were bound to b in a like way before; peers: how many in all."""

    a: str
    b: str
    relation: str
    rank: int = 0
    peers: int = 1


def bonds(subjects: Sequence[Subject]) -> tuple[Bond, ...]:
    """The relations that hold, each after those it rests on. Unknown ones, those to itself or nobody are left out."""
    named = {s.name: s for s in subjects}
    towards = {
        s.name: s.to
        for s in subjects
        if s.relation in RELATIONS and s.to in named and s.to != s.name
    }
    done: set[str] = set()
    ordered: list[str] = []
    for start in named:
        chain: dict[str, None] = {}
        name = start
        while name in towards and name not in done and name not in chain:
            chain[name] = None
            name = towards[name]
        if name in chain:  # a circle: the last link before its beginning is opened
            last, _ = chain.popitem()
            del towards[last]
        done.update(chain)
        ordered.extend(reversed(chain))
    return tuple(_ranked([(a, towards[a], named[a].relation) for a in ordered]))


def _ranked(found: Sequence[tuple[str, str, str]]) -> list[Bond]:
    alike: dict[tuple[str, str | bool], list[tuple[str, str]]] = {}
    for a, b, relation in found:
        rides = relation if relation in ("held", "carried") else relation in ("on", "in")
        alike.setdefault((b, rides), []).append((a, relation))
    place = {a: (rank, len(group)) for group in alike.values() for rank, (a, _) in enumerate(group)}
    return [Bond(a, b, relation, *place[a]) for a, b, relation in found]


def relate(spots: Mapping[str, Spot], bound: Sequence[Bond], space: Space) -> dict[str, Spot]:
    """The spots with every bond kept, and every subject's own shift added once."""
    out = dict(spots)
    order = {name: i for i, name in enumerate(spots)}
    settled: set[str] = set()
    for bond in bound:
        relation, later = RELATIONS[bond.relation], order[bond.a] > order[bond.b]
        if bond.b not in settled:
            meeting = Meeting(space, True, bond.rank, bond.peers, later)
            _, b = relation(out[bond.a], out[bond.b], meeting)
            out[bond.b] = b.settled(space)
            settled.add(bond.b)
        meeting = Meeting(space, False, bond.rank, bond.peers, later)
        a, b = relation(out[bond.a], out[bond.b], meeting)
        out[bond.a], out[bond.b] = a.settled(space), b
        settled.add(bond.a)
    for name, spot in out.items():
        if name not in settled:
            out[name] = spot.settled(space)
    for group in _companies(bound):
        _fit(out, group, space)
    return out


def _companies(bound: Sequence[Bond]) -> list[set[str]]:
    """Subjects that hang together by relations, however many links lie between them."""
    groups: list[set[str]] = []
    for bond in bound:
        touched = [g for g in groups if bond.a in g or bond.b in g]
        joined = {bond.a, bond.b}.union(*touched)
        groups = [g for g in groups if g not in touched] + [joined]
    return groups


def _fit(spots: dict[str, Spot], group: Collection[str], space: Space) -> None:
    """Moves a company sideways into the frame, or draws it together where it is too broad for it."""
    names = [name for name in spots if name in group]
    if any(spots[name].subject.across != 0 for name in names):
        return
    half = {name: min(spots[name].breadth, space.width) * 0.35 for name in names}
    left = min(spots[name].x - half[name] for name in names)
    right = max(spots[name].x + half[name] for name in names)
    edge = _EDGE
    k = min(1.0, (space.width - 2 * edge) / max(right - left, 1e-6))
    if k < 1:
        shift = space.middle - k * (left + right) / 2
    else:
        shift = max(0.0, edge - left) - max(0.0, right - (space.width - edge))
    for name in names if k < 1 or shift else ():
        s = spots[name]
        spots[name] = s.evolve(x=k * s.x + shift, size=s.size * (1 + k) / 2)
    _below_the_edge(spots, names, space)


def _below_the_edge(spots: dict[str, Spot], names: Sequence[str], space: Space) -> None:
    """Makes a company smaller, about its ground, until the tallest of it fits the frame."""
    high = min(spots[name].top for name in names)
    foot = max(spots[name].foot for name in names)
    room = foot - _ABOVE * space.height
    if high >= _ABOVE * space.height or room <= 0 or any(spots[n].subject.down for n in names):
        return
    k = max(_LEAST, room / max(foot - high, 1e-6))
    for name in names:
        s = spots[name]
        spots[name] = s.evolve(y=foot + k * (s.y - foot), size=k * s.size)
