"""How one subject is told: what it does, how it looks, how it stands to others. Knows no lexicon."""

from collections.abc import Collection
from typing import Final

from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.scene import Scene, Subject

DOING: Final = {
    "still": "", "drift-left": "drifting left", "drift-right": "drifting right", "fly": "flying", "swim": "swimming",
    "walk": "walking", "dance": "dancing", "rise": "rising", "sink": "sinking", "fall": "falling", "grow": "growing",
    "unfold": "unfolding", "shrink": "shrinking", "sway": "swaying", "spin": "turning", "bounce": "bouncing",
    "pulse": "pulsing", "melt": "melting", "draw": "drawn before your eyes", "run": "running", "hop": "hopping",
    "crawl": "crawling", "glide": "gliding", "enter": "coming in", "leave": "going out", "roll": "rolling",
    "flow": "flowing", "burn": "burning",
}  # fmt: skip
"""What a subject does, behind its noun."""

POSTURES: Final = {
    "stand": "",
    "sit": "sitting",
    "lie": "lying",
    "sleep": "asleep",
    "kneel": "kneeling",
}

GESTURES: Final = {
    "give": "holding out a hand", "touch": "reaching out", "point": "pointing", "wave": "waving",
    "cheer": "arms raised", "look": "looking", "eat": "eating", "read": "reading", "play": "playing",
    "work": "at work", "throw": "throwing", "hide": "hiding its face", "hug": "arms open",
}  # fmt: skip
"""What arms and heads do; holding and carrying are told of what is held."""

RELATIONS: Final = {
    "front": "in front of", "held": "held by", "carried": "carried by", "of": "made of", "touching": "touching",
    "pushing": "pushing", "pulling": "pulling",
}  # fmt: skip
"""Relations that are not called what they are in the scene."""


CRAWLER: Final = 0.1
"""Metres: what goes without legs and is less high than this crawls; all else that does so drives."""

AFLOAT: Final = {"swim": "sailing", "walk": "sailing", "run": "sailing fast"}
ON_WHEELS: Final = {"walk": "driving", "run": "driving fast"}
ON_ITS_BELLY: Final = {"walk": "crawling", "run": "crawling fast"}
"""How things go that have no legs, instead of `DOING`."""


def as_asked(scene: Scene, filled: Collection[str], coloured: Collection[str]) -> Scene:
    """The scene without the patterns and colours that came by lot: what is told is what was asked for.

    filled, coloured: names of the subjects whose pattern, whose colour was said.
    """
    told = tuple(
        subject.evolve(
            fill=subject.fill if subject.name in filled else "plain",
            hue=subject.hue if subject.name in coloured else None,
        )
        for subject in scene.subjects
    )
    after = None if scene.then is None else as_asked(scene.then, filled, coloured)
    return scene.evolve(subjects=told, then=after)


def _going(kind: Kind, motion: str) -> str:
    """How it goes, as a word: who has a body walks, a boat sails, what has wheels or runners drives."""
    plain = DOING.get(motion, "")
    if kind.postures:
        return plain
    if kind.domain == "water":
        return AFLOAT.get(motion, plain)
    if kind.gait <= 0:
        return plain
    return (ON_ITS_BELLY if kind.metres < CRAWLER else ON_WHEELS).get(motion, plain)


def doing(subject: Subject) -> list[str]:
    """Motion, posture, gesture and mood, as words behind the noun."""
    motion = _going(kinds()[subject.kind], subject.motion)
    words = [motion, POSTURES.get(subject.posture, ""), GESTURES.get(subject.gesture, "")]
    if subject.material != "none":
        words.insert(0, f"made of {subject.material}")
    return [word for word in (*words, mood(subject)) if word]


def mood(subject: Subject) -> str:
    """What the face says, where it says something."""
    if subject.joy >= 0.35:
        return "glad"
    if subject.joy <= -0.35:
        if subject.stir >= 0.9:
            return "afraid"
        return "angry" if subject.stir >= 0.5 else "sad"
    if subject.stir >= 0.5:
        return "startled"
    return "sleepy" if subject.stir <= -0.5 else ""
