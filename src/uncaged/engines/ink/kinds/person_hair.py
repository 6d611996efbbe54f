"""Hair and beards of small heads, in profile and half turned: behind the skull, over it, and what swings. No faces.

A new style is a row of `OVER` for each of the two views, in units of the head's radius; what hangs is in `TAILS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, lobed, smooth
from uncaged.engines.ink.numbers import Array, Stream

Pairs: TypeAlias = tuple[tuple[float, float], ...]

HAIRS: Final = (
    "crop", "long", "bun", "curls", "afro", "braids", "ponytail", "bob", "fringe", "spikes", "bald",
    "wild", "tuft",
)  # fmt: skip
"""Every style, in both views."""

_CROP_P = ((-1.15, 0.1), (-0.9, -1.0), (0.1, -1.3), (0.85, -0.8), (0.2, -0.1), (-0.3, 0.75))
_CAP_P = ((-1.0, 0.3), (-0.9, -1.0), (0.1, -1.3), (0.9, -0.75), (0.1, -0.55), (-0.45, 0.0))
_CROP_T = (
    (-1.0, 0.28), (-1.1, -0.45), (-0.72, -1.12), (0.1, -1.3), (0.8, -1.02), (1.06, -0.36),
    (0.95, -0.05), (0.8, -0.46), (0.3, -0.7), (-0.3, -0.62), (-0.74, -0.3), (-0.82, 0.12),
)  # fmt: skip
_PART_T = (
    (-1.02, 0.42), (-1.12, -0.4), (-0.72, -1.15), (0.1, -1.32), (0.82, -1.04), (1.08, -0.3),
    (1.0, 0.25), (0.88, -0.12), (0.6, -0.56), (0.16, -0.88), (-0.38, -0.6), (-0.8, -0.06),
    (-0.86, 0.36),
)  # fmt: skip

OVER: Final[Mapping[str, tuple[Pairs, Pairs]]] = {
    "crop": (_CROP_P, _CROP_T),
    "long": (_CAP_P, _PART_T),
    "bun": (_CROP_P, _PART_T),
    "braids": (_CAP_P, _PART_T),
    "ponytail": (_CROP_P, _CROP_T),
    "bob": (
        (
            (-1.12, 0.95), (-1.32, 0.1), (-1.0, -1.0), (0.1, -1.34), (0.92, -0.78), (0.4, -0.42),
            (0.12, 0.2), (0.06, 1.0), (-0.6, 1.1),
        ),
        _PART_T,
    ),
    "fringe": (
        (
            (-1.15, 0.4), (-1.12, -0.9), (0.0, -1.36), (0.95, -0.85), (1.0, -0.4), (0.4, -0.4),
            (0.06, -0.25), (-0.08, 0.3), (-0.6, 0.62),
        ),
        (
            (-1.06, 0.3), (-1.12, -0.5), (-0.66, -1.17), (0.1, -1.34), (0.8, -1.04), (1.1, -0.4),
            (1.03, 0.2), (0.88, -0.32), (0.2, -0.38), (-0.52, -0.32), (-0.84, -0.02),
        ),
    ),
    "spikes": (
        (
            (-1.1, 0.3), (-1.4, -0.25), (-1.08, -0.42), (-1.3, -0.95), (-0.78, -0.98),
            (-0.62, -1.52), (-0.15, -1.2), (0.3, -1.58), (0.52, -1.12), (1.05, -1.16),
            (0.85, -0.66), (0.2, -0.25), (-0.22, 0.5),
        ),
        (
            (-0.98, 0.3), (-1.34, -0.2), (-1.08, -0.42), (-1.22, -0.95), (-0.72, -1.02),
            (-0.5, -1.55), (-0.05, -1.2), (0.42, -1.56), (0.66, -1.06), (1.2, -0.98),
            (1.02, -0.45), (1.0, 0.05), (0.78, -0.48), (0.3, -0.62), (-0.3, -0.5), (-0.8, -0.1),
        ),
    ),
    "tuft": (
        ((-0.12, -0.96), (-0.4, -1.3), (0.05, -1.55), (0.35, -1.25), (0.24, -0.95)),
        ((-0.2, -0.98), (-0.32, -1.3), (0.15, -1.56), (0.36, -1.25), (0.26, -0.98)),
    ),
    "bald": (
        ((-0.98, 0.0), (-0.86, -0.34), (-0.45, -0.12), (-0.3, 0.45), (-0.72, 0.74)),
        ((-1.0, 0.35), (-1.05, -0.2), (-0.9, -0.3), (-0.86, 0.1)),
    ),
}  # fmt: skip
"""Hair over the skull: in profile, half turned."""

_BEHIND: Final[Mapping[str, Pairs]] = {
    "bob": (
        (-1.16, 0.95), (-1.28, -0.1), (-0.85, -1.1), (0.1, -1.3), (0.85, -1.02), (1.2, -0.1),
        (1.1, 0.92), (0.72, 1.02), (-0.8, 1.1),
    ),
}  # fmt: skip
"""Hair behind the skull of a head half turned."""


@dataclass(frozen=True, slots=True)
class Hair:
    """Somebody's hair. behind, over: outlines, or none. style: one of `HAIRS`. length: factor of what hangs."""

    style: str
    behind: Array | None
    over: Array
    length: float


def hair(stream: Stream, style: str, turned: bool) -> Hair:
    """Hair of a style for one view, by lot a little fuller or flatter."""
    full = stream.uniform(0.97, 1.06)
    length = stream.uniform(0.8, 1.25)
    if style in ("curls", "afro", "wild"):
        return _cloud(stream, style, turned, length)
    rows = OVER[style]
    over = smooth(rows[turned], True, 2 if style == "spikes" else 4) * full
    found = _BEHIND.get(style)
    behind = smooth(found, True, 4) * full if found is not None and turned else None
    return Hair(style, behind, over, length)


def _cloud(stream: Stream, style: str, turned: bool, length: float) -> Hair:
    """Curls round the back of the head that leave the face open; an afro is the larger cloud."""
    radius = {"curls": 1.06, "afro": 1.36, "wild": 1.3}[style]
    depth = 0.24 if style == "wild" else 0.14
    count = stream.integer(10, 13) + (3 if style != "curls" else 0)
    if turned:
        lift = -0.2 if style == "curls" else -0.36
        behind = lobed(stream, 0.0, lift, radius * 1.12, radius, count, depth, 4)
        return Hair(style, behind, smooth(_CROP_T, True, 4), length)
    cloud = lobed(stream, -0.42, -0.5, radius, radius * 0.95, count, depth, 4)
    x, y = cloud[:, 0], cloud[:, 1]
    edge = 0.22 + 0.5 * np.clip(-0.35 - y, 0, 1)
    over = np.stack([np.where(y > -0.95, np.minimum(x, edge), x), y], 1)
    return Hair(style, None, over, length)


# ------------------------------------------------------------------------------------------------ what hangs and swings

Tail: TypeAlias = Callable[[Hair, bool, float, float], list[Array]]
"""hair, whether half turned, how far it swings, how far it is blown back (0 … 2) → closed forms behind the skull."""


def _long(h: Hair, turned: bool, sway: float, blown: float) -> list[Array]:
    n = 2.5 * h.length
    s = sway + 0.55 * blown
    if turned:
        outline = [
            (-1.08, -0.3), (-0.7, -1.12), (0.1, -1.28), (0.85, -1.0), (1.1, -0.2), (1.04, 0.7),
            (0.7, 1.0), (0.0, 0.9), (-0.3, 1.2), (-0.42 - 0.5 * s, n - 0.3 * blown),
            (-1.2 - s, n - 0.4 * blown), (-1.42 - 0.6 * s, 0.5 * n),
        ]  # fmt: skip
    else:
        outline = [
            (-1.2, 0.0), (-0.9, -1.0), (0.1, -1.3), (0.85, -0.8), (0.1, 0.0),
            (-0.3, 0.62 * n), (-1.4 - s, n - 0.4 * blown), (-1.62 - 0.6 * s, 0.48 * n),
        ]  # fmt: skip
    return [smooth(outline, True, 4)]


def _ponytail(h: Hair, turned: bool, sway: float, blown: float) -> list[Array]:
    n = 1.7 * h.length
    s = sway + 0.6 * blown
    spine = [
        (-0.85, -0.75),
        (-1.5 - 0.2 * s, -0.55 - 0.15 * blown),
        (-1.65 - 0.7 * s, 0.5 * n - 0.3 * blown),
        (-1.5 - 1.3 * s, n - 0.55 * blown),
    ]
    return [Tube(spine, [0.14, 0.34, 0.3, 0.04], 14).outline()]


def _braids(h: Hair, turned: bool, sway: float, blown: float) -> list[Array]:
    n = 2.0 * h.length
    s = sway + 0.55 * blown
    out: list[Array] = []
    for x, late in ((-0.75, 1.0), (0.78, 0.6)) if turned else ((-0.62, 1.0),):
        spine = [(x, 0.3), (x * 1.25 - 0.4 * s * late, 0.3 + 0.5 * n)]
        spine.append((x * 1.2 - s * late, 0.3 + n - 0.4 * blown))
        out.append(Tube(spine, [0.22, 0.27, 0.2, 0.25, 0.1], 14).outline())
    return out


def _bun(h: Hair, turned: bool, sway: float, blown: float) -> list[Array]:
    x, y = (-0.35, -1.38) if turned else (-1.12, -0.75)
    return [circle(x, y, 0.5 * h.length, 0.46 * h.length, count=14)]


TAILS: Final[Mapping[str, Tail]] = {
    "long": _long,
    "ponytail": _ponytail,
    "braids": _braids,
    "bun": _bun,
}
"""What hangs behind the head, by style."""

_BEARDS: Final[Mapping[str, tuple[Pairs, Pairs]]] = {
    "full": (
        (
            (0.96, 0.62), (0.72, 0.5), (0.4, 0.6), (0.0, 0.2), (-0.25, 0.5), (0.0, 1.05),
            (0.5, 1.42), (0.95, 1.12),
        ),
        (
            (-0.92, 0.2), (-0.72, 0.5), (-0.25, 0.5), (0.0, 0.44), (0.25, 0.5), (0.72, 0.5),
            (0.92, 0.2), (0.78, 0.95), (0.0, 1.42), (-0.78, 0.95),
        ),
    ),
    "long": (
        (
            (0.98, 0.62), (0.72, 0.5), (0.4, 0.6), (0.0, 0.2), (-0.25, 0.5), (0.1, 1.3),
            (0.62, 2.3), (0.98, 1.3),
        ),
        (
            (-0.92, 0.2), (-0.72, 0.5), (-0.25, 0.5), (0.0, 0.44), (0.25, 0.5), (0.72, 0.5),
            (0.92, 0.2), (0.72, 1.1), (0.1, 2.3), (-0.6, 1.1),
        ),
    ),
    "moustache": (
        ((1.06, 0.5), (0.8, 0.42), (0.45, 0.66), (0.75, 0.6)),
        ((-0.42, 0.66), (-0.2, 0.46), (0.0, 0.44), (0.2, 0.46), (0.42, 0.66), (0.0, 0.56)),
    ),
}  # fmt: skip

BEARDS: Final[Mapping[str, tuple[Array, Array]]] = {
    name: (smooth(profile, True, 3), smooth(turned, True, 3))
    for name, (profile, turned) in _BEARDS.items()
}
"""Beards by name: in profile, half turned."""
