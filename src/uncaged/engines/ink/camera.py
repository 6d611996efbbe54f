"""The camera: where it looks at a time. Any amount of pan, tilt and zoom is legal; the frame's edge never shows.

Knows the scene's camera only; layers follow it by their depth.
"""

from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.numbers import ease, lerp
from uncaged.engines.ink.scene import Scene

_PAN, _DOWN, _UP, _CLOSER, _ZOOM = 0.13, 0.10, 0.045, 0.12, 0.32


def camera(scene: Scene, t: float, loop: bool = False) -> tuple[float, float, float]:
    """x and y of what it looks at, in shorter sides from the middle of the frame, and its zoom (1 = the whole frame).

    t: 0 … 1 over the film. loop: it comes back, so that the film has no seam.
    """
    view = scene.camera
    if loop:
        t = 1 - abs(2 * t - 1)
        e = ease(t)
    else:
        e = lerp(t, ease(t), 0.7)
    pan, tilt, zoom = (
        soft(view.pan, 1.0, 1.45),
        soft(view.tilt, 1.0, 1.3),
        soft(view.zoom, 1.0, 4.0),
    )
    x = pan * lerp(-_PAN, _PAN, e)
    y = -tilt * lerp(-_DOWN, _UP, e)
    moved = min(1.0, abs(pan) + abs(tilt))
    closer = 1 + _ZOOM * abs(zoom) * (e if zoom > 0 else 1 - e)
    return x, y, closer * (1 + _CLOSER * moved)
