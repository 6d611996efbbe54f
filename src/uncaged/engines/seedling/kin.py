"""What `ink` has names for, and Seedling draws as the nearest thing it has learnt. Tables; frozen names of both.

What stands in none of them (a piano) Seedling has nothing near enough for: its word becomes a way of drawing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _turned(table: dict[str, str]) -> MappingProxyType[str, str]:
    """Near name → far names becomes far name → near name."""
    return MappingProxyType({far: near for near, all_of in table.items() for far in all_of.split()})


KIN: Final = _turned(
    {
        "bird": "eagle hummingbird owl parrot peacock penguin toucan vulture hen heron flamingo pelican rooster stork "
        "turkey ostrich swan duck goose chick bat aeroplane airship helicopter kite feather dragon",
        "fish": "dolphin orca shark seahorse ray whale seal walrus",
        "tree": "vine palm bush cactus bamboo stump branch fern seaweed coral leaf broom",
        "flower": "grass wheat maize star snowflake firework windmill gear wheel",
        "person": "dancer creature head puppet statue ape monkey snowman skull teddy doll torso hand foot",
        "house": "barn tower church temple tent skyscraper factory ruin pyramid cage box door gate shelf cupboard "
        "draw-well lamppost derrick pylon lantern refrigerator television radio stove",
        "snake": "worm caterpillar centipede crocodile lizard rope chain scarf road train",
        "sun": "moon planet galaxy ball balloon orange lemon coin clock ufo lamp bulb fire explosion fried-egg plate "
        "dice spiral",
        "cat": "fox dog leopard lion tiger wolf rabbit mouse squirrel raccoon hedgehog badger beaver otter kangaroo",
        "butterfly": "bee dragonfly fly firefly ladybird mosquito wasp beetle fan necktie",
        "boat": "submarine car bus truck tram tractor sledge motorcycle bicycle cart rocket bathtub cannon pram",
        "mushroom": "umbrella jellyfish acorn air-balloon bell hat cake ice-cream",
        "heart": "apple pear strawberry cherry tomato radish mouth pepper onion grapes",
        "elephant": "bear bull cow donkey horse camel dinosaur hippopotamus rhinoceros giraffe llama zebra deer "
        "unicorn pig goat sheep",
        "crab": "spider scorpion lobster shrimp octopus starfish ant mantis grasshopper web",
        "snail": "shell turtle tortoise frog",
    }
)
"""A kind of `ink` → the kind of the grammar that looks most like it."""

GROUNDS: Final = _turned(
    {
        "hills": "hill mountain volcano field island cliff fence bridge dune heap soil",
        "water": "wave river waterfall iceberg fountain",
        "sky": "cloud rainbow lightning tornado gust fog-bank smoke",
        "room": "cave window wall stairs fireplace carpet curtain",
    }
)
"""A kind of `ink` that is rather a place → the setting it is here."""

SETTING_KIN: Final = _turned(
    {
        "hills": "garden meadow village forest jungle desert beach",
        "water": "undersea river swamp harbour",
        "sky": "space",
        "room": "kitchen library stage cave",
    }
)

PALETTE_KIN: Final = _turned(
    {"night": "violet", "dawn": "gold rust desert", "sea": "moss", "ink-on-paper": "ash"}
)

EITHER_WAY: Final = "drifts"
"""To the left or to the right, by lot, where the words do not say."""

MOTION_KIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "still": "still",
        "drift-left": "drifts-left",
        "drift-right": "drifts-right",
        "drift": EITHER_WAY,
        "fly": EITHER_WAY,
        "swim": EITHER_WAY,
        "walk": EITHER_WAY,
        "run": EITHER_WAY,
        "crawl": EITHER_WAY,
        "glide": EITHER_WAY,
        "enter": EITHER_WAY,
        "leave": EITHER_WAY,
        "flow": EITHER_WAY,
        "dance": "sways",
        "rise": "rises",
        "sink": "sinks",
        "fall": "sinks",
        "melt": "sinks",
        "grow": "grows",
        "unfold": "grows",
        "draw": "grows",
        "shrink": "shrinks",
        "sway": "sways",
        "spin": "spins",
        "roll": "spins",
        "bounce": "bounces",
        "hop": "bounces",
        "pulse": "pulses",
        "burn": "pulses",
    }
)
"""A motion of `ink` → what is nearest to it here."""

PLAIN_MOTIONS: Final = frozenset(
    {
        "still",
        "drift-left",
        "drift-right",
        "drift",
        "rise",
        "sink",
        "grow",
        "shrink",
        "sway",
        "spin",
    }
    | {"bounce", "pulse"}
)
"""Those that are the same thing here, and not only near to it."""

RELATION_KIN: Final = MappingProxyType(
    {"over": "above", "on": "above", "under": "below", "behind": "behind", "front": "behind"}
    | dict.fromkeys(
        "beside between facing following held carried touching pushing pulling around in".split(),
        "beside",
    )
)
"""How one thing stands to another. In front of: the second is behind the first."""

_SAYINGS: Final = {
    "motion.circles": (
        "goes round in circles", "goes around in circles", "goes round in a circle", "goes around in a circle",
        "round in circles", "around in circles", "in circles", "in a circle", "round and round", "circles around",
        "circles", "circling", "orbits", "geht im kreis", "im kreis", "im kreise", "kreist", "kreisen", "kreisend",
        "da vueltas en circulo", "en circulos", "en circulo", "orbita",
        "tourne en rond", "en rond", "en cercle", "en cercles", "en orbite",
    ),
    "motion.still": ("no se mueve", "no se mueven", "ne bouge pas", "ne bougent pas"),
    "motion.shrinks": ("se encoge", "se encogen"),
    "motion.drifts-left": (
        "drifts to the left", "drift to the left", "drifting to the left", "treibt nach links", "treiben nach links",
        "driftet nach links", "driften nach links", "flota hacia la izquierda", "flotan hacia la izquierda",
        "derive vers la gauche", "derivent vers la gauche",
    ),
    "motion.drifts-right": (
        "drifts to the right", "drift to the right", "drifting to the right", "treibt nach rechts",
        "treiben nach rechts", "driftet nach rechts", "driften nach rechts", "flota hacia la derecha",
        "flotan hacia la derecha", "derive vers la droite", "derivent vers la droite",
    ),
    "place.centre": (
        "in the middle", "in the centre", "in the center", "in der mitte", "en el centro", "en el medio", "au centre",
        "au milieu",
    ),
    "camera.pan-left": (
        "the camera pans to the left", "die kamera schwenkt nach links", "la camara gira hacia la izquierda",
        "la camera tourne vers la gauche",
    ),
    "camera.pan-right": (
        "the camera pans to the right", "die kamera schwenkt nach rechts", "la camara gira hacia la derecha",
        "la camera tourne vers la droite",
    ),
    "camera.zoom-in": (
        "the camera comes closer", "die kamera kommt naher", "la camara se acerca", "la camera se rapproche",
    ),
    "camera.zoom-out": (
        "the camera draws back", "die kamera entfernt sich", "la camara se aleja", "la camera s eloigne",
    ),
}  # fmt: skip
SAYINGS: Final[Mapping[tuple[str, ...], str]] = MappingProxyType(
    {tuple(phrase.split()): label for label, all_of in _SAYINGS.items() for phrase in all_of}
)
"""Folded words that say one thing together, which `ink` hears otherwise or not at all. The longest that fits counts."""

OF_SOMETHING: Final = frozenset("of von vom der des dem de del du d".split())
"""What follows a place that is not one of the picture: in the middle of the sea."""

_WAYS: Final = (
    ("left", "left leftwards leftward links linkswaerts linkswarts gauche izquierda"),
    ("right", "right rightwards rightward rechts rechtswarts droite derecha"),
    ("up", "up upwards upward hoch hinauf herauf empor aufwarts oben haut arriba"),
    ("down", "down downwards downward hinunter herunter hinab abwarts unten bas abajo"),
)
WAYS_TO: Final[Mapping[str, str]] = MappingProxyType(
    {word: to for to, words in _WAYS for word in words.split()}
)
"""Folded words that say which way, where `ink` heard nothing in them."""

GOING: Final = MappingProxyType(
    {"left": "drifts-left", "right": "drifts-right", "up": "rises", "down": "sinks"}
)
"""What something does that goes this way."""

STANDING: Final = MappingProxyType(
    {"left": "left", "right": "right", "up": "top", "down": "bottom"}
)
"""Where something is that goes nowhere."""
