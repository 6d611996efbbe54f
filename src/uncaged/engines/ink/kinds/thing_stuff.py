"""What other things are made of, as it lies about: heaps, cloth, planks, bricks, ingots, soil, pipes, straps, boards.

How they are built: rows of parts (`assembled`); heaps are strewn by lot over a mound.
"""

from collections.abc import Mapping

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, blob, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.assembled import Row, assembled
from uncaged.engines.ink.kinds.thing import Maker, clad, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


def _drip(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """A drop that grows at the lower mouth of a pipe, and falls."""
    fall = (m.turn(0.5) + lag) % 1.0
    y = -0.3 + 0.28 * max(0.0, fall - 0.4) / 0.6
    size = 0.03 + 0.03 * min(1.0, fall / 0.4)
    shape = smooth(
        [(0.52, y - size * 2), (0.52 + size, y), (0.52, y + size), (0.52 - size, y)], True, 4
    )
    d.form(shape, paint.accent, line=0.7, shade=0.2, key="drop")


def _gleam(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """A small star that comes and goes on metal."""
    size = 0.1 * max(0.0, m.cycle(0.5, lag))
    star = points((0, -size), (size * 0.25, 0), (0, size), (-size * 0.25, 0))
    d.flat(star + points(-0.16, -0.52), paint.white)


ROWS: Mapping[str, Row] = {
    "cloth": Row(
        (("~-62,-4 -60,-40 -20,-44 40,-42 74,-36 80,-8 60,2 20,-2 -20,3 -50,0", "shadow"),
         ("~-56,-34 -62,-60 -54,-84 -30,-90 40,-88 52,-82 52,-42 40,-34 -30,-32", "colour"),
         ("~-58,-86 -34,-84 -26,-62 -34,-38 -56,-38 -66,-62", "pale"),
         ("~-50,-76 -40,-74 -36,-62 -40,-50 -50,-50 -54,-62", "colour"),
         ("~34,-88 52,-84 60,-50 84,-16 70,-10 44,-18 30,-50", "second")),
        (("-46,-66 -42,-62 -46,-58", 1.2), ("44,-78 48,-46 66,-18", 1.0), ("38,-70 40,-44 52,-20", 0.8),
         ("-40,-12 0,-16 50,-12", 0.8)),
    ),
    "plank": Row(
        (("-96,-22 86,-22 86,0 -96,0", "colour"), ("-86,-48 96,-48 96,-26 -86,-26", "second"),
         ("-98,-74 80,-74 80,-52 -98,-52", "colour"), ("-60,-100 92,-92 92,-72 -60,-79", "pale"),
         ("80,-74 92,-78 92,-56 80,-52", "shadow"), ("86,-22 98,-26 98,-5 86,0", "shadow")),
        (("-80,-14 -20,-10 40,-15 80,-11", 0.8), ("-70,-40 -10,-36 50,-41", 0.8),
         ("-88,-66 -30,-60 20,-66 70,-62", 0.8),
         ("-40,-91 20,-85 80,-84", 0.8), ("-6,-68 2,-63 -6,-58", 1.0)),
    ),
    "brick": Row(
        (("-98,-34 -4,-34 -4,0 -98,0", "colour"), ("4,-34 98,-34 98,0 4,0", "shadow"),
         ("-52,-68 46,-68 46,-36 -52,-36", "colour"), ("-52,-68 -40,-80 58,-80 46,-68", "pale"),
         ("46,-68 58,-80 58,-48 46,-36", "shadow"), ("~-20,-100 40,-112 46,-98 -14,-84", "second"),
         ("~-14,-84 46,-98 46,-84 -8,-72", "colour")),
        (("-80,-14 -60,-14", 1.0), ("-30,-24 -20,-24", 1.0), ("30,-12 52,-12", 1.0), ("-36,-52 -18,-52", 1.0)),
    ),
    "ingot": Row(
        (("-96,0 -84,-34 -18,-34 -6,0", "colour"), ("-84,-34 -74,-46 -10,-46 -18,-34", "pale"),
         ("6,0 18,-34 84,-34 96,0", "shadow"), ("18,-34 28,-46 92,-46 84,-34", "pale"),
         ("-50,-46 -38,-82 36,-82 48,-46", "colour"), ("-38,-82 -26,-94 46,-94 36,-82", "white"),
         ("36,-82 46,-94 58,-60 48,-46", "shadow")),
        (("-24,-64 22,-64", 1.2), ("-76,-18 -28,-18", 1.0), ("32,-18 70,-18", 1.0)),
        _gleam,
    ),
    "pipe": Row(
        (("~-98,-96 -98,-62 24,-62 32,-56 32,-34 72,-34 72,-70 62,-88 44,-96", "colour"),
         ("-104,-100 -88,-100 -88,-58 -104,-58", "steel"), ("26,-40 78,-40 78,-26 26,-26", "steel"),
         ("o -96,-79 6,15", "dark"), ("-44,-100 -30,-100 -30,-58 -44,-58", "steel")),
        (("-84,-88 -52,-88", 1.8), ("-24,-88 30,-88", 1.8)),
        _drip,
    ),
    "strap": Row(
        (("~-96,-36 -60,-52 -20,-44 20,-22 60,-10 96,-24 98,-6 64,12 20,0 -22,-22 -60,-30 -90,-14", "shadow"),
         ("~96,-58 60,-78 20,-70 -20,-44 -60,-22 -98,-28 -96,-48 -64,-44 -26,-62 18,-90 66,-98 100,-74", "colour"),
         ("-112,-52 -78,-58 -74,-18 -108,-14", "steel"), ("-102,-44 -86,-47 -84,-28 -100,-25", "pale")),
        (("-94,-36 -66,-34", 2.2), ("20,-80 22,-79", 2.6), ("44,-86 46,-85", 2.6), ("70,-86 72,-85", 2.6)),
    ),
    "board": Row(
        (("-50,-40 -40,-40 -54,2 -64,2", "trunk"), ("40,-40 50,-40 64,2 54,2", "trunk"),
         ("-70,-100 70,-100 70,-30 -70,-30", "trunk"), ("-62,-93 62,-93 62,-37 -62,-37", "colour"),
         ("-40,-32 44,-32 44,-25 -40,-25", "pale"), ("-10,-37 8,-37 8,-32 -10,-32", "white")),
        (("-48,-80 -10,-78", 1.4), ("-48,-66 20,-64", 1.4), ("-48,-52 2,-50", 1.4),
         ("24,-56 34,-70 46,-58 34,-46 26,-54", 1.4)),
    ),
    "soil": Row(
        (("-90,-66 48,-66 48,0 -90,0", "trunk"),
         ("-90,-50 -44,-46 0,-52 48,-48 48,-26 0,-22 -44,-28 -90,-24", "colour"),
         ("48,-66 92,-92 92,-26 48,0", "dark"), ("48,-48 92,-74 92,-52 48,-26", "shadow"),
         ("-90,-66 -48,-92 92,-92 48,-66", "leaf"),
         ("~-90,-68 48,-68 50,-56 36,-60 22,-54 6,-60 -10,-53 -28,-60 -44,-54 -62,-60 -78,-54 -91,-60", "leaf"),
         ("o -60,-12 9,6", "pale"), ("o 8,-12 12,7", "steel"), ("o -22,-36 7,5", "pale"), ("o 30,-38 5,4", "steel")),
        (("-50,-82 -56,-98", 1.2), ("-40,-80 -38,-100", 1.2), ("4,-84 0,-102", 1.2), ("14,-82 20,-102", 1.2),
         ("60,-86 56,-102", 1.2), ("68,-86 74,-100", 1.2), ("-30,-58 -36,-42 -28,-30", 1.0)),
    ),
}  # fmt: skip


def _mound(stream: Stream, high: float) -> Array:
    """A heap's outline, from one foot to the other."""
    off = stream.array(6, -0.03, 0.03).tolist()
    return smooth(
        [
            (-0.92, 0.0), (-0.62, -0.3 * high + off[0]), (-0.3, -0.74 * high + off[1]), (-0.04 + off[2], -0.97 * high),
            (0.24, -0.76 * high + off[3]), (0.58, -0.34 * high + off[4]), (0.92, 0.0), (0.4, 0.03), (-0.4, 0.03),
        ],
        True,
    )  # fmt: skip


def _powder(stream: Stream, paint: Paint) -> Figure:
    """A cone of powder that trickles."""
    mound, grains = _mound(stream, 1.0), stream.array(40, 0, 1).reshape(20, 2)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, mound, "mound", shade=1.1)
        for k, (a, b) in enumerate(grains.tolist()):
            x = 1.5 * (a - 0.5)
            top = 1 - abs(x) / 0.85
            d.dot(
                x, -max(0.0, top) * (0.15 + 0.65 * b), 0.012, paint.pattern if k % 2 else paint.pale
            )
        for k in range(3):
            down = (m.turn(0.5) + k / 3) % 1.0
            d.dot(0.1 + 0.7 * down, -0.9 + 0.8 * down, 0.018, paint.pattern)
        d.stroke(traced("-24,-62 -40,-40 -56,-18", False), 1.2, paint.pale, key="light")

    return figure


def _rubble(stream: Stream, paint: Paint) -> Figure:
    """Broken stone, the large below and the small on top."""
    rows = [(-0.62, -0.14, 0.28), (-0.06, -0.14, 0.33), (0.56, -0.13, 0.3), (-0.34, -0.46, 0.27), (0.26, -0.46, 0.28),
            (-0.02, -0.76, 0.22), (-0.9, -0.06, 0.12), (0.92, -0.05, 0.1)]  # fmt: skip
    stones = [
        blob(stream.sub(k), x, y, s, s * 0.72, 6, 0.28, 2) for k, (x, y, s) in enumerate(rows)
    ]
    tones = ("colour", "shadow", "second", "shadow", "colour", "pale", "second", "shadow")

    def figure(d: Drawing, m: Moment) -> None:
        for k, stone in enumerate(stones):
            if tones[k] == "colour":
                clad(d, paint, stone, f"stone{k}")
            else:
                d.form(stone, getattr(paint, tones[k]), key=f"stone{k}")
        for k in range(2):  # dust
            rise = (m.turn(0.3) + 0.5 * k) % 1.0
            d.dot(0.3 - 0.7 * k, -0.8 - 0.3 * rise, 0.02, paint.pale, int(160 * (1 - rise)))

    return figure


def _hay(stream: Stream, paint: Paint) -> Figure:
    """A rounded stack of stalks."""
    mound = traced("-70,0 -78,-24 -72,-54 -44,-84 -6,-99 38,-86 70,-56 78,-22 70,0 0,4")
    straws = stream.array(90, 0, 1).reshape(30, 3)
    tones = (paint.pattern, paint.pale, paint.dark)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, mound, "stack", shade=1.0)
        for k, (a, b, c) in enumerate(straws.tolist()):
            x = 1.4 * (a - 0.5)
            y = -max(0.04, 1 - 1.4 * x * x) * (0.05 + 0.9 * b)
            stir = 0.02 * m.cycle(0.5, a)
            tip = (x + (c - 0.5) * 0.34 + stir, y - 0.14 - 0.1 * c)
            d.stroke(points((x, y), tip), 1.1, tones[k % 3], wobble=0.2, key=f"straw{k}")

    return figure


def _rubbish(stream: Stream, paint: Paint) -> Figure:
    """What was thrown away: a tied sack, a tin, a bone of a fish, a banana's skin, and flies."""
    parts = [(traced(text), colour) for text, colour in (
        ("-84,0 -92,-40 -70,-70 -40,-78 -8,-66 2,-30 -4,0 -40,4", "dark"),
        ("-48,-76 -60,-94 -40,-88 -28,-98 -30,-76", "dark"),
        ("96,0 100,-28 70,-44 40,-36 30,0 60,4", "shadow"))]  # fmt: skip
    tin = np.array([(0.1, -0.56), (0.44, -0.48), (0.36, -0.04), (0.02, -0.1)])

    def figure(d: Drawing, m: Moment) -> None:
        for k, (shape, colour) in enumerate(parts):
            d.form(shape, getattr(paint, colour), key=f"sack{k}")
        clad(d, paint, tin, "tin")
        d.form(traced("10,-56 26,-62 44,-48 28,-44"), paint.pale, line=0.8, key="lid")
        spine = points((0.5, -0.16), (0.86, -0.24))
        d.stroke(spine, 1.8, paint.white, wobble=0.2, key="spine")
        for k in range(4):
            x = 0.54 + 0.08 * k
            bone = points((x, -0.28 - 0.015 * k), (x + 0.03, -0.08 - 0.015 * k))
            d.stroke(bone, 1.4, paint.white, wobble=0.2, key=f"bone{k}")
        skin = Tube([(-0.24, -0.12), (-0.02, -0.2), (0.16, 0.0)], [0.04, 0.09, 0.03], 14)
        d.form(skin.outline(), paint.accent, key="skin")
        d.stroke(
            traced("-60,-50 -66,-30", False), 1.6, mix(paint.dark, paint.pale, 0.6), key="gleam"
        )
        for k in range(3):
            x, y = (
                -0.1 + 0.3 * k + 0.06 * m.cycle(0.9, k * 0.3),
                -0.92 + 0.07 * m.cycle(1.3, k * 0.4),
            )
            d.dot(x, y, 0.022, paint.dark)

    return figure


HEAPS: Mapping[str, Maker] = {
    "powder": _powder,
    "rubble": _rubble,
    "hay": _hay,
    "rubbish": _rubbish,
}

thing("heap", HEAPS, (-0.17, 0.08), 0.34, 0.8, width=1.9, home="garden", rock=0.004, shadow=0.8)
thing("cloth", assembled(ROWS["cloth"]), (-0.11, 0.1), 0.36, 0.3, width=1.5)
thing(
    "plank",
    assembled(ROWS["plank"]),
    (-0.39, 0.14),
    0.28,
    0.4,
    width=1.95,
    home="village",
    hue="brown",
)
thing(
    "brick",
    assembled(ROWS["brick"]),
    (-0.31, 0.14),
    0.32,
    0.3,
    width=1.9,
    home="village",
    hue="red",
)
thing("ingot", assembled(ROWS["ingot"]), (-0.23, 0.14), 0.32, 0.2, grip=(0.0, -0.7), width=1.9)
thing(
    "pipe",
    assembled(ROWS["pipe"]),
    (-0.45, 0.16),
    0.36,
    0.4,
    top=(-0.4, -0.96),
    grip=(-0.4, -0.8),
    width=1.8,
    rock=0.005,
)
thing(
    "strap",
    assembled(ROWS["strap"]),
    (-0.17, 0.16),
    0.3,
    0.1,
    top=(0.3, -0.82),
    grip=(-0.4, -0.4),
    width=2.0,
    hue="brown",
)
thing("board", assembled(ROWS["board"]), (-0.11, 0.18), 0.5, 0.9, width=1.2)
thing(
    "soil",
    assembled(ROWS["soil"]),
    (-0.37, 0.2),
    0.36,
    0.4,
    width=1.85,
    home="garden",
    rock=0.004,
    hue="brown",
)
