"""Emptiness: layers and bodies leave the picture, then marks, then the colour in what is left; the paper remains.

Everything goes by a lot of its own, so that a little more emptiness takes a little more away. Below 0 the bodies go
first, and their place stays.
"""

from dataclasses import replace

from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.display import (
    Clip,
    Drawing,
    Flat,
    Form,
    Mark,
    Multi,
    Overprint,
    Stroke,
    Unclip,
    Union,
)
from uncaged.engines.ink.hand.lots import number
from uncaged.engines.ink.marks import mapped
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.stage import Actor, Placed, Stage

_SKY, _FIRST, _LAST = 0.42, 0.10, 0.95
"""When the sky goes, and the first and the last of the other layers."""

_BODIES = (0.75, 1.7)
"""When bodies that are not the first go."""

_MARKS = 0.82
"""The most of its marks that a body loses; what is left is still somebody."""


def amount(scene: Scene) -> float:
    """The dial, −2 … 2, as it is up to ±1."""
    dial = scene.dials.emptiness
    return soft(dial, 1.0, 2.0)


def emptied(stage: Stage) -> Stage:
    """The stage without those of its layers and bodies that have left it."""
    dial = amount(stage.scene)
    if not dial:
        return stage
    stays = tuple(p for p in stage.placed if not _left(stage, p, dial))
    return replace(stage, placed=stays)


def _left(stage: Stage, placed: Placed, dial: float) -> bool:
    what = placed.what
    if isinstance(what, Actor):
        lot = _lot(f"{what.subject.seed}/{what.key}/leaves")
        if dial < 0:
            return -dial > 0.12 + 0.6 * lot
        return what is not stage.lead and dial > _BODIES[0] + (_BODIES[1] - _BODIES[0]) * lot
    assert isinstance(what, Layer)
    if dial < 0:
        return False
    if what.name == "sky":
        return dial > _SKY
    return dial > _FIRST + (_LAST - _FIRST) * _lot(f"{stage.scene.seed}/{what.name}/leaves")


def thinned(drawing: Drawing, dial: float) -> Drawing:
    """The drawing with some of its marks gone, and the colour of others: by the names of the marks."""
    dial = abs(dial)
    gone = _MARKS * min(1.0, max(0.0, (dial - 0.2) / 1.5))
    bare = gone + 0.75 * min(1.0, max(0.0, (dial - 0.1) / 0.9))

    def change(mark: Mark) -> Mark | None:
        if isinstance(mark, Clip | Unclip):
            return mark
        lot = _lot(_name(mark))
        if isinstance(mark, Form):
            if lot < 0.6 * gone:
                return None
            return replace(mark, alpha=0, shade=0.0, fill="plain") if lot < bare else mark
        return None if lot < gone else mark

    return mapped(drawing, change)


def _name(mark: Mark) -> str:
    if isinstance(mark, Form | Stroke | Union | Multi | Overprint):
        return mark.key
    if isinstance(mark, Flat):
        return f"{mark.colour}{len(mark.points)}"
    return type(mark).__name__


def _lot(name: str) -> float:
    return number(f"empty/{name}") % 10007 / 10007
