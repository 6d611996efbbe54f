"""Following a policy: the file as it is now, or the last one that could be followed. See `policy` for what it says.

A mistake in the file changes nothing but what is told: the studio goes on with the policy it had.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select

from uncaged.archive import log
from uncaged.archive.line_tables import policies
from uncaged.core.canonical import canonical
from uncaged.core.errors import AskedWrong
from uncaged.core.reading import read_file
from uncaged.queue import charging, policy
from uncaged.queue.policy import Policy

SHORT = 12
"""Characters of a policy's hash that people see."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The policy that holds. mistake: why the file is not followed, empty where it is. since: µs UTC, 0 for never."""

    policy: Policy
    mistake: str = ""
    since: int = 0

    @property
    def short_hash(self) -> str:
        """What the pages show of its hash."""
        return self.policy.hash[:SHORT]


def read_now(path: Path) -> Policy:
    """What the file says; the defaults where there is none. `AskedWrong` names its mistakes."""
    if not path.exists() and not path.is_symlink():
        return Policy()
    return policy.read(read_file(path, "The policy", policy.LARGEST), path.name)


def followed(conn: Connection) -> Followed:
    """The last policy this studio began to follow; the defaults where it never followed one."""
    row = conn.execute(
        select(policies.c.policy, policies.c.since).order_by(policies.c.n.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return Followed(Policy())
    try:
        return Followed(policy.from_json(json.loads(row.policy)), "", row.since)
    except AskedWrong as error:  # written by another version, which knew other words
        return Followed(Policy(), str(error), row.since)


def look(conn: Connection, path: Path) -> Followed:
    """The policy that holds, for whoever only reads; `mistake` where the file says another one, badly."""
    holds = followed(conn)
    try:
        said = read_now(path)
    except AskedWrong as error:
        return Followed(holds.policy, str(error), holds.since)
    return holds if said.hash == holds.policy.hash else Followed(said, "", holds.since)


def follow(conn: Connection, path: Path, now: int) -> Followed:
    """Begins to follow what the file says now, if that is something new: kept, logged, everybody's level reckoned."""
    holds = followed(conn)
    try:
        said = read_now(path)
    except AskedWrong as error:
        return Followed(holds.policy, str(error), holds.since)
    if said.hash == holds.policy.hash and (holds.since or said == Policy()):
        return holds
    text = canonical(said.to_json()).decode()
    conn.execute(insert(policies).values(hash=said.hash, policy=text, since=now))
    log.append(conn, "policy", "studio", None, now, hash=said.hash[:SHORT])
    charging.reckon(conn, said.rules())
    return Followed(said, "", now)
