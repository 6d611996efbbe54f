"""What is sweet: a cake with its candles, a piece of one, ice cream.

How they are built: layers one on the other, icing with a wavy edge, a flame or a drip that moves.
"""

from uncaged.engines.ink.curves import bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    bar,
    clad,
    edged,
    flame,
    hundredths,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint


def _cake(stream: Stream, paint: Paint) -> Figure:
    candles = stream.integer(1, 5)
    lags = stream.array(candles, 0, 1).tolist()

    def figure(d: Drawing, m: Moment) -> None:
        d.form(circle(0, -0.05, 0.72, 0.07, 30), paint.second, line=0.95, shade=0.4, key="plate")
        for k in range(candles):
            x = 0.7 * ((k + 0.5) / candles - 0.5)
            d.form(
                bar((x, -0.56), (x, -0.76), 0.026),
                (paint.accent, paint.pale)[k % 2],
                line=0.7,
                key=f"candle{k}",
            )
            flame(d, paint, m, x, -0.78, 0.17, lags[k])
        clad(d, paint, edged("-56,-50 56,-50 54,-6 -54,-6", 0.04), "side")
        d.form(
            edged("-56,-32 56,-32 55,-25 -55,-25", 0.01),
            paint.pale,
            line=0.6,
            shade=0.2,
            key="cream",
        )
        ice = [(-0.57, -0.54)]
        for k in range(6):
            x = -0.57 + 0.19 * k
            ice += [(x + 0.05, -0.42 + 0.05 * (k % 2)), (x + 0.14, -0.44 + 0.06 * ((k + 1) % 2))]
        ice += [(0.57, -0.42), (0.57, -0.54), (0.0, -0.62)]
        d.form(smooth(ice, True, 4), paint.white, line=0.95, shade=0.4, key="icing")
        for k in range(5):
            d.form(
                circle(-0.4 + 0.2 * k, -0.555, 0.045, count=14),
                paint.accent,
                line=0.7,
                shade=0.4,
                key=f"cherry{k}",
            )

    return figure


def _piece(stream: Stream, paint: Paint) -> Figure:
    """A slice of cake."""

    def figure(d: Drawing, m: Moment) -> None:
        d.form(circle(0, -0.05, 0.66, 0.06, 28), paint.second, line=0.9, shade=0.4, key="plate")
        d.form(
            hundredths("-52,-50 50,-58 50,-10 -52,-6"),
            paint.pale,
            line=0.95,
            shade=0.4,
            key="crumb",
        )
        for y in (-0.37, -0.22):
            clad(
                d,
                paint,
                hundredths("-52,0 50,-6 50,2 -52,7") + points(0, y + 0.02),
                f"layer{y}",
                line=0.7,
            )
        d.form(hundredths("-54,-50 6,-66 52,-58"), paint.white, line=0.9, shade=0.2, key="top")
        d.form(
            edged("-56,-54 52,-62 52,-48 -52,-42", 0.02),
            paint.accent,
            line=0.9,
            shade=0.4,
            key="icing",
        )
        hop = 0.02 * m.cycle(0.5)
        d.form(
            circle(0.16, -0.7 + hop, 0.1, count=20), paint.accent, line=0.9, shade=0.5, key="cherry"
        )
        d.stroke(bezier((0.16, -0.78 + hop), (0.2, -0.92), (0.3, -0.96)), 0.9, key="stalk")

    return figure


def _cone(stream: Stream, paint: Paint) -> Figure:
    scoops = stream.integer(1, 3)

    def figure(d: Drawing, m: Moment) -> None:
        cone = hundredths("-23,-46 23,-46 0,0")
        tones = (paint.colour, paint.accent, paint.pale)
        high = 1.0 if scoops < 3 else 0.86
        for k in range(scoops - 1, -1, -1):
            x, y = 0.06 * (k % 2) - 0.02 * k, -0.56 - 0.17 * k * high
            d.form(
                circle(x, y, 0.23 - 0.02 * k, 0.19, 26),
                tones[k],
                shade=0.7,
                key=f"scoop{k}",
                fill=paint.fill if k == 0 else "plain",
                colour2=paint.pattern,
            )
        d.form(cone, paint.second, line=1.0, shade=0.6, key="cone")
        d.clip(cone)
        for k in range(-3, 4):
            for way in (-1, 1):
                x = 0.08 * k
                d.stroke(
                    points((x - 0.16 * way, -0.48), (x + 0.12 * way, 0.0)),
                    0.6,
                    paint.trunk,
                    wobble=0.1,
                    key=f"net{k}{way}",
                )
        d.unclip()
        fall = m.turn(0.4) % 1
        drip = traced("-24,-48 24,-48 26,-40 16,-38 12,-30 6,-39 -6,-38 -12,-34 -18,-39 -26,-40")
        d.form(drip, paint.colour, line=0.95, shade=0.5, key="drip")
        d.dot(0.12, -0.3 + 0.3 * fall * fall, 0.022 * (1 - fall * 0.6), paint.colour)

    return figure


thing(
    "cake", {"whole": _cake, "piece": _piece}, (-0.89, 0.74), 0.42, 0.25,
    width=1.45, top=(0, -0.56), grip=(0.5, -0.1),
)  # fmt: skip
thing(
    "ice-cream", _cone, (-0.71, 0.74), 0.5, 0.2,
    width=0.5, grip=(0.0, -0.2), hue="pink", rock=0.03, shadow=0.12,
)  # fmt: skip
