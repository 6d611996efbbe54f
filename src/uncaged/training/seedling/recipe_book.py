"""The recipe book: how Seedling is trained from nothing, as plain data: courses, how it is judged, how long it takes.

The only place where these numbers stand. Knows no process and no folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from uncaged.core.errors import AskedWrong, nearest
from uncaged.training.seedling.card import SHIPPED
from uncaged.training.seedling.counting import HOUR
from uncaged.training.seedling.course import MANY, Course

DAYS: Final = 60.0 * 24 * 30
"""Minutes of a course that ends by its samples."""

SECONDS: Final = MappingProxyType(
    {
        "one": 0.007,
        "many": 0.021,
        "both": 0.014,
        "frame": 0.0065,
        "film sample": 0.017,
        "lesson": 0.24,
        "look": 0.1,
        "judged": 0.7,
    }
)
"""Core-seconds of size s, on an AMD EPYC of 2 cores, torch 2.13, bf16: of drawing a film of either stage; of a frame
learned; of a sample, frame or clip, of a leg of films; of a step of teaching the probe by films, and by frames; of a
film judged."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One course of several, each of which begins where the one before ended. course: what is not as in every other."""

    name: str
    course: Mapping[str, Any]

    @property
    def body(self) -> dict[str, Any]:
        """The course with every default written out."""
        return Course.of(self.course).to_json()


@dataclass(frozen=True, slots=True)
class Judging:
    """How it is judged at the end. unseen: films of held-out pairs that the probe is taught by, with as many of the
    first chapter's as the generator would draw; 0: the probe of the package judges, and none is taught. films, looks:
    steps of teaching it, see `probe.Lessons`. fresh: so many drawings of each set it is tested by. two: films of two
    subjects; where there are any, their probe is taught by the last chapter's films, in so many steps as `films`. The
    others as in `judging.judge_films`."""

    unseen: int = 4_000
    films: int = 1_600
    looks: int = 3_000
    fresh: int = 400
    seen: int = 400
    held: int = 400
    still: int = 48
    alike: int = 24
    two: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """A whole training. says: what comes of it, in a few words."""

    name: str
    says: str
    chapters: tuple[Chapter, ...]
    judging: Judging


FULL: Final = Book(
    "full",
    "the model that comes with the studio, from nothing",
    (
        Chapter(
            "one",
            {
                "films": SHIPPED,
                "minutes": DAYS,
                "frames_part": 0.5,
                "frames_samples": 820_000,
                "films_samples": 250_000,
                "settles": False,
                "emphasis": [
                    ["s1.motion=sways", 2.0],
                    ["s1.motion=spins", 1.5],
                    ["s1.kind=fish", 2.0],
                    ["s1.kind=mushroom", 1.5],
                    ["s1.kind=snail", 1.5],
                    ["s1.kind=flower", 1.3],
                    ["s1.kind=tree", 1.3],
                ],
            },
        ),
        Chapter(
            "settled",
            {
                "films": SHIPPED,
                "minutes": DAYS,
                "frames_part": 0.0,
                "films_samples": 130_000,
                "decay_last": 1.0,
                "emphasis": [
                    ["s1.kind=mushroom", 1.5],
                    ["s1.kind=butterfly", 1.5],
                    ["s1.kind=flower", 1.3],
                ],
            },
        ),
    ),
    Judging(),
)
"""As much of everything as the shipped weights learned; see their card."""

SMALL: Final = Book(
    "small",
    "a small one to learn by: it shows what little training gives",
    (Chapter("one", {"films": 4_000, "minutes": 15.0}),),
    Judging(unseen=0, seen=96, held=32, still=12, alike=6),
)

TINY: Final = Book(
    "tiny",
    "nothing that anybody would look at: it shows that every stage works",
    (
        Chapter(
            "one",
            {
                "size": "tiny",
                "films": 16,
                "processes": 1,
                "minutes": 5.0,
                "frames_samples": 8,
                "films_samples": 8,
                "frames_a_step": 4,
                "clips_a_step": 2,
            },
        ),
    ),
    Judging(unseen=8, films=1, looks=1, fresh=4, seen=4, held=2, still=2, alike=2),
)

BOOKS: Final = {book.name: book for book in (FULL, SMALL, TINY)}


def book(name: str) -> Book:
    """The book of this name; `AskedWrong` offers the nearest."""
    if name not in BOOKS:
        raise AskedWrong(f"There is no size “{name}”.", nearest(name, list(BOOKS)), "size")
    return BOOKS[name]


def seconds(one: Book, processes: int = 2, slower: float = 1.0) -> dict[str, float]:
    """How long each part takes, about, in seconds, by what was measured once. slower: how many times as long the same
    takes on this machine."""
    found: dict[str, float] = {}
    drawn: set[tuple[int, str]] = set()
    for chapter in one.chapters:
        course = Course.of(chapter.course)
        took = 0.0
        if (course.films, course.drawings) not in drawn:
            drawn.add((course.films, course.drawings))
            took += course.films * SECONDS[course.drawings] * slower / processes
        for stage in course.stages:
            leg = course.leg(stage)
            each = SECONDS["frame" if stage == "frames" else "film sample"]
            by_samples = leg.samples * each * slower / processes
            took += by_samples if leg.samples < MANY else 60 * leg.minutes
        found[chapter.name] = took
    judging = one.judging
    if judging.unseen:
        lessons = judging.films * (2 if judging.two else 1)
        taught = lessons * SECONDS["lesson"] + judging.looks * SECONDS["look"]
        found["probe"] = slower * (taught + judging.unseen * SECONDS["one"] / processes)
    films = judging.seen + 2 * judging.held + 2 * judging.still + 4 * judging.alike + judging.two
    found["judging"] = slower * films * SECONDS["judged"]
    return found


def course_seconds(course: Course) -> float:
    """How long a course of a training takes, about: its films are drawn, its legs learn, the model is judged."""
    drawn = course.films * SECONDS[course.drawings] / course.processes
    return drawn + 60 * course.legs.minutes + judging_seconds(course)


def judging_seconds(course: Course) -> float:
    """How long its model is judged, about."""
    return 3 * course.judged * SECONDS["judged"]


def how_long(spent: float) -> str:
    """Seconds in words: hours from two on, minutes below."""
    if spent >= 2 * HOUR:
        return f"{spent / HOUR:.1f} hours"
    minutes = max(1, round(spent / 60))
    return "a minute" if minutes == 1 else f"{minutes} minutes"
