"""Where a subject stands when nothing else is said: ground lines, thirds, sizes, shots. Knows no relations, no paint.

Lengths are in shorter sides of the frame, y down; placements across scale with the width, ground lines with the height.
"""

from collections.abc import Collection, Mapping, Sequence
from math import sqrt

from uncaged.engines.ink.amounts import bodies, factor, shares, soft
from uncaged.engines.ink.kinds import Domain, Kind, kinds
from uncaged.engines.ink.numbers import Stream, lerp
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.space import STANDS, Space, Spot

_MIDDLING = 0.5
"""A thing half as high as the frame's shorter side stays as it is when sizes are turned over."""

ANYBODY = frozenset({"", "coat", "dress", "shirt", "man", "woman", "girl", "boy"})
"""Forms of people that say nothing of who they are."""

FEET = frozenset({"walk", "run", "hop", "crawl", "enter", "leave"})
"""Motions for which a kind that is drawn as another one when it walks is drawn as that one, too."""

_FLOURISH = 1.08
"""How much broader writing is than its letters, for the strokes about them."""

_HERD = (1.0, 1.0, 0.82, 0.72, 0.62, 0.56, 0.5)
_ACROSS = ((), (0.08,), (0.2, -0.2), (0.0, 0.29, -0.29))
_ROUND = (0.34, -0.34)
_SKY_ACROSS = (-0.24, 0.22, -0.05, 0.36, -0.38)


def drawn_as(subject: Subject, others: Mapping[str, Subject]) -> Kind:
    """The kind a subject is drawn as: its own, or what stands for it when it moves so or perches on something."""
    register = kinds()
    kind = register.get(subject.kind) or register["creature"]
    other = others.get(subject.to) if subject.to != subject.name else None
    perches = subject.relation == "on"
    if subject.relation == "in" and other is not None:
        holder = register.get(other.kind)
        perches = holder is not None and holder.domain in ("ground", "water")
    name = kind.perched if perches and other is not None else ""
    on_foot = "walk" if subject.motion in FEET else ""
    if subject.motion == "dance" and subject.form in kind.forms and subject.form not in ANYBODY:
        return kind  # a dancing king is a king
    name = name or kind.instead.get(subject.motion) or kind.instead.get(on_foot, "")
    return register.get(name) or kind


def present(scene: Scene) -> tuple[Subject, ...]:
    """The subjects that are there at all, at most 60; a count below 0.5 is an absence, below −0.5 one that shows.

    What another one is made of is not there by itself.
    """
    stuff = {s.to for s in scene.subjects if s.relation == "of" and s.to != s.name}
    made = {s.name for s in scene.subjects if s.relation == "of" and s.name in stuff}
    return tuple(
        s for s in scene.subjects if bodies(s.count) > 0 and (s.name not in stuff or s.name in made)
    )[:60]


def spots(
    subjects: Sequence[Subject], space: Space, stream: Stream, bound: Collection[str]
) -> dict[str, Spot]:
    """A spot for each subject by name. bound: names of those that relate to another: they start in the middle.

    All together have at most `amounts.MOST` bodies, shared fairly: few stay as many as they are, herds give way.
    """
    named = {s.name: s for s in subjects}
    counts = shares([bodies(s.count) for s in subjects])
    found = {
        s.name: _spot(s, count, drawn_as(s, named), len(subjects), space, bound)
        for s, count in zip(subjects, counts, strict=True)
    }
    if len(found) == 1:
        return {name: _shot(spot, space, stream) for name, spot in found.items()}
    loose = [spot for spot in found.values() if not spot.tight]
    sky = [spot for spot in found.values() if spot.domain == "sky"]
    standing = [spot for spot in loose if spot.domain in STANDS]
    hung = [spot for spot in loose if spot.domain in ("air", "float")]
    if len(found) == 2 and len(standing) + len(hung) == 2:
        standing, hung = loose, []
    for row, way in ((standing, 1), (hung, -1)):
        for order, spot in enumerate(row):
            across = way * _across(order, len(row), company=len(loose) < len(found))
            x = space.middle + across * space.side * space.width
            found[spot.name] = spot.evolve(x=x, y=spot.y + _nearer(spot, row, space))
    for order, spot in enumerate(sky):
        found[spot.name] = _in_the_sky(spot, order, space)
    return found


def _spot(
    subject: Subject,
    count: int,
    kind: Kind,
    subjects: int,
    space: Space,
    bound: Collection[str],
) -> Spot:
    domain: Domain = kind.domain
    if domain == "water" and not space.setting.floats and space.setting.name != kind.home:
        kind = kinds().get(kind.perched, kind)  # a duck on land has legs
        domain = "ground" if kind.domain == "water" else kind.domain
    size = kind.height * factor(subject.size) * (1 + 0.18 * (min(space.height, 2.0) - 1))
    if domain != "land":
        size *= _share(subjects, count) * _herd(count)
    elif subjects > 4:
        size *= sqrt(4 / subjects)
    tight = subject.name in bound
    if space.inversion:
        size = turned_over(size, space.inversion)
    face = {"drift-left": -1, "drift-right": 1}.get(subject.motion, 0)
    spot = Spot(subject, kind, count, space.middle, 0.0, size, domain, tight, face=face)
    spot = spot.evolve(y=_down(spot, space))
    return spot.evolve(x=space.middle + space.side * _aside(spot, space)) if subjects == 1 else spot


def turned_over(size: float, amount: float) -> float:
    """Small things large, large ones small: at 1 a size has changed places with its counterpart, at 0 nothing has."""
    other = _MIDDLING * _MIDDLING / max(size, 0.05)
    return max(0.04, soft(abs(lerp(size, other, amount)), 1.2, 2.2))


def _share(subjects: int, count: int) -> float:
    """The more there is to see, the smaller it is."""
    if subjects == 1:
        return 1.0 if count == 1 else 0.84
    return 0.74 if subjects <= 4 else 0.74 * sqrt(4 / subjects)


def _herd(count: int) -> float:
    """How much smaller each of several is; beyond six it shrinks with the fourth root, then by the room there is."""
    return _HERD[count] if count < len(_HERD) else 0.5 * sqrt(sqrt(6 / count))


def _aside(spot: Spot, space: Space) -> float:
    """How far a single subject is from the middle: a little, in a wide frame about a third."""
    aside = 0.0 if _heavy(spot) else 0.07
    return aside + (0.16 * (min(space.width, 4.0) - 1) if spot.count == 1 else 0.0)


def _across(order: int, among: int, company: bool) -> float:
    """Where one of several unrelated subjects is, in widths from the middle: thirds, or a row that leaves no two on
    one spot. company: others hold the middle."""
    if company and among <= len(_ROUND):
        return _ROUND[order]
    if among < len(_ACROSS):
        return _ACROSS[among][order]
    slot = (order * 2 + 1) % among if among % 2 else (order * 2 + order * 2 // among) % among
    return ((slot + 0.5) / among - 0.5) * 0.94


def _nearer(spot: Spot, row: Sequence[Spot], space: Space) -> float:
    """Where herds mix, what can move stands a little nearer than trees and houses, so that it is not lost in them."""
    mixed = len(row) > 1 and any(other.count > 1 for other in row)
    if not mixed or spot.domain != "ground":
        return 0.0
    return (0.1 if spot.kind.faces else -0.08) * min(space.land, 0.6)


def _heavy(spot: Spot) -> bool:
    """Whether it holds the middle of a picture by itself."""
    if spot.domain in ("base", "float") or "dancing" in spot.kind.traits:
        return True
    return not spot.kind.faces and spot.domain == "ground"


def _down(spot: Spot, space: Space) -> float:
    h, horizon = space.height, space.horizon
    match spot.domain:
        case "ground" if "wall" in spot.kind.traits and not space.setting.outdoors:
            return min(horizon + 0.012, space.line)
        case "ground":
            return space.line
        case "land":
            return horizon + 0.56 * space.land
        case "water":
            return horizon + 0.42 * space.land
        case "base":
            return h + 0.02
        case "float":
            return h / 2 + spot.half
        case "air":
            return 0.46 * h if space.open else min(0.42 * h, horizon * 0.62)
        case "sky":
            return horizon * 0.38


def _in_the_sky(spot: Spot, order: int, space: Space) -> Spot:
    """Sun, moon, stars, clouds beside something else: smaller, and on the other side of the lead subject."""
    low = "rayed" in spot.kind.traits and space.palette.low_disc
    across = _SKY_ACROSS[order % len(_SKY_ACROSS)]
    return spot.evolve(
        size=spot.size * 0.88,
        x=space.middle + across * space.side * space.width,
        y=space.horizon * (0.62 if low else 0.33 + 0.06 * (order % 2)),
    )


def legible(found: dict[str, Spot], space: Space) -> dict[str, Spot]:
    """The spots with what is written wholly inside the frame: smaller and moved, over the heads of who stands there."""
    others = [s for s in found.values() if not s.subject.letters]
    out = dict(found)
    for name, spot in found.items():
        if not spot.subject.letters:
            continue
        broad = max(spot.kind.width, 0.3) * _FLOURISH
        size = min(spot.size, (space.width - 0.08) / broad, 0.9 * space.height)
        if others and spot.subject.down == 0:
            size = min(size, 0.36 * space.height)
            spot = spot.hung(0.24 * space.height)
        x = space.inside(spot.x, broad * size)
        y = min(max(spot.middle, 0.5 * size + 0.03), space.height - 0.5 * size - 0.03)
        out[name] = spot.evolve(x=x, size=size).hung(y)
    return out


def _shot(spot: Spot, space: Space, stream: Stream) -> Spot:
    """How near the camera is to a single subject: wide, medium or close. Its own size counts more."""
    shot = stream.pick(("wide", "medium", "medium", "close"))
    far_from_plain = min(1.0, 2 * abs(spot.subject.size - 1))
    shift = abs(spot.subject.across) + abs(spot.subject.down)
    if spot.count > 1 or shift > 0 or space.setting.name in ("room", "paper"):
        return spot
    k = {"wide": 0.66, "medium": 1.0, "close": 1.34}[shot]
    if spot.domain == "land":  # a mountain without its top is a wall
        k = min(k, max(0.5, (spot.y - 0.15 * space.height) / max(1.15 * spot.size, 0.02)))
    y, x = spot.y, spot.x
    if spot.domain == "ground":
        k = min(k, 0.9 if space.wet and "person" in spot.kind.traits else 1.22)
        y += {"wide": -0.05, "medium": 0.0, "close": 0.06}[shot] * (1 - far_from_plain)
        y = min(space.height, y)
    if shot == "wide" and spot.domain != "base":
        aside = max(0.12 * space.width, abs(x - space.middle))
        x = lerp(space.middle + space.side * aside, x, far_from_plain)
    return spot.evolve(x=x, y=y, size=spot.size * lerp(k, 1.0, far_from_plain))
