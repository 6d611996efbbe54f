"""Deeds: what is done to somebody or something else, and how both then stand to each other. Knows no sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Act:
    """What a verb does to the one who does it, and how that one and the other then stand to each other.

    gesture, posture, motion: the doer's. relation: doer to other; back: other to doer, where the doer can hold it.
    joy, stir: what the doer's face says. sounded: the deed that it is with an instrument.
    """

    gesture: str = ""
    posture: str = ""
    motion: str = ""
    relation: str = "facing"
    back: str = ""
    joy: float = 0.0
    stir: float = 0.0
    sounded: str = ""


ACTS: Final[Mapping[str, Act]] = {
    "hold": Act("hold", back="held", relation="touching"),
    "carry": Act("carry", back="carried", relation="touching"),
    "give": Act("give", back="held"),
    "touch": Act("touch", relation="touching"),
    "point": Act("point"),
    "look": Act("look"),
    "watch": Act("look"),
    "meet": Act("give", joy=0.4),
    "eat": Act("eat", back="held"),
    "drink": Act("eat", back="held"),
    "read": Act("read", back="held"),
    "play": Act("play", back="held", relation="touching"),
    "work": Act("work", relation="touching"),
    "build": Act("work", relation="touching"),
    "paint": Act("work"),
    "throw": Act("throw", back="held"),
    "catch": Act("cheer"),
    "hug": Act("hug", relation="touching", joy=0.6),
    "kiss": Act("touch", relation="touching", joy=0.7),
    "feed": Act("give"),
    "ride": Act(posture="sit", relation="on"),
    "cross": Act(motion="walk", relation="on"),
    "climb": Act(motion="rise", relation="on"),
    "sound": Act("touch", relation="touching", sounded="play"),
    "push": Act("touch", motion="walk", relation="pushing"),
    "pull": Act("give", motion="walk", relation="pulling"),
    "lead": Act("give", motion="walk", relation="pulling"),
    "chase": Act(motion="run", relation="following", stir=0.5),
    "hunt": Act("point", motion="run", relation="following"),
    "follow": Act(motion="walk", relation="following"),
    "open": Act("touch", relation="touching"),
    "fight": Act("cheer", relation="touching", joy=-0.6, stir=0.7),
}
"""What deeds do, by the names of the lexicon's table `acts`."""
