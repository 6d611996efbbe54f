"""Sound in the files of films, by PyAV (FFmpeg): written beside frames, and read. Knows samples, no works."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any, Final, cast

import av
import numpy as np

from uncaged.core.order import Sound

LAYOUTS: Final = ("mono", "stereo")
"""By the number of channels, from 1."""

RATES: Final = (8_000, 12_000, 16_000, 24_000, 48_000)
"""Samples a second that every form can be written with."""

CHUNK: Final = 1024
"""Samples that are handed on at once."""

BITS: Final = 128_000
"""A second of each channel, where a codec leaves something out."""


class Track:
    """The sound of a film that is being written: as much of it at a time as there is of the frames."""

    def __init__(self, container: Any, encoder: str, parts: Sequence[Sound]) -> None:
        """container: of PyAV, into which nothing was put yet. encoder: of FFmpeg. parts: one at least; more may come to
        it while it is written."""
        self._container, self._parts = container, parts
        self._rate, channels = parts[0].rate, len(parts[0].waves)
        self._layout = LAYOUTS[channels - 1]
        self._stream = container.add_stream(encoder, rate=self._rate)
        self._stream.layout = self._layout
        self._stream.bit_rate = BITS * channels
        self._stream.codec_context.flags |= 0x00800000  # AV_CODEC_FLAG_BITEXACT
        self._at = self._taken = self._within = 0

    def until(self, seconds: float) -> None:
        """Writes it as far as this moment of the film, where there is so much of it."""
        end = round(seconds * self._rate)
        while self._at < end and self._taken < len(self._parts):
            waves = self._parts[self._taken].waves[:, self._within :]
            waves = waves[:, : min(end - self._at, CHUNK)]
            if waves.shape[1] == 0:
                self._taken, self._within = self._taken + 1, 0
                continue
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(waves, np.float32), format="fltp", layout=self._layout
            )
            frame.sample_rate, frame.pts = self._rate, self._at
            frame.time_base = Fraction(1, self._rate)
            self._put(frame)
            self._at, self._within = self._at + waves.shape[1], self._within + waves.shape[1]

    def end(self, seconds: float) -> None:
        """Writes what is left of it, as long as the film is."""
        self.until(seconds)
        self._put(None)

    def _put(self, frame: Any) -> None:
        for packet in self._stream.encode(frame):
            self._container.mux(packet)


def read_sound(path: Path, seconds: float, like: tuple[int, int] | None = None) -> Sound | None:
    """The sound of a film's file, so many seconds of it at most; None where it has none. like: channels and samples a
    second that it shall have; None: its own."""
    parts = list(sound_parts(path, seconds, like))
    if not parts:
        return None
    return Sound(np.concatenate([one.waves for one in parts], axis=1), parts[0].rate)


def sound_parts(
    path: Path,
    seconds: float,
    like: tuple[int, int] | None = None,
    rates: Sequence[int] = (),
) -> Iterator[Sound]:
    """The same in parts, as they are decoded; what comes after these seconds is not. rates: the only ones that may come
    of its own, else the highest of them; any where there are none."""
    container: Any = av.open(str(path))
    with container:
        if not container.streams.audio:
            return
        stream = container.streams.audio[0]
        own = int(stream.rate)
        own = own if own in rates or not rates else max(rates)
        count, rate = like or (max(1, min(2, int(stream.channels))), own)
        change = av.AudioResampler(format="fltp", layout=LAYOUTS[count - 1], rate=rate)
        left = round(seconds * rate)
        for frame in chain(container.decode(stream), [None]):
            for one in change.resample(frame):
                waves = cast("Any", one.to_ndarray())[:, :left]
                left -= waves.shape[1]
                if waves.shape[1]:
                    yield Sound(waves, rate)
            if left <= 0:
                return


def lasting(sound: Sound | None, seconds: float, like: tuple[int, int]) -> Sound:
    """A sound of so many seconds exactly: what there is of it, and silence. like: channels and samples a second."""
    channels, rate = like
    waves = np.zeros((channels, round(seconds * rate)), np.float32)
    if sound is not None:
        known = sound.waves[:, : waves.shape[1]]
        waves[:, : known.shape[1]] = known
    return Sound(waves, rate)
