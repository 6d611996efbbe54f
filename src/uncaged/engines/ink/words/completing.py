"""What a sentence left open is decided here: by the kinds, by the settings, and by lot. Knows no words.

Every lot has a stream of its own, named by the folded text and the seed. From here on only seeds count, never the text.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from typing import Final

from uncaged.engines.ink.colour import HUES
from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.places import ANYBODY
from uncaged.engines.ink.scene import MOTIONS, Camera, Dials, Scene, Subject, Weather
from uncaged.engines.ink.settings import Setting, settings
from uncaged.engines.ink.words.dressing import dressed, liked
from uncaged.engines.ink.words.joining import rests_on
from uncaged.engines.ink.words.said import Notes, Noun, Said, has_trait
from uncaged.engines.ink.words.senses import EITHER_WAY

HORIZONS: Final = (0.58, 0.63, 0.68)
LAND_HORIZON: Final = 0.66
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

SKIES: Final = tuple(field.name for field in fields(Weather))
COMMON: Final = "hills"
INDOORS: Final = "room"
INSTEAD_OF_INDOORS: Final = "village"
SHELTERED: Final = frozenset({INDOORS, "village", "hills", "paper", "sky"})
"""Homes that give way to a more particular one."""

WHOLE: Final = frozenset(
    {"dance", "grow", "unfold", "melt", "spin", "jump", "bounce", "fall", "rise", "sink"}
)
"""Motions of which one wants to see all."""

OUTLINED: Final = 1.5
"""What is so large and of one material is a landscape by itself, of which one wants to see all."""

HIDING: Final = 0.5
"""A held thing of more than so much of its holder's height would hide the face in a close view."""

DISC_CHANCE: Final = 0.68
PLAIN_CHANCE: Final = 0.62
NATURAL_CHANCE: Final = 0.75
PATTERNS: Final = ("hatched", "dotted", "striped")


def seed_of(*names: object) -> int:
    """A seed (0 … 2^53 − 1) from names, by SHA-256."""
    text = "/".join(str(name) for name in names)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:7], "big") >> 3


def complete(said: Said, notes: Notes, text: str, seed: int) -> Scene:
    """A scene with nothing left open. text: folded. notes: loses what was suggested but not needed."""
    key = f"{seed_of('ink', text, seed)}"
    lots = Stream(key)
    _open_sky(said)
    nouns = said.nouns
    if nouns or not _is_empty(said):
        notes.drop("empty")
        nouns = nouns or [_spirit(said, text, lots.sub("spirit"))]
    _change_kinds(nouns)
    free = [noun for noun in nouns if not _is_borne(noun)] or nouns
    where = _setting(said, free or [Noun(kind, "") for kind in said.absent or [NOWHERE]])
    palette = _palette(said, nouns, settings()[where], lots.sub("palette"))
    if said.palette:
        notes.drop("suggested")
    _number(nouns)
    names = {id(noun): f"s{noun.number}" for noun in nouns}
    scene = Scene(
        subjects=tuple(_subject(noun, names, key) for noun in nouns),
        setting=where,
        palette=palette,
        seed=seed_of(key, "scene"),
        horizon=_horizon(nouns, lots.sub("horizon")),
        mode=said.mode or "brush",
        camera=Camera(**said.camera),
        weather=Weather(**_weather(said, nouns, where, palette)),
        dials=Dials(line=said.line, tempo=said.tempo),
        echo=said.echo,
        disc=_disc(said, nouns, settings()[where], lots.sub("disc")),
        hand=said.hand or "print",
        scheme=said.scheme or _scheme(said, nouns, where, lots.sub("scheme")),
    )
    return dressed(scene, said)


def _is_borne(noun: Noun) -> bool:
    """Whether it is where another thing is: in a hand, on a back, in a glass."""
    inside = noun.relation == "in" and noun.to is not None and has_trait(noun.to.kind, "vessel")
    return inside or noun.relation in ("held", "carried")


def _number(nouns: Sequence[Noun]) -> None:
    """Each new one gets the next number; one that was in the scene before keeps its own, and so stays itself."""
    last = max((noun.number for noun in nouns), default=0)
    for noun in nouns:
        if noun.to not in nouns:
            noun.relation, noun.to = "", None  # what it was to is drawn with something else
        if not noun.number:
            last = noun.number = last + 1


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
    particular = [home for home in homes if home not in SHELTERED]
    if particular and len(set(homes)) > 1:
        return particular[-1]
    outdoors = [home for home in homes if home in {COMMON, INSTEAD_OF_INDOORS}]
    return homes[0] if len(set(homes)) == 1 or not outdoors else outdoors[0]


def _palette(said: Said, nouns: Sequence[Noun], where: Setting, lots: Stream) -> str:
    """Named, or suggested, or for a moon the night, or one that suits the place."""
    if said.palette:
        return said.palette
    if liked(said):
        return liked(said)
    if any(has_trait(noun.kind, "nightly") for noun in nouns):
        return lots.pick([name for name in NIGHTS if name not in said.refused] or NIGHTS)
    if said.suggested and where.name != "undersea":
        return said.suggested
    suits = where.palettes or PALETTES_ANYWHERE
    return lots.pick([name for name in suits if name not in said.refused] or suits)


def _horizon(nouns: Sequence[Noun], lots: Stream) -> float:
    if any(kinds()[noun.kind].domain == "land" for noun in nouns):
        return LAND_HORIZON
    return lots.pick(HORIZONS)


def _weather(said: Said, nouns: Sequence[Noun], where: str, palette: str) -> dict[str, float]:
    """What was said, and stars at night where one sees the sky."""
    weather = dict(said.weather)
    place = settings()[where]
    open_sky = place.outdoors and place.discs and place.level
    if palette in STARRY and open_sky and not {"stars", "star"} & said.refused:
        weather.setdefault("stars", 1.0)
    return weather


def _disc(said: Said, nouns: Sequence[Noun], where: Setting, lots: Stream) -> float:
    """Two of three places under an open sky get one large plain disc: the counterweight of the subject."""
    lit = any(has_trait(noun.kind, "heavenly") for noun in nouns)
    refused = {"sun", "moon"} & said.refused
    wanted = lots.chance(DISC_CHANCE)
    return (
        1.0
        if wanted and where.discs and not lit and not refused and "rain" not in said.weather
        else 0.0
    )


def _scheme(said: Said, nouns: Sequence[Noun], where: str, lots: Stream) -> str:
    """How the frame is divided where nobody said: mostly one plain picture; what the scene can bear, by lot."""
    all_kinds = [kinds()[noun.kind] for noun in nouns]
    placed = any(noun.across or noun.down or noun.hole or noun.letters for noun in nouns)
    outlined = any(noun.material and (noun.down or abs(noun.size) >= OUTLINED) for noun in nouns)
    if not nouns or placed or outlined or said.camera or any(n.motion == "draw" for n in nouns):
        return "plain"
    outdoors = settings()[where].outdoors
    chances = {"wide": 0.12 if outdoors else 0.0, "page": 0.03, "above": 0.03, "map": 0.02}
    lead = all_kinds[0]
    alone = len(nouns) == 1 and nouns[0].count == 1
    alive = bool(lead.postures) or (lead.faces and bool(lead.holds))
    by_itself = all(
        noun.relation == "held" and noun.to is nouns[0] and kind.metres <= HIDING * lead.metres
        for noun, kind in zip(nouns[1:], all_kinds[1:], strict=True)
    )
    upright = nouns[0].posture not in ("lie", "sleep") and not nouns[0].relation
    if alive and nouns[0].count == 1 and by_itself and upright:
        chances |= {"close": 0.12, "portrait": 0.1}
    if alone and lead.domain != "base":
        chances["frieze"] = 0.03
    if any(
        kind.domain == "land" or noun.relation for kind, noun in zip(all_kinds, nouns, strict=True)
    ):
        chances |= {"above": 0.0, "map": 0.0}
    loose = all(noun.relation in ("", "beside", "facing", "over", "under") for noun in nouns)
    if loose and len(nouns) <= 2:
        chances["diptych"] = 0.06
    whole = any(noun.motion in WHOLE for noun in nouns)
    if whole:
        chances = {name: chances.get(name, 0.0) for name in ("wide", "diptych")}
    elif not loose or said.weather:
        chances = {name: chances.get(name, 0.0) for name in ("wide", "close", "portrait")}
    drawn = lots.uniform()
    for name, chance in sorted(chances.items()):
        drawn -= chance
        if drawn < 0:
            return name
    return "plain"


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
