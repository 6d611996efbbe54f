"""Openings: each time the studio was opened to whoever comes, with a clock that survives every process.

Knows no page, no socket and no check; `studio.doors` says what an opening asks for first, and how it goes on.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, insert, select, text, update

from uncaged.archive import log, rooms
from uncaged.archive.house_tables import openings
from uncaged.archive.keys import hashed
from uncaged.archive.line_tables import rooms as room_table
from uncaged.archive.tables import files, works
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.ids import new_id
from uncaged.core.words import _

ROOM = "the open door "
"""How the name of an opening's room begins; its id follows."""

RECENT = 200
"""Kept films by whose size the next ones are guessed."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Times are µs UTC. until: when nobody new may make anything. closed: when it was closed for new makings;
    finished: when the last film was made, and the static site lay there."""

    id: str
    began: int
    until: int
    closed: int | None
    finished: int | None
    url: str | None
    who: str

    def is_over(self, now: int) -> bool:
        """Whether nobody new may make anything any more."""
        return self.closed is not None or self.finished is not None or now >= self.until

    def left(self, now: int) -> float:
        """Seconds until then; 0 afterwards."""
        return 0.0 if self.is_over(now) else (self.until - now) / 1e6


@dataclass(frozen=True, slots=True)
class Doors:
    """What the web asks once a second. on: the last opening, if it is not finished. ended: hashes of the tokens of
    older openings whose visitors still find their films, and make no more."""

    on: Opening | None = None
    ended: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Inside:
    """Numbers of an opening, nobody's names or words. people: who asked for anything since it began.

    made: how many of them have a film; first: how many wait for their first, and longest: since when (µs UTC).
    most: films of one person, at most. shown: of these films, how many are shown to everybody.
    """

    people: int
    waiting: int
    going: int
    done: int
    made: int
    first: int
    longest: int | None
    most: int
    shown: int


def begin(
    conn: Connection, url: str | None, until: int, who: str, token: str, opening_id: str, now: int
) -> Opening:
    """Opens the door, and a room by whose token each visitor is a person. Raises `AskedWrong`."""
    if until <= now:
        raise AskedWrong(_("This opening would be over before it begins."))
    on = unfinished(conn)
    if on is not None:
        raise AskedWrong(
            _("The opening %(opening)s is not ended yet.") % {"opening": on.id},
            _("`uncaged open` goes on with it."),
        )
    values = {"id": opening_id, "began": now, "until": until, "url": url, "who": who}
    conn.execute(insert(openings).values(values))
    rooms.make(conn, ROOM + opening_id, rooms.MOST, None, who, now, token)
    log.append(conn, "opened", opening_id, who, now, until=until)
    return get(conn, opening_id)


def new_opening_id() -> str:
    """The id of an opening that is going to be."""
    return new_id("opening")


def get(conn: Connection, opening_id: str) -> Opening:
    """Which opening is this?"""
    row = conn.execute(select(openings).where(openings.c.id == opening_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(_("There is no opening %(opening)s here.") % {"opening": opening_id})
    return _opening(row)


def latest(conn: Connection) -> Opening | None:
    """The one that is not finished, else the last one."""
    order = (openings.c.finished.is_(None).desc(), openings.c.began.desc(), openings.c.id.desc())
    newest = select(openings).order_by(*order).limit(1)
    row = conn.execute(newest).mappings().one_or_none()
    return None if row is None else _opening(row)


def unfinished(conn: Connection) -> Opening | None:
    """The one that is on, or whose line is not finished yet."""
    found = latest(conn)
    return None if found is None or found.finished is not None else found


def doors(conn: Connection, now: int) -> Doors:
    """What whoever comes in is measured by."""
    wanted = (
        select(room_table.c.hash)
        .join(openings, room_table.c.name == ROOM + openings.c.id)
        .where(openings.c.finished.is_not(None), room_table.c.closed.is_(None))
        .where(room_table.c.until.is_(None) | (room_table.c.until > now))
    )
    return Doors(unfinished(conn), frozenset(conn.execute(wanted).scalars()))


def prolong(conn: Connection, opening_id: str, seconds: float, who: str, now: int) -> Opening:
    """So much longer, from when it would have closed. `AskedWrong` where it is over already."""
    found = get(conn, opening_id)
    if found.is_over(now):
        raise AskedWrong(
            _("The door is closed already."),
            _("Open it again once the line is finished: uncaged open"),
        )
    until = found.until + int(seconds * 1e6)
    conn.execute(update(openings).where(openings.c.id == opening_id).values(until=until))
    log.append(conn, "opened-longer", opening_id, who, now, until=until)
    return get(conn, opening_id)


def close(conn: Connection, opening_id: str, who: str | None, now: int) -> Opening:
    """Closed for new makings; once is enough. who: None where its time has come."""
    if get(conn, opening_id).closed is None:
        conn.execute(update(openings).where(openings.c.id == opening_id).values(closed=now))
        log.append(conn, "door-closed", opening_id, who, now)
    return get(conn, opening_id)


def finish(conn: Connection, opening_id: str, stays: int, now: int) -> Opening:
    """The last film is made and the site is written. stays: until when its visitors find their films (µs UTC)."""
    if get(conn, opening_id).finished is None:
        conn.execute(update(openings).where(openings.c.id == opening_id).values(finished=now))
        name = ROOM + opening_id
        conn.execute(update(room_table).where(room_table.c.name == name).values(until=stays))
        log.append(conn, "opening-finished", opening_id, None, now)
    return get(conn, opening_id)


def is_token(conn: Connection, opening_id: str, token: str) -> bool:
    """Whether visitors of this opening come by this token."""
    found = select(room_table.c.id).where(
        room_table.c.hash == hashed(token), room_table.c.name == ROOM + opening_id
    )
    return conn.execute(found).first() is not None


def inside(conn: Connection, since: int) -> Inside:
    """How many people are there, and what has become of what they asked for since then (µs UTC)?"""
    states = {row.state: row.n for row in conn.execute(text(_STATES), {"since": since})}
    people = conn.execute(text(_PEOPLE), {"since": since}).one()
    return Inside(
        people=people.people,
        waiting=states.get("queued", 0),
        going=states.get("in_progress", 0),
        done=people.done or 0,
        made=people.made or 0,
        first=people.first or 0,
        longest=people.longest,
        most=people.most or 0,
        shown=people.shown or 0,
    )


_STATES = "SELECT state, count(*) AS n FROM runs WHERE asked >= :since GROUP BY state"

_PEOPLE = """
SELECT count(*) AS people, sum(done) AS done, sum(done > 0) AS made, max(done) AS most, sum(shown) AS shown,
       sum(done = 0 AND coming > 0) AS first, min(CASE WHEN done = 0 THEN waits END) AS longest
FROM (SELECT runs.person_id, sum(runs.state = 'completed') AS done,
             sum(runs.state IN ('queued', 'in_progress')) AS coming,
             min(CASE WHEN runs.state IN ('queued', 'in_progress') THEN runs.asked END) AS waits,
             sum(works.shown IS NOT NULL AND works.hidden IS NULL) AS shown
      FROM runs LEFT JOIN works ON works.run_id = runs.id
      WHERE runs.asked >= :since GROUP BY runs.person_id)
"""


def usual_bytes(conn: Connection) -> float | None:
    """How large the films kept last are, on average; None where there are none."""
    last = (
        select(files.c.bytes)
        .join(works, works.c.media == files.c.sha256)
        .order_by(works.c.kept.desc())
        .limit(RECENT)
        .subquery()
    )
    return conn.execute(select(func.avg(last.c.bytes))).scalar()


def _opening(row: RowMapping) -> Opening:
    return Opening(**{name: row[name] for name in Opening.__slots__})
