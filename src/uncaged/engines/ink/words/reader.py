"""Where a reading stands: what waits for its noun, what was said last, what comes next. Knows no single rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from uncaged.engines.ink.words.said import Notes, Noun, Origin, Said
from uncaged.engines.ink.words.term import Term

SMALL: Final = ("quiet", "the", "empty", "pronoun", "pronouns", "as", "than", "not")
"""Words of grammar that may stand between an attribute and what it describes."""

ATTRIBUTES: Final = ("counts", "hues", "fills", "sizes", "tempos", "moods", "looks")
VERBS: Final = ("motions", "postures", "gestures", "acts")
SURROUNDINGS: Final = ("settings", "palettes", "suggests", "weather")
FARTHEST: Final = 6
"""Terms that are looked ahead, at most."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An attribute that waits for its noun. soft: it belongs to a word of a person's own, so a typed one wins."""

    value: object
    origin: Origin
    effect: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that waits for its second noun. first: None where the sentence began with it."""

    name: str
    first: Noun | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Deed:
    """Something somebody does to another who is still to be named."""

    name: str
    doers: tuple[Noun, ...]
    origin: Origin


WAYS: Final = ("motion", "posture", "gesture", "joy", "stir", "relation", "to", "acted")
"""What a deed changes of those who do it."""


@dataclass(frozen=True, slots=True)
class Before:
    """How a body was before the last verb: what comes back when the verb is taken back."""

    noun: Noun
    fields: tuple[object, ...]

    @classmethod
    def of(cls, noun: Noun) -> "Before":
        """As it is now."""
        return cls(noun, tuple(getattr(noun, name) for name in WAYS))


@dataclass(slots=True)
class Reader:
    """One pass from left to right over one scene.

    waiting: count, hue, fill, size, motion, place by name. definite: "the" was said. last: the noun a verb belongs to.
    fresh: nothing stood between that noun and here. part: a part of it that was just named. worn: the last thing named
    is one it wears or has. link: a relation that waits for its second noun; ahead: one that waits for its first.
    opened: this sentence has a noun. leading: a place is coming. denied: what comes must not be there; refusal: what
    denied the last one. undoing: a verb comes that is not done; left_undone: the last one was not; before: how its
    doers were before it. language: en, de, es or fr. heads: whom the sentence is about. deed: one that waits for whom
    it is done to; done: the last one that found them. relative: *who*, *that*: of whom what follows is said. earlier:
    nouns of the scene before this one; recalled: those of them that came back, by identity. unknown: what becomes of
    nouns nobody knows.
    """

    terms: Sequence[Term]
    said: Said = field(default_factory=Said)
    notes: Notes = field(default_factory=Notes)
    at: int = 0
    waiting: dict[str, Waiting] = field(default_factory=dict[str, Waiting])
    definite: bool = False
    last: Noun | None = None
    fresh: bool = False
    part: str = ""
    worn: bool = False
    link: Link | None = None
    ahead: Link | None = None
    opened: bool = False
    leading: bool = False
    joining: bool = False
    denied: Origin = ()
    refusal: Origin = ()
    undoing: bool = False
    left_undone: bool = False
    before: tuple[Before, ...] = ()
    creatures: int = 0
    language: str = "en"
    heads: list[Noun] = field(default_factory=list[Noun])
    deed: Deed | None = None
    done: Deed | None = None
    relative: Noun | None = None
    earlier: Sequence[Noun] = ()
    recalled: dict[int, Noun] = field(default_factory=dict[int, Noun])
    unknown: str = "invent"

    def wait(self, name: str, value: object, term: Term, effect: str) -> None:
        """An attribute until a noun takes it; what was typed wins over what a person's own word implies."""
        there = self.waiting.get(name)
        if there is not None and term.soft and not there.soft:
            return
        self.waiting[name] = Waiting(value, term.origin, effect, term.soft)

    def busy(self) -> bool:
        """Whether a noun is being described already."""
        return bool(self.waiting) or self.definite or self.link is not None

    def pause(self, pause: str) -> None:
        """A comma ends a denial; a full stop ends everything but the memory of the last noun."""
        self.denied = self.refusal = ()
        self.undoing = self.left_undone = False
        self.before = ()
        if pause == ".":
            self.clear()
            self.ahead, self.opened, self.fresh, self.part = None, False, False, ""
            self.heads, self.deed, self.done, self.relative = [], None, None, None

    def clear(self) -> None:
        """Nothing waits any more."""
        self.waiting.clear()
        self.definite, self.link, self.leading, self.joining = False, None, False, False

    def following(self) -> Iterator[Term]:
        """The terms after this one, to the end of the sentence, and not many."""
        for term in self.terms[self.at + 1 : self.at + 1 + FARTHEST]:
            if term.pause == ".":
                return
            yield term

    def described(self, *, unknown: bool = False) -> Term | None:
        """What the attributes that begin here describe: the next term that is neither attribute, verb nor small word.

        unknown: words nobody knows may stand between.
        """
        for term in self.following():
            small = term.text("grammar") in SMALL or (unknown and not term.senses)
            if (
                not small
                and not term.has(*ATTRIBUTES)
                and (term.has("kinds") or not term.has(*VERBS))
            ):
                return term
        return None

    def names_noun(self, term: Term | None) -> bool:
        """Whether this is something that can be described."""
        return term is not None and term.has("kinds", "herds", "worn", "garments")

    def names_place(self, term: Term | None) -> bool:
        """Whether this is only a place, a time of day, or weather."""
        return term is not None and term.has(*SURROUNDINGS) and not term.has("kinds")

    def recall(self, noun: Noun) -> Noun:
        """A noun of the scene before, in this one: the same thing, which does and stands as it will be said now."""
        again = self.recalled.get(id(noun))
        if again is None:
            again = replace(
                noun, relation="", to=None, motion="", gesture="", acted=False, across=0.0, down=0.0
            )
            self.recalled[id(noun)] = again
            self.said.nouns.append(again)
        return again

    def settled(self) -> bool:
        """Whether this word still belongs to the last noun, with nothing waiting for another one."""
        return self.last is not None and self.ahead is None and not self.busy()
