"""What stands in a kitchen and a bathroom: a stove, a refrigerator, a plate with a meal, a bathtub.

How they are built: boxes and shells with their doors, rings and feet; what is hot steams, what is wet drips.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, blob, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    bar,
    box,
    clad,
    edged,
    hundredths,
    slab,
    steam,
    steel,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint


def _stove(stream: Stream, paint: Paint) -> Figure:
    baking = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        steam(d, paint, m, -0.2, -0.98, 0.24, 2)
        d.form(traced("-36,-84 -36,-98 -6,-98 -6,-84", False), paint.second, line=0.9, key="pan")
        d.form(bar((-0.06, -0.92), (0.14, -0.96), 0.02), paint.dark, line=0.8, key="handle")
        clad(d, paint, edged("-46,-82 46,-82 46,-4 -46,-4", 0.02), "body")
        upper, front = slab(-0.5, 0.46, -0.87, 0.03, (0.04, 0.04))
        d.form(upper, paint.dark, line=0.9, shade=0.2, key="top")
        d.form(front, steel(paint), line=0.8, shade=0.3, key="edge")
        for k in range(4):
            x = -0.33 + 0.22 * k
            d.form(
                circle(x, -0.72, 0.05, count=14), paint.pale, line=0.8, shade=0.3, key=f"knob{k}"
            )
        d.form(edged("-36,-60 36,-60 36,-14 -36,-14", 0.03), paint.second, line=0.9, key="door")
        glass = paint.glow if baking else paint.dark
        d.form(edged("-27,-52 27,-52 27,-24 -27,-24", 0.03), glass, line=0.8, key="pane")
        if baking:
            rise = 0.01 * m.cycle(0.5)
            loaf = traced("-20,-25 -18,-36 0,-42 18,-36 20,-25") - points(0, rise)
            d.form(loaf, paint.trunk, line=0.7, shade=0.5, key="loaf")
        d.form(bar((-0.28, -0.64), (0.28, -0.64), 0.018), steel(paint), line=0.8, key="rail")
        for x in (-0.36, 0.36):
            d.form(bar((x, -0.04), (x, -0.015), 0.03), paint.dark, line=0.7, key=f"foot{x}")

    return figure


def _fridge(stream: Stream, paint: Paint) -> Figure:
    notes = [(stream.uniform(-0.16, 0.12), stream.uniform(-0.58, -0.4)) for _ in range(3)]

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, edged("-27,-99 27,-99 27,-3 -27,-3", 0.06), "body")
        d.stroke(points((-0.27, -0.68), (0.27, -0.68)), 1.2, wobble=0.2, key="gap")
        for k, (y0, y1) in enumerate(((-0.92, -0.76), (-0.6, -0.36))):
            d.form(bar((-0.2, y0), (-0.2, y1), 0.018), steel(paint), line=0.8, key=f"grip{k}")
        for k, (x, y) in enumerate(notes):
            lift = 0.012 * m.cycle(0.5, 0.3 * k)
            note = box(x - 0.05, y, x + 0.05, y + 0.09 + lift, lift)
            tone = (paint.accent, paint.white, paint.glow)[k]
            d.form(note, tone, line=0.7, shade=0.3, key=f"note{k}")
            d.dot(x, y + 0.012, 0.013, paint.dark)
        for x in (-0.2, 0.2):
            d.form(bar((x, -0.03), (x, -0.012), 0.025), paint.dark, line=0.7, key=f"foot{x}")

    return figure


def _plate(stream: Stream, paint: Paint) -> Figure:
    meal = blob(stream.sub("meal"), -0.14, -0.42, 0.26, 0.12, 9, 0.15)
    peas = stream.array(12, -0.1, 0.1).reshape(6, 2)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(circle(0, -0.33, 0.86, 0.33, 36), paint.shadow, line=0.9, shade=0.4, key="under")
        clad(d, paint, circle(0, -0.37, 0.86, 0.33, 36), "rim", shade=0.5)
        d.form(circle(0, -0.38, 0.58, 0.21, 30), paint.white, line=0.8, shade=0.3, key="well")
        d.form(meal, paint.second, line=0.9, shade=0.6, key="meal")
        for k, (x, y) in enumerate(peas.tolist()):
            roll = 0.004 * m.cycle(0.5, 0.15 * k)
            pea = circle(0.26 + x + roll, -0.38 + y, 0.05, 0.045, 12)
            d.form(pea, paint.leaf, line=0.6, shade=0.3, key=f"pea{k}")
        d.form(circle(0.16, -0.5, 0.1, 0.07, 18), paint.accent, line=0.8, shade=0.4, key="slice")
        steam(d, paint, m, -0.1, -0.56, 0.4)

    return figure


def _bathtub(stream: Stream, paint: Paint) -> Figure:
    shell = traced("-92,-62 -84,-24 -62,-10 60,-10 82,-26 90,-62", False)
    foam = [blob(stream.sub(k), -0.56 + 0.28 * k, -0.64, 0.2, 0.14, 7, 0.12, 4) for k in range(5)]
    duck = traced("-10,0 -14,-12 -4,-18 2,-30 14,-30 16,-20 24,-16 12,-12 16,0")

    def figure(d: Drawing, m: Moment) -> None:
        tap = Tube(hundredths("76,-58 78,-92 64,-100 56,-88"), [0.04, 0.035], 14)
        d.form(tap.outline(), steel(paint), line=0.9, shade=0.4, key="tap")
        fall = m.turn(0.6) % 1
        d.dot(0.56, -0.84 + 0.16 * fall * fall, 0.024 * (1 - 0.5 * fall), paint.accent)
        bob = points(-0.24, -0.7 + 0.015 * m.cycle(0.5))
        d.form(duck + bob, paint.glow, line=0.9, shade=0.5, key="duck")
        d.dot(bob[0] + 0.09, bob[1] - 0.24, 0.018, paint.ink)
        for k, cloud in enumerate(foam):
            lift = points(0, 0.012 * m.cycle(0.4, 0.2 * k))
            d.form(cloud + lift, paint.white, line=0.9, shade=0.4, key=f"foam{k}")
        for side in (-1, 1):
            foot = traced("44,-14 60,-12 58,-2 66,0 48,1 50,-6") * (side, 1)
            d.form(foot, paint.second, line=0.9, shade=0.4, key=f"foot{side}")
        clad(d, paint, shell, "shell")
        rim = bar((-0.95, -0.62), (0.93, -0.62), 0.04)
        d.form(rim, paint.pale, line=0.95, shade=0.3, key="rim")
        v = np.linspace(0, 1, 5)
        gleam = np.stack([-0.72 + 0.1 * v, -0.5 + 0.28 * v], 1)
        d.stroke(gleam, 1.6, paint.white, wobble=0.2, key="gleam")

    return figure


thing(
    "stove", _stove, (-0.95, 0.82), 0.48, 0.95, width=1.0, top=(0.1, -0.84), rock=0.0, lights=False
)
thing("refrigerator", _fridge, (-0.89, 0.82), 0.68, 1.8, width=0.6, top=(0, -0.98), rock=0.0)
thing("plate", _plate, (-0.83, 0.82), 0.34, 0.06, width=1.75, top=(0, -0.5), grip=(0.7, -0.37))
thing("bathtub", _bathtub, (-0.77, 0.82), 0.42, 0.8, width=1.9, top=(0, -0.66), rock=0.0)
