"""Noun phrases in four languages: numbers, genders, cases and colours that agree. For captions; knows no scene.

Names stand in `data_names.toml`; a name whose words the lexicons do not read as its kind is not used.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.lexicon import LANGUAGES, shipped
from uncaged.engines.ink.words.spelling import tokens
from uncaged.engines.ink.words.vocabulary import Vocabulary

Case: TypeAlias = Literal["nominative", "accusative", "dative"]

GERMAN_ARTICLES: Final[Mapping[Case, Mapping[str, str]]] = {
    "nominative": {"m": "ein", "f": "eine", "n": "ein"},
    "accusative": {"m": "einen", "f": "eine", "n": "ein"},
    "dative": {"m": "einem", "f": "einer", "n": "einem"},
}
GERMAN_ENDINGS: Final[Mapping[Case, Mapping[str, str]]] = {
    "nominative": {"m": "er", "f": "e", "n": "es", "many": "e"},
    "accusative": {"m": "en", "f": "e", "n": "es", "many": "e"},
    "dative": {"m": "en", "f": "en", "n": "en", "many": "en"},
}
UNCHANGED: Final = frozenset({"rosa"})
"""German colours that never take an ending."""

ACCUSATIVE: Final = frozenset({"around"})
"""Relations whose German preposition is followed by the accusative; the others take the dative."""

NOT_WEAK: Final = frozenset({"Fleck", "Strommast"})
"""Masculine nouns with a plural in -(e)n that take no ending in the singular."""

_VOWELS: Final = "aeiouáéíóúàâéèêîôûœæ"


@dataclass(frozen=True, slots=True)
class Name:
    """What one kind, or a form of it, is called in one language.

    many: "" where it is only said of one. gender: m, f, n or fu; "" in English.
    """

    one: str
    many: str
    gender: str = ""


def phrase(language: str, name: str, count: int, hue: str = "", case: Case = "nominative") -> str:
    """So many things of a colour: *a yellow bird*, *zwei gelbe Vögel*. name: a row of `names`; count: 1 … 9."""
    noun = names()[name][LANGUAGES.index(language)]
    match language:
        case "en":
            return _english(noun, count, hue)
        case "de":
            return _german(noun, count, hue, case)
        case _:
            return _romance(language, noun, count, hue)


def bare(language: str, name: str, count: int, hue: str = "") -> str:
    """The same without an article and with a digit, as in a telegram: *2 yellow birds*, *yellow bird*."""
    noun = names()[name][LANGUAGES.index(language)]
    colour = word("hues", hue, language) if hue else ""
    digit = str(count) if count > 1 else ""
    return " ".join(part for part in (digit, colour, noun.many if count > 1 else noun.one) if part)


def word(table: str, key: str, language: str, many: bool = False) -> str:
    """A word of one of the small tables; of verbs the form for one or for many who do it."""
    forms = _rows(table)[key][LANGUAGES.index(language)]
    return forms[-1] if many else forms[0]


def has(table: str, key: str) -> bool:
    """Whether the table has a word for it."""
    return key in _rows(table)


def row_in_english(row: str) -> tuple[str, str] | None:
    """What a row is called in English, of one and of many, whether or not it is read so; None where it has no name."""
    kind, _, form = row.partition(".")
    data = _data()
    written = data["forms"].get(kind, {}).get(form) if form else data["kinds"].get(kind)
    if written is None:
        return None
    name = _name(0, written.split(" | ")[0])
    return name.one, name.many


def elided(text: str) -> str:
    """French: *de un* is *d'un*."""
    for short in ("de", "que"):
        for vowel in "aeiouéèêâîôûœh":
            text = text.replace(f" {short} {vowel}", f" {short[:-1]}'{vowel}")
    return text


@cache
def names() -> Mapping[str, tuple[Name, ...]]:
    """Row → its name in each language, where a kind, or a form of one, is read from it in all of them.

    A row is called like its kind, or ``kind.form``. Where a plural is not read as this kind, it is left out.
    """
    data = _data()
    rows = dict(data["kinds"])
    for kind, forms in data["forms"].items():
        rows |= {f"{kind}.{form}": row for form, row in forms.items()}
    found: dict[str, tuple[Name, ...]] = {}
    for row, written in sorted(rows.items()):
        kind, _, form = row.partition(".")
        if kind in kinds() and not kinds()[kind].hidden and form in ("", *kinds()[kind].forms):
            parts = written.split(" | ")
            named = [_name(i, part) for i, part in enumerate(parts)]
            if all(_is_read(i, name.one, kind) for i, name in enumerate(named)):
                many = all(_is_read(i, name.many, kind) for i, name in enumerate(named))
                found[row] = tuple(name if many else replace(name, many="") for name in named)
    return MappingProxyType(found)


def counted(name: str) -> bool:
    """Whether there is a plural for this row in all languages."""
    return bool(names()[name][0].many)


def _name(number: int, written: str) -> Name:
    gender = ""
    if number:
        gender, _, written = written.partition(" ")
    one, _, many = written.partition(", ")
    return Name(one, many or _plural(one, LANGUAGES[number]), gender)


def _plural(one: str, language: str) -> str:
    if language == "es" and one[-1] not in _VOWELS:
        return f"{one}es"
    return f"{one}s"


def _is_read(number: int, written: str, kind: str) -> bool:
    """Whether this language's lexicon reads a word or phrase as the kind, with nothing else said."""
    terms = Vocabulary.of().terms(tokens(written), shipped()[number])
    senses = terms[0].senses if len(terms) == 1 else {}
    return senses.get("kinds") == kind and senses.keys().isdisjoint(("hues", "worn", "garments"))


def _english(noun: Name, count: int, hue: str) -> str:
    what = f"{word('hues', hue, 'en')} {noun.one}" if hue else noun.one
    if count == 1:
        return f"an {what}" if what[0] in "aeiou" and what[:3] != "uni" else f"a {what}"
    rest = what[: len(what) - len(noun.one)] + noun.many
    return f"{word('counts', str(count), 'en')} {rest}"


def _german(noun: Name, count: int, hue: str, case: Case) -> str:
    colour = ""
    if hue:
        stem = word("hues", hue, "de")
        ending = GERMAN_ENDINGS[case][noun.gender if count == 1 else "many"]
        colour = (stem if stem in UNCHANGED else stem + ending) + " "
    if count == 1:
        one = noun.one if case == "nominative" else _declined(noun)
        return f"{GERMAN_ARTICLES[case][noun.gender]} {colour}{one}"
    many = noun.many
    if case == "dative" and many[-1] not in "ns":
        many += "n"
    return f"{word('counts', str(count), 'de')} {colour}{many}"


def _declined(noun: Name) -> str:
    """A weak masculine noun beyond the nominative: *einen Löwen*, *einem Bären*."""
    weak = noun.gender == "m" and noun.many in (f"{noun.one}n", f"{noun.one}en")
    return noun.many if weak and noun.one not in NOT_WEAK else noun.one


def _romance(language: str, noun: Name, count: int, hue: str) -> str:
    feminine = noun.gender[0] == "f"
    article = {"es": ("un", "una"), "fr": ("un", "une")}[language][feminine and noun.gender != "fu"]
    head = article if count == 1 else word("counts", str(count), language)
    colour = ""
    if hue:
        forms = _rows("hues")[hue][LANGUAGES.index(language)]
        colour = " " + (forms[2 * (count > 1) + feminine] if len(forms) == 4 else forms[0])
    return f"{head} {noun.one if count == 1 else noun.many}{colour}"


@cache
def _rows(table: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Row → for each language its forms."""
    return {
        key: tuple(tuple(part.split(", ")) for part in row.split(" | "))
        for key, row in _data()[table].items()
    }


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    path = files("uncaged.engines.ink").joinpath("data_names.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
