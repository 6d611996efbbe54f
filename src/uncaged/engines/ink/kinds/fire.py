"""Fire: one flame, a camp fire on its logs, a bonfire that roars; and a column of smoke. Knows nobody who sits by it.

How it is built: tongues in three layers from dark to light, each licking at its own time; sparks; what burns.
"""

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import blob, circle, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.flames import blaze, core, embers, flame, lots, shine, sparks
from uncaged.engines.ink.kinds.wheels import puffs, smoke, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("campfire", "flame", "bonfire")
_TONGUES = {
    "campfire": [(-0.16, 0.16, 0.5), (0.15, 0.17, 0.58), (0.0, 0.2, 0.78)],
    "flame": [(0.0, 0.34, 0.98)],
    "bonfire": [
        (-0.34, 0.16, 0.5), (0.32, 0.18, 0.54), (-0.14, 0.2, 0.74), (0.16, 0.22, 0.86),
        (0.0, 0.24, 1.0),
    ],
}  # fmt: skip


def fire(stream: Stream, paint: Paint, form: str) -> Figure:
    """A fire; `form` is one of `FORMS`, or "" for a camp fire. A named colour colours its outer tongues."""
    if form not in FORMS:
        form = "campfire"
    tongues = _TONGUES[form]
    embers_ = lots(stream.sub("sparks"), 9)
    stones = [
        blob(stream.sub(k), x, 0.0, 0.075, 0.05, 7, 0.14, 3)
        for k, x in enumerate((-0.42, -0.26, 0.28, 0.43))
    ]
    clouds = puffs(stream.sub("smoke"), 4)
    p = paint.palette
    colours = (
        paint.colour,
        flame(p) if paint.colour == embers(p) else mix(paint.colour, core(p), 0.5),
        core(p),
    )

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, m, 0.0, -0.34, 0.62)
        if form != "flame":
            smoke(
                d,
                paint.pale,
                clouds,
                m.turn(0.5),
                (0.0, -0.86), (0.24, -0.5), (0.05, 0.14),
                alpha=120,
            )  # fmt: skip
        if form == "bonfire":
            for x, lean in ((-0.3, 0.5), (0.3, -0.5), (-0.12, 0.22), (0.14, -0.22)):
                log = points((-0.035, 0.02), (-0.03, -0.52), (0.03, -0.52), (0.035, 0.02))
                d.form(turned(log, lean, x, 0.0), paint.trunk, line=0.9, shade=0.7)
        blaze(d, paint, m, tongues, -0.04 if form != "flame" else 0.0, colours=colours)
        sparks(d, paint, m, embers_, 0.0, -0.4, 0.75, 0.3)
        if form == "campfire":
            _logs(d, paint)
            for k, stone in enumerate(stones):
                d.form(
                    stone,
                    paint.second if k % 2 else paint.shadow,
                    line=0.8,
                    shade=1.0,
                    key=f"stone{k}",
                )

    return figure


def _logs(d: Drawing, paint: Paint) -> None:
    """Three logs, crossed, the ends towards us."""
    log = points((-0.36, -0.05), (0.32, -0.05), (0.32, 0.05), (-0.36, 0.05))
    for k, (turn, y) in enumerate(((0.24, -0.05), (-0.22, -0.03), (0.03, 0.02))):
        d.form(turned(log, turn, 0.0, y), paint.trunk, line=0.9, shade=0.8, key=f"log{k}")
        end = turned(circle(0.32, 0, 0.032, 0.052, 14), turn, 0.0, y)
        d.form(end, paint.pale, line=0.7, shade=0.2, key=f"end{k}")
        d.stroke(turned(points((-0.28, -0.01), (0.2, 0.0)), turn, 0.0, y), 0.6, wobble=0.4)


def smoke_kind(stream: Stream, paint: Paint, form: str) -> Figure:
    """A column of smoke that winds up, swells and curls over; it has no forms."""
    count = 11
    clouds = [lobed(stream.sub(k), 0, 0, 1.0, 0.84, 7, 0.2) for k in range(count)]
    aside = stream.array(count, -1.0, 1.0).tolist()
    side = stream.pick((-1, 1))

    def figure(d: Drawing, m: Moment) -> None:
        ages = [((m.turn(0.5) + k / count) % 1, k) for k in range(count)]
        for q, k in sorted(ages):
            wind = sin(TAU * (0.9 * q - m.turn(0.5)))
            x = side * (0.26 * q * q + 0.1 * q * wind) + 0.13 * q * aside[k]
            y, r = -0.04 - 0.82 * q, 0.045 + 0.2 * q
            fade = min(1.0, 9 * q, 3.0 * (1 - q))
            tone = mix(paint.colour, paint.shadow, 0.75 * (1 - q))
            d.form(
                clouds[k] * r + points(x, y),
                tone,
                fill=paint.fill,
                colour2=paint.pattern,
                line=0.8,
                shade=1.0,
                alpha=int(240 * fade),
                key=f"puff{k}",
            )
            curl = points((0.4, 0.1), (0.2, -0.35), (-0.25, -0.3), (-0.2, 0.1), (0.1, 0.05))
            line = smooth(curl * points(side * r, r) + points(x, y))
            d.stroke(line, 0.9 * fade, paint.shadow, wobble=0.3, key=f"curl{k}")

    return figure


def _grey(palette: Palette) -> Colour:
    return mix(palette.far, palette.light, 0.35)


register(
    Kind(
        "fire",
        fire,
        at=(0.02, 1.56),
        height=0.44,
        home="forest",
        width=0.95,
        top=(0.0, -0.1),
        shadow=0.0,
        forms=FORMS,
        faces=False,
        colour=embers,
        quiet=("striped", "dotted", "hatched"),
        metres=0.6,
        grip=(0.0, 0.0),
        lights=True,
        traits=("burning",),
    )
)
register(
    Kind(
        "smoke",
        smoke_kind,
        at=(0.08, 1.56),
        height=0.6,
        width=0.7,
        top=(0.0, -0.9),
        faces=False,
        colour=_grey,
        quiet=("striped", "dotted"),
        metres=6.0,
    )
)
