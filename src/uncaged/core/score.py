"""The score: the frozen request. What a person asked for, with every default written out.

A score says nothing of versions (they stand in the run's recipe) and nothing of who asked. Its canonical
JSON has one hash, which is its name inside the archive.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, TypeAlias, cast, get_args

from uncaged.core.canonical import canonical, sha256
from uncaged.core.errors import AskedWrong
from uncaged.core.ids import is_sha256
from uncaged.core.words import _

SCHEMA = 1
MAX_SEED = 2**53 - 1
MAX_TEXT = 100_000
"""Characters of one shot's text, at most; a longer text is many shots."""

LIGHT = 128
"""So light a pixel of a mask, of 255, is drawn again; a darker one stays."""

Way: TypeAlias = Literal["remixes", "extends", "bred_from"]
WAYS: tuple[Way, ...] = get_args(Way)
"""How a work can come from its parents by its score."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture given with a shot: its file's SHA-256, and the moment (0 first frame … 1 last) it belongs to.

    share: of the frame's sides that it has; below 1 it lies in the middle, and what is around it is drawn.
    mask: it is none to be seen, but says what of the shot's picture or film is drawn again: what is white in it.
    """

    sha256: str
    at: float = 0.0
    share: float = 1.0
    mask: bool = False

    def to_json(self) -> dict[str, Any]:
        """The picture as JSON values; a share of all is not said, nor that it is no mask."""
        whole: dict[str, Any] = {"sha256": self.sha256, "at": _number(self.at)}
        whole |= {} if self.share == 1 else {"share": self.share}
        return whole | ({"mask": True} if self.mask else {})


@dataclass(frozen=True, slots=True)
class Shot:
    """One part of a score: the text as typed, its length in seconds, pictures at given moments."""

    text: str
    seconds: float
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelRef:
    """Which model, by name, and by the SHA-256 of its files; no hash where a model has no files."""

    name: str
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A request that can be performed again and again. One of no seconds is a picture: one frame, that lasts no time.

    size: width and height in pixels, both even. fps: frames per second, more than 0. seed: 0 … 2^53 − 1.
    options: the model's own options, all written out. position: a point in the model's space; it beats the text.
    negative: what must not be seen. lexicons: SHA-256 of a person's own word files, first wins.
    parents: works this one comes from. parents_as: how: it remixes, extends or is bred from them. origin: the text it
    was changed from; what the words leave open stays as it was there. film: SHA-256 of a film whose frames it is made
    of, where its model makes films of films: with one shot it is drawn anew from them, with more it goes on after them.
    """

    shots: tuple[Shot, ...]
    model: ModelRef
    size: tuple[int, int]
    fps: float
    seed: int
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    loop: bool = False
    position: Mapping[str, Any] | None = None
    negative: str | None = None
    lexicons: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    parents_as: Way = "remixes"
    origin: str | None = None
    film: str | None = None

    @property
    def text(self) -> str:
        """All shots' texts, one a line."""
        return "\n".join(shot.text for shot in self.shots)

    @property
    def seconds(self) -> float:
        """The film's length: the sum of its shots."""
        return math.fsum(shot.seconds for shot in self.shots)

    @property
    def is_picture(self) -> bool:
        """Whether it has no length, so that its work is one frame by itself."""
        return self.seconds == 0

    @property
    def frame_count(self) -> int:
        """Frames in all, at least one: seconds × fps, rounded to the nearest."""
        return max(1, math.floor(self.seconds * self.fps + 0.5))

    @property
    def frames_before(self) -> int:
        """Frames of all shots but the last."""
        return self.evolve(shots=self.shots[:-1]).frame_count

    @property
    def frames_new(self) -> int:
        """How many frames its last shot has, after all others."""
        return max(0, self.frame_count - self.frames_before)

    @property
    def pixels(self) -> float:
        """Millions of pixels in all its frames."""
        width, height = self.size
        return width * height * self.frame_count / 1e6

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture of every shot, in order."""
        return tuple(picture for shot in self.shots for picture in shot.pictures)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON. Never put in an append-only table: a prompt can be guessed."""
        return sha256(self.canonical())

    def canonical(self) -> bytes:
        """RFC 8785 bytes of `to_json`."""
        return canonical(self.to_json())

    def evolve(self, **changes: Any) -> Self:
        """A new score with some fields changed."""
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """The score as JSON values; unused keys are absent."""
        shots: list[dict[str, Any]] = []
        for shot in self.shots:
            row: dict[str, Any] = {"text": shot.text, "seconds": _number(shot.seconds)}
            if shot.pictures:
                row["pictures"] = [picture.to_json() for picture in shot.pictures]
            shots.append(row)
        model: dict[str, Any] = {"name": self.model.name}
        if self.model.hash is not None:
            model["hash"] = self.model.hash
        value: dict[str, Any] = {
            "schema": SCHEMA,
            "shots": shots,
            "model": model,
            "size": list(self.size),
            "fps": _number(self.fps),
            "seed": self.seed,
        }
        optional = {
            "options": dict(self.options),
            "loop": self.loop,
            "position": None if self.position is None else dict(self.position),
            "negative": self.negative,
            "lexicons": list(self.lexicons),
            "parents": list(self.parents),
            "parents_as": self.parents_as if self.parents and self.parents_as != "remixes" else "",
            "origin": self.origin,
            "film": self.film,
        }
        return value | {key: part for key, part in optional.items() if part}

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Reads what `to_json` wrote, or a person's own file; `AskedWrong` says what is not right."""
        return cls(**_read_score(value))


def _number(value: float) -> float:
    """An integer where it is one, so that records written by hand and by us compare equal."""
    return int(value) if float(value).is_integer() else value


def finite(value: object, name: str) -> float:
    """`value` as a finite number, or `AskedWrong` naming the field. Truth values are no numbers here."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AskedWrong(
            _("%(name)s must be a number, not %(value)s.") % {"name": name, "value": shown(value)}
        )
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise AskedWrong(
            _("%(name)s must be a finite number, not %(value)s.")
            % {"name": name, "value": shown(value)}
        )
    return number


def shown(value: object) -> str:
    """A value as an error message may quote it: short, on one line, in quotation marks where it is text."""
    text = repr(value[:61]) if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def read_seed(value: object) -> int:
    """A seed: an integer from 0 to 2^53 − 1."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_SEED:
        raise AskedWrong(
            _("The seed must be a whole number from 0 to %(most)s, not %(value)s.")
            % {"most": MAX_SEED, "value": shown(value)},
            about="seed",
        )
    return value


_KEYS = frozenset(
    "schema shots model size fps seed options loop position negative lexicons parents parents_as origin"
    " film".split()
)


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise AskedWrong(
            _("%(name)s must be an object with named fields, not %(value)s.")
            % {"name": name, "value": shown(value)}
        )
    return cast("dict[str, Any]", value)


def _sequence(value: object, name: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise AskedWrong(
            _("%(name)s must be a list, not %(value)s.") % {"name": name, "value": shown(value)}
        )
    return list(cast("list[Any]", value))


def read_text(value: object, name: str) -> str:
    """A text of at most `MAX_TEXT` characters that can be written down, or `AskedWrong` naming the field."""
    if not isinstance(value, str):
        raise AskedWrong(
            _("%(name)s must be text, not %(value)s.") % {"name": name, "value": shown(value)}
        )
    if len(value) > MAX_TEXT:
        raise AskedWrong(
            _("%(name)s has %(count)s characters; %(most)s is the most.")
            % {"name": name, "count": f"{len(value):,}", "most": f"{MAX_TEXT:,}"}
        )
    try:
        value.encode()
    except UnicodeEncodeError:
        raise AskedWrong(
            _("%(name)s holds half a character (a lone surrogate); please type it again.")
            % {"name": name}
        ) from None
    return value


def _read_score(value: object) -> dict[str, Any]:
    data = _mapping(value, "A score")
    if data.get("schema") != SCHEMA:
        raise AskedWrong(
            _("This score has schema %(version)s; this studio reads schema %(known)s.")
            % {"version": shown(data.get("schema")), "known": SCHEMA}
        )
    strange = sorted(set(data) - _KEYS)
    if strange:
        raise AskedWrong(_("A score has no field %(name)s.") % {"name": shown(strange[0])})
    for key in ("shots", "model", "size", "fps", "seed"):
        if key not in data:
            raise AskedWrong(_("The score does not say its %(key)s.") % {"key": key})
    model = _mapping(data["model"], "model")
    size = _sequence(data["size"], "size")
    if len(size) != 2 or not all(
        isinstance(side, int) and not isinstance(side, bool) for side in size
    ):
        raise AskedWrong(
            _("size must be two whole numbers, width and height, not %(size)s.")
            % {"size": shown(size)}
        )
    position = data.get("position")
    negative = data.get("negative")
    return {
        "shots": tuple(read_shot(shot) for shot in _sequence(data["shots"], "shots")),
        "model": ModelRef(read_text(model.get("name"), "model.name"), model.get("hash")),
        "size": (size[0], size[1]),
        "fps": finite(data["fps"], "fps"),
        "seed": read_seed(data["seed"]),
        "options": dict(_mapping(data.get("options", {}), "options")),
        "loop": bool(data.get("loop", False)),
        "position": None if position is None else dict(_mapping(position, "position")),
        "negative": None if negative is None else read_text(negative, "negative"),
        "lexicons": tuple(read_sha(sha) for sha in _sequence(data.get("lexicons", []), "lexicons")),
        "parents": tuple(
            read_text(work, "parents") for work in _sequence(data.get("parents", []), "parents")
        ),
        "parents_as": _read_way(data.get("parents_as", "remixes")),
        "origin": None if data.get("origin") is None else read_text(data["origin"], "origin"),
        "film": None if data.get("film") is None else read_sha(data["film"]),
    }


def _read_way(value: object) -> Way:
    for way in WAYS:
        if value == way:
            return way
    raise AskedWrong(
        _("parents_as must be %(ways)s, not %(value)s.")
        % {"ways": " or ".join(WAYS), "value": shown(value)}
    )


def read_shot(value: object) -> Shot:
    """A shot as `Score.to_json` writes it, or `AskedWrong`."""
    data = _mapping(value, "A shot")
    pictures: list[Picture] = []
    for row in _sequence(data.get("pictures", []), "pictures"):
        picture = _mapping(row, "A picture")
        pictures.append(
            Picture(
                read_sha(picture.get("sha256")),
                finite(picture.get("at", 0), "at"),
                _read_share(picture.get("share", 1.0)),
                picture.get("mask", False) is True,
            )
        )
    return Shot(
        read_text(data.get("text"), "text"), finite(data.get("seconds"), "seconds"), tuple(pictures)
    )


def _read_share(value: object) -> float:
    share = finite(value, "share")
    if not 0 < share <= 1:
        raise AskedWrong(
            _("A picture has more than none of its frame, and at most all of it, not %(share)s.")
            % {"share": shown(value)}
        )
    return share


def read_sha(value: object) -> str:
    """A SHA-256 in hexadecimal characters, or `AskedWrong`."""
    if not isinstance(value, str) or not is_sha256(value):
        raise AskedWrong(
            _("A file is named by its SHA-256 (64 hexadecimal characters), not %(value)s.")
            % {"value": shown(value)}
        )
    return value
