"""Alterations: a finished drawing becomes another one. What dials, materials and light do to any figure alike.

Each works on the display list, in the figure's own frame, and knows no kind: so every kind can be altered.
"""

from uncaged.engines.ink.alter.emptiness import amount, thinned
from uncaged.engines.ink.alter.holes import cut_out
from uncaged.engines.ink.alter.proportion import warp
from uncaged.engines.ink.alter.stuff import made_of_others
from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.marks import like, warped
from uncaged.engines.ink.materials import Work, materials
from uncaged.engines.ink.materials.body import body_of
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.space import CENTRED
from uncaged.engines.ink.stage import Actor, Stage

HUNG = CENTRED | {"float", "water"}
"""Domains whose bodies are altered about their middle: those that have their origin there, and what lies in water."""


def altered(drawing: Drawing, stage: Stage, actor: Actor, m: Moment) -> Drawing:
    """What dials and material make of a body's drawing at a moment; the same drawing where they are plain."""
    scene, centred = stage.scene, actor.domain in HUNG
    bent = warp(scene.dials.proportion, actor.subject.seed, centred, actor.kind.width)
    if bent is not None:
        drawing = warped(drawing, bent)
    if actor.hole:
        return cut_out(drawing)
    if actor.stuff is not None:
        drawing = made_of_others(drawing, actor.stuff, m, stage.ground.behind, centred)
    work = materials().get(actor.subject.material)
    if work is not None:
        drawing = made_of(drawing, work, m, stage.ground.behind, centred)
    empty = amount(scene)
    return thinned(drawing, empty) if empty else drawing


def made_of(drawing: Drawing, work: Work, m: Moment, ground: Colour, centred: bool) -> Drawing:
    """A figure of another stuff."""
    out = like(drawing)
    work(body_of(drawing, out, m, ground, centred))
    return out
