"""A person's own hands and palettes: tables of a lexicon's file, checked, and put onto a scene. Knows no words.

Nothing of them is needed afterwards: a hand is a shipped one and dials, a palette is colours by role, and both stand in
the position a work is kept with.

    [hand.mine]                      [palette.mine]
    base = "chalk"                   top = "#1d1d2b"
    line = 2.0                       low = "#33334a"      … far mid near deep ink light a b c
    palette = "mine"
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any, Final, cast

from uncaged.core.errors import AskedWrong
from uncaged.core.score import finite, shown
from uncaged.engines.ink.colour import PALETTES, ROLES, Colour, Lab, lightness, to_lab
from uncaged.engines.ink.hands import CHOICES, Hand, hands
from uncaged.engines.ink.scene import AMOUNTS, Dials, Scene

MOST: Final = 64
"""Hands, and palettes, of one file."""

CLEAR: Final = 0.25
"""Lightness that ink and light are apart, at least."""

NIGHT: Final = 0.42
"""Mean lightness of a sky below which it is night."""

_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
_NAME: Final = re.compile(r"[^\W_][\w -]{0,39}")
_DIALS: Final = tuple(f.name for f in fields(Dials) if f.name not in ("tempo", "inversion"))
_BY_BASE: Final = tuple(
    f.name for f in fields(Hand) if f.name not in (*_DIALS, "name", "palette", "contour")
)
_MODES: Final = {"brush": "brush", "dotted": "dotted", "none": "none"}


@dataclass(frozen=True, slots=True)
class OwnPalette:
    """base: the shipped palette whose light it is under. colours: role → OKLab, all eleven or those that differ."""

    base: str
    colours: Mapping[str, Lab]

    def on(self, scene: Scene) -> Scene:
        """The scene in these colours; what a picture lent it gives way."""
        return scene.evolve(palette=self.base, colours=dict(self.colours))


@dataclass(frozen=True, slots=True)
class OwnHand:
    """base: a shipped hand. factors, amounts: dials that are multiplied and added.

    mode: of the contour, "" = the base's. palette: the palette it likes, shipped or of the same file; "" = the base's.
    """

    base: str
    factors: Mapping[str, float]
    amounts: Mapping[str, float]
    mode: str = ""
    palette: str = ""

    def on(self, scene: Scene) -> Scene:
        """The scene drawn by this hand; its palette is not touched."""
        dials = {f.name: float(getattr(scene.dials, f.name)) for f in fields(Dials)}
        dials |= {name: dials[name] * by for name, by in self.factors.items()}
        dials |= {name: dials[name] + by for name, by in self.amounts.items()}
        mode = self.mode if self.mode and scene.mode == "brush" else scene.mode
        return scene.evolve(hand=self.base, dials=Dials(**dials), mode=mode)


@dataclass(frozen=True, slots=True)
class Own:
    """The hands and palettes of one file, by their names as they are written there."""

    hands: Mapping[str, OwnHand]
    palettes: Mapping[str, OwnPalette]


def own(data: Mapping[str, Any], file: str) -> Own:
    """Reads the tables `hand` and `palette` of a parsed lexicon; without them the answer is empty.

    file: its name, for messages. `AskedWrong` names the table and the key, and says what to do.
    """
    palettes = {
        name: _palette(row, f"palette.{name} of {file}")
        for name, row in _tables(data, "palette", file)
    }
    made = {
        name: _hand(row, f"hand.{name} of {file}", palettes)
        for name, row in _tables(data, "hand", file)
    }
    return Own(made, palettes)


def _tables(data: Mapping[str, Any], kind: str, file: str) -> list[tuple[str, Mapping[str, Any]]]:
    found = data.get(kind, {})
    example = f"It is written like this: [{kind}.mine], and below it {'base' if kind == 'hand' else 'top'} = …"
    if not isinstance(found, Mapping):
        raise AskedWrong(f"{kind} in {file} is no table.", example)
    tables = cast("Mapping[str, Any]", found)
    if len(tables) > MOST:
        raise AskedWrong(
            f"{file} has {len(tables)} tables [{kind}.…]; {MOST} is the most.",
            "Divide it into several files.",
        )
    for name, row in tables.items():
        if not isinstance(row, Mapping):
            raise AskedWrong(f"{kind}.{shown(name)} in {file} is no table.", example)
        if not _NAME.fullmatch(name):
            raise AskedWrong(
                f"{shown(name)} in {file} cannot be the name of a {kind}.",
                "Give it up to 40 letters, digits, spaces and hyphens, a letter or digit first.",
            )
    return [(name, cast("Mapping[str, Any]", row)) for name, row in tables.items()]


# ---- palettes --------------------------------------------------------------------------------


def _palette(row: Mapping[str, Any], where: str) -> OwnPalette:
    """Eleven colours, or a base and those that differ."""
    base = row.get("base", "")
    if base:
        _among(base, "base", PALETTES, where)
    for key in row:
        if key != "base":
            _among(key, "role", ROLES, where)
    colours = {role: _colour(row[role], role, where) for role in ROLES if role in row}
    missing = [role for role in ROLES if role not in colours]
    if missing and not base:
        raise AskedWrong(
            f"{where} does not say {', '.join(missing)}.",
            f'Give all eleven roles, or name the palette that lends the others: base = "{_light(colours)}".',
        )
    base = base or _light(colours)
    whole = {role: colours.get(role, PALETTES[base].role(role)) for role in ROLES}
    if abs(lightness(whole["ink"]) - lightness(whole["light"])) < CLEAR:
        raise AskedWrong(
            f"In {where} ink and light are nearly alike: nothing drawn would be seen.",
            "Make one of them darker or the other lighter.",
        )
    return OwnPalette(str(base), {role: _rounded(colour) for role, colour in colours.items()})


def _light(colours: Mapping[str, Colour]) -> str:
    """The shipped palette under whose light such colours are: of day, of night, of ink lighter than its paper."""
    seen = {role: lightness(colour) for role, colour in colours.items()}
    if seen.get("ink", 0.0) > seen.get("low", 1.0):
        return "negative"
    dark = seen.get("top", 1.0) + seen.get("low", 1.0) < 2 * NIGHT
    return "night" if dark else "dawn"


def _colour(value: object, role: str, where: str) -> Colour:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise AskedWrong(
            f"{role} of {where} is {shown(value)}, which is no colour.",
            f'Write it as six digits of red, green and blue: {role} = "#d9412b".',
        )
    return (int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16))


def _rounded(colour: Colour) -> Lab:
    """Six digits: the last ones of a power differ between machines."""
    light, a, b = to_lab(colour)
    return (round(light, 6), round(a, 6), round(b, 6))


# ---- hands -----------------------------------------------------------------------------------


def _hand(row: Mapping[str, Any], where: str, palettes: Mapping[str, OwnPalette]) -> OwnHand:
    base = row.get("base", "print")
    _among(base, "base", hands(), where)
    under = hands()[str(base)]
    known = ("base", "palette", "contour", *_DIALS, *_BY_BASE)
    for key in row:
        _among(key, "key", known, where)
    for key in _BY_BASE:
        if key in row and not _as_base(row[key], getattr(under, key)):
            raise AskedWrong(
                f"{key} of {where} cannot differ from its base: it is what makes {under.name} itself.",
                f"Leave it out, or choose another base: {', '.join(hands())}.",
            )
    if row.get("palette"):
        _among(row["palette"], "palette", (*palettes, *PALETTES), where)
    factors, amounts = _turned(row, under, where)
    return OwnHand(
        under.name, factors, amounts, _mode(row, under, where), str(row.get("palette", ""))
    )


def _as_base(value: object, own: object) -> bool:
    return (tuple(cast("list[object]", value)) if isinstance(value, list) else value) == own


def _mode(row: Mapping[str, Any], under: Hand, where: str) -> str:
    """The way of its contours, where that is another one than the base's."""
    contour = row.get("contour", under.contour)
    _among(contour, "contour", CHOICES["contour"], where)
    if contour == under.contour:
        return ""
    if contour not in _MODES or contour == "brush":
        raise AskedWrong(
            f"contour of {where} cannot become {contour} on the hand {under.name}.",
            'Choose the base that draws so: base = "one-line" for joined, base = "print" for brush.',
        )
    return _MODES[contour]


def _turned(
    row: Mapping[str, Any], under: Hand, where: str
) -> tuple[dict[str, float], dict[str, float]]:
    """Its numbers as dials: a hand's own are worth what the base's are at 1."""
    factors: dict[str, float] = {}
    amounts: dict[str, float] = {}
    for name in _DIALS:
        if name not in row:
            continue
        value = _number(row[name], name, where)
        if name in AMOUNTS:
            amounts[name] = value - float(getattr(under, name, 0.0))
            continue
        plain = float(getattr(under, name, 1.0))
        if plain == 0 and value != 0:
            raise AskedWrong(
                f"{name} of {where} is {shown(value)}, but the hand {under.name} has none of it.",
                "Leave it out, or choose another base.",
            )
        factors[name] = value / plain if plain else 1.0
    return factors, amounts


def _number(value: object, name: str, where: str) -> float:
    try:
        return finite(value, f"{name} of {where}")
    except AskedWrong as wrong:
        raise AskedWrong(wrong.message, f"Write {name} = 1.0.") from None


def _among(value: object, what: str, known: Any, where: str) -> None:
    """`AskedWrong` with the nearest name, where `value` is none of the known ones."""
    names = [str(name) for name in known]
    if isinstance(value, str) and value in names:
        return
    near = get_close_matches(str(value), names, 1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}."
    raise AskedWrong(f"{shown(value)} is no {what} that {where} may have.", hint)
