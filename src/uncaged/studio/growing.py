"""Growing: works become parents, an instrument gives them children, and these are asked for together as one group.

Knows no page. A child is a small film at a position; the edge from it to its parents is written when it is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from uncaged.archive import groups, works
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.genome import Genome
from uncaged.core.ids import is_id
from uncaged.core.score import Picture, Score, finite, read_seed
from uncaged.core.words import _
from uncaged.engines.asking import Request
from uncaged.engines.base import Engine
from uncaged.instruments import breed, vary
from uncaged.studio import making, together
from uncaged.studio.shelf import player as player_of
from uncaged.studio.stock import Reference, Stock, read_reference

if TYPE_CHECKING:
    from uncaged.studio.making import Making
    from uncaged.studio.studio import Studio

SIDE, SECONDS, FPS = 320, 2.0, 12.0
"""A drawing to choose from: pixels of its longer side, its length, frames a second. A film of it is asked for later."""

TWELVE = 12
"""Children of a generation, where nobody says how many."""

KINDS = ("breed", "vary")
"""What groups of children are called."""

FARTHER, FACTOR = "farther", 2.0
"""What one's children are called that are drawn again from farther away, and how far that is where nobody says."""


@dataclass(frozen=True, slots=True)
class Parent:
    """Who has children: a position, the score whose form they take, the work it is (None: no work of this studio), the
    SHA-256 of its file."""

    position: Genome
    score: Score
    work: str | None = None
    media: str = ""


@dataclass(frozen=True, slots=True)
class Growing:
    """How children are asked for. kind: one of `KINDS`, or `FARTHER`. rate: any real number; how many times as
    far. seed: the same one gives the same children. crossing: see `instruments.breed`. form: size, seconds and fps
    where they are said."""

    kind: str = "breed"
    rate: float = vary.RATE
    seed: int = 0
    children: int = TWELVE
    crossing: Mapping[str, str] = field(default_factory=dict[str, str])
    form: Mapping[str, Any] = field(default_factory=dict[str, Any])


def parents_of(studio: "Studio", references: Sequence[str]) -> tuple[Parent, ...]:
    """The works of these names, as parents; each once. Whole ids, what `Studio.work` takes, or drawings of the stock.

    Raises `NotFound` alike for what is not here and what this person may not see, `AskedWrong` where one has no
    position.
    """
    return tuple(_parent(studio, name) for name in dict.fromkeys(references))


def _parent(studio: "Studio", reference: str) -> Parent:
    drawing = read_reference(reference)
    if drawing is not None:
        return _from_stock(studio, drawing)
    with studio.archive.read() as conn:
        if is_id("work", reference):
            row = works.get(conn, studio.person, reference)
        else:
            row = works.find(conn, studio.person, reference)
    if row.score is None:
        raise NotFound(
            _("There is no work %(work)s here.") % {"work": row.id},
            _("`uncaged works` lists what there is."),
        )
    vary.playable(player_of(studio, row.model))
    position = row.position if row.position is not None else row.score.position
    if position is None:
        raise AskedWrong(
            _("%(work)s has no position yet: it is not made.") % {"work": row.id},
            _("Wait until it is."),
            "parents",
        )
    here = Genome.from_json(dict(position), row.model)
    return Parent(here, row.score, row.id, row.media or "")


def _from_stock(studio: "Studio", drawing: Reference) -> Parent:
    """A drawing that was drawn beforehand: nobody's work, so that no edge leads to it."""
    score = Stock(studio.settings.stock).score(drawing)
    if score is None or score.position is None:
        raise NotFound(
            _("The drawing %(drawing)s is not here any more.") % {"drawing": drawing},
            _("The first page has today's twelve."),
        )
    return Parent(Genome.from_json(dict(score.position), score.model.name), score)


def grow(
    studio: "Studio", parents: Sequence[Parent], how: Growing, group_id: str | None = None
) -> groups.Group:
    """Asks for their children, all or none. group_id: where the same asking must not make two.

    Raises `AskedWrong`, `Impossible`, `TooMany`; nothing stands in line then.
    """
    parts = prepared(studio, parents, how)
    return together.put_in_line(studio, parts, together.Terms(how.kind, group_id=group_id))


def prepared(studio: "Studio", parents: Sequence[Parent], how: Growing) -> "list[Making]":
    """Their children as films that could be promised; nothing is yet."""
    model, asked = requests(studio, parents, how)
    return [making.prepare(studio, one, model) for one in asked]


def requests(
    studio: "Studio", parents: Sequence[Parent], how: Growing
) -> tuple[str, list[Request]]:
    """The model, and what to ask of it: one request a child, each with its position and who its parents are."""
    breed.check_parents(len(parents))
    models = list(dict.fromkeys(one.score.model.name for one in parents))
    if len(models) > 1:
        raise AskedWrong(
            _("%(models)s have no children together: each has a space of its own.")
            % {"models": " and ".join(models)},
            _("Cross works of one model."),
            "parents",
        )
    player = player_of(studio, models[0])
    vary.playable(player)
    if how.kind == FARTHER:
        return models[0], _farther(player, parents, how)
    positions = [one.position for one in parents]
    if how.kind == "vary":
        if len(parents) > 1:
            raise AskedWrong(_("One work is varied at a time."), _("Several are bred."), "parents")
        found = vary.variations(player, positions[0], how.rate, read_seed(how.seed), how.children)
    else:
        found = breed.children(
            player, positions, how.rate, how.seed, how.children, dict(how.crossing)
        )
    named = tuple(one.work for one in parents if one.work is not None)
    shape = form_of(player, parents[0].score, how.kind) | dict(how.form)
    return models[0], [
        Request(
            "",
            pictures=_kept_picture(parents[0].score, shape["seconds"] == 0),
            seed=vary.child_seed(how.seed, n),
            options=player.inherited(*(one.score.options for one in parents)),
            position=child.to_json(),
            parents=named,
            parents_as="bred_from",
            **shape,
        )
        for n, child in enumerate(found)
    ]


def _kept_picture(score: Score, still: bool) -> tuple[Picture, ...]:
    """The picture around which a child is drawn as its parent was. still: it will be a picture itself."""
    return tuple(one for one in score.shots[0].pictures if still and one.share < 1)


def _farther(player: Engine, parents: Sequence[Parent], how: Growing) -> list[Request]:
    """Each parent again, smaller in a larger field; several of it where each begins from a noise of its own."""
    vary.check_count(how.children)
    factor = finite(how.rate, _("How many times as far"))
    if factor <= 1:
        raise AskedWrong(
            _("Farther away is more than 1 times as far, not %(factor)s.")
            % {"factor": f"{factor:g}"},
            _("2 shows twice as much each way."),
            "rate",
        )
    return [
        Request(
            one.score.text,
            seed=vary.child_seed(how.seed, n),
            options=player.inherited(one.score.options),
            parents=() if one.work is None else (one.work,),
            negative=one.score.negative,
            **form_of(player, one.score, "vary")
            | dict(player.farther(one.score, one.position, one.media, factor))
            | dict(how.form),
        )
        for one in parents
        for n in range(how.children)
    ]


def form_of(player: Engine, score: Score, kind: str) -> dict[str, Any]:
    """Size, length and frames a second of a child: those of a small drawing, or of its parent where that is varied; in
    its parent's size and rate, but no longer than a drawing, where another size would be no relative."""
    can = player.capabilities
    picture = score.is_picture and can.stills
    long = 0.0 if picture else min(max(SECONDS, can.seconds[0]), can.seconds[1])
    if player.shaped and kind != "vary":
        return form_of(player, score, "vary") | {"seconds": min(score.seconds, long)}
    if kind == "vary":
        return {
            "size": score.size,
            "seconds": score.seconds,
            "fps": score.fps,
            "loop": score.loop,
        }
    low, scale = can.sides[0], SIDE / max(score.size)
    wide, high = (max(low + low % 2, 2 * round(side * scale / 2)) for side in score.size)
    return {
        "size": can.size_near((wide, high)),
        "seconds": long,
        "fps": can.rate_near(FPS),
        "loop": can.loop and not picture,
    }


def film_parts(studio: "Studio", parents: Sequence[Parent]) -> "list[Making]":
    """Films of these positions themselves, each as its model makes films; nothing is promised yet."""
    breed.check_parents(len(parents))
    return [_film_part(studio, one) for one in parents]


def _film_part(studio: "Studio", one: Parent) -> "Making":
    name = one.score.model.name
    player = player_of(studio, name)
    wanted = Request(
        "",
        pictures=_given(player, one.score),
        seed=one.score.seed,
        size=one.score.size if player.shaped else None,
        options=player.inherited(one.score.options),
        position=one.position.to_json(),
        parents=() if one.work is None else (one.work,),
    )
    return making.prepare(studio, wanted, name)


def _given(player: Engine, score: Score) -> tuple[Picture, ...]:
    """The pictures that a film of a position has, where its model is told of any; what a mask held is none of them."""
    if any(one.mask for one in score.shots[0].pictures):
        return ()
    return tuple(one for one in score.shots[0].pictures if player.told and one.share == 1)
