"""How many strangers members may bring in by a collective, as the policy says it; and that asking somebody in tells
nobody who else is here."""

from collections.abc import Iterator
from typing import Any

import pytest

from uncaged.archive import invitations, memberships
from uncaged.core.errors import NotAllowed, TooMany
from uncaged.studio import joining
from uncaged.studio.joining import Login, TooLate, Wish

JSON = {"Accept": "application/json"}
FREE = "[door]\nrequests_a_minute = 1_000_000\n"


@pytest.fixture
def bea(house: Any) -> Iterator[Any]:
    """A member in their browser, with a collective of theirs: `house.trio`."""
    client = house.stay("bea")
    now = house.studio.clock.now()
    made = house.studio.commit(lambda c: memberships.make(c, "trio", house.persons["bea"], now))
    house.trio = made.id
    return client


def invite(house: Any, client: Any, **sent: str) -> Any:
    return client.post(f"/collectives/{house.trio}/invite", data=sent, headers=JSON)


def revoke_all(house: Any, client: Any) -> None:
    for one in client.get(f"/collectives/{house.trio}", headers=JSON).json()["asking"]:
        assert client.post(f"/invitations/{one['id']}/revoke").is_redirect


def test_a_member_has_so_many_links_at_a_time(house: Any, bea: Any) -> None:
    house.policy(FREE + "[members]\nopen_invitations = 2\ninvitations_a_day = 4\n")
    first = invite(house, bea, once="one press")
    assert first.status_code == 201 and first.json()["invites"]["waiting"] == 1
    assert invite(house, bea).status_code == 201
    refused = invite(house, bea)
    assert refused.status_code == 429 and "2 links of yours wait" in refused.text
    page = bea.post(f"/collectives/{house.trio}/invite")
    assert page.status_code == 429 and "Take one back" in page.text and "members" in page.text
    again = invite(house, bea, once="one press")  # the same press is no new link
    assert again.status_code == 201 and again.json()["link"] == first.json()["link"]
    said = bea.get(f"/collectives/{house.trio}").text
    assert "2 of your links wait for somebody; 2 at most may at a time." in said
    house.stay("cleo")
    asked = bea.post(f"/collectives/{house.trio}/ask", data={"name": "cleo"}, headers=JSON)
    assert asked.status_code == 204, "whoever is here is no stranger"


def test_taking_links_back_makes_no_more_of_a_day(
    house: Any, bea: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.policy(FREE + "[members]\nopen_invitations = 2\ninvitations_a_day = 3\n")
    for _time in range(3):
        assert invite(house, bea).status_code == 201
        revoke_all(house, bea)
    refused = invite(house, bea)
    assert refused.status_code == 429 and "within 24 hours" in refused.text
    assert 86_000 < int(refused.headers["Retry-After"]) <= 86_400
    now = house.studio.clock.now()
    monkeypatch.setattr(type(house.studio.clock), "now", lambda _self: now + invitations.DAY)
    assert invite(house, bea).status_code == 201


def test_by_all_collectives_together(house: Any, bea: Any) -> None:
    house.policy(FREE + "[members]\nopen_invitations = 1\n")
    now, me = house.studio.clock.now(), house.persons["bea"]
    other = house.studio.commit(lambda c: memberships.make(c, "duo", me, now)).id
    mine = house.studio.as_person(me)
    joining.invite(mine, Wish(collective_id=house.trio))
    with pytest.raises(TooMany):
        joining.invite(mine, Wish(collective_id=other))


def test_the_policy_may_say_that_members_invite_nobody(house: Any, bea: Any) -> None:
    mine = house.studio.as_person(house.persons["bea"])
    secret = joining.invite(mine, Wish(collective_id=house.trio))[1]
    house.policy(FREE + "[members]\ninvite = false\n")
    with pytest.raises(NotAllowed, match="members invite nobody"):
        joining.invite(mine, Wish(collective_id=house.trio))
    refused = invite(house, bea)
    assert refused.status_code == 403 and "Ask the owner or a keeper" in refused.text
    page = bea.get(f"/collectives/{house.trio}").text
    assert "In this house members invite nobody" in page and "/invite" not in page
    with pytest.raises(TooLate, match="may not do so any more"):  # what was given out before, too
        joining.come(house.studio, secret, "eve", Login("$argon2id$"))
    house.stay("cleo")
    joining.ask_in(mine, house.trio, "cleo")
    owner = joining.invite(house.studio, Wish(collective_id=house.trio))[1]
    assert joining.come(house.studio, owner, "dora", Login("$argon2id$"))[0].name == "dora"


def test_owner_and_keepers_have_no_bound(house: Any) -> None:
    house.policy(FREE + "[members]\ninvite = false\nopen_invitations = 0\n")
    house.stay("kim", kind="keeper")
    for who in (house.persons["kim"], house.studio.person):
        for _time in range(7):
            joining.invite(house.studio.as_person(who), Wish())
    now = house.studio.clock.now()
    trio = house.studio.commit(lambda c: memberships.make(c, "t", house.persons["kim"], now)).id
    kim = house.stay("another kim", kind="keeper")
    house.studio.commit(lambda c: memberships.join(c, trio, house.persons["another kim"], now))
    assert kim.get(f"/collectives/{trio}", headers=JSON).json()["invites"] is None
    joining.invite(house.studio.as_person(house.persons["kim"]), Wish(collective_id=trio))


@pytest.mark.parametrize("said", ["p_", "{half}", "{guest}", "{collective}", "p_aaaaaaaaaaaa", ""])
def test_asking_somebody_in_tells_nobody_who_is_here(house: Any, bea: Any, said: str) -> None:
    house.stay("cleo")
    cleo = house.persons["cleo"]
    name = said.format(half=cleo[:4], guest=house.persons["guest"], collective=house.trio)
    for answer in (
        bea.post(f"/collectives/{house.trio}/ask", data={"name": name}, headers=JSON),
        bea.post(f"/collectives/{house.trio}/ask", data={"name": name}),
    ):
        assert answer.status_code == 404, answer.text
        shown = answer.text.replace(name or "-", "").replace(house.trio, "")
        others = set(house.persons.values()) - {house.persons["bea"]}
        assert not [one for one in others if one in shown]


def test_a_whole_name_or_id_asks_somebody_in(house: Any, bea: Any) -> None:
    for name in ("cleo", "dora"):
        house.stay(name)
    mine = house.studio.as_person(house.persons["bea"])
    assert joining.ask_in(mine, house.trio, " CLEO ").id == house.persons["cleo"]
    assert joining.ask_in(mine, house.trio, house.persons["dora"]).id == house.persons["dora"]
    assert joining.ask_in(mine, house.trio, "owner").id == house.studio.person
