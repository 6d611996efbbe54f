"""What is written, printed and paid with: books, letters, sheets, newspapers, maps, coins, notes.

How they are built: flat paper a little askew, lines of writing as strokes; pages turn, corners curl.
"""

from collections.abc import Sequence

import numpy as np

from uncaged.engines.ink.curves import bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import box, clad, edged, hundredths, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _written(
    d: Drawing, paint: Paint, rows: Sequence[tuple[float, float, float]], key: str
) -> None:
    """Lines of writing as wavering strokes: (x0, x1, y)."""
    for k, (x0, x1, y) in enumerate(rows):
        x = np.linspace(x0, x1, 11)
        wave = 0.012 * np.array([0, 1, -1, 1, 0, -1, 1, -1, 0, 1, 0])
        d.stroke(np.stack([x, y + wave], 1), 0.6, paint.ink, wobble=0.5, key=f"{key}{k}")


def _lines(
    stream: Stream, x0: float, x1: float, y: float, step: float, count: int
) -> list[tuple[float, float, float]]:
    return [
        (x0, x1 - (x1 - x0) * (stream.uniform(0, 0.15) if k < count - 1 else 0.5), y + step * k)
        for k in range(count)
    ]


def _closed_book(stream: Stream, paint: Paint) -> Figure:
    mark = stream.pick(("disc", "bands", "eye"))

    def figure(d: Drawing, m: Moment) -> None:
        d.form(edged("-30,-96 38,-96 40,-4 -28,-4"), paint.white, line=0.9, shade=0.4, key="pages")
        for x in (0.355, 0.375):
            d.stroke(points((x, -0.92), (x + 0.02, -0.08)), 0.5, wobble=0.2, key=f"leaf{x}")
        clad(d, paint, edged("-38,-100 34,-100 36,0 -36,0", 0.02), "cover")
        d.form(
            edged("-38,-100 -27,-100 -25,0 -36,0", 0.015),
            paint.shadow,
            line=0.8,
            shade=0.4,
            key="spine",
        )
        if mark == "bands":
            for y in (-0.8, -0.2):
                d.form(
                    box(-0.2, y, 0.28, y + 0.05), paint.accent, line=0.7, shade=0.2, key=f"band{y}"
                )
        d.form(circle(0.04, -0.55, 0.17, count=24), paint.accent, line=0.8, shade=0.4, key="disc")
        if mark == "eye":
            d.form(circle(0.04, -0.55, 0.1, 0.1, 18), paint.white, line=0.7, shade=0.2, key="white")
            d.dot(0.04 + 0.035 * m.cycle(0.2), -0.55, 0.05, paint.ink)
        ribbon = smooth([(0.2, -0.04), (0.2, 0.04), (0.23 + 0.03 * m.cycle(0.5), 0.1)])
        d.stroke(ribbon, 2.2, paint.accent, wobble=0.2, key="ribbon")

    return figure


def _page(side: int, lift: float) -> Array:
    """One side of an open book; lift: how far it is turned up, 0 … 1 over to the other side."""
    reach = cos(PI * lift) * side
    high = sin(PI * lift)
    upper = bezier(
        (0, -0.62), (0.3 * reach, -0.78 - 0.5 * high), (0.61 * reach, -0.66 - 0.4 * high)
    )
    lower = bezier(
        (0.61 * reach, -0.12 - 0.4 * high), (0.3 * reach, -0.22 - 0.5 * high), (0, -0.06)
    )
    return np.concatenate([upper, lower])


def _open_book(stream: Stream, paint: Paint) -> Figure:
    rows = [_lines(stream.sub(side), 0.08, 0.53, -0.58, 0.1, 4) for side in (0, 1)]
    pictured = stream.chance(0.5)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, edged("-64,-62 0,-54 64,-62 64,-6 6,2 -6,2 -64,-6", 0.03), "cover")
        for k, side in enumerate((-1, 1)):
            for j in range(2):
                sheet = _page(side, 0.0) * (1 - 0.02 * j, 1.0) + points(0, 0.05 - 0.03 * j)
                d.form(sheet, paint.white, line=0.8, shade=0.4, key=f"page{k}{j}")
            if pictured and side > 0:
                d.form(
                    circle(0.32, -0.42, 0.13, 0.13, 20),
                    paint.accent,
                    line=0.7,
                    shade=0.4,
                    key="plate",
                )
            else:
                bent = [(side * x0, side * x1, y) for x0, x1, y in rows[k]]
                _written(d, paint, bent, f"row{k}")
        turn = (m.turn(0.3) % 1) * 1.6 - 0.3
        lift = min(max(turn, 0.02), 0.98)
        leaf = _page(1, lift)
        alpha = 255 if 0.02 < lift < 0.98 else 0
        d.form(leaf, paint.pale, line=0.9, shade=0.5, key="leaf", alpha=alpha)
        d.stroke(points((0, -0.62), (0, -0.05)), 1.0, wobble=0.2, key="gutter")

    return figure


def _letter(stream: Stream, paint: Paint) -> Figure:
    seal = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, edged("-66,-84 66,-84 66,0 -66,0", 0.02), "envelope", shade=0.5)
        for side in (-1, 1):
            d.stroke(hundredths("64,-3 12,-42") * (side, 1.0), 0.9, wobble=0.3, key=f"fold{side}")
        open_ = 0.04 * m.cycle(0.4)
        flap = points(
            (-0.66, -0.84),
            (0.66, -0.84),
            (0.06, -0.34 + open_),
            (0.0, -0.31 + open_),
            (-0.06, -0.34 + open_),
        )
        d.form(flap, paint.second, line=1.0, shade=0.5, key="flap")
        if seal:
            wax = traced("-10,-40 -7,-50 4,-49 10,-40 7,-30 -5,-30") + points(0, 0.06 + open_)
            d.form(wax, paint.accent, line=0.9, shade=0.6, key="seal")
        else:
            d.form(
                traced("0,-28 -12,-40 -6,-47 0,-41 6,-47 12,-40") + points(0, 0.05 + open_),
                paint.accent,
                line=0.9,
                key="heart",
            )

    return figure


def _sheet(stream: Stream, paint: Paint) -> Figure:
    rows = _lines(stream, -0.26, 0.28, -0.84, 0.13, 6)
    empty = stream.chance(0.2)

    def figure(d: Drawing, m: Moment) -> None:
        curl = 0.05 + 0.03 * m.cycle(0.5)
        paper = points((-0.38, -1.0), (0.36, -0.98), (0.38, -0.18), (0.38 - 0.2, 0.0), (-0.36, 0.0))
        d.form(paper, paint.white, shade=0.4, fill=paint.fill, colour2=paint.pattern, key="paper")
        if not empty:
            _written(d, paint, rows, "row")
        corner = points((0.38, -0.18), (0.18, 0.0), (0.2 - curl, -0.16 - curl))
        d.form(corner, paint.pale, line=0.9, shade=0.6, key="corner")

    return figure


def _newspaper(stream: Stream, paint: Paint) -> Figure:
    left, right = (
        _lines(stream.sub(k), x, x + 0.32, -0.36, 0.075, 4) for k, x in enumerate((-0.42, 0.06))
    )

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            hundredths("-44,-98 52,-94 54,-2 -42,-4"), paint.pale, line=0.9, shade=0.5, key="behind"
        )
        paper = hundredths("-50,-100 46,-98 46,-2 -50,0")
        d.form(paper, paint.white, shade=0.4, fill=paint.fill, colour2=paint.pattern, key="paper")
        d.form(box(-0.42, -0.92, 0.38, -0.79), paint.dark, line=0, shade=0, key="title")
        for x in (-0.36, -0.24, -0.12, 0.0, 0.12, 0.24):
            d.form(box(x, -0.895, x + 0.08, -0.815), paint.white, line=0, shade=0, key=f"letter{x}")
        d.form(box(-0.42, -0.72, 0.02, -0.44), paint.colour, line=0.8, shade=0.6, key="photo")
        look = 0.03 * m.cycle(0.3)
        d.form(
            circle(-0.2 + look, -0.6, 0.07, count=16), paint.pale, line=0.7, shade=0.2, key="head"
        )
        d.form(
            traced("-34,-44 -29,-52 -11,-52 -6,-44", False),
            paint.dark,
            line=0.6,
            shade=0,
            key="bust",
        )
        _written(d, paint, [(0.08, 0.38, y) for y in (-0.69, -0.61, -0.53, -0.45)], "side")
        _written(d, paint, left, "left")
        _written(d, paint, right, "right")

    return figure


def _map(stream: Stream, paint: Paint) -> Figure:
    coast = stream.sub("coast")
    shore = smooth([(-0.56 + 0.28 * k, -0.3 - coast.uniform(0, 0.24)) for k in range(5)], False, 4)

    def figure(d: Drawing, m: Moment) -> None:
        stir = 0.015 * m.cycle(0.4)
        top = [(-0.6, -0.86), (-0.3, -0.8), (0.0, -0.86), (0.3, -0.8), (0.6, -0.86 + stir)]
        low = [(0.6, -0.02 + stir), (0.3, 0.04), (0.0, -0.02), (-0.3, 0.04), (-0.6, -0.02)]
        paper = points(*top, *low)
        d.form(
            paper,
            paint.pale,
            line=1.0,
            shade=0.3,
            fill=paint.fill,
            colour2=paint.pattern,
            key="paper",
        )
        d.clip(paper)
        land = np.concatenate([shore, points((0.7, 0.06), (-0.7, 0.06))])
        d.form(land, paint.colour, line=0.8, shade=0.5, key="land")
        d.form(
            traced("14,-66 26,-74 40,-68 34,-56 20,-56"),
            paint.leaf,
            line=0.8,
            shade=0.4,
            key="island",
        )
        for k in range(2):
            fold = 0.3 - 0.6 * k
            d.flat(
                points((fold, -0.9), (fold + 0.3, -0.9), (fold + 0.3, 0.1), (fold, 0.1)),
                paint.cast,
                34,
            )
        d.unclip()
        route = smooth([(-0.44, -0.1), (-0.24, -0.22), (-0.1, -0.1), (0.12, -0.24), (0.3, -0.14)])
        for k in range(0, len(route) - 2, 3):
            d.stroke(route[k : k + 2], 1.3, paint.accent, wobble=0.1, key=f"dash{k}")
        for turn in (0.8, 2.37):
            cross = points(
                (-0.07 * cos(turn), -0.07 * sin(turn)), (0.07 * cos(turn), 0.07 * sin(turn))
            ) + points(0.36, -0.13)
            d.stroke(cross, 1.6, paint.accent, key=f"cross{turn}")
        a = 0.3 * m.cycle(0.3)
        d.form(circle(-0.42, -0.64, 0.11, count=20), paint.white, line=0.8, shade=0.2, key="rose")
        d.stroke(
            points(
                (-0.42 - 0.09 * sin(a), -0.64 + 0.09 * cos(a)),
                (-0.42 + 0.09 * sin(a), -0.64 - 0.09 * cos(a)),
            ),
            1.2,
            paint.accent,
            key="north",
        )

    return figure


def _coin(stream: Stream, paint: Paint) -> Figure:
    sign = stream.pick(("head", "number", "star"))

    def figure(d: Drawing, m: Moment) -> None:
        wide = 0.86 + 0.14 * m.cycle(0.3)
        d.form(
            circle(0.05, -0.48, 0.48 * wide, 0.48, 34),
            paint.shadow,
            line=1.0,
            shade=0.5,
            key="edge",
        )
        clad(d, paint, circle(0, -0.5, 0.48 * wide, 0.48, 34), "face")
        ring = circle(0, -0.5, 0.38 * wide, 0.38, 30)
        d.stroke(np.concatenate([ring, ring[:1]]), 0.8, paint.pattern, wobble=0.2, key="ring")
        squeeze = points(wide, 1.0)
        if sign == "head":
            profile = traced(
                "-14,-24 -18,-48 -14,-66 4,-72 16,-64 18,-54 24,-48 18,-44 18,-36 8,-32 8,-24"
            )
            d.form(profile * squeeze, paint.second, line=0.8, shade=0.4, key="profile")
        elif sign == "star":
            star = [
                points(
                    (0.28 if k % 2 == 0 else 0.12) * sin(PI * k / 5),
                    -(0.28 if k % 2 == 0 else 0.12) * cos(PI * k / 5),
                )
                for k in range(10)
            ]
            d.form(
                np.array(star) * squeeze + points(0, -0.5),
                paint.second,
                line=0.8,
                shade=0.4,
                key="star",
            )
        else:
            d.stroke(
                hundredths("-10,-64 2,-72 2,-30") * squeeze,
                3.0,
                paint.pattern,
                wobble=0.2,
                key="one",
            )

    return figure


def _notes(stream: Stream, paint: Paint) -> Figure:
    def figure(d: Drawing, m: Moment) -> None:
        for k in range(3):
            y = -0.14 - 0.16 * k
            stir = 0.03 * m.cycle(0.5, 0.2 * k) * (k == 2)
            note = points(
                (-0.72 + 0.05 * k, y - 0.3),
                (0.68 + 0.04 * k, y - 0.34 - stir),
                (0.74 - 0.03 * k, y + 0.1 - stir),
                (-0.68, y + 0.14),
            )
            if k == 2:
                clad(d, paint, note, "note", shade=0.5)
            else:
                d.form(note, paint.second, line=0.9, shade=0.5, key=f"note{k}")
        d.form(circle(0.0, -0.56, 0.15, 0.17, 24), paint.pale, line=0.8, shade=0.3, key="medal")
        d.form(
            traced("-8,-46 -8,-56 0,-66 8,-56 8,-46"), paint.dark, line=0.6, shade=0.2, key="head"
        )
        for x in (-0.5, 0.52):
            d.form(
                circle(x, -0.56, 0.06, count=14), paint.accent, line=0.7, shade=0.2, key=f"value{x}"
            )

    return figure


thing(
    "book", {"closed": _closed_book, "open": _open_book},
    (-0.35, 0.58), 0.42, 0.25, width=1.3, top=(0, -0.5), grip=(0.0, -0.08), rock=0.01,
)  # fmt: skip
thing("letter", _letter, (-0.29, 0.58), 0.36, 0.12, width=1.4, top=(0, -0.84), grip=(0.5, -0.2))
thing("sheet", _sheet, (-0.23, 0.58), 0.46, 0.3, width=0.8, grip=(0.2, -0.1), rock=0.02)
thing(
    "newspaper", _newspaper, (-0.17, 0.58), 0.46, 0.45,
    width=1.1, grip=(0.4, -0.2), rock=0.015,
)  # fmt: skip
thing("map", _map, (-0.11, 0.58), 0.42, 0.5, width=1.3, grip=(0.5, -0.1), rock=0.01, top=(0, -0.86))
thing(
    "coin", _coin, (-0.95, 0.66), 0.36, 0.03,
    width=1.0, top=(0, -0.98), grip=(0.0, -0.1), hue="yellow", rock=0.0,
)  # fmt: skip
thing(
    "money", _notes, (-0.89, 0.66), 0.34, 0.08,
    width=1.5, top=(0, -0.75), grip=(0.5, -0.3), hue="green", rock=0.0,
)  # fmt: skip
