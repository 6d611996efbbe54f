"""A film that came from a stranger, sound and frames: decoded in a child process with limits on time and memory.

The parent trusts nothing of it: it reads a header of fixed shape, then as many bytes as it asked for.
"""

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import numpy as np

from uncaged.core.errors import PictureDamaged, PictureRefused
from uncaged.core.film_child import END, FRAME, PART, SOUND
from uncaged.core.marks import together
from uncaged.core.media import Facts
from uncaged.core.order import Pixels, Sound
from uncaged.core.sounds import LAYOUTS, RATES

SILENT: Final = 20.0
"""Seconds in which a film gives its measures, and each frame after the one before; else it is put aside."""

LINE: Final = 4000
"""Bytes of a line of the child, at most."""


class StrangersFilm:
    """One film. size, fps, frames: as they are wanted, whatever it is. Close it: else its child may go on.

    Where `PictureRefused` or `PictureDamaged` is raised, it cannot be decoded within the limits.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: float, frames: int) -> None:
        self._size, self._seen, self._over = size, 0, False
        self._seconds, self._ahead, self._mark, self._cut = frames / fps, b"", "", False
        self._like, self._heard = (0, 0), 0.0
        said = [str(path), *map(str, (*size, frames)), repr(float(fps))]
        child = str(Path(__file__).with_name("film_child.py"))
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-I", child, *said],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
            )
        except OSError as error:
            why = f"Nothing could be looked through now ({error.strerror})."
            raise PictureRefused(why) from None
        self._out = cast(BinaryIO, self._child.stdout)
        self._late = False
        self._until = time.monotonic() + SILENT
        self._done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Ends a child that says nothing for too long."""
        while not self._done.wait(max(0.01, self._until - time.monotonic())):
            if time.monotonic() >= self._until:
                self._late = True
                self._child.kill()
                return

    @property
    def pid(self) -> int:
        """The child's."""
        return self._child.pid

    @property
    def seen(self) -> int:
        """How many frames it had until it was enough; known once there are no more."""
        return self._seen

    @property
    def mark(self) -> str:
        """What it says of itself because a licence demands it (`core.marks`); known once it was measured."""
        return self._mark

    @property
    def sound_breaks_off(self) -> bool:
        """Whether its sound could not be decoded to its end; known once there are no more frames."""
        return self._cut

    def measures(self) -> Facts:
        """What it says of itself, frames by its index alone. Asked once, before its sound and its frames."""
        said = self._line()
        try:
            width, height, frames = (int(said[name]) for name in ("width", "height", "frames"))
            fps = float(said["fps"])
        except (ValueError, KeyError, TypeError, OverflowError):
            raise self._broken(said) from None
        self._mark = together(str(said.get("mark", "")))
        return Facts(width, height, fps, frames, frames / fps if fps > 0 else 0.0)

    def sound(self) -> Sound | None:
        """The next part of its sound, of samples a second that every form can have; None where there are no more. Asked
        before its frames, and of what nobody asks for nothing is kept."""
        if self._over or self._ahead:
            return None
        self._until = time.monotonic() + SILENT
        sort = self._out.read(1)
        if sort != SOUND:
            self._ahead = sort
            return None
        shape = self._shape(self._line())
        if shape is not None:
            channels, rate, samples = shape
            data = self._out.read(channels * samples * 4)
            if len(data) == channels * samples * 4:
                waves = np.frombuffer(data, np.float32).reshape(channels, samples)
                return Sound(np.clip(np.nan_to_num(waves, nan=0.0), -1, 1), rate)
        self._over = True
        raise self._broken({})

    def _shape(self, said: Mapping[str, object]) -> tuple[int, int, int] | None:
        """Channels, samples a second and samples of the next part; None where it may not be so: it must be like those
        before, and not longer than what is wanted."""
        found = [said.get(name) for name in ("channels", "rate", "samples")]
        channels, rate, samples = (one if type(one) is int else 0 for one in found)
        known = channels in range(1, 1 + len(LAYOUTS)) and rate in RATES
        if not known or samples not in range(1, PART + 1):
            return None
        self._like = (channels, rate) if self._like == (0, 0) else self._like
        self._heard += samples / self._like[1]
        fits = (channels, rate) == self._like and self._heard < self._seconds + 1
        return (channels, rate, samples) if fits else None

    def frame(self) -> "Pixels | None":
        """The next one, (height, width, 3); None where there are no more."""
        while self.sound() is not None:
            pass
        if self._over:
            return None
        self._until = time.monotonic() + SILENT
        wide, high = self._size
        sort, self._ahead = self._ahead, b""
        if sort == FRAME:
            data = self._out.read(wide * high * 3)
            if len(data) == wide * high * 3:
                return np.frombuffer(data, np.uint8).reshape(high, wide, 3)
        self._over = True
        said = self._line() if sort == END else {}
        if not isinstance(said.get("seen"), int) or said.get("broke") != "":
            raise self._broken(said)
        self._seen, self._cut = said["seen"], said.get("cut") is True
        return None

    def frames(self) -> Iterator[Pixels]:
        """All of them."""
        while (one := self.frame()) is not None:
            yield one

    def close(self) -> None:
        """Ends whatever goes on."""
        self._done.set()
        self._child.kill()
        self._child.wait()
        with contextlib.suppress(OSError):
            self._out.close()

    def __enter__(self) -> "StrangersFilm":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _line(self) -> dict[str, Any]:
        try:
            said: object = json.loads(self._out.readline(LINE))
        except ValueError:
            return {}
        return cast("dict[str, Any]", said) if isinstance(said, dict) else {}

    def _broken(self, said: dict[str, Any]) -> PictureRefused | PictureDamaged:
        if self._late:
            return PictureRefused(f"it gave no frame for {SILENT:g} seconds and was put aside")
        why = said.get("broke") or said.get("refused")
        if isinstance(why, str) and why:
            sort = PictureDamaged if said.get("damaged") or "broke" in said else PictureRefused
            return sort(why.rstrip("."))
        return PictureRefused(
            "its decoder was ended: it needs more time or memory than it is given"
        )
