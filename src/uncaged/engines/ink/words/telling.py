"""How one subject is told: what it does, how it looks, how it stands to others. Knows no lexicon."""

from typing import Final

from uncaged.engines.ink.scene import Subject

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


def doing(subject: Subject) -> list[str]:
    """Motion, posture, gesture and mood, as words behind the noun."""
    motion = DOING.get(subject.motion, "")
    if (subject.kind, subject.motion) == ("boat", "swim"):
        motion = "sailing"
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
