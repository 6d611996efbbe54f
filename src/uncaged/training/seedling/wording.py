"""Captions of a film: what it shows in several wordings, in English, German, Spanish and French.

Nouns and hues are `ink`'s; sizes, motions and places have their words here. Knows no pixels.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from uncaged.engines.ink.data_captions import Caption
from uncaged.engines.ink.data_tongues import GERMAN_ENDINGS, bare, names, phrase
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.words.lexicon import LANGUAGES

STYLES: Final = ("plain", "told", "telegram", "typed")
"""plain: the thing in its hue. told: a sentence. telegram: words alone. typed: as a person types, much left out."""

OMITTED: Final = 0.3
"""How often each part is left out of what is typed."""

OPENINGS: Final = ("", "", "", "show me ", "please: ", "a film of ")
CLOSINGS: Final = ("", "", "", "!!", " please", "...")

Words: TypeAlias = Mapping[str, tuple[str, ...]]
"""Value → its word in each of `LANGUAGES`."""

SIZES: Final[Words] = MappingProxyType(
    {
        "small": ("small", "klein", "pequeño", "petit"),
        "middle": ("", "", "", ""),
        "large": ("large", "groß", "grande", "grand"),
    }
)
"""A middle size goes without saying."""

MOTIONS: Final[Words] = MappingProxyType(
    {
        "still": ("stays still", "bleibt still", "no se mueve", "ne bouge pas"),
        "drifts-left": (
            "drifts to the left",
            "treibt nach links",
            "flota hacia la izquierda",
            "dérive vers la gauche",
        ),
        "drifts-right": (
            "drifts to the right",
            "treibt nach rechts",
            "flota hacia la derecha",
            "dérive vers la droite",
        ),
        "rises": ("rises", "steigt", "sube", "monte"),
        "sinks": ("sinks", "sinkt", "se hunde", "coule"),
        "grows": ("grows", "wächst", "crece", "grandit"),
        "shrinks": ("shrinks", "schrumpft", "se encoge", "rétrécit"),
        "spins": ("spins", "dreht sich", "gira", "tourne"),
        "sways": ("sways", "schwankt", "se balancea", "se balance"),
        "bounces": ("bounces", "hüpft", "salta", "saute"),
        "pulses": ("pulses", "pulsiert", "late", "palpite"),
        "circles": ("goes round in a circle", "kreist", "da vueltas", "tourne en rond"),
    }
)

PLACES: Final[Words] = MappingProxyType(
    {
        "centre": ("in the middle", "in der Mitte", "en el centro", "au centre"),
        "left": ("on the left", "links", "a la izquierda", "à gauche"),
        "right": ("on the right", "rechts", "a la derecha", "à droite"),
        "top": ("at the top", "oben", "arriba", "en haut"),
        "bottom": ("at the bottom", "unten", "abajo", "en bas"),
    }
)


def captions(named: Mapping[str, str], lots: Stream) -> tuple[Caption, ...]:
    """All captions of what is named (slot → value): English in four wordings, the others plain and told."""
    kind, hue, size, motion, place = (
        named[f"s1.{name}"] for name in ("kind", "hue", "size", "motion", "place")
    )
    found: list[Caption] = []
    for number, language in enumerate(LANGUAGES):
        thing = sized(language, kind, hue, size)
        told = f"{thing} {PLACES[place][number]} {MOTIONS[motion][number]}."
        found.append(Caption(language, "plain", phrase(language, kind, 1, hue)))
        found.append(Caption(language, "told", f"{told[0].upper()}{told[1:]}"))
    words = (SIZES[size][0], bare("en", kind, 1, hue), PLACES[place][0], MOTIONS[motion][0])
    telegram = ". ".join(part for part in words if part).upper()
    found.append(Caption("en", "telegram", telegram))
    found.append(Caption("en", "typed", _typed(kind, hue, size, motion, place, lots)))
    return tuple(found)


def sized(language: str, kind: str, hue: str, size: str) -> str:
    """One thing with its hue and size: *a small red fish*, *ein kleiner roter Fisch*."""
    said = phrase(language, kind, 1, hue)
    word = SIZES[size][LANGUAGES.index(language)]
    if not word:
        return said
    article, _, rest = said.partition(" ")
    gender = names()[kind][LANGUAGES.index(language)].gender
    match language:
        case "en":
            return f"a {word} {rest}"
        case "de":
            return f"{article} {word}{GERMAN_ENDINGS['nominative'][gender]} {rest}"
        case "es":
            return f"{said} {word[:-1]}a" if gender == "f" and word[-1] == "o" else f"{said} {word}"
        case _:
            return f"{article} {word}{'e' if gender == 'f' else ''} {rest}"


def _typed(kind: str, hue: str, size: str, motion: str, place: str, lots: Stream) -> str:
    """Small letters; now the motion is missing, now the hue."""
    thing = sized("en", kind, "" if lots.chance(OMITTED) else hue, size)
    rest = (PLACES[place][0], MOTIONS[motion][0])
    parts = [thing, *(part for part in rest if not lots.chance(OMITTED))]
    text = " ".join(parts)
    if lots.chance(0.3):
        text = text.partition(" ")[2]
    return f"{lots.pick(OPENINGS)}{text}{lots.pick(CLOSINGS)}".lower()
