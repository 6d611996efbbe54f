"""The whole way from a scene to its stage under a hand: palette, composition, what hand and dials add or take away.

Knows no words and no pixels. `compose` does not know hands; this does.
"""

from dataclasses import replace

from uncaged.engines.ink.alter.emptiness import emptied
from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.dressing import margin, smudges
from uncaged.engines.ink.flocks import flocked
from uncaged.engines.ink.grounds import grounded
from uncaged.engines.ink.hands import hand
from uncaged.engines.ink.lights import lit
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.settings import Draw, Layer
from uncaged.engines.ink.stage import Film, Placed, Stage


def staged(scene: Scene, film: Film) -> Stage:
    """The stage of a scene as its hand draws it. Any numbers; always the same for the same scene and film."""
    own = hand(scene.hand)
    if own.fills == "dark" and scene.mode == "brush":
        scene = scene.evolve(mode="silhouette")
    stage = compose(scene, film, grounded(palette(scene.palette, scene.colours), own))
    stage = flocked(lit(emptied(stage)))
    placed = stage.placed
    if own.ground == "board":
        at = next((i for i, p in enumerate(placed) if p.depth > 0), len(placed))
        placed = (*placed[:at], _sky("smudges", smudges(scene.seed, film)), *placed[at:])
    if own.edge > 0:
        placed = (*placed, _sky("margin", margin(scene.seed, film, own.edge)))
    return stage if placed is stage.placed else replace(stage, placed=placed)


def _sky(name: str, draw: Draw) -> Placed:
    """A layer that fills the frame and never moves with the camera."""
    return Placed(0.0, Layer(name, 0.0, "sky", draw))
