"""A kitchen: tiles, shelves with jars and plates, pans that swing, a stove with a pot that steams, a window."""

from itertools import pairwise

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, mix, shade, under
from uncaged.engines.ink.curves import Tube, blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.facades import warm
from uncaged.engines.ink.settings.furniture import Room, box, lamp
from uncaged.engines.ink.settings.layout import MARGIN, REACH, level, tall
from uncaged.engines.ink.settings.room import outside, window
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import sky
from uncaged.engines.ink.settings.weather import Box


def build(ground: Ground) -> None:
    """Layers of a kitchen."""
    p, stream = ground.palette, ground.stream.sub("kitchen")
    floor = level(ground, 0.7)
    wall = p.far if p.negative else mix(p.low, p.light, 0.35)
    tiles = mix(p.light, p.mid, 0.15) if p.paper else mix(p.far, p.low, 0.5)
    bays = max(3, int(min(ground.width, 14.0) / 0.34 + 0.5))
    room = Room(
        ground,
        floor,
        (ground.height - floor) / 0.3,
        wall,
        tiles,
        p.mid if p.negative else p.light,
        mix(under(HUES["brown"], p), p.light, 0.1),
        tuple(ground.width * (k + 0.5) / bays for k in range(bays)),
    )
    sky(ground, wall, mix(wall, p.low, 0.3), bare=True)
    ground.stand, ground.behind = tiles, wall
    on = sheet(ground, "wall", 0.85, wall, 0.4, 0.7)
    _tiled(room, on, stream.sub("tiles"))
    stove = stream.integer(0, 1) * (bays - 1)
    first = stream.integer(0, 1)
    panes: list[Box] = []
    for k, x in enumerate(room.bays):
        if (k + first) % 3 == 1 and k != stove:
            panes.append(window(room, on, stream.sub(k), x, not panes))
        else:
            _shelves(room, on, stream.sub(f"shelf{k}"), x)
    for k, pane in enumerate(panes):
        outside(room, pane, k)
    if stream.chance(0.6):
        lamp(room, ground.width / 2 + stream.uniform(-0.1, 0.1))
    _pans(room, stream.sub("pans"))
    _floor(room)
    _counter(room, stream.sub("counter"), room.bays[stove])


def _tiled(room: Room, on: Drawing, stream: Stream) -> None:
    """Tiles on the lower part of the wall, some with a pattern."""
    p, ground = room.ground.palette, room.ground
    top, left, right = (
        room.floor - 0.26 * (0.5 + 0.5 * tall(ground)),
        -MARGIN,
        ground.width + MARGIN,
    )
    ceramic = mix(room.wall, p.light, 0.55) if not p.negative else p.mid
    on.form(box(left, top, right, room.floor), ceramic, line=0.5, shade=0.4)
    seam = shade(ceramic, p, 0.06)
    step = 0.052
    for k in range(int((room.floor - top) / step) + 1):
        y = top + step * k
        on.stroke(points((left, y), (right, y)), 0.4, seam, taper=(0.01, 0.01), wobble=0.2)
    for k in range(min(260, int((right - left) / step) + 1)):
        x = left + step * k
        on.stroke(points((x, top), (x, room.floor)), 0.4, seam, taper=(0.01, 0.01), wobble=0.2)
        if stream.chance(0.16):
            y = top + step * (stream.integer(0, 3) + 0.5)
            r = 0.012
            star = points(
                (0, -r), (0.3 * r, -0.3 * r), (r, 0), (0.3 * r, 0.3 * r), (0, r),
                (-0.3 * r, 0.3 * r), (-r, 0), (-0.3 * r, -0.3 * r),
            )  # fmt: skip
            on.flat(star + points(x + step / 2, y), mix(room.cloth("c"), ceramic, 0.25))


def _shelves(room: Room, on: Drawing, stream: Stream, middle: float) -> None:
    """Two boards: jars and bottles above, plates and cups below."""
    p = room.ground.palette
    for row in (0, 1):
        y = room.floor - (0.44 - 0.13 * row) * (0.5 + 0.5 * tall(room.ground))
        x = middle - 0.13
        while x < middle + 0.1:
            x += _vessel(room, on, stream, x, y)
        board = box(middle - 0.15, y, middle + 0.15, y + 0.014)
        on.form(board, room.wood if not p.paper else room.frame, line=0.6, shade=0.5)


def _vessel(room: Room, on: Drawing, stream: Stream, x: float, y: float) -> float:
    """One jar, bottle, plate or cup on a board at y; gives how much room it takes."""
    p, what = room.ground.palette, stream.integer(0, 3)
    tone = room.cloth(stream.pick("abc")) if stream.chance(0.7) else mix(p.light, p.far, 0.3)
    if what == 0:
        w, h = stream.uniform(0.034, 0.044), stream.uniform(0.05, 0.07)
        jar = smooth(
            [
                (x, y), (x - 0.002, y - 0.6 * h), (x + 0.2 * w, y - h), (x + 0.8 * w, y - h),
                (x + w + 0.002, y - 0.6 * h), (x + w, y),
            ]
        )  # fmt: skip
        on.form(jar, tone, line=0.6, shade=0.6)
        on.form(box(x + 0.12 * w, y - h - 0.012, x + 0.88 * w, y - h), p.near, line=0.5, shade=0.2)
        return w + 0.012
    if what == 1:
        w, h = 0.026, stream.uniform(0.075, 0.095)
        bottle = points(
            (x, y), (x, y - 0.55 * h), (x + 0.36 * w, y - 0.72 * h), (x + 0.36 * w, y - h),
            (x + 0.64 * w, y - h), (x + 0.64 * w, y - 0.72 * h), (x + w, y - 0.55 * h),
            (x + w, y),
        )  # fmt: skip
        on.form(
            bottle,
            mix(under(HUES["green"], p), p.far, 0.3) if not p.paper else p.light,
            line=0.6,
            shade=0.5,
        )
        return w + 0.012
    if what == 2:
        r = stream.uniform(0.028, 0.036)
        on.form(circle(x + r, y - r, r, count=20), mix(p.light, p.low, 0.2), line=0.6, shade=0.3)
        on.form(circle(x + r, y - r, 0.6 * r, count=16), tone, line=0.4, shade=0.3)
        return 2 * r + 0.01
    w, h = 0.036, 0.032
    on.form(
        smooth([(x, y - h), (x + 0.1 * w, y), (x + 0.9 * w, y), (x + w, y - h)]),
        tone,
        line=0.6,
        shade=0.5,
    )
    on.stroke(
        smooth([(x + w, y - 0.8 * h), (x + 1.35 * w, y - 0.6 * h), (x + 0.95 * w, y - 0.25 * h)]),
        0.9,
        wobble=0.2,
    )
    return w + 0.022


def _floor(room: Room) -> None:
    """Tiles of two tones that run together towards the wall."""
    ground, p, floor = room.ground, room.ground.palette, room.floor
    on = sheet(ground, "floor", 1.0, room.boards, 0.3, 0.7)
    left, right, low = -REACH, ground.width + REACH, ground.height + REACH
    on.form(box(left, floor, right, low), room.boards, line=0.5, shade=0.6, light=(0.2, 1))
    middle, dark = ground.width / 2, shade(room.boards, p, 0.07)
    rows = [floor + (ground.height - floor + 0.12) * q * q for q in np.linspace(0, 1, 6).tolist()]
    squares: list[Array] = []
    for j, (y0, y1) in enumerate(pairwise(rows)):
        k0, k1 = (0.62 + 1.5 * (y - floor) for y in (y0, y1))
        half = int((middle + 0.6) / (0.16 * k0)) + 1
        for i in range(-half, half + 1):
            if (i + j) % 2 == 0:
                a, b = 0.16 * i, 0.16 * (i + 1)
                squares.append(
                    points(
                        (middle + a * k0, y0), (middle + b * k0, y0), (middle + b * k1, y1),
                        (middle + a * k1, y1),
                    )
                )  # fmt: skip
    on.multi(squares, dark, line=0)


def _counter(room: Room, stream: Stream, at: float) -> None:
    """A stove, in its oven a fire; on it a pot that steams. Cupboards beside it."""
    ground, p, floor = room.ground, room.ground.palette, room.floor
    size = 0.5 + 0.5 * tall(ground)
    on = sheet(ground, "counter", 1.0, room.wall, 0.15, 0.8)
    top, foot = floor - 0.13 * size, floor + 0.035
    side = 1 if at < ground.width / 2 else -1
    for k in range(2):
        x = at + side * (0.22 + 0.16 * k)
        cupboard = room.cloth("c") if not p.paper else p.light
        on.form(
            box(x - 0.08, top + 0.012, x + 0.08, foot),
            mix(cupboard, p.low, 0.35),
            line=0.7,
            shade=0.6,
        )
        on.stroke(points((x, top + 0.02), (x, foot - 0.01)), 0.5, wobble=0.2)
        for dx in (-0.012, 0.012):
            on.dot(x + dx, (top + foot) / 2, 0.004, p.ink)
    end = at + side * 0.47
    on.form(
        box(min(at + side * 0.13, end), top, max(at + side * 0.13, end), top + 0.016),
        room.wood,
        line=0.6,
        shade=0.4,
    )
    on.form(
        box(at - 0.13, top, at + 0.13, foot), p.near if not p.paper else p.far, line=0.8, shade=0.8
    )
    on.form(
        box(at - 0.14, top - 0.008, at + 0.14, top + 0.008),
        p.deep if not p.negative else p.mid,
        line=0.6,
        shade=0.3,
    )
    on.form(box(at - 0.085, top + 0.05, at + 0.085, foot - 0.02), warm(p), line=0.7, shade=0.5)
    for k in range(4):
        on.dot(at - 0.08 + 0.053 * k, top + 0.028, 0.009, room.frame)
    pipe = points((at - side * 0.09, top - 0.005), (at - side * 0.09, -MARGIN))
    on.stroke(pipe, 5.0, p.deep if not p.negative else p.mid, taper=(0.01, 0.01), wobble=0.1)
    _pot(
        room,
        at + side * 0.03,
        top - 0.008,
        room.cloth("a"),
        [blob(stream.sub(k), 0, 0, 1, None, 8, 0.12, 4) for k in range(3)],
    )


def _pot(room: Room, x: float, y: float, tone: Colour, clouds: list[Array]) -> None:
    """A pot whose lid jumps a little, and its steam."""
    p = room.ground.palette

    def draw(frame: Drawing, moment: Moment) -> None:
        lid = y - 0.082 - 0.004 * max(0.0, moment.cycle(3.0))
        for k, cloud in enumerate(clouds):
            q = (moment.turn(0.5) + k / 3) % 1
            puff = cloud * (0.012 + 0.03 * q) + points(
                x + 0.03 * sin(7 * q + k), lid - 0.02 - 0.16 * q
            )
            frame.flat(puff, p.light, int(120 * min(1.0, 5 * q) * (1 - q) + 0.5))
        pot = smooth(
            [
                (x - 0.062, y - 0.075), (x - 0.058, y - 0.01), (x - 0.045, y), (x + 0.045, y),
                (x + 0.058, y - 0.01), (x + 0.062, y - 0.075),
            ]
        )  # fmt: skip
        for side in (-1, 1):
            ear = smooth(
                [
                    (x + 0.06 * side, y - 0.06), (x + 0.082 * side, y - 0.054),
                    (x + 0.06 * side, y - 0.042),
                ]
            )  # fmt: skip
            frame.stroke(ear, 1.8, p.ink, wobble=0.1, key=f"ear{side}")
        frame.form(pot, tone, line=0.8, shade=0.8, key="pot")
        frame.form(
            points(
                (x - 0.068, lid + 0.008), (x - 0.03, lid - 0.012), (x + 0.03, lid - 0.012),
                (x + 0.068, lid + 0.008),
            ),
            tone,
            line=0.8,
            shade=0.4,
            key="lid",
        )  # fmt: skip
        frame.dot(x, lid - 0.018, 0.008, p.ink)

    room.ground.add("pot", 1.0, draw, "live")


def _pans(room: Room, stream: Stream) -> None:
    """A rail with pans and ladles that swing a little."""
    ground, p = room.ground, room.ground.palette
    if ground.airy:
        return
    y = 0.1 * ground.height
    x0 = ground.width * 0.5 + (0.1 if ground.side < 0 else -0.46)
    tones = (mix(under(HUES["orange"], p), p.far, 0.3), p.near, room.cloth("b"))
    if p.paper:
        tones = (p.light, p.far, room.cloth("b"))
    things = [
        (
            x0 + 0.05 + 0.085 * k,
            stream.uniform(0.026, 0.042),
            stream.integer(0, 1),
            stream.uniform(),
        )
        for k in range(4)
    ]

    def draw(frame: Drawing, moment: Moment) -> None:
        frame.stroke(
            points((x0, y), (x0 + 0.36, y)), 1.6, p.ink, taper=(0.02, 0.02), wobble=0.1, key="rail"
        )
        for end in (x0 + 0.02, x0 + 0.34):
            frame.stroke(points((end, -MARGIN), (end, y)), 0.9, p.ink, wobble=0.1, key=f"rod{end}")
        for k, (x, r, ladle, phase) in enumerate(things):
            a = 0.06 * moment.cycle(0.5, phase)
            foot = points(x + a * 0.12, y + 0.1)
            handle = np.stack([points(x, y), foot])
            frame.stroke(handle, 1.6, p.ink, taper=(0.02, 0.02), wobble=0.1, key=f"handle{k}")
            if ladle:
                bowl = np.stack(
                    [foot - points(0.02, 0.0), foot + points(0, 0.02), foot + points(0.024, 0.0)]
                )
                form = Tube(bowl, [0.006, 0.014, 0.006], 8).outline()
                frame.form(form, tones[1], line=0.7, shade=0.5, key=f"ladle{k}")
                continue
            cx, cy = float(foot[0]), float(foot[1]) + r
            frame.form(
                circle(cx, cy, r, count=22), tones[k % 3], line=0.8, shade=0.8, key=f"pan{k}"
            )
            frame.stroke(circle(cx, cy, 0.7 * r, count=16), 0.5, wobble=0.1, key=f"rim{k}")

    ground.add("pans", 0.97, draw, "live")


register(
    Setting(
        "kitchen",
        build,
        at=(1.80, 0.35),
        spirit="stove",
        palettes=("candy", "rust", "gold", "moss", "sea", "dawn"),
        floor=0.9,
        outdoors=False,
        level=False,
    )
)
