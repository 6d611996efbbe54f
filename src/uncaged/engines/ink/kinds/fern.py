"""A fern: six to eight fronds out of one root, the outer ones behind.

How it is built: a frond is an arc that droops more towards its tip (`frond`) with fifteen pairs of leaflets on it
(`pinnae`), one mark for all of them. To unfold, each starts curled in like a crozier and loses the curl.
"""

from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.foliage import frond, pinnae
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream, ease_out, over
from uncaged.engines.ink.paint import Paint


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A fern; it has no forms."""
    count = stream.integer(6, 8)
    spread = [(-1 + 2 * i / (count - 1)) * 1.02 + stream.uniform(-0.1, 0.1) for i in range(count)]
    length = [stream.uniform(0.82, 1.05) * (1 - 0.22 * abs(side)) for side in spread]
    order = sorted(range(count), key=lambda i: -abs(spread[i]) + (0.5 if i % 2 else 0))
    tones = (paint.leaf_dark, paint.colour, paint.leaf_light)

    def figure(drawing: Drawing, moment: Moment) -> None:
        for j in order:
            grown = ease_out(over(moment.grow, 0.05 * j, 0.6 + 0.05 * j))
            if grown <= 0.02:
                continue
            late = 0.1 * j
            wind = moment.cycle(0.5, late) + 0.3 * moment.cycle(1, 2 * late)
            angle = spread[j] * 0.55 + moment.sway * 0.05 * wind
            droop = spread[j] * 1.25 + 0.12 * moment.sway * moment.cycle(0.5, late + 0.12)
            curl = (1 - grown) * (7 if spread[j] > 0 else -7)
            root, reach = (spread[j] * 0.03, 0.0), length[j] * (0.3 + 0.7 * grown)
            rachis = frond(root, angle, reach, droop, curl)
            leaflets = pinnae(rachis, 15, 0.19 * grown, lean=0.75, fat=0.17)
            drawing.multi(leaflets, tones[j % 3], line=0.45, key=f"leaflets{j}")
            rib = paint.leaf_dark if j % 3 else paint.ink
            drawing.stroke(rachis, 1.3, rib, taper=(0.02, 0.5), wobble=0.4, key=f"rachis{j}")

    return figure


register(
    Kind(
        name="fern",
        build=build,
        at=(0.70, 0.69),
        height=0.52,
        home="forest",
        width=1.2,
        shadow=0.3,
        motion="sway",
        plant=True,
        faces=False,
        metres=0.8,
        grip=(0.0, -0.1),
    )
)
