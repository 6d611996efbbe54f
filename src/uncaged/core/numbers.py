"""Numbers as people type them: ASCII digits, a sign, a point, an exponent; nothing else that Python would read as well.

Knows no field. What is no number is a `ValueError`; whoever asked for it says it in words.
"""

import math
import re
from typing import TypeGuard

_WHOLE = re.compile(r"[+-]?[0-9]{1,400}")
_NUMBER = re.compile(
    r"[+-]?([0-9]{1,400}(\.[0-9]{0,400})?|\.[0-9]{1,400})([eE][+-]?[0-9]{1,9})?"
    r"|[+-]?(?i:inf|infinity|nan)"
)
"""With the words for what is no finite number: what takes them is told so by whoever needs a finite one."""


def whole(text: str) -> int:
    """A whole number, or `ValueError`.

    >>> whole(" -12 ")
    -12
    """
    if not _WHOLE.fullmatch(text.strip()):
        raise ValueError(f"{text[:60]!r} is no whole number")
    return int(text)


def number(text: str) -> float:
    """A number, or `ValueError`.

    >>> number("1.5e3"), number(".5")
    (1500.0, 0.5)
    """
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"{text[:60]!r} is no number")
    return float(text)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether this is a finite number that a float holds, and no truth value: JSON has whole numbers of any length.

    >>> [is_number(one) for one in (1, 0.5, True, "1", 10**400, float("inf"))]
    [True, True, False, False, False, False]
    """
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
