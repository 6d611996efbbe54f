"""A room: papered wall, windows with a view and the weather in it, a rug on boards, and what stands about."""

from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import HUES, lightness, mix, shade, under
from uncaged.engines.ink.curves import bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings import Draw, Ground, Setting, register
from uncaged.engines.ink.settings.furniture import Room, box, furnish, lamp, picture, pot, shelf
from uncaged.engines.ink.settings.layout import MARGIN, REACH, level, soft, tall, wide
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import disc_colour, sky
from uncaged.engines.ink.settings.weather import Box, rain, snow, stars


def build(ground: Ground) -> None:
    """Layers of a room."""
    p, stream = ground.palette, ground.stream.sub("room")
    floor = level(ground, 0.7)
    wall = p.far if p.negative else mix(p.low, p.far, 0.3)
    boards = mix(p.light, p.mid, 0.2) if p.paper else mix(p.mid, p.far, 0.35)
    bays = max(2, int(min(ground.width, 14.0) / 0.5 + 0.5))
    room = Room(
        ground,
        floor,
        (ground.height - floor) / 0.3,
        wall,
        boards,
        p.mid if p.negative else p.light,
        mix(under(HUES["brown"], p), p.deep, 0.15),
        tuple(ground.width * (k + 0.5) / bays for k in range(bays)),
    )
    sky(ground, mix(wall, p.low, 0.2), wall, bare=True)
    ground.stand, ground.behind = boards, wall
    on = sheet(ground, "wall", 0.85, wall, 0.4, 0.7)
    _paper(room, on)
    _hang(room, on, stream.sub("bays"))
    if stream.chance(0.5):
        lamp(room, ground.width / 2 + stream.uniform(-0.12, 0.12))
    _floor(room)
    left = stream.chance(0.5)
    furnish(room, stream.sub("furniture"), left)
    pot(room, stream.sub("pot"), not left)


def _paper(room: Room, on: Drawing) -> None:
    """Wallpaper: leaning sprigs."""
    p, wall = room.ground.palette, room.wall
    tone = mix(wall, p.far if lightness(wall) > 0.5 else p.light, 0.35)
    for j in range(int((room.floor + MARGIN) / 0.1) + 1):
        y = -MARGIN + 0.02 + 0.1 * j
        if y > room.floor - 0.06:
            break
        for i in range(int(min(room.ground.width + 2 * MARGIN, 12) / 0.06) + 1):
            x = -MARGIN + 0.06 * i + (0.03 if j % 2 else 0)
            sprig = bezier((x, y + 0.015), (x + 0.002, y), (x + 0.01, y - 0.012), 5)
            on.stroke(sprig, 1.0, tone, wobble=0.3)
            on.dot(x - 0.008, y - 0.003, 0.004, tone)


def _hang(room: Room, on: Drawing, stream: Stream) -> None:
    """Windows, and between them pictures and shelves."""
    first = stream.integer(0, 1)
    panes: list[Box] = []
    for k, x in enumerate(room.bays):
        lots = stream.sub(k)
        if k % 2 == first:
            panes.append(window(room, on, lots, x, not panes))
        elif k == 0 or k == len(room.bays) - 1 or lots.chance(0.6):
            picture(room, on, lots, x)
        else:
            shelf(room, on, lots, x)
    for k, pane in enumerate(panes):
        outside(room, pane, k)


def window(room: Room, on: Drawing, stream: Stream, middle: float, sunny: bool) -> Box:
    """A window with a view; gives its pane. sunny: the sun or moon is seen in it."""
    size = tall(room.ground)
    w, h = 0.26 * (0.5 + 0.5 * size), 0.33 * size
    x, y = middle - w / 2, room.floor - 0.25 * (0.6 + 0.4 * size) - h
    pane = (x, y, x + w, y + h)
    on.form(box(x - 0.02, y - 0.02, x + w + 0.02, y + h + 0.02), room.frame, line=0.8, shade=0.5)
    _view(room, on, stream, pane, sunny)
    return pane


def _view(room: Room, on: Drawing, stream: Stream, pane: Box, sunny: bool) -> None:
    p, sky_now = room.ground.palette, room.ground.weather
    x, y, w, h = pane[0], pane[1], pane[2] - pane[0], pane[3] - pane[1]
    air = mix(p.top, p.light, 0.05 if p.night else 0.3)
    if abs(sky_now.rain) + abs(sky_now.snow) > 0.1:
        air = mix(air, p.far, 0.6)
    on.form(box(*pane), air, line=0.7, shade=0)
    on.clip(box(*pane))
    if sunny:
        big = 0.032 * (1 + 0.8 * soft(max(0.0, room.ground.disc), 2.0))
        sun = circle(x + w * 0.7, y + h * 0.27, big, count=20)
        on.form(sun, disc_colour(p), line=0.5, shade=0.3)
    heights = [a + stream.uniform(-0.06, 0.06) for a in (0.7, 0.52, 0.68, 0.55)]
    ways = zip((0.0, 0.3, 0.6, 1.0), heights, strict=True)
    hills = smooth([(x + w * a, y + h * b) for a, b in ways], False, 5)
    land = mix(p.light, p.mid, 0.3) if p.paper else p.mid
    if sky_now.snow > 0:
        land = mix(land, p.light, 0.6)
    on.form(np.concatenate([hills, points((x + w, y + h), (x, y + h))]), land, line=0.6, shade=0.8)
    on.unclip()


def outside(room: Room, pane: Box, k: int) -> None:
    """The weather in a window, and what is in front of it: its cross, its curtains."""
    ground, amounts = room.ground, room.ground.weather
    x0, y0, x1, y1 = pane
    p, top = ground.palette, (x0, y0, x1, y0 + 0.45 * (y1 - y0))
    draws = [
        stars(ground, amounts.stars * 4, top),
        rain(ground, amounts.rain * 10, pane, mix(p.top, p.near, 0.5)),
        snow(ground, amounts.snow * 4, pane),
    ]
    falling: list[Draw] = [draw for draw in draws if draw is not None]

    def weather(frame: Drawing, moment: Moment) -> None:
        frame.clip(box(*pane))
        for draw in falling:
            draw(frame, moment)
        frame.unclip()

    if falling:
        ground.add(f"weather{k}", 0.85, weather, "live")
    on = sheet(ground, f"curtains{k}", 0.85, room.wall, 0.4, 0.7)
    middle, h = (x0 + x1) / 2, y1 - y0
    on.stroke(points((middle, y0), (middle, y1)), 1.8, room.frame, wobble=0.2)
    bar = points((x0, y0 + h * 0.5), (x1, y0 + h * 0.5))
    on.stroke(bar, 1.5, room.frame, wobble=0.2)
    for x, inwards in ((x0 - 0.05, 1), (x1 + 0.05, -1)):
        fall = [(-0.03, -0.05), (0.09, -0.05), (0.06, 0.42 * h), (0.02, 0.75 * h)]
        fall += [(0.05, h + 0.07), (-0.05, h + 0.07)]
        curtain = smooth([(x + inwards * dx, y0 + dy) for dx, dy in fall], True, 4)
        on.form(curtain, room.cloth("a"), line=0.7, shade=0.9, fill="striped")


def _floor(room: Room) -> None:
    """Boards that run together behind the wall, a skirting, a rug."""
    ground, p, floor = room.ground, room.ground.palette, room.floor
    on = sheet(ground, "floor", 1.0, room.boards, 0.3, 0.7)
    left, right, low = -REACH, ground.width + REACH, ground.height + REACH
    on.form(box(left, floor, right, low), room.boards, line=0, shade=0.8, light=(0.2, 1))
    middle, deep = ground.width / 2, (ground.height + 0.3 - floor) / 0.4
    half = int(min(middle + 0.6, 8.0) / 0.094) + 1
    for k in range(-half, half + 1):
        x = (k + 0.5) * 0.13
        foot = x * (0.72 + 0.88 * deep / (0.5 + 0.5 * deep))
        seam = points((middle + x * 0.72, floor), (middle + foot, ground.height + 0.3))
        on.stroke(seam, 0.5, shade(room.boards, p, 0.1), wobble=0.8)
    on.stroke(points((left, floor), (right, floor)), 0.9, wobble=0.6, taper=(0.01, 0.01))
    skirting = box(left, floor - 0.035, right, floor)
    on.form(skirting, mix(room.wall, p.light, 0.4), line=0.4, shade=0.3)
    y, wide_, flat = 0.9 * ground.height, wide(ground), sqrt(room.deep)
    edge, core = room.cloth("c"), room.cloth("a")
    pale = mix(edge, p.light, 0.4)
    for rx, ry, colour, line in (
        (0.42, 0.075, edge, 0.8),
        (0.34, 0.055, pale, 0.5),
        (0.22, 0.033, core, 0.5),
    ):
        on.form(circle(middle, y, rx * wide_, ry * flat, 36), colour, line=line, shade=0.55)


register(
    Setting(
        "room",
        build,
        at=(0.86, 0.88),
        spirit="table",
        palettes=("rust", "gold", "candy", "ash"),
        floor=0.9,
        outdoors=False,
        level=False,
    )
)
