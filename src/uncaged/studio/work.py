"""A work as a person holds it: its record, its file, its frames. Opens nothing before it is asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uncaged.archive import work as records
from uncaged.archive.run import Run
from uncaged.archive.run import get as get_run
from uncaged.core.errors import Failed, FileDamaged, NotAllowed
from uncaged.core.genome import Genome
from uncaged.core.order import Pixels
from uncaged.core.score import Score, shown
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Work:
    """A kept result and what it came from."""

    studio: "Studio"
    row: records.Work

    def __repr__(self) -> str:
        score = self.row.score
        if score is None:
            return f"<Work {self.id} {self.row.state}>"
        size = f"{score.size[0]}x{score.size[1]}"
        return (
            f"<Work {self.id} {shown(score.text)}, {score.seconds:g} s, {size}, {self.row.state}>"
        )

    @property
    def id(self) -> str:
        """``w_`` and twelve characters: the same on every face of the studio."""
        return self.row.id

    @property
    def score(self) -> Score:
        """The request it was made from."""
        if self.row.score is None:
            raise Failed(f"The score of {self.id} was deleted.")
        return self.row.score

    @property
    def run(self) -> Run:
        """The execution that made it: times, recipe, what was understood."""
        with self.studio.archive.read() as conn:
            return get_run(conn, self.row.run_id)

    @property
    def understood(self) -> Mapping[str, Any]:
        """``{"words": [[word, what it became] …], "sentence": …}``."""
        return self.run.understood or {}

    @property
    def position(self) -> Genome | None:
        """The point in the model's space that it stands at."""
        return None if self.row.position is None else Genome.from_json(dict(self.row.position))

    def check_given(self) -> None:
        """`NotAllowed` where the house gives it to nobody now: neither film, nor position, nor drawn anew."""
        if self.row.hidden is not None:
            raise NotAllowed(
                _(
                    "%(work)s is hidden by the house: nobody is given its film until that is decided."
                )
                % {"work": self.id},
                _("Its page says why, and how to appeal."),
            )

    @property
    def path(self) -> Path:
        """The kept film. Copy it to take it away; it is never written to again."""
        self.check_given()
        if self.row.media is None:
            raise Failed(f"{self.id} has no film: it is {self.row.state.replace('_', ' ')}.")
        path = self.studio.files.path(self.row.media)
        if not path.exists():
            raise FileDamaged(
                f"The film of {self.id} is missing from {self.studio.settings.files}.",
                "`uncaged doctor` looks through the whole archive.",
            )
        return path

    @property
    def whole(self) -> bool:
        """Whether the kept film is where it should be."""
        return self.row.media is not None and self.studio.files.path(self.row.media).exists()

    def show(self, to: str = "everybody") -> "Work":
        """Who sees it from now on: everybody, link (whoever has its link), or nobody. Returns it as it stands then."""
        from uncaged.studio import publishing

        return Work(self.studio, publishing.show(self.studio, self.id, to))

    def frames(self) -> Iterator[Pixels]:
        """The kept film's frames, (height, width, 3) bytes."""
        from uncaged.core.media import read_film

        yield from read_film(self.path)
