"""How the frame is divided and from where one looks: what each scheme does with the spots, before they become bodies.

Schemes of several pictures (a diptych, a page) are in `panels`. Knows no words, no paint, no pixels.
"""

from collections.abc import Callable, Mapping
from math import sqrt
from typing import TypeAlias

from uncaged.engines.ink.numbers import GOLDEN, TAU, cos, sin
from uncaged.engines.ink.space import CENTRED, STANDS, Space, Spot

Spots: TypeAlias = dict[str, Spot]
Arrange: TypeAlias = Callable[[Spots, Space], Spots]

HORIZONS: Mapping[str, float] = {"above": -0.3, "wide": 0.76, "portrait": 0.58, "frieze": 0.8}
"""Where the horizon is, as a share of the height, for schemes that care."""

PLACES: Mapping[str, str] = {"map": "paper", "frieze": "paper"}
"""The setting a scheme is drawn on, where it is not the scene's own."""

_RESTING: Mapping[str, float] = {"sit": 0.62, "kneel": 0.75, "lie": 0.2, "sleep": 0.16}
"""How high a face is while its body rests, against standing."""

_SEEN = 0.24
"""However wide the view is, the lead is so high, in shorter sides."""

_EDGE = 0.1
"""What stays free at the sides in a wide view, where grass grows in front."""

_WHOLE = 0.86
"""What nobody knows from a part is so high, or broad, at most."""

_LIES = frozenset({"lie", "sleep"})

_MOST = 48


def arranged(scheme: str, spots: Spots, space: Space) -> Spots:
    """The spots as a scheme wants them; an unknown scheme leaves them where they are."""
    arrange = _SCHEMES.get(scheme)
    return arrange(spots, space) if arrange is not None and spots else spots


def lead(spots: Spots) -> Spot:
    """Whom the picture is about: the first that is not far up in the sky."""
    return next((s for s in spots.values() if s.domain != "sky"), next(iter(spots.values())))


def _moved(spots: Spots, about: tuple[float, float], to: tuple[float, float], k: float) -> Spots:
    """Everything but the sky, `k` times as large, `about` brought to `to`."""
    return {
        name: s
        if s.domain == "sky" and len(spots) > 1
        else s.evolve(
            x=to[0] + (s.x - about[0]) * k, y=to[1] + (s.y - about[1]) * k, size=s.size * k
        )
        for name, s in spots.items()
    }


def _close(spots: Spots, space: Space) -> Spots:
    """So near that the frame cuts it: face and chest, a flank, half a crown."""
    s = lead(spots)
    wanted = (1.5 if s.domain in STANDS else 1.15) * min(space.height, 1.3)
    k = min(max(wanted / max(s.size, 0.02), 1.25), 6.0)
    if s.count > 1:
        k = min(k, 2.0)
    if (
        "whole" in s.kind.traits or not s.kind.faces
    ):  # a corner of a thing names nothing: its outline stays whole
        whole = _WHOLE * min(space.height, space.width / max(s.kind.width, 0.3))
        k = min(k, max(1.0, whole / max(s.size, 0.02)))
    x = space.middle + 0.05 * space.side * space.width
    spots = {**spots, s.name: _turned(s)}
    return _moved(spots, _face(s, 0.7), (x, 0.46 * space.height), k)


def _turned(s: Spot) -> Spot:
    """Looking to the right, unless it was told to look elsewhere."""
    return s.evolve(face=1) if s.face == 0 and s.kind.faces and s.count == 1 else s


def _face(s: Spot, high: float) -> tuple[float, float]:
    """Where the face is: above the feet, and in front of what is longer than it is high."""
    long = s.kind.faces and s.kind.width > 0.75 and s.domain in STANDS and s.count == 1
    x = s.x + (s.face or 1) * 0.34 * s.kind.width * s.size if long else s.x
    resting = _RESTING.get(s.subject.posture, 1.0) if s.subject.posture in s.kind.postures else 1.0
    if resting < 1 and s.subject.posture in _LIES:
        return s.x, s.y - resting * s.size
    return x, s.y if s.domain in CENTRED else s.y - high * resting * s.size


def _wide(spots: Spots, space: Space) -> Spots:
    """Small in a large place, a third from the edge."""
    s = lead(spots)
    if s.tight:  # whatever carries it stands on the ground
        s = max((p for p in spots.values() if p.domain != "sky"), key=lambda p: p.foot)
    k = min(1.0, max(0.8 if s.domain == "land" else 0.5, _SEEN / max(s.size, 0.05)))
    x = space.middle + 0.2 * space.side * space.width
    y = s.y if s.domain in CENTRED else max(s.y, space.line)
    return _within(_moved(spots, (s.x, s.y), (x, y), k), space)


def _within(spots: Spots, space: Space) -> Spots:
    """The same view moved sideways until whoever stands there is inside, as far as the frame has room."""
    shown = [s for s in spots.values() if s.domain in ("ground", "water", "air")]
    if not shown:
        return spots
    left = min(s.x - 0.6 * s.breadth for s in shown) - _EDGE
    right = max(s.x + 0.6 * s.breadth for s in shown) - (space.width - _EDGE)
    shift = -left if left < 0 else -right if right > 0 else 0.0
    return {name: s.evolve(x=s.x + shift) for name, s in spots.items()} if shift else spots


def _portrait(spots: Spots, space: Space) -> Spots:
    """Large before its place, from the chest upwards where it has one, the rest behind it."""
    s = lead(spots)
    upright = s.domain in ("ground", "land") and s.kind.height >= 0.5
    size = (1.9 if upright else 1.05) * min(space.height, 1.25)
    k = min(max(size / max(s.size, 0.02), 0.8), 8.0)
    x = space.middle - 0.04 * space.side * space.width
    near = {name: p for name, p in spots.items() if name == s.name or p.tight}
    near[s.name] = _turned(s)
    moved = _moved(near, _face(s, 0.84 if upright else 0.5), (x, 0.44 * space.height), k)
    return {name: moved.get(name, p) for name, p in spots.items()}


def _frieze(spots: Spots, space: Space) -> Spots:
    """One behind the other in a band, all of them going one way, as on a vase."""
    rides = ("on", "in", "held", "carried")
    standing = [
        s for s in spots.values() if s.domain != "sky" and s.subject.relation not in rides
    ] or [lead(spots)]
    high = 0.44 * min(space.height, 1.2)
    out = dict(spots)
    among = max(len(standing), 1)
    for rank, s in enumerate(standing):
        size = min(high, s.size * 1.2)
        breadth = max(0.16, 0.8 * size * max(s.kind.width, 0.35)) * among
        many = max(s.count, min(_MOST, max(3, int(space.width / breadth))) if s.count < 4 else 0)
        foot = 0.5 * space.height + 0.5 * high
        y = foot - 0.5 * size if s.domain in CENTRED else foot
        out[s.name] = s.evolve(
            subject=s.subject.evolve(count=float(many)),
            y=y,
            size=size,
            count=many,
            face=space.side,
            array="row",
            rank=rank,
            among=among,
        )
    for s in spots.values():
        if s.subject.relation in rides and s.subject.to in out:
            many = max(s.count, out[s.subject.to].count)
            out[s.name] = s.evolve(subject=s.subject.evolve(count=float(many)), count=many)
    return out


def _above(spots: Spots, space: Space) -> Spots:
    """Seen from above: no horizon, everybody of one size, spread over the ground."""
    out: Spots = {}
    for n, (name, s) in enumerate(spots.items()):
        r = 0.0 if n == 0 else 0.34 * sqrt(n / max(1, len(spots) - 1))
        angle = n * GOLDEN + 0.4 * space.side
        x = space.middle + r * space.width * cos(angle)
        y = 0.52 * space.height + r * space.height * sin(angle)
        size = s.size * (0.62 if s.count == 1 else 0.5)
        s = s.evolve(size=size, array="scatter" if s.count > 1 else "")
        out[name] = s.evolve(x=x).hung(y) if not s.tight else s.evolve(y=s.y - 0.1 * space.height)
    return out


def _map(spots: Spots, space: Space) -> Spots:
    """Small on a chart, each where a way leads to."""
    out: Spots = {}
    count = len(spots)
    for n, (name, s) in enumerate(spots.items()):
        angle = TAU * (n + 0.15) / max(count, 1) + (0.6 if space.side > 0 else 2.1)
        reach = 0.0 if count == 1 else 0.24
        x = space.middle + reach * space.width * cos(angle)
        y = (0.53 + 0.24 * sin(angle) * (count > 1)) * space.height
        size = min(0.26, 0.5 * s.size) if count > 1 or s.count > 1 else min(0.34, 0.6 * s.size)
        s = s.evolve(size=size, array="scatter" if s.count > 1 else "")
        out[name] = s.evolve(x=x).hung(y)
    return out


_SCHEMES: Mapping[str, Arrange] = {
    "close": _close,
    "wide": _wide,
    "portrait": _portrait,
    "frieze": _frieze,
    "above": _above,
    "map": _map,
}
