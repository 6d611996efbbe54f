"""Words for pages: how long, how large, and which place in words, in the reader's language.

Every sentence that a person reads goes through `_`.
"""

import unicodedata
from collections.abc import Sequence

from uncaged.archive.telling import duration
from uncaged.core.words import _, ngettext, reader

__all__ = [
    "_",
    "duration",
    "endonym",
    "lengths",
    "ngettext",
    "ordinal",
    "short",
    "size",
    "sizes",
    "visible",
]


def ordinal(number: int) -> str:
    """A place in words.

    >>> ordinal(1), ordinal(12), ordinal(23), ordinal(1004)
    ('1st', '12th', '23rd', '1,004th')
    """
    ending = _ENDINGS.get(reader().code)
    if ending is not None:
        return f"{number}{ending[0] if number == 1 else ending[1]}"
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}" + ("th" if number % 100 in (11, 12, 13) else last)


_ENDINGS = {"fr": ("re", "e")}
"""What makes a number a place, by language: of the first, and of every other."""


_ENDONYMS = {"de": "Deutsch", "en": "English", "es": "español", "fr": "français"}


def endonym(code: str) -> str:
    """What a language calls itself; its code where nobody wrote that down here."""
    return _ENDONYMS.get(code, code)


def sizes(only: Sequence[tuple[int, int]], sides: tuple[int, int], multiple: int) -> str:
    """Which sizes a model makes: the only ones there are, or how long a side may be.

    >>> sizes([(256, 256), (512, 512)], (64, 2048), 2), sizes([], (64, 2048), 2)
    ('256x256 or 512x512', 'any format, 64 to 2048 pixels a side')
    >>> sizes([], (96, 1280), 16)
    'any format, 96 to 1280 pixels a side, in steps of 16'
    """
    if only:
        return _(" or ").join(f"{wide}x{high}" for wide, high in only)
    low, high = sides
    if multiple <= 2:
        return _("any format, %(low)s to %(high)s pixels a side") % {"low": low, "high": high}
    said = _("any format, %(low)s to %(high)s pixels a side, in steps of %(unit)s")
    low, high = -(-low // multiple) * multiple, high // multiple * multiple
    return said % {"low": low, "high": high, "unit": multiple}


def lengths(seconds: tuple[float, float]) -> str:
    """How long a model's films are.

    >>> lengths((2.0, 2.0)), lengths((0.5, 120.0))
    ('always 2 seconds', '0.5 to 120 seconds')
    """
    low, high = seconds
    if low == high:
        return _("always %(seconds)s seconds") % {"seconds": f"{low:g}"}
    return _("%(low)s to %(high)s seconds") % {"low": f"{low:g}", "high": f"{high:g}"}


def size(count: int) -> str:
    """An amount of bytes.

    >>> size(900), size(31_000), size(1_900_000), size(24 * 2**30)
    ('900 bytes', '31 kB', '1.9 MB', '25.8 GB')
    """
    if count < 1000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1e6:.1f} MB" if count < 999_950_000 else f"{count / 1e9:,.1f} GB"


_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows, also beyond the words they stand in."""


def visible(text: str) -> str:
    """Somebody's words as a page may show them: what would steer the page is shown as a picture of itself.

    >>> visible("a\\x1b[31m bird\\x00")
    'a␛[31m bird␀'
    """
    return "".join(map(_shown, text))


def _shown(c: str) -> str:
    if c in "\n\t" or (c >= " " and c not in _STEERING and unicodedata.category(c) != "Cc"):
        return c
    if c < " ":
        return chr(0x2400 + ord(c))
    return "␡" if c == "\x7f" else "␦"


def short(text: str, length: int = 120) -> str:
    """Somebody's words in one line, shortly: for titles, and for whoever hears a page.

    >>> short("a  slow\\nbird over the hill", 12)
    'a slow bird…'
    """
    line = " ".join(visible(text).split())
    if len(line) <= length:
        return line
    words, space, _half = line[:length].rpartition(" ")
    return (words.rstrip(" ,;:") if space else line[: length - 1]) + "…"
