"""A library: books from floor to ceiling, a ladder on its rail, a lamp with a green shade, a rug, dust in the light."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, shade, under
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.facades import warm
from uncaged.engines.ink.settings.furniture import box
from uncaged.engines.ink.settings.layout import MARGIN, REACH, level, many, tall, wide
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import sky

_ROLES = ("a", "b", "c", "near", "mid", "far", "light")


def build(ground: Ground) -> None:
    """Layers of a library."""
    p, stream = ground.palette, ground.stream.sub("library")
    floor = level(ground, 0.74)
    wood = mix(under(HUES["brown"], p), p.deep, 0.3)
    dark = mix(wood, p.deep, 0.5)
    boards = mix(mix(p.mid, p.far, 0.5), wood, 0.2)
    if p.paper:
        wood, dark, boards = (
            mix(p.light, p.far, 0.5),
            mix(p.far, p.mid, 0.3),
            mix(p.light, p.far, 0.25),
        )
    sky(ground, dark, dark, bare=True)
    ground.stand, ground.behind = boards, mix(dark, p.mid, 0.5)
    on = sheet(ground, "shelves", 0.8, dark, 0.35, 0.65)
    _shelves(ground, on, stream.sub("books"), wood, dark, floor)
    _ladder(ground, stream.sub("ladder"), wood, floor)
    on = sheet(ground, "floor", 1.0, boards, 0.3, 0.7)
    left, right = -REACH, ground.width + REACH
    on.form(
        box(left, floor, right, ground.height + REACH), boards, line=0.6, shade=0.7, light=(0.2, 1)
    )
    middle = ground.width / 2
    for k in range(-30, 31):
        x = 0.11 * (k + 0.5)
        if abs(x) < ground.width / 2 + 0.4:
            seam = points((middle + x * 0.8, floor), (middle + x * 1.7, ground.height + 0.2))
            on.stroke(seam, 0.5, shade(boards, p, 0.1), wobble=0.6)
    rug = mix(p.light, p.a, 0.25) if p.paper else p.a
    for k, (rx, ry) in enumerate(((0.4, 0.062), (0.34, 0.05), (0.2, 0.028))):
        tone = (mix(rug, p.deep, 0.2), mix(rug, p.b, 0.25), mix(rug, p.light, 0.3))[k]
        on.form(
            circle(middle, 0.9 * ground.height, rx * wide(ground), ry * tall(ground), 36),
            tone,
            line=0.7,
            shade=0.5,
        )
    _lamp(ground, stream.sub("lamp"), wood, floor)
    _dust(ground, stream.sub("dust"))


def _shelves(
    ground: Ground,
    on: Drawing,
    stream: Stream,
    wood: tuple[int, int, int],
    dark: tuple[int, int, int],
    floor: float,
) -> None:
    """Cases side by side; in each row books that stand, lean and lie. One colour is one mark per case."""
    p = ground.palette
    width, rows = 0.3, max(4, int((floor + MARGIN) / 0.125))
    step = (floor + 0.06) / max(1, rows - 1)
    for c in range(min(60, int((ground.width + 0.6) / width) + 1)):
        x0, lots = -0.3 + width * c, stream.sub(c)
        books: dict[str, list[Array]] = {role: [] for role in _ROLES}
        for r in range(rows):
            _row(lots, books, x0 + 0.018, x0 + width - 0.012, floor - step * r - 0.012, step)
        for role, forms in books.items():
            tone = mix(p.role(role), dark, 0.22) if not p.paper else mix(p.light, p.role(role), 0.3)
            on.multi(forms, tone, line=0.5)
        for r in range(rows + 1):
            y = floor - step * r
            on.form(box(x0, y - 0.012, x0 + width, y + 0.002), wood, line=0.45, shade=0.4)
        on.form(box(x0 - 0.012, -MARGIN, x0 + 0.012, floor), wood, line=0.6, shade=0.6)


def _row(
    stream: Stream, books: dict[str, list[Array]], left: float, right: float, y: float, step: float
) -> None:
    x = left
    while x < right - 0.02:
        w, h = stream.uniform(0.011, 0.025), step * stream.uniform(0.52, 0.8)
        role = stream.pick(_ROLES)
        lot = stream.uniform()
        if lot < 0.07:
            x += stream.uniform(0.02, 0.05)
            continue
        if lot < 0.14 and x + 0.075 < right:
            for k in range(stream.integer(2, 3)):
                books[stream.pick(_ROLES)].append(
                    box(x, y - 0.016 * (k + 1), x + 0.07 - 0.006 * k, y - 0.016 * k - 0.002)
                )
            x += 0.075
            continue
        lean = stream.uniform(0.008, 0.022) if lot > 0.92 else 0.0
        books[role].append(points((x, y), (x + lean, y - h), (x + w + lean, y - h), (x + w, y)))
        x += w + 0.0015 + lean


def _ladder(ground: Ground, stream: Stream, wood: tuple[int, int, int], floor: float) -> None:
    on = sheet(ground, "ladder", 0.9, wood, 0.1, 0.8)
    x = ground.width * (0.5 - ground.side * stream.uniform(0.26, 0.36))
    lean, top = 0.06 * ground.side, 0.08 * ground.height
    tone = mix(wood, ground.palette.light, 0.25)
    for q in np.linspace(0.08, 0.94, 9).tolist():
        a = x + lean * (1 - q)
        y = floor + 0.05 - (floor + 0.05 - top) * q
        on.stroke(points((a - 0.035, y), (a + 0.035, y)), 2.2, tone, taper=(0.02, 0.02), wobble=0.1)
    for side in (-1, 1):
        rail = points((x + lean + 0.038 * side, floor + 0.05), (x + 0.03 * side, top))
        on.stroke(rail, 3.6, ground.palette.ink, taper=(0.01, 0.01), wobble=0.1)
        on.stroke(rail, 2.4, tone, taper=(0.01, 0.01), wobble=0.1)


def _lamp(ground: Ground, stream: Stream, wood: tuple[int, int, int], floor: float) -> None:
    """A small table at the other side, a lamp with a green shade and an open book on it."""
    p, size = ground.palette, 0.5 + 0.5 * tall(ground)
    x, y = (ground.width - 0.13 if ground.side < 0 else 0.13), floor + 0.07
    green = under(HUES["green"], p) if not p.paper else mix(p.light, p.far, 0.5)
    tone = mix(wood, p.light, 0.15)
    on = sheet(ground, "table", 1.0, wood, 0.1, 0.8)
    top = y - 0.14 * size
    for dx in (-0.075, 0.075):
        on.form(
            points(
                (x + dx - 0.01, top), (x + dx * 1.1 - 0.006, y), (x + dx * 1.1 + 0.006, y),
                (x + dx + 0.01, top),
            ),
            tone,
            line=0.7,
            shade=0.5,
        )  # fmt: skip
    on.form(box(x - 0.11, top - 0.018, x + 0.11, top), tone, line=0.7, shade=0.4)
    on.form(
        points((x - 0.1, top - 0.018), (x - 0.05, top - 0.034), (x - 0.045, top - 0.018)),
        p.light,
        line=0.5,
        shade=0.3,
    )
    on.form(
        points((x + 0.008, top - 0.018), (x - 0.043, top - 0.034), (x - 0.045, top - 0.018)),
        p.light,
        line=0.5,
        shade=0.3,
    )
    lx = x + 0.06
    on.stroke(points((lx, top - 0.018), (lx, top - 0.1)), 2.0, warm(p), wobble=0.1)
    if not p.paper:
        on.flat(
            points(
                (lx - 0.05, top - 0.1), (lx + 0.05, top - 0.1), (lx + 0.15, top + 0.02),
                (lx - 0.15, top + 0.02),
            ),
            warm(p),
            64,
        )  # fmt: skip
        on.flat(circle(lx, top - 0.09, 0.17, count=28), warm(p), 40)
    shade_ = smooth(
        [
            (lx - 0.055, top - 0.095), (lx - 0.04, top - 0.13), (lx, top - 0.14),
            (lx + 0.04, top - 0.13), (lx + 0.055, top - 0.095),
        ]
    )  # fmt: skip
    on.form(shade_, green, line=0.8, shade=0.5)


def _dust(ground: Ground, stream: Stream) -> None:
    """Motes that drift where the light is."""
    count = many(ground, 16)
    x, y, phase = (
        stream.array(count, 0, ground.width),
        stream.array(count, 0.1, 0.7) * ground.height,
        stream.array(count),
    )
    tone = mix(ground.palette.light, warm(ground.palette), 0.3)

    def draw(frame: Drawing, moment: Moment) -> None:
        q = moment.turn(0.25) + phase
        at = np.stack([x + 0.02 * sin(TAU * q), y + 0.03 * sin(TAU * (q + 0.3))], 1)
        size = 0.0016 + 0.0014 * sin(TAU * (2 * q + 0.2))
        frame.multi(
            [
                circle(a, b, max(0.0006, s), count=6)
                for (a, b), s in zip(at.tolist(), size.tolist(), strict=True)
            ],
            tone,
            line=0,
            key="dust",
        )

    ground.add("dust", 1.1, draw, "live")


register(
    Setting(
        "library",
        build,
        at=(1.20, 0.60),
        spirit="shelf",
        palettes=("rust", "gold", "moss", "night", "violet"),
        floor=0.9,
        outdoors=False,
        level=False,
    )
)
