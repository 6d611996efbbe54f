"""Taking along everything that is one's own: one zip file, written piece by piece while it goes out.

It can be read without this program: a README, JSON lines, films, and a manifest with every part's hash at the end.
Whatever its size, it needs the memory of one page of rows and one piece of a film.
"""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any, cast

from uncaged.archive import belongings, people
from uncaged.archive.files import missing
from uncaged.core.clock import in_words
from uncaged.core.errors import FileDamaged

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

PIECE = 256 * 1024
"""Bytes that go out at a time, about."""

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
class _Parts:
    """What is in it so far, and what should be and is not."""

    parts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    damaged: list[str] = field(default_factory=list[str])


def pieces(studio: "Studio", person_id: str, private: bool = True) -> Iterator[bytes]:
    """The bytes of the zip, in order. A kept file that is damaged or missing is left out, and named in the manifest.

    private: with the list of sessions and the mail of reports; a key does not get them.
    """
    out, made, now = _Out(), _Parts(), studio.clock.now()
    with studio.archive.read() as conn:
        person = people.get(conn, person_id)
    with zipfile.ZipFile(cast("IO[bytes]", out), "w", zipfile.ZIP_STORED) as packed:
        called = person.name or f"the {person.kind} {person.id}"
        yield from _part(packed, out, made, "README.md", _readme(called, in_words(now)))
        for name, found in belongings.each(studio.archive, person_id, private):
            lines = (json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in found)
            yield from _part(packed, out, made, f"{name}.jsonl", lines)
        for sha, mime in belongings.films(studio.archive, person_id):
            yield from _film(studio, packed, out, made, sha, mime)
        manifest = {
            "what": "what one person has in a studio of Uncaged",
            "format": 1,
            "person": person_id,
            "exported": now,
            "damaged": made.damaged,
            "parts": list(made.parts),
        }
        said = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
        yield from _part(packed, out, made, "manifest.json", iter([said]))
    yield out.taken()


def _film(
    studio: "Studio", packed: zipfile.ZipFile, out: _Out, made: _Parts, sha: str, mime: str
) -> Iterator[bytes]:
    if not studio.files.path(sha).is_file():
        made.damaged.append(sha)
        return
    try:
        name = f"files/{sha}.{_ENDINGS.get(mime, 'bin')}"
        yield from _part(packed, out, made, name, studio.files.chunks(sha))
    except FileDamaged:
        made.damaged.append(sha)
        raise missing(sha) from None
    if made.parts[-1]["sha256"] != sha:
        made.damaged.append(sha)


def _part(
    packed: zipfile.ZipFile, out: _Out, made: _Parts, name: str, content: Iterator[bytes]
) -> Iterator[bytes]:
    digest, length = sha256(), 0
    with packed.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as part:
        for some in content:
            digest.update(some)
            length += len(some)
            part.write(some)
            if out.size >= PIECE:
                yield out.taken()
    made.parts.append({"path": name, "sha256": digest.hexdigest(), "bytes": length})
    if out.size >= PIECE:
        yield out.taken()


def _readme(called: str, when: str) -> Iterator[bytes]:
    yield _README.format(name=called, when=when).encode()


_README = """\
# What is yours

Everything that belongs to {name} in a studio of Uncaged, as it was {when}.

- `files/` holds your films, and the pictures that you lent them; each file's name is its SHA-256.
- `works.jsonl` says which file is which work (`media`) and where it stands in its model's space (`position`);
  `runs.jsonl`, what you asked for (`score`) and with which versions it was made (`recipe`). Each line is one row.
- `tags.jsonl`, `lineage.jsonl`, `credits.jsonl`: your words for your works, what they came from, who is named
  beside you. `named.jsonl`: where others name you.
- `person.jsonl`, `collectives.jsonl`: who you are here, and with whom.
- `sessions.jsonl`, `passkeys.jsonl`, `keys.jsonl`, `invitations.jsonl`: how you came in, and by what; no secret.
- `reports.jsonl`, `report_words.jsonl`: reports that you made while signed in.
- `manifest.json` names every part with its SHA-256 and its length in bytes; it is the last one.

Times are microseconds since 1970 (UTC). What the house hides is named, without its film.
"""
