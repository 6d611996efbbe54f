"""Thread: every form is wound, turn beside turn, in two tones; a loose end is left."""

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.materials.shapes import crossing, strand

_TURN, _MOST = 0.021, 40


def work(body: Body) -> None:
    """Winds the figure."""
    p, d, m = body.palette, body.out, body.m
    forms = body.forms
    main = max(forms, key=lambda part: part.size).colour if forms else p.a
    other = p.b if main != p.b else p.a

    def wind(part: Part) -> None:
        dark, pale = mix(part.colour, p.deep, 0.55), mix(part.colour, p.light, 0.34)
        d.form(part.points, dark, line=0.5, shade=0.6, key=part.key)
        count = min(_MOST, max(4, int(part.size / _TURN)))
        u = (np.arange(count) + 0.5 + 0.3 * (part.lots("wind", count) - 0.5)) / count
        bow = (0.5 if part.lot("way") < 0.5 else -0.5) / count
        d.clip(part.points)
        d.multi(
            crossing(part, u[::2], bow, 0.62 / count), part.colour, line=0.0, key=f"{part.key}a"
        )
        d.multi(crossing(part, u[1::2], bow, 0.62 / count), pale, line=0.0, key=f"{part.key}b")
        if part.size > 0.25:  # a second winding across the first
            some = u[2::5]
            d.multi(
                crossing(part, some, -2.2 * bow, 0.4 / count), other, line=0.0, key=f"{part.key}c"
            )
        d.unclip()

    each(
        body,
        (mix(p.ink, main, 0.15), mix(main, p.deep, 0.3), main, mix(main, p.light, 0.6)),
        wind,
        1.1,
    )
    if forms:
        last = max(forms, key=lambda part: part.high[1])
        start = last.at(np.array([0.9]), np.array([0.9]))[0]
        end = strand(start, (0.92, 0.12), 1.6, m.turn(0.5), 0.42)
        d.stroke(end, 1.5, main, key="end", taper=(0.02, 0.1), wobble=0.6)


register("thread", work)
