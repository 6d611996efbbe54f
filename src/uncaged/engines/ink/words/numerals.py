"""Numbers that are written in several words, or several in one: *forty-two*, *cincuenta y dos*, *zweiundvierzig*.

Knows how four languages count up to 999, and no lexicon.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from uncaged.engines.ink.words.spelling import Token, fold

LONGEST: Final = 6
"""Words of one number: *neuf cent quatre vingt dix neuf*."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How a language counts, in folded words. units: 1 … 9; teens: 10 … 19 (in French also 17 … 19 of two words);
    tens: 20 … 90. joins: what may stand between tens and unit. hundred: what 100 is called alone and behind a unit.
    hundreds: further words for several hundreds. after: what may stand between the hundreds and the rest. unit_first:
    the unit stands before its tens, all in one word. score: tens to which ten to nineteen are added: *soixante-douze*.
    """

    units: Mapping[str, int]
    teens: Mapping[str, int]
    tens: Mapping[str, int]
    joins: frozenset[str] = frozenset()
    hundred: frozenset[str] = frozenset()
    hundreds: Mapping[str, int] | None = None
    after: frozenset[str] = frozenset()
    unit_first: str = ""
    score: frozenset[int] = frozenset()


def _row(words: str, first: int, step: int = 1) -> dict[str, int]:
    """Each word and what it counts; spellings parted by a stroke count the same, a low line is a space."""
    return {
        fold(spelling.replace("_", " ")): first + step * n
        for n, word in enumerate(words.split())
        for spelling in word.split("/")
    }


COUNTING: Final[Mapping[str, Counting]] = {
    "en": Counting(
        units=_row("one two three four five six seven eight nine", 1),
        teens=_row("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10),
        tens=_row("twenty thirty forty/fourty fifty sixty seventy eighty ninety", 20, 10),
        hundred=frozenset({"hundred"}),
        after=frozenset({"and"}),
    ),
    "de": Counting(
        units=_row("ein/eins/eine zwei drei vier fünf/fuenf sechs sieben acht neun", 1),
        teens=_row("zehn elf zwölf/zwoelf dreizehn vierzehn fünfzehn/fuenfzehn", 10)
        | _row("sechzehn siebzehn achtzehn neunzehn", 16),
        tens=_row("zwanzig dreißig/dreissig vierzig fünfzig/fuenfzig sechzig siebzig achtzig neunzig", 20, 10),
        hundred=frozenset({"hundert"}),
        after=frozenset({"und"}),
        unit_first="und",
    ),
    "es": Counting(
        units=_row("un/uno/una dos tres cuatro cinco seis siete ocho nueve", 1),
        teens=_row("diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve", 10)
        | _row("veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro veinticinco", 21)
        | _row("veintiséis veintisiete veintiocho veintinueve", 26),
        tens=_row("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 20, 10),
        joins=frozenset({"y"}),
        hundred=frozenset({"cien", "ciento"}),
        hundreds=_row("doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas", 200, 100)
        | _row("quinientos/quinientas seiscientos/seiscientas setecientos/setecientas", 500, 100)
        | _row("ochocientos/ochocientas novecientos/novecientas", 800, 100),
    ),
    "fr": Counting(
        units=_row("un/une deux trois quatre cinq six sept huit neuf", 1),
        teens=_row("dix onze douze treize quatorze quinze seize dix_sept dix_huit dix_neuf", 10),
        tens=_row("vingt trente quarante cinquante soixante septante huitante/octante nonante", 20, 10)
        | {"quatre vingts": 80, "quatre vingt": 80},
        joins=frozenset({"et"}),
        hundred=frozenset({"cent", "cents"}),
        score=frozenset({60, 80}),
    ),
}  # fmt: skip
"""The four languages that are shipped."""


def numeral_at(text: Sequence[Token], place: int, language: str) -> tuple[int, int]:
    """How many tokens the longest number has that is written out from here on, and what it counts; (0, 0) for none.

    language: en, de, es or fr. A pause between two words ends it: *twenty, three of them red*.
    """
    counting = COUNTING.get(language)
    if counting is None:
        return 0, 0
    words: list[str] = []
    for token in text[place : place + LONGEST]:
        if words and token.pause:
            break
        words.append(token.word)
    return max(_up_to_999(words, counting), default=(0, 0))


def _up_to_999(words: Sequence[str], counting: Counting) -> Iterator[tuple[int, int]]:
    """Every number that these words begin with: how many of them it takes, and what it counts."""
    yield from _up_to_99(words, counting)
    for used, many in _hundreds(words, counting):
        yield used, many
        rest = used + (used < len(words) and words[used] in counting.after)
        for more, few in _up_to_99(words[rest:], counting):
            yield rest + more, many + few


def _hundreds(words: Sequence[str], counting: Counting) -> Iterator[tuple[int, int]]:
    first = words[0] if words else ""
    if first in counting.hundred:
        yield 1, 100
    elif first in (counting.hundreds or {}):
        yield 1, (counting.hundreds or {})[first]
    elif len(words) > 1 and words[1] in counting.hundred and first in counting.units:
        yield 2, 100 * counting.units[first]


def _up_to_99(words: Sequence[str], counting: Counting) -> Iterator[tuple[int, int]]:
    if words and counting.unit_first:
        glued = _glued(words[0], counting)
        if glued:
            yield 1, glued
    for used, many in _said(words, counting.tens):
        yield used, many
        rest = used + (used < len(words) and words[used] in counting.joins)
        below = {**counting.units, **(counting.teens if many in counting.score else {})}
        if not counting.unit_first:
            yield from ((rest + more, many + few) for more, few in _said(words[rest:], below))
    yield from _said(words, counting.teens)
    yield from _said(words, counting.units)


def _said(words: Sequence[str], numbers: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """The names among `numbers`, of one word or two, that these words begin with."""
    for length in (1, 2):
        name = " ".join(words[:length])
        if len(words) >= length and name in numbers:
            yield length, numbers[name]


def _glued(word: str, counting: Counting) -> int:
    """What a number in one word counts: *einundzwanzig*, *hundertfünf*, *zweihundertdreiunddreißig*; 0 for others."""
    for hundred in counting.hundred:
        before, found, behind = word.partition(hundred)
        if found and (behind or before) and (not before or before in counting.units):
            rest = _glued(behind.removeprefix(counting.unit_first), counting) if behind else 0
            many = 100 * counting.units.get(before, 1) + rest
            return many if rest or not behind else 0
    plain = {**counting.units, **counting.teens, **counting.tens}
    if word in plain:
        return plain[word]
    unit, joined, tens = word.partition(counting.unit_first)
    if joined and unit in counting.units and tens in counting.tens:
        return counting.units[unit] + counting.tens[tens]
    return 0
