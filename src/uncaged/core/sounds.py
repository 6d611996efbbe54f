"""Sound in the files of films, by PyAV (FFmpeg): written beside frames, and read. Knows samples, no works."""

from fractions import Fraction
from pathlib import Path
from typing import Any, Final, cast

import av
import numpy as np

from uncaged.core.order import Sound

LAYOUTS: Final = ("mono", "stereo")
"""By the number of channels, from 1."""

CHUNK: Final = 1024
"""Samples that are handed on at once."""

SPOKEN: Final = 48_000
"""Samples a second of what Opus gives back."""


class Track:
    """The sound of a film that is being written: as much of it at a time as there is of the frames."""

    def __init__(self, container: Any, encoder: str, sound: Sound) -> None:
        """container: of PyAV, into which nothing was put yet. encoder: of FFmpeg."""
        self._container, self._sound = container, sound
        self._layout = LAYOUTS[len(sound.waves) - 1]
        self._stream = container.add_stream(encoder, rate=sound.rate)
        self._stream.layout = self._layout
        self._stream.codec_context.flags |= 0x00800000  # AV_CODEC_FLAG_BITEXACT
        self._at = 0

    def until(self, seconds: float) -> None:
        """Writes it as far as this moment of the film."""
        end = min(self._sound.waves.shape[1], round(seconds * self._sound.rate))
        while self._at < end:
            waves = self._sound.waves[:, self._at : min(end, self._at + CHUNK)]
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(waves, np.float32), format="fltp", layout=self._layout
            )
            frame.sample_rate, frame.pts = self._sound.rate, self._at
            frame.time_base = Fraction(1, self._sound.rate)
            self._put(frame)
            self._at += waves.shape[1]

    def end(self, seconds: float) -> None:
        """Writes what is left of it, as long as the film is."""
        self.until(seconds)
        self._put(None)

    def _put(self, frame: Any) -> None:
        for packet in self._stream.encode(frame):
            self._container.mux(packet)


def read_sound(path: Path, seconds: float) -> Sound | None:
    """The sound of a film's file, so many seconds of it at most; None where it has none."""
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return None
        stream: Any = container.streams.audio[0]
        rate, count = int(stream.rate), min(2, int(stream.channels))
        change = av.AudioResampler(format="fltp", layout=LAYOUTS[count - 1], rate=rate)
        parts = [
            cast("Any", one.to_ndarray())
            for frame in container.decode(stream)
            for one in change.resample(frame)
        ]
    if not parts:
        return None
    return Sound(np.concatenate(parts, axis=1)[:, : round(seconds * rate)], rate)
