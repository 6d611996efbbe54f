"""What lies in a larder beside bread and fruit: a joint of meat, sausages, sweets, a jar.

How they are built: rows of parts (`assembled`).
"""

from collections.abc import Mapping

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, circle
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.assembled import Row, assembled
from uncaged.engines.ink.kinds.thing import clad, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

ROWS: Mapping[str, Row] = {
    "steak": Row(
        (("~-86,-24 -80,-52 -40,-70 10,-74 60,-66 90,-40 84,-12 50,4 0,0 -50,4", "white"),
         ("~-74,-28 -68,-48 -36,-60 10,-64 54,-57 78,-38 72,-16 46,-7 0,-11 -48,-7", "colour"),
         ("o -30,-34 15,11", "white"), ("o -30,-34 8,6", "pattern")),
        (("0,-52 20,-46 40,-48", 1.6), ("6,-34 30,-28 56,-34", 1.6), ("2,-20 24,-16 44,-20", 1.4)),
    ),
    "jar": Row(
        (("~-30,-78 -38,-66 -38,-8 -32,0 0,2 32,0 38,-8 38,-66 30,-78", "pale"),
         ("~-34,-58 0,-55 34,-58 35,-8 30,-3 0,-1 -30,-3 -35,-8", "colour"),
         ("-33,-98 33,-98 33,-80 -33,-80", "second"), ("-22,-46 22,-46 22,-18 -22,-18", "white")),
        (("-26,-92 -26,-86", 1.0), ("-10,-92 -10,-86", 1.0), ("6,-92 6,-86", 1.0), ("22,-92 22,-86", 1.0),
         ("-14,-36 12,-37", 1.2), ("-12,-27 8,-28", 1.2), ("-31,-66 -31,-14", 1.6)),
    ),
    "bonbon": Row(
        (("~-46,-50 -64,-62 -96,-82 -90,-56 -98,-44 -86,-22 -92,-10 -62,-40", "second"),
         ("~46,-50 64,-62 96,-82 90,-56 98,-44 86,-22 92,-10 62,-40", "second"), ("o 0,-50 50,40", "colour")),
        (("-24,-82 -14,-50 -26,-18", 3.0), ("2,-90 12,-50 0,-11", 3.0), ("28,-82 36,-50 26,-20", 3.0),
         ("-56,-50 -84,-66", 1.2), ("-56,-48 -84,-30", 1.2), ("56,-50 84,-66", 1.2), ("56,-48 84,-30", 1.2)),
    ),
}  # fmt: skip


def _sausages(stream: Stream, paint: Paint) -> Figure:
    """Three on a string, shining."""

    def figure(d: Drawing, m: Moment) -> None:
        brown = mix(paint.lip, paint.trunk, 0.45)
        for k, (x, y, bend) in enumerate(
            ((-0.6, -0.42, 0.1), (0.0, -0.26, 0.14), (0.6, -0.42, 0.1))
        ):
            low = y + bend + 0.01 * m.cycle(0.5, k / 3)
            roll = Tube(
                [(x - 0.3, y - 0.1 * (k - 1)), (x, low), (x + 0.3, y + 0.1 * (k - 1))],
                [0.1, 0.16, 0.1],
                18,
            )
            if k == 1:
                clad(d, paint.evolve(colour=brown), roll.outline(), f"roll{k}", body=roll)
            else:
                d.form(roll.outline(), brown, shade=0.9, key=f"roll{k}")
            for j in range(3):
                u = 0.3 + 0.2 * j
                d.stroke(
                    roll.at([u - 0.03, u + 0.03], [-0.5, 0.2]), 1.4, paint.dark, key=f"score{k}{j}"
                )
            d.stroke(
                roll.at([0.15, 0.5, 0.8], [-0.6, -0.62, -0.6]), 1.2, paint.white, key=f"gleam{k}"
            )
        for x in (-0.94, -0.3, 0.3, 0.94):
            y = -0.32 if abs(x) < 0.5 else -0.52
            d.form(circle(x, y, 0.05, count=14), paint.pale, line=0.8, key=f"knot{x}")
        for side in (-1, 1):
            d.stroke(
                traced(f"{94 * side},-52 {100 * side},-72 {90 * side},-88", False),
                1.4,
                key=f"string{side}",
            )

    return figure


MEAT = {"steak": assembled(ROWS["steak"]), "sausage": _sausages}
thing(
    "meat",
    MEAT,
    (-0.31, 0.88),
    0.32,
    0.05,
    top=(0.0, -0.7),
    width=1.8,
    home="kitchen",
    hue="red",
    quiet=("striped", "dotted"),
)
thing("jar", assembled(ROWS["jar"]), (-0.21, 0.88), 0.44, 0.15, width=0.75, home="kitchen")
thing("bonbon", assembled(ROWS["bonbon"]), (-0.13, 0.88), 0.32, 0.02, width=1.9, rock=0.03)
