"""The story of the product, top to bottom: how a sentence becomes a kept work. Each stage is a plain function.

    ASKED   here     one short transaction    model → what is lent → words → adapters → score → run in line
    MADE    performer, no transaction         perform → encode
    SEALED  steward, no transaction           write the file under its hash
    KEPT    steward, one short transaction    check the attempt → file, work, edges, log line → run completed

A crash at any point loses nothing that was accepted, and keeps nothing twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from uncaged.archive import blocks, files, models, quarantine, runs, works
from uncaged.archive.tables import Lane
from uncaged.core.adapters import OPTION
from uncaged.core.canonical import sha256
from uncaged.core.errors import AskedWrong, FileDamaged, NotFound
from uncaged.core.ids import is_id, new_id
from uncaged.core.reading import read_words
from uncaged.core.score import Picture, Score, shown
from uncaged.core.words import _
from uncaged.engines.asking import Request, score_of
from uncaged.engines.registry import engine
from uncaged.queue import admission, estimate, following, own
from uncaged.queue.policy import Policy
from uncaged.studio import adapting, allowing, lent, performing, terms
from uncaged.studio.shelf import player as player_of
from uncaged.studio.shelf import refuse

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Making:
    """One film on its way. Each stage returns a new record with a little more in it.

    request, model, pictures, mask: as typed. blobs: SHA-256 → mime and bytes of the files the score names. notes: what
    was changed at the door. ids: of run and work, where the same asking must not make two. policy, past: what may be
    asked for, and how long such runs took, where somebody has just read it. after, lane: what it waits for, in which
    line.
    run: as it stands in the archive. hands: performer and watcher, in the steward only.
    """

    request: Request | None = None
    model: str = "ink"
    pictures: tuple[Path, ...] = ()
    mask: Path | None = None
    blobs: dict[str, tuple[str, bytes]] = field(default_factory=dict[str, tuple[str, bytes]])
    notes: tuple[str, ...] = ()
    score: Score | None = None
    ids: tuple[str, str] | None = None
    policy: Policy | None = None
    past: estimate.Past | None = None
    after: tuple[str, ...] = ()
    lane: Lane = "interactive"
    run: runs.Run | None = None
    hands: performing.Hands | None = None
    performed: performing.Performed | None = None
    sha: str = ""
    kept: bool = False

    @property
    def asked(self) -> Request:
        """What was typed. Raises `AskedWrong` where that was nothing."""
        if self.request is None:
            raise AskedWrong(_("There is nothing to make."))
        return self.request


Stage = Callable[["Studio", Making], Making]


def look_at_model(studio: "Studio", making: Making) -> Making:
    """Refuses a model whose files or whose code are not here, whose licence they have not accepted, or that the house
    does not let them make with."""
    refuse(studio, making.model, making.policy)
    return making


def take_pictures(studio: "Studio", making: Making) -> Making:
    """Opens the pictures in a limited child, and keeps them as plain PNGs with nothing but their pixels and marks.

    What cannot be asked for, and who may not ask, leaves no picture behind.
    """
    request = making.asked
    if not making.pictures and making.mask is None:
        return making
    from uncaged.core.pictures import Limits, as_png, opened
    from uncaged.studio.masking import as_mask, over

    blank = tuple(Picture("0" * 64) for _ in making.pictures) or request.pictures
    if making.mask is not None:
        blank = (*blank, Picture("0" * 64, mask=True))
    score_of(replace(request, pictures=blank), player_of(studio, making.model))
    with studio.archive.read() as conn:
        policy = making.policy or following.look(conn, studio.policy).policy
        bounds = admission.bounds_of(conn, policy, studio.person)
        admission.check_count(conn, bounds, studio.person, 1, 0.0, studio.clock.now())

    limits = Limits(studio.settings.picture_megabytes, studio.settings.picture_megapixels)
    taken: list[Picture] = []
    blobs, notes = dict(making.blobs), making.notes
    size: tuple[int, int] | None = None
    for i, path in enumerate(making.pictures):
        found = opened(path, limits)
        size = size or (found.pixels.shape[1], found.pixels.shape[0])
        png = as_png(found.pixels, found.mark)
        plain = as_png(found.pixels) if found.mark else png
        with studio.archive.read() as conn:  # a mark gets no picture past the list
            blocks.refuse(conn, [sha256(plain), sha256(png)])
        sha = studio.files.keep(png)
        blobs[sha] = ("image/png", png)
        taken.append(Picture(sha, i / max(1, len(making.pictures) - 1)))
    taken = taken or list(request.pictures)
    if making.mask is not None:
        png, more = as_mask(making.mask, limits, over(studio, request, size))
        sha = studio.files.keep(png)
        blobs[sha] = ("image/png", png)
        taken.append(Picture(sha, mask=True))
        notes = (*notes, *more)
    request = replace(request, pictures=tuple(taken))
    return replace(making, request=request, blobs=blobs, notes=notes)


def take_words(studio: "Studio", making: Making) -> Making:
    """Keeps the person's own word files as they are now, so that the score means the same for ever."""
    folder = studio.settings.lexicons
    player = player_of(studio, making.model)
    if not player.capabilities.lexicons or not folder.is_dir():
        return making
    shas: list[str] = []
    blobs = dict(making.blobs)
    for name, words in read_words(folder):
        player.check_words(words, name)
        shas.append(studio.files.keep(words))
        blobs[shas[-1]] = ("application/toml", words)
    return replace(making, request=replace(making.asked, lexicons=tuple(shas)), blobs=blobs)


def take_adapters(studio: "Studio", making: Making) -> Making:
    """Names the adapters by their files, so that the score means the same for ever; refuses those that do not fit."""
    request = making.asked
    if not request.options.get(OPTION):
        return making
    stands = request.position is not None
    options = adapting.named(studio, making.model, request.options, stands, making.policy)
    return replace(making, request=replace(request, options=options))


def write_score(studio: "Studio", making: Making) -> Making:
    """Writes every default out, and refuses what is impossible."""
    asked = score_of(making.asked, player_of(studio, making.model))
    return replace(making, score=asked.score, notes=making.notes + asked.notes)


def put_in_line(studio: "Studio", making: Making) -> Making:
    """One short transaction: from here on the film is the studio's promise."""
    return replace(making, run=studio.commit(lambda conn: promise(conn, studio, making)))


def promise(conn: Connection, studio: "Studio", making: Making) -> runs.Run:
    """What is prepared is asked for, in the caller's transaction: once that is on the disk, it is promised."""
    assert making.score is not None
    known = None if making.ids is None else runs.find(conn, making.ids[0])
    if known is not None:
        return _same(conn, studio, known, making)
    policy = making.policy or following.look(conn, studio.policy).policy
    past = making.past
    if past is None:
        past = estimate.past(conn, making.score.model.name)
    seconds = estimate.expected(past, making.score)
    admission.check(conn, policy, studio.person, making.score, seconds, studio.clock.now())
    after = following_mine(conn, studio.person, making.after)
    place = Place(seconds, after, lane=making.lane)
    return ask_one(conn, studio, replace(making, policy=policy), place)


@dataclass(frozen=True, slots=True)
class Place:
    """How a run is to stand in line: seconds it should take, runs it comes after, its group if it has one, its lane."""

    seconds: float
    after: tuple[str, ...] = ()
    group: str | None = None
    order: int | None = None
    lane: Lane = "interactive"


def following_mine(conn: Connection, person: str, named: Sequence[str]) -> tuple[str, ...]:
    """The runs that are meant by these ids of runs or works, all of them this person's. Raises `AskedWrong`."""
    found: list[str] = []
    for name in dict.fromkeys(named):
        try:
            run = works.get(conn, person, name).run_id if is_id("work", name) else name
            found.append(own.own(conn, person, run).id)
        except NotFound:
            raise AskedWrong(
                _("There is nothing of yours called %(name)s that a film could come after.")
                % {"name": shown(name)},
                _("Name a run or a work of your own by its whole id."),
            ) from None
    return tuple(found)


def ask_one(conn: Connection, studio: "Studio", making: Making, place: Place) -> runs.Run:
    """One run with everything its score names, in the caller's transaction; whether so much may be was checked."""
    assert making.score is not None
    _check_house(conn, making.score)
    allowing.refuse(conn, allowing.house(conn, studio, making.policy), making.score)
    _check_terms(conn, studio.person, making.score)
    now = studio.clock.now()
    for sha, (mime, data) in making.blobs.items():
        files.note(conn, studio.files, sha, mime, now, data)
    if making.score.model.hash is None:  # a model of one's own was remembered when it was shelved
        card = engine(making.score.model.name).card
        said: dict[str, Any] = {name: getattr(card, name) for name in card.__slots__}
        models.remember(conn, making.score.model.name, None, said, now)
    asked = runs.Asked(
        *(making.ids or (new_id("run"), new_id("work"))),
        studio.person,
        making.score,
        group_id=place.group,
        group_order=place.order,
        after=place.after,
        lane=place.lane,
        estimated_seconds=place.seconds,
    )
    return runs.ask(conn, asked, now)


def _check_house(conn: Connection, score: Score) -> None:
    """Nothing is made from what the house gives to nobody now, nor from what it does not take in."""
    films = () if score.film is None else works.with_media(conn, score.film)
    made_of = (*score.parents, *films)
    if made_of and (hidden := quarantine.hidden_among(conn, made_of)):
        raise AskedWrong(
            _("%(work)s is hidden by the house: nothing is made from it now.")
            % {"work": hidden[0]},
            _("Its page says why, and how to appeal. Once it is shown again, ask again."),
        )
    shas = [picture.sha256 for picture in score.pictures]
    shas += [] if score.film is None else [score.film]
    if shas:
        blocks.refuse(conn, shas)


def _check_terms(conn: Connection, person: str, score: Score) -> None:
    """Also of what is asked for again."""
    own = None if score.model.hash is None else models.of_hash(conn, score.model.hash)
    if own is not None:
        terms.refuse(conn, person, own)
        adapting.refuse(conn, person, score)


def perform(studio: "Studio", making: Making) -> Making:
    """Hands out the order and listens until the film lies in scratch."""
    assert making.run is not None and making.hands is not None
    return replace(making, performed=performing.perform(studio, making.run, making.hands))


def seal(studio: "Studio", making: Making) -> Making:
    """Writes the film under its hash: temporary name, to the disk, renamed."""
    assert making.performed is not None and making.performed.media is not None
    return replace(making, sha=studio.files.keep(Path(making.performed.media.path)))


def keep(studio: "Studio", making: Making) -> Making:
    """One short transaction: the work is kept, unless a newer attempt has done it or somebody cancelled."""
    assert making.run is not None and making.performed is not None
    done, media, score = making.performed, making.performed.media, making.run.score
    assert media is not None and score is not None
    with files.disk_in_words(studio.settings.home):
        length = Path(media.path).stat().st_size
    kept = runs.Kept(
        media_sha=making.sha,
        bytes=length,
        mime=media.mime,
        width=media.width,
        height=media.height,
        fps=media.fps,
        frames=media.frames,
        seconds=0.0 if score.is_picture else media.frames / media.fps,
        position=done.position,
        recipe=done.recipe,
        understood=done.understood,
        measured_seconds=done.seconds,
        measured_bytes=done.bytes or None,
    )
    try:
        return replace(making, kept=_complete(studio, making.run, kept))
    except FileDamaged:  # another process has just deleted the same film: it still lies in scratch
        seal(studio, making)
        return replace(making, kept=_complete(studio, making.run, kept))


def _complete(studio: "Studio", run: runs.Run, kept: runs.Kept) -> bool:
    with studio.archive.write() as conn:
        return runs.complete(conn, studio.files, run.id, run.attempt, kept, studio.clock.now())


ASKED: tuple[Stage, ...] = (
    look_at_model,
    lent.take_position,
    lent.take_film,
    take_pictures,
    take_words,
    take_adapters,
    write_score,
    put_in_line,
)
MADE: tuple[Stage, ...] = (perform,)
SEALED: tuple[Stage, ...] = (seal,)
KEPT: tuple[Stage, ...] = (keep,)


PREPARED = ASKED[:-1]
"""Everything that happens before a score stands in line; `together` puts several in line at once."""


def prepare(
    studio: "Studio",
    request: Request,
    model: str = "ink",
    pictures: Sequence[Path] = (),
    mask: Path | None = None,
    policy: Policy | None = None,
) -> Making:
    """The score of a request, its files kept; nothing is promised yet. mask: see `masking`. policy: see `Making`.

    Raises `AskedWrong`.
    """
    made = Making(request, model, tuple(pictures), mask, policy=policy)
    return _through(studio, made, PREPARED)


def ask(
    studio: "Studio",
    request: Request,
    model: str = "ink",
    pictures: Sequence[Path] = (),
    after: tuple[str, ...] = (),
    lane: Lane = "interactive",
    mask: Path | None = None,
) -> Making:
    """Everything that happens before a film is promised. after, lane: see `Making`. mask: see `masking`.

    Raises `AskedWrong`; nothing was begun then.
    """
    asked = Making(request, model, tuple(pictures), mask, after=after, lane=lane)
    return _through(studio, asked, ASKED)


def make(studio: "Studio", run: runs.Run, hands: performing.Hands) -> Making:
    """Everything that happens after it: the steward calls this with a run it has claimed."""
    return _through(studio, Making(run=run, hands=hands), MADE + SEALED + KEPT)


def _through(studio: "Studio", making: Making, stages: tuple[Stage, ...]) -> Making:
    for stage in stages:
        making = stage(studio, making)
    return making


def _same(conn: Connection, studio: "Studio", known: runs.Run, making: Making) -> runs.Run:
    """The run that was asked for before under these ids, if it is the same film on the same terms."""
    if known.group_id is not None:
        raise AskedWrong(OTHER_SORT, "Use each for one asking only.")
    after = following_mine(conn, studio.person, making.after)
    if not is_same_film(known, making) or (known.after, known.lane) != (after, making.lane):
        raise AskedWrong(
            "This Idempotency-Key was used for another film before.", "Use each for one film only."
        )
    return known


OTHER_SORT = (
    "This Idempotency-Key was used before: for one film then and several now, or the other way."
)


def is_same_film(known: runs.Run, making: Making) -> bool:
    """Whether this run was asked for as that is asked for now; a seed that was drawn may differ.

    `AskedWrong` where its words were deleted, so that nobody can tell.
    """
    if known.score is None or making.score is None:
        raise AskedWrong(_("This was asked for before, and its work was deleted."), _("Ask anew."))
    drawn = making.request is not None and making.request.seed is None
    score = replace(making.score, seed=known.score.seed) if drawn else making.score
    return score.hash == known.score.hash
