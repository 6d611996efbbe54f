"""Walls and floors of a room: papers with sprigs, stripes, dots or panels; boards or tiles; rugs. Knows no furniture.

Each room has one of each, by lot, so that two rooms are not the same room.
"""

from collections.abc import Callable
from math import sqrt
from typing import TypeAlias

from uncaged.engines.ink.colour import Colour, Palette, lightness, mix, shade
from uncaged.engines.ink.curves import bezier, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings.furniture import Room, box
from uncaged.engines.ink.settings.layout import MARGIN, REACH, wide

Paper: TypeAlias = Callable[[Room, Drawing, Colour], None]

_MOST = 12.0
"""Patterns go on for so many shorter sides, at most."""


def wall_colour(palette: Palette, plain: Colour, stream: Stream) -> Colour:
    """The wall in its plain colour, or with one of the palette's own in it."""
    role, share = stream.pick(
        (("", 0.0), ("", 0.0), ("c", 0.34), ("mid", 0.42), ("light", 0.45), ("b", 0.3))
    )
    return mix(plain, palette.role(role), share) if role else plain


def papered(room: Room, on: Drawing, stream: Stream) -> None:
    """The wall's pattern, a little paler or darker than the wall."""
    p, wall = room.ground.palette, room.wall
    tone = mix(wall, p.far if lightness(wall) > 0.5 else p.light, 0.35)
    stream.pick(PAPERS)(room, on, tone)


def _reach(room: Room) -> float:
    return min(room.ground.width + 2 * MARGIN, _MOST)


def _sprigs(room: Room, on: Drawing, tone: Colour) -> None:
    for j in range(int((room.floor + MARGIN) / 0.1) + 1):
        y = -MARGIN + 0.02 + 0.1 * j
        if y > room.floor - 0.06:
            break
        for i in range(int(_reach(room) / 0.06) + 1):
            x = -MARGIN + 0.06 * i + (0.03 if j % 2 else 0)
            sprig = bezier((x, y + 0.015), (x + 0.002, y), (x + 0.01, y - 0.012), 5)
            on.stroke(sprig, 1.0, tone, wobble=0.3)
            on.dot(x - 0.008, y - 0.003, 0.004, tone)


def _stripes(room: Room, on: Drawing, tone: Colour) -> None:
    pale = mix(room.wall, tone, 0.5)
    for i in range(int(_reach(room) / 0.15) + 1):
        x = -MARGIN + 0.15 * i
        on.flat(box(x, -MARGIN, x + 0.075, room.floor), pale)


def _dots(room: Room, on: Drawing, tone: Colour) -> None:
    for j in range(int((room.floor + MARGIN) / 0.075)):
        for i in range(int(_reach(room) / 0.09) + 1):
            x = -MARGIN + 0.09 * i + (0.045 if j % 2 else 0)
            on.dot(x, -MARGIN + 0.04 + 0.075 * j, 0.011, tone)


def _panels(room: Room, on: Drawing, tone: Colour) -> None:
    """Wood to the height of a chair's back, plain above."""
    top = room.floor - 0.22
    wood = mix(room.wall, room.wood, 0.35)
    on.form(box(-MARGIN, top, room.ground.width + MARGIN, room.floor), wood, line=0.7, shade=0.5)
    for i in range(int(_reach(room) / 0.2) + 1):
        x = -MARGIN + 0.2 * i + 0.025
        panel = box(x, top + 0.03, x + 0.15, room.floor - 0.05)
        on.form(panel, mix(wood, tone, 0.2), line=0.5, shade=0.5)


def _plain(room: Room, on: Drawing, tone: Colour) -> None:
    """A rail for pictures, nothing else."""
    y = 0.09
    on.stroke(points((-MARGIN, y), (room.ground.width + MARGIN, y)), 1.6, tone, wobble=0.3)


PAPERS: tuple[Paper, ...] = (_sprigs, _stripes, _dots, _panels, _plain)


def floored(room: Room, on: Drawing, stream: Stream) -> None:
    """Boards that run together behind the wall, or tiles; a skirting; a rug, round or square, or none."""
    ground, floor = room.ground, room.floor
    left, right, low = -REACH, ground.width + REACH, ground.height + REACH
    on.form(box(left, floor, right, low), room.boards, line=0, shade=0.8, light=(0.2, 1))
    _seams(room, on, tiles=stream.chance(0.35))
    on.stroke(points((left, floor), (right, floor)), 0.9, wobble=0.6, taper=(0.01, 0.01))
    skirting = box(left, floor - 0.035, right, floor)
    on.form(skirting, mix(room.wall, ground.palette.light, 0.4), line=0.4, shade=0.3)
    rug = stream.pick((_round_rug, _round_rug, _square_rug, None))
    if rug is not None:
        edge, core = stream.pick((("c", "a"), ("a", "b"), ("b", "c"), ("c", "b")))
        rug(room, on, edge, core)


def _seams(room: Room, on: Drawing, tiles: bool) -> None:
    ground, p = room.ground, room.ground.palette
    middle, deep = ground.width / 2, (ground.height + 0.3 - room.floor) / 0.4
    half, seam = int(min(middle + 0.6, 8.0) / 0.094) + 1, shade(room.boards, p, 0.1)
    for k in range(-half, half + 1):
        if tiles and k % 2:
            continue
        x = (k + 0.5) * 0.13
        foot = x * (0.72 + 0.88 * deep / (0.5 + 0.5 * deep))
        line = points((middle + x * 0.72, room.floor), (middle + foot, ground.height + 0.3))
        on.stroke(line, 0.5, seam, wobble=0.8)
    if tiles:
        y, step = room.floor, 0.035
        while y < ground.height + 0.2:
            y, step = y + step, step * 1.35
            on.stroke(points((-REACH, y), (ground.width + REACH, y)), 0.5, seam, wobble=0.6)


def _round_rug(room: Room, on: Drawing, edge: str, core: str) -> None:
    ground = room.ground
    middle, y, broad, flat = ground.width / 2, 0.9 * ground.height, wide(ground), sqrt(room.deep)
    pale = mix(room.cloth(edge), ground.palette.light, 0.4)
    for rx, ry, colour, line in (
        (0.42, 0.075, room.cloth(edge), 0.8),
        (0.34, 0.055, pale, 0.5),
        (0.22, 0.033, room.cloth(core), 0.5),
    ):
        on.form(circle(middle, y, rx * broad, ry * flat, 36), colour, line=line, shade=0.55)


def _square_rug(room: Room, on: Drawing, edge: str, core: str) -> None:
    """Seen slantingly: narrower behind; fringes at both ends."""
    ground = room.ground
    middle, y, broad, flat = ground.width / 2, 0.9 * ground.height, wide(ground), sqrt(room.deep)
    for k, (colour, line) in enumerate(((room.cloth(edge), 0.8), (room.cloth(core), 0.5))):
        rx, ry = (0.42 - 0.06 * k) * broad, (0.07 - 0.022 * k) * flat
        rug = points(
            (middle - rx * 0.86, y - ry),
            (middle + rx * 0.86, y - ry),
            (middle + rx, y + ry),
            (middle - rx, y + ry),
        )
        on.form(rug, colour, line=line, shade=0.55, fill="striped" if k else "plain")
