"""One subject as a flat drawing: its figure from `ink` in three tones of one hue, flattened once and recorded.

Every frame of a film shows the same recording by another matrix. Knows no films and no motions.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Final

import skia

from uncaged.engines.ink.colour import (
    HUES,
    Lab,
    Palette,
    from_lch,
    lighter,
    mix,
    palette,
    to_rgb,
)
from uncaged.engines.ink.data_plain import Op, flattened, lay
from uncaged.engines.ink.display import Drawing, Group, Mark, Stroke
from uncaged.engines.ink.kinds import Figure, kinds
from uncaged.engines.ink.manner import Manner
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint, paint
from uncaged.training.seedling.ways import Way

SHEET: Final = 256
"""Pixels of the sheet that a drawing is flattened for, so that its curves are smooth on larger frames too."""

BROAD: Final = 16
"""Pixels of a contour on the sheet: so broad that none is held to a least width; recording makes it fine."""

EXTENT: Final = {"small": 0.33, "middle": 0.46, "large": 0.62}
"""How large a subject is, as a share of the frame; see `Plain.extent`."""

PEN: Final = {"small": 0.85, "middle": 1.0, "large": 1.1}
"""Factor of the line's width: a small subject would drown in a wide one."""

FORMS: Final = {
    "fish": ("round", "tall"),
    "tree": ("cloud", "round"),
    "flower": ("daisy", "sun", "star"),
    "person": ("coat", "dress"),
    "house": ("gable", "peaked"),
    "sun": ("face",),
    "boat": ("sail", "sails"),
    "heart": ("whole",),
}
"""Forms of a kind that look like it at a glance; of the others the one without a name."""

SPREAD: Final = frozenset({"bird", "butterfly"})
"""Kinds that are drawn with their wings spread; closed ones are hardly known again."""

TONES: Final[dict[str, Lab]] = HUES | {
    "white": (1.0, 0.0, 0.0),
    "teal": from_lch(0.68, 0.115, 194),
}
"""The hues as flat fills. White is whiter than paper, and teal brighter, else it is taken for grey at 64 pixels."""

FINE: Final = 0.75
"""Strokes thinner than so many lines are left out."""

FAINT: Final = 96
"""Marks of less alpha are left out: smoke, glows."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A drawing as flat operations. low, high: its box, (x, y), in pixels of the sheet."""

    ops: tuple[Op, ...]
    low: tuple[float, float]
    high: tuple[float, float]

    @property
    def broad(self) -> float:
        """Width of its box, pixels of the sheet."""
        return self.high[0] - self.low[0]

    @property
    def tall(self) -> float:
        """Height of its box, pixels of the sheet."""
        return self.high[1] - self.low[1]

    @property
    def extent(self) -> float:
        """How large it looks: its longer side, less where it is thin. Pixels of the sheet."""
        return 0.6 * max(self.broad, self.tall) + 0.4 * sqrt(self.broad * self.tall)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A subject ready to be placed. picture: about its middle, in frames of one pixel. width, height: of its box, in
    shares of the frame."""

    picture: skia.Picture
    width: float
    height: float


@lru_cache(1024)
def recorded(kind: str, hue: str, size: str, colours: str, by: Way) -> Recorded:
    """A subject of a kind in a hue, drawn in a way, in the light of a palette; the last thousand are kept."""
    plain = _plain(kind, hue, colours, by)
    k = EXTENT[size] / plain.extent
    wide, high = k * sqrt(by.broad), k / sqrt(by.broad)
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(-2, -2, 2, 2))
    canvas.scale(wide, high)
    canvas.translate(-(plain.low[0] + plain.high[0]) / 2, -(plain.low[1] + plain.high[1]) / 2)
    line = by.line * PEN[size] / (k * BROAD)
    lay(canvas, plain.ops, lambda brush: _pen(brush, line))
    return Recorded(recorder.finishRecordingAsPicture(), wide * plain.broad, high * plain.tall)


@lru_cache(1024)
def _plain(kind: str, hue: str, colours: str, by: Way) -> Plain:
    own = palette(colours)
    lots = Stream(f"seedling/{kind}/{by.lots}")
    painted = _painted(lots.sub("paint"), own, hue, kind)
    form = lots.pick(FORMS.get(kind, ("",)))
    figure = kinds()[kind].build(lots.sub("build"), painted, form)
    ink = mix(own.ink, lighter(painted.colour, -0.2), by.coloured)
    manner = Manner(own, ink, line=BROAD / SHEET, wobble=0.0)
    t = lots.uniform()
    if kind not in SPREAD:
        return _pose(figure, kind, manner, t)
    poses = [_pose(figure, kind, manner, (t + k / 12) % 1) for k in range(4)]
    return max(poses, key=lambda pose: pose.broad * pose.tall)


def _pose(figure: Figure, kind: str, manner: Manner, t: float) -> Plain:
    drawing = Drawing(kind, manner)
    figure(drawing, Moment(t))
    simplify(drawing)
    flat = flattened(drawing, SHEET)
    (left, top), (right, bottom) = flat.reach.min(0).tolist(), flat.reach.max(0).tolist()
    return Plain(flat.ops, (left, top), (right, bottom))


def _painted(stream: Stream, own: Palette, hue: str, kind: str) -> Paint:
    """The colours of a subject: whatever can have its hue has it, or it lighter or darker."""
    base = to_rgb(TONES[hue])
    pale, deep = mix(base, own.light, 0.5), lighter(base, -0.14)
    made = paint(stream, own, TONES[hue], "plain", own.low, kind)
    made = made.evolve(colour=base, shadow=deep, second=pale, accent=pale, pattern=deep)
    if kind != "tree":
        return made
    return made.evolve(leaf=base, leaf_dark=deep, leaf_light=mix(base, own.light, 0.3))


def simplify(drawing: Drawing) -> None:
    """Leaves fine strokes out, and what is hardly seen."""
    kept: list[Mark] = []
    for mark in drawing.marks:
        if isinstance(mark, Group):
            simplify(mark.drawing)
        fine = isinstance(mark, Stroke) and mark.width < FINE
        if not fine and getattr(mark, "alpha", 255) >= FAINT:
            kept.append(mark)
    drawing.marks = kept


def _pen(brush: skia.Paint | None, line: float) -> skia.Paint | None:
    if brush is None or brush.getStyle() == skia.Paint.kFill_Style:
        return brush
    wider = skia.Paint(brush)
    wider.setStrokeWidth(brush.getStrokeWidth() * line)
    return wider
