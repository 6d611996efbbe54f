"""A lexicon's tables, read into entries: one word or phrase, and every sense it has. Knows no register of names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn, cast

from uncaged.core.errors import AskedWrong
from uncaged.core.score import finite, shown
from uncaged.engines.ink.colour import Lab, to_lab
from uncaged.engines.ink.own import Own, own
from uncaged.engines.ink.words.senses import BY_SENSE, ENDINGS, NUMBERS, VERB_TABLES
from uncaged.engines.ink.words.spelling import composed, joined, tokens

OWN_HAND, OWN_PALETTE = "own hand", "own palette"
"""Senses of the names of a person's own hands and palettes: what their file holds, and the name in it."""

LONGEST_PHRASE: Final = 12
"""Words of one phrase: every word of a sentence is asked whether such a one begins there."""

LONGEST_MEANING: Final = 200
"""Characters that one word may stand for."""


SHORTEST_STEM: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """senses: table → what the word is there. plural: it was found in its plural.

    accented: spellings (lower case) that are its plural, where only an accent tells them apart: *Vogel*, *Vögel*.
    base: the verb it is an irregular form of.
    """

    senses: Mapping[str, object]
    plural: bool = False
    accented: frozenset[str] = frozenset()
    base: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """An ending that may be taken off, and what then stands there instead. sort: plurals, verbs or adjectives."""

    sort: str
    ending: str
    instead: str


class Entries:
    """Collects senses by word; the same word twice in one table is a mistake that is said."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.senses: dict[str, dict[str, object]] = {}
        self.typed: dict[tuple[str, str], str] = {}

    def add(self, written: str, table: str, value: object, *, again: bool = False) -> None:
        """One sense of one word. again: it may have been said before, then that stays."""
        word = folded(written)
        if not word:
            self.wrong(f"[{table}] names {shown(written)}, which holds no letter, digit or sign.")
        if word.count(" ") >= LONGEST_PHRASE:
            self.wrong(
                f"[{table}] names {shown(written)}, which has more than {LONGEST_PHRASE} words.",
                "Give it a shorter name.",
            )
        senses = self.senses.setdefault(word, {})
        if table in senses and senses[table] != value and not again:
            first = self.typed[word, table]
            same = "" if first == written else f" and {shown(first)}, which is the same word here,"
            self.wrong(
                f"[{table}] says twice what {shown(written)}{same} stands for: "
                f"{_said(senses[table])} and {_said(value)}.",
                "Keep one of them.",
            )
        senses.setdefault(table, value)
        self.typed.setdefault((word, table), written)

    def wrong(self, what: str, hint: str = "") -> NoReturn:
        """Says what is not right with this file."""
        raise AskedWrong(f"The lexicon {self.name}: {what}", hint)


def build(data: Mapping[str, Any], name: str) -> tuple[dict[str, Entry], tuple[Rule, ...]]:
    """Tables as TOML gave them → entries by folded word, and the endings."""
    entries = Entries(name)
    for table in BY_SENSE:
        for sense, listed in data.get(table, {}).items():
            for written in _listed(entries, table, sense, listed):
                entries.add(written, table, sense)
    for table in NUMBERS:
        for written, number in data.get(table, {}).items():
            entries.add(written, table, _number(entries, table, written, number))
    _add_forms(entries, data.get("forms", {}))
    _add_looks(entries, data.get("looks", {}))
    _add_herds(entries, data.get("herds", {}))
    for written, meaning in data.get("words", {}).items():
        entries.add(written, *_meaning(entries, written, meaning))
    if "hand" in data or "palette" in data:
        _add_own(entries, own(data, name))
    built = {word: Entry(senses) for word, senses in entries.senses.items()}
    _add_verbs(entries, built, data.get("verbs", {}))
    _add_plurals(entries, built, data.get("plurals", {}))
    return built, tuple(_rules(entries, data.get("endings", {})))


def uninflected(
    word: str, rules: Sequence[Rule], look: Callable[[str], Entry | None]
) -> Entry | None:
    """What a word means once an ending is taken off; all endings that lead somewhere count."""
    senses: dict[str, object] = {}
    plural = False
    for rule in rules:
        if not word.endswith(rule.ending) or len(word) - len(rule.ending) < SHORTEST_STEM:
            continue
        entry = look(word[: len(word) - len(rule.ending)] + rule.instead)
        for table, value in entry.senses.items() if entry else ():
            if table in ENDINGS[rule.sort] and table not in senses:
                senses[table] = value
                plural = plural or rule.sort == "plurals"
    return Entry(senses, plural) if senses else None


def folded(written: str) -> str:
    """A word or phrase as it is looked up: its folded tokens with one space between them."""
    parts = written.split()
    if written.isascii() and all(part.isalnum() for part in parts):
        return " ".join(parts).lower()  # most words, ten times faster
    return joined(tokens(written))


def _said(value: object) -> str:
    """A sense as a message may name it."""
    if isinstance(value, tuple):
        return " ".join(str(part) for part in cast("tuple[object, ...]", value))
    return str(value)


def _listed(entries: Entries, table: str, sense: str, listed: object) -> list[str]:
    """``"oak, elm"`` or ``["oak", "elm"]``."""
    if isinstance(listed, str):
        return [written for written in listed.replace("\n", ",").split(",") if written.strip()]
    items = cast("list[object]", listed) if isinstance(listed, list) else []
    if items and all(isinstance(item, str) for item in items):
        return cast("list[str]", items)
    entries.wrong(
        f"{sense} in [{table}] must list words, not {shown(cast('object', listed))}.",
        f'Like this: {sense} = "one word, another, two words".',
    )


def _number(entries: Entries, table: str, written: str, value: object) -> float:
    number = _finite(entries, table, written, value)
    if table == "counts" and (number < 0 or number != int(number)):
        entries.wrong(
            f"{written} in [counts] must be a whole number, 0 or more, not {shown(value)}."
        )
    return number


def _finite(entries: Entries, table: str, written: str, value: object) -> float:
    try:
        return finite(value, f"{written} in [{table}]")
    except AskedWrong as error:
        entries.wrong(error.message)


def _add_forms(entries: Entries, table: Mapping[str, object]) -> None:
    """``[forms.tree]`` with ``cypress = "cypress, poplar"``: kinds of a certain form."""
    for kind, form, written in _of_kinds(entries, "forms", table):
        entries.add(written, "forms", (kind, form))
        entries.add(written, "kinds", kind, again=True)


def _add_looks(entries: Entries, table: Mapping[str, object]) -> None:
    """``[looks.person]`` with ``elder = "old, aged"``: words that choose a form of what they describe."""
    looks: dict[str, list[tuple[str, str]]] = {}
    for kind, form, written in _of_kinds(entries, "looks", table):
        looks.setdefault(written.strip(), []).append((kind, form))
    for written, forms in looks.items():
        entries.add(written, "looks", tuple(forms))


def _of_kinds(
    entries: Entries, name: str, table: Mapping[str, object]
) -> Iterator[tuple[str, str, str]]:
    """Kind, form and word of a table of tables."""
    for kind, forms in table.items():
        if not isinstance(forms, dict):
            entries.wrong(
                f"{kind} in [{name}] must be a table.",
                f"Write [{name}.{kind}] and under it form = words.",
            )
        for form, listed in cast("dict[str, object]", forms).items():
            for written in _listed(entries, f"{name}.{kind}", form, listed):
                yield kind, form, written


def _add_own(entries: Entries, made: Own) -> None:
    """``[hand.mine]``, ``[palette.mine]``: each is called by its name."""
    for written in made.hands:
        entries.add(written, OWN_HAND, (made, written))
    for written in made.palettes:
        entries.add(written, OWN_PALETTE, (made, written))


def _add_herds(entries: Entries, table: Mapping[str, object]) -> None:
    """``flock = { count = 7, of = "bird" }``: so many of a kind in one word."""
    for written, herd in table.items():
        fields = cast("dict[str, object]", herd) if isinstance(herd, dict) else {}
        kind = fields.get("of")
        if set(fields) != {"count", "of"} or not isinstance(kind, str):
            entries.wrong(
                f"{written} in [herds] must say how many of what.",
                f'Like this: {written} = {{ count = 7, of = "bird" }}.',
            )
        count = _number(entries, "counts", written, fields["count"])
        entries.add(written, "herds", (kind, int(count)))


def _meaning(entries: Entries, written: str, meaning: object) -> tuple[str, object]:
    """A person's own word: words that say it in another way, a whole number, or a colour like ``#65000b``."""
    if isinstance(meaning, int) and not isinstance(meaning, bool):
        return "counts", _number(entries, "counts", written, meaning)
    if not isinstance(meaning, str):
        entries.wrong(
            f"{written} must stand for words, a whole number or a colour, not {shown(meaning)}.",
            f'Like this: {written} = "cactus", or {written} = "a red fish".',
        )
    if meaning.strip().startswith("#"):
        return "hues", _colour(entries, written, meaning.strip())
    if len(meaning) > LONGEST_MEANING:
        entries.wrong(
            f"{written} stands for {len(meaning)} characters; {LONGEST_MEANING} is the most.",
            "Say it shorter, or put the text into the sentence itself.",
        )
    if not tokens(meaning):
        entries.wrong(
            f"{written} stands for nothing.", "Write what it is: a kind, a colour, a place."
        )
    return "words", meaning


def _colour(entries: Entries, written: str, text: str) -> Lab:
    digits = text[1:]
    if len(digits) != 6 or any(c not in "0123456789abcdefABCDEF" for c in digits):
        entries.wrong(
            f"{written} is {shown(text)}, which is no colour.",
            "A colour is # and six hexadecimal digits: red, green, blue, as in #65000b.",
        )
    light, a, b = to_lab((int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)))
    return (
        round(light, 6),
        round(a, 6),
        round(b, 6),
    )  # the last digits of a root differ between machines


def _add_verbs(entries: Entries, built: dict[str, Entry], table: Mapping[str, object]) -> None:
    """``sleep = "slept"``: forms of a verb that a rule would not find."""
    for written, listed in table.items():
        entry = built.get(folded(written))
        senses = {t: v for t, v in entry.senses.items() if t in VERB_TABLES} if entry else {}
        if not senses:
            entries.wrong(
                f"{written} in [verbs] is not a verb this file has.", "Add that word as well."
            )
        for form in _listed(entries, "verbs", written, listed):
            own = built.get(folded(form))
            senses_of_both = {**senses, **(own.senses if own else {})}
            built[folded(form)] = Entry(senses_of_both, base=folded(written))


def _add_plurals(entries: Entries, built: dict[str, Entry], table: Mapping[str, object]) -> None:
    """``women = "woman"``: what a rule would not find."""
    for written, singular in table.items():
        entry = built.get(folded(singular)) if isinstance(singular, str) else None
        if entry is None:
            entries.wrong(
                f"{written} in [plurals] is the plural of {shown(singular)}, a word this file does not have.",
                "Add that word as well.",
            )
        plural = folded(written)
        if plural == folded(cast("str", singular)):
            accented = entry.accented | {composed(written.strip())}
            built[plural] = replace(entry, accented=accented)
            continue
        own = built.get(plural)
        built[plural] = Entry({**entry.senses, **(own.senses if own else {})}, plural=True)


def _rules(entries: Entries, table: Mapping[str, object]) -> Iterator[Rule]:
    """``plurals = "ies>y, s>"``: an ending, and what stands there instead; tried in order."""
    for sort, listed in table.items():
        if sort not in ENDINGS:
            entries.wrong(f"[endings] has no {shown(sort)}.", f"There are: {', '.join(ENDINGS)}.")
        for written in _listed(entries, "endings", sort, listed):
            ending, arrow, instead = written.strip().partition(">")
            if not arrow or not ending.strip():
                entries.wrong(
                    f"{shown(written)} in [endings] must be an ending, > and what stands instead.",
                    f'Like this: {sort} = "ies>y, s>".',
                )
            yield Rule(sort, folded(ending), folded(instead))
