"""Colour arithmetic in OKLab, palettes and hues. Knows nothing of drawing.

Lightness decides: a palette is a ladder of it, and a form is kept off its ground by it. Results are rounded to bytes
at once, so that the last digit of a power cannot change a picture. OKLab after Björn Ottosson (2020).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from typing import Any, TypeAlias

from uncaged.engines.ink.numbers import PI, cos, sin

Colour: TypeAlias = tuple[int, int, int]
"""sRGB bytes, red green blue."""
Lab: TypeAlias = tuple[float, float, float]
"""OKLab: lightness 0 … 1, green–red, blue–yellow."""

ROLES = ("top", "low", "far", "mid", "near", "deep", "ink", "light", "a", "b", "c")


@dataclass(frozen=True, slots=True)
class Palette:
    """Eleven colours by their role, and how things look under this light.

    pen: shade is hatching instead of grain. night: lamps and windows glow. negative: light on dark.
    """

    name: str
    at: tuple[float, float]
    top: Colour
    low: Colour
    far: Colour
    mid: Colour
    near: Colour
    deep: Colour
    ink: Colour
    light: Colour
    a: Colour
    b: Colour
    c: Colour
    ambient: float = 0.1
    pen: bool = False
    night: bool = False
    negative: bool = False
    low_disc: bool = False
    disc: tuple[str, str, float] = ("a", "a", 0.0)

    def role(self, name: str) -> Colour:
        """The colour of a role by its name."""
        return getattr(self, name)

    @property
    def paper(self) -> bool:
        """Whether bare paper is the light: forms stay pale and one accent carries the colour."""
        return self.pen and not self.negative


def _linear(byte: float) -> float:
    c = byte / 255
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def _byte(c: float) -> int:
    c = min(max(c, 0.0), 1.0)
    c = c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
    return min(max(int(c * 255 + 0.5), 0), 255)


@lru_cache(16384)
def to_lab(rgb: Colour) -> Lab:
    """sRGB bytes → OKLab."""
    r, g, b = (_linear(x) for x in rgb)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def to_rgb(lab: Lab) -> Colour:
    """OKLab → sRGB bytes; what does not fit loses chroma and keeps its lightness."""
    lightness, a, b = lab
    linear = (0.0, 0.0, 0.0)
    for _ in range(12):
        long = lightness + 0.3963377774 * a + 0.2158037573 * b
        middle = lightness - 0.1055613458 * a - 0.0638541728 * b
        short = lightness - 0.0894841775 * a - 1.2914855480 * b
        long, middle, short = long * long * long, middle * middle * middle, short * short * short
        linear = (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )
        if min(linear) > -0.002 and max(linear) < 1.002:
            break
        a, b = a * 0.9, b * 0.9
    return (_byte(linear[0]), _byte(linear[1]), _byte(linear[2]))


@lru_cache(16384)
def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the way from one colour to the other."""
    p, q = to_lab(one), to_lab(other)
    k = 1 - share
    return to_rgb((p[0] * k + q[0] * share, p[1] * k + q[1] * share, p[2] * k + q[2] * share))


@lru_cache(8192)
def lighter(rgb: Colour, by: float) -> Colour:
    """Lightness raised (or, with a negative number, lowered) by `by`; darkened yellow turns to amber."""
    lightness, a, b = to_lab(rgb)
    if by < 0 and b > 0.08 and -0.02 < a < 0.09:
        a += 0.30 * -by
    k = 1 - abs(by) * 0.3
    return to_rgb((min(max(lightness + by, 0.08), 0.98), a * k, b * k))


def lightness(rgb: Colour) -> float:
    """OKLab lightness, 0 … 1."""
    return to_lab(rgb)[0]


@lru_cache(8192)
def apart(rgb: Colour, ground: Colour, gap: float = 0.18, most: float = 0.30) -> Colour:
    """Keeps `gap` of lightness between a form and what it stands on, moving the form by `most` at the most.

    Yellow darkens to amber, never to olive.
    """
    light, a, b = to_lab(rgb)
    against = lightness(ground)
    if abs(light - against) < gap:
        up = light >= against
        if up and against + gap > 0.97:
            up = False
        if not up and against - gap < 0.14:
            up = True
        want = against + gap if up else against - gap
        before = light
        light += min(max(want - light, -most), most)
        if light < before and b > 0.08 and a < 0.09:
            k = min(1.0, (before - light) * 5)
            chroma = sqrt(a * a + b * b)
            a += 0.095 * k
            length = sqrt(a * a + b * b)
            a, b = a * chroma / length, b * chroma / length
    return to_rgb((light, a, b))


@lru_cache(8192)
def shade(rgb: Colour, palette: Palette, by: float = 0.17) -> Colour:
    """The shadow colour: darker, and a little towards the palette's deep."""
    return mix(lighter(rgb, -by), (10, 10, 14) if palette.negative else palette.deep, 0.22)


@lru_cache(8192)
def under(hue: Lab, palette: Palette, ground: Colour | None = None) -> Colour:
    """A hue as it looks in this palette's light; kept off the `ground`'s lightness where one is named."""
    light, a, b = hue
    ambient = to_lab(palette.low)
    k = palette.ambient
    a, b = a * (1 - k) + ambient[1] * k, b * (1 - k) + ambient[2] * k
    if palette.name == "night":
        light = 0.12 + light * 0.82
    rgb = to_rgb((light, a, b))
    if ground is None:
        return rgb
    return apart(rgb, ground, 0.18, 0.07 if hue[0] > 0.82 or hue[0] < 0.3 else 0.12)


def palette(name: str, colours: Mapping[str, Lab] | None = None) -> Palette:
    """A palette by name, with some roles replaced by colours of its own (role → OKLab)."""
    own = PALETTES[name]
    replaced = {role: to_rgb(lab) for role, lab in (colours or {}).items() if role in ROLES}
    return replace(own, **replaced) if replaced else own


def from_lch(light: float, chroma: float, degrees: float) -> Lab:
    """OKLCH (hue in degrees) → OKLab."""
    angle = degrees * PI / 180
    return (light, chroma * cos(angle), chroma * sin(angle))


def _read() -> tuple[dict[str, Palette], dict[str, Lab]]:
    data: dict[str, Any] = tomllib.loads(
        files("uncaged.engines.ink").joinpath("palettes.toml").read_text(encoding="utf-8")
    )
    palettes: dict[str, Palette] = {}
    for name, row in data["palette"].items():
        row = dict(row)
        hexes = row.pop("colours").split()
        colours = {role: _from_hex(text) for role, text in zip(ROLES, hexes, strict=True)}
        row["at"], row["disc"] = tuple(row["at"]), tuple(row["disc"])
        palettes[name] = Palette(name=name, **colours, **row)
    return palettes, {name: from_lch(*lch) for name, lch in data["hue"].items()}


def _from_hex(text: str) -> Colour:
    return (int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16))


PALETTES, HUES = _read()
"""Palettes by name, and the twelve named hues in OKLab."""
