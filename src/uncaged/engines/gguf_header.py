"""How long the header of a GGUF is before anything else reads it: what it counts must lie in the file. Needs no torch.

Its library counts on where the file has ended, for ever where a header says so. The layout: ggml, `docs/gguf.md`.
"""

import struct
from pathlib import Path
from typing import BinaryIO, Final

MAGIC: Final = b"GGUF"
SIZES: Final = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
"""Bytes of a value of each kind that has always as many."""

STRING, ARRAY = 8, 9
MOST: Final = 2**21
"""Values in lists, at most: a tokenizer of 256,000 words has a million."""


def refuse_endless(path: Path) -> None:
    """Raises `ValueError` where a header counts more than its file can hold, or lists in lists; `OSError`."""
    with path.open("rb") as file:
        _Header(file, path.stat().st_size).check()


class _Header:
    """Steps through the pairs of a header; nothing is kept."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.size, self.order, self.values = file, size, "<", 0

    def check(self) -> None:
        if self.file.read(4) != MAGIC:
            raise ValueError("it does not begin as one")
        if self._number("I") & 0xFFFF == 0:  # written where numbers lie the other way round
            self.order = ">"
        arrays, pairs = self._number("Q"), self._number("Q")
        if arrays + pairs > self.size:
            raise ValueError("it counts more than it holds")
        for _pair in range(pairs):
            self._skip(self._number("Q"))
            self._value(self._number("I"))

    def _value(self, kind: int) -> None:
        if kind != ARRAY:
            self._skip(self._number("Q") if kind == STRING else self._bytes(kind))
            return
        kind, count = self._number("I"), self._number("Q")
        self.values += count
        if self.values > MOST:
            raise ValueError("it lists more than any such file does")
        if kind != STRING:
            self._skip(count * self._bytes(kind))
            return
        for _text in range(count):
            self._skip(self._number("Q"))

    def _bytes(self, kind: int) -> int:
        if kind not in SIZES:
            raise ValueError(f"it holds a value of kind {kind}")
        return SIZES[kind]

    def _number(self, kind: str) -> int:
        size = struct.calcsize(kind)
        said = self.file.read(size)
        if len(said) < size:
            raise ValueError("its header does not end")
        (found,) = struct.unpack(f"{self.order}{kind}", said)
        return int(found)

    def _skip(self, count: int) -> None:
        if count > self.size - self.file.tell():
            raise ValueError("its header does not end")
        self.file.seek(count, 1)
