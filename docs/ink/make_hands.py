"""Draws the pictures of hands.md anew: python docs/ink/make_hands.py [hands|dials|materials]

hands.jpg      the seven hands, a row each, on five sentences
dials.jpg      the dials of strangeness, a row each: a little, plain, the end of their range, far past it
materials.jpg  what bodies can be made of, a row for each two, and holes
"""

import sys
from dataclasses import fields

from make_sheets import grid, save

from uncaged.core.order import Order, Pixels
from uncaged.engines.ink.engine import reading_of
from uncaged.engines.ink.hands import hands as all_hands
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import AMOUNTS, HANDS, MATERIALS, Dials, Scene, Subject
from uncaged.engines.ink.stage import Film
from uncaged.engines.ink.staging import staged
from uncaged.engines.registry import engine

SENTENCES = (
    "two yellow birds over a blue hill at dusk",
    "a portrait of a woman with a green scarf",
    "an elephant in the jungle",
    "a dancer in a room",
    "a king on a horse before a castle",
)

STRANGE = (
    ("wobble", (2.0, 4.0, 12.0)),
    ("offset", (3.0, 6.0, 20.0)),
    ("proportion", (0.5, 2.0, 5.0)),
    ("density", (0.2, 2.5, 8.0)),
    ("repetition", (0.4, 1.0, 3.0)),
    ("fragments", (0.4, 1.0, 4.0)),
    ("hunger", (0.3, 1.0, 3.0)),
    ("symmetry", (0.6, 1.0, 3.4)),
    ("emptiness", (0.35, 0.6, 1.0)),
    ("memory", (0.4, 1.0, 3.0)),
)
"""A dial, and what it is turned to."""

BODIES = ("dancer", "cat", "horse", "fish", "head", "tree")
PALETTES = ("dawn", "sea", "gold", "night", "candy", "moss")


def scene_of(text: str, seed: int = 1) -> Scene:
    """What a sentence says."""
    score = engine("ink").score(text, seed=seed, seconds=2)
    return reading_of(Order("", 0, score)).scene


def still(scene: Scene, side: int, number: int = 21) -> Pixels:
    """One frame of a film of two seconds."""
    return Picture(staged(scene, Film(side, side, 2.0, 24.0, 48))).frame(number)


def hands() -> None:
    """Every second picture in the palette that the hand likes."""
    pictures: list[Pixels] = []
    for name in HANDS:
        liked = all_hands()[name].palette
        for n, text in enumerate(SENTENCES):
            scene = scene_of(text).evolve(hand=name, scheme="plain")
            if liked and n % 2:
                scene = scene.evolve(palette=liked)
            pictures.append(still(scene, 152))
    save(grid(pictures, len(SENTENCES)), "hands.jpg")


def turned(scene: Scene, name: str, value: float) -> Scene:
    """The scene with one dial at a value."""
    if name == "memory":
        return scene.evolve(echo=value)
    plain = {field.name: 0.0 if field.name in AMOUNTS else 1.0 for field in fields(Dials)}
    return scene.evolve(dials=Dials(**(plain | {name: value})))


def dials() -> None:
    """Two dials to a row."""
    portrait, dancer = (scene_of(SENTENCES[k]).evolve(scheme="plain") for k in (1, 3))
    pictures = [
        still(turned((portrait, dancer)[k % 2], name, value), 158, 26)
        for k, (name, values) in enumerate(STRANGE)
        for value in values
    ]
    save(grid(pictures, 6), "dials.jpg")


def materials() -> None:
    """Six bodies to a row; at last holes."""
    pictures = [
        _body(kind, n, material)
        for material in MATERIALS
        if material != "none"
        for n, kind in enumerate(BODIES)
    ]
    pictures += [_body(kind, n, "none", -1.0, "hills") for n, kind in enumerate(BODIES)]
    save(grid(pictures, 2 * len(BODIES)), "materials.jpg")


def _body(kind: str, n: int, material: str, count: float = 1.0, place: str = "paper") -> Pixels:
    own = kinds()[kind]
    motion = "still" if own.motion == "grow" else own.motion
    subject = Subject("s1", kind, n + 2, material=material, motion=motion, count=count)
    setting = "undersea" if kind == "fish" else place
    return still(Scene((subject,), setting, PALETTES[n], n, disc=1.0), 104, 13)


SHEETS = {"hands": hands, "dials": dials, "materials": materials}

if __name__ == "__main__":
    for name in sys.argv[1:] or SHEETS:
        SHEETS[name]()
