"""What a sentence left open is decided here: by the kinds, by the settings, and by lot. Knows no words.

Every lot has a stream of its own, named by the folded text and the seed. From here on only seeds count, never the text.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from uncaged.engines.ink.airs import SUNNY, air, airs
from uncaged.engines.ink.colour import HUES, Lab
from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.places import ANYBODY
from uncaged.engines.ink.scene import MOTIONS, Camera, Dials, Scene, Subject, Weather
from uncaged.engines.ink.settings import CLOUDS, Setting, settings
from uncaged.engines.ink.turns import Turns
from uncaged.engines.ink.words.clauses import MOST as MOST_SCENES
from uncaged.engines.ink.words.clauses import numbered
from uncaged.engines.ink.words.dressing import dressed, liked
from uncaged.engines.ink.words.joining import rests_on
from uncaged.engines.ink.words.said import MOST_SUBJECTS, Notes, Noun, Said, has_trait
from uncaged.engines.ink.words.senses import EITHER_WAY

HORIZONS: Final = (0.46, 0.8)
"""As a share of the height; the lower it lies, the more sky there is."""

LAND_HORIZONS: Final = (0.56, 0.74)
"""With a hill among the subjects."""

NIGHTS: Final = ("night", "night", "violet")
STARRY: Final = frozenset({"night", "negative"})
PALETTES_ANYWHERE: Final = ("dawn", "moss", "gold", "sea", "rust", "ash", "candy")
WOODS: Final = frozenset({"forest", "jungle"})
"""Places that are made of trees; without trees they are a clearing."""

ABSTRACT: Final = ("blob", "spiral", "crystal", "bubble", "web")
"""What is drawn when nothing known was said."""

NOWHERE: Final = "blob"
"""The kind whose home is the place where nothing is, if no place was named."""

CLEARED: Final = MOST_SUBJECTS * MOST_SCENES + 1
"""The number of what is cleared away: no subject of any scene has it."""

SKIES: Final = tuple(field.name for field in fields(Weather))
COMMON: Final = "hills"
INDOORS: Final = "room"
INSTEAD_OF_INDOORS: Final = "village"
SHELTERED: Final = frozenset({INDOORS, "village", "hills", "paper", "sky"})
"""Homes that give way to a more particular one."""

BREATH: Final = 0.5
"""How much air there is where palettes differ by themselves: more would bring them nearer to each other."""


DISC_CHANCE: Final = 0.68
PLAIN_CHANCE: Final = 0.62
NATURAL_CHANCE: Final = 0.75
PATTERNS: Final = ("hatched", "dotted", "striped")


def seed_of(*names: object) -> int:
    """A seed (0 … 2^53 − 1) from names, by SHA-256."""
    text = "/".join(str(name) for name in names)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:7], "big") >> 3


@dataclass(frozen=True, slots=True)
class Lots:
    """What decides where a sentence says nothing. text: folded; of a remix it is that of the work it comes from, so
    that what its words leave open stays as it was there. seed: 0 … 2^53 − 1."""

    text: str
    seed: int

    @property
    def key(self) -> str:
        """The name of all its streams."""
        return str(seed_of("ink", self.text, self.seed))

    @property
    def turns(self) -> Turns:
        """Choices in which neighbouring seeds differ."""
        return Turns(self.text, self.seed)


@dataclass(frozen=True, slots=True)
class Before:
    """The scene before a cut, and what was said of it."""

    said: Said
    scene: Scene


def complete(
    said: Said, notes: Notes, text: str, lots: Lots, before: Before | None = None
) -> Scene:
    """A scene with nothing left open but its scheme, which all scenes of a film share ("" where none was named).

    text: folded. notes: loses what was suggested but not needed. before: what stays over a cut is as it was there.
    """
    key, turns = lots.key, lots.turns
    _open_sky(said)
    nouns = said.nouns
    if nouns or not _is_empty(said):
        notes.drop("empty")
        nouns = nouns or [_spirit(said, text, Stream(key).sub("spirit"))]
    _change_kinds(nouns)
    free = [noun for noun in nouns if not _is_borne(noun)] or nouns
    where = _setting(said, free or [Noun(kind, "") for kind in said.absent or [NOWHERE]])
    stays = before if before is not None and _stays(said, nouns, before) else None
    where = where if stays is None or said.setting else stays.scene.setting
    palette = _palette(said, nouns, settings()[where], turns, before)
    if said.palette:
        notes.drop("suggested")
    _loosen(nouns)
    numbered(nouns)
    nouns = [*nouns, *_cleared(said, nouns)]
    names = {id(noun): f"s{noun.number}" for noun in nouns}
    scene = Scene(
        subjects=tuple(_subject(noun, names, key) for noun in nouns),
        setting=where,
        palette=palette,
        seed=_sided(seed_of(key, "scene"), turns),
        horizon=_horizon(nouns, turns) if stays is None else stays.scene.horizon,
        mode=said.mode or "brush",
        camera=Camera(**said.camera),
        weather=Weather(**_weather(said, nouns, where, palette)),
        dials=Dials(line=said.line, tempo=said.tempo),
        echo=said.echo,
        disc=_disc(said, nouns, settings()[where], turns),
        colours=_air(said, palette, turns),
        hand=said.hand or "print",
        scheme=said.scheme,
    )
    return dressed(scene, said)


def _cleared(said: Said, nouns: Sequence[Noun]) -> list[Noun]:
    """What is refused and would come with the place all the same, none of it: its own clouds."""
    named = any(noun.kind == CLOUDS for noun in nouns)
    return (
        [Noun(CLOUDS, "", count=0, number=CLEARED)] if CLOUDS in said.refused and not named else []
    )


def _is_borne(noun: Noun) -> bool:
    """Whether it is where another thing is: in a hand, on a back, in a glass."""
    inside = noun.relation == "in" and noun.to is not None and has_trait(noun.to.kind, "vessel")
    return inside or noun.relation in ("held", "carried")


def _sided(seed: int, turns: Turns) -> int:
    """The seed of a scene; whether it is odd says on which side its lead is."""
    return seed - seed % 2 + turns.chance("side", 0.5)


def _loosen(nouns: Sequence[Noun]) -> None:
    """What a thing stood to is not here: it was drawn with something else, or stayed before a cut."""
    for noun in nouns:
        if noun.to not in nouns:
            noun.relation, noun.to = "", None


def _open_sky(said: Said) -> None:
    """Weather without a noun is weather over the country; stars alone are the night."""
    if said.nouns:
        return
    if not said.setting and (said.weather or not said.refused.isdisjoint(SKIES)):
        said.setting = COMMON
    if not said.palette and "stars" in said.weather:
        said.palette = "night"


def _is_empty(said: Said) -> bool:
    """Whether the place is all there is: it was called empty, or what would be there was left out.

    A sea without a moon still has its boat.
    """
    things = any(not has_trait(kind, "heavenly") for kind in said.absent)
    return said.empty or things or (bool(said.absent) and not said.setting)


def _spirit(said: Said, text: str, lots: Stream) -> Noun:
    """A place without a noun gets its spirit; a single word that nobody knows gets a thing of its own, and nothing at
    all an abstract form."""
    if said.setting and settings()[said.setting].spirit not in said.refused:
        return Noun(settings()[said.setting].spirit, "")
    if text and " " not in text and text.isalpha():
        return Noun("creature", text)
    return Noun(lots.pick([kind for kind in ABSTRACT if kind not in said.refused] or ABSTRACT), "")


def _change_kinds(nouns: Sequence[Noun]) -> None:
    """A person who dances is a dancer: where a motion asks for another kind that is seen, it is that one."""
    for noun in nouns:
        other = kinds()[noun.kind].instead.get(noun.motion, "")
        if other and not kinds()[other].hidden and noun.form in ANYBODY:
            noun.kind = other


def _setting(said: Said, nouns: Sequence[Noun]) -> str:
    """The place that was named, or the one where these things are found."""
    all_kinds = [
        kinds()[kinds()[noun.kind].instead.get(noun.motion) or noun.kind] for noun in nouns
    ]  # a leaping whale is above the water
    afloat = any(kind.domain == "water" for kind in all_kinds)
    where = said.setting or _home(all_kinds, afloat)
    if where in WOODS and "tree" in said.refused:
        where = "meadow"
    walls = any("wall" in kind.traits for kind in all_kinds)
    if where == INDOORS and not (said.setting or walls) and said.weather:
        where = INSTEAD_OF_INDOORS
    if where == "water" and all_kinds[0].home == "undersea" and not afloat:
        where = "undersea"
    return where


def _home(all_kinds: Sequence[Kind], afloat: bool) -> str:
    """Outdoors wins over indoors, particular over common."""
    homes = [kind.home for kind in all_kinds]
    if afloat:
        return "water"
    if any("wall" in kind.traits for kind in all_kinds) and not any(
        "building" in kind.traits or kind.domain in ("land", "sky") for kind in all_kinds
    ):
        return INDOORS
    land = next((kind.home for kind in all_kinds if kind.domain == "land"), "")
    if land:
        return land
    if homes[0] == "paper":
        return "paper"
    things = {kind.home for kind in all_kinds if not kind.alive}
    if things == {INDOORS}:  # a sofa with anybody on it
        return INDOORS
    particular = [home for home in homes if home not in SHELTERED]
    if particular and len(set(homes)) > 1:
        return particular[-1]
    outdoors = [home for home in homes if home in {COMMON, INSTEAD_OF_INDOORS}]
    return homes[0] if len(set(homes)) == 1 or not outdoors else outdoors[0]


def _stays(said: Said, nouns: Sequence[Noun], before: Before) -> bool:
    """Whether a scene is still where the one before was: it names no other place, and somebody of it is still there."""
    if said.setting != before.said.setting:
        return False
    there = {noun.number for noun in before.said.nouns}
    return any(noun.number in there for noun in nouns)


def _palette(
    said: Said, nouns: Sequence[Noun], where: Setting, turns: Turns, before: Before | None
) -> str:
    """Named, or suggested, or for a moon the night, or that of the scene before, or one that suits the place."""
    if said.palette:
        return said.palette
    if liked(said):
        return liked(said)
    kept = "" if before is None else before.scene.palette
    if any(has_trait(noun.kind, "nightly") for noun in nouns):
        nights = [name for name in NIGHTS if name not in said.refused] or NIGHTS
        return kept if kept in nights else turns.pick("palette", nights)
    if before is not None and said.suggested == before.said.suggested and not before.said.palette:
        return kept
    if said.suggested and where.name != "undersea":
        return said.suggested
    suits = where.palettes or PALETTES_ANYWHERE
    return turns.pick("palette", [name for name in suits if name not in said.refused] or suits)


def _air(said: Said, palette: str, turns: Turns) -> Mapping[str, Lab]:
    """Another sky and another land of the same palette; where that was named, seeds differ by this alone.

    A hand that was asked for works in the palette as it is.
    """
    if said.hand or said.own_hand is not None:
        return {}
    wet = {"rain", "snow"} & said.weather.keys()
    suits = [name for name in airs(palette) if not (wet and name in SUNNY)]
    if said.palette or said.suggested == palette:
        return air(palette, turns.pick("palette", suits))
    return air(palette, turns.pick("air", suits), BREATH)


def _horizon(nouns: Sequence[Noun], turns: Turns) -> float:
    land = any(kinds()[noun.kind].domain == "land" for noun in nouns)
    return round(turns.between("horizon", *(LAND_HORIZONS if land else HORIZONS)), 3)


def _weather(said: Said, nouns: Sequence[Noun], where: str, palette: str) -> dict[str, float]:
    """What was said, and stars at night where one sees the sky."""
    weather = dict(said.weather)
    place = settings()[where]
    open_sky = place.outdoors and place.discs and place.level
    if palette in STARRY and open_sky and not {"stars", "star"} & said.refused:
        weather.setdefault("stars", 1.0)
    return weather


def _disc(said: Said, nouns: Sequence[Noun], where: Setting, turns: Turns) -> float:
    """Two of three places under an open sky get one large plain disc: the counterweight of the subject."""
    lit = any(has_trait(noun.kind, "heavenly") for noun in nouns)
    refused = {"sun", "moon"} & said.refused
    wanted = turns.chance("disc", DISC_CHANCE)
    return (
        1.0
        if wanted and where.discs and not lit and not refused and "rain" not in said.weather
        else 0.0
    )


def _subject(noun: Noun, names: dict[int, str], key: str) -> Subject:
    """One subject, complete: its own streams, so that another one beside it changes nothing."""
    kind, name = kinds()[noun.kind], names[id(noun)]
    seed = seed_of("creature", noun.word) if noun.kind == "creature" else seed_of(key, name)
    lots = Stream(f"{key}/{name}")
    hue = noun.hue
    if hue is None and kind.hue and lots.sub("hue").chance(NATURAL_CHANCE):
        hue = HUES[kind.hue]
    parts = {
        part: HUES[lots.sub(part).pick(tuple(HUES))] if lab is None else lab
        for part, lab in noun.parts.items()
    }
    return Subject(
        name=name,
        kind=noun.kind,
        seed=seed,
        count=-float(noun.count) if noun.hole else float(noun.count),
        size=noun.size,
        hue=hue,
        fill=noun.fill or _fill(kind, lots.sub("fill")),
        motion=_motion(noun, kind, lots.sub("motion")),
        across=noun.across,
        down=noun.down,
        form=noun.form if noun.form in kind.forms else "",
        posture=_posture(noun, kind),
        gesture=noun.gesture or "none",
        material=noun.material
        or ("fire" if noun.motion == "burn" and not has_trait(noun.kind, "burning") else "none"),
        joy=noun.joy,
        stir=noun.stir,
        letters=noun.letters,
        parts=parts,
        relation=noun.relation or "none",
        to=names[id(noun.to)] if noun.to is not None else "",
    )


def _posture(noun: Noun, kind: Kind) -> str:
    """What was said; on a chair or a horse one sits, on a bed one lies."""
    if noun.posture:
        return noun.posture
    if noun.relation == "on" and noun.to is not None:
        posture = rests_on(kinds()[noun.to.kind])
        return posture if posture in kind.postures else "stand"
    return "stand"


def _fill(kind: Kind, lots: Stream) -> str:
    """Plain three times in five, else a pattern that suits it."""
    suits = [fill for fill in PATTERNS if fill not in kind.quiet] or ["hatched"]
    if "plain" not in kind.quiet and lots.chance(PLAIN_CHANCE):
        return "plain"
    return lots.pick(suits)


def _motion(noun: Noun, kind: Kind, lots: Stream) -> str:
    """What was said, or what such a thing does; who sits on something keeps still."""
    seated = noun.relation == "on" or (
        noun.relation == "in" and noun.to is not None and has_trait(noun.to.kind, "perch")
    )
    own = "still" if seated and kind.perched else kind.motion
    if noun.posture or _posture(noun, kind) != "stand" or noun.relation in ("held", "carried"):
        own = "still"
    motion = noun.motion or own
    if motion == EITHER_WAY:
        return lots.pick(("drift-left", "drift-right"))
    return motion if motion in MOTIONS else "still"
