"""The picture: a stage becomes frames. Layers, camera, shadows, echoes, paper. Knows no subjects and no words.

Drawings are made at so many poses a second, places move on every frame. A frame never depends on those asked for
before: what is kept is kept for speed alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.engines.ink.appearance import (
    Showing,
    camera_place,
    echoes,
    layer_drawing,
    looking,
    shadow,
    showing,
    shown_drawing,
    sights,
    wiped,
)
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.grounds import bare
from uncaged.engines.ink.hand import Recorded, record, stamped
from uncaged.engines.ink.hand.canvas import paint
from uncaged.engines.ink.hand.grain import LINEAR, paper, print_on
from uncaged.engines.ink.hand.paths import on_grid, path
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.hands import hand
from uncaged.engines.ink.layers import Baked, bake, view
from uncaged.engines.ink.mirror import folds, mirrored
from uncaged.engines.ink.motion import hold
from uncaged.engines.ink.numbers import Stream, sin
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.sight import Look, Sight
from uncaged.engines.ink.stage import Actor, Placed, Stage

_Seen: TypeAlias = dict[str, list[Sight]]
"""What is seen of each actor in a frame."""


PRINTED = 400
"""Drawings of herds that are kept."""


@dataclass(slots=True)
class _Plate:
    """One entry of the picture, back to front: still layers that became one image, a live layer, or an actor.

    scale: pixels it is drawn with per pixel of the frame, so that a camera that comes close sees no blur.
    kept: drawings of late poses.
    """

    placed: tuple[Placed, ...]
    depth: float
    scale: float
    moves: bool
    baked: Baked | None = None
    kept: dict[tuple[float, Look], Recorded] = field(
        default_factory=dict[tuple[float, Look], Recorded]
    )


class Picture:
    """Frames of one stage. Setting it up bakes the still layers (tens of milliseconds)."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        film = stage.film
        self._moving = stage.scene.camera.moves
        self._buffer = np.zeros((film.height, film.width, 4), np.uint8)
        # Nothing shows through a frame; "unpremultiplied" only makes moved images three times faster.
        self._surface = skia.Surface(
            self._buffer, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType
        )
        self._paper = paper(film.width, film.height, hand(stage.scene.hand).tooth)
        self._plates = [self._plate(run) for run in self._runs()]
        self._base = self._ground()
        self._folds = folds(stage)
        self._printed: dict[tuple[object, ...], Recorded] = {}
        self._most = (
            3 * echoes(stage) if stage.scene.echo else 4 if stage.scene.dials.repetition else 2
        )
        self._last: tuple[object, NDArray[np.uint8]] | None = None
        self._latest: tuple[object, Drawing] | None = None

    # ---- setting up ------------------------------------------------------------------------

    def _runs(self) -> Iterator[tuple[Placed, ...]]:
        """Neighbours that can be one image: still ones, and of one depth where the camera moves."""
        run: list[Placed] = []
        for placed in self.stage.placed:
            if run and not (_is_still(placed) and self._together(run[-1], placed)):
                yield tuple(run)
                run = []
            if _is_still(placed):
                run.append(placed)
            else:
                yield (placed,)
        if run:
            yield tuple(run)

    def _together(self, one: Placed, other: Placed) -> bool:
        if self.stage.drawing:
            return False
        return not self._moving or (one.depth == other.depth and _is_sky(one) == _is_sky(other))

    def _plate(self, run: tuple[Placed, ...]) -> _Plate:
        first = run[0]
        moves = self._moving and not _is_sky(first)
        seen = view(self.stage, first.depth) if moves else None
        plate = _Plate(run, first.depth, seen.scale if seen else 1.0, moves)
        if _is_still(first):
            layers = [p.what for p in run if isinstance(p.what, Layer)]
            plate.baked = bake(self.stage, layers, seen)
        return plate

    def _ground(self) -> NDArray[np.uint8] | None:
        """The first image as plain bytes, where it covers the frame: copying is faster than painting."""
        if self.stage.drawing or not self._plates or self._plates[0].moves:
            return None
        baked = self._plates[0].baked
        if baked is None:
            return None
        self._surface.getCanvas().clear(0)
        baked.show(self._surface.getCanvas())
        covers = bool((self._buffer[..., 3] == 255).all())
        return self._buffer.copy() if covers else None

    # ---- frames ----------------------------------------------------------------------------

    def frame(self, number: int) -> NDArray[np.uint8]:
        """Frame `number` (0 …) as sRGB bytes, (height, width, 3)."""
        seen = {
            plate.placed[0].name: sights(self.stage, plate.placed[0].what, number)
            for plate in self._plates
            if isinstance(plate.placed[0].what, Actor)
        }
        state = self._state(number, seen)
        if self._last is not None and state is not None and self._last[0] == state:
            return self._last[1].copy()
        with self._surface as canvas:
            depth = canvas.save()
            plates = self._plates
            if self._base is not None:
                np.copyto(self._buffer, self._base)
                plates = plates[1:]
            else:
                canvas.drawColor(paint(self._empty()).getColor(), skia.BlendMode.kSrc)
            for plate in plates:
                self._appear(canvas, plate, number, seen)
            canvas.restoreToCount(depth)
        drawn = self._buffer if self._folds is None else mirrored(self._buffer, self._folds)
        done = print_on(self._paper, drawn)
        self._last = (state, done.copy()) if state is not None else None
        return done

    def _state(self, number: int, seen: _Seen) -> object | None:
        """All that a frame depends on: frames of one pose in which nothing travels are the same frame."""
        stage = self.stage
        if stage.drawing:
            return None
        cameras = [camera_place(stage, p.depth, number) for p in self._plates if p.moves]
        held = [
            (hold(stage.film, sight.frame), sight.place, sight.at, sight.alpha)
            for found in seen.values()
            for sight in found
        ]
        return hold(stage.film, number), cameras, held

    def _empty(self) -> tuple[int, int, int]:
        """Bare paper, before anything is on it."""
        return bare(self.stage.palette)

    def _appear(self, canvas: skia.Canvas, plate: _Plate, number: int, seen: _Seen) -> None:
        """Shows a plate; in a picture that draws itself, a layer is brushed in through a ragged edge."""
        what = plate.placed[0].what
        if isinstance(what, Actor):
            self._actor(canvas, plate, what, number, seen[what.key])
            return
        share, order = wiped(self.stage, what, number)
        if share <= 0:
            return
        canvas.save()
        if share < 1:
            self._wipe(canvas, share, order)
        self._layer(canvas, plate, number)
        canvas.restore()

    def _wipe(self, canvas: skia.Canvas, share: float, order: int) -> None:
        y = np.linspace(-0.05, 1.05, 24)
        stream = Stream(f"wipe{order}")
        x = -0.15 + 1.3 * share - 0.12 * (y - 0.5)
        for reach, waves in ((0.05, 17), (0.03, 41)):
            x = x + reach * sin(y * waves + stream.uniform(0, 6))
        p = np.concatenate([np.stack([x, y], 1), np.array([[-0.3, 1.05], [-0.3, -0.05]])])
        if order % 2 == 0:
            p[:, 0] = 1 - p[:, 0]
        film = self.stage.film
        edge = on_grid(p * np.array([film.width, film.height]))
        canvas.clipPath(path([edge]), skia.ClipOp.kIntersect, True)

    def _layer(self, canvas: skia.Canvas, plate: _Plate, number: int) -> None:
        camera = camera_place(self.stage, plate.depth, number) if plate.moves else None
        if _is_still(plate.placed[0]):
            if plate.baked is not None:
                plate.baked.show(canvas, camera)
            return
        canvas.save()
        if camera is not None:
            _concat(canvas, camera)
        _lay(canvas, self._drawn(plate, number), Place(), plate.scale)
        canvas.restore()

    # ---- drawings --------------------------------------------------------------------------

    def _drawn(self, plate: _Plate, number: int, look: Look = "own") -> Recorded:
        """The drawing of a live layer or an actor at the pose of this frame, recorded once."""
        t = (hold(self.stage.film, number), look)
        kept = plate.kept.get(t)
        if kept is None:
            what = plate.placed[0].what
            pixels = self.stage.film.side * plate.scale
            if isinstance(what, Actor):
                kept = self._body(what, number, look, pixels)
            else:
                kept = record(layer_drawing(self.stage, what, number), pixels)
            while len(plate.kept) >= self._most:
                del plate.kept[next(iter(plate.kept))]
            plate.kept[t] = kept
        return kept

    def _body(self, actor: Actor, number: int, look: Look, pixels: float) -> Recorded:
        """The drawing of a body. What a herd prints from one block is recorded once for all of it."""
        stage = self.stage
        shown = showing(stage, actor, number)
        faded = bool(stage.scene.echo) or actor.domain == "water"
        if actor.block is None:
            return record(self._drawing(shown, look), pixels, shown.reveal, boxed=faded)
        key = (shown.key, look, pixels, shown.reveal)
        found = self._printed.get(key)
        if found is None:
            drawing = self._drawing(shown, look)
            if actor.slow:
                found = stamped(drawing, pixels, shown.reveal)
            else:
                found = record(drawing, pixels, shown.reveal, boxed=faded)
            while len(self._printed) >= PRINTED:
                del self._printed[next(iter(self._printed))]
            self._printed[key] = found
        return found

    def _drawing(self, shown: Showing, look: Look) -> Drawing:
        """A body's drawing; its copies, which come one after the other, change the colours of the same one."""
        if self._latest is None or self._latest[0] != shown.key:
            self._latest = (shown.key, shown_drawing(self.stage, shown))
        drawing = self._latest[1]
        return drawing if look == "own" else looking(self.stage, shown, drawing, look)

    def _actor(
        self, canvas: skia.Canvas, plate: _Plate, actor: Actor, number: int, found: list[Sight]
    ) -> None:
        """Shadow, reflection, echoes, and the actor."""
        canvas.save()
        if plate.moves:
            _concat(canvas, camera_place(self.stage, plate.depth, number))
        under = shadow(self.stage, actor, found[-1].at)
        if under is not None:
            palette = self.stage.palette
            dark = (0, 0, 0) if palette.negative else palette.deep
            canvas.drawPath(path([on_grid(under.points)]), paint(dark, under.alpha))
        for sight in found:
            drawn = self._drawn(plate, sight.frame, sight.look)
            _stamp(canvas, drawn, sight, plate.scale)
        canvas.restore()


def _is_still(placed: Placed) -> bool:
    return isinstance(placed.what, Layer) and placed.what.kind != "live"


def _is_sky(placed: Placed) -> bool:
    return isinstance(placed.what, Layer) and placed.what.kind == "sky"


def _concat(canvas: skia.Canvas, place: Place, shrink: float = 1.0) -> None:
    """Puts what follows at a place; a plain shift stays one, so that nothing is transformed twice."""
    k = 1 / shrink
    if k == 1 and place.a == 1 and place.d == 1 and place.b == 0 and place.c == 0:
        canvas.translate(place.e, place.f)
        return
    canvas.concat(
        skia.Matrix.MakeAll(
            place.a * k, place.c * k, place.e, place.b * k, place.d * k, place.f, 0, 0, 1
        )
    )


def _stamp(canvas: skia.Canvas, drawn: Recorded, sight: Sight, scale: float) -> None:
    """Lays a body down as it is seen: at its place, in its strength, and only the part that shows."""
    if sight.cut is None:
        _lay(canvas, drawn, sight.place, scale, sight.alpha)
        return
    canvas.save()
    _concat(canvas, sight.place)
    canvas.clipPath(path([on_grid(sight.cut)]), skia.ClipOp.kIntersect, True)
    _lay(canvas, drawn, Place(), scale, sight.alpha)
    canvas.restore()


def _lay(
    canvas: skia.Canvas, drawn: Recorded, place: Place, scale: float, alpha: int = 255
) -> None:
    """Lays a recorded drawing down at its place, faded as one where alpha is below 255."""
    if alpha <= 0:
        return
    canvas.save()
    _concat(canvas, place, scale)
    if alpha < 255:
        canvas.saveLayerAlpha(skia.Rect(*drawn.box) if drawn.box else None, alpha)
    if drawn.stamp is not None and drawn.box is not None:
        canvas.drawImage(drawn.stamp, drawn.box[0], drawn.box[1], LINEAR)
    else:
        canvas.drawPicture(drawn.picture)
    if alpha < 255:
        canvas.restore()
    canvas.restore()
