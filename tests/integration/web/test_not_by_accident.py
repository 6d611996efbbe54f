"""What nobody agreed to does not happen by a stale page, a name that looks like theirs, or the last one's leaving."""

from typing import Any

import pytest

from uncaged.archive import credits, invitations, logins, memberships, people
from uncaged.archive.invitations import Wish
from uncaged.core.errors import AskedWrong, NotFound, TooMany
from uncaged.studio import joining, leaving
from uncaged.studio.joining import Login

JSON = {"Accept": "application/json"}


def invite(client: Any, **sent: str) -> Any:
    return client.post("/invitations", data=sent, headers=JSON)


def test_another_wish_from_the_same_form_is_another_link(house: Any) -> None:
    owner = house.come("owner", **house.origin)
    keeper = invite(owner, once="abc", kind="keeper")
    member = invite(owner, once="abc", kind="member", name="Kid")
    assert keeper.status_code == member.status_code == 201
    assert keeper.json()["link"] != member.json()["link"]
    assert (
        member.json()["link"] == invite(owner, once="abc", kind="member", name="Kid").json()["link"]
    )
    assert {one["kind"] for one in member.json()["invitations"]} == {"keeper", "member"}


@pytest.mark.parametrize("over", ["revoked", "used"])
def test_a_link_that_is_over_is_not_given_out_as_new(house: Any, over: str) -> None:
    owner = house.come("owner", **house.origin)
    first = invite(owner, once="abc").json()
    if over == "revoked":
        assert owner.post(f"/invitations/{first['invitations'][0]['id']}/revoke").is_redirect
    else:
        secret = first["link"].partition("invitation=")[2]
        joining.come(house.studio, secret, "eve", Login("$argon2id$"))
    again = invite(owner, once="abc")
    assert again.status_code == 400 and "good no more" in again.text
    assert invite(owner, once="abd").status_code == 201


def test_the_number_of_a_line_is_never_anothers(house: Any) -> None:
    house.stay("bea")
    work, member = house.make("member").work_id, house.persons["member"]
    bea = house.persons["bea"]

    def step(conn: Any) -> int:
        first = credits.add(conn, work, member, "bea", "thanks", 1)
        credits.remove(conn, work, member, first.n, 2)
        second = credits.add(conn, work, member, "bea", "the culprit", 3)
        assert first.n < second.n
        with pytest.raises(NotFound):
            credits.answer(conn, work, bea, first.n, True, 4)
        return second.n

    n = house.studio.commit(step)
    with house.studio.archive.read() as conn:
        assert credits.get(conn, work, n).agreed is None


def test_a_work_asks_somebody_one_thing_at_a_time(house: Any) -> None:
    bea = house.stay("bea")
    work, member = house.make("member").work_id, house.persons["member"]
    me = house.persons["bea"]
    add = lambda role: house.studio.commit(  # noqa: E731
        lambda c: credits.add(c, work, member, "bea", role, 1)
    )
    first = add("voice")
    with pytest.raises(AskedWrong, match="asked already"):
        add("dancer")
    house.studio.commit(lambda c: credits.answer(c, work, me, first.n, True, 2))
    second = add("dancer")
    assert bea.post("/me/credits", data={"work": work, "n": second.n, "answer": "no"}).is_redirect
    with pytest.raises(AskedWrong, match="not to be named"):
        add("painter")


def test_no_takes_all_that_a_work_asks(house: Any) -> None:
    house.stay("bea")
    work, bea = house.make("member").work_id, house.persons["bea"]

    def step(conn: Any) -> None:
        sql = "INSERT INTO authors (work_id, n, person_id, role, added, agreed) VALUES (?, ?, ?, ?, 1, ?)"
        for n in range(1, 6):  # as they could be written before
            conn.exec_driver_sql(sql, (work, n, bea, f"role {n}", 1 if n == 1 else None))
        credits.answer_each(conn, work, bea, 3, False, 2)

    house.studio.commit(step)
    with house.studio.archive.read() as conn:
        assert [one.n for one in credits.of(conn, work, every=True)] == [1]
    house.studio.commit(lambda c: credits.answer_each(c, work, bea, None, False, 3))
    with house.studio.archive.read() as conn:
        assert credits.of(conn, work, every=True) == ()


def collective(house: Any, founder: str, name: str = "trio") -> str:
    now, who = house.studio.clock.now(), house.persons[founder]
    return house.studio.commit(lambda c: memberships.make(c, name, who, now)).id


def test_nobody_leaves_a_collective_with_nobody_in_it(house: Any) -> None:
    bea = house.stay("bea")
    trio, me = collective(house, "bea"), house.persons["bea"]
    sent = {"works": "delete", "password": ""}
    house.studio.commit(lambda c: logins.forget(c, me))
    refused = bea.post("/me/leave", data=sent, headers=JSON)
    assert refused.status_code == 400 and "trio" in refused.text
    with house.studio.archive.read() as conn:
        assert people.get(conn, me).left is None
        assert [one.id for one in memberships.members(conn, trio)] == [me]
    leaving.leave(house.studio, trio, me, False)
    assert bea.post("/me/leave", data=sent).headers["location"] == "/enter?left=1"
    with pytest.raises(AskedWrong, match="People with a login"):  # a page that was open meanwhile
        house.studio.commit(lambda c: memberships.make(c, "another", me, 9))
    with house.studio.archive.read() as conn:
        assert not people.named(conn, "another")


@pytest.mark.parametrize(
    "name", ["Kim\ufe0f", "k\u034fim", "ki\u3164m", "Кim", "КIМ", "Kιm", "оwner"]
)
def test_nobody_takes_a_name_that_looks_like_a_keepers(house: Any, name: str) -> None:
    house.stay("Kim", kind="keeper")
    with pytest.raises(AskedWrong):
        house.stay(name)
    house.stay("bea")
    work, member = house.make("member").work_id, house.persons["member"]
    try:  # in a credit roll it is them, who are asked, or nobody
        line = house.studio.commit(lambda c: credits.add(c, work, member, name, "voice", 1))
    except AskedWrong:
        return
    assert line.person_id == house.persons["Kim"] and not line.shown


@pytest.mark.parametrize("name", ["\u3164", "\u2800\u2800", "\ufe0f", "\u0301"])
def test_a_name_can_be_seen(house: Any, name: str) -> None:
    with pytest.raises(AskedWrong, match="1 to 200"):
        house.stay(name)


def brought(house: Any, maker: str, name: str, into: str) -> None:
    """Somebody new by a link of a member's."""
    mine = house.studio.as_person(house.persons[maker])
    secret = joining.invite(mine, Wish(collective_id=into))[1]
    person = joining.come(house.studio, secret, name, Login("$argon2id$"))[0]
    house.persons[name] = person.id


def test_whom_a_member_brings_makes_the_bound_no_larger(house: Any) -> None:
    house.policy("[members]\nopen_invitations = 9\ninvitations_a_day = 4\n")
    house.stay("bea")
    house.stay("cleo")
    trio = collective(house, "bea")
    brought(house, "bea", "puppet", trio)
    brought(house, "puppet", "puppet of it", trio)
    brought(house, "bea", "another", trio)
    brought(house, "puppet of it", "last", trio)
    for who in ("bea", "puppet", "puppet of it", "another", "last"):
        mine = house.studio.as_person(house.persons[who])
        with pytest.raises(TooMany, match="the same member"):
            joining.invite(mine, Wish(collective_id=trio))
    with house.studio.archive.read() as conn:
        given = invitations.given(conn, house.persons["another"], house.studio.clock.now())
    assert (given.mine, given.today) == (0, 4)
    duo = collective(house, "cleo", "duo")
    brought(house, "cleo", "somebody else", duo)  # another chain


def test_who_was_here_before_belongs_to_nobodys_chain(house: Any) -> None:
    house.policy("[members]\nopen_invitations = 9\ninvitations_a_day = 2\n")
    house.stay("bea")
    house.stay("cleo")
    trio, duo = collective(house, "bea"), collective(house, "cleo", "duo")
    mine = house.studio.as_person(house.persons["bea"])
    secret = joining.invite(mine, Wish(collective_id=trio))[1]
    joining.join_collective(house.studio.as_person(house.persons["cleo"]), secret)
    brought(house, "cleo", "dora", duo)
    brought(house, "cleo", "emil", duo)
    joining.invite(mine, Wish(collective_id=trio))  # bea's own second


def test_a_keeper_begins_a_chain_anew(house: Any) -> None:
    house.policy("[members]\nopen_invitations = 9\ninvitations_a_day = 1\n")
    house.stay("bea")
    trio = collective(house, "bea")
    brought(house, "bea", "kim", trio)
    kim = house.persons["kim"]
    house.studio.commit(lambda c: people.change(c, kim, house.studio.person, 5, kind="keeper"))
    brought(house, "kim", "dora", trio)
    brought(house, "dora", "emil", trio)  # a day's bound of her own
