"""Captions of a plan: the same in several wordings and languages, so that reading one gives the plan's things again.

Knows no pixels. Everything by lot is drawn from the stream it is given.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

from uncaged.engines.ink.data_plan import Plan, Thing
from uncaged.engines.ink.data_tongues import ACCUSATIVE, Case, bare, elided, phrase, word
from uncaged.engines.ink.numbers import Stream

STYLES: Final = ("plain", "placed", "told", "telegram", "typed")
"""How English captions are worded. plain: things alone. placed: with setting and palette. told: a full sentence with
relation or act. telegram: no articles, digits. typed: as a person writes into a field."""

FOREIGN: Final = ("de", "es", "fr")

OPENINGS: Final = ("", "", "", "please: ", "i want to see ", "show me ", "just ", "hm, ")
CLOSINGS: Final = ("", "", "", " please", "!!", " :)", " thanks", "...")

Order: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Caption:
    """language: en, de, es or fr. style: one of `STYLES`; *placed* in the other languages. text: the caption."""

    language: str
    style: str
    text: str


def captions(planned: Plan, lots: Stream) -> tuple[Caption, ...]:
    """All captions of a plan: English in five wordings, then German, Spanish and French."""
    things = _clause(planned, "en")
    setting, palette = _around(planned, "en")
    found = [
        Caption("en", "plain", _sentence(things)),
        Caption("en", "placed", _placed(things, setting, palette)),
        Caption("en", "told", _told(planned, setting, palette)),
        Caption("en", "telegram", _telegram(planned, setting, palette)),
        Caption("en", "typed", _typed(planned, lots)),
    ]
    for language in FOREIGN:
        setting, palette = _around(planned, language)
        text = _placed(_clause(planned, language), setting, palette)
        found.append(Caption(language, "placed", text))
    return tuple(found)


def _around(planned: Plan, language: str) -> Order:
    """Setting and palette; "" where there is no word."""
    setting = word("settings", planned.setting, language)
    palette = word("palettes", planned.palette, language)
    return setting, "" if palette == "-" else palette


def _placed(clause: str, setting: str, palette: str) -> str:
    return _sentence(", ".join(part for part in (f"{clause} {setting}", palette) if part))


def _clause(planned: Plan, language: str) -> str:
    """The things with what they do, or how they stand to each other."""
    first = _noun(planned.things[0], language)
    if planned.act:
        verb = word("acts", planned.act, language, planned.things[0].count > 1)
        text = f"{first} {verb} {_noun(planned.things[1], language, 'accusative')}"
    elif planned.relation:
        case: Case = "accusative" if planned.relation in ACCUSATIVE else "dative"
        other = _noun(planned.things[1], language, case)
        text = f"{first} {word('relations', planned.relation, language)} {other}"
    else:
        text = f"{first}{_verb(planned.things[0], language)}"
    return elided(text) if language == "fr" else text


def _noun(thing: Thing, language: str, case: Case = "nominative") -> str:
    return phrase(language, thing.row, thing.count, thing.hue, case)


def _verb(thing: Thing, language: str) -> str:
    table, name = thing.done
    return f" {word(table, name, language, thing.count > 1)}" if table else ""


def _told(planned: Plan, setting: str, palette: str) -> str:
    """A full sentence that begins with the place."""
    clause = _clause(planned, "en")
    if not planned.act and not planned.things[0].done[0]:
        there = "there is" if planned.things[0].count == 1 else "there are"
        clause = f"{there} {clause}"
    return _sentence(f"{setting}, {palette}, {clause}")


def _telegram(planned: Plan, setting: str, palette: str) -> str:
    first = planned.things[0]
    parts = [bare("en", first.row, first.count, first.hue)]
    if planned.act:
        parts.append(word("acts", planned.act, "en", first.count > 1))
    elif planned.relation:
        parts.append(word("relations", planned.relation, "en"))
    elif first.done[0]:
        parts.append(word(*first.done, "en", first.count > 1))
    parts += [bare("en", t.row, t.count, t.hue) for t in planned.things[1:]]
    return f"{' '.join(parts)}. {setting.replace('the ', '')}. {palette}".upper()


def _typed(planned: Plan, lots: Stream) -> str:
    """Small letters, now a digit, now the place first, now no place at all."""
    clause = _clause(planned, "en")
    setting, palette = _around(planned, "en")
    digits = {word("counts", str(n), "en"): str(n) for n in range(2, 10)}
    if lots.chance(0.4):
        clause = " ".join(digits.get(part, part) for part in clause.split(" "))
    shape = lots.integer(0, 3)
    text = (
        clause,
        f"{clause} {setting}",
        f"{clause} {setting} {palette}",
        f"{setting}: {clause}",
    )[shape]
    return f"{lots.pick(OPENINGS)}{text}{lots.pick(CLOSINGS)}".lower()


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
