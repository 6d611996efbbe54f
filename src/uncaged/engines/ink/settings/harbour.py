"""A harbour: houses along the far quay, masts, a crane, a mole with a light, water between; a quay to stand on."""

from uncaged.engines.ink.colour import mix, shade
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.kinds.masonry import box
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.facades import Row, fronts
from uncaged.engines.ink.settings.land import land
from uncaged.engines.ink.settings.layout import REACH, level, many, tall
from uncaged.engines.ink.settings.sea import lots, ripple, sea
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of a harbour."""
    p, stream = ground.palette, ground.stream.sub("harbour")
    horizon = level(ground, min(ground.horizon / ground.height, 0.54))
    room = max(0.05, ground.height - horizon)
    sky(ground)
    far, haze = mix(p.far, p.low, 0.4), mix(p.low, p.far, 0.3)
    land(ground, "hill", 0.12, horizon, 0.1, 0.9, far, mist=haze, line=0.3, fade=0.6)
    near = (36, 52, 66) if p.negative else p.near
    ground.stand, ground.behind = mix(p.mid, p.far, 0.4), p.low
    sea(ground, near, horizon, ground.height)
    _town(ground, stream.sub("town"), horizon)
    _moored(ground, stream.sub("moored"), horizon + 0.1 * room)
    ripple(ground, lots(ground, stream.sub("waves"), horizon + 0.05 * room, ground.height), near)
    if ground.shore:
        _quay(ground, stream.sub("quay"), horizon + 0.6 * room)
    else:
        _posts(ground, stream.sub("posts"))


def _town(ground: Ground, stream: Stream, horizon: float) -> None:
    """A quay with houses and, at one end, a crane; at the other a mole with a light."""
    p, size = ground.palette, 0.5 + 0.5 * tall(ground)
    on = sheet(ground, "town", 0.45, p.far, 0.4, 0.7)
    left = ground.side > 0  # the town on the side away from the subject
    end = 0.58 * ground.width
    foot = horizon + 0.02
    row = Row(foot, (0.07 * size, 0.15 * size), (0.06, 0.11), p.low, 0.4)
    fronts(
        ground,
        on,
        stream.sub("fronts"),
        row,
        lambda a, b: b > end if left else a < ground.width - end,
    )
    x0, x1 = (-REACH, end + 0.03) if left else (ground.width - end - 0.03, ground.width + REACH)
    stone = mix(mix(p.far, p.mid, 0.5), p.low, 0.25)
    on.form(box(x0, foot - 0.002, x1, foot + 0.035), stone, line=0.5, shade=0.5)
    x = end - 0.02 if left else ground.width - end + 0.02
    prop(
        ground,
        on,
        "derrick",
        "crane",
        x,
        foot + 0.004,
        0.3 * size,
        tone=p.low,
        share=0.45,
        line=0.6,
        flip=not left,
    )
    mole = ground.width - 0.12 if left else 0.12
    rocks = smooth(
        [
            (mole - 0.2, foot + 0.035), (mole - 0.1, foot), (mole + 0.06, foot - 0.008),
            (mole + 0.22, foot + 0.035),
        ]
    )  # fmt: skip
    on.form(rocks, stone, line=0.5, shade=0.8)
    prop(
        ground,
        on,
        "tower",
        "light",
        mole,
        foot + 0.002,
        0.17 * size,
        form="lighthouse",
        tone=p.low,
        share=0.4,
        line=0.6,
    )


def _moored(ground: Ground, stream: Stream, y: float) -> None:
    """Boats at rest with bare masts, small, before the town."""
    p, on = ground.palette, sheet(ground, "moored", 0.55, ground.palette.far, 0.35, 0.7)
    for k in range(many(ground, 3.4)):
        x = stream.uniform(0.04, ground.width - 0.04)
        if abs(x - ground.width / 2) < 0.1:
            continue
        form = stream.pick(("sail", "rowing", "steamer", "sails"))
        size = stream.uniform(0.09, 0.14)
        at = y + stream.uniform(-0.01, 0.02)
        prop(
            ground,
            on,
            "boat",
            f"boat{k}",
            x,
            at,
            size,
            form=form,
            tone=p.low,
            share=0.28,
            line=0.7,
            flip=stream.chance(0.5),
        )


def _quay(ground: Ground, stream: Stream, top: float) -> None:
    """Stone slabs, a mooring post with its rope, crates."""
    p = ground.palette
    tone = mix(p.mid, p.low, 0.45) if not p.negative else p.near
    if p.paper:
        tone = mix(p.light, p.far, 0.4)
    ground.stand = tone
    on = sheet(ground, "quay", 0.95, tone, 0.3, 0.75)
    left, right, low = -REACH, ground.width + REACH, ground.height + REACH
    on.form(box(left, top, right, low), tone, line=0.7, shade=0.7, light=(0.1, 1))
    on.form(
        box(left, top - 0.005, right, top + 0.022), mix(tone, p.light, 0.4), line=0.6, shade=0.3
    )
    middle = ground.width / 2
    for k in range(-24, 25):
        x = middle + 0.19 * k
        if left < x < right:
            seam = points((x, top + 0.024), (x + (x - middle) * 0.5, ground.height + 0.1))
            on.stroke(seam, 0.5, shade(tone, p, 0.08), wobble=0.5)
    for q in (0.3, 0.75):
        y = top + q * (ground.height - top)
        on.stroke(points((left, y), (right, y)), 0.5, shade(tone, p, 0.08), taper=(0.01, 0.01))
    for k in range(max(1, many(ground, 1.6))):
        x = (0.1 + 0.62 * k) if ground.side > 0 else ground.width - 0.1 - 0.62 * k
        post = smooth(
            [
                (x - 0.024, top + 0.05), (x - 0.018, top - 0.02), (x - 0.03, top - 0.04),
                (x + 0.03, top - 0.04), (x + 0.018, top - 0.02), (x + 0.024, top + 0.05),
            ]
        )  # fmt: skip
        on.form(post, p.deep if not p.negative else p.mid, line=0.7, shade=0.5)
        rope = smooth(
            [
                (x, top + 0.03), (x + 0.07, top + 0.05), (x + 0.1, top + 0.02),
                (x + 0.14, top - 0.004),
            ]
        )  # fmt: skip
        on.stroke(rope, 1.4, mix(p.b, p.near, 0.4), wobble=0.3)
    x = ground.width - 0.13 if ground.side > 0 else 0.13
    for k, (dx, dy) in enumerate(((0.0, 0.0), (0.085, 0.012), (0.035, -0.072))):
        crate = box(x + dx - 0.04, top + 0.03 + dy - 0.07, x + dx + 0.04, top + 0.03 + dy)
        on.form(crate, mix(p.b, p.near, 0.35 + 0.12 * k), line=0.6, shade=0.7)


def _posts(ground: Ground, stream: Stream) -> None:
    """Nobody stands here: piles in the water at the edge, a gull on one of them."""
    p = ground.palette
    tone = (52, 52, 64) if p.negative else p.deep
    on = sheet(ground, "posts", 1.25, tone, 0.45)
    left = stream.chance(0.5)
    for k in range(3):
        x = 0.03 + 0.085 * k
        x = x if left else ground.width - x
        y, h = ground.height + 0.04, (0.2 - 0.05 * k) * (0.5 + 0.5 * tall(ground))
        lean = stream.uniform(-0.01, 0.01)
        post = points(
            (x - 0.022, y), (x - 0.019 + lean, y - h), (x + 0.019 + lean, y - h - 0.006),
            (x + 0.022, y),
        )  # fmt: skip
        on.form(post, tone, line=0.6, shade=0.6)
        on.form(
            circle(x + lean, y - h - 0.003, 0.02, 0.007, 16),
            mix(tone, p.near, 0.4),
            line=0.5,
            shade=0,
        )
        if k == 0:
            gull = smooth(
                [
                    (x - 0.03, y - h - 0.016), (x, y - h - 0.032), (x + 0.022, y - h - 0.046),
                    (x + 0.034, y - h - 0.04), (x + 0.016, y - h - 0.012),
                    (x - 0.01, y - h - 0.008),
                ],
                True,
                3,
            )  # fmt: skip
            on.form(gull, mix(p.light, tone, 0.15), line=0.6, shade=0.4)


register(
    Setting(
        "harbour",
        build,
        at=(1.40, 0.10),
        spirit="boat",
        palettes=("sea", "ash", "dawn", "violet", "candy"),
        floor=0.9,
        discs=True,
        clouds=True,
        floats=True,
    )
)
