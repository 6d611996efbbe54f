"""Things: what people made and put somewhere. How a kind of thing is registered, and the few forms most are made of.

A thing is a maker for each of its forms and one call of `thing`. Even at rest it stirs a little, as if held by a hand.
Knows no single thing. Lengths are in the thing's height, y down, the ground at y = 0.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import Point, Points, Tube, circle, points, smooth
from uncaged.engines.ink.display import (
    Clip,
    Dot,
    Drawing,
    Flat,
    Form,
    Line,
    Mark,
    Multi,
    Stroke,
    Union,
)
from uncaged.engines.ink.kinds import Build, Domain, Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

Maker: TypeAlias = Callable[[Stream, Paint], Figure]
"""Builds one form of a thing: everything by lot is drawn here, once."""


def thing(
    name: str,
    makers: Maker | Mapping[str, Maker],
    at: tuple[float, float],
    height: float,
    metres: float,
    *,
    width: float = 0.6,
    top: tuple[float, float] = (0.0, -0.95),
    grip: tuple[float, float] = (0.0, -0.4),
    rock: float = 0.012,
    hue: str = "",
    home: str = "room",
    domain: Domain = "ground",
    shadow: float | None = None,
    motion: str = "still",
    lights: bool = False,
    plant: bool = False,
    faces: bool = False,
    hidden: bool = False,
    instead: Mapping[str, str] | None = None,
    quiet: tuple[str, ...] = (),
    traits: tuple[str, ...] = (),
    rest: str = "",
    above: str = "",
) -> Kind:
    """Registers a kind that is a thing; the other words are those of `Kind`.

    makers: one, or one by the name of each form (the first is no better than the others: the lot decides where no form
    is named). rock: how far it stirs at rest, radians about the ground (about its middle in the air).
    """
    known = makers if isinstance(makers, Mapping) else {"": makers}
    return register(
        Kind(
            name,
            _by_form(known, rock),
            at=at,
            height=height,
            domain=domain,
            home=home,
            width=width,
            top=top,
            shadow=(width * 0.45 if domain == "ground" else 0.0) if shadow is None else shadow,
            motion=motion,
            hue=hue,
            forms=tuple(form for form in known if form),
            plant=plant,
            faces=faces,
            quiet=quiet,
            metres=metres,
            grip=grip,
            lights=lights,
            traits=traits,
            rest=rest,
            above=above,
            hidden=hidden,
            instead=instead or {},
        )
    )


def _by_form(known: Mapping[str, Maker], rock: float) -> Build:
    forms = tuple(known)

    def build(stream: Stream, paint: Paint, form: str) -> Figure:
        chosen = form if form in known else stream.sub("form").pick(forms)
        lag = stream.sub("lag").uniform()
        return stirring(known[chosen](stream.sub(chosen), paint), rock, lag)

    return build


def stirring(figure: Figure, rock: float, lag: float) -> Figure:
    """The figure, turned to and fro about its origin by up to `rock` radians, twice that where it dances."""

    def draw(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        figure(part, m)
        lively = 2.0 if m.act == "dance" else 1.0
        moved(d, part, rock * lively * m.cycle(0.5, lag))

    return draw


def moved(
    d: Drawing, part: Drawing, turn: float, at: Point = (0.0, 0.0), about: Point = (0.0, 0.0)
) -> None:
    """Adds the marks of `part` to `d`, turned about a point by `turn` radians, then shifted by `at`."""
    c, s = cos(turn), sin(turn)
    frame = np.array(((c, s), (-s, c)))
    about = np.asarray(about, dtype=np.float64)
    shift = about + np.asarray(at, dtype=np.float64)

    def place(p: Array) -> Array:
        q = p - about
        return shift + q[:, :1] * frame[0] + q[:, 1:] * frame[1]

    d.marks += [_placed(mark, place, frame) for mark in part.marks]


def _placed(mark: Mark, place: Callable[[Array], Array], frame: Array) -> Mark:
    match mark:
        case Form():
            body = mark.body
            if body is not None:
                body = _tube(body, place, frame)
            return replace(mark, points=place(mark.points), body=body)
        case Stroke() | Line() | Flat() | Clip():
            return replace(mark, points=place(mark.points))
        case Union() | Multi():
            return replace(mark, polygons=[place(p) for p in mark.polygons])
        case Dot():
            x, y = place(points((mark.x, mark.y)))[0].tolist()
            return replace(mark, x=x, y=y)
        case _:
            return mark


def _tube(body: Tube, place: Callable[[Array], Array], frame: Array) -> Tube:
    """The same body coordinates, elsewhere."""
    out = Tube.__new__(Tube)
    out.p, out.r = place(body.p), body.r
    for name in ("normal", "tangent"):
        p: Array = getattr(body, name)
        setattr(out, name, p[:, :1] * frame[0] + p[:, 1:] * frame[1])
    out._caps = body._caps  # pyright: ignore[reportPrivateUsage] - a copy, made here only
    return out


# -- forms ---------------------------------------------------------------------------------------------------------


def box(x0: float, y0: float, x1: float, y1: float, skew: float = 0.0) -> Array:
    """A quadrangle; `skew` moves its upper edge to the right."""
    return points((x0 + skew, y0), (x1 + skew, y0), (x1, y1), (x0, y1))


def crooked(stream: Stream, x0: float, y0: float, x1: float, y1: float, off: float = 0.01) -> Array:
    """A quadrangle as a hand cuts it: no corner quite where it should be."""
    return box(x0, y0, x1, y1) + stream.array(8, -off, off).reshape(4, 2)


def cut(corners: Points, round_: float = 0.012, closed: bool = True) -> Array:
    """A polygon whose corners stay corners however many it has: each is cut `round_` before and after itself."""
    p = np.asarray(corners, dtype=np.float64)
    before, after = np.roll(p, 1, 0) - p, np.roll(p, -1, 0) - p
    out: list[Array] = []
    for k, corner in enumerate(p):
        if not closed and k in (0, len(p) - 1):
            out.append(corner)
            continue
        for way in (before[k], after[k]):
            length = float(np.sqrt(way[0] * way[0] + way[1] * way[1])) + 1e-9
            out.append(corner + way * (min(round_, length * 0.4) / length))
    return np.array(out)


def traced(text: str, closed: bool = True, per: int = 5) -> Array:
    """A curve through points written in hundredths, ``"x,y x,y …"``: how most outlines of things are noted."""
    return smooth(hundredths(text), closed, per)


def edged(text: str, round_: float = 0.012) -> Array:
    """A polygon with corners through points written in hundredths; see `traced` and `cut`."""
    return cut(hundredths(text), round_)


def hundredths(text: str) -> Array:
    """``"-20,5 30,40"`` → points (-0.2, 0.05), (0.3, 0.4)."""
    return np.array([pair.split(",") for pair in text.split()], dtype=np.float64) / 100


def slab(
    x0: float, x1: float, y: float, thick: float, deep: Point = (0.06, 0.05)
) -> tuple[Array, Array]:
    """A board seen a little from above: its upper side, whose far edge is at y, and its front edge below that."""
    dx, dy = float(deep[0]), float(deep[1])
    upper = points((x0, y), (x1, y), (x1 + dx, y + dy), (x0 + dx, y + dy))
    front = box(x0 + dx, y + dy, x1 + dx, y + dy + thick)
    return upper, front


def lathe(profile: Sequence[Point], per: int = 5) -> Array:
    """A closed form as turned on a lathe: (half width, y) rows from top to foot, both sides of x = 0, curved."""
    right = smooth(np.asarray(profile, dtype=np.float64), per=per)
    left = right[::-1] * (-1.0, 1.0)
    return np.concatenate([right, left])


def bar(start: Point, end: Point, width: float, end_width: float | None = None) -> Array:
    """A straight stick with round ends; `width` is half of it."""
    return Tube([start, end], [width, width if end_width is None else end_width], 6).outline()


def hoop(x: float, y: float, rx: float, ry: float, thick: float, count: int = 32) -> Array:
    """A ring with a hole: its middle line has the radii, it is 2 · thick broad. Its seam lies at the bottom."""
    turn = TAU / 4
    outer = circle(0, 0, rx + thick, ry + thick, count)
    inner = circle(0, 0, max(rx - thick, 0.001), max(ry - thick, 0.001), count)
    first = count // 4 if turn else 0
    outer, inner = np.roll(outer, -first, 0), np.roll(inner, -first, 0)
    ring = np.concatenate([outer, outer[:1], inner[:1], inner[::-1]])
    return ring + points(x, y)


# -- colours and light ---------------------------------------------------------------------------------------------


def clad(
    d: Drawing,
    paint: Paint,
    shape: Array,
    key: str,
    body: Tube | None = None,
    shade: float = 0.9,
    line: float = 1.0,
) -> None:
    """The main form: it wears the subject's colour and its pattern."""
    d.form(
        shape,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        body=body,
        shade=shade,
        line=line,
        key=key,
    )


def steel(paint: Paint, bright: float = 0.72) -> Colour:
    """Blades, bows and wheels: grey, with a little of the subject's own colour in it."""
    return mix(paint.dark, paint.pale, bright)


def shine(d: Drawing, paint: Paint, x: float, y: float, radius: float) -> None:
    """The disc of light round what burns at night."""
    if paint.night:
        for share, alpha in ((1.0, 26), (0.66, 38), (0.36, 52)):
            d.flat(circle(x, y, radius * share, count=28), paint.glow, alpha)


def flame(
    d: Drawing,
    paint: Paint,
    m: Moment,
    x: float,
    y: float,
    size: float,
    lag: float = 0.0,
    wild: bool = False,
) -> None:
    """A flame that stands at (x, y) and flickers; size: its height. wild: fire, with a red edge, and restless."""
    fierce = 1.8 if wild else 1.0
    lean = size * fierce * (0.10 * m.cycle(1.5, lag) + 0.06 * m.cycle(4.0, lag * 2))
    high = size * (1 + 0.10 * fierce * m.cycle(3.0, lag + 0.3))
    outer, core = paint.glow, paint.white
    if wild:
        outer, core = mix(paint.glow, paint.lip, 0.5), paint.glow
    for k, (share, colour) in enumerate(((1.0, outer), (0.52, core))):
        w, h = 0.26 * size * share, high * (share if k == 0 else 0.55)
        tongue = [(0, 0), (-w, -h * 0.22), (-w * 0.55 + lean * 0.3, -h * 0.6), (lean, -h)]
        tongue += [(w * 0.6 + lean * 0.3, -h * 0.52), (w * 0.95, -h * 0.2)]
        shape = smooth(tongue, True, 4) + points(x, y)
        d.form(shape, colour, line=0.8 if k == 0 else 0, shade=0.35, key=f"flame{k}{lag:.2f}")


def steam(
    d: Drawing, paint: Paint, m: Moment, x: float, y: float, size: float, plumes: int = 3
) -> None:
    """Wavering lines that rise and fade; size: how high."""
    q = np.linspace(0, 1, 9)
    for k in range(plumes):
        drift = m.turn(0.5) + k * 0.37
        across = (k - (plumes - 1) / 2) * 0.3 * size
        wave = 0.07 * size * sin(TAU * (q * 1.1 - drift)) * (0.3 + q)
        tall = size * (0.8 + 0.2 * ((k * 2) % 3) / 2)
        plume = np.stack([x + across + wave, y - q * tall], 1)
        tone = paint.pale if paint.night else paint.cast
        d.stroke(plume, 0.9, tone, key=f"steam{k}", taper=(0.4, 0.5), alpha=170)
