"""A river: hills, a far bank with houses, a bridge of stone across the water, a near bank with grass and willows."""

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import blob, points
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import land, tufts
from uncaged.engines.ink.settings.layout import down, level, many, tall
from uncaged.engines.ink.settings.sea import lots, ripple, sea
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of a river and its banks."""
    p, stream = ground.palette, ground.stream.sub("river")
    level(ground, min(ground.horizon / ground.height, 0.58))
    sky(ground)
    far = mix(p.far, p.low, 0.45)
    land(ground, "far", 0.15, down(ground, 0), 0.13, 1.0, far, mist=p.low, line=0.3, fade=0.6)
    middle = mix(p.mid, p.low, 0.3)
    land(ground, "bank", 0.35, down(ground, 0.03), 0.03, 0.6, middle, line=0.5, fade=0.4, marks=14)
    _along(ground, stream.sub("along"))
    top, low = down(ground, 0.065), down(ground, 0.215)
    near = (36, 52, 66) if p.negative else p.near
    sea(ground, near, top, low, 0.45)
    _bridge(ground, stream.sub("bridge"), down(ground, 0.15))
    ripple(ground, lots(ground, stream.sub("waves"), top, low), near, 0.68)
    colour = mix(p.mid, p.near if p.negative else p.low, 0.45)
    ground.stand, ground.behind = colour, p.low
    y = down(ground, 0.2 if ground.shore else 0.27)
    slope = land(ground, "near", 0.95, y, 0.03, 0.5, colour, line=0.7, fade=0.3, marks=16)
    on, end = slope.sheet, ground.height + 0.13
    tufts(ground, on, stream.sub("tufts"), 20, y + 0.03, end, mix(p.near, p.mid, 0.25), 0.045)
    for k in range(many(ground, 9)):
        u = stream.uniform()
        x, s = stream.uniform(-0.15, ground.width + 0.15), 0.008 + 0.012 * u
        pebble = blob(stream.sub(k), x, y + 0.02 + (end - y) * u, s * 1.6, s, 8, 0.15, 4)
        on.form(pebble, mix(colour, p.near, stream.uniform(0.1, 0.5)), line=0.5, shade=1.0)
    on.stroke(slope.top + points(0, -0.01), 0.9, p.c if p.negative else p.light, wobble=1.2)
    foreground(ground, "grass")


def _along(ground: Ground, stream: Stream) -> None:
    """Poplars, a house or two, a church on the far bank."""
    p, on = ground.palette, sheet(ground, "along", 0.4, ground.palette.far, 0.4, 0.7)
    size = 0.5 + 0.5 * tall(ground)
    for k in range(many(ground, 9)):
        x, y = (
            stream.uniform(-0.1, ground.width + 0.1),
            down(ground, 0.05) + stream.uniform(-0.012, 0.01),
        )
        lot = stream.uniform()
        if lot < 0.62:
            form = stream.pick(("cypress", "round", "cypress"))
            prop(
                ground,
                on,
                "tree",
                f"tree{k}",
                x,
                y,
                stream.uniform(0.1, 0.17) * size,
                form=form,
                tone=p.low,
                share=0.35,
                line=0.6,
            )
        elif lot < 0.92:
            prop(
                ground,
                on,
                "house",
                f"house{k}",
                x,
                y,
                stream.uniform(0.09, 0.13) * size,
                tone=p.low,
                share=0.35,
                line=0.6,
            )
        else:
            prop(
                ground,
                on,
                "church",
                f"church{k}",
                x,
                y,
                0.19 * size,
                tone=p.low,
                share=0.35,
                line=0.6,
            )


def _bridge(ground: Ground, stream: Stream, y: float) -> None:
    """The bridge stands in the water away from the subject, one end beyond the frame."""
    p, on = ground.palette, sheet(ground, "bridge", 0.6, ground.palette.far, 0.25, 0.8)
    size = 0.26 * (0.5 + 0.5 * tall(ground))
    x = 0.5 * ground.width - ground.side * (0.42 * ground.width - 0.1 + stream.uniform(-0.04, 0.04))
    prop(ground, on, "bridge", "bridge", x, y, size, form="stone", tone=p.low, share=0.22, line=0.8)


register(
    Setting(
        "river",
        build,
        at=(1.40, 0.60),
        spirit="boat",
        palettes=("dawn", "violet", "moss", "sea", "ash"),
        discs=True,
        clouds=True,
        floats=True,
    )
)
