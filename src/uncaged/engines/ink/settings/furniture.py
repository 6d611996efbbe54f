"""What stands and hangs in a room: pictures, shelves, a lamp, a table, a chair, a plant in a pot. Knows no walls."""

from dataclasses import dataclass

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import Tube, blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.settings import Ground
from uncaged.engines.ink.settings.layout import MARGIN, tall
from uncaged.engines.ink.settings.sheets import prop, sheet


@dataclass(frozen=True, slots=True)
class Room:
    """The room's measures and colours. floor: y where the wall ends. deep: how deep the floor is, 1 in a square frame.

    bays: x of the wall's places, each for a window, a picture or a shelf. frame: colour of frames.
    """

    ground: Ground
    floor: float
    deep: float
    wall: Colour
    boards: Colour
    frame: Colour
    wood: Colour
    bays: tuple[float, ...]

    def cloth(self, role: str) -> Colour:
        """A palette's accent as curtains, covers and rugs wear it; on paper they stay pale for the subject's sake."""
        p = self.ground.palette
        return mix(p.light, mix(p.far, p.role(role), 0.12), 0.75) if p.paper else p.role(role)


def box(x0: float, y0: float, x1: float, y1: float) -> Array:
    """A rectangle."""
    return points((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def picture(room: Room, on: Drawing, stream: Stream, middle: float) -> None:
    """A framed picture: one closed form."""
    p, size = room.ground.palette, tall(room.ground)
    w, h = 0.16 * size, 0.19 * size
    x, y = middle - w / 2, room.floor - 0.52 * (0.4 + 0.6 * size)
    frame = points((x, y), (x + w, y - 0.01), (x + w + 0.005, y + h), (x + 0.005, y + h + 0.005))
    on.form(frame, p.near if p.negative else p.light, line=0.8, shade=0.4)
    form = blob(stream, middle, y + h / 2, 0.045 * size, 0.06 * size, 7, 0.25, 4)
    on.form(form, p.role(stream.pick("cab")), line=0.5, shade=0.8)


def shelf(room: Room, on: Drawing, stream: Stream, middle: float) -> None:
    """A board with books."""
    p, y = room.ground.palette, room.floor - 0.34 * (0.4 + 0.6 * tall(room.ground))
    x = middle - 0.15
    for _ in range(stream.integer(6, 9)):
        w, h = stream.uniform(0.014, 0.028), stream.uniform(0.07, 0.12)
        lean = stream.uniform(-0.004, 0.008)
        book = points((x, y), (x + lean, y - h), (x + w + lean, y - h), (x + w, y))
        on.form(book, p.role(stream.pick(["a", "b", "c", "near", "light"])), line=0.5, shade=0.5)
        x += w + stream.uniform(0.001, 0.006)
    board = box(middle - 0.17, y, middle + 0.17, y + 0.018)
    on.form(board, room.frame if p.paper else room.wood, line=0.7, shade=0.5)


def lamp(room: Room, x: float) -> None:
    """A lamp hangs in from above."""
    on = sheet(room.ground, "lamp", 0.9, room.wall, 0.4, 0.7)
    p, y = room.ground.palette, 0.07 * room.ground.height
    on.stroke(points((x, -MARGIN - 0.05), (x + 0.003, y)), 0.8, taper=(0.02, 0.02))
    hood = [(x - 0.02, y), (x - 0.085, y + 0.08), (x + 0.085, y + 0.08), (x + 0.02, y)]
    on.form(smooth(hood, False, 3), room.cloth("b"), line=0.8, shade=0.7)
    on.form(circle(x, y + 0.085, 0.022, count=16), p.light, line=0.5, shade=0)


def furnish(room: Room, stream: Stream, left: bool) -> None:
    """A table with fruit, or a chair, or neither; both in a wide room."""
    ground, lot = room.ground, stream.uniform()
    on = sheet(ground, "furniture", 1.0, room.wall, 0.1, 0.82)
    x = 0.2 if left else ground.width - 0.22
    if lot < 0.4:
        _table(room, on, x)
    elif lot < 0.75:
        _chair(room, on, x)
    if ground.width > 1.5:
        x = ground.width - x
        x += 0.17 if x < ground.width / 2 else -0.17
        (_chair if lot < 0.4 else _table)(room, on, x)


def _table(room: Room, on: Drawing, x: float) -> None:
    """A small table with a bowl of fruit."""
    p, y = room.ground.palette, room.floor
    wood = mix(p.light, p.far, 0.6) if p.paper else room.wood
    for k in (-0.08, 0.08):
        leg = Tube([(x + k, y - 0.02), (x + k * 1.2, y + 0.12)], [0.012, 0.008], count=6)
        on.form(leg.outline(), wood, line=0.7, shade=0.3)
    top = points(
        (x - 0.12, y - 0.05), (x + 0.12, y - 0.055), (x + 0.125, y - 0.025), (x - 0.125, y - 0.02)
    )
    on.form(top, wood, line=0.8, shade=0.6)
    for k, role in ((-0.03, "a"), (0.03, "b"), (0.0, "c")):
        fruit = circle(x + k, y - 0.095 - (0.02 if k == 0 else 0), 0.026, count=16)
        on.form(fruit, p.role(role), line=0.6)
    bowl = [
        (x - 0.075, y - 0.09),
        (x - 0.045, y - 0.052),
        (x + 0.045, y - 0.054),
        (x + 0.075, y - 0.09),
    ]
    on.form(smooth(bowl, False, 4), room.frame, line=0.7, shade=0.9)


def _chair(room: Room, on: Drawing, x: float) -> None:
    """A chair with a striped back."""
    p, y = room.ground.palette, room.floor
    wood = mix(p.light, p.far, 0.6) if p.paper else room.wood
    for k, foot in ((-0.06, 0.15), (0.095, 0.14), (0.06, 0.1)):
        on.stroke(
            points((x + k, y + 0.03), (x + k * 1.1, y + foot)), 2.0, p.ink if p.paper else wood
        )
    back = points((x - 0.07, y - 0.2), (x + 0.05, y - 0.21), (x + 0.06, y), (x - 0.06, y + 0.01))
    on.form(back, room.cloth("c"), line=0.8, shade=0.7, fill="striped")
    seat = points((x - 0.08, y), (x + 0.07, y - 0.01), (x + 0.1, y + 0.035), (x - 0.06, y + 0.045))
    on.form(seat, wood, line=0.8, shade=0.4)


def pot(room: Room, stream: Stream, left: bool) -> None:
    """A plant in a pot at the edge."""
    ground, p = room.ground, room.ground.palette
    on = sheet(ground, "pot", 1.0, p.mid, 0.1, 0.82)
    x, y = (0.07 if left else ground.width - 0.07), room.floor
    kind = stream.pick(["fern", "flower", "cactus"])
    prop(ground, on, kind, "plant", x, y + 0.04, 0.34, tone=p.mid, share=0.1, line=0.82)
    pot = [
        (x - 0.065, y + 0.02),
        (x + 0.065, y + 0.02),
        (x + 0.045, y + 0.13),
        (x - 0.045, y + 0.13),
    ]
    on.form(smooth(pot, True, 2), room.cloth("b"), fill="striped")
