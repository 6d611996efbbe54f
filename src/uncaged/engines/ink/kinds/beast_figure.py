"""How one four-legged animal is drawn from its row of numbers; the rows are in `beasts` and its neighbours.

Order: far legs, tail, what stands up behind the head, near legs with body, neck and head as one form, then marks, ears
and face. Knows no names of animals.
"""

from collections.abc import Sequence
from dataclasses import replace

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import bezier, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Build, Figure
from uncaged.engines.ink.kinds.beast import Beast, Part, Posed
from uncaged.engines.ink.kinds.beast_motion import Living, alive
from uncaged.engines.ink.kinds.beast_parts import eye, skin
from uncaged.engines.ink.kinds.quadruped import Limb
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


def of(beast: Beast, **forms: Beast) -> Build:
    """What a kind needs to draw this animal, or another one where one of these forms is asked for."""
    return lambda stream, paint, form: build(stream, paint, forms.get(form, beast))


def individual(stream: Stream, beast: Beast) -> Beast:
    """The same animal, a little thicker or leaner, with a somewhat larger or smaller head and another tail."""
    girth, skull = stream.uniform(0.93, 1.08), stream.uniform(0.95, 1.05)
    tail = stream.uniform(0.9, 1.1)
    (hx, hy), (tx, ty) = beast.head[0][:2], beast.tail[0][:2]
    return replace(
        beast,
        body=tuple((x, y, r * girth) for x, y, r in beast.body),
        head=tuple(
            (hx + (x - hx) * skull, hy + (y - hy) * skull, r * skull) for x, y, r in beast.head
        ),
        tail=tuple((tx + (x - tx) * tail, ty + (y - ty) * tail, r) for x, y, r in beast.tail),
    )


def build(stream: Stream, paint: Paint, beast: Beast) -> Figure:
    """An animal from its row."""
    hide = paint
    if beast.dark:
        hide = paint.evolve(colour=paint.dark, shadow=paint.dark, second=paint.dark)
    coats = tuple(coat(stream.sub(coat.__name__)) for coat in beast.coat)
    living = alive(individual(stream.sub("self"), beast))

    def figure(drawing: Drawing, moment: Moment) -> None:
        animal = living(moment)
        at = animal.at
        if at.curled:
            _asleep(drawing, paint, beast, animal)
        else:
            _awake(drawing, paint, hide, beast, animal)
        for coat in coats:
            coat(drawing, paint, at)
        _parts(drawing, hide, at, (*beast.marks, beast.face, beast.ears))
        eye(drawing, paint, at, beast.eye, hide.colour)
        if at.curled:
            _tail(drawing, paint, beast, at)

    return figure


def _parts(drawing: Drawing, paint: Paint, at: Posed, parts: Sequence[Part | None]) -> None:
    for draw in parts:
        if draw:
            draw(drawing, paint, at)


def _awake(drawing: Drawing, paint: Paint, hide: Paint, beast: Beast, animal: Living) -> None:
    """Far legs, tail, crown, and then the near side."""
    at = animal.at
    _legs(drawing, beast, animal.far, hide.shadow, paint.dark)
    _tail(drawing, paint, beast, at)
    _parts(drawing, paint, at, (beast.behind, beast.crown))
    if beast.fleece:
        _legs(drawing, beast, animal.near, hide.colour, paint.dark)
    else:
        _coat(drawing, paint, beast, at, animal.near)


def _asleep(drawing: Drawing, paint: Paint, beast: Beast, animal: Living) -> None:
    """A mound with the head before it; the tail comes last, round it all."""
    at, (haunch, paw) = animal.at, animal.near
    _form(drawing, paint, [at.body.outline(), at.neck.outline()])
    _pattern(drawing, paint, at)
    hip = haunch.tube.p[0]
    r = float(haunch.tube.r[0])
    line = bezier(
        hip + points(-0.9 * r, 0.9 * r), hip + points(-1.3 * r, -r), hip + points(r, -0.9 * r)
    )
    drawing.stroke(line, 0.8, paint.ink)
    _legs(drawing, beast, (paw,), skin(paint), paint.dark)
    _parts(drawing, paint, at, (beast.crown,))
    drawing.form(at.head.outline(), skin(paint), shade=0.6)


def _legs(
    drawing: Drawing, beast: Beast, legs: Sequence[Limb], colour: Colour, dark: Colour
) -> None:
    """Legs that are not part of the body's form: the far ones, and all of a sheep's."""
    for leg in legs:
        if beast.shod:
            drawing.union(leg.contours, colour, line=0.8, shade=0.4)
            drawing.form(leg.paw, dark, line=0.7, shade=0.2)
        else:
            drawing.union([*leg.contours, leg.paw], colour, line=0.8, shade=0.4)


def _tail(drawing: Drawing, paint: Paint, beast: Beast, at: Posed) -> None:
    """The tail carries the pattern, but for wool and hair."""
    drawing.form(
        at.tail.outline(),
        paint.second if beast.hair else paint.colour,
        fill="plain" if beast.fleece or beast.hair else paint.fill,
        body=at.tail,
        colour2=paint.pattern,
        line=0.85,
        shade=0.6,
    )
    if beast.tip:
        beast.tip(drawing, paint, at)


def _coat(drawing: Drawing, paint: Paint, beast: Beast, at: Posed, near: Sequence[Limb]) -> None:
    """Near legs, body, neck and head in one form; the pattern lies on the body. A raised leg is before it all."""
    standing = [leg for leg in near if not leg.raised]
    forms = [contour for leg in standing for contour in leg.contours]
    if not beast.shod:
        forms += [leg.paw for leg in standing]
    forms += [tube.outline() for tube in (at.body, at.neck, at.head)]
    if beast.lumps:
        forms += beast.lumps(at)
    _form(drawing, paint, forms)
    for leg in standing if beast.shod else ():
        drawing.form(leg.paw, paint.dark, line=0, shade=0)
    _pattern(drawing, paint, at)
    _folds(drawing, paint, standing)
    _legs(drawing, beast, [leg for leg in near if leg.raised], skin(paint), paint.dark)


def _form(drawing: Drawing, paint: Paint, forms: Sequence[Array]) -> None:
    outlined = paint.fill == "outlined"
    drawing.union(
        forms,
        paint.white if outlined else paint.colour,
        shade=0.3 if outlined else 0.8,
        line=1.6 if outlined else 1.0,
        ink=paint.colour if outlined else None,
    )


def _pattern(drawing: Drawing, paint: Paint, at: Posed) -> None:
    if paint.fill not in ("plain", "outlined"):
        drawing.form(
            at.body.outline(),
            paint.colour,
            line=0,
            fill=paint.fill,
            body=at.body,
            colour2=paint.pattern,
            shade=0.6,
        )


def _folds(drawing: Drawing, paint: Paint, near: Sequence[Limb]) -> None:
    """The lines of haunch and elbow, which the common form of a lying body swallows."""
    for leg in near:
        if len(leg.contours) > 1:
            haunch, reach = leg.contours
            drawing.stroke(haunch[: len(haunch) // 2], 0.75, paint.ink)
            drawing.stroke(reach[: len(reach) // 3], 0.6, paint.ink)
