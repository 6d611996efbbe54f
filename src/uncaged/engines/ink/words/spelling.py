"""How words are spelled: text into tokens, tokens folded so that any spelling of a word is found. Knows no meanings.

Every script is kept: letters, marks and digits make words, pictures and signs (☂) are tokens of their own.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

ELISIONS: Final = frozenset("l d j m n s t c qu lorsqu puisqu".split())
"""What may stand before an apostrophe and be a word of its own (French, Italian): *l'arbre*."""

_APOSTROPHES: Final = "'’ʼ"
_LONG_PAUSES: Final = ".!?;:…。！？；：।"
_SHORT_PAUSES: Final = ',、，،(){}[]"“”„«»–—'
_ASCII: Final = re.compile(r"[a-z0-9]+\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text. typed: as it stood there. word: folded. pause: what stood before it: "" nothing,
    "," a short pause, "." the end of a sentence or of a paragraph, or the beginning of the text."""

    typed: str
    word: str
    pause: str = ""


def fold(text: str) -> str:
    """Lower case, accents off (NFKD), in any script; white space becomes one space.

    Marks that make another letter (an Indic vowel, a Japanese voicing mark) stay. Folding twice changes nothing.

    >>> fold("Ein  GRÜNER Vögel-Schwarm")
    'ein gruner vogel-schwarm'
    """
    if _ASCII.match(text):
        return text
    lower = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", lower).translate(_BARE)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def composed(typed: str) -> str:
    """A word in lower case with its accents on, each letter one sign.

    >>> composed("V\u004f\u0308GEL")
    'vögel'
    """
    return unicodedata.normalize("NFC", typed).lower()


def tokens(text: str) -> list[Token]:
    """The words of a text, in order; hyphens part words, an apostrophe only where it joins two.

    >>> [t.word for t in tokens("L'arbre: a child's zoom-in, 2 ☂")]
    ['l', 'arbre', 'a', 'child', 'zoom', 'in', '2', '☂']
    """
    found: list[Token] = []
    pause = "."
    folded: dict[str, str] = {}
    for sort, characters in groupby(text, _sort):
        run = "".join(characters)
        if sort == "space":
            pause = max(pause, _pause(run), key=" ,.".find)
            continue
        for typed in _parts(run) if sort == "word" else (run,):
            word = folded.get(typed)
            if word is None:
                # A sign may fold to one with a gap in it (a cedilla by itself): it stays one word.
                word = folded[typed] = _bare(fold(typed)).replace(" ", "")
            if word:
                found.append(Token(typed, word, pause.strip()))
                pause = " "
    return found


def joined(words: Sequence[Token]) -> str:
    """Tokens as one text, by which phrases are looked up; pauses between them count.

    >>> joined(tokens("Under the Sea")), joined(tokens("St. Pauli"))
    ('under the sea', 'st . pauli')
    """
    return " ".join(
        f"{token.pause} {token.word}" if token.pause and number else token.word
        for number, token in enumerate(words)
    )


def unspaced(word: str) -> bool:
    """Whether it is written in a script that puts no spaces between words, or glues endings to them."""
    return any(
        c >= "\u2e80" or "\u0e00" <= c <= "\u109f" or "\u1780" <= c <= "\u17ff" for c in word
    )


class _Bare(dict[int, int | None]):
    """A table for `str.translate` that learns: accents, which make no other letter, become nothing.

    A mark's canonical combining class tells: 10 to 36 are points of Hebrew and Arabic, from 200 on it stands over,
    under or at a letter.
    """

    def __missing__(self, code: int) -> int | None:
        order = unicodedata.combining(chr(code))
        self[code] = None if 10 <= order <= 36 or order >= 200 else code
        return self[code]


_BARE: Final = _Bare()


def _sort(character: str) -> str:
    if character.isalnum() or character in _APOSTROPHES:
        return "word"
    category = unicodedata.category(character)
    if category[0] == "M" and category != "Me" and not "\ufe00" <= character <= "\ufe0f":
        return "word"
    return "sign" if category in {"So", "Sk", "Cf", "Me", "Mn", "Co"} else "space"


def _pause(run: str) -> str:
    if any(c in _LONG_PAUSES for c in run) or run.count("\n") > 1:
        return "."
    return "," if any(c in _SHORT_PAUSES for c in run) else " "


def _parts(run: str) -> Iterator[str]:
    """*l'arbre* is two words, *don't* and *child's* are one."""
    for place, character in enumerate(run):
        if character in _APOSTROPHES:
            if run[:place].casefold() in ELISIONS and place + 1 < len(run):
                yield run[:place]
                yield run[place + 1 :]
                return
            break
    yield run


def _bare(word: str) -> str:
    """A word without its apostrophes and without the English *'s*."""
    for mark in _APOSTROPHES:
        word = word.removesuffix(f"{mark}s").replace(mark, "")
    return word
