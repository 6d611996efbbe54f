"""Whether every number of an adapter's file is one, looked at bit by bit: no torch is needed, and nothing is opened."""

from collections.abc import Mapping
from typing import Final

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published
from uncaged.engines.published import Held

EXPONENTS: Final[Mapping[str, tuple[str, int]]] = {
    "F64": ("<u8", 0x7FF0_0000_0000_0000),
    "F32": ("<u4", 0x7F80_0000),
    "F16": ("<u2", 0x7C00),
    "BF16": ("<u2", 0x7F80),
    "F8_E5M2": ("u1", 0x7C),
    "F8_E4M3": ("u1", 0x7F),
}
"""Of each kind of number: how wide it is, and the bits that are all set where it is none, or has no end."""

PIECE: Final = 1 << 22
"""Numbers that are looked at together."""


def check(held: Held) -> None:
    """Reads the file once through. Raises `WeightsBroken` where something in it is no number, or has no end."""
    import numpy as np

    with held.path.open("rb") as file:
        for key, (begin, end) in held.places.items():
            known = EXPONENTS.get(held.kinds[key])
            if known is None:
                continue
            kind, bits = np.dtype(known[0]), known[1]
            file.seek(begin)
            left = end - begin
            while left > 0:
                read = file.read(min(left, PIECE * kind.itemsize))
                if not read:
                    raise published.cut(held.path, _("it ends too early"))
                left -= len(read)
                found = np.frombuffer(read[: len(read) // kind.itemsize * kind.itemsize], kind)
                if bool(((found & kind.type(bits)) == bits).any()):
                    raise not_numbers(key)


def not_numbers(key: str) -> WeightsBroken:
    """Something in it is no number."""
    return WeightsBroken(
        _("This adapter is broken: %(key)s holds something that is no number.") % {"key": key},
        _("Whoever trained it lost it on the way; take an earlier state of it."),
    )
