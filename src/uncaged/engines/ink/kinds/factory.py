"""A factory: a hall with a saw-tooth roof, chimneys that smoke, a gate, a row of lit windows. Knows no town.

How it is built: chimneys behind, teeth of the roof, then the hall before them; smoke drifts the way the wind goes.
"""

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box, courses, grid, lots, strokes, sun, windows
from uncaged.engines.ink.kinds.wheels import puffs, smoke
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

TEETH = 4


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A factory; it has no forms."""
    chimneys = [
        (x + stream.uniform(-0.03, 0.03), stream.uniform(0.82, 0.98), stream.uniform(0.055, 0.075))
        for x in (-0.58, -0.3, 0.5)[: stream.integer(2, 3)]
    ]
    clouds = puffs(stream.sub("smoke"), 5)
    panes = grid(-0.66, -0.28, 0.34, -0.1, 6, 2, 0.66)
    lit = lots(stream.sub("lit"), len(panes), 0.65)
    bricks = courses(stream.sub("bricks"), -0.7, -0.36, 0.7, -0.03, 14)

    def figure(d: Drawing, m: Moment) -> None:
        for k, chimney in enumerate(chimneys):
            _chimney(d, paint, chimney, clouds, m, k)
        w = 1.44 / TEETH
        for k in range(TEETH):
            x = -0.72 + w * k
            tooth = points(
                (x, -0.36), (x + 0.03, -0.58), (x + w, -0.38), (x + w, -0.34), (x, -0.34)
            )
            d.form(tooth, paint.second, line=0.9, shade=0.7, key=f"tooth{k}")
            slope = points((x + 0.03, -0.37), (x + 0.05, -0.535), (x + 0.1, -0.5), (x + 0.1, -0.37))
            d.form(slope, paint.glow if paint.night else paint.white, line=0.6, shade=0.2)
        hall = points((-0.74, 0.01), (-0.73, -0.37), (0.73, -0.37), (0.74, 0.01))
        d.form(
            hall,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.9,
            light=sun(d),
            key="hall",
        )
        strokes(d, bricks, paint.pattern)
        windows(d, paint, panes, lit, "panes")
        d.form(box(0.42, -0.27, 0.66, 0.01), paint.dark, line=0.9, shade=0.3, key="gate")
        for k in range(4):
            d.stroke(
                points((0.43, -0.05 - 0.06 * k), (0.65, -0.05 - 0.06 * k)),
                0.5,
                paint.pale,
                wobble=0.2,
            )
        pipe = points((-0.74, -0.16), (-0.86, -0.16), (-0.86, -0.44), (-0.7, -0.44))
        for width, tone in ((4.6, paint.ink), (3.0, paint.pale)):
            d.stroke(pipe, width, tone, taper=(0.01, 0.01), wobble=0.1)

    return figure


def _chimney(
    d: Drawing,
    paint: Paint,
    chimney: tuple[float, float, float],
    clouds: list[Array],
    m: Moment,
    k: int,
) -> None:
    """A shaft with two bands, and its smoke; each smokes at its own time."""
    x, high, half = chimney
    start, way, size = (x, -high - 0.02), (0.5, -0.34), (0.05, 0.15)
    turn = m.turn(0.5) + 0.37 * k
    smoke(d, paint.pale, clouds, turn, start, way, size, line=0.5, key=f"smoke{k}.")
    slim = half * 0.72
    shaft = points((x - half, -0.2), (x - slim, -high), (x + slim, -high), (x + half, -0.2))
    d.form(shaft, paint.accent, shade=1.0, light=sun(d), key=f"chimney{k}")
    for y in (high - 0.02, high - 0.12):
        band = box(x - half * 0.86, -y - 0.02, x + half * 0.86, -y + 0.02)
        d.form(band, paint.dark, line=0.6, shade=0.2)


register(
    Kind(
        "factory",
        build,
        at=(0.14, 1.28),
        height=0.5,
        home="hills",
        width=1.6,
        top=(0.1, -0.48),
        shadow=0.75,
        faces=False,
        metres=24.0,
        lights=True,
        traits=("building",),
    )
)
