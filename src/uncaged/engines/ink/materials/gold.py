"""Gold: dark in the folds, a band of light along every form, sparks that go out and come again."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, under
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.materials.shapes import star

_SPARKS = 7


def work(body: Body) -> None:
    """Gilds the figure."""
    p, d, m = body.palette, body.out, body.m
    yellow, brown = under(HUES["yellow"], p), under(HUES["brown"], p)
    gold = mix(yellow, under(HUES["orange"], p), 0.38)
    pale = mix(yellow, (255, 250, 226), 0.62)
    ladder = (mix(brown, p.deep, 0.45), mix(gold, brown, 0.42), gold, pale)

    def gild(part: Part) -> None:
        d.form(
            part.points,
            ladder[2] if part.tone > 0.3 else ladder[1],
            line=1.0,
            shade=1.1,
            key=part.key,
            ink=ladder[0],
        )
        if part.size < 0.06:
            return
        d.clip(part.points)
        d.flat(_band(part, 0.42, 0.74, 0.02, 0.98), ladder[1], 190)
        d.flat(_band(part, -0.72, -0.36, 0.06, 0.94), pale, 235)
        d.flat(_band(part, -0.22, -0.13, 0.2, 0.8), pale, 170)
        d.unclip()

    each(body, ladder, gild)
    forms = [part for part in body.forms if part.size > 0.1]
    for k in range(min(_SPARKS, 2 * len(forms))):
        part = forms[k % len(forms)]
        lots = part.lots(f"spark{k}", 3)
        size = 0.055 * max(0.0, m.cycle(0.6, float(lots[2]) + 0.13 * k))
        if size > 0.01:
            x, y = part.at(lots[:1], np.array([-0.7 + 0.5 * lots[1]]))[0].tolist()
            d.flat(star(x, y, size), (255, 252, 238))


def _band(part: Part, low: float, high: float, first: float, last: float) -> np.ndarray:
    """A stripe along a part, pointed at both ends."""
    u = np.linspace(first, last, 12)
    swell = np.minimum(np.minimum(u - first, last - u) * 6, 1.0)
    middle, half_ = (low + high) / 2, (high - low) / 2
    one, other = part.at(u, middle + half_ * swell), part.at(u, middle - half_ * swell)
    return np.concatenate([one, other[::-1]])


register("gold", work)
