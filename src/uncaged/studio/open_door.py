"""The open door: what has to be there first, opened for a time, closed for new makings, the line finished.

Its clock stands in the archive, its token is made from the studio's secret: whoever dies meanwhile goes on with both.
Knows no socket and no page; whoever serves asks `look` again and again.
"""

import base64
import contextlib
import hashlib
import hmac
import ipaddress
import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from uncaged.archive import house, openings, people, watching
from uncaged.archive.openings import Opening
from uncaged.core.clock import in_words
from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.queue import following, line
from uncaged.studio.entering import has_way_for_owner, secret_of

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

SECOND = 1_000_000
LONGER = 30 * 60.0
"""Seconds that one press adds."""

SHORTEST, LONGEST = 60.0, 366 * 24 * 3600.0
"""Seconds for which a door can be opened."""

STAYS = 14 * 24 * 3600 * SECOND
"""Microseconds after the end for which visitors find their films by the cookie they came with."""

FEWEST = 200
"""Films that must have room on the disk, at least."""

FILM = 1_200_000
"""Bytes of a film where none has been kept yet: six seconds of `ink` at 512x512, measured."""

PICTURES = 200_000
"""Bytes of its still and its strip."""

SPARE = 256_000_000
"""Bytes of the disk that are left alone: the archive and the static site need some too."""

NOTE = "opened.json"
"""The file in the home that says how the door was opened: the command, and what it asked and found."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How the door is to be opened. url: the address people come by, where it is not this machine's own. host: what
    is listened on. good_until: of the certificate given (µs UTC); None where none was. command: as it was typed."""

    url: str | None
    host: str
    good_until: int | None = None
    command: str = "uncaged open"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was asked before. found: the answer, in words. mend: the command that gives it, where it fails."""

    asked: str
    found: str
    holds: bool = True
    mend: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an opening stands. left: seconds until it closes. waiting, going: runs in line, and performed now."""

    opening: Opening
    phase: Literal["open", "closing", "done"]
    left: float
    waiting: bool
    going: int


def examine(studio: "Studio", terms: Terms) -> tuple[Found, ...]:
    """Everything that is asked before the door opens; where one does not hold, it stays shut."""
    asked = (
        _owner(studio),
        _rules(studio),
        _contact(studio),
        _room(studio),
        _line(studio),
        _https(studio, terms),
    )
    return (*asked, *_proxy_log(terms))


def doorstep(studio: "Studio") -> tuple[Found, ...]:
    """What is asked before any other machine can come in, with a clock or without: by `uncaged serve` and `web` too."""
    return _owner(studio), _contact(studio)


def check(found: Sequence[Found]) -> None:
    """`AskedWrong` where something is missing, with the commands that mend it."""
    missing = [one for one in found if not one.holds]
    if missing:
        todo = "\n".join(f"    {one.mend}" for one in missing)
        raise AskedWrong(f"The door stays shut. What is missing:\n{todo}")


def _owner(studio: "Studio") -> Found:
    asked = "an owner"
    if not has_way_for_owner(studio):
        mend = 'uncaged key add "my own" --may read --may make --may manage'
        return Found(asked, "nobody could tell them from a stranger", False, mend)
    with studio.archive.read() as conn:
        name = people.owner(conn).name
    return Found(asked, name or "known from afar, by a key or a login")


def _rules(studio: "Studio") -> Found:
    with studio.archive.read() as conn:
        said = house.current(conn, "rules")
    if said is None:
        return Found("house rules, dated", "none", False, "uncaged house set rules FILE")
    return Found("house rules, dated", in_words(said.since)[:10], link="/house")


def _contact(studio: "Studio") -> Found:
    with studio.archive.read() as conn:
        said = house.current(conn, "contact")
    if said is None:
        mend = 'uncaged house set contact "NAME, ADDRESS, MAIL"'
        return Found("somebody to write to", "nobody", False, mend)
    return Found("somebody to write to", " · ".join(said.text.split("\n"))[:200])


def _room(studio: "Studio") -> Found:
    free = shutil.disk_usage(studio.settings.home).free
    with studio.archive.read() as conn:
        usual = openings.usual_bytes(conn)
    films = max(0, free - SPARE) / ((usual or FILM) + PICTURES)
    said = f"{free / 1e9:,.1f} GB, about {_round(films):,} films"
    if films < FEWEST:
        mend = f"make room on the disk of {studio.settings.home}: {FEWEST} films is the least"
        return Found("room on the disk", said, False, mend)
    return Found("room on the disk", said)


def _round(number: float) -> int:
    """Two figures of it: more is not known."""
    return int(float(f"{number:.2g}"))


def _line(studio: "Studio") -> Found:
    with studio.archive.read() as conn:
        followed = following.look(conn, studio.policy)
    guest = followed.policy.classes.guest
    asked = "a rule for the line, with guests in it"
    shut = [name for name in ("waiting", "running", "runs_a_day") if getattr(guest, name) == 0]
    if shut:
        said = f"policy {followed.short_hash} gives guests none: {', '.join(shut)} = 0"
        return Found(asked, said, False, f"edit [class.guest] in {studio.policy}")
    many = "as many films as they like" if guest.waiting is None else f"{guest.waiting} films each"
    return Found(asked, f"policy {followed.short_hash}: {many} in line", link="/line")


def _https(studio: "Studio", terms: Terms) -> Found:
    url = urlsplit(terms.url or "")
    if terms.good_until is not None:
        return Found("https", f"by its own certificate, until {in_words(terms.good_until)[:10]}")
    if url.scheme == "https":
        with studio.archive.read() as conn:
            proxies = following.look(conn, studio.policy).policy.door.proxies
        if proxies:
            return Found("https", f"by the proxy at {', '.join(proxies)}")
        mend = f'name the proxy in {studio.policy}, under [door]: proxies = ["ITS ADDRESS"]'
        return Found("https", "by a proxy that the studio does not know", False, mend)
    if terms.url is None or _is_near(url.hostname or ""):
        said = "none, in this network alone; passkeys and a camera need it"
        return Found("https", said)
    mend = "let a proxy bring it, or give --tls-cert FILE --tls-key FILE; docs/opening.md says how"
    return Found(
        "https", f"none at {url.hostname}: everybody between could read along", False, mend
    )


def _proxy_log(terms: Terms) -> tuple[Found, ...]:
    """The studio writes nobody's address down. A proxy may, which cannot be seen from here."""
    by_proxy = terms.good_until is None and urlsplit(terms.url or "").scheme == "https"
    said = (
        "look yourself: its log may keep everybody's address, and links that are secrets (rooms, invitations, "
        "your link, reports); docs/opening.md says how to write neither"
    )
    return (Found("what the proxy writes down", said),) if by_proxy else ()


def _is_near(host: str) -> bool:
    """Whether a name leads no further than this network: a private address, a name without a domain, `.local`."""
    try:
        at = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host.rstrip(".") or host.endswith((".local", ".localhost", ".lan"))
    return at.is_private or at.is_loopback or at.is_link_local


def url_of(text: str) -> str:
    """A public address as it is kept: `https://name[:port]`, nothing behind it. `AskedWrong` where it is none."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    whole = parts.scheme in ("http", "https") and parts.hostname and len(text) <= 300
    if not whole or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise AskedWrong(
            f"{text[:80]!r} is no address that people could come by.",
            "Say it with its beginning and nothing behind: --public-url https://studio.example",
        )
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{name}" + (f":{port}" if port else "")


def token(studio: "Studio", opening_id: str) -> str:
    """What stands in the address of an opening: the same after every restart, and short enough to be typed."""
    made = hmac.new(secret_of(studio), f"opening:{opening_id}".encode(), hashlib.sha256)
    return base64.b32encode(made.digest())[:8].decode().lower()


def begin(studio: "Studio", terms: Terms, seconds: float) -> Opening:
    """Opens the door for so long. Raises `AskedWrong` where it is open, or for no such time."""
    if not SHORTEST <= seconds <= LONGEST:
        raise AskedWrong("A door is opened for a minute to a year.", "Such as --for 3h.")
    now, opening_id = studio.clock.now(), openings.new_opening_id()
    secret, until = token(studio, opening_id), now + int(seconds * SECOND)
    me = studio.person

    with studio.archive.write() as conn:
        return openings.begin(conn, terms.url, until, me, secret, opening_id, now)


def unfinished(studio: "Studio") -> Opening | None:
    """The opening that is on, or whose line and site are not finished yet."""
    with studio.archive.read() as conn:
        return openings.unfinished(conn)


def the_one(studio: "Studio") -> Opening:
    """The same; `AskedWrong` where there is none."""
    found = unfinished(studio)
    if found is None:
        raise AskedWrong("The door is not open.", "Open it: uncaged open --for 3h")
    return found


def longer(studio: "Studio", seconds: float = LONGER) -> Opening:
    """It closes so much later."""
    if not 0 < seconds <= LONGEST:
        raise AskedWrong("A door stays open longer by up to a year.", "Such as --longer 30m.")
    opening, now, me = the_one(studio), studio.clock.now(), studio.person
    return studio.commit(lambda conn: openings.prolong(conn, opening.id, seconds, me, now))


def close(studio: "Studio") -> Opening:
    """Closes it for new makings, now; whoever stands in line is served."""
    opening, now, me = the_one(studio), studio.clock.now(), studio.person
    return studio.commit(lambda conn: openings.close(conn, opening.id, me, now))


def look(studio: "Studio", opening_id: str) -> Stage:
    """Where it stands now; where its time has come, it is closed by this."""
    now = studio.clock.now()
    with studio.archive.read() as conn:
        opening = openings.get(conn, opening_id)
    if opening.closed is None and opening.is_over(now):
        with studio.archive.write() as conn:
            opening = openings.close(conn, opening_id, None, now)
    with studio.archive.read() as conn:
        waiting = line.somebody_waits(conn, "interactive")
        going = len(watching.going(conn, "interactive"))
    if opening.closed is None:
        return Stage(opening, "open", opening.left(now), waiting, going)
    phase = "closing" if waiting or going else "done"
    return Stage(opening, phase, 0.0, waiting, going)


def finish(studio: "Studio", opening_id: str) -> Opening:
    """The line is finished, and the site is written."""
    now = studio.clock.now()
    with studio.archive.write() as conn:
        return openings.finish(conn, opening_id, now + STAYS, now)


@dataclass(frozen=True, slots=True)
class Note:
    """How an opening was opened: by which command, what was found, and by which address others reach it."""

    command: str
    found: tuple[Found, ...]
    base: str


def note(studio: "Studio", opening: Opening, said: Note) -> None:
    """Keeps it, for the page that says so. It is a courtesy: a full disk keeps no door shut."""
    kept = asdict(replace(said, found=tuple(replace(one, mend="") for one in said.found)))
    place = studio.settings.home / NOTE
    beside = place.with_name(f".{NOTE}-{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):
        try:
            beside.write_text(
                json.dumps(kept | {"id": opening.id}, ensure_ascii=False), encoding="utf-8"
            )
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)


def noted(studio: "Studio", opening_id: str) -> Note | None:
    """How this opening was opened, and where it can be reached now; None where that was not kept."""
    try:
        said: Any = json.loads((studio.settings.home / NOTE).read_bytes()[:100_000])
        if said["id"] != opening_id:
            return None
        found = tuple(Found(**one) for one in said["found"])
        return Note(str(said["command"]), found, str(said["base"]))
    except (OSError, ValueError, TypeError, KeyError, UncagedError):
        return None
