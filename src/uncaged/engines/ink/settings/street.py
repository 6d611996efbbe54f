"""A street at the height of those who walk in it: towers far away, fronts with shops, a kerb, lamps, a roadway."""

from uncaged.engines.ink.colour import Colour, lighter, mix, shade
from uncaged.engines.ink.curves import bezier, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.masonry import box, grid
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.facades import Row, fronts, warm
from uncaged.engines.ink.settings.land import land
from uncaged.engines.ink.settings.layout import REACH, down, level, many, tall, wide
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of a street."""
    p, stream = ground.palette, ground.stream.sub("street")
    level(ground)
    sky(ground)
    far = mix(p.far, p.low, 0.45)
    land(ground, "ground", 0.12, down(ground, 0.03), 0.02, 0.4, far, line=0)
    _towers(ground, stream.sub("towers"), far)
    foot, size = down(ground, 0.115), 0.5 + 0.5 * tall(ground)
    row = Row(foot, (0.2 * size, 0.36 * size), (0.13, 0.24), p.low, 0.22, True)
    gap = _gap(ground, stream)
    on = sheet(ground, "fronts", 0.6, p.far, 0.3, 0.75)
    fronts(ground, on, stream.sub("fronts"), row, lambda a, b: a < gap[1] and b > gap[0])
    _pavement(ground, stream.sub("pavement"), foot)
    _lamps(ground, stream.sub("lamps"), gap)
    _road(ground, stream.sub("road"))
    _edge(ground, stream.sub("edge"))


def _gap(ground: Ground, stream: Stream) -> tuple[float, float]:
    """Where a side street lets one look through: under the disc where there is one, never behind the lead subject."""
    x = ground.disc_at.x if ground.disc_at else ground.width * (0.5 - 0.25 * ground.side)
    x += stream.uniform(-0.03, 0.03)
    half = 0.085 * wide(ground)
    return x - half, x + half


def _towers(ground: Ground, stream: Stream, tone: Colour) -> None:
    """A few towers against the sky, pale, with rows of windows."""
    p, on = ground.palette, sheet(ground, "towers", 0.2, tone, 0.6, 0.6)
    foot, size = down(ground, 0.05), tall(ground)
    for k in range(many(ground, 11)):
        x = stream.uniform(-0.2, ground.width + 0.15)
        w, h = stream.uniform(0.05, 0.11), stream.uniform(0.2, 0.46) * size
        shadow = mix(tone, p.far, 0.2 + 0.3 * (k % 3))
        top = max(foot - h, 0.06)
        on.form(box(x, top, x + w, foot), shadow, line=0.4, shade=0.8, light=(0.9, 0.3))
        if stream.chance(0.4):
            on.stroke(points((x + w / 2, top), (x + w / 2, top - 0.05)), 0.5, wobble=0.2)
        panes = grid(x + 0.006, top + 0.01, x + w - 0.006, foot, 3, max(2, int(h / 0.035)), 0.5)
        lit = [stream.chance(0.4) for _ in panes]
        shine = mix(warm(p), shadow, 0.25) if p.night else mix(p.light, shadow, 0.45)
        on.multi([f for f, a in zip(panes, lit, strict=True) if a], shine, line=0)


def _pavement(ground: Ground, stream: Stream, foot: float) -> None:
    """Slabs, and a kerb that throws a shadow."""
    p = ground.palette
    tone = mix(p.light, p.far, 0.5) if not p.negative else p.near
    if ground.weather.snow > 0:
        tone = mix(tone, p.light, 0.5 * clamp(ground.weather.snow))
    on = sheet(ground, "pavement", 0.8, tone, 0.35, 0.7)
    low, left, right = down(ground, 0.185), -REACH, ground.width + REACH
    on.form(box(left, foot - 0.002, right, low), tone, line=0.4, shade=0.5, light=(0.1, 1))
    middle = ground.width / 2
    for k in range(-40, 41):
        x = middle + k * 0.11
        if left < x < right:
            seam = points((x, foot + 0.004), (x + (x - middle) * 0.16, low - 0.008))
            on.stroke(seam, 0.4, shade(tone, p, 0.06), wobble=0.4)
    y = foot + 0.45 * (low - foot)
    on.stroke(points((left, y), (right, y)), 0.4, shade(tone, p, 0.06), taper=(0.01, 0.01))
    on.form(box(left, low - 0.012, right, low + 0.01), lighter(tone, 0.06), line=0.6, shade=0.3)


def _lamps(ground: Ground, stream: Stream, gap: tuple[float, float]) -> None:
    """Street lamps at the kerb, a tree in its ring by lot."""
    p, on = ground.palette, sheet(ground, "lamps", 0.85, ground.palette.far, 0.2, 0.75)
    y, size = down(ground, 0.172), 0.3 * (0.5 + 0.5 * tall(ground))
    form = stream.pick(("lantern", "swan", "globes"))
    start, step = stream.uniform(0.02, 0.2), 0.62
    for k in range(min(24, int((ground.width + 0.3) / step) + 2)):
        x = -0.1 + start + step * k
        if abs(x - ground.width / 2) < 0.16:
            continue
        prop(
            ground,
            on,
            "lamppost",
            f"lamp{k}",
            x,
            y,
            size,
            form=form,
            tone=p.mid,
            share=0.2,
            line=0.75,
        )
        if stream.chance(0.45) and not gap[0] < x + step / 2 < gap[1]:
            tree = x + step / 2
            if abs(tree - ground.width / 2) > 0.2:
                prop(
                    ground,
                    on,
                    "tree",
                    f"tree{k}",
                    tree,
                    y,
                    0.24,
                    form="round",
                    tone=p.far,
                    share=0.25,
                    line=0.75,
                )


def _road(ground: Ground, stream: Stream) -> None:
    """Asphalt, a broken line, a crossing, a lid or two."""
    p = ground.palette
    tone = mix(p.mid, p.near, 0.45) if not p.paper else mix(p.light, p.far, 0.35)
    if ground.weather.snow > 0:
        tone = mix(tone, p.light, 0.55 * clamp(ground.weather.snow))
    ground.stand, ground.behind = tone, p.low
    on = sheet(ground, "road", 0.95, tone, 0.3, 0.7)
    top, low = down(ground, 0.19), ground.height + REACH
    on.form(box(-REACH, top, ground.width + REACH, low), tone, line=0, shade=0.8, light=(0.1, -1))
    pale = mix(p.light, tone, 0.25)
    y = down(ground, 0.33)
    marks = [
        points((x, y), (x + 0.16, y), (x + 0.15, y + 0.014), (x - 0.012, y + 0.014))
        for x in [-0.3 + 0.3 * k for k in range(min(60, int((ground.width + 0.7) / 0.3)))]
    ]
    on.multi(marks, pale, line=0.3)
    if stream.chance(0.6):
        _crossing(ground, on, stream, pale, top)
    for _ in range(many(ground, 22)):
        u = stream.uniform()
        x, at = stream.uniform(-0.2, ground.width + 0.2), top + 0.02 + (low - REACH + 0.1 - top) * u
        s = 0.008 + 0.02 * u
        on.stroke(
            bezier((x - s, at), (x, at - 0.2 * s), (x + s, at)),
            0.6,
            shade(tone, p, 0.07),
            wobble=0.5,
        )
    x = stream.uniform(0.1, ground.width - 0.1)
    lid = circle(x, down(ground, 0.28), 0.04, 0.011, 20)
    on.form(lid, shade(tone, p, 0.12), line=0.6, shade=0.3)


def _crossing(ground: Ground, on: Drawing, stream: Stream, pale: Colour, top: float) -> None:
    """White bars that widen towards us."""
    x = ground.width * (0.5 + ground.side * stream.uniform(0.0, 0.12))
    low, middle = ground.height + 0.1, ground.width / 2
    bars = []
    for k in range(6):
        a = x - 0.2 + 0.07 * k
        b = a + 0.04
        near = [(q - middle) * 1.7 + middle for q in (a, b)]
        bars.append(points((a, top + 0.012), (b, top + 0.012), (near[1], low), (near[0], low)))
    on.multi(bars, pale, line=0.3)


def _edge(ground: Ground, stream: Stream) -> None:
    """Something dark at the edge, in front of everything: a lamp, a sign, a hydrant's row of posts."""
    p = ground.palette
    tone = (52, 52, 64) if p.negative else p.deep
    on = sheet(ground, "edge", 1.3, tone, 0.5, 0.9)
    left = ground.side > 0
    x = 0.03 if left else ground.width - 0.03
    what = stream.pick(("lamppost", "posts", "stoplight", "posts"))
    if what == "posts":
        for k in range(3):
            at = x + (0.09 if left else -0.09) * k
            y, h = ground.height + 0.05 - 0.012 * k, 0.17 - 0.02 * k
            post = points(
                (at - 0.014, y), (at - 0.014, y - h), (at + 0.014, y - h), (at + 0.014, y)
            )
            on.form(post, tone, line=0.5, shade=0.4)
            on.form(circle(at, y - h - 0.012, 0.019, count=16), tone, line=0.5, shade=0.4)
        return
    size = 0.7 * tall(ground)
    prop(
        ground,
        on,
        what,
        "edge",
        x,
        ground.height + 0.06,
        size,
        tone=tone,
        share=0.75,
        line=0.9,
        flip=not left,
    )


register(
    Setting(
        "street",
        build,
        at=(1.20, 0.10),
        spirit="lamppost",
        palettes=("dawn", "candy", "violet", "night", "rust", "ash"),
        discs=True,
        clouds=True,
    )
)
