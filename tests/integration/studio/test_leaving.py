"""Leaving while others come: who belongs to a collective is looked at in the commit that takes it away."""

from collections.abc import Callable
from typing import Any

import pytest

from uncaged.archive import invitations, memberships, people
from uncaged.archive.invitations import Wish
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.studio import joining, leaving
from uncaged.studio.joining import TooLate
from uncaged.studio.studio import Studio


class Meanwhile:
    """A studio in which something happens before the commit of this number."""

    def __init__(self, studio: Studio, before: int, happens: Callable[[], object]) -> None:
        self._studio, self._before, self._happens = studio, before, happens
        self._commits = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._studio, name)

    def commit(self, step: Any) -> Any:
        """As the studio does, but late."""
        self._commits += 1
        if self._commits == self._before + 1:
            self._happens()
        return self._studio.commit(step)


def late(studio: Studio, before: int, happens: Callable[[], object]) -> Any:
    return Meanwhile(studio, before, happens)


@pytest.fixture
def trio(studio: Studio) -> Any:
    """A collective of bea's, and cleo beside it: their ids."""

    def step(conn: Any) -> tuple[str, str, str]:
        bea, cleo = (people.add(conn, "member", 1, name).id for name in ("bea", "cleo"))
        return memberships.make(conn, "trio", bea, 1).id, bea, cleo

    return studio.commit(step)


def belong(studio: Studio, collective: str) -> list[str]:
    with studio.archive.read() as conn:
        return [one.id for one in memberships.members(conn, collective)]


def left(studio: Studio, person: str) -> bool:
    with studio.archive.read() as conn:
        return people.get(conn, person).left is not None


@pytest.mark.parametrize("before", [0, 1])
def test_who_joins_meanwhile_keeps_the_collective(studio: Studio, trio: Any, before: int) -> None:
    collective, bea, cleo = trio
    joins = lambda: studio.commit(lambda c: memberships.join(c, collective, cleo, 2))  # noqa: E731
    with pytest.raises(AskedWrong, match="Other members"):
        leaving.leave(late(studio, before, joins), collective, bea, False)
    assert belong(studio, collective) == [bea, cleo] and not left(studio, collective)


def test_what_a_collective_gave_out_is_over_before_anything_is_deleted(
    studio: Studio, trio: Any
) -> None:
    collective, bea, cleo = trio
    mine = studio.as_person(bea)
    link = joining.invite(mine, Wish(collective_id=collective))[1]
    joining.ask_in(mine, collective, "cleo")
    said = list[str]()

    def comes() -> None:
        for way in (
            lambda: joining.join_collective(studio.as_person(cleo), link),
            lambda: joining.answer_collective(studio.as_person(cleo), asked.id, agrees=True),
        ):
            with pytest.raises(TooLate) as refused:
                way()
            said.append(refused.value.message)

    with studio.archive.read() as conn:
        (asked,) = invitations.asking(conn, cleo, studio.clock.now())
    leaving.leave(late(studio, 1, comes), collective, bea, False)
    assert len(said) == 2 and left(studio, collective) and belong(studio, collective) == []
    with pytest.raises(NotFound), studio.archive.read() as conn:
        memberships.get(conn, collective)


def test_who_was_removed_meanwhile_takes_nothing_away(studio: Studio, trio: Any) -> None:
    collective, bea, cleo = trio
    studio.commit(lambda c: memberships.join(c, collective, cleo, 2))

    def removed() -> None:
        studio.commit(lambda c: memberships.leave(c, collective, bea, cleo, 3))

    with pytest.raises(AskedWrong, match="do not belong"):
        leaving.leave(late(studio, 0, removed), collective, bea, False)
    assert belong(studio, collective) == [cleo] and not left(studio, collective)
    leaving.leave(studio, collective, studio.person, False)  # the owner may, whoever belongs to it
    assert left(studio, collective)


def test_pressed_twice_at_once_it_is_left_once(studio: Studio, trio: Any) -> None:
    collective, bea, _cleo = trio
    again = late(studio, 1, lambda: leaving.leave(studio, collective, bea, False))
    assert leaving.leave(again, collective, bea, False) == 0
    with studio.archive.read() as conn:
        lines = conn.exec_driver_sql("SELECT count(*) FROM log WHERE what = 'left'").scalar_one()
    assert lines == 1 and left(studio, collective)


def test_names_on_invitations_go_with_whoever_leaves(studio: Studio) -> None:
    secret = joining.invite(studio, Wish(name="Beatrice"))[1]
    login = joining.Login("$argon2id$none")
    bea = joining.come(studio, secret, "bea", login)[0].id
    leaving.leave(studio, bea, bea, False)
    with studio.archive.read() as conn:
        assert [one.name for one in invitations.all_of_them(conn)] == [None]
