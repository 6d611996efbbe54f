"""Paper: folded white sheets, creases between their corners, a thin shadow under each."""

import numpy as np

from uncaged.engines.ink.colour import mix, to_lab, to_rgb
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.materials.shapes import facets, half


def work(body: Body) -> None:
    """Folds the figure."""
    p, d = body.palette, body.out
    white = p.light if not p.negative else (244, 242, 234)
    light, a, b = to_lab(mix(white, p.far, 0.3))
    cool = to_rgb((light, a - 0.004, b - 0.012))
    ladder = (mix(p.ink, p.far, 0.25), mix(cool, p.mid, 0.45), cool, white)
    dark = p.ink if p.negative else p.deep

    def fold(part: Part) -> None:
        cut = facets(part, 7 if part.size < 0.2 else 10)
        far = min(0.014, 0.1 * part.size)
        d.flat(cut + np.array((far, 1.3 * far)), dark, 78)
        d.form(
            cut,
            white if part.tone > 0.3 else ladder[2],
            line=0.42,
            shade=0.2,
            key=part.key,
            ink=ladder[0],
        )
        if part.size < 0.08:
            return
        d.clip(cut)
        lean = part.lot("lean") * 1.2
        d.flat(half(part, lean + 0.2, 0.04 * part.size), ladder[1], 92)
        d.flat(half(part, lean + 1.3, 0.12 * part.size), ladder[1], 70)
        d.unclip()
        n = len(cut)
        for k in range(2 if part.size > 0.2 else 1):
            i = int(part.lot(f"crease{k}") * n)
            j = (i + n // 2 + k) % n
            crease = np.stack([cut[i], cut[j]])
            d.stroke(crease, 0.4, ladder[1], key=f"{part.key}f{k}", wobble=0.2, taper=(0.02, 0.02))

    each(body, ladder, fold, 0.8)


register("paper", work)
