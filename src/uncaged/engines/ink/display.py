"""The display list: what is to be drawn, in which order, as forms and strokes. Knows no pixels and no canvas.

Coordinates are local: a figure's are in units of its height (y down, ground at y = 0, facing right, light from the
upper left), a setting's in units of the frame's shorter side. Groups place one drawing inside another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.manner import Manner
from uncaged.engines.ink.numbers import Array

Fill: TypeAlias = str
"""plain, hatched, dotted, striped or outlined."""


@dataclass(slots=True)
class Form:
    """A closed form: colour, shade, pattern, then its contour a little beside the colour.

    line: contour width as a factor (0 = none). body: body coordinates for the pattern. light: direction the shadow
    lies in. marks: density of the pattern, larger = fewer.
    """

    points: Array
    colour: Colour
    line: float
    shade: float
    fill: Fill
    body: Tube | None
    colour2: Colour | None
    key: str
    ink: Colour | None
    light: tuple[float, float] | None
    alpha: int
    marks: float


@dataclass(slots=True)
class Union:
    """Several closed forms that read as one: all contours first, then all colours."""

    polygons: list[Array]
    colour: Colour
    line: float
    shade: float
    key: str
    ink: Colour | None


@dataclass(slots=True)
class Multi:
    """Many small closed forms of one colour (leaflets, grass): one path, one fill, one thin contour."""

    polygons: list[Array]
    colour: Colour
    line: float
    key: str


@dataclass(slots=True)
class Stroke:
    """An open line. taper: shares of the length over which it swells at its start and thins at its end."""

    points: Array
    width: float
    colour: Colour | None
    key: str
    taper: tuple[float, float]
    wobble: float
    alpha: int


@dataclass(slots=True)
class Line:
    """A plain even line without the pen's error: rain, threads. width in local units."""

    points: Array
    width: float
    colour: Colour
    alpha: int


@dataclass(slots=True)
class Dot:
    """A disc without contour."""

    x: float
    y: float
    radius: float
    colour: Colour
    alpha: int


@dataclass(slots=True)
class Flat:
    """A closed form of flat colour: no contour, no shade, no offset."""

    points: Array
    colour: Colour
    alpha: int


@dataclass(slots=True)
class Grain:
    """Grain that thickens in direction `light` over a box (x0, y0, x1, y1): 0 on one side, `amount` on the other."""

    box: tuple[float, float, float, float]
    colour: Colour
    light: tuple[float, float]
    amount: float
    alpha: int


@dataclass(slots=True)
class Gradation:
    """A printed gradation over a box, from one colour (above `start`) to another (below `end`), grain between.

    start, end: y in local units.
    """

    box: tuple[float, float, float, float]
    upper: Colour
    lower: Colour
    start: float
    end: float


@dataclass(slots=True)
class Overprint:
    """What two forms share, as a third ink: its colour, a pattern, and the second contour on top."""

    first: Array
    second: Array
    colour: Colour
    fill: Fill
    colour2: Colour
    key: str


@dataclass(slots=True)
class Clip:
    """What follows stays inside this form, or inside it and `more` as one, until `Unclip`."""

    points: Array
    more: list[Array] = field(default_factory=list[Array])


@dataclass(slots=True)
class Unclip:
    """Ends the last `Clip`."""


@dataclass(slots=True)
class Group:
    """A drawing inside a drawing: moved, turned (radians), scaled, and faded (alpha 0 … 255) as one."""

    drawing: "Drawing"
    x: float
    y: float
    scale_x: float
    scale_y: float
    turn: float
    alpha: int


Mark: TypeAlias = (
    Form
    | Union
    | Multi
    | Stroke
    | Line
    | Dot
    | Flat
    | Grain
    | Gradation
    | Overprint
    | Clip
    | Unclip
    | Group
)


class Drawing:
    """A display list being written. Each mark has a name (`key`), so that a growing figure does not jitter.

    key: the drawing's own name. scale: how many shorter sides one local unit is (a figure's height). flip: the figure
    will be mirrored, so light and grain must be too. variant: 0 … 3, which of the pen's four tremors is used.
    """

    __slots__ = ("_count", "flip", "key", "manner", "marks", "scale", "variant")

    def __init__(
        self, key: str, manner: Manner, scale: float = 1.0, flip: bool = False, variant: int = 0
    ) -> None:
        self.key, self.manner, self.scale = key, manner, scale
        self.flip, self.variant = flip, variant
        self.marks: list[Mark] = []
        self._count = 0

    def _name(self, key: str | None) -> str:
        if key is None:
            self._count += 1
            key = str(self._count)
        return f"{self.key}.{key}"

    def form(
        self,
        points: Array,
        colour: Colour,
        *,
        line: float = 1.0,
        shade: float = 1.0,
        fill: Fill = "plain",
        body: Tube | None = None,
        colour2: Colour | None = None,
        key: str | None = None,
        ink: Colour | None = None,
        light: tuple[float, float] | None = None,
        alpha: int = 255,
        marks: float = 1.0,
    ) -> None:
        """A closed form; see `Form`."""
        self.marks.append(
            Form(
                points,
                colour,
                line,
                shade,
                fill,
                body,
                colour2,
                self._name(key),
                ink,
                light,
                alpha,
                marks,
            )
        )

    def union(
        self,
        polygons: Sequence[Array],
        colour: Colour,
        *,
        line: float = 1.0,
        shade: float = 1.0,
        key: str | None = None,
        ink: Colour | None = None,
    ) -> None:
        """Several forms that read as one; see `Union`."""
        self.marks.append(Union(list(polygons), colour, line, shade, self._name(key), ink))

    def multi(
        self,
        polygons: Sequence[Array],
        colour: Colour,
        *,
        line: float = 0.6,
        key: str | None = None,
    ) -> None:
        """Many small forms; see `Multi`."""
        if polygons:
            self.marks.append(Multi(list(polygons), colour, line, self._name(key)))

    def stroke(
        self,
        points: Array,
        width: float = 1.0,
        colour: Colour | None = None,
        *,
        key: str | None = None,
        taper: tuple[float, float] = (0.3, 0.15),
        wobble: float = 1.0,
        alpha: int = 255,
    ) -> None:
        """An open line of `width` × the base width, in ink where no colour is named; see `Stroke`."""
        self.marks.append(Stroke(points, width, colour, self._name(key), taper, wobble, alpha))

    def line(self, points: Array, width: float, colour: Colour, alpha: int = 255) -> None:
        """A plain even line; see `Line`."""
        self.marks.append(Line(points, width, colour, alpha))

    def dot(self, x: float, y: float, radius: float, colour: Colour, alpha: int = 255) -> None:
        """A disc."""
        self.marks.append(Dot(float(x), float(y), float(radius), colour, alpha))

    def flat(self, points: Array, colour: Colour, alpha: int = 255) -> None:
        """A form of flat colour; see `Flat`."""
        self.marks.append(Flat(points, colour, alpha))

    def grain(
        self,
        box: tuple[float, float, float, float],
        colour: Colour,
        light: tuple[float, float],
        amount: float,
        alpha: int = 255,
    ) -> None:
        """Grain over a box, inside the present clip; see `Grain`."""
        self.marks.append(Grain(box, colour, light, amount, alpha))

    def gradation(
        self,
        box: tuple[float, float, float, float],
        upper: Colour,
        lower: Colour,
        start: float,
        end: float,
    ) -> None:
        """A printed gradation; see `Gradation`."""
        self.marks.append(Gradation(box, upper, lower, start, end))

    def overprint(
        self,
        first: Array,
        second: Array,
        colour: Colour,
        colour2: Colour,
        *,
        fill: Fill = "hatched",
        key: str | None = None,
    ) -> None:
        """What two forms share; see `Overprint`."""
        self.marks.append(Overprint(first, second, colour, fill, colour2, self._name(key)))

    def clip(self, points: Array) -> None:
        """What follows stays inside this form, until `unclip`."""
        self.marks.append(Clip(points))

    def stencil(self, polygons: Sequence[Array]) -> None:
        """What follows stays inside these forms as one, until `unclip`. At least one."""
        self.marks.append(Clip(polygons[0], list(polygons[1:])))

    def unclip(self) -> None:
        """Ends the last `clip`."""
        self.marks.append(Unclip())

    def group(
        self,
        drawing: "Drawing",
        x: float,
        y: float,
        scale_x: float,
        scale_y: float,
        turn: float = 0.0,
        alpha: int = 255,
    ) -> None:
        """Another drawing inside this one; see `Group`."""
        self.marks.append(Group(drawing, x, y, scale_x, scale_y, turn, alpha))

    def inside(
        self, key: str, manner: Manner | None = None, scale: float = 1.0, flip: bool = False
    ) -> "Drawing":
        """An empty drawing that will be grouped into this one, with this one's manner unless another is named."""
        return Drawing(f"{self.key}.{key}", manner or self.manner, scale, flip, self.variant)
