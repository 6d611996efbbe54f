"""Eyes that look, blink, widen and sleep: how an animal shows that somebody is in. Knows no heads.

An eye has the same marks at every moment, so that a film does not flicker when it blinks.
"""

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import bezier
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import clamp
from uncaged.engines.ink.paint import Paint

BLINKS = 0.4
"""How often a second an eye shuts, and the share of that time it is shut."""
SHUT = 0.06


def asleep(moment: Moment) -> bool:
    """Whether the eyes are closed for longer."""
    return moment.posture == "sleep"


def eye(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    x: float,
    y: float,
    radius: float,
    lid: Colour,
    ahead: float = 0.2,
    white: Colour | None = None,
) -> None:
    """A round eye at (x, y), radius in heights.

    lid: the colour of the skin that covers it. ahead: how far the pupil looks forward at rest, in radii. white: of the
    disc, the lightest colour where none is named.
    """
    look_x, look_y = moment.look
    seeks = 0.35 if look_x or look_y else 0.0
    open_ = 0.0 if asleep(moment) or (moment.turn(BLINKS) + 0.3) % 1 < SHUT else 1.0
    wide = radius * (1 + 0.16 * clamp(moment.stir, -0.5, 1.5))
    px = x + wide * (seeks * clamp(look_x, -1, 1) if seeks else ahead)
    py = y + wide * seeks * clamp(look_y, -1, 1)
    drawing.dot(x, y, wide, white or paint.white)
    drawing.dot(px, py, wide * 0.62 * open_, pupil(paint))
    drawing.dot(px + wide * 0.2, py - wide * 0.24, wide * 0.2 * open_, paint.white)
    shut = clamp(-moment.stir) * 0.6 if open_ else 1.0
    drawing.dot(x, y - wide * 0.1 * open_, wide * (1.1 if shut > 0.5 else 0.0), lid)
    brow = wide * 0.35
    lash = bezier((x - wide, y + brow * 0.2), (x, y + brow * 2.2), (x + wide, y + brow * 0.2), 7)
    drawing.line(lash, radius * 0.4, pupil(paint), 255 if shut > 0.5 else 0)


def bead(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    x: float,
    y: float,
    radius: float,
) -> None:
    """A dark bead with a glint; asleep it is a line."""
    open_ = 0.0 if asleep(moment) or (moment.turn(BLINKS) + 0.3) % 1 < SHUT else 1.0
    wide = radius * (1 + 0.2 * clamp(moment.stir, -0.5, 1.5))
    drawing.dot(x, y, wide * open_, pupil(paint))
    drawing.dot(x + wide * 0.3, y - wide * 0.35, wide * 0.3 * open_, paint.white)
    lash = bezier((x - wide, y), (x, y + wide * 0.8), (x + wide, y), 7)
    drawing.line(lash, radius * 0.5, pupil(paint), 0 if open_ else 255)
