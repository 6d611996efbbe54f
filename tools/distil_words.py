"""Distils the large tables of words that `ink` ships: English from WordNet, others from glossaries and dictionaries.

    .venv/bin/python tools/distil_words.py --wordnet /usr/share/wordnet --dictionaries /usr/share/dictd

On Debian: apt install wordnet-base dict-freedict-deu-eng dict-freedict-spa-eng dict-freedict-fra-eng. Run it again
whenever a kind has been added or words/anchors.toml has changed; it reports what it could not use.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from anchors import Anchors
from english import NOTHING, English, is_missing
from glossaries import by_hand, from_dictionary
from wordnet import WordNet

from uncaged.engines.ink.words.lexicon import LANGUAGES, Lexicon, shipped
from uncaged.engines.ink.words.senses import names
from uncaged.engines.ink.words.table import HUSHED, IRREGULAR, LAST, SHORTEST, TABLES, digest

ROOT: Final = Path(__file__).parents[1]
WORDS: Final = ROOT / "src/uncaged/engines/ink/words"
GLOSSARIES: Final = Path(__file__).parent / "glossaries"
NOUNS: Final = (
    "settings",
    "palettes",
    "suggests",
    "weather",
    "worn",
    "garments",
    "herds",
    "materials",
    "words",
)
VERBS: Final = ("motions", "postures", "gestures", "acts", "moods", "tempos")
ADJECTIVES: Final = ("hues", "fills", "sizes", "moods", "materials", "tempos", "palettes", "words")
SENSES: Final[Mapping[str, tuple[str, ...]]] = {"n": NOUNS, "v": VERBS, "a": ADJECTIVES}
Values = dict[str, str]

MADE: Final = (
    "Made by tools/distil_words.py: change words/anchors.toml or tools/glossaries, not this file."
)
WORDNET: Final = "From WordNet 3.0, Copyright 2006 by Princeton University. All rights reserved. LICENSES/WordNet.txt."
SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (WORDNET,),
    "de": (
        "From Ding/FreeDict, Copyright 1995-2020 Frank Richter, 2020-2022 Einhard Leichtfuß, GPL-3.0-or-later,",
        "and tools/glossaries/de.toml. See LICENSES/README.md.",
    ),
    "es": (
        "From FreeDict's Spanish-English dictionary, Copyright 1999-2019 its authors, GPL-2.0-or-later,",
        "and tools/glossaries/es.toml. See LICENSES/README.md.",
    ),
    "fr": (
        "From FreeDict's French-English dictionary, Copyright 1999 Horst Eyermann, 2010 John Darrington,",
        "2017 FreeDict, GPL-2.0-or-later, and tools/glossaries/fr.toml. See LICENSES/README.md.",
    ),
}


def main() -> None:
    """Reads the sources, writes the tables, says what they hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--dictionaries", type=Path, default=Path("/usr/share/dictd"))
    parser.add_argument("--out", type=Path, default=WORDS)
    asked = parser.parse_args()
    lexicons = {one.name[:2]: one for one in shipped()}
    wordnet = WordNet(asked.wordnet)
    anchors = Anchors(WORDS / "anchors.toml", wordnet)
    english = English(wordnet, anchors, lexicons["en"])
    tables = {"en": english.table()}
    heads = {"en": english.words()}
    for language in LANGUAGES[1:]:
        tables[language], heads[language] = _foreign(
            asked.dictionaries, language, english, lexicons
        )
    strays = english.stray(tables["en"], lexicons["en"].rules)
    irregular = list(english.irregular(tables["en"]))
    for language in LANGUAGES:
        apart = heads[language] - {form for form, _, _ in irregular}
        tables[language].update(_elsewhere(language, apart, tables, lexicons))
    tables["en"].update(strays)
    for language, table in tables.items():
        _write(asked.out / TABLES[language], table, SOURCES[language])
    forms: dict[str, list[str]] = {}
    for form, word, pos in irregular:
        forms.setdefault(form, []).append(f"{word} {pos}")
    _write(asked.out / IRREGULAR["en"], {f: ";".join(w) for f, w in forms.items()}, (WORDNET,))
    slurs = {digest(word): NOTHING for word in english.slurs()}
    slurs |= dict.fromkeys(anchors.lists["foul"], NOTHING)
    _write(
        asked.out / HUSHED,
        slurs,
        ("Digests of words that insult, by WordNet's marks of usage. " + WORDNET,),
    )
    _report(anchors, tables, lexicons["en"], asked.out)


def _foreign(
    folder: Path, language: str, english: English, lexicons: Mapping[str, Lexicon]
) -> tuple[Values, set[str]]:
    """The table of another language, without what its lexicon says, and every word its dictionary knows."""

    def value(word: str, pos: str) -> str | None:
        found = (_value(english, lexicons["en"], word, one) for one in pos)
        return next((drawn for drawn in found if drawn), None)

    mine = by_hand(GLOSSARIES / f"{language}.toml", value)
    found, heads = from_dictionary(folder, language, value)
    table = {**found, **mine}
    entries = lexicons[language].entries
    table = {
        word: drawn
        for word, drawn in table.items()
        if is_missing(lexicons[language], word, not drawn.startswith(VERBS))
    }
    if language == "de":
        nouns = {
            **table,
            **{word: str(entry.senses.get("kinds", "")) for word, entry in entries.items()},
        }
        table = {word: v for word, v in table.items() if not _compound(word, v, nouns)}
    return table, heads | set(mine)


def _value(english: English, lexicon: Lexicon, word: str, pos: str) -> str | None:
    """What an English word is drawn as: by the lexicon, else by WordNet."""
    entry = lexicon.entries.get(word)
    known = english.values[pos].get(word)
    if entry is None or entry.senses.keys() <= {"grammar"}:
        return known
    if known and is_missing(lexicon, word, pos == "n"):
        return known
    parts: list[str] = []
    kind = entry.senses.get("kinds")
    if kind and pos == "n":
        form, size = entry.senses.get("forms"), entry.senses.get("noun-sizes")
        parts.append(
            f"{kind}{f'/{form[1]}' if isinstance(form, tuple) else ''}{f'*{size:g}' if size else ''}"
        )
    for table in SENSES[pos]:
        sense = entry.senses.get(table)
        if isinstance(sense, tuple):
            parts.append(f"{table} {' '.join(str(one) for one in sense)}")
        elif isinstance(sense, float | int):
            parts.append(f"{table} {sense:g}")
        elif sense:
            parts.append(f"{table} {sense}")
    return ";".join(parts) or None


def _compound(word: str, value: str, table: Values) -> bool:
    """Whether the last part of a German word says the same."""
    parts = (word[at:] for at in range(SHORTEST, len(word) - LAST + 1))
    longest = next((part for part in parts if part in table), "")
    return bool(longest) and table[longest] == value


def _elsewhere(
    language: str,
    heads: Iterable[str],
    tables: Mapping[str, Values],
    lexicons: Mapping[str, Lexicon],
) -> Values:
    """Words that mean nothing to draw in this language and something in another one: *gift*, *chat*, *rot*."""
    others = [one for one in LANGUAGES if one != language]
    own, entries = tables[language], lexicons[language].entries
    found: Values = {}
    for word in heads:
        if word in own or word in entries or lexicons[language].inflected(word):
            continue
        if any(tables[one].get(word, NOTHING) != NOTHING for one in others) or any(
            word in lexicons[one].entries or lexicons[one].inflected(word) for one in others
        ):
            found[word] = NOTHING
    return found


def _write(path: Path, table: Mapping[str, str], sources: Iterable[str]) -> None:
    lines = sorted(f"{word}\t{value}".encode() for word, value in table.items())
    head = [f"# {line}".encode() for line in (*sources, MADE)]
    path.write_bytes(b"\n".join((*head, *lines)) + b"\n")


def _report(anchors: Anchors, tables: Mapping[str, Values], lexicon: Lexicon, out: Path) -> None:
    """How many words, and what could not be used."""
    for language, table in tables.items():
        drawn = sum(value != NOTHING for value in table.values())
        size = (out / TABLES[language]).stat().st_size
        print(
            f"{TABLES[language]:14}{drawn:7,} words drawn, {len(table) - drawn:6,} kept apart, {size / 1000:6.0f} kB"
        )
    reached = Counter(
        part.partition("*")[0].partition("/")[0]
        for v in tables["en"].values()
        for part in v.split(";")
    )
    by_lexicon = {entry.senses.get("kinds") for entry in lexicon.entries.values()}
    verbs = sum(
        any(p.partition(" ")[0] in VERBS for p in v.split(";")) for v in tables["en"].values()
    )
    nouns = sum(v != NOTHING for v in tables["en"].values()) - verbs
    print(f"English: about {nouns:,} nouns and adjectives, {verbs:,} verbs")
    print("Kinds that no English word reaches:", _said({*names("kinds")} - {*reached} - by_lexicon))
    print("Anchors whose kind does not exist:", _said(anchors.report.kinds))
    print("Anchors whose form does not exist:", _said(anchors.report.forms))
    print("Anchors whose name does not exist:", _said(anchors.report.names))
    print("Synsets that WordNet does not have:", _said(anchors.report.synsets))


def _said(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "none"


if __name__ == "__main__":
    main()
