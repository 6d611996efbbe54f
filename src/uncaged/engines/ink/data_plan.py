"""What an example shows: names drawn so that each comes as often as the next, and the scene they make.

Knows no words of any language and no pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final, TypeVar

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.data_tongues import counted, has, names
from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.scene import RELATIONS, Scene, Subject, Weather
from uncaged.engines.ink.settings import settings
from uncaged.engines.ink.words.acts import ACTS, Act
from uncaged.engines.ink.words.joining import rests_on
from uncaged.engines.ink.words.verbs import can_hold

T = TypeVar("T")

MOST: Final = 9
"""Bodies of one subject, at most."""

ALONE: Final = ("",) * 8
"""So many places of a round are for one subject by itself."""

GRASPING: Final = frozenset({"hold", "carry", "throw", "catch"})
PURSUING: Final = frozenset({"chase", "feed", "hug"})
MOVING: Final = frozenset({"push", "pull"})
ON_WHEELS: Final = frozenset({"cart", "pram", "sledge", "wheelchair", "box", "barrel", "piano", "cannon"})  # fmt: skip
"""What one pushes and pulls."""

DOERS: Final = ("person", "person", "person", "monkey", "bear", "ape")
SCHEMES: Final = ("plain",) * 7 + ("wide", "close", "above")
SMALL_HOURS: Final = frozenset({"night", "negative"})
"""Palettes under which stars are seen."""

ON_LEGS: Final = ("walk", "run", "hop", "dance")
ANYTHING: Final = ("spin", "bounce", "rise", "fall", "sway", "pulse", "sink")


@dataclass(frozen=True, slots=True)
class Thing:
    """One subject by names. row: a row of `data_tongues.names`. hue: "" = the palette's. done: what is said of it, a
    table of `data_names.toml` and a row of it, or two empty names."""

    row: str
    count: int
    hue: str = ""
    done: tuple[str, str] = ("", "")

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.row.partition(".")[0]

    @property
    def form(self) -> str:
        """Its form; "" = its seed chooses."""
        return self.row.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """An example by names. relation, act: what joins the first thing to the second, at most one of them."""

    things: tuple[Thing, ...]
    relation: str
    act: str
    setting: str
    palette: str
    scheme: str


def plan(seed: int, n: int) -> Plan:
    """What example `n` of a stream shows. Names go round by round, each round shuffled anew."""
    lots = Stream(f"data/{seed}/{n}")
    row = turn(seed, "row", n, tuple(names()))
    bond = turn(seed, "bond", n, _bonds())
    count = turn(seed, "count", n, tuple(range(1, MOST + 1)))
    first = Thing(row, count, _hue(seed, "hue", n, row, lots))
    act = bond if bond in ACTS else ""
    relation = "" if act else bond
    if act:
        pair = _acting(act, first, lots)
        act, relation = (act, "") if pair else ("", "beside")
        things = pair or _related(relation, first, lots)
    elif relation:
        things = _related(relation, first, lots)
    else:
        things = (_doing(first, lots.sub("motion")),)
    return Plan(
        things=tuple(t if counted(t.row) else replace(t, count=1) for t in things),
        relation=relation,
        act=act,
        setting=turn(seed, "setting", n, _said("settings", tuple(settings()))),
        palette=turn(seed, "palette", n, _said("palettes", tuple(PALETTES))),
        scheme=turn(seed, "scheme", n, SCHEMES) if not relation and not act else "plain",
    )


def scene_of(planned: Plan, seed: int, n: int) -> Scene:
    """The scene of a plan, complete: what it leaves open is drawn by lot, or is as the kinds are."""
    lots = Stream(f"data/{seed}/{n}/scene")
    subjects = tuple(_subject(thing, i + 1, lots) for i, thing in enumerate(planned.things))
    if planned.relation:
        subjects = (subjects[0].evolve(relation=planned.relation, to="s2"), *subjects[1:])
    elif planned.act:
        subjects = _acted(ACTS[planned.act], subjects)
    place = settings()[planned.setting]
    starry = planned.palette in SMALL_HOURS and place.outdoors and place.discs
    light = any(thing.kind in ("sun", "moon", "star") for thing in planned.things)
    return Scene(
        subjects=subjects,
        setting=planned.setting,
        palette=planned.palette,
        seed=_seed(lots),
        horizon=lots.pick((0.58, 0.63, 0.68)),
        weather=Weather(stars=1.0 if starry else 0.0),
        disc=1.0 if place.discs and not light and lots.chance(0.5) else 0.0,
        scheme=planned.scheme,
    )


def turn(seed: int, name: str, n: int, choices: tuple[T, ...]) -> T:
    """The choice of example `n`: each comes once in every `len(choices)` examples, in an order of its own."""
    number, place = divmod(n, len(choices))
    return choices[_shuffled(seed, name, number, len(choices))[place]]


@lru_cache(256)
def _shuffled(seed: int, name: str, number: int, count: int) -> tuple[int, ...]:
    lots = Stream(f"data/{seed}/{name}/{number}")
    order = list(range(count))
    for i in range(count - 1, 0, -1):
        j = lots.integer(0, i)
        order[i], order[j] = order[j], order[i]
    return tuple(order)


@cache
def _bonds() -> tuple[str, ...]:
    relations = tuple(name for name in RELATIONS if has("relations", name))
    return (*ALONE, *relations, *(name for name in ACTS if has("acts", name)))


def _said(table: str, found: tuple[str, ...]) -> tuple[str, ...]:
    """Those there is a word for."""
    return tuple(name for name in found if has(table, name))


def _hue(seed: int, name: str, n: int, row: str, lots: Stream) -> str:
    """Three of four have a named hue; others their natural one, or the palette's."""
    hue = turn(seed, name, n, tuple(HUES))
    own = kinds()[row.partition(".")[0]].hue
    return hue if lots.sub(name).chance(0.75) else own


def _other(lots: Stream, rows: Sequence[str]) -> Thing:
    row = lots.pick(rows)
    own = kinds()[row.partition(".")[0]].hue
    return Thing(row, 1, lots.pick(tuple(HUES)) if lots.chance(0.5) else own)


def _related(relation: str, first: Thing, lots: Stream) -> tuple[Thing, ...]:
    """The second thing is any other kind; one is between two, few fit into something."""
    rest = tuple(row for row in names() if row.partition(".")[0] != first.kind)
    if relation == "between":
        rest = tuple(row for row in rest if counted(row))
    if relation == "under":  # what shines over somebody is a hanging lamp
        rest = tuple(row for row in rest if not kinds()[row.partition(".")[0]].lights)
    second = _other(lots.sub("second"), rest)
    if relation == "between":
        return replace(first, count=1), replace(second, count=2)
    if relation in ("on", "in"):
        first = replace(first, count=(first.count + 2) // 3)
    elif relation not in ("around", "following", "on", "in"):
        second = replace(second, count=lots.sub("count").integer(1, 2))
    return first, second


def _acting(act: str, first: Thing, lots: Stream) -> tuple[Thing, ...]:
    """Who does it and to whom; the first thing is one of them. Nothing where it can be neither."""
    if _can_do(act, first):
        rest = _objects(act, first.kind)
        if rest:
            return replace(first, count=1), _other(lots.sub("second"), rest)
    doers = [row for row in names() if row.partition(".")[0] in DOERS]
    weighted = [row for kind in DOERS for row in doers if row.partition(".")[0] == kind]
    if not weighted:
        return ()
    doer = lots.sub("doer").pick(weighted)
    if first.row not in _objects(act, doer.partition(".")[0]):
        return ()
    many = 1 if ACTS[act].back or act in MOVING or act == "ride" else (first.count + 3) // 4
    return _other(lots.sub("first"), (doer,)), replace(first, count=many)


def _can_do(act: str, thing: Thing) -> bool:
    kind = kinds()[thing.kind]
    if act == "chase":
        return kind.faces and kind.gait > 0
    return thing.kind in DOERS and bool(kind.holds)


@cache
def _objects(act: str, doer: str) -> tuple[str, ...]:
    """Rows of what such a doer may do this to."""
    return tuple(
        row
        for row in names()
        if row.partition(".")[0] != doer and _suffers(act, doer, kinds()[row.partition(".")[0]])
    )


def _suffers(act: str, doer: str, kind: Kind) -> bool:
    if act in GRASPING:
        return not kind.faces and can_hold(doer, kind.name)
    if act in PURSUING:
        return kind.faces and kind.domain == "ground" and kind.gait > 0
    if act in MOVING:
        return kind.name in ON_WHEELS
    if act == "ride":
        return rests_on(kind) == "sit" and kind.gait > 0
    return kind.domain not in ("sky", "land")


def _doing(thing: Thing, lots: Stream) -> Thing:
    """Half of those who are alone do something that is said."""
    kind = kinds()[thing.kind]
    can: list[tuple[str, str]] = []
    if kind.gait > 0 and kind.faces:
        can += [("motions", motion) for motion in ON_LEGS]
    if kind.motion not in ("still", "sway"):
        can.append(("motions", kind.motion))
    can += [("postures", posture) for posture in kind.postures]
    if kind.holds and kind.name in DOERS:
        can += [("gestures", name) for name in ("wave", "cheer", "point")]
    can.append(("motions", lots.pick(ANYTHING)))
    can = [done for done in can if has(*done) and not _becomes(kind, done[1])]
    return replace(thing, done=lots.pick(can)) if can and lots.chance(0.5) else thing


def _becomes(kind: Kind, motion: str) -> bool:
    """Whether it is another kind that is seen when it moves so: a person who dances is a dancer."""
    other = kind.instead.get(motion, "")
    return bool(other) and not kinds()[other].hidden


def _subject(thing: Thing, number: int, lots: Stream) -> Subject:
    kind = kinds()[thing.kind]
    table, name = thing.done
    posture = name if table == "postures" else "stand"
    motion = name if table == "motions" else "still" if posture != "stand" else kind.motion
    return Subject(
        name=f"s{number}",
        kind=thing.kind,
        seed=_seed(lots.sub(number)),
        count=float(thing.count),
        hue=HUES[thing.hue] if thing.hue else None,
        motion=motion,
        form=thing.form,
        posture=posture,
        gesture=name if table == "gestures" else "none",
    )


def _acted(act: Act, subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """Two subjects with what the act does to them."""
    doer, other = subjects
    doer = doer.evolve(
        gesture=act.gesture or "none",
        posture=act.posture or "stand",
        motion=act.motion or "still",
        joy=act.joy,
        stir=act.stir,
    )
    if act.back and can_hold(doer.kind, other.kind):
        return doer, other.evolve(relation=act.back, to=doer.name, motion="still")
    return doer.evolve(relation=act.relation, to=other.name), other


def _seed(lots: Stream) -> int:
    return int(lots.uniform() * (1 << 53))
