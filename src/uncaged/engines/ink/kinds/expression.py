"""What a face says, as numbers: from the moment's joy and stir, shared by small heads and large ones. Draws nothing."""

from dataclasses import dataclass

from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import clamp, over


@dataclass(frozen=True, slots=True)
class Mood:
    """smile: −1 corners down … 1 up. open: of the mouth, 0 … 1. lid: of the eyes, 0.1 shut … 1.

    wide: 0 … 1, how far they are torn open. brow: −1 low … 1 high. worry: 1 the inner ends up, −1 a frown.
    tear: 0 … 1 on its way down, or −1 for none. glee: eyes shut by a smile.
    """

    smile: float = 0.0
    open: float = 0.0
    lid: float = 1.0
    wide: float = 0.0
    brow: float = 0.0
    worry: float = 0.0
    tear: float = -1.0
    glee: bool = False


def lids(m: Moment, lag: float = 0.37) -> float:
    """How far the eyes are open, 0.1 … 1: a blink of a quarter of a second about every four seconds."""
    blinks = max(1, int(0.25 * m.seconds * m.speed + 0.5))
    away = abs((m.t * blinks + lag) % 1 - 0.5) * m.seconds / blinks
    return 1 - 0.9 * clamp(1 - away / 0.125)


def mood(m: Moment, lag: float = 0.37) -> Mood:
    """The face at a moment. lag: when it blinks. Far past their range joy and stir say no more than at its ends.

    Sad and startled at once is angry: brows that sink to the middle.
    """
    joy, stir = clamp(m.joy, -1.2, 1.2), clamp(m.stir, -1.2, 1.2)
    sad, glad = max(0.0, -joy), max(0.0, joy)
    drowsy, startled = max(0.0, -stir), max(0.0, stir)
    smile = joy
    opened = max(0.75 * over(joy, 0.55, 1.0), 0.9 * over(stir, 0.45, 1.0))
    angry = over(sad, 0.45, 0.75) * over(startled, 0.35, 0.65)
    opened *= 1 - 0.6 * angry
    worry = 0.9 * sad * (1 - 2 * angry) - 0.2 * startled
    brow = 0.9 * startled * (1 - 1.4 * angry) + 0.25 * glad - 0.35 * drowsy - 0.1 * sad
    lid = lids(m, lag) * (1 - 0.6 * drowsy) * (1 - 0.15 * sad)
    match m.gesture:
        case "cheer":
            smile, opened, brow = max(smile, 0.7), max(opened, 0.6), brow + 0.4
        case "eat":
            opened = max(opened, 0.45 * max(0.0, m.cycle(1.5)))
        case "work" | "throw":
            worry -= 0.5
        case "wave" | "hug" | "give":
            smile = max(smile, min(0.4, smile + 0.4))
        case _:
            pass
    if m.posture == "sleep" or stir < -0.85:
        lid, opened, brow = 0.1, 0.0, 0.1
    tear = m.turn(0.75) % 1 if joy < -0.8 else -1.0
    return Mood(
        clamp(smile, -1.1, 1.1),
        opened,
        max(0.1, lid),
        startled * (1 - angry),
        brow,
        worry,
        tear,
        joy > 0.9 and lid > 0.1,
    )
