"""A room: papered wall, windows with a view and the weather in it, a rug on boards, and what stands about."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, under
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.settings import Draw, Ground, Setting, register
from uncaged.engines.ink.settings.furniture import Room, box, furnish, lamp, picture, pot, shelf
from uncaged.engines.ink.settings.layout import level, soft, tall
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import disc_colour, sky
from uncaged.engines.ink.settings.walls import floored, papered, wall_colour
from uncaged.engines.ink.settings.weather import Box, rain, snow, stars


def build(ground: Ground) -> None:
    """Layers of a room."""
    p, stream = ground.palette, ground.stream.sub("room")
    floor = level(ground, clamp(0.7 + 0.45 * (ground.horizon / ground.height - 0.63), 0.6, 0.8))
    wall = wall_colour(p, p.far if p.negative else mix(p.low, p.far, 0.3), stream.sub("wall"))
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
    papered(room, on, stream.sub("paper"))
    _hang(room, on, stream.sub("bays"))
    if stream.chance(0.5):
        lamp(room, ground.width / 2 + stream.uniform(-0.12, 0.12))
    floored(room, sheet(ground, "floor", 1.0, room.boards, 0.3, 0.7), stream.sub("floor"))
    left = stream.chance(0.5)
    furnish(room, stream.sub("furniture"), left)
    pot(room, stream.sub("pot"), not left)


def _hang(room: Room, on: Drawing, stream: Stream) -> None:
    """Windows, and between them pictures and shelves; sometimes a large window alone, or none."""
    first = stream.integer(0, 1)
    look = stream.sub("look").pick(("one", "one", "large", "bare", "none"))
    look = "none" if room.ground.walled else look
    panes: list[Box] = []
    for k, x in enumerate(room.bays):
        lots = stream.sub(k)
        if room.ground.walled and k % 2 == first:
            continue
        if k % 2 == first and look != "none":
            panes.append(window(room, on, lots, x, not panes, 1.35 if look == "large" else 1.0))
        elif k == 0 or k == len(room.bays) - 1 or lots.chance(0.6):
            picture(room, on, lots, x)
        else:
            shelf(room, on, lots, x)
    cloth = stream.sub("cloth").pick(("a", "b", "c", "a"))
    for k, pane in enumerate(panes):
        outside(room, pane, k, "" if look == "bare" else cloth)


def window(
    room: Room, on: Drawing, stream: Stream, middle: float, sunny: bool, large: float = 1.0
) -> Box:
    """A window with a view; gives its pane. sunny: the sun or moon is seen in it. large: how large, 1 = plain."""
    size = tall(room.ground)
    w, h = 0.26 * (0.5 + 0.5 * size) * large, 0.33 * size * large
    foot = room.floor - 0.25 * (0.6 + 0.4 * size) / large
    x, y = middle - w / 2, max(0.04, foot - h)
    pane = (x, y, x + w, foot)
    h = foot - y
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


def outside(room: Room, pane: Box, k: int, cloth: str = "a") -> None:
    """The weather in a window, and what is in front of it: its cross, its curtains in a role's colour ("" = none)."""
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
    for x, inwards in ((x0 - 0.05, 1), (x1 + 0.05, -1)) if cloth else ():
        fall = [(-0.03, -0.05), (0.09, -0.05), (0.06, 0.42 * h), (0.02, 0.75 * h)]
        fall += [(0.05, h + 0.07), (-0.05, h + 0.07)]
        curtain = smooth([(x + inwards * dx, y0 + dy) for dx, dy in fall], True, 4)
        on.form(curtain, room.cloth(cloth), line=0.7, shade=0.9, fill="striped")


register(
    Setting(
        "room",
        build,
        at=(0.86, 0.88),
        spirit="table",
        palettes=("rust", "gold", "violet", "candy", "sea", "ash", "moss"),
        floor=0.9,
        outdoors=False,
        level=False,
    )
)
