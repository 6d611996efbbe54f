"""The colours one subject is painted with, under one palette and against one ground. Knows no forms."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Self

from uncaged.engines.ink.colour import (
    HUES,
    Colour,
    Lab,
    Palette,
    apart,
    lighter,
    lightness,
    mix,
    shade,
    to_lab,
    under,
)
from uncaged.engines.ink.numbers import Stream

GREEN_KINDS = frozenset({"tree", "fern", "palm", "cactus", "vine"})
"""Kinds that are their leaves: a named hue colours the leaves, none means green."""

LEAFY_KINDS = GREEN_KINDS | {"flower"}


@dataclass(frozen=True, slots=True)
class Paint:
    """colour: the form. shadow: its far limbs. second, accent, pattern: what stands against it. pale: its light parts.

    fill: how the form is filled. night: lamps glow. umbrella, wears: what the composition hands to a
    person; bare: it wears no hat of its own.
    """

    palette: Palette
    fill: str
    colour: Colour
    shadow: Colour
    second: Colour
    accent: Colour
    pattern: Colour
    pale: Colour
    white: Colour
    ink: Colour
    dark: Colour
    dark_shadow: Colour
    legs: Colour
    leaf: Colour
    leaf_dark: Colour
    leaf_light: Colour
    leaf_pale: Colour
    trunk: Colour
    skin: Colour
    skin_shadow: Colour
    hair: Colour
    hair_light: Colour
    lip: Colour
    eye: Colour
    cast: Colour
    glow: Colour
    night: bool = False
    umbrella: bool = False
    wears: bool = False
    bare: bool = False

    def evolve(self, **changes: Any) -> Self:
        """This paint with some colours changed."""
        return replace(self, **changes)

    def mapped(self, change: Any) -> Self:
        """This paint with every colour passed through `change(name, colour)`."""
        return replace(
            self,
            **{
                f.name: change(f.name, getattr(self, f.name))
                for f in fields(self)
                if isinstance(getattr(self, f.name), tuple)
            },
        )

    def toned(self, tone: Colour, share: float) -> Self:
        """Aerial perspective: every colour mixed towards that of its layer."""
        return self.mapped(lambda _, colour: mix(colour, tone, share)) if share > 0 else self

    def silhouette(self) -> Self:
        """Cut from dark paper: one form, a few light cuts."""
        p = self.palette
        cuts = {
            "ink": mix(p.deep, p.low, 0.55),
            "white": p.light,
            "pale": mix(p.deep, p.low, 0.30),
            "accent": mix(p.deep, p.low, 0.42),
            "glow": p.b,
            "pattern": mix(p.deep, p.low, 0.28),
        }
        cut = self.mapped(lambda name, _: cuts.get(name, p.deep))
        return cut.evolve(fill="plain" if self.fill == "outlined" else self.fill)


def paint(
    stream: Stream,
    palette: Palette,
    hue: Lab | None = None,
    fill: str = "plain",
    ground: Colour | None = None,
    kind: str = "",
) -> Paint:
    """The colours of one subject. hue: named by the person, or None; ground: what it stands against."""
    p = palette
    ground = ground or p.low
    if hue is not None:
        base = under(hue, p, ground)
    else:
        base = apart(p.role(stream.pick("aaab" if p.paper else "abc")), ground, 0.16)
    if fill == "outlined":  # the contour carries the colour, on paper
        base = apart(base, p.light, 0.3, 0.5)
    accent = p.b if lightness(base) < 0.6 else p.a
    if sum(abs(x - y) for x, y in zip(accent, base, strict=True)) < 90:
        accent = p.a if accent == p.b else p.b
    darker = lightness(base) > 0.5
    pattern = (
        lighter(base, -0.24 if darker else 0.26)
        if stream.chance(0.7)
        else mix(base, p.deep if darker else p.light, 0.7)
    )
    greens = _greens(p, hue, base, ground, kind)
    colours: dict[str, Colour] = {
        "colour": base,
        "shadow": shade(base, p, 0.12),
        "second": mix(lighter(base, -0.1 if lightness(base) > 0.55 else 0.13), p.c, 0.25),
        "accent": accent,
        "pattern": pattern,
        "pale": mix(p.light, base, 0.4 if p.negative else 0.15),
        "white": p.light,
        "ink": p.ink,
        "dark": p.near if p.negative else p.deep,
        "dark_shadow": shade(p.near, p, 0.1),
        "legs": p.near,
        "trunk": mix(p.near, p.deep, 0.5)
        if p.paper
        else mix(under(HUES["brown"], p), p.deep, 0.25),
        "eye": mix(p.c, p.deep, 0.35),
        "cast": shade(p.mid, p, 0.1),
        "glow": _glow(p),
        **greens,
        **_body(stream, p),
    }
    if kind in GREEN_KINDS and hue is None:
        colours |= {
            "colour": colours["leaf"],
            "shadow": colours["leaf_dark"],
            "pattern": colours["leaf_dark"],
            "second": colours["leaf_light"],
        }
    if p.paper:
        colours |= _on_paper(colours, p, hue, kind)
    return Paint(
        palette=p, fill=fill, night=p.night, umbrella=False, wears=False, bare=False, **colours
    )


def _greens(
    p: Palette, hue: Lab | None, base: Colour, ground: Colour, kind: str
) -> dict[str, Colour]:
    """Leaves are the palette's green, in four tones; a named hue colours them where the kind is its leaves."""
    green = under(HUES["green"], p)
    leaf = mix(green, (60, 70, 66), 0.5) if p.negative else mix(green, p.near, 0.45)
    if hue is not None and kind in GREEN_KINDS:
        leaf = base
    if p.paper and hue is None:
        leaf = mix(p.mid, p.near, 0.45)
    if kind in LEAFY_KINDS:
        leaf = apart(leaf, ground, 0.15, 0.16)
    light = mix(lighter(leaf, 0.1), p.light if p.negative else p.low, 0.12)
    return {
        "leaf": leaf,
        "leaf_dark": shade(leaf, p, 0.1),
        "leaf_light": light,
        "leaf_pale": mix(light, p.light, 0.35),
    }


@lru_cache(64)
def _glow(p: Palette) -> Colour:
    """Lamps and lit windows: the warmest accent, light enough to shine."""
    warmest = max(
        (p.a, p.b, p.c), key=lambda c: to_lab(c)[2] + 0.3 * to_lab(c)[1] + 0.3 * to_lab(c)[0]
    )
    return warmest if lightness(warmest) > 0.7 else mix(warmest, p.light, 0.4)


_SKINS: tuple[Colour, ...] = (
    (247, 210, 178), (232, 184, 146), (222, 160, 118), (196, 132, 92), (164, 104, 68), (128, 80, 54), (96, 58, 40),
    (70, 44, 34),
)  # fmt: skip
_ROOTS: tuple[Colour, ...] = (
    (90, 50, 30), (30, 24, 28), (150, 84, 40), (60, 50, 60), (206, 158, 86), (168, 70, 36), (24, 20, 24), (110, 96, 92),
)  # fmt: skip


def _body(stream: Stream, p: Palette) -> dict[str, Colour]:
    """Skin, hair, lips: a person's own, whatever they wear."""
    tone = stream.pick(_SKINS)
    skin = mix(tone, p.low, 0.0 if p.negative else 0.16)
    if p.name == "night":
        skin = lighter(skin, -0.05)
    root = stream.pick(_ROOTS)
    hair = mix((40, 36, 44) if p.negative else p.ink, root, 0.75)
    return {
        "skin": skin,
        "skin_shadow": shade(skin, p, 0.07),
        "hair": hair,
        "hair_light": lighter(hair, 0.16),
        "lip": mix(skin, under(HUES["red"], p), 0.65),
    }


def _on_paper(
    colours: Mapping[str, Colour], p: Palette, hue: Lab | None, kind: str
) -> dict[str, Colour]:
    """Paper is the light; one colour, where it counts."""
    changed: dict[str, Colour] = {
        "trunk": mix(p.light, p.far, 0.6),
        "skin": mix(p.light, colours["skin"], 0.35),
        "skin_shadow": mix(p.far, colours["skin"], 0.3),
        "hair": p.deep,
        "legs": p.far,
        "dark_shadow": p.mid,
        "second": mix(p.light, p.far, 0.5),
    }
    if hue is None or kind not in GREEN_KINDS:
        leaf, dark = mix(p.light, p.far, 0.3), mix(p.light, p.far, 0.9)
        changed |= {"leaf": leaf, "leaf_dark": dark, "leaf_light": p.light, "leaf_pale": p.light}
        if kind in GREEN_KINDS:
            changed |= {"colour": leaf, "shadow": dark}
    return changed
