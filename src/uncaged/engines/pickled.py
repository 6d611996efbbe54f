"""How a file begins that could run code when it is opened. One rule for all who read weights."""

from typing import Final

LOOK: Final = 9
"""Bytes of a file's beginning that are enough to tell."""

_RUNS: Final = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"PK\x03\x04")
"""How a pickle begins, or what `torch.save` writes, which holds one."""


def is_pickled(begin: bytes) -> bool:
    """Whether this is a pickle, or holds one. begin: its first `LOOK` bytes, or more.

    Safetensors begin with eight bytes of length, which may be a pickle's by chance, and a brace.
    """
    return begin.startswith(_RUNS) and begin[LOOK - 1 : LOOK] != b"{"
