"""A train on its rails: a steam engine with rods and a plume, or a long-nosed modern one, and the carriages behind.

How it is built: the engine is one function per form, a carriage is drawn as often as the lot says; the rods follow
the driving wheels. Knows no stations.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.rails import bogies, rails
from uncaged.engines.ink.kinds.wheels import (
    Wheel,
    come,
    head,
    heads,
    lamp,
    pane,
    puffs,
    smoke,
    spoked_wheel,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("steam", "modern", "freight")
RADIUS = 0.165
GAIT = TAU * RADIUS
ENGINE, CARRIAGE = 1.85, 1.5
"""Length of the engine and of a carriage with its coupling."""
DRIVERS = (0.36, 0.72, 1.08)
"""x of the driving wheels from the engine's rear."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A train; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("steam", "steam", "modern"))
    carriages = stream.integer(2, 3)
    length = ENGINE + carriages * CARRIAGE
    start = length / 2 - ENGINE
    clouds = puffs(stream.sub("steam"), 6)
    riders = [[stream.sub(f"{k}.{i}").chance(0.55) for i in range(4)] for k in range(carriages)]
    loads = [stream.sub(f"load{k}").pick(("coal", "tank", "crates")) for k in range(carriages)]

    def figure(d: Drawing, m: Moment) -> None:
        way = come(m, GAIT)
        rails(d, paint, length * 0.5 + 2.4, way)
        if form != "modern":
            x = start + 1.43
            back = (-2.6, -0.42) if m.act != "still" else (-0.5, -0.6)
            smoke(d, paint.pale, clouds, m.turn(0.5), (x, -1.02), back, (0.05, 0.24), line=0.5)
        xs = [start - CARRIAGE * (k + 0.5) + a for k in range(carriages) for a in (-0.4, 0.44)]
        for k in range(carriages):
            x = start - CARRIAGE * (k + 0.5) + 0.02
            shift = points(x, 0.004 * m.cycle(2.0, 0.3 * k + 0.3))
            link = points((x + 0.66, -0.2), (x + 0.86, -0.2))
            d.stroke(link, 3.0, paint.dark, taper=(0.02, 0.02), wobble=0.1)
            if form == "freight":
                _wagon(d, paint, shift, loads[k], k)
            else:
                _carriage(d, paint, shift, riders[k], k, form == "modern")
        bogies(d, paint, xs, 0.1, way, "")
        shift = points(start, 0.004 * m.cycle(2.0))
        (_modern if form == "modern" else _steam)(d, paint, shift, way, m)

    return figure


def _steam(d: Drawing, paint: Paint, shift: Array, way: float, m: Moment) -> None:
    """Boiler, chimney, dome and cab; rods that go with the wheels; a lamp and a cow catcher."""
    chimney = points(
        (1.36, -0.7), (1.34, -0.92), (1.29, -1.02), (1.57, -1.02), (1.52, -0.92), (1.5, -0.7)
    )
    d.form(chimney + shift, paint.dark, line=0.9, shade=0.4, key="chimney")
    dome = smooth([(0.84, -0.7), (0.85, -0.84), (0.96, -0.89), (1.07, -0.84), (1.08, -0.7)])
    d.form(dome + shift, paint.accent, line=0.8, shade=0.7, key="dome")
    boiler = smooth(
        [(0.4, -0.76), (1.0, -0.77), (1.58, -0.76), (1.66, -0.55), (1.58, -0.33), (0.4, -0.31)],
        True,
        4,
    )
    d.form(boiler + shift, paint.colour, fill=paint.fill, colour2=paint.pattern, key="boiler")
    for x in (0.7, 1.18):
        band = smooth([(x, -0.765), (x + 0.02, -0.55), (x, -0.325)])
        d.stroke(band + shift, 2.0, paint.accent, taper=(0.02, 0.02), wobble=0.2)
    front = points((1.36, -0.77), (1.6, -0.76), (1.66, -0.55), (1.6, -0.33), (1.36, -0.32))
    d.form(smooth(front, True, 3) + shift, paint.dark, line=0.8, shade=0.5, key="smokebox")
    _cab(d, paint, shift, m)
    frame = points((-0.04, -0.3), (1.6, -0.33), (1.62, -0.2), (-0.04, -0.2))
    d.form(frame + shift, paint.dark, line=0.8, shade=0.3, key="frame")
    catcher = points((1.5, -0.24), (1.66, -0.24), (1.86, -0.02), (1.5, -0.02))
    d.form(catcher + shift, paint.accent, line=0.8, shade=0.5, key="catcher")
    for x in (1.56, 1.62, 1.68):
        d.stroke(points((x, -0.22), (x + 0.06, -0.03)) + shift, 0.7, wobble=0.2)
    x0, y0 = shift
    for k, x in enumerate(DRIVERS):
        wheel = Wheel(x + float(x0), RADIUS, 8, 0.24)
        spoked_wheel(
            d, paint, wheel, way, f"driver{k}", paint.accent if k % 2 else paint.second, 0.8
        )
    spoked_wheel(d, paint, Wheel(1.42 + float(x0), 0.09, 6, 0.3), way, "pilot", paint.dark, 0.6)
    _rods(d, paint, float(x0), float(y0), way)
    lamp(d, paint, 1.66 + float(x0), -0.66 + float(y0), 0.055, 1.1)


def _rods(d: Drawing, paint: Paint, x: float, y: float, way: float) -> None:
    """The coupling rod, and the one that comes from the cylinder."""
    angle = way / RADIUS
    pin = points(cos(angle), sin(angle)) * (0.55 * RADIUS)
    cranks = np.array([(at + x, -RADIUS) for at in DRIVERS]) + pin
    cylinder = points((1.24, -0.27), (1.48, -0.27), (1.48, -0.13), (1.24, -0.13)) + points(x, y)
    piston = points((1.3 + x + pin[0] * 0.6, -0.19 + y))
    d.stroke(np.concatenate([cranks[-1:], piston]), 2.0, paint.pale, taper=(0.01, 0.01), wobble=0.1)
    d.form(cylinder, paint.dark, line=0.8, shade=0.3, key="cylinder")
    d.stroke(cranks, 2.6, paint.pale, taper=(0.01, 0.01), wobble=0.1, key="rod")


def _cab(d: Drawing, paint: Paint, shift: Array, m: Moment) -> None:
    """A cab with a roof; the driver looks out."""
    cab = points((-0.02, -0.22), (-0.02, -0.96), (0.48, -0.96), (0.48, -0.22))
    d.form(cab + shift, paint.second, fill=paint.fill, colour2=paint.pattern, shade=0.8, key="cab")
    window = points((0.09, -0.58), (0.09, -0.86), (0.39, -0.86), (0.39, -0.58)) + shift
    d.form(window, pane(paint), line=0.8, shade=0.2, key="window")
    d.clip(window)
    x, y = points(0.26, -0.71 + 0.008 * m.cycle(1.0, 0.2)) + shift
    head(d, paint, float(x), float(y), 0.085, "", True)
    d.unclip()
    roof = smooth([(-0.1, -0.93), (0.0, -1.0), (0.24, -1.03), (0.48, -1.0), (0.58, -0.93)])
    d.form(roof + shift, paint.dark, line=0.9, shade=0.4, key="roof")


def _modern(d: Drawing, paint: Paint, shift: Array, way: float, m: Moment) -> None:
    """One long form with a nose, a dark windscreen and a stripe."""
    body = smooth(
        [
            (-0.02, -0.14), (-0.03, -0.55), (0.0, -0.9), (0.12, -0.95), (0.7, -0.95), (1.12, -0.88),
            (1.5, -0.56), (1.78, -0.34), (1.84, -0.2), (1.7, -0.12),
        ],
        True,
        4,
    )  # fmt: skip
    pantograph = points((0.2, -0.95), (0.46, -1.08), (0.24, -1.2), (0.5, -1.2))
    d.stroke(pantograph + shift, 1.4, paint.dark, taper=(0.02, 0.02), wobble=0.2)
    x0, y0 = shift
    for k, x in enumerate((0.3, 1.25)):
        spoked_wheel(d, paint, Wheel(x + float(x0), 0.1, 6, 0.3), way, f"e{k}", paint.dark, 0.6)
    d.form(body + shift, paint.colour, fill=paint.fill, colour2=paint.pattern, key="body")
    d.clip(body + shift)
    stripe = smooth(
        [(-0.1, -0.36), (0.9, -0.36), (1.5, -0.3), (1.9, -0.2), (1.9, -0.1), (-0.1, -0.26)], True
    )
    d.form(stripe + shift, paint.accent, line=0.5, shade=0.3, key="stripe")
    d.unclip()
    screen = points((1.0, -0.66), (1.06, -0.83), (1.22, -0.79), (1.46, -0.56))
    d.form(smooth(screen, True, 3) + shift, pane(paint), line=0.8, shade=0.2, key="screen")
    row = [
        points((x, -0.6), (x, -0.8), (x + 0.16, -0.8), (x + 0.16, -0.6)) + shift
        for x in (0.12, 0.36, 0.6)
    ]
    d.multi(row, pane(paint), line=0.8, key="panes")
    lamp(d, paint, 1.72 + float(x0), -0.33 + float(y0), 0.04, 1.1)


def _carriage(
    d: Drawing, paint: Paint, shift: Array, riders: list[bool], k: int, modern: bool
) -> None:
    """A box of windows, some with a head in them, a roof, steps."""
    colour: Colour = paint.colour if modern else (paint.accent, paint.second)[k % 2]
    wall = points((-0.68, -0.16), (-0.69, -0.86), (0.69, -0.86), (0.68, -0.16))
    d.form(wall + shift, colour, fill=paint.fill, colour2=paint.pattern, shade=0.9, key=f"car{k}")
    xs = (-0.46, -0.16, 0.14, 0.44)
    row = [
        points((x - 0.1, -0.46), (x - 0.1, -0.74), (x + 0.1, -0.74), (x + 0.1, -0.46)) for x in xs
    ]
    d.multi([w + shift for w in row], pane(paint), line=0.9, key=f"panes{k}")
    people = [
        (x + float(shift[0]), -0.58 + float(shift[1]))
        for x, there in zip(xs, riders, strict=True)
        if there
    ]
    heads(d, paint, people, 0.055, str(k))
    stripe = points((-0.68, -0.38), (0.68, -0.38), (0.68, -0.31), (-0.68, -0.31))
    d.form(stripe + shift, paint.accent if modern else paint.pale, line=0.4, shade=0.2)
    if modern:
        roof = points((-0.69, -0.85), (-0.64, -0.95), (0.64, -0.95), (0.69, -0.85))
    else:
        roof = smooth([(-0.76, -0.84), (-0.66, -0.92), (0, -0.96), (0.66, -0.92), (0.76, -0.84)])
    d.form(
        roof + shift, paint.colour if modern else paint.dark, line=0.9, shade=0.4, key=f"roof{k}"
    )


def _wagon(d: Drawing, paint: Paint, shift: Array, load: str, k: int) -> None:
    """Coal, a tank, or crates."""
    if load == "tank":
        tank = smooth(
            [
                (-0.6, -0.82), (0, -0.84), (0.6, -0.82), (0.68, -0.54), (0.6, -0.26),
                (-0.6, -0.26), (-0.68, -0.54),
            ],
            True,
        )  # fmt: skip
        d.form(
            points((-0.1, -0.8), (-0.1, -0.92), (0.1, -0.92), (0.1, -0.8)) + shift,
            paint.dark,
            line=0.7,
        )
        d.form(tank + shift, paint.pale, line=0.9, shade=1.0, key=f"tank{k}")
        for x in (-0.35, 0.35):
            d.stroke(
                smooth([(x, -0.75), (x + 0.02, -0.5), (x, -0.26)]) + shift,
                1.8,
                paint.accent,
                wobble=0.2,
            )
    elif load == "coal":
        heap = smooth(
            [(-0.64, -0.6), (-0.4, -0.78), (-0.1, -0.76), (0.2, -0.86), (0.5, -0.74), (0.64, -0.6)]
        )
        d.form(heap + shift, paint.dark, line=0.8, shade=1.2, key=f"heap{k}")
        box = points((-0.68, -0.64), (0.68, -0.64), (0.6, -0.18), (-0.6, -0.18))
        d.form(box + shift, (paint.second, paint.accent)[k % 2], line=0.9, shade=0.9, key=f"box{k}")
    else:
        for i, (x, y) in enumerate(
            ((-0.4, -0.22), (0.02, -0.22), (0.42, -0.22), (-0.2, -0.55), (0.24, -0.55))
        ):
            crate = points((x - 0.19, y), (x - 0.19, y - 0.33), (x + 0.19, y - 0.33), (x + 0.19, y))
            d.form(
                crate + shift, (paint.pale, paint.trunk, paint.second)[i % 3], line=0.8, shade=0.7
            )
            d.stroke(points((x - 0.17, y - 0.03), (x + 0.17, y - 0.3)) + shift, 0.7, wobble=0.3)
    floor = points((-0.7, -0.24), (0.7, -0.24), (0.7, -0.17), (-0.7, -0.17))
    d.form(floor + shift, paint.dark, line=0.7, shade=0.2, key=f"floor{k}")


register(
    Kind(
        "train",
        build,
        at=(0.20, 1.14),
        height=0.2,
        home="hills",
        width=5.0,
        top=(-0.3, -0.92),
        shadow=2.3,
        gait=GAIT,
        motion="walk",
        forms=FORMS,
        metres=4.0,
        grip=(-2.3, -0.3),
    )
)
