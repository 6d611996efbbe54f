"""What hangs in a wardrobe: trousers, a jacket, a scarf, a necktie.

How they are built: rows of parts (`assembled`), each as it hangs, a hem or an end stirred by the air.
"""

from collections.abc import Mapping

from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.assembled import Row, assembled
from uncaged.engines.ink.kinds.thing import bar, clad, thing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

ROWS: Mapping[str, Row] = {
    "trousers": Row(
        (("~-30,-94 30,-94 36,-60 40,-6 36,0 10,0 8,-6 0,-58 -8,-6 -10,0 -36,0 -40,-6 -36,-60", "colour"),
         ("-31,-99 31,-99 32,-89 -32,-89", "second"), ("-5,-100 6,-100 6,-88 -5,-88", "accent"),
         ("-39,-10 -9,-10 -9,0 -40,0", "second"), ("9,-10 39,-10 40,0 9,0", "second")),
        (("0,-88 0,-62", 1.2), ("-30,-84 -24,-74 -20,-86", 1.0), ("30,-84 24,-74 20,-86", 1.0),
         ("-22,-60 -24,-14", 0.8),
         ("22,-60 24,-14", 0.8)),
    ),
    "jacket": Row(
        (("~-30,-90 -46,-80 -60,-20 -46,-12 -34,-50 -34,0 0,2 34,0 34,-50 46,-12 60,-20 46,-80 30,-90 0,-96", "colour"),
         ("-14,-92 14,-92 3,-46 -3,-46", "white"), ("-5,-90 5,-90 3,-82 7,-56 0,-44 -7,-56 -3,-82", "accent"),
         ("-16,-94 -26,-84 -24,-68 -30,-66 -2,-42 -8,-60", "second"),
          ("16,-94 26,-84 24,-68 30,-66 2,-42 8,-60", "second"),
         ("o 4,-32 3,3", "dark"), ("o 4,-18 3,3", "dark"), ("16,-60 28,-60 28,-57 16,-57", "pale")),
        (("-1,-42 0,-20 -2,0", 1.4), ("-30,-26 -12,-26", 1.2), ("14,-26 30,-26", 1.2), ("-36,-72 -34,-50", 1.0),
         ("36,-72 34,-50", 1.0)),
    ),
    "necktie": Row(
        (("~-13,-98 13,-98 9,-84 0,-80 -9,-84", "second"), ("-8,-84 8,-84 20,-18 0,2 -20,-18", "colour")),
        (("-10,-62 12,-72", 2.0), ("-14,-44 15,-56", 2.0), ("-17,-26 18,-40", 2.0), ("-8,-10 16,-22", 2.0)),
    ),
}  # fmt: skip


def _scarf(stream: Stream, paint: Paint) -> Figure:
    """Laid once round a neck that is not there; its ends have fringes and stir."""
    lag = stream.uniform()

    def figure(d: Drawing, m: Moment) -> None:
        for k, (x, y) in enumerate(((0.3, -0.1), (-0.16, 0.0))):
            sway = 0.05 * m.cycle(0.5, lag + 0.2 * k)
            end = Tube(
                [(0.02, -0.66), (x * 0.6 + 0.06, -0.5), (x + sway, y - 0.08)],
                [0.11, 0.14, 0.15],
                16,
            )
            for j in range(5):
                v = -0.8 + 0.4 * j
                foot = end.at(1.0, v)[0] if end.at(1.0, v).ndim > 1 else end.at(1.0, v)
                tip = (float(foot[0]) + 0.5 * sway, float(foot[1]) + 0.09)
                d.form(bar(foot, tip, 0.014), paint.pale, line=0.5, shade=0, key=f"fringe{k}{j}")
            clad(d, paint, end.outline(), f"end{k}", body=end)
            for u in (0.62, 0.8):
                band = Tube(
                    [end.at(u, -1).reshape(-1)[:2], end.at(u, 1).reshape(-1)[:2]], [0.03], 8
                )
                d.form(band.outline(), paint.accent, line=0.5, shade=0.2, key=f"band{k}{u}")
        back = Tube([(-0.3, -0.8), (0, -0.94), (0.3, -0.8)], [0.1], 16)
        d.form(back.outline(), paint.shadow, key="back")
        front = Tube(
            [(-0.33, -0.82), (-0.14, -0.64), (0.12, -0.62), (0.33, -0.82)],
            [0.09, 0.13, 0.13, 0.09],
            20,
        )
        clad(d, paint, front.outline(), "front", body=front)
        knot = Tube([(-0.05, -0.74), (0.06, -0.54)], [0.12, 0.11], 12)
        clad(d, paint, knot.outline(), "knot", body=knot)

    return figure


thing("trousers", assembled(ROWS["trousers"]), (-0.93, 0.88), 0.52, 1.0, width=0.8, rock=0.02)
thing("jacket", assembled(ROWS["jacket"]), (-0.85, 0.88), 0.5, 0.8, width=1.2, rock=0.015)
thing("scarf", _scarf, (-0.75, 0.88), 0.48, 0.8, width=0.8, rock=0.02)
thing("necktie", assembled(ROWS["necktie"]), (-0.67, 0.88), 0.5, 0.5, width=0.4, rock=0.04)
