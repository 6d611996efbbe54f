"""What an invitation may: what whoever made it may now. Nobody comes to another's login by one."""

from typing import Any

import pytest
from argon2 import PasswordHasher

from uncaged.archive import invitations, keys, logins, memberships, people
from uncaged.archive.invitations import Wish
from uncaged.core.errors import AskedWrong, NotAllowed, WhoIsThere
from uncaged.studio import entering, joining, passwords
from uncaged.studio.joining import Login, TooLate

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))


def collective(house: Any, founder: str) -> str:
    now = house.studio.clock.now()
    return house.studio.commit(lambda c: memberships.make(c, "the trio", founder, now)).id


def password(house: Any, person: str) -> Any:
    with house.studio.archive.read() as conn:
        return logins.password(conn, person)


def give_password(house: Any, person: str) -> Any:
    now = house.studio.clock.now()
    house.studio.commit(lambda c: logins.set_password(c, person, "$argon2id$theirs", now))
    return password(house, person)


def open_ones(house: Any) -> int:
    with house.studio.archive.read() as conn:
        found = conn.exec_driver_sql(
            "SELECT count(*) FROM invitations WHERE used IS NULL AND revoked IS NULL"
        )
        return found.scalar_one()


@pytest.mark.parametrize("opens", ["owner", "{id}"])
def test_a_keeper_does_not_take_the_owners_login_over(house: Any, opens: str) -> None:
    keeper = house.stay("kim", kind="keeper")
    trio = collective(house, house.persons["kim"])
    before = give_password(house, house.studio.person)
    sent = {"collective": trio, "opens": opens.format(id=house.studio.person)}
    refused = keeper.post("/invitations", data=sent, headers=JSON)
    assert refused.status_code == 400 and "never both" in refused.text
    assert password(house, house.studio.person) == before and open_ones(house) == 0


@pytest.mark.parametrize("whose", ["owner", "cleo"])
def test_a_member_does_not_take_a_login_over(house: Any, whose: str) -> None:
    house.stay("bea")
    house.stay("cleo")
    trio = collective(house, house.persons["bea"])
    bea = house.studio.as_person(house.persons["bea"])
    with pytest.raises(AskedWrong, match="never both"):
        joining.invite(bea, Wish(collective_id=trio, person_id=house.persons[whose]))
    with pytest.raises(NotAllowed):
        joining.invite(bea, Wish(person_id=house.persons[whose]))
    assert open_ones(house) == 0


def test_a_forged_row_opens_no_login(house: Any) -> None:
    house.stay("kim", kind="keeper")
    kim, owner, now = house.persons["kim"], house.studio.person, house.studio.clock.now()
    trio, before = collective(house, kim), give_password(house, owner)
    wish = Wish(collective_id=trio, person_id=owner)
    house.studio.commit(lambda c: invitations.make(c, wish, kim, now, "x" * 40))
    with pytest.raises(TooLate):
        joining.come(house.studio, "x" * 40, "me", Login("$argon2id$evil"))
    eve = house.come("nobody's", **house.origin)
    eve.get(f"/join?invitation={'x' * 40}")
    sent = {"name": "Eve", "password": "seven quiet iron doors"}
    assert eve.post("/join", data=sent).status_code == 410
    assert password(house, owner) == before
    with pytest.raises(TooLate):  # nor does anybody else join by what one person is asked
        joining.join_collective(house.studio.as_person(house.persons["member"]), "x" * 40)


def test_whoever_is_no_keeper_any_more_has_invited_nobody(house: Any) -> None:
    house.stay("kim", kind="keeper")
    kim, now = house.persons["kim"], house.studio.clock.now()
    secret = joining.invite(house.studio.as_person(kim), Wish())[1]
    house.studio.commit(lambda c: people.change(c, kim, house.studio.person, now, kind="member"))
    with pytest.raises(TooLate, match="not do so any more"):
        joining.come(house.studio, secret, "dora", Login("$argon2id$"))
    house.studio.commit(lambda c: people.change(c, kim, house.studio.person, now, kind="keeper"))
    assert joining.come(house.studio, secret, "dora", Login("$argon2id$"))[0].name == "dora"


def test_a_login_of_whoever_became_a_keeper_is_not_opened_by_a_keeper(house: Any) -> None:
    house.stay("kim", kind="keeper")
    house.stay("bea")
    kim, bea, now = house.persons["kim"], house.persons["bea"], house.studio.clock.now()
    secret = joining.invite(house.studio.as_person(kim), Wish(person_id=bea))[1]
    before = password(house, bea)
    house.studio.commit(lambda c: people.change(c, bea, house.studio.person, now, kind="keeper"))
    with pytest.raises(TooLate, match="not do so any more"):
        joining.come(house.studio, secret, "", Login("$argon2id$evil"))
    assert password(house, bea) == before


def test_whoever_belongs_no_more_leads_nobody_in(house: Any) -> None:
    for name in ("bea", "cleo", "dora"):
        house.stay(name)
    bea, cleo, dora = (house.persons[name] for name in ("bea", "cleo", "dora"))
    now, trio = house.studio.clock.now(), collective(house, bea)
    house.studio.commit(lambda c: memberships.join(c, trio, cleo, now))
    hers = joining.invite(house.studio.as_person(bea), Wish(collective_id=trio))[1]
    mine = joining.invite(house.studio.as_person(cleo), Wish(collective_id=trio))[1]
    joining.ask_in(house.studio.as_person(cleo), trio, "dora")
    house.studio.commit(lambda c: memberships.leave(c, trio, cleo, bea, now))
    with pytest.raises(TooLate, match="taken back"):
        joining.come(house.studio, mine, "eve", Login("$argon2id$"))
    with pytest.raises(TooLate, match="taken back"):
        joining.join_collective(house.studio.as_person(dora), mine)
    with house.studio.archive.read() as conn:
        assert invitations.asking(conn, dora, now) == ()
    assert joining.join_collective(house.studio.as_person(dora), hers).id == trio


def test_what_somebody_asked_who_belongs_no_more_is_answered_with_no(house: Any) -> None:
    for name in ("bea", "cleo"):
        house.stay(name)
    bea, cleo, now = house.persons["bea"], house.persons["cleo"], house.studio.clock.now()
    trio = collective(house, house.persons["member"])
    wish = Wish(collective_id=trio, person_id=cleo)
    asked = house.studio.commit(lambda c: invitations.make(c, wish, bea, now))[0]
    with pytest.raises(TooLate, match="not do so any more"):
        joining.answer_collective(house.studio.as_person(cleo), asked.id, agrees=True)
    joining.answer_collective(house.studio.as_person(cleo), asked.id, agrees=False)
    assert open_ones(house) == 0


def test_a_login_opened_again_leaves_no_key(house: Any) -> None:
    house.stay("bea")
    bea, now = house.persons["bea"], house.studio.clock.now()
    key = house.studio.commit(lambda c: keys.make(c, bea, "laptop", ("read",), now))[1]
    assert entering.by_key(house.studio, key).person.id == bea
    secret = joining.invite(house.studio, Wish(person_id=bea))[1]
    client = house.come("nobody's", **house.origin)
    client.get(f"/join?invitation={secret}")
    assert "keys of your programs" in client.get("/join").text
    assert client.post("/join", data={"password": "seven quiet iron doors"}).status_code == 303
    with pytest.raises(WhoIsThere):
        entering.by_key(house.studio, key)
    assert client.get("/me?as=json").json()["id"] == bea


def test_a_key_makes_no_key(house: Any) -> None:
    for who in ("member", "manager"):
        refused = house.come(who).post("/me/keys", data={"name": "another"}, headers=JSON)
        assert refused.status_code == 403 and "Sign in yourself" in refused.text
    owner = house.come("owner", **house.origin)
    assert owner.post("/me/keys", data={"name": "mine"}, headers=JSON).status_code == 201
