"""What lies on or about a four-legged body: belly, bib, brush, stripes, patches, wool, manes, humps, spines.

All of it is told in body coordinates, so that it bends with the back. What is drawn by lot is a function of a stream
that gives a part. Knows no names of animals.
"""

from collections.abc import Callable, Sequence

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import Tube, bezier, blob, leaf, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.beast import Part, Posed
from uncaged.engines.ink.kinds.beast_parts import skin
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

BELLY = np.linspace(0.2, 0.84, 9)
BELLY_EDGE = -0.97 + 0.5 * sin(PI * np.linspace(0, 1, 9))
JAW, THROAT = np.linspace(0.95, 0.3, 6), np.linspace(0.9, 0.1, 6)
JAW_EDGE = points(-0.5, -0.3, -0.25, -0.25, -0.2, -0.1)
CROWN_U, CROWN_V = points(0.0, 0.16, 0.3, 0.2, 0.0), points(0.4, 0.97, 0.75, 0.0, -0.3)
TIP = np.linspace(0.68, 1.0, 7)


def belly(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A pale belly: a crescent along the lower edge of the body, where no pattern is."""
    if paint.fill == "plain" and not (at.curled or at.lies):
        form = np.concatenate([at.body.at(BELLY, BELLY_EDGE), at.body.at(BELLY[::-1], -0.97)])
        drawing.form(form, paint.pale, line=0, shade=0.2, alpha=150)


def bib(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A pale throat and jaw."""
    parts = [at.head.at(JAW, JAW_EDGE), at.head.at(JAW[::-1], -0.92)]
    if not at.curled:
        parts += [at.neck.at(THROAT, -0.93), at.neck.at(THROAT[::-1], -0.35)]
    drawing.form(np.concatenate(parts), paint.pale, line=0, shade=0.2, alpha=235)


def brush(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """The pale tip of a fox's tail, with a ragged edge."""
    edge = at.tail.at(points(0.72, 0.66, 0.74, 0.65, 0.73), points(-0.96, -0.5, 0.0, 0.5, 0.96))
    form = np.concatenate([edge, at.tail.at(TIP[1:], 0.96), at.tail.at(TIP[:0:-1], -0.96)])
    drawing.form(form, paint.pale, line=0, shade=0.15)


def wool(stream: Stream) -> Part:
    """A fleece of thirteen lobes with curls in it, and a cap of the same: drawn by lot, so each sheep has its own."""
    fleece = lobed(stream, -0.03, -0.5, 0.42, 0.25, 13, 0.14, 5)
    cap = lobed(stream.sub("cap"), 0.0, 0.0, 0.085, 0.05, 6, 0.16, 4)
    curls: list[Array] = []
    for _ in range(12):
        angle, far = stream.uniform(0, TAU), stream.uniform(0.1, 0.8)
        x, y = -0.03 + cos(angle) * 0.4 * far, -0.5 + sin(angle) * 0.22 * far
        curls.append(bezier((x - 0.03, y), (x, y - 0.04), (x + 0.03, y)))

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        drawing.form(
            at.trunk.apply(fleece),
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.0,
        )
        for curl in curls if paint.fill in ("plain", "outlined") else ():
            drawing.stroke(at.trunk.apply(curl), 0.7, paint.pattern, wobble=0.3)
        drawing.form(at.head.outline(), paint.dark, shade=0.5)
        drawing.form(at.on_head(cap + points(0.0, -0.008)), paint.colour, line=0.8, shade=0.4)

    return draw


# ------------------------------------------------------------------------------------------ drawn by lot


def _mapped(tube: Tube, cells: Array) -> list[Array]:
    """Small forms in body coordinates, (n, k, 2) → the plane."""
    flat = cells.reshape(-1, 2)
    return list(tube.at(flat[:, 0], flat[:, 1]).reshape(cells.shape))


def _marked(paint: Paint) -> Colour:
    """What dark marks are printed in: on an outlined body its own colour."""
    return paint.colour if paint.fill == "outlined" else paint.dark


def wedges(
    stream: Stream, count: int, span: tuple[float, float], width: float, reach: float
) -> Array:
    """Stripes from the back down, each a wedge that leans its own way, (count, 6, 2) in (u, v).

    span: from where to where along. width: half of one at the back. reach: how deep they go, in v.
    """
    cells: list[Array] = []
    for i in range(count):
        u = span[0] + (span[1] - span[0]) * (i + stream.uniform(0.3, 0.7)) / count
        end = 1 - reach * stream.uniform(0.75, 1.1)
        lean = stream.uniform(-0.03, 0.03)
        w = width * stream.uniform(0.8, 1.3)
        cells.append(
            points(
                (u - w, 0.99),
                (u - 0.8 * w + 0.3 * lean, 0.45),
                (u + lean, end),
                (u + 0.5 * w + 0.5 * lean, 0.3),
                (u + w, 0.7),
                (u + w, 0.99),
            )
        )
    return np.stack(cells)


RUNGS = np.linspace(0.18, 0.66, 4)


def _rungs(at: Posed, width: float) -> list[Array]:
    """Stripes round the near legs."""
    return [
        leg.tube.at(points(u - width, u - width, u + width), points(-0.98, 0.98, 0.2))
        for leg in at.legs
        for u in RUNGS
    ]


def tiger(stream: Stream) -> Part:
    """Wedges from the back, shorter ones from the belly between them, rungs on legs and tail."""
    back = wedges(stream, 8, (0.06, 0.97), 0.022, 1.15)
    under = wedges(stream.sub("belly"), 6, (0.14, 0.8), 0.016, 0.7) * points(1.0, -1.0)
    tail = wedges(stream.sub("tail"), 6, (0.2, 0.98), 0.05, 1.7)
    neck = wedges(stream.sub("neck"), 2, (0.15, 0.8), 0.08, 0.9)

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        forms = _mapped(at.body, back) + _mapped(at.tail, tail)
        if not at.curled:
            forms += _mapped(at.body, under) + _mapped(at.neck, neck) + _rungs(at, 0.022)
        for u in (0.2, 0.3, 0.4):
            forms.append(at.head.at(points(u - 0.03, u + 0.03, u + 0.03), points(0.98, 0.98, 0.5)))
        drawing.multi(forms, _marked(paint), line=0)

    return draw


def zebra(stream: Stream) -> Part:
    """Stripes nearly all the way round, on neck, head and legs as well."""
    body = wedges(stream, 9, (0.05, 0.93), 0.024, 1.85)
    neck = wedges(stream.sub("neck"), 5, (0.1, 0.98), 0.045, 1.9)
    head = wedges(stream.sub("head"), 3, (0.14, 0.8), 0.04, 1.3)

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        forms = _mapped(at.body, body) + _mapped(at.neck, neck) + _mapped(at.head, head)
        if not at.curled:
            forms += _rungs(at, 0.03)
        drawing.multi(forms, _marked(paint), line=0)

    return draw


def _spread(stream: Stream, across: int, down: int, size: tuple[float, float]) -> Array:
    """Five-cornered cells on a jittered grid, (n, 5, 2) in (u, v). size: half of one, along and across."""
    cells: list[Array] = []
    for i in range(across):
        for j in range(down):
            u = (i + 0.5 + stream.uniform(-0.16, 0.16) + 0.25 * (j % 2)) / (across + 0.3)
            v = 1 - 2 * (j + 0.5 + stream.uniform(-0.1, 0.1)) / (down + 0.25)
            a = (np.arange(5) + stream.array(5, -0.2, 0.2)) * (TAU / 5)
            q = stream.array(5, 0.8, 1.15)
            cell = np.stack([u + cos(a) * q * size[0], v + sin(a) * q * size[1]], 1)
            cells.append(np.minimum(np.maximum(cell, points(0.0, -0.95)), points(1.0, 0.95)))
    return np.stack(cells)


def spots(stream: Stream) -> Part:
    """Small dark spots all over, on the tail as well."""
    body = _spread(stream, 11, 4, (0.02, 0.1))
    tail = _spread(stream.sub("tail"), 9, 1, (0.03, 0.5))
    neck = _spread(stream.sub("neck"), 4, 3, (0.06, 0.12))

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        forms = _mapped(at.body, body) + _mapped(at.tail, tail)
        if not at.curled:
            forms += _mapped(at.neck, neck)
            forms += [
                leg.tube.at(points(u - 0.03, u, u + 0.03, u), points(v, v + 0.3, v, v - 0.3))
                for leg in at.legs
                for u, v in ((0.15, 0.3), (0.24, -0.4), (0.34, 0.3))
            ]
        drawing.multi(forms, _marked(paint), line=0)

    return draw


def tiles(stream: Stream) -> Part:
    """Large patches with pale seams between them, on body, neck and thighs."""
    body = _spread(stream, 6, 3, (0.086, 0.31))
    neck = _spread(stream.sub("neck"), 8, 2, (0.062, 0.45))

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        forms = _mapped(at.body, body) + _mapped(at.neck, neck)
        forms += [
            leg.tube.at(points(u - 0.07, u, u + 0.07, u), points(0.0, 0.7, 0.1, -0.7))
            for leg in at.legs
            for u in (0.12, 0.3)
        ]
        drawing.multi(forms, paint.pattern, line=0)

    return draw


def patches(stream: Stream) -> Part:
    """Four or five large dark patches, no two animals alike."""
    cells: list[Array] = []
    for i in range(4):
        u = 0.1 + 0.26 * i + stream.uniform(-0.05, 0.05)
        v = stream.uniform(-0.1, 0.75) if i % 2 == 0 else stream.uniform(-0.6, 0.4)
        cell = blob(stream.sub(i), u, v, stream.uniform(0.07, 0.12), 0.5, 8, 0.3, 2)
        cells.append(np.minimum(np.maximum(cell, points(0.0, -0.97)), points(1.0, 0.97)))
    on_head = stream.chance(0.6)

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        forms = [at.body.at(cell[:, 0], cell[:, 1]) for cell in cells]
        if on_head:
            forms.append(at.head.at(CROWN_U, CROWN_V))
        drawing.multi(forms, _marked(paint), line=0)

    return draw


def _locks(stream: Stream, count: int, rx: float, ry: float) -> Array:
    """A wreath of pointed locks that all hang a little the same way, about (0, 0)."""
    tips: list[tuple[float, float]] = []
    for i in range(count):
        root = TAU * i / count
        tip = root + 0.3 + stream.uniform(-0.1, 0.1)
        q = stream.uniform(0.95, 1.12)
        tips.append((cos(root) * rx * 0.8, sin(root) * ry * 0.8))
        tips.append((cos(tip - 0.12) * rx * q, sin(tip - 0.12) * ry * q))
    return smooth(points(*tips), True, 2)


def ruff(stream: Stream) -> Part:
    """A lion's mane: a wreath of locks about the head, darker than the coat, and the head again before it."""
    outer = _locks(stream, 15, 0.225, 0.28) + points(-0.04, 0.12)
    inner = _locks(stream.sub("inner"), 11, 0.16, 0.2) + points(0.0, 0.1)

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        waved = outer + points(1.0, 0.6) * 0.006 * at.moment.cycle(1.0, 0.3)
        edge, wreath = at.on_head(waved), at.on_head(inner)
        for form in (edge, wreath):
            form[:, 1] = np.minimum(form[:, 1], 0.0)
        dark = mix(paint.trunk, paint.colour, 0.35)
        drawing.form(edge, dark, line=0.9, shade=0.9)
        drawing.form(wreath, mix(dark, paint.colour, 0.4), line=0.5, shade=0.5)
        drawing.form(at.head.outline(), skin(paint), line=0.9, shade=0.5)

    return draw


def spines(stream: Stream) -> Part:
    """A back full of spines, in three rows that overlap."""
    rows: list[Array] = []
    for j, v in enumerate((-0.1, 0.35, 0.75)):
        for i in range(9):
            u = 0.02 + 0.9 * (i + 0.5 * (j % 2) + stream.uniform(-0.2, 0.2)) / 9
            rows.append(
                points(
                    (u, v - 0.18),
                    (u - 0.13, v + 0.5 + stream.uniform(-0.1, 0.1)),
                    (u + 0.05, v + 0.12),
                )
            )
    cells = np.stack(rows)

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        drawing.multi(_mapped(at.body, cells), paint.pattern, line=0.45)

    return draw


# ------------------------------------------------------------------------------------------------ others


def _tuft(size: float) -> Part:
    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        end, way = at.tail.p[-1], at.tail.tangent[-1]
        tip = leaf(end - way * (0.35 * size), end + way * size, 0.35 * size)
        drawing.form(tip.outline(), paint.dark, line=0.6, shade=0.3)

    return draw


tuft, small_tuft = _tuft(0.085), _tuft(0.055)
"""Dark hair at the end of a thin tail."""


def rings(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Dark rings round a thick tail, and a dark tip."""
    forms = [
        at.tail.at(points(u, u, u + 0.09, u + 0.09), points(-0.97, 0.97, 0.97, -0.97))
        for u in (0.22, 0.42, 0.62)
    ]
    forms.append(
        np.concatenate([at.tail.at(TIP + 0.14, 0.96), at.tail.at(TIP[::-1] + 0.14, -0.96)])
    )
    drawing.multi(forms, _marked(paint), line=0)


def udder(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A pink bag before the hind legs, with two teats; it swings late."""
    if at.curled or at.lies:
        return
    rosy = mix(paint.lip, paint.pale, 0.5)
    middle = at.body.at(0.3, -0.95) + points(0.012 * at.moment.cycle(1.0, 0.25), 0.0)
    bag = smooth(
        middle + points((-0.09, -0.02), (-0.07, 0.05), (0.0, 0.07), (0.07, 0.05), (0.09, -0.02)),
        True,
        4,
    )
    for x in (-0.03, 0.03):
        teat = leaf(middle + points(x, 0.05), middle + points(x, 0.105), 0.014)
        drawing.form(teat.outline(), rosy, line=0.6, shade=0.2)
    drawing.form(bag, rosy, line=0.7, shade=0.5)


def beard(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A goat's beard, that swings late."""
    root = at.head.at(0.7, -0.8)
    tip = root + points(-0.02 - 0.025 * at.moment.cycle(1.0, 0.3), 0.13)
    tip[1] = min(float(tip[1]), -0.01)
    drawing.form(leaf(root, tip, 0.03, 0.1).outline(), paint.second, line=0.7, shade=0.4)


HUMP_U = np.linspace(-1, 1, 7)
HUMP_V = points(0.4, 1.25, 1.9, 2.2, 1.8, 1.15, 0.4)


def humps(*where: float, wide: float = 0.16) -> Callable[[Posed], Sequence[Array]]:
    """Humps on the back, by their places along it."""

    def lumps(at: Posed) -> list[Array]:
        return [
            smooth(
                at.body.at(u + wide * HUMP_U, HUMP_V),
                True,
                3,
            )
            for u in where
        ]

    return lumps


SHAG_U = np.linspace(0.02, 0.98, 15)
SHAG_V = 0.92 + 0.24 * (np.arange(15) % 2)


def shag(at: Posed) -> list[Array]:
    """A thick fleece: body and neck with ragged edges."""
    return [
        np.concatenate([tube.at(SHAG_U, SHAG_V), tube.at(SHAG_U[::-1], -SHAG_V)])
        for tube in (at.body, at.neck)
    ]


RUFF_U = points(0.0, 0.18, 0.28, 0.48, 0.58, 0.78, 0.86, 1.0)
RUFF_V = points(0.8, 1.0, 1.55, 1.05, 1.6, 1.1, 1.5, 1.0)
CHEST_V = points(-0.6, -1.0, -1.5, -1.0, -1.45, -1.0, -1.35, -0.9)


def shaggy(at: Posed) -> list[Array]:
    """Rough hair down the back of the neck and on the chest."""
    return [np.concatenate([at.neck.at(RUFF_U, RUFF_V), at.neck.at(RUFF_U[::-1], CHEST_V[::-1])])]
