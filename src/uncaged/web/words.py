"""Words for pages: the mark for translators, and how long, how large, and which place in words.

Every sentence that a person reads goes through `_`. English now; gettext takes its place.
"""

import math


def _(text: str) -> str:
    """The sentence in the reader's language."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for one, or for many."""
    return one if count == 1 else many


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


def ordinal(number: int) -> str:
    """A place in words.

    >>> ordinal(1), ordinal(12), ordinal(23), ordinal(1004)
    ('1st', '12th', '23rd', '1,004th')
    """
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}" + ("th" if number % 100 in (11, 12, 13) else last)


def size(count: int) -> str:
    """An amount of bytes.

    >>> size(900), size(31_000), size(1_900_000)
    ('900 bytes', '31 kB', '1.9 MB')
    """
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"
