"""Water: a body of waves that lets a little through, light on its left, drops that leave it, rings where it stands."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, under
from uncaged.engines.ink.curves import circle
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.materials.shapes import along, drop
from uncaged.engines.ink.numbers import TAU, Array, sin

_DROPS = 16


def work(body: Body) -> None:
    """Pours the figure."""
    p, d, m = body.palette, body.out, body.m
    blue = mix(under(HUES["blue"], p, body.ground), under(HUES["teal"], p), 0.4)
    white = mix(p.light, blue, 0.08)
    ladder = (mix(blue, p.deep, 0.6), mix(blue, p.deep, 0.2), mix(blue, white, 0.25), white)
    if not body.centred:
        _rings(body, white)

    def pour(part: Part) -> None:
        shaped = _lapped(part.points, m.turn(0.7), min(0.012, 0.07 * part.size))
        d.form(
            shaped,
            ladder[2] if part.tone > 0.4 else ladder[1],
            line=0.6,
            shade=0.5,
            alpha=196,
            key=part.key,
            ink=ladder[0],
        )
        if part.size < 0.09:
            return
        d.clip(shaped)
        _waves(part)
        d.unclip()
        d.stroke(
            along(part, -0.7, 0.12, 0.55),
            1.5,
            white,
            key=f"{part.key}h",
            wobble=0.5,
            taper=(0.4, 0.5),
        )

    def _waves(part: Part) -> None:
        left, top = part.low.tolist()
        right, bottom = part.high.tolist()
        x = np.linspace(left - 0.02, right + 0.02, 18)
        count = min(6, max(2, int((bottom - top) / 0.085)))
        shift = m.turn(0.6)
        for k in range(count):
            y = top + (bottom - top) * (k + 0.6) / count
            wave = 0.011 * sin(TAU * (x * 5.5 - shift + 0.37 * k)) + 0.005 * sin(
                TAU * (x * 11 + shift)
            )
            tone, wide = (white, 0.8) if k % 2 else (ladder[1], 0.7)
            d.stroke(
                np.stack([x, y + wave], 1),
                wide,
                tone,
                key=f"{part.key}w{k}",
                alpha=190,
                wobble=0.2,
                taper=(0.2, 0.2),
            )

    each(body, ladder, pour, 0.9)
    d.multi(_drops(body), ladder[2], line=0.5, key="drops")


def _lapped(p: Array, turn: float, reach: float) -> Array:
    """A contour that small waves run along."""
    x = p[:, 0] + reach * sin(TAU * (p[:, 1] * 4.5 - turn))
    y = p[:, 1] + 0.6 * reach * sin(TAU * (p[:, 0] * 5.5 + turn))
    return np.stack([x, y], 1)


def _drops(body: Body) -> list[Array]:
    """Drops that fall from the sides, and some that fly."""
    _, _, _, bottom = body.box
    forms = [part for part in body.forms if part.size > 0.1]
    out: list[Array] = []
    for k in range(_DROPS if forms else 0):
        part = forms[k % len(forms)]
        u, side, lag, size = part.lots(f"drop{k}", 4).tolist()
        x, y = part.at(np.array([u]), np.array([1.0 if side < 0.5 else -1.0]))[0].tolist()
        q = (body.m.turn(0.7) + lag) % 1
        to = bottom + (0.2 if body.centred else 0.0)
        fly = (0.03 + 0.05 * side) * (1 if side < 0.5 else -1)
        out.append(drop(x + fly * q, y + (to - y) * q * q, (0.007 + 0.009 * size) * (1 - 0.3 * q)))
    return out


def _rings(body: Body, colour: tuple[int, int, int]) -> None:
    """Rings that widen on the ground."""
    left, _, right, _ = body.box
    x, wide = (left + right) / 2, max(0.2, (right - left) * 0.6)
    for k in range(3):
        q = (body.m.turn(0.5) + k / 3) % 1
        ring = circle(x, 0.0, wide * (0.35 + 0.9 * q), 0.16 * wide * (0.35 + 0.9 * q), 26)
        body.out.stroke(
            np.concatenate([ring, ring[:1]]),
            0.8,
            colour,
            key=f"ring{k}",
            alpha=int(200 * (1 - q)),
            wobble=0.4,
            taper=(0.05, 0.05),
        )


register("water", work)
