"""What hand draws a scene, and in which colours: those that were named, a person's own, or what a hand likes best.

Knows hands and palettes by name; no words.
"""

from uncaged.engines.ink.colour import PALETTES
from uncaged.engines.ink.hands import hand
from uncaged.engines.ink.own import Own
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.words.said import Said


def liked(said: Said) -> str:
    """The palette that the hand likes, where none was named; "" = any."""
    if said.own_hand is not None:
        made, name = said.own_hand
        palette = made.hands[name].palette or hand(made.hands[name].base).palette
        return palette if palette in PALETTES else ""
    return hand(said.hand).palette if said.hand else ""


def dressed(scene: Scene, said: Said) -> Scene:
    """The scene with a person's own hand and palette on it."""
    if said.own_hand is not None:
        made, name = said.own_hand
        scene = _coloured(made.hands[name].on(scene), made, made.hands[name].palette, said)
    if said.own_palette is not None:
        made, name = said.own_palette
        scene = made.palettes[name].on(scene)
    return scene


def _coloured(scene: Scene, made: Own, palette: str, said: Said) -> Scene:
    """In the colours of the hand's own palette, unless another was named."""
    if said.palette or palette not in made.palettes:
        return scene
    return made.palettes[palette].on(scene)
