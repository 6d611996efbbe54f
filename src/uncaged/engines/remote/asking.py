"""One question to one address, and its whole answer: bounded in bytes and in seconds, redirects not followed.

Knows no video. What goes wrong on the way is `Unreached`, and says whether the question may have arrived. Nothing that
comes back holds the key any more: `striking`.
"""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from uncaged.core.errors import DiskFull, RunFailed
from uncaged.core.version import __version__
from uncaged.engines.remote import striking

if TYPE_CHECKING:
    import httpx2

OURS: Final = {"User-Agent": f"Uncaged/{__version__}"}
"""What every request says. No `Via`, as the web's own way out has it: whoever keeps this machine named the address."""

ASKS: Final = "Uncaged-Asks"
"""The header by which a studio knows that another one asks, or itself. It is drawn anew each time, and says nothing of
whose it is."""

NOBODY: Final = "none"
"""The key of whoever has none: servers that want none take any, and a studio wants to see that a program asks."""

LARGEST: Final = 1 << 20
"""Bytes of an answer that is no film, at most."""

LARGEST_FILM: Final = 1 << 30
"""Bytes of a film, at most."""

HOPS: Final = 3
"""Redirects to the same machine that are followed on the way to a film, at most."""

LONGEST_REST: Final = 600.0
"""Seconds that an address may ask us to wait, at most; more are taken for so many."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: how long what may take. poll, longest: between two looks, first and at last. silent: without a sensible
    answer. busy: until somebody has room. leave: for a last word when nobody waits any more. last: of all of it."""

    connect: float = 10.0
    read: float = 60.0
    whole: float = 120.0
    film: float = 1800.0
    poll: float = 1.0
    longest: float = 15.0
    silent: float = 300.0
    busy: float = 3600.0
    leave: float = 2.0
    last: float = 86_400.0


class Unreached(Exception):
    """No whole answer came. sent: whether the question may have arrived all the same."""

    def __init__(self, why: str, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. body: all of it, or nothing where it went to a file."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def is_good(self) -> bool:
        """Whether it says yes."""
        return 200 <= self.status < 300

    @property
    def rest(self) -> float | None:
        """Seconds after which one may ask again, where it says so."""
        for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
            said = self.headers.get(name, "")
            try:
                return min(LONGEST_REST, max(0.0, float(said) / unit))
            except ValueError:  # a date, or nothing
                continue
        return None


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent along: fields, and maybe one file with its name and type. path: where to. plain: as JSON, where
    nothing else is read there."""

    fields: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes, str]] = field(
        default_factory=dict[str, tuple[str, bytes, str]]
    )
    path: str = "/v1/videos"
    plain: bool = False


@dataclass(slots=True)
class Asker:
    """Whoever asks at one address. key: sent with every question, and never told to anybody else. mark: see `ASKS`."""

    address: str
    key: str = field(default="", repr=False)
    pace: Pace = field(default_factory=Pace)
    mark: str = ""
    _client: "httpx2.Client | None" = None

    def ask(
        self,
        method: str,
        path: str,
        form: Form | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        within: float | None = None,
        most: int | None = None,
    ) -> Answer:
        """A short answer. within: seconds, else `pace.whole`. most: bytes, else `LARGEST`. Raises `Unreached`."""
        until = time.monotonic() + (within or self.pace.whole)
        with self._asked(method, self.address + path, form, headers, within) as answer:
            return self._taken(answer, _pieces(answer, most or LARGEST, until))

    def fetch(
        self, method: str, path: str, place: Path, form: Form | None = None
    ) -> tuple[Answer, str]:
        """Fetches a film to a file; a refusal comes whole. Returns what its type is said to be beside it.

        Redirects on the same machine are followed. Raises `Unreached`, `DiskFull`, `RunFailed`.
        """
        until = time.monotonic() + self.pace.film
        url = self.address + path
        for _hop in range(HOPS + 1):
            within = self.pace.film if form is not None else None
            with self._asked(method, url, form, {"Accept": "*/*"}, within) as answer:
                if answer.status_code in (301, 302, 303, 307, 308):
                    url, method, form = self._same(url, answer), "GET", None
                    continue
                if answer.status_code != 200:
                    return self._taken(answer, _pieces(answer, LARGEST, until)), ""
                _written(place, _pieces(answer, LARGEST_FILM, until))
                above = striking.headers(answer.headers, self.key)
                return Answer(200, above), _sort(above)
        raise RunFailed(f"{self.address} sends us round in circles instead of giving the film.")

    def close(self) -> None:
        """No more questions."""
        if self._client is not None:
            self._client.close()

    def _taken(self, answer: "httpx2.Response", pieces: Iterator[bytes]) -> Answer:
        above = striking.headers(answer.headers, self.key)
        return Answer(answer.status_code, above, striking.answer(b"".join(pieces), self.key))

    def _same(self, url: str, answer: "httpx2.Response") -> str:
        mine = urlsplit(self.address)
        try:
            there = urljoin(url, answer.headers.get("location", ""))
            other = urlsplit(there)
        except ValueError:  # half an address of six numbers, and such
            raise RunFailed(f"{self.address} sends us to an address that is none.") from None
        if (mine.scheme, mine.netloc) != (other.scheme, other.netloc):
            raise RunFailed(
                f"{self.address} sends us to another machine, which nobody here agreed to.",
                "Whoever keeps it can let it give its films itself.",
            )
        return there

    @contextmanager
    def _asked(
        self,
        method: str,
        url: str,
        form: Form | None,
        headers: Mapping[str, str] | None,
        within: float | None,
    ) -> "Iterator[httpx2.Response]":
        import httpx2  # here: whoever only lists models opens no connection

        if self._client is None:
            self._client = httpx2.Client(trust_env=False, follow_redirects=False)
        said = OURS | {"Authorization": f"Bearer {self.key or NOBODY}"} | dict(headers or {})
        said |= {ASKS: self.mark} if self.mark else {}
        read = within or self.pace.read
        limit = httpx2.Timeout(read, connect=min(read, self.pace.connect))
        sent: dict[str, Any] = {}
        if form is not None and form.plain:
            sent["json"] = dict(form.fields)
        elif form is not None:
            parts: list[Any] = [(name, (None, _text(said))) for name, said in form.fields.items()]
            sent["files"] = parts + list(form.files.items())
        try:
            with self._client.stream(method, url, headers=said, timeout=limit, **sent) as answer:
                yield answer
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise Unreached(striking.struck(_why(error), self.key), sent=False) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise Unreached(striking.struck(_why(error), self.key), sent=True) from None


def _text(value: Any) -> str:
    """A value as a form has it: structured ones as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _why(error: Exception) -> str:
    return str(error).strip() or type(error).__name__


def _pieces(answer: "httpx2.Response", most: int, until: float) -> Iterator[bytes]:
    """What comes, as long as it is not too much and not too slow. `Unreached` otherwise."""
    length = 0
    for piece in answer.iter_bytes():
        length += len(piece)
        if length > most:
            raise Unreached(f"it sends more than {most:,} bytes", sent=True)
        if time.monotonic() > until:
            raise Unreached("it sends too slowly", sent=True)
        yield piece


def _sort(above: Mapping[str, str]) -> str:
    """What is said to come, without its particulars."""
    return above.get("content-type", "").partition(";")[0].strip().lower()


def _written(place: Path, pieces: Iterator[bytes]) -> None:
    try:
        with place.open("wb") as opened:
            for piece in pieces:
                opened.write(piece)
    except OSError as error:
        raise DiskFull(
            f"There is no room left on the disk: {error.strerror}.", "Make room, then ask again."
        ) from None
