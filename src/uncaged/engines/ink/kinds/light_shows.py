"""Light in the air: a rainbow of seven bands, a flash of lightning, fireworks, an explosion. Knows no weather.

How it is built: bands are rings cut in half; a flash is one zigzag that thins, with two branches; a burst is rays whose
heads fly out, sink and go out, several bursts one after the other.
"""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, lighter, mix, under
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.flames import core, embers, flame
from uncaged.engines.ink.kinds.wheels import ball, puffs
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, ease_out, sin
from uncaged.engines.ink.paint import Paint

BANDS = ("red", "orange", "yellow", "green", "teal", "blue", "violet")


def rainbow(stream: Stream, paint: Paint, form: str) -> Figure:
    """A rainbow that stands on the ground at both ends; it has no forms. Its bands breathe, clouds lie at its feet."""
    p = paint.palette
    tones = [mix(under(HUES[name], p), p.low if not p.negative else p.top, 0.12) for name in BANDS]
    own = paint.colour != _sun(p)
    if own:  # a named colour: bands from dark to light of it
        tones = [lighter(paint.colour, 0.18 - 0.06 * k) for k in range(len(BANDS))]
    clouds = puffs(stream.sub("clouds"), 3)
    a = np.linspace(PI, 0, 34)
    ray = np.stack([cos(a), -sin(a)], 1)

    def figure(d: Drawing, m: Moment) -> None:
        deep = 0.062
        for k, tone in enumerate(tones):
            breath = 0.006 * m.cycle(0.5, 0.1 * k)
            outer, inner = 0.99 - deep * k + breath, 0.99 - deep * (k + 1) - 0.004
            band = np.concatenate([ray * outer, (ray * inner)[::-1]])
            d.form(
                band,
                tone,
                line=0.6 if k in (0, len(tones) - 1) else 0.3,
                shade=0.3,
                alpha=238,
                key=f"band{k}",
            )
        for side in (-1, 1):
            for k, cloud in enumerate(clouds):
                x = side * 0.78 + 0.15 * (k - 1)
                puff = cloud * points(0.17, 0.1) + points(
                    x + 0.012 * m.cycle(0.5, 0.2 * k), 0.01 - 0.03 * (k == 1)
                )
                d.form(puff, paint.white, line=0.7, shade=0.5, key=f"cloud{side}{k}")
        for k in range(4):
            q = (m.turn(0.5) + k / 4) % 1
            b = PI * (0.15 + 0.7 * ((k * 0.618 + 0.2) % 1))
            x, y = -cos(b) * 0.78, -sin(b) * 0.78
            s = 0.05 * sin(PI * q)
            for dx, dy in ((s, 0.0), (0.0, s)):
                d.stroke(
                    points((x - dx, y - dy), (x + dx, y + dy)),
                    1.3,
                    paint.white,
                    taper=(0.5, 0.5),
                    wobble=0,
                )

    return figure


def _sun(palette: Palette) -> Colour:
    return under(HUES["red"], palette)


def lightning(stream: Stream, paint: Paint, form: str) -> Figure:
    """A flash of lightning; it has no forms. It comes twice a second or so, and its after-image stays."""
    side = stream.pick((-1, 1))
    corners = [(0.04, -0.5), (-0.12, -0.2), (0.02, -0.22), (-0.1, 0.06), (0.04, 0.03), (-0.06, 0.5)]
    jag = [(x + stream.uniform(-0.03, 0.03), y) for x, y in corners]
    back = [(0.18, -0.5), (0.06, -0.29), (0.19, -0.31), (0.06, -0.05), (0.19, -0.09)]
    bolt = points(*jag, *reversed(back)) * points(side, 1)
    twigs = [
        points((-0.1, -0.18), (-0.26, -0.06), (-0.22, 0.02), (-0.36, 0.16)) * points(side, 1),
        points((0.1, -0.06), (0.24, 0.06), (0.2, 0.12), (0.3, 0.24)) * points(side, 1),
    ]

    def figure(d: Drawing, m: Moment) -> None:
        q = m.turn(1.0) % 1
        strong = 1.0 if q < 0.16 or 0.24 < q < 0.36 else 0.35
        for r, alpha in ((0.62, 34), (0.4, 52)):
            d.flat(circle(0.03 * side, 0.0, r * 0.6, r, 30), paint.colour, int(alpha * strong))
        for k, twig in enumerate(twigs):
            d.stroke(
                twig,
                2.0 * strong + 0.8,
                paint.colour,
                taper=(0.05, 0.9),
                wobble=0.3,
                key=f"twig{k}",
            )
        tone = mix(paint.colour, paint.white, 0.45) if strong > 0.5 else paint.colour
        d.form(bolt, tone, fill=paint.fill, colour2=paint.pattern, line=1.0, shade=0.25, key="bolt")

    return figure


def _bolt(palette: Palette) -> Colour:
    return mix(under(HUES["yellow"], palette), palette.light, 0.1)


def _burst(
    d: Drawing,
    tones: tuple[Colour, Colour],
    x: float,
    y: float,
    r: float,
    q: float,
    rays: int,
    phase: float,
    key: str,
) -> None:
    """Rays that fly out from (x, y) to r, sink at the end, and go out; q 0 … 1 of its life."""
    out = ease_out(min(1.0, 1.25 * q))
    fade = min(1.0, 2.6 * (1 - q))
    a = TAU * np.arange(rays) / rays + phase
    far = np.where(np.arange(rays) % 2 == 0, r, 0.68 * r) * out
    near = far * max(0.1, 0.86 - 1.1 * (1 - q) * (1 - q))
    sag = 0.16 * r * q * q
    head = np.stack([x + cos(a) * far, y + sin(a) * far + sag], 1)
    tail = np.stack([x + cos(a) * near, y + sin(a) * near + 0.5 * sag], 1)
    side = np.stack([-sin(a), cos(a)], 1) * (0.019 * fade)
    for k, tone in enumerate(tones):
        rows = range(k, rays, 2)
        d.multi(
            [np.stack([tail[i], head[i] - side[i], head[i] + side[i]]) for i in rows],
            tone,
            line=0.35,
            key=f"ray{key}{k}",
        )
        d.multi(
            [ball(head[i], 0.02 * fade, count=8) for i in rows],
            tone,
            line=0.35,
            key=f"head{key}{k}",
        )


def firework(stream: Stream, paint: Paint, form: str) -> Figure:
    """Fireworks: three bursts one after the other, each on its trail; it has no forms."""
    shots = [
        (
            x + stream.uniform(-0.05, 0.05),
            y + stream.uniform(-0.06, 0.06),
            r,
            stream.integer(8, 11) * 2,
            stream.uniform(0, 1),
        )
        for x, y, r in ((0.02, -0.12, 0.4), (-0.36, 0.1, 0.26), (0.36, 0.06, 0.28))
    ]
    tones = ((paint.colour, paint.white), (paint.accent, paint.glow), (paint.second, paint.white))

    def figure(d: Drawing, m: Moment) -> None:
        for k, (x, y, r, rays, phase) in enumerate(shots):
            q = (m.turn(0.5) + 0.12 + 0.31 * k) % 1
            if q < 0.14:
                head = y + (0.6 - y) * (1 - q / 0.14)
                trail = smooth([(x * 0.4, 0.62), (x * 0.8, (0.62 + head) / 2), (x, head)])
                d.stroke(trail, 1.6, paint.glow, taper=(0.8, 0.02), wobble=0.3, key=f"trail{k}")
                continue
            life = (q - 0.14) / 0.86
            if life < 0.6:
                d.flat(circle(x, y, r * 1.05, count=28), tones[k][0], int(60 * (1 - life / 0.6)))
            _burst(d, tones[k], x, y, r, life, rays, phase, str(k))

    return figure


def explosion(stream: Stream, paint: Paint, form: str) -> Figure:
    """An explosion: a jagged ball of fire in three tones, smoke that rolls away, bits that fly; it has no forms."""
    p = paint.palette
    spikes = [stream.array(15, 0.78, 1.22) for _ in range(3)]
    clouds = puffs(stream.sub("smoke"), 7)
    bits = [
        (stream.uniform(0, TAU), stream.uniform(0.5, 1.0), stream.uniform(0.014, 0.034))
        for _ in range(15)
    ]
    tones = (paint.colour, flame(p), core(p))

    def figure(d: Drawing, m: Moment) -> None:
        q = m.turn(0.5) % 1
        grow = ease_out(min(1.0, 0.25 + 1.6 * q)) * (1 + 0.03 * m.cycle(3.0))
        for k, cloud in enumerate(clouds):
            a = PI + PI * (k + 0.5) / len(clouds)
            reach = 0.44 * grow * (0.8 + 0.25 * q)
            puff = cloud * (0.17 + 0.09 * q) + points(cos(a) * reach * 1.25, -0.36 + sin(a) * reach)
            d.form(
                puff,
                paint.shadow if k % 2 else paint.dark_shadow,
                line=0.8,
                shade=0.9,
                alpha=235,
                key=f"smoke{k}",
            )
        d.flat(circle(0, -0.42, 0.62 * grow, count=30), flame(p), 50)
        turn = TAU * np.arange(30) / 30
        for k, tone in enumerate(tones):
            r = (0.46, 0.32, 0.18)[k] * grow * (1 - 0.25 * q)
            tips = np.where(np.arange(30) % 2 == 0, np.repeat(spikes[k], 2) * r, 0.62 * r)
            star = np.stack(
                [cos(turn + 0.1 * k) * tips * 1.08, -0.42 + sin(turn + 0.1 * k) * tips], 1
            )
            d.form(star, tone, line=1.0 if k == 0 else 0.7, shade=0.2, key=f"fire{k}")
        pieces: list[Array] = []
        for a, far, size in bits:
            r = far * (0.2 + 0.6 * ease_out(q))
            x, y = cos(a) * r, -0.42 + sin(a) * r * 0.8 + 0.3 * q * q
            pieces.append(
                points((x - size, y - size * 0.6), (x + size, y - size), (x + size * 0.5, y + size))
            )
        d.multi(pieces, paint.dark, line=0.5, key="bits")

    return figure


register(
    Kind(
        "rainbow",
        rainbow,
        at=(0.20, 1.56),
        height=0.6,
        domain="land",
        width=2.0,
        top=(0.0, -0.96),
        faces=False,
        colour=_sun,
        quiet=("striped", "dotted", "hatched", "outlined"),
        metres=600.0,
    )
)
register(
    Kind(
        "lightning",
        lightning,
        at=(0.26, 1.56),
        height=0.62,
        domain="sky",
        width=0.6,
        top=(0.1, -0.48),
        faces=False,
        colour=_bolt,
        quiet=("striped", "dotted", "hatched"),
        metres=0.9,  # as large as it looks: somebody may hold it
        lights=True,
    )
)
register(
    Kind(
        "firework",
        firework,
        at=(0.32, 1.56),
        height=0.72,
        domain="sky",
        width=1.2,
        top=(0.0, -0.4),
        faces=False,
        quiet=("striped", "dotted", "hatched", "outlined"),
        metres=120.0,
        lights=True,
        traits=("burning",),
    )
)
register(
    Kind(
        "explosion",
        explosion,
        at=(0.38, 1.56),
        height=0.56,
        width=1.4,
        top=(0.0, -0.9),
        shadow=0.5,
        faces=False,
        colour=embers,
        quiet=("striped", "dotted", "hatched"),
        metres=12.0,
        lights=True,
        traits=("burning",),
    )
)
