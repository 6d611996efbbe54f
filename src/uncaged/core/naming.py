"""When two names are one, and when they only look like one: case, width, letters nobody sees, letters of two alphabets.

Knows no person.
"""

import unicodedata
from itertools import chain

_UNSEEN_RANGES = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties), and the empty braille pattern, which is blank too."""

_UNSEEN = dict.fromkeys(chain.from_iterable(range(a, b + 1) for a, b in _UNSEEN_RANGES))

_LATIN = str.maketrans(
    # Cyrillic, as Unicode's confusables (UTS 39) have them: large and small apart, for В is like B, but в is not like b
    "АВЕЅІЈКМНОРСТУХԌԚԜҮ" + "аеѕіјорсухһԁԛԝүѵӏ"
    # Greek
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "αιορνυγ"
    # Latin: letters without a dot or a foot
    "ıɑɡ",
    "ABESIJKMHOPCTYXGQWY" + "aesijopcyxhdqwyvl" + "ABEZHIKMNOPTYX" + "aiopvuy" + "iag",
)
_STRAIGHT = str.maketrans("Il|ǀӀ0", "11111o")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).translate(_UNSEEN)


def folded(name: str) -> str:
    """A name as it is compared: Ana, ANA and ａｎａ are one (Unicode NFKC, then case folding), as is one with blanks.

    >>> folded("A\\u200bN\\ufe0fA ")
    'ana'
    """
    if name.isascii():  # most are, and nothing of theirs is unseen or wide
        return " ".join(name.casefold().split())
    return " ".join(unicodedata.normalize("NFKC", _plain(name).casefold()).split())


def looks_as(name: str) -> tuple[str, str]:
    """What a name looks like in Latin letters, in any case; and so once more with I, l and | as 1, and 0 as o.

    >>> looks_as("ΒЕА")[0], looks_as("bea")[0]
    ('bea', 'bea')
    """
    latin = name
    if not name.isascii():
        latin = unicodedata.normalize("NFKD", _plain(name)).translate(_LATIN)
    return folded(latin), folded(latin.translate(_STRAIGHT))


def look_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two of what `looks_as` tells are the same in either way.

    >>> look_alike(looks_as("BΙΑ"), looks_as("Bia")), look_alike(looks_as("Ilse"), looks_as("l1se"))
    (True, True)
    """
    return one[0] == other[0] or one[1] == other[1]


def is_seen(name: str) -> bool:
    """Whether anything of it can be seen: a letter, a number or a sign, and not marks and blanks alone."""
    return any(unicodedata.category(char)[0] in "LNPS" for char in _plain(name))
