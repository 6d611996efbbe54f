"""A person of stone on a plinth, who holds one pose for ever; a pigeon may sit on the head. Knows no square.

How it is built: a person of `person`, drawn once at one moment of one posture and gesture, every colour turned into a
lightness of the stone, over a plinth of three steps. Only the pigeon moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from uncaged.engines.ink.colour import Colour, Palette, lighter, lightness, mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.person import somebody
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

PLINTH = 0.27
"""Height of the plinth."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Who stands there and how. lift: how far the figure's origin is over the plinth, in the figure's heights."""

    who: tuple[str, ...]
    posture: str
    gesture: tuple[str, ...]
    act: str = "still"
    lift: float = 0.0
    top: float = 0.98


FORMS: Final[Mapping[str, Stand]] = {
    "standing": Stand(
        ("man", "woman", "king", "soldier", "queen"),
        "stand",
        ("none", "point", "hold", "read", "cheer"),
    ),
    "nude": Stand(("nude",), "stand", ("none", "throw", "look", "carry", "point")),
    "thinker": Stand(("nude", "man"), "perch", ("eat",), lift=0.25, top=0.72),
    "kneeling": Stand(("woman", "angel", "nude"), "kneel", ("none", "hide", "hold"), top=0.84),
    "angel": Stand(("angel",), "stand", ("none", "cheer", "give", "read")),
}
"""By name."""


@dataclass(frozen=True, slots=True)
class Statue:
    """What the lot decided. figure: the person; moment: the one it stays in. size: of the person."""

    paint: Paint
    figure: Figure
    moment: Moment
    stand: Stand
    size: float
    pigeon: float


def stone(p: Palette) -> Colour:
    """What a statue is made of when nobody says so."""
    return mix(p.far, p.light, 0.45)


def petrified(paint: Paint) -> Paint:
    """Every colour as a lightness of one stone."""
    base = paint.colour

    def turn(name: str, colour: Colour) -> Colour:
        return colour if name == "ink" else lighter(base, 0.32 * (lightness(colour) - 0.62))

    changed = paint.mapped(turn)
    return changed.evolve(
        colour=base, shadow=paint.shadow, skin=lighter(base, 0.03), white=lighter(base, 0.05),
        skin_shadow=paint.shadow, umbrella=False, wears=False,
    )  # fmt: skip


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A statue; `form` is a row of `FORMS`, or "" for one by lot."""
    stand = FORMS[form] if form in FORMS else FORMS[stream.pick(tuple(FORMS))]
    who, gesture = stream.pick(stand.who), stream.pick(stand.gesture)
    figure = somebody(stream.sub("who"), petrified(paint), "", who)
    moment = Moment(0.3, 2.0, act="still", posture=stand.posture, gesture=gesture)
    pigeon = stream.uniform() if stream.chance(0.45) else -1.0
    size = (1 - PLINTH) / (stand.top + stand.lift)
    return partial(_draw, Statue(paint, figure, moment, stand, size, pigeon))


def _draw(statue: Statue, d: Drawing, m: Moment) -> None:
    paint, k = statue.paint, statue.size
    _plinth(paint, d)
    if statue.stand.lift:
        block = points(
            (-0.16, -PLINTH),
            (0.06, -PLINTH),
            (0.05, -PLINTH - statue.stand.lift * k),
            (-0.15, -PLINTH - statue.stand.lift * k),
        )
        d.form(block, paint.shadow, line=0.9, shade=0.8, key="block")
    inner = d.inside("figure", scale=d.scale * k, flip=d.flip)
    statue.figure(inner, statue.moment)
    d.group(inner, 0.0, -PLINTH - statue.stand.lift * k, k, k)
    if statue.pigeon >= 0:
        _pigeon(statue, d, m)


def _plinth(paint: Paint, d: Drawing) -> None:
    low = lighter(paint.colour, -0.03)
    steps = (
        ((-0.3, 0.0), (0.3, 0.0), (0.29, -0.05), (-0.29, -0.05)),
        ((-0.22, -0.05), (0.22, -0.05), (0.2, -0.225), (-0.2, -0.225)),
        ((-0.25, -0.22), (0.25, -0.22), (0.24, -PLINTH), (-0.24, -PLINTH)),
    )
    for key, step in zip(("foot", "body", "ledge"), steps, strict=True):
        outline = points(*step)
        tube = Tube(points((step[0][0], -0.12), (step[1][0], -0.12)), [0.12, 0.12], 6)
        d.form(
            outline, low if key == "body" else paint.colour, fill=paint.fill, body=tube,
            colour2=paint.pattern, line=0.95, shade=0.9, key=key,
        )  # fmt: skip
    plate = points((-0.1, -0.11), (0.1, -0.11), (0.1, -0.175), (-0.1, -0.175))
    d.form(plate, paint.second, line=0.7, shade=0.3, key="plate")
    for y in (-0.155, -0.13):
        d.stroke(points((-0.07, y), (0.06, y)), 0.5, wobble=0.4)


def _pigeon(statue: Statue, d: Drawing, m: Moment) -> None:
    """It looks about; its tail dips."""
    paint = statue.paint
    nod = 0.008 * m.cycle(1.0, statue.pigeon)
    x, y = (
        (0.16, -PLINTH)
        if statue.pigeon > 0.5 or statue.stand.posture != "stand"
        else (-0.19, -PLINTH)
    )
    body = points(
        (-0.07, 0.0), (-0.11, -0.022), (-0.03, -0.055), (0.03, -0.06), (0.05, -0.03), (0.02, -0.004)
    )
    d.form(
        smooth(body + points(x, y - 0.012), True, 4),
        paint.accent,
        line=0.8,
        shade=0.5,
        key="pigeon",
    )
    head = circle(x + 0.048, y - 0.078 + nod, 0.022, count=12)
    d.form(head, paint.accent, line=0.7, shade=0.2, key="pigeon-head")
    beak = points(
        (x + 0.066, y - 0.082 + nod), (x + 0.09, y - 0.074 + nod), (x + 0.066, y - 0.068 + nod)
    )
    d.flat(beak, paint.glow)
    d.dot(x + 0.053, y - 0.082 + nod, 0.005, paint.ink)
    d.stroke(points((x, y - 0.014), (x, y)), 0.7, wobble=0.1)


register(
    Kind(
        "statue",
        build,
        at=(0.55, -0.15),
        height=0.74,
        home="village",
        width=0.6,
        top=(0.0, -0.98),
        shadow=0.32,
        forms=tuple(FORMS),
        colour=stone,
        metres=3.0,
    )
)
