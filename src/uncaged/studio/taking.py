"""Taking a work away, in another form: exact where the engine can perform it again, else from the kept film.

Says which it was. Everything slow happens in a performer; the place it goes to sees it whole or not at all.
"""

import errno
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive import placing, runs
from uncaged.archive.files import digest_of
from uncaged.core.errors import (
    AskedWrong,
    DiskFull,
    FileDamaged,
    Impossible,
    RunFailed,
    nearest,
)
from uncaged.core.order import BROKE_OFF, FORMS, Broke, Done, Event, Media, Order
from uncaged.core.score import Score
from uncaged.engines.asking import check_score
from uncaged.engines.registry import engines
from uncaged.performer.local import LocalPerformer
from uncaged.studio.shelf import player, players, with_weights
from uncaged.studio.work import Work

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

LISTEN = 1.0
"""Seconds between two looks at whether the performer is silent."""

TAKING = "taking"
"""What the hidden folder says of itself while a work is being taken away."""

GIF_PIXELS = 600_000_000
"""Pixels of all frames that a GIF may have: its writer keeps a byte of each in memory."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Where it lies, and whether it was performed again; `how` says it in a sentence."""

    path: Path
    exact: bool
    how: str


def take(
    studio: "Studio",
    work: Work,
    form: str | None = None,
    place: Path | None = None,
    at: float | None = None,
    watch: Callable[[Event], None] = lambda _: None,
) -> Taken:
    """Writes `work` as `form` to `place` (a file; a folder for frames; default: its id, here).

    form: a key of `FORMS`; None: the kept file itself. at: the second of the film that a picture, or a drawing for the
    plotter, shows; None = the middle.
    Raises `AskedWrong`, `Impossible`, `FileDamaged`, `DiskFull`; nothing half-written stays.
    """
    if form is not None and form not in FORMS:
        raise AskedWrong(f"A work cannot be taken away as {form}.", nearest(form, list(FORMS)))
    work.check_given()
    kept_form = _kept_form(work)
    form = kept_form if form is None else form
    target = _target(studio, work, form, place)
    if form == kept_form:
        scratch = scratch_beside(target)
        try:
            with in_words(target):
                shutil.copyfile(work.path, scratch / "film")
            _check_bytes(work, scratch / "film")
            move(scratch / "film", target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return Taken(target, True, "It is the kept file itself, byte for byte.")
    score = work.score
    _check(studio, score, form, at)
    same = _same_versions(work)
    again = form == "svg" or same
    if again:
        check_score(score, player(studio, score.model.name))
    scratch = scratch_beside(target)
    try:
        named = {sha: str(studio.files.path(sha)) for sha in runs.files_named(score)}
        kept = None if again else str(work.path)
        if kept is not None:
            _check_bytes(work, work.path)
        order = Order(work.row.run_id, 0, score, named, str(scratch), True, form, at, kept)
        order = with_weights(studio, order) if again else order
        move(Path(_perform(order, studio.settings.stall_seconds, watch).path), target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Taken(target, again and same, _how(form, same, score.model.name))


def _kept_form(work: Work) -> str:
    """What the kept file is; anything else than a picture counts as a film."""
    return "png" if work.row.mime == "image/png" else "mp4"


def form_of(place: Path, picture: bool = False) -> str:
    """The form that a file's name asks for by its ending; `AskedWrong` where there is none such. A PNG of a film is its
    strip, of a picture itself."""
    forms = {suffix: form for form, suffix in FORMS.items() if suffix}
    forms[FORMS["png"]] = "png" if picture else "strip"
    form = forms.get(place.suffix.lower())
    if form is None:
        raise AskedWrong(
            f"{place.name} says by its ending no form that a film can have.",
            f"It can be {', '.join(sorted(forms))}.",
        )
    if not _really(place).parent.is_dir():
        raise AskedWrong(
            f"There is no folder {place.parent}.", "Make it first, or name another place."
        )
    if place.is_dir():
        raise AskedWrong(f"{place} is a folder.", "Name a file in it.")
    return form


def write_text(studio: "Studio", place: Path, text: str) -> None:
    """Writes a text file whole or not at all."""
    place = outside(studio, place)
    scratch = scratch_beside(place)
    try:
        with in_words(place):
            (scratch / "text").write_text(text, encoding="utf-8")
        move(scratch / "text", place)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _how(form: str, same: bool, model: str) -> str:
    if same:
        return f"{model} performed it again: every {'line' if form == 'svg' else 'frame'} is exact."
    if form == "svg":
        return f"{model} or a library it draws with has another version than when it was made: lines may differ."
    return (
        "It was taken from the kept film, since the versions of its recipe are not here any more."
    )


def outside(studio: "Studio", place: Path) -> Path:
    """The place as it really is, links followed; `AskedWrong` inside the studio's home, or over no plain file."""
    target = _really(place)
    home = studio.settings.home.resolve()
    if target == home or home in target.parents:
        raise AskedWrong(
            f"{target} lies inside the studio's own folder, where only the studio writes.",
            "Name a place outside of it.",
        )
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise AskedWrong(f"{target} is no plain file.", "Name a file or a folder.")
    return target


def _really(place: Path) -> Path:
    try:
        return place.expanduser().resolve()
    except (OSError, RuntimeError) as error:
        raise AskedWrong(f"There is no place {place} ({error}).", "Name another one.") from None


def _target(studio: "Studio", work: Work, form: str, place: Path | None) -> Path:
    """Where it will lie; a folder of frames is a new one."""
    return target_of(studio, work.id + FORMS[form], place, folder=form == "frames")


def target_of(studio: "Studio", name: str, place: Path | None, folder: bool = False) -> Path:
    """The place named, or this name in it where it is a folder. folder: it will be one itself."""
    target = outside(studio, Path.cwd() / name if place is None else place)
    if not folder and target.is_dir():
        target = target / name
    if folder and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise AskedWrong(
            f"{target} is there already and not empty.", "Name another folder with -o."
        )
    if not target.parent.is_dir():
        raise AskedWrong(
            f"There is no folder {target.parent}.", "Make it first, or name another place with -o."
        )
    return target


def check_form(studio: "Studio", model: str, form: str) -> None:
    """`Impossible` where works of this model cannot be taken as this form, whatever they are."""
    made_by = players(studio).get(model) if form == "svg" else None
    if form == "svg" and (made_by is None or not made_by.capabilities.strokes):
        able = [name for name, other in engines().items() if other.capabilities.strokes]
        raise Impossible(
            f"{model} draws no lines that a pen could follow.",
            f"Works of {', '.join(able)} can be taken so.",
        )


def _check(studio: "Studio", score: Score, form: str, at: float | None) -> None:
    check_form(studio, score.model.name, form)
    pixels = score.frame_count * score.size[0] * score.size[1]
    if form == "gif" and pixels > GIF_PIXELS:
        raise Impossible(
            f"This film is too long and large for a GIF ({score.frame_count:,} frames of "
            f"{score.size[0]}x{score.size[1]}).",
            "Take it as webm or mp4, or make it smaller or shorter.",
        )
    if at is not None and not 0 <= at <= score.seconds:
        raise AskedWrong(f"The film has {score.seconds:g} seconds; {at:g} is outside of it.")


def _same_versions(work: Work) -> bool:
    """Whether everything that could change a frame is the same as when it was made."""
    model = work.score.model
    found = players(work.studio).get(model.name)
    recipe = work.run.recipe
    if found is None or found.hash != model.hash or recipe is None:
        return False
    own = {} if model.hash is None else {"weights": model.hash}
    versions = {name: version for name, version in recipe.items() if name != BROKE_OFF}
    return found.capabilities.exact and versions == found.recipe() | own


def _check_bytes(work: Work, film: Path) -> None:
    if digest_of(film) != work.row.media:
        raise FileDamaged(
            f"The kept film of {work.id} is damaged: its bytes are not those that were kept.",
            "`uncaged import` of an export heals it; `--as frames` may be able to perform it again.",
        )


def _perform(order: Order, stall: float, watch: Callable[[Event], None]) -> Media:
    performer = LocalPerformer()
    media: Media | None = None
    silent = 0.0
    try:
        performer.start(order)
        while True:
            event = performer.hear(LISTEN)
            silent = 0.0 if event is not None else silent + LISTEN
            match event:
                case None if silent > stall:
                    raise RunFailed(f"The performer gave no sign of life for {stall:.0f} seconds.")
                case None:
                    continue
                case Broke(reason, hint):
                    raise RunFailed(reason, hint)
                case Media():
                    media = event
                case Done():
                    break
                case _:
                    watch(event)
    finally:
        performer.end()
    if media is None:
        raise RunFailed("Nothing came back from the performer.")
    return media


def scratch_beside(target: Path) -> Path:
    """A hidden folder beside the target, so that what is finished only needs a new name. What somebody who was
    killed left there is removed first."""
    with in_words(target):
        placing.clear(target, TAKING)
        scratch = placing.beside(target, TAKING)
        scratch.mkdir()
    return scratch


def move(source: Path, target: Path) -> None:
    """What is finished gets its name."""
    with in_words(target):
        if source.is_dir() and target.is_dir():
            target.rmdir()  # it is empty: `_target` saw to that
        source.replace(target)


@contextmanager
def in_words(target: Path) -> Generator[None]:
    """A full or closed disk as an error that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"There is no room left for {target}; nothing was written.",
                "Make room, then take it again.",
            ) from None
        raise AskedWrong(
            f"{target} cannot be written: {error.strerror}.", "Name another place with -o."
        ) from None
