"""The studio: the one place where archive, files and clock are put together. Nobody else constructs them.

Knows no page and no command; `making`, `taking` and `moving` say what happens with what it holds.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import Connection

from uncaged.archive import files, people, works
from uncaged.archive.database import Archive, open_archive
from uncaged.archive.files import Files
from uncaged.archive.tables import Lane
from uncaged.core.clock import Clock, SystemClock
from uncaged.core.errors import UncagedError
from uncaged.core.order import Understood
from uncaged.core.settings import Settings, at_home, read_settings
from uncaged.studio.work import Work

if TYPE_CHECKING:
    from uncaged.archive.committing import Writer
    from uncaged.archive.finding import Where
    from uncaged.engines.asking import Request
    from uncaged.engines.sources import Remaking
    from uncaged.studio.promised import Promised, PromisedTogether

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Studio:
    """One installation, opened by one person: its settings, clock, archive and files.

    writer: gathers the small writes of many people into common commits, where there are many.
    """

    settings: Settings
    clock: Clock
    archive: Archive
    files: Files
    person: str
    writer: "Writer | None" = None

    def __repr__(self) -> str:
        return f"<Studio of {self.settings.home}>"

    def as_person(self, person_id: str) -> "Studio":
        """The same studio in somebody else's hands: what is asked for, seen and deleted is theirs."""
        return replace(self, person=person_id)

    def commit(self, step: Callable[[Connection], T]) -> T:
        """One short write: alone, or together with other people's where a `writer` gathers them."""
        if self.writer is not None:
            return self.writer.write(step)
        with self.archive.write() as conn:
            return step(conn)

    def submit(self, step: Callable[[Connection], T]) -> "Future[T]":
        """The same, not waited for where a `writer` gathers them; on the disk once the future has its result."""
        if self.writer is not None:
            return self.writer.submit(step)
        answer: Future[T] = Future()
        try:
            answer.set_result(self.commit(step))
        except Exception as error:
            answer.set_exception(error)
        return answer

    @property
    def policy(self) -> Path:
        """The file in which the house says who may ask for how much."""
        return self.settings.home / "policy.toml"

    def make(
        self,
        text: str,
        *,
        model: str = "ink",
        pictures: Sequence[str | Path] = (),
        **given: Any,
    ) -> Work:
        """Makes a film and waits for it. `given`: seconds (0: a picture), size, fps, seed, options, loop, position;
        begin: a work whose picture it begins with; adapters: by their names, with their weights; mask: a picture that
        is transparent where the given one is to be drawn again.

        Raises `AskedWrong` before anything is begun, `RunFailed` with the reason, `RunCancelled`.
        """
        return self.ask(text, model=model, pictures=pictures, **given).wait()

    def ask(
        self,
        text: str,
        *,
        model: str = "ink",
        pictures: Sequence[str | Path] = (),
        after: Sequence[str] = (),
        lane: Lane = "interactive",
        begin: str | None = None,
        mask: str | Path | None = None,
        **given: Any,
    ) -> "Promised":
        """Puts a film in line and returns at once. after: ids of one's own that it waits for. `given`: see `make`.

        Raises `AskedWrong` and `TooMany` before anything is promised.
        """
        from uncaged.engines.asking import request
        from uncaged.studio import making
        from uncaged.studio.promised import Promised

        wanted = request(text, given, ("model", "pictures", "after", "lane", "begin", "mask"))
        if begin is not None:
            from uncaged.studio.beginning import begun_with

            wanted = begun_with(self, wanted, begin)
        held = None if mask is None else Path(mask)
        sent = [Path(p) for p in pictures]
        asked = making.ask(self, wanted, model, sent, tuple(after), lane, held)
        assert asked.run is not None
        return Promised(self, asked.run.id)

    def remix(self, work: str, text: str, *, model: str | None = None, **given: Any) -> Work:
        """Makes a work with other words and waits for it; what is not given is as it is there. `given`: see `make`.

        work: its id, the beginning of one, or ``latest``. A model that draws films anew begins from its frames; mask:
        a picture that is transparent where they are to be drawn again, the rest stays.
        Raises `NotFound`, and as `make` does.
        """
        return self._made_of("remixes", work, text, model, given).wait()

    def extend(
        self, work: str, text: str, seconds: float, *, model: str | None = None, **given: Any
    ) -> Work:
        """Makes a work that begins as this one is, and goes on by so many seconds. Raises as `remix` does."""
        given = {"seconds": seconds, **given}
        return self._made_of("extends", work, text, model, given).wait()

    def _made_of(
        self, way: "Remaking", work: str, text: str, model: str | None, given: Mapping[str, Any]
    ) -> "Promised":
        from uncaged.engines.asking import request
        from uncaged.studio import making, remaking
        from uncaged.studio.promised import Promised

        said = dict(given)
        pictures = [Path(one) for one in said.pop("pictures", ())]
        mask = said.pop("mask", None)
        wanted = request(text, said, ("model", "pictures", "mask"))
        wanted, name = remaking.asked_of(self, remaking.Source(way, work), wanted, model)
        asked = making.ask(self, wanted, name, pictures, mask=mask and Path(mask))
        assert asked.run is not None
        return Promised(self, asked.run.id)

    def ask_all(
        self,
        films: "Sequence[str | Request]",
        *,
        model: str = "ink",
        chained: bool = False,
        after: Sequence[str] = (),
        lane: Lane = "interactive",
        **given: Any,
    ) -> "PromisedTogether":
        """Puts films in line together, all or none. chained: each waits until the one before it is made.

        films: texts, with `given` as in `make`, or whole requests. Raises as `ask` does.
        """
        from uncaged.engines.asking import request
        from uncaged.studio import together
        from uncaged.studio.promised import PromisedTogether

        also = ("model", "chained", "after", "lane")
        empty = request("", given, also)  # looked at also where every film is a whole request
        requests = [replace(empty, text=film) if isinstance(film, str) else film for film in films]
        terms = together.Terms(chained=chained, after=tuple(after), lane=lane)
        return PromisedTogether(self, together.ask(self, requests, model, terms).id)

    def compare(
        self, text: str, models: Sequence[str] | str, *, each: int = 1, **given: Any
    ) -> "PromisedTogether":
        """Puts `each` films of every model in line, of the same words and seeds; who cannot make a size or a length
        makes the nearest. `given`: see `make`. What each took: `PromisedTogether.beside`. Raises as `ask` does."""
        from uncaged.engines.asking import request
        from uncaged.studio import comparing
        from uncaged.studio.promised import PromisedTogether

        wanted = request(text, given, ("models", "each"))
        return PromisedTogether(self, comparing.ask(self, wanted, models, each)[0].id)

    def breed(
        self,
        *parents: str,
        rate: float | None = None,
        children: int = 12,
        seed: int | None = None,
        cross: Mapping[str, str] | None = None,
        **form: Any,
    ) -> "PromisedTogether":
        """Asks for children of one or more works: small films to choose from, together. rate: any real number.

        cross: trait → the number of its parent, ``either`` or ``between``. form: size, seconds, fps, loop.
        Raises `NotFound`, `AskedWrong`, `TooMany`; nothing was asked for then.
        """
        return self._grow("breed", parents, rate, children, seed, cross or {}, form)

    def vary(
        self,
        work: str,
        *,
        rate: float | None = None,
        children: int = 12,
        seed: int | None = None,
        **form: Any,
    ) -> "PromisedTogether":
        """Asks for variations of a work, as long and as large as it is itself. Raises as `breed` does."""
        return self._grow("vary", (work,), rate, children, seed, {}, form)

    def farther(
        self,
        work: str,
        *,
        factor: float | None = None,
        children: int = 1,
        seed: int | None = None,
        **form: Any,
    ) -> "PromisedTogether":
        """Asks for a work again from `factor` times as far (2 unless said): smaller, in a larger field. Raises as
        `breed` does."""
        from uncaged.studio import growing

        far = growing.FACTOR if factor is None else factor
        return self._grow(growing.FARTHER, (work,), far, children, seed, {}, form)

    def _grow(
        self,
        kind: str,
        parents: Sequence[str],
        rate: float | None,
        children: int,
        seed: int | None,
        cross: Mapping[str, str],
        form: Mapping[str, Any],
    ) -> "PromisedTogether":
        from uncaged.studio import growing
        from uncaged.studio.promised import PromisedTogether

        rate = growing.vary.RATE if rate is None else rate
        seed = secrets.randbelow(1_000_000) if seed is None else seed
        how = growing.Growing(kind, rate, seed, children, cross, form)
        return PromisedTogether(self, growing.grow(self, growing.parents_of(self, parents), how).id)

    def asked(self, reference: str) -> "Promised | PromisedTogether":
        """What was asked for, by the whole id of a run, a work or a group. Raises `NotFound`, `AskedWrong`."""
        from uncaged.studio.promised import promised

        return promised(self, reference)

    def understand(self, text: str, *, model: str = "ink", **given: Any) -> Understood:
        """What each word of a text becomes, with this studio's own words, and makes nothing. `given`: seed, options."""
        from uncaged.core.reading import read_words
        from uncaged.engines.registry import engine

        player = engine(model)
        words = read_words(self.settings.lexicons) if player.capabilities.lexicons else ()
        return player.understand(text, words=words, **given)

    def works(self, limit: int = 20, before: str | None = None) -> tuple[Work, ...]:
        """The kept works, newest first; `before`: id of the last one of the page before."""
        with self.archive.read() as conn:
            return tuple(
                Work(self, row) for row in works.list_works(conn, self.person, limit, before)
            )

    def find(
        self, words: str = "", *, tag: str | None = None, where: "Where" = "kept", limit: int = 20
    ) -> tuple[Work, ...]:
        """One's own works that have all these words and this tag, newest first. where: among which.

        Looks through all of them. Raises `AskedWrong` for what is no tag.
        """
        from uncaged.archive import finding, tagging

        named = None if tag is None else tagging.checked(tag)
        wanted = finding.Wanted(where, words, named, None, limit)
        with self.archive.read() as conn:
            return tuple(Work(self, row) for row in finding.find_all(conn, self.person, wanted))

    def unkept(self, limit: int = 20) -> tuple[Work, ...]:
        """What waits, is being made, failed or was cancelled, newest first."""
        with self.archive.read() as conn:
            return tuple(Work(self, row) for row in works.list_unkept(conn, self.person, limit))

    def performed_now(self) -> bool:
        """Whether some process is this studio's steward now, so that what is in progress really is."""
        from uncaged.studio.stewardship import steward_lives

        return steward_lives(self)

    def delete(self, work: Work) -> None:
        """Deletes a work for ever: words, pictures, film. Its stone stays, so that children keep their parents.

        Also on a full disk, which has its room again afterwards.
        """
        person, now = self.person, self.clock.now()
        gone = self.archive.free(lambda conn: works.delete(conn, person, work.id, now))
        with self.archive.write() as conn:
            files.forget(conn, self.files, gone)
        from uncaged.studio.steward import LEFTOVERS

        with suppress(UncagedError):  # tidying may wait; the work is gone
            files.sweep(self.archive, self.files, LEFTOVERS)
        self.archive.replenish()

    def work(self, reference: str) -> Work:
        """One work: by its id, a unique beginning of it, or ``latest``. Raises `NotFound`, `Ambiguous`."""
        with self.archive.read() as conn:
            return Work(self, works.find(conn, self.person, reference))

    def close(self) -> None:
        """Lets go of the archive."""
        self.archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_studio(
    home: str | Path | None = None,
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    looking: bool = False,
) -> Studio:
    """Opens the studio of a home, which is made on first use; `looking`: nothing will be changed.

    Raises `AskedWrong` where a setting cannot be read, `HomeUnusable`, `HomeNewer`, `ArchiveBroken`, `ArchiveBusy`,
    `DiskFull`.
    """
    if settings is None:
        settings = read_settings(None if home is None else Path(home))
    settings = at_home(settings)
    clock = clock or SystemClock()
    archive = open_archive(settings, clock, looking=looking)
    try:
        with archive.read() as conn:
            person = people.owner(conn).id
    except BaseException:
        archive.close()
        raise
    return Studio(settings, clock, archive, Files(settings.files, settings.fsync), person)
