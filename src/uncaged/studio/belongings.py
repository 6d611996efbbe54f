"""Taking along everything that is one's own: one zip file, written piece by piece while it goes out.

It can be read without this program: a README, JSON lines, films, and a manifest with every part's hash at the end.
Whatever its size, it needs the memory of one page of rows and one piece of a film.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any, cast

from uncaged.archive import belongings, people
from uncaged.core.clock import in_words
from uncaged.core.errors import FileDamaged, UncagedError
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

PIECE = 256 * 1024
"""Bytes that go out at a time, about."""

DAMAGED = "damaged.jsonl"
"""What should be in the zip and is not whole, and why; empty where nothing is."""

_ENDINGS = {
    "video/mp4": "mp4",
    "video/webm": "webm",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
}


class _Out:
    """Takes what the zip writes, and hands it on; it cannot go back."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._at, self.size = 0, 0

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        self.size += len(data)
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        """What has come since the last time."""
        held, self._held, self.size = b"".join(self._held), [], 0
        return held


@dataclass
class Made:
    """What is in it so far. damaged: what is not whole, and why; "file" is a film, "part" a file of the zip itself."""

    parts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    damaged: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


def pieces(
    studio: "Studio", person_id: str, private: bool = True, made: Made | None = None
) -> Iterator[bytes]:
    """The bytes of the zip, in order. A film that is damaged or missing is left out, and named in the zip itself.

    private: with the list of sessions and the mail of reports; a key does not get them. made: is told what is in it.
    """
    out, made, now = _Out(), Made() if made is None else made, studio.clock.now()
    with studio.archive.read() as conn:
        person = people.get(conn, person_id)
    with zipfile.ZipFile(cast("IO[bytes]", out), "w", zipfile.ZIP_STORED) as packed:
        called = person.name or f"the {person.kind} {person.id}"
        yield from _part(packed, out, made, "README.md", _readme(called, in_words(now)))
        for name, found in belongings.each(studio.archive, person_id, private):
            part = f"{name}.jsonl"
            yield from _part(packed, out, made, part, _lines(made, part, found))
        yield from _films(studio, packed, out, made, person_id)
        lost = (_line(one) for one in tuple(made.damaged))
        yield from _part(packed, out, made, DAMAGED, lost)
        manifest = {
            "what": "what one person has in a studio of Uncaged",
            "format": 1,
            "person": person_id,
            "exported": now,
            "damaged": [one["file"] for one in made.damaged if "file" in one],
            "parts": list(made.parts),
        }
        said = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
        yield from _part(packed, out, made, "manifest.json", iter([said]))
    yield out.taken()


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _lines(made: Made, part: str, found: Iterator[belongings.Row]) -> Iterator[bytes]:
    for row in found:
        if not row.whole:
            why = _("A part of this row could not be read; it stands as the text that it is.")
            made.damaged.append({"part": part, "row": next(iter(row.value.values())), "why": why})
        yield _line(row.value)


def _films(
    studio: "Studio", packed: zipfile.ZipFile, out: _Out, made: Made, person_id: str
) -> Iterator[bytes]:
    """Each kept file whose bytes are what its name says. It is looked at first: what went out cannot be taken back."""
    try:
        for sha, mime in belongings.films(studio.archive, person_id):
            lost: dict[str, Any] = {"file": sha}
            why = _wrong(studio, sha)
            if why is None:
                name = f"files/{sha}.{_ENDINGS.get(mime, 'bin')}"
                before = len(made.damaged)
                yield from _part(packed, out, made, name, studio.files.chunks(sha))
                if made.parts[-1]["sha256"] == sha:
                    continue
                del made.damaged[before:]  # it is named once, with its works
                lost["part"], why = name, _("It changed or broke off while it went out.")
            lost |= {"works": belongings.made_with(studio.archive, person_id, sha), "why": why}
            made.damaged.append(lost)
    except UncagedError as error:
        made.damaged.append({"part": "files/", "why": _cannot(error)})


def _wrong(studio: "Studio", sha: str) -> str | None:
    """Why a kept file does not go along; None where its bytes are what its name says."""
    digest = sha256()
    try:
        for some in studio.files.chunks(sha):
            digest.update(some)
    except FileDamaged as error:
        return _cannot(error)
    return None if digest.hexdigest() == sha else _("Its bytes are not those that were kept.")


def _cannot(error: UncagedError) -> str:
    """Why something could not be read, without where it lies on the machine."""
    cause = error.__cause__
    if isinstance(cause, FileNotFoundError):
        return _("It is missing.")
    if isinstance(cause, OSError):
        return _("It cannot be read (%(why)s).") % {"why": cause.strerror}
    return _("The archive could not be read to its end.")


def _part(
    packed: zipfile.ZipFile, out: _Out, made: Made, name: str, content: Iterator[bytes]
) -> Iterator[bytes]:
    """A file of the zip. One whose content breaks off stays as long as it is, and is named among what is damaged."""
    digest, length = sha256(), 0
    with packed.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as part:
        try:
            for some in content:
                digest.update(some)
                length += len(some)
                part.write(some)
                if out.size >= PIECE:
                    yield out.taken()
        except UncagedError as error:
            made.damaged.append({"part": name, "why": _cannot(error)})
    made.parts.append({"path": name, "sha256": digest.hexdigest(), "bytes": length})
    if out.size >= PIECE:
        yield out.taken()


def _readme(called: str, when: str) -> Iterator[bytes]:
    yield _README.format(name=called, when=when).encode()


_README = """\
# What is yours

Everything that belongs to {name} in a studio of Uncaged, as it was {when}.

- `files/` holds your films, and the pictures and files that you lent; each file's name is its SHA-256.
- `works.jsonl` says which file is which work (`media`) and where it stands in its model's space (`position`);
  `runs.jsonl`, what you asked for (`score`) and with which versions it was made (`recipe`); `groups.jsonl`, what you
  asked for together; `given.jsonl`, files that you gave beforehand. Each line is one row.
- `tags.jsonl`, `lineage.jsonl`, `credits.jsonl`: your words for your works, what they came from, who is named
  beside you. `named.jsonl`: where others name you. `links.jsonl`: whom each work's links open it for (`visibility`),
  and how often you changed them (`links`); the links themselves stand nowhere.
- `person.jsonl`, `collectives.jsonl`: who you are here, and with whom. `log.jsonl`: what you did, as the log has it.
- `sessions.jsonl`, `passkeys.jsonl`, `keys.jsonl`, `webhooks.jsonl`, `invitations.jsonl`: how you came in, and by
  what; no secret.
- `reports.jsonl`, `report_words.jsonl`: reports and appeals that you made while signed in. `reported.jsonl`: what was
  reported of your works, without others' words; `answers.jsonl`: what you answered, and your appeals.
  `decisions.jsonl`: what the house decided of both, with its reasons.
- `damaged.jsonl` names what should be here and is not whole, and why. Empty, nothing is missing.
- `manifest.json` names every part with its SHA-256 and its length in bytes; it is the last one.

Times are microseconds since 1970 (UTC). What the house hides is named, without its film.
"""
