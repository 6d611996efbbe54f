"""What holds and works in houses and workshops: screws, nails, buttons, machines, taps, sinks, closets, ramps.

How they are built: rows of parts (`assembled`); what turns, drips or smokes is drawn over them.
"""

from collections.abc import Mapping

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.assembled import Row, assembled
from uncaged.engines.ink.kinds.thing import bar, steam, steel, thing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, cos, sin
from uncaged.engines.ink.paint import Paint


def _wheels(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """Two wheels with a belt between them, a piston, and steam from the chimney."""
    for k, (x, y, r) in enumerate(((-0.42, -0.34, 0.27), (0.4, -0.5, 0.17))):
        d.form(circle(x, y, r, count=28), steel(paint), line=1.0, shade=0.6, key=f"wheel{k}")
        d.form(circle(x, y, r * 0.72, count=24), paint.dark, line=0.6, shade=0, key=f"inner{k}")
        for j in range(3):
            a = TAU * (m.turn(0.4 * 0.27 / r) + lag + j / 6)
            arm = points(r * 0.9 * cos(a), r * 0.9 * sin(a))
            d.form(
                bar(points(x, y) - arm, points(x, y) + arm, 0.022),
                steel(paint),
                line=0.4,
                shade=0,
                key=f"arm{k}{j}",
            )
        d.form(circle(x, y, r * 0.24, count=14), paint.accent, line=0.7, shade=0, key=f"hub{k}")
    d.stroke(points((-0.45, -0.62), (0.38, -0.68)), 1.8, paint.ink, wobble=0.2, key="belt0")
    d.stroke(points((-0.36, -0.08), (0.44, -0.33)), 1.8, paint.ink, wobble=0.2, key="belt1")
    steam(d, paint, m, 0.62, -1.0, 0.3, 2)


def _drop(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """A drop that grows at the mouth of a tap, and falls."""
    fall = (m.turn(0.5) + lag) % 1.0
    y = -0.36 + 0.34 * max(0.0, fall - 0.4) / 0.6
    size = 0.04 + 0.03 * min(1.0, fall / 0.4)
    shape = smooth(
        [(-0.56, y - size * 2), (-0.56 + size, y), (-0.56, y + size), (-0.56 - size, y)], True, 4
    )
    d.form(shape, paint.accent, line=0.7, shade=0.2, key="drop")


def _smoke(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """The ember of a cigarette, and its smoke."""
    glow = 0.06 + 0.012 * m.cycle(0.6, lag)
    d.form(circle(0.95, -0.52, glow, 0.15, 16), paint.lip, line=0.6, shade=0, key="ember")
    steam(d, paint, m, 0.98, -0.66, 0.9, 2)


def _flush(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """A handle on a chain that swings."""
    x = 0.44 + 0.05 * m.cycle(0.5, lag)
    d.stroke(points((0.42, -0.9), (x, -0.5)), 1.4, wobble=0.2, key="chain")
    d.form(circle(x, -0.5, 0.045, 0.06, 14), paint.accent, line=0.8, key="pull")


ROWS: Mapping[str, Row] = {
    "screw": Row(
        (("~-9,-66 9,-66 8,-16 0,2 -8,-16", "steel"), ("-30,-98 30,-98 36,-84 20,-66 -20,-66 -36,-84", "colour"),
         ("-6,-100 6,-100 6,-88 -6,-88", "dark")),
        (("-13,-54 13,-60", 2.2), ("-13,-44 13,-50", 2.2), ("-12,-34 12,-40", 2.2), ("-11,-24 11,-30", 2.2),
         ("-8,-14 8,-20", 2.0)),
    ),
    "nail": Row(
        (("-6,-90 6,-90 5,-14 0,2 -5,-14", "colour"), ("~-24,-96 0,-101 24,-96 22,-89 -22,-89", "steel")),
        (("-2,-82 -2,-24", 1.0),),
    ),
    "button": Row(
        (("o 0,-50 50,50", "shadow"), ("o -2,-52 47,47", "colour"), ("o -2,-52 34,34", "second"),
         ("o -13,-63 6,6", "dark"), ("o 10,-63 6,6", "dark"), ("o -13,-41 6,6", "dark"), ("o 10,-41 6,6", "dark")),
        (("-13,-63 10,-41", 2.0), ("10,-63 -13,-41", 2.0), ("-36,-66 -26,-82 -10,-90", 1.6)),
    ),
    "machine": Row(
        (("-90,-12 92,-12 96,0 -94,0", "dark"), ("-80,-74 76,-74 76,-12 -80,-12", "colour"),
         ("-66,-92 -10,-92 -10,-74 -66,-74", "second"), ("50,-104 74,-104 72,-74 52,-74", "steel"),
         ("46,-108 78,-108 78,-100 46,-100", "dark"), ("o 6,-62 8,8", "pale"),
         ("58,-30 68,-30 68,-20 58,-20", "accent"), ("40,-30 50,-30 50,-20 40,-20", "pale")),
        (("6,-62 10,-67", 1.0), ("-58,-86 -18,-86", 1.0), ("-58,-80 -18,-80", 1.0)),
        _wheels,
    ),
    "faucet": Row(
        (("60,-92 86,-92 86,-40 60,-40", "steel"),
         ("~-72,-48 -72,-66 -56,-82 -20,-84 66,-84 66,-58 -20,-58 -40,-56 -42,-48",
          "colour"), ("-14,-100 4,-100 4,-82 -14,-82", "steel"),
         ("~-46,-106 -6,-110 36,-106 36,-98 -6,-100 -46,-98", "accent"),
         ("-76,-50 -38,-50 -38,-42 -76,-42", "steel")),
        (("-50,-76 -10,-78", 1.6),),
        _drop,
    ),
    "washbasin": Row(
        (("-12,-46 12,-46 16,0 -16,0", "second"), ("~-60,-66 60,-66 52,-48 26,-40 -26,-40 -52,-48", "colour"),
         ("~-66,-74 0,-78 66,-74 68,-66 0,-62 -68,-66", "pale"), ("o 0,-70 46,5", "shadow"),
         ("-5,-96 5,-96 5,-70 -5,-70", "steel"), ("~-6,-100 18,-100 22,-90 22,-84 15,-84 14,-92 -6,-92", "steel"),
         ("o -26,-84 7,5", "accent"), ("-28,-82 -24,-82 -24,-72 -28,-72", "steel")),
        (("18,-82 18,-72", 1.4), ("-44,-56 -30,-48", 1.2)),
    ),
    "toilet": Row(
        (("6,-100 50,-100 50,-58 6,-58", "colour"), ("2,-104 54,-104 54,-96 2,-96", "second"),
         ("~-10,-30 -16,-14 -30,-4 -30,0 40,0 40,-6 32,-20 40,-46", "colour"),
         ("~-54,-58 50,-58 48,-44 30,-26 -16,-26 -40,-36", "colour"), ("~-58,-64 54,-64 54,-56 -58,-56", "pale"),
         ("~20,-66 34,-104 26,-106 4,-66", "second")),
        (("-40,-48 -30,-36 -14,-32", 1.2),),
        _flush,
    ),
    "ramp": Row(
        (("-110,0 60,-62 110,-62 110,0", "shadow"), ("-124,-6 52,-70 88,-88 -88,-24", "colour"),
         ("52,-70 88,-88 136,-88 112,-70", "second"), ("112,-70 136,-88 136,-14 112,0", "dark"),
         ("-104,0 60,-60 112,-60 112,0", "pale")),
        (("-84,-18 -54,-30", 0.9), ("-40,-36 -6,-48", 0.9), ("6,-52 40,-64", 0.9), ("66,-100 66,-78", 1.8),
         ("120,-112 120,-84", 1.8), ("66,-100 120,-112", 1.8)),
    ),
    "cigarette": Row(
        (("-100,-68 -44,-68 -44,-36 -100,-36", "colour"), ("-46,-68 94,-68 94,-36 -46,-36", "white"),
         ("80,-68 96,-68 96,-36 80,-36", "steel")),
        (("-90,-56 -84,-56", 1.2), ("-76,-48 -70,-48", 1.2), ("-64,-57 -58,-57", 1.2), ("-30,-48 60,-48", 0.8)),
        _smoke,
    ),
    "cartridge": Row(
        (("-60,-62 -28,-62 -28,0 -60,0", "colour"), ("~-58,-62 -56,-80 -44,-100 -32,-80 -30,-62", "steel"),
         ("-63,-8 -25,-8 -25,0 -63,0", "second"),
         ("-16,-62 16,-62 16,0 -16,0", "colour"), ("~-14,-62 -12,-80 0,-100 12,-80 14,-62", "steel"),
         ("-19,-8 19,-8 19,0 -19,0", "second"),
         ("28,-62 60,-62 60,0 28,0", "colour"), ("~30,-62 32,-80 44,-100 56,-80 58,-62", "steel"),
         ("25,-8 63,-8 63,0 25,0", "second")),
        (("-52,-54 -52,-16", 1.4), ("-8,-54 -8,-16", 1.4), ("36,-54 36,-16", 1.4)),
    ),
    "comb": Row(
        (("~-92,-84 -60,-94 0,-97 60,-94 92,-84 92,-62 -92,-62", "colour"),
         *((f"{x},-64 {x + 9},-64 {x + 7},-20 {x + 2},-20", "colour") for x in range(-90, 84, 16)),
         ("-92,-66 92,-66 92,-60 -92,-60", "second")),
        (("-70,-82 0,-88 70,-82", 1.2),),
    ),
}  # fmt: skip

thing(
    "screw",
    {"screw": assembled(ROWS["screw"]), "nail": assembled(ROWS["nail"])},
    (-0.27, 0.2),
    0.42,
    0.06,
    width=0.6,
)
thing("button", assembled(ROWS["button"]), (-0.17, 0.24), 0.36, 0.02, width=1.0, rock=0.03)
thing(
    "machine",
    assembled(ROWS["machine"]),
    (-0.11, 0.26),
    0.5,
    2.2,
    top=(-0.4, -0.92),
    width=1.8,
    home="village",
    rock=0.004,
)
thing(
    "faucet",
    assembled(ROWS["faucet"]),
    (-0.27, 0.64),
    0.36,
    0.25,
    grip=(0.0, -0.7),
    width=1.6,
    home="kitchen",
    rock=0.004,
)
thing(
    "washbasin",
    assembled(ROWS["washbasin"]),
    (-0.19, 0.64),
    0.5,
    0.9,
    width=1.3,
    rock=0.004,
    hue="white",
)
thing(
    "toilet",
    assembled(ROWS["toilet"]),
    (-0.13, 0.66),
    0.48,
    0.9,
    width=1.1,
    rock=0.004,
    hue="white",
)
thing(
    "ramp",
    assembled(ROWS["ramp"]),
    (-0.29, 0.7),
    0.27,
    1.2,
    top=(0.8, -0.84),
    grip=(0.0, -0.3),
    width=2.5,
    home="village",
    rock=0.004,
)
thing(
    "cigarette",
    assembled(ROWS["cigarette"]),
    (-0.21, 0.7),
    0.26,
    0.02,
    top=(0.0, -0.62),
    width=2.0,
    grip=(-0.7, -0.5),
)
thing("cartridge", assembled(ROWS["cartridge"]), (-0.15, 0.72), 0.36, 0.06, width=1.3, hue="yellow")
thing(
    "comb",
    assembled(ROWS["comb"]),
    (-0.27, 0.76),
    0.28,
    0.04,
    grip=(0.0, -0.8),
    width=1.9,
    rock=0.02,
)
