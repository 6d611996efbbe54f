"""Who people are: for every form of a person, the bodies, clothes, hats and belongings it chooses from. Draws nothing.

A new kind of person is a row of `ROLES`; what its clothes are coloured like is a function in `DYES`. Rows may be
appended and never reordered: a genome counts them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from uncaged.engines.ink.colour import lighter, mix
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

SHORT = ("crop", "crop", "curls", "spikes", "afro", "bald")
LONG = ("long", "bun", "bob", "curls", "ponytail", "braids", "afro", "fringe")
ANY = ("crop", "long", "bun", "curls", "afro", "ponytail", "bob", "braids", "fringe", "crop")
GROWN = ("adult", "adult", "slight", "thin", "broad")


@dataclass(frozen=True, slots=True)
class Role:
    """What the lot chooses from. Rows of `CUTS`, `STATURES`, `HAIRS`, `HATS`, `ATTIRE`, `THINGS`, `BEARDS`, `DYES`.

    attire: all of it is worn. thing: in the near hand while it has nothing else to do. scarf, bag: chances.
    grey: share of white in the hair. young: 1 = a child's face. strange: a row of `STRANGE`, drawn instead.
    plain: swims in a swimsuit and may carry an umbrella, as everybody does.
    """

    cuts: tuple[str, ...]
    bodies: tuple[str, ...] = GROWN
    hairs: tuple[str, ...] = ANY
    hats: tuple[str, ...] = ("",)
    beards: tuple[str, ...] = ("",)
    attire: tuple[str, ...] = ()
    thing: str = ""
    scarf: float = 0.0
    bag: float = 0.0
    grey: float = 0.0
    young: float = 0.0
    dye: str = ""
    strange: str = ""
    plain: bool = False
    bare_feet: bool = False


_MAN = Role(
    ("shirt", "jacket", "coat", "tee", "shirt"),
    hairs=SHORT,
    hats=("", "", "", "hat", "cap"),
    beards=("", "", "full", "moustache"),
    scarf=0.15,
    bag=0.15,
    plain=True,
)
_WOMAN = Role(
    ("dress", "coat", "frock", "shirt", "jacket", "tunic"),
    ("adult", "slight", "slight", "thin", "broad"),
    LONG,
    ("", "", "", "hat", "beanie", "headscarf"),
    scarf=0.25,
    bag=0.3,
    plain=True,
)
_OLD_MAN = Role(
    ("coat", "jacket", "shirt"),
    ("elder",),
    ("bald", "crop", "bald"),
    ("", "hat", "cap"),
    ("full", "moustache", "long", ""),
    thing="cane",
    grey=0.75,
    plain=True,
)
_OLD_WOMAN = Role(
    ("dress", "coat", "dress"),
    ("elder",),
    ("bun", "bun", "curls"),
    attire=("shawl",),
    thing="cane",
    grey=0.75,
    plain=True,
)
_BOY = Role(
    ("shorts", "tee", "shirt"),
    ("child",),
    ("crop", "spikes", "fringe", "curls", "afro"),
    ("", "", "cap", "beanie"),
    young=1.0,
    scarf=0.12,
    plain=True,
)
_GIRL = Role(
    ("frock", "frock", "dress", "shorts"),
    ("child",),
    ("braids", "ponytail", "bob", "long", "curls", "afro"),
    ("", "", "beanie", "straw"),
    young=1.0,
    scarf=0.12,
    plain=True,
)

ROLES: Final[Mapping[str, Role]] = {
    "coat": Role(
        ("coat",), hats=("", "", "hat", "beanie", "cap"), beards=("", "", ""), scarf=0.4, bag=0.3,
        plain=True,
    ),
    "dress": Role(
        ("dress",), ("adult", "slight", "thin", "broad"), LONG, ("", "", "hat", "straw"),
        scarf=0.3, bag=0.3, plain=True,
    ),
    "shirt": Role(
        ("shirt",), hairs=("crop", "bun", "curls", "afro", "ponytail"), hats=("", "", "cap"),
        scarf=0.2, bag=0.15, plain=True,
    ),
    "man": _MAN,
    "woman": _WOMAN,
    "child": Role(
        ("shorts", "frock", "tee", "dress"), ("child",),
        ("crop", "spikes", "fringe", "braids", "ponytail", "bob", "curls", "afro"),
        ("", "", "", "cap", "beanie", "straw"), young=1.0, scarf=0.12, plain=True,
    ),
    "boy": _BOY,
    "girl": _GIRL,
    "baby": Role(
        ("tee",), ("baby",), ("tuft", "tuft", "fringe"), attire=("nappy",),
        young=1.0, bare_feet=True,
    ),
    "elder": Role(
        ("coat", "dress", "jacket"), ("elder",), ("bun", "crop", "bald", "curls"),
        ("", "", "hat"), thing="cane", grey=0.75, plain=True,
    ),
    "grandfather": _OLD_MAN,
    "grandmother": _OLD_WOMAN,
    "broad": Role(
        ("shirt", "coat", "jacket", "dress", "tee"), ("broad",), beards=("", "", "full"),
        bag=0.2, plain=True,
    ),
    "thin": Role(("shirt", "coat", "jacket", "dress", "tunic"), ("thin",), scarf=0.2, plain=True),
    "suit": Role(
        ("jacket",), hairs=("crop", "bun", "bob", "bald", "curls"), hats=("", "", "top"),
        beards=("", "", "moustache"), bag=0.4, plain=True,
    ),
    "king": Role(
        ("robe",), ("adult", "broad"), ("curls", "long", "crop"), ("crown",), ("full", "long"),
        ("cape", "ermine"), "sceptre",
    ),
    "queen": Role(
        ("gown",), ("adult", "slight"), ("bun", "long", "braids", "curls"), ("crown",),
        attire=("cape", "ermine"), thing="sceptre",
    ),
    "knight": Role(
        ("tunic",), ("adult", "broad"), ("bald",), ("helm",), attire=("cape",), thing="spear",
        dye="steel",
    ),
    "soldier": Role(
        ("tunic",), ("adult", "thin"), ("crop", "crop", "bun"), ("helmet",), ("", "moustache"),
        ("sash",), "spear",
    ),
    "police": Role(
        ("jacket",), ("adult", "broad", "thin"), ("crop", "bun", "curls"), ("peaked",),
        ("", "moustache"), ("badge",), dye="dark",
    ),
    "worker": Role(
        ("shirt",), ("adult", "broad"), ("crop", "ponytail", "curls"), ("hard",),
        ("", "full", ""), ("tools",), "hammer",
    ),
    "farmer": Role(
        ("shirt",), hairs=("crop", "braids", "curls", "bun"), hats=("straw",),
        beards=("", "full", ""), attire=("bib",), thing="fork",
    ),
    "cowboy": Role(
        ("shirt",), ("thin", "adult"), ("crop", "long", "curls"), ("cowboy",),
        ("", "moustache", "full"), ("kerchief", "holster"),
    ),
    "cook": Role(
        ("jacket", "shirt"), ("adult", "broad", "adult"), ("crop", "bun", "curls"), ("toque",),
        ("", "moustache"), ("apron", "kerchief"), "ladle", dye="white",
    ),
    "doctor": Role(
        ("coat",), hairs=ANY, attire=("stethoscope",), dye="white", beards=("", ""), bag=0.5,
    ),
    "nurse": Role(
        ("frock", "tunic"), hairs=("bun", "bob", "crop", "afro"), hats=("nurse",),
        attire=("apron",), dye="light",
    ),
    "monk": Role(
        ("robe",), ("adult", "broad", "thin"), ("bald",), ("hood",), ("", "full"), ("cross",),
        dye="brown", bare_feet=True,
    ),
    "priest": Role(
        ("robe",), hairs=("crop", "bald", "curls"), beards=("", "full"),
        attire=("dog-collar", "cross"), dye="dark",
    ),
    "nun": Role(("robe",), hats=("wimple",), attire=("cross",), dye="dark"),
    "witch": Role(
        ("robe", "dress"), ("thin", "slight", "adult"), ("long", "wild", "long"), ("witch",),
        attire=("cape",), thing="besom", dye="dusk",
    ),
    "wizard": Role(
        ("robe",), ("thin", "adult"), ("long",), ("witch",), ("long",), thing="staff", grey=0.8,
    ),
    "sailor": Role(
        ("shirt",), ("adult", "broad", "slight"), ("crop", "bun", "curls"), ("sailor",),
        ("", "full"), ("bands",), dye="light",
    ),
    "clown": Role(
        ("tunic",), ("adult", "thin", "broad"), ("wild",), ("clown",), attire=("ruff", "pompoms"),
        thing="balloon",
    ),
    "bride": Role(
        ("gown",), ("adult", "slight"), ("bun", "long", "curls", "afro"), ("veil",),
        thing="bouquet", dye="white",
    ),
    "angel": Role(
        ("robe",), ("adult", "slight"), ("long", "curls", "afro", "bob"), ("halo",),
        attire=("wings",), dye="light", bare_feet=True,
    ),
    "nude": Role(("skin",), hairs=ANY, bare_feet=True),
    "swimmer": Role(
        ("swimsuit", "trunks"), ("adult", "slight", "thin"), ("crop", "ponytail", "bun"),
        ("", "bathing"), bare_feet=True,
    ),
    "diver": Role(
        ("shirt",), ("adult", "slight"), ("bald",), ("mask",), attire=("tank",), dye="whole",
    ),
    "astronaut": Role(
        ("shirt",), ("broad",), ("crop", "bun", "curls"), ("bubble",), attire=("pack",),
        dye="space",
    ),
    "headscarf": Role(
        ("dress", "coat", "tunic"), ("adult", "slight"), ("bald",), ("headscarf",), bag=0.3,
        plain=True,
    ),
    "ghost": Role(("sheet",), strange="ghost", dye="light"),
    "skeleton": Role(("skin",), strange="skeleton"),
    "robot": Role(("shirt",), strange="robot"),
}  # fmt: skip
"""By form, in the order of the forms."""

EVERYBODY: Final = (*(_MAN, _WOMAN) * 5, _OLD_MAN, _OLD_WOMAN, _BOY, _GIRL)
"""Whom a person of no form may turn out to be."""


def role(stream: Stream, form: str) -> tuple[Role, bool]:
    """The row of a form, or one by lot; and whether it is somebody smaller among the others (a child by lot)."""
    if form in ROLES:
        return ROLES[form], False
    found = stream.pick(EVERYBODY)
    return found, found.young > 0


def _white(p: Paint) -> Paint:
    """White clothes over what the colour was: it goes to trousers and trimmings."""
    cloth = mix(p.white, p.colour, 0.06)
    return p.evolve(
        colour=cloth, shadow=mix(cloth, p.palette.mid, 0.3), legs=p.colour, second=p.colour,
        pattern=mix(cloth, p.colour, 0.3),
    )  # fmt: skip


def _light(p: Paint) -> Paint:
    cloth = mix(p.white, p.colour, 0.3)
    return p.evolve(colour=cloth, shadow=mix(cloth, p.palette.mid, 0.35), second=p.colour)


def _brown(p: Paint) -> Paint:
    cloth = mix(p.trunk, p.colour, 0.25)
    return p.evolve(colour=cloth, shadow=lighter(cloth, -0.07), second=p.pale)


def _dark(p: Paint) -> Paint:
    cloth = mix(p.dark, p.colour, 0.2)
    return p.evolve(colour=cloth, shadow=lighter(cloth, -0.05), second=p.white, dark=cloth)


def _dusk(p: Paint) -> Paint:
    cloth = mix(p.dark, p.colour, 0.5)
    return p.evolve(colour=cloth, shadow=lighter(cloth, -0.06), second=p.colour)


def _steel(p: Paint) -> Paint:
    """Armour under a coloured tabard."""
    metal = mix(mix(p.palette.far, p.palette.light, 0.3), (146, 156, 170), 0.6)
    low = lighter(metal, -0.1)
    return p.evolve(legs=metal, dark=low, pattern=metal, skin=metal, skin_shadow=low, second=metal)


def _whole(p: Paint) -> Paint:
    """One suit from neck to toe."""
    return p.evolve(legs=p.colour, dark=lighter(p.colour, -0.1))


def _space(p: Paint) -> Paint:
    return _whole(_light(p))


DYES: Final[Mapping[str, Callable[[Paint], Paint]]] = {
    "": lambda p: p,
    "white": _white,
    "light": _light,
    "brown": _brown,
    "dark": _dark,
    "dusk": _dusk,
    "steel": _steel,
    "whole": _whole,
    "space": _space,
}
"""What becomes of a person's colours."""


def complexion(stream: Stream, p: Paint, grey: float) -> Paint:
    """Skin, hair and trousers a little one's own. Colours that a scene names stay what they are said to be."""
    tone = stream.uniform(-0.05, 0.04)
    skin = lighter(p.skin, tone)
    hair = lighter(p.hair, stream.uniform(-0.03, 0.05))
    if grey:
        hair = mix(hair, p.palette.light, min(0.9, grey * stream.uniform(0.7, 1.15)))
    legs = stream.pick((p.legs, p.legs, p.second, mix(p.legs, p.accent, 0.35), p.dark_shadow))
    if legs == p.colour:
        legs = p.legs
    return p.evolve(
        skin=skin,
        skin_shadow=lighter(p.skin_shadow, tone),
        lip=lighter(p.lip, 0.6 * tone),
        hair=hair,
        hair_light=lighter(hair, 0.16),
        legs=legs,
    )
