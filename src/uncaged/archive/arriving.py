"""What an import says in the name of people who are here already: nothing that others see, until they say so here.

Knows rows alone: nothing of files, nor of how an export is read.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from uncaged.archive.people import LONGEST_NAME, checked_name, folded
from uncaged.archive.tables import people, works
from uncaged.archive.telling import counted
from uncaged.core.errors import AskedWrong

_NAMED = 5
"""How many names that came in otherwise are told, at most."""


class Here:
    """Who was here before an import, how they are called, and what of it came in otherwise than it stood there.

    `before`: the ids of all of them. `guarded`: those whose word an import does not give: everybody, but for the
    owner of a home without a work, who brings in a studio of their own.
    """

    def __init__(self, conn: Connection) -> None:
        found = conn.execute(select(people)).all()
        begun = conn.execute(select(works.c.id).limit(1)).first() is not None
        self.before = frozenset(row.id for row in found)
        self.guarded = frozenset(
            row.id for row in found if begun or row.kind != "owner" or row.same_as is not None
        )
        called = [row for row in found if row.name is not None and row.same_as is None]
        self._called = {folded(row.name): row.id for row in called if row.id in self.guarded}
        self._taken = {"owner"} | {folded(row.name) for row in called}
        self._next: dict[str, int] = {}
        self._unseen = self._asked = self._sentences = 0
        self._renamed: list[str] = []

    def work(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A new work as it comes in. What the house says beside a work comes with none that is not hidden."""
        came = dict(row)
        if row["hidden"] is None and row["sentence"] is not None:
            self._sentences += 1
            came["sentence"] = None
        if row["person_id"] in self.guarded and row["deleted"] is None:
            came |= {"visibility": "nobody", "shown": None, "training": None}
            self._unseen += row["kept"] is not None
        return came

    def credit(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A line of a new work's roll: whoever is here already is asked, whether by an id or by the name they have."""
        came = dict(row)
        if row["name"] is not None:
            known = self._called.get(folded(row["name"]))
            if known is None:
                return came
            came |= {"person_id": known, "name": None}
        if came["person_id"] in self.guarded:
            came["agreed"] = None
            self._asked += 1
        return came

    def name(self, row: Mapping[str, Any]) -> str | None:
        """What somebody who comes is called here: a name that somebody has already comes in with a number."""
        said = row["name"]
        if said is None or row["left"] is not None:
            return None
        try:
            plain = free = checked_name(said)
        except AskedWrong:
            self._renamed.append(f"{said!r} came in without a name")
            return None
        key = folded(plain)
        while folded(free) in self._taken:
            number = self._next[key] = self._next.get(key, 1) + 1
            ending = f" ({number})"
            free = plain[: LONGEST_NAME - len(ending)].rstrip() + ending
        self._taken.add(folded(free))
        if free != plain:
            self._renamed.append(f"{plain!r} came in as {free!r}")
        return free

    def alias(self, row: Mapping[str, Any]) -> str | None:
        """What the owner of another studio was called there: kept where it is nobody's name here."""
        try:
            plain = None if row["name"] is None else checked_name(row["name"])
        except AskedWrong:
            return None
        return plain if plain is not None and folded(plain) not in self._taken else None

    def told(self) -> tuple[str, ...]:
        """What came in otherwise than it stood there, in words; nothing where all is as it was."""
        told: list[str] = []
        if self._unseen:
            told.append(
                f"{counted(self._unseen, 'work')} of people who were here already came in unseen "
                "and not for training, until they show them"
            )
        if self._asked:
            asked = "waits" if self._asked == 1 else "wait"
            told.append(f"{counted(self._asked, 'credit')} of such people {asked} until they agree")
        if self._sentences:
            was = "was" if self._sentences == 1 else "were"
            told.append(f"{counted(self._sentences, 'sentence')} of that house {was} left out")
        told += self._renamed[:_NAMED]
        if len(self._renamed) > _NAMED:
            told.append(f"{len(self._renamed) - _NAMED:,} more came in under another name")
        return tuple(told)
