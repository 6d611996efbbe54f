"""Eyes, as birds, fish and creatures have them: a white disc, a pupil, a glint. Knows no faces."""

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.paint import Paint


def pupil(paint: Paint) -> Colour:
    """The darkest colour an eye can have here: in the negative the ink is light and would vanish in the white."""
    return paint.palette.deep if paint.palette.negative else paint.ink


def round_eye(
    drawing: Drawing, paint: Paint, x: float, y: float, radius: float, ahead: float
) -> None:
    """A staring eye at (x, y); ahead: how far the pupil is moved towards where it looks. Lengths in heights."""
    drawing.dot(x, y, radius, paint.white)
    drawing.dot(x + ahead, y, radius * 0.64, pupil(paint))
    if radius > 0.02:
        drawing.dot(x + ahead + radius * 0.2, y - radius * 0.24, radius * 0.2, paint.white)


def bead_eye(drawing: Drawing, paint: Paint, x: float, y: float, radius: float) -> None:
    """A dark bead with a glint: the eye of a horse, a dog, a deer."""
    drawing.dot(x, y, radius, pupil(paint))
    drawing.dot(x + radius * 0.3, y - radius * 0.35, radius * 0.3, paint.white)
