"""Captions of a film: what it shows in several wordings, in English, German, Spanish and French.

Nouns, hues, settings and palettes are called as in `ink`; the rest has its words here. Knows no pixels.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from uncaged.engines.ink.data_captions import Caption
from uncaged.engines.ink.data_tongues import GERMAN_ENDINGS, bare, elided, names, phrase, word
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.words.lexicon import LANGUAGES
from uncaged.training.seedling.plans import PLAIN, Plan

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
        "sinks": ("sinks", "sinkt", "se hunde", "descend"),
        "grows": ("grows", "wächst", "crece", "grandit"),
        "shrinks": ("shrinks", "schrumpft", "se encoge", "rétrécit"),
        "spins": ("spins", "dreht sich", "gira", "tourne"),
        "sways": ("sways", "schwankt", "se balancea", "se balance"),
        "bounces": ("bounces", "hüpft", "salta", "saute"),
        "pulses": ("pulses", "pulsiert", "late", "pulse"),
        "circles": ("goes round in a circle", "kreist", "da vueltas en círculo", "tourne en rond"),
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


CAMERAS: Final[Words] = MappingProxyType(
    {
        "still": ("", "", "", ""),
        "pan-left": (
            "the camera pans to the left",
            "die Kamera schwenkt nach links",
            "la cámara gira hacia la izquierda",
            "la caméra tourne vers la gauche",
        ),
        "pan-right": (
            "the camera pans to the right",
            "die Kamera schwenkt nach rechts",
            "la cámara gira hacia la derecha",
            "la caméra tourne vers la droite",
        ),
        "zoom-in": (
            "the camera comes closer",
            "die Kamera kommt näher",
            "la cámara se acerca",
            "la caméra se rapproche",
        ),
        "zoom-out": (
            "the camera draws back",
            "die Kamera entfernt sich",
            "la cámara se aleja",
            "la caméra s'éloigne",
        ),
    }
)

RELATED: Final = MappingProxyType(
    {"beside": "beside", "above": "over", "below": "under", "behind": "behind"}
)
"""Relations as `ink` calls them."""


def captions(planned: Plan) -> tuple[Caption, ...]:
    """All captions of a plan: English in four wordings, the others plain and told."""
    found: list[Caption] = []
    for language in LANGUAGES:
        things = [phrase(language, one["kind"], 1, one["hue"]) for one in planned.subjects]
        found.append(Caption(language, "plain", ", ".join(things)))
        found.append(Caption(language, "told", _told(planned, language)))
    found.append(Caption("en", "telegram", _telegram(planned)))
    found.append(Caption("en", "typed", _typed(planned, planned.lots.sub("words"))))
    return tuple(found)


def sized(
    language: str,
    kind: str,
    hue: str,
    size: str,
    case: Literal["nominative", "dative"] = "nominative",
) -> str:
    """One thing with its hue and size: *a small red fish*, *ein kleiner roter Fisch*."""
    said = phrase(language, kind, 1, hue, case)
    large = SIZES[size][LANGUAGES.index(language)]
    if not large:
        return said
    article, _, rest = said.partition(" ")
    gender = names()[kind][LANGUAGES.index(language)].gender
    match language:
        case "en":
            return f"a {large} {rest}"
        case "de":
            return f"{article} {large}{GERMAN_ENDINGS[case][gender]} {rest}"
        case "es":
            return (
                f"{said} {large[:-1]}a" if gender == "f" and large[-1] == "o" else f"{said} {large}"
            )
        case _:
            return f"{article} {large}{'e' if gender == 'f' else ''} {rest}"


def _told(planned: Plan, language: str) -> str:
    """A sentence for each subject, one for the place and the camera, where there is something to say of them."""
    number, named = LANGUAGES.index(language), planned.names
    first, *others = planned.subjects
    parts = [_sized(first, language)]
    if "place" in first:
        parts.append(PLACES[first["place"]][number])
    parts.append(MOTIONS[first["motion"]][number])
    for other in others:
        relation = RELATED[named["relation"]]
        parts += [word("relations", relation, language), _sized(other, language, "dative")]
    told = [" ".join(parts)]
    told += [f"{_sized(one, language)} {MOTIONS[one['motion']][number]}" for one in others]
    told += [*_around(named, language), CAMERAS[named["camera"]][number]]
    text = ". ".join(f"{part[0].upper()}{part[1:]}" for part in told if part) + "."
    return elided(text) if language == "fr" else text


def _sized(
    subject: Mapping[str, str], language: str, case: Literal["nominative", "dative"] = "nominative"
) -> str:
    return sized(language, subject["kind"], subject["hue"], subject["size"], case)


def _around(named: Mapping[str, str], language: str) -> list[str]:
    """Setting and palette in words, where they are not the plain ones."""
    found = [
        word(f"{table}s", named[table], language)
        for table in ("setting", "palette")
        if named[table] != PLAIN[table]
    ]
    return [part for part in found if part not in ("", "-")]


def _telegram(planned: Plan) -> str:
    words: list[str] = []
    for number, one in enumerate(planned.subjects):
        words.append(planned.names["relation"] if number else "")
        words += [SIZES[one["size"]][0], bare("en", one["kind"], 1, one["hue"])]
        words += [PLACES[one["place"]][0] if "place" in one else "", MOTIONS[one["motion"]][0]]
    words += [*_around(planned.names, "en"), CAMERAS[planned.names["camera"]][0]]
    return ". ".join(part for part in words if part).upper()


def _typed(planned: Plan, lots: Stream) -> str:
    """Small letters; now the motion is missing, now the hue."""
    parts: list[str] = []
    for one in planned.subjects:
        hue = "" if lots.chance(OMITTED) else one["hue"]
        parts += [planned.names["relation"]] if parts else []
        parts.append(sized("en", one["kind"], hue, one["size"]))
        rest = [PLACES[one["place"]][0] if "place" in one else "", MOTIONS[one["motion"]][0]]
        parts += [part for part in rest if part and not lots.chance(OMITTED)]
    parts += [part for part in _around(planned.names, "en") if not lots.chance(OMITTED)]
    text = " ".join(parts)
    if lots.chance(0.3):
        text = text.partition(" ")[2]
    return f"{lots.pick(OPENINGS)}{text}{lots.pick(CLOSINGS)}".lower()
