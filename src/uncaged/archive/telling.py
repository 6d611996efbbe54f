"""Counts, sizes and lengths of time as people read them: "3 works", "3.2 MB", "1 h 25 min".

Knows nothing of what is counted.
"""

import math


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "work"), counted(1200, "file")
    ('1 work', '1,200 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def sized(length: int) -> str:
    """A number of bytes, in the largest unit that fits.

    >>> sized(999), sized(3_200_000), sized(999_960)
    ('999 bytes', '3.2 MB', '1.0 MB')
    """
    if length < 1000:
        return counted(length, "byte")
    size = float(length)
    for unit in ("kB", "MB", "GB"):
        size /= 1000
        if size < 999.95:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:,.1f} TB"


def duration(seconds: float) -> str:
    """A length of time as people say it.

    >>> duration(4.2), duration(110), duration(7900)
    ('5 s', '1 min 50 s', '2 h 12 min')
    """
    whole = max(0, math.ceil(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 600:
        minutes, rest = divmod(whole, 60)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    minutes = math.ceil(whole / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
