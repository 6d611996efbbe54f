"""Stone: every form hewn into facets, a shadow plane, cracks that run in from its edge, moss on the upper side."""

from uncaged.engines.ink.colour import HUES, mix, under
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.materials.shapes import along, crack, facets, half


def work(body: Body) -> None:
    """Hews the figure."""
    p, d = body.palette, body.out
    grey = under(HUES["grey"], p, body.ground)
    ladder = (
        mix(p.deep, grey, 0.25),
        mix(p.near, grey, 0.6),
        mix(grey, p.light, 0.18),
        mix(grey, p.light, 0.55),
    )
    moss = mix(under(HUES["green"], p), grey, 0.35)

    def hew(part: Part) -> None:
        cut = facets(part, 8 if part.size < 0.2 else 13)
        tone = 1 if part.tone < 0.35 else 2
        d.form(cut, ladder[tone], line=1.15, shade=1.5, key=part.key, ink=ladder[0])
        if part.size < 0.1:
            return
        d.clip(cut)
        lean = 0.5 + 0.7 * part.lot("lean")
        d.flat(half(part, lean, 0.03 * part.size), ladder[0], 62)
        d.flat(half(part, lean + 2.6 + 0.5 * part.lot("sun"), 0.16 * part.size), ladder[3], 90)
        if part.size > 0.3 and part.lot("moss") < 0.6:
            d.stroke(
                along(part, 0.86, 0.1, 0.5, 7),
                4.0,
                moss,
                key=f"{part.key}m",
                wobble=2.0,
                taper=(0.4, 0.4),
            )
        d.unclip()
        for k in range(min(3, int(part.size / 0.16))):
            d.stroke(
                crack(part, k),
                0.75,
                ladder[0],
                key=f"{part.key}c{k}",
                taper=(0.05, 0.7),
                wobble=2.0,
            )

    each(body, ladder, hew)


register("stone", work)
