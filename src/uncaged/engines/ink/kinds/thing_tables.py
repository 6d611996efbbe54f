"""What things lie on and in at home: tables, a desk, cupboards, shelves.

How they are built: boards seen a little from above, far legs before near ones; drawers, doors and books by lot.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import bar, box, clad, crooked, cut, lathe, slab, thing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


def _board(d: Drawing, paint: Paint, half: float) -> None:
    """A table top: its upper side carries the pattern, its edge lies in shadow."""
    upper, front = slab(-half, half - 0.08, -1.0, 0.07, (0.08, 0.11))
    clad(d, paint, upper, "board", shade=0.3)
    d.form(front, paint.shadow, line=0.9, shade=0.5, key="edge")


def _table(stream: Stream, paint: Paint) -> Figure:
    lean = stream.uniform(0.0, 0.06)

    def figure(d: Drawing, m: Moment) -> None:
        for k, x in enumerate((-0.6, 0.54)):
            leg = bar((x, -0.86), (x * (1 + lean), -0.11), 0.032, 0.024)
            d.form(leg, paint.dark_shadow, line=0.8, shade=0.3, key=f"far{k}")
        d.form(box(-0.58, -0.83, 0.6, -0.72), paint.shadow, line=0.8, shade=0.6, key="frame")
        _board(d, paint, 0.76)
        for k, x in enumerate((-0.55, 0.63)):
            leg = bar((x, -0.82), (x * (1 + lean), -0.02), 0.04, 0.028)
            d.form(leg, paint.trunk, line=0.9, shade=0.5, key=f"near{k}")

    return figure


def _round_table(stream: Stream, paint: Paint) -> Figure:
    cloth = stream.chance(0.5)
    top = circle(0, -0.93, 0.62, 0.11, 30)
    x = np.linspace(0.64, -0.64, 9)
    hem = stream.array(9, -0.03, 0.03) + np.array([0, 1, 0, 1, 0, 1, 0, 1, 0]) * 0.06
    foot = lathe(
        [(0.08, -0.85), (0.06, -0.5), (0.09, -0.3), (0.06, -0.16), (0.3, -0.03), (0.3, 0.0)]
    )

    def figure(d: Drawing, m: Moment) -> None:
        d.form(foot, paint.trunk, shade=0.8, key="foot")
        if cloth:
            sway = 0.012 * m.cycle(0.5)
            low = np.stack([x * (1.02 + sway), -0.52 + hem - 0.1 * x * x], 1)
            drape = np.concatenate([points((-0.62, -0.93), (0.62, -0.93)), smooth(low, False, 4)])
            clad(d, paint, drape, "cloth")
            d.form(top, paint.pale, line=0.9, shade=0.3, key="top")
        else:
            d.form(top + points(0, 0.07), paint.shadow, line=0.9, shade=0.5, key="edge")
            clad(d, paint, top, "top", shade=0.4)

    return figure


def _desk(stream: Stream, paint: Paint) -> Figure:
    left = stream.pick((-1, 1))

    def figure(d: Drawing, m: Moment) -> None:
        leg = bar((-0.68 * left, -0.86), (-0.68 * left, -0.02), 0.038, 0.026)
        d.form(
            bar((-0.6 * left, -0.86), (-0.6 * left, -0.1), 0.03),
            paint.dark_shadow,
            line=0.8,
            key="far",
        )
        d.form(leg, paint.trunk, line=0.9, shade=0.5, key="leg")
        x0, x1 = sorted((0.28 * left, 0.72 * left))
        d.form(box(x0, -0.86, x1, -0.02), paint.second, shade=0.9, key="block")
        for k in range(3):
            y = -0.8 + 0.26 * k
            d.form(
                box(x0 + 0.04, y, x1 - 0.04, y + 0.2),
                paint.shadow,
                line=0.8,
                shade=0.4,
                key=f"drawer{k}",
            )
            d.form(
                circle((x0 + x1) / 2, y + 0.1, 0.028, count=12),
                paint.glow,
                line=0.6,
                key=f"knob{k}",
            )
        _board(d, paint, 0.84)

    return figure


def _wardrobe(stream: Stream, paint: Paint) -> Figure:
    crown = stream.chance(0.6)
    body = crooked(stream.sub("body"), -0.36, -0.93, 0.36, -0.06, 0.006)

    def figure(d: Drawing, m: Moment) -> None:
        for k, x in enumerate((-0.29, 0.29)):
            d.form(bar((x, -0.07), (x, -0.02), 0.035, 0.022), paint.trunk, line=0.8, key=f"foot{k}")
        clad(d, paint, body, "body")
        if crown:
            arch = smooth(
                [(-0.42, -0.92), (-0.2, -0.96), (0.0, -1.02), (0.2, -0.96), (0.42, -0.92)], False, 5
            )
            d.form(
                np.concatenate([arch, points((0.4, -0.88), (-0.4, -0.88))]),
                paint.second,
                shade=0.6,
                key="crown",
            )
        else:
            d.form(box(-0.41, -0.99, 0.41, -0.92), paint.second, shade=0.6, key="crown")
        ajar = 0.012 + 0.01 * m.cycle(0.25)
        d.stroke(points((ajar, -0.88), (0, -0.1)), 1.3, wobble=0.3, key="gap")
        for k, x in enumerate((-0.18, 0.18)):
            for j, (y0, y1) in enumerate(((-0.86, -0.52), (-0.46, -0.13))):
                panel = cut(box(x - 0.12, y0, x + 0.12, y1), 0.03)
                d.form(panel, paint.second, line=0.7, shade=0.5, key=f"panel{k}{j}")
            d.dot(x * 0.25, -0.5, 0.02, paint.glow)

    return figure


def _drawers(stream: Stream, paint: Paint) -> Figure:
    open_ = stream.integer(0, 3)

    def figure(d: Drawing, m: Moment) -> None:
        for k, x in enumerate((-0.5, 0.5)):
            d.form(
                bar((x, -0.1), (x * 1.04, -0.02), 0.05, 0.03), paint.trunk, line=0.8, key=f"foot{k}"
            )
        clad(d, paint, box(-0.58, -0.9, 0.58, -0.1), "body")
        for k in range(3):
            y = -0.84 + 0.25 * k
            out = 0.025 + 0.01 * m.cycle(0.5) if k == open_ else 0.0
            drawer = box(-0.5 - out, y + out, 0.5 + out, y + 0.2 + out)
            if out:
                d.flat(box(-0.5, y - 0.005, 0.5, y + 0.06), paint.dark)
                sock = Tube(
                    [(0.2, y + 0.1), (0.26, y + 0.03), (0.36, y + 0.09)], [0.05, 0.06, 0.04], 10
                )
                d.form(sock.outline(), paint.accent, line=0.7, shade=0.4, key="sock")
            d.form(drawer, paint.second, line=0.9, shade=0.6, key=f"drawer{k}")
            for x in (-0.22, 0.22):
                d.form(
                    circle(x, y + 0.1 + out, 0.035, count=12),
                    paint.glow,
                    line=0.7,
                    key=f"knob{k}{x}",
                )
        upper, front = slab(-0.64, 0.58, -1.0, 0.05, (0.06, 0.07))
        d.form(upper, paint.second, line=0.9, shade=0.3, key="top")
        d.form(front, paint.shadow, line=0.9, shade=0.4, key="edge")

    return figure


_SHELVES = (-0.94, -0.66, -0.38, -0.1)
"""The boards of a shelf, from the top."""


def _books(stream: Stream, paint: Paint) -> list[tuple[Array, str]]:
    """Books and a few other things on the boards: outlines and the names of their colours."""
    out: list[tuple[Array, str]] = []
    for k, y in enumerate(_SHELVES[1:]):
        row = stream.sub(k)
        x, end = -0.35, 0.35 if row.chance(0.5) else 0.12
        while x < end - 0.04:
            w, h, lean = row.uniform(0.045, 0.085), row.uniform(0.15, 0.23), 0.0
            if row.chance(0.12):
                lean = 0.05
            book = box(x, y - h, x + w, y, lean)
            out.append((book, row.pick(("colour", "second", "accent", "pale", "pattern", "dark"))))
            x += w + lean + 0.006
        if end < 0.3:
            vase = lathe([(0.03, -0.18), (0.025, -0.13), (0.075, -0.07), (0.045, 0.0)], 3)
            out.append((vase + points(0.24, y), row.pick(("accent", "colour"))))
    return out


def _shelf(stream: Stream, paint: Paint) -> Figure:
    books = _books(stream, paint)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(box(-0.42, -0.98, 0.42, -0.03), paint.dark_shadow, shade=0.6, key="back")
        for k, (book, colour) in enumerate(books):
            d.form(book, getattr(paint, colour), line=0.7, shade=0.5, key=f"book{k}")
        for k, y in enumerate(_SHELVES):
            clad(d, paint, box(-0.42, y, 0.42, y + 0.045), f"board{k}", line=0.8, shade=0.5)
        for x in (-0.44, 0.4):
            clad(d, paint, box(x, -1.0, x + 0.05, 0.0), f"side{x}", shade=0.6)
        thread = -0.34 + 0.03 * m.cycle(0.3)
        line = points((0.3, _SHELVES[1] + 0.045), (0.3, thread - 0.12))
        d.stroke(line, 0.5, paint.pale, wobble=0.1, key="thread")
        d.dot(0.3, thread - 0.11, 0.018, paint.ink)

    return figure


thing(
    "table", {"table": _table, "round": _round_table},
    (-0.77, 0.10), 0.42, 0.75, width=1.5, top=(0.0, -0.96), grip=(0, -0.9), rock=0.003, traits=("board",),
)  # fmt: skip
thing(
    "desk",
    _desk,
    (-0.71, 0.10),
    0.42,
    0.78,
    width=1.7,
    top=(0.0, -0.96),
    rock=0.003,
    grip=(0, -0.92),
    traits=("board",),
)
thing(
    "cupboard", _wardrobe, (-0.65, 0.10), 0.66, 1.8,
    width=0.85, top=(0.0, -0.97), rock=0.003,
)  # fmt: skip
thing("drawers", _drawers, (-0.47, 0.10), 0.46, 0.95, width=1.3, top=(0.0, -0.96), rock=0.003)
thing("shelf", _shelf, (-0.59, 0.10), 0.7, 1.9, width=0.9, top=(0.0, -0.98), rock=0.003)
