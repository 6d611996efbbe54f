"""Numbers as people type them: ASCII digits, a sign, a point, an exponent; nothing else that Python would read as well.

Knows no field. What is no number is a `ValueError`; whoever asked for it says it in words.
"""

import re

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
