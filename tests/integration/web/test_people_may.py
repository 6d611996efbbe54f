"""What people do with what is theirs, by everybody: signed in, by key, as a guest; theirs, another's, none at all."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import credits, invitations, keys, logins, memberships, sessions
from uncaged.archive.invitations import Wish
from uncaged.core.ids import new_id
from uncaged.studio import joining

JSON = {"Accept": "application/json"}
WHO: tuple[str, ...] = ("bea", "cleo", "owner", "member", "reader", "manager", "guest", "nobody")

LOGIN: dict[str, int] = dict(zip(WHO, (1, 1, 1, 403, 403, 403, 403, 401), strict=True))
"""By a login of one's own, or at the machine."""
MAKE: dict[str, int] = dict(zip(WHO, (1, 1, 1, 1, 403, 1, 403, 401), strict=True))
"""With the right to make, as somebody who is no guest."""

# The form, who may, and the answer where all is right. Of things: they are bea's, and everybody else's answer is 404.
PLAIN: dict[str, tuple[dict[str, str], dict[str, int], int]] = {
    "POST /me/name": ({"name": "{new}"}, MAKE, 200),
    "POST /me/about": ({"about": "I draw."}, MAKE, 200),
    "POST /me/password": ({"password": "short"}, LOGIN, 400),
    "POST /me/sessions/end": ({}, LOGIN, 200),
    "POST /me/passkeys": ({"passkey": "{}"}, LOGIN, 400),
    "POST /me/keys": ({"name": "mine"}, LOGIN, 201),
    "POST /me/as": ({}, dict.fromkeys(WHO, 1) | {"nobody": 401}, 303),
    "POST /me/collectives": ({"name": "{new}"}, LOGIN, 200),
    "GET /me/leave": ({}, LOGIN, 200),
    "POST /me/leave": ({"works": "perhaps"}, LOGIN, 400),
}
OF_BEA: dict[str, tuple[dict[str, str], dict[str, int], int]] = {
    "POST /me/sessions/{session}/end": ({}, LOGIN, 200),
    "POST /me/passkeys/{passkey}/remove": ({}, LOGIN, 200),
    "POST /me/keys/{key}/revoke": ({}, MAKE, 200),
    "POST /me/asked/{invitation}": ({"answer": "no"}, LOGIN, 200),
    "POST /me/credits": ({"work": "{work}", "n": "1", "answer": "yes"}, MAKE, 200),
    "POST /invitations/{invitation}/revoke": ({}, MAKE | {"guest": 404}, 204),
    "GET /collectives/{collective}": ({}, LOGIN, 200),
    "POST /collectives/{collective}/ask": ({"name": "{cleo}"}, LOGIN, 204),
    "POST /collectives/{collective}/invite": ({}, LOGIN, 201),
    "POST /collectives/{collective}/remove": ({"person": "{other}"}, LOGIN, 204),
    "POST /works/{work_id}/credits": (
        {"name": "Somebody", "role": "voice"},
        MAKE | {"guest": 404},
        200,
    ),
}


def test_every_address_of_ones_own_is_here() -> None:
    beside = Path(__file__).with_name("test_who_may.py")
    spec = importlib.util.spec_from_file_location("test_who_may_rows", beside)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert {" ".join(one) for one in module.THEIR_OWN} == set(PLAIN) | set(OF_BEA)


@pytest.fixture(scope="module")
def people_of(shared: Any) -> dict[str, Any]:
    """The shared house with two members who signed in, and the others by what they come with."""
    clients = {"bea": shared.stay("bea"), "cleo": shared.stay("cleo")}
    clients |= {who: shared.come(who, **shared.origin) for who in WHO[2:]}
    return clients


def things(house: Any, address: str) -> dict[str, str]:
    """Something of bea's of each sort that the address names, anew."""
    me, studio, now = house.persons["bea"], house.studio, house.studio.clock.now()
    mine = studio.as_person(me)
    found = {"new": f"name {new_id('log')}", "cleo": house.persons["cleo"]}
    if "session}" in address:
        found["session"] = studio.commit(lambda c: sessions.begin(c, me, "password", "", now))[0].id
    if "passkey}" in address:
        name = new_id("log")
        studio.commit(lambda c: logins.add_passkey(c, me, (name, b"k", 0), "x", now))
        found["passkey"] = name
    if "{key}" in address:
        found["key"] = studio.commit(lambda c: keys.make(c, me, "x", ("read",), now))[0].id
    if "/asked/" in address or "collective}" in address or "/invitations/" in address:
        collective = studio.commit(lambda c: _collective(c, me, now))
        found["collective"] = collective
        if "/asked/" in address:
            wish = Wish(collective_id=collective, person_id=me)
            found["invitation"] = studio.commit(
                lambda c: invitations.make(c, wish, studio.person, now)
            )[0].id
        else:
            found["invitation"] = joining.invite(mine, Wish(collective_id=collective))[0].id
            other = house.persons["member"]
            studio.commit(lambda c: memberships.join(c, collective, other, now))
            found["other"] = other
    if address == "POST /me/credits":
        work = house.make("member").work_id
        studio.commit(lambda c: credits.add(c, work, house.persons["member"], me, "voice", now))
        found["work"] = work
    if "work_id" in address:
        found["work_id"] = house.make("bea").work_id
    return found


def _collective(conn: Any, founder: str, now: int) -> str:
    """A new one of bea's; she and whoever was asked leave the one before, of which one may have a few only."""
    for one in memberships.of(conn, founder):
        for member in memberships.members(conn, one.id):
            memberships.end_all(conn, member.id, now)
    return memberships.make(conn, f"trio {new_id('log')}", founder, now).id


def send(client: Any, address: str, found: dict[str, str], fields: dict[str, str]) -> Any:
    method, _, path = address.partition(" ")
    for name, value in found.items():
        path = path.replace("{" + name + "}", value)
    filled = {
        name: found.get(value[1:-1], value) if value.startswith("{") else value
        for name, value in fields.items()
    }
    if method == "GET":
        return client.get(path, headers=JSON)
    return client.post(path, data=filled, headers=JSON)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("address", PLAIN)
def test_by_everybody(shared: Any, people_of: dict[str, Any], address: str, who: str) -> None:
    fields, may, right = PLAIN[address]
    answer = send(people_of[who], address, things(shared, address), fields)
    expected = right if may[who] == 1 else may[who]
    assert answer.status_code == expected, answer.text


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("address", OF_BEA)
def test_what_is_beas(shared: Any, people_of: dict[str, Any], address: str, who: str) -> None:
    fields, may, right = OF_BEA[address]
    found = things(shared, address)
    answer = send(people_of[who], address, found, fields)
    expected = may[who]
    if expected == 1:
        expected = right if who == "bea" else 404
    if "/asked/" in address and expected == 404:
        expected = 410
    if who in ("owner", "manager") and "/invitations/" in address:
        expected = 204  # the owner takes any back
    if who == "member" and "/invitations/" in address:
        expected = 204  # they belong to the collective that gave it out
    if who in ("member", "reader") and address == "POST /me/credits":
        expected = 404 if who == "member" else 403
    assert answer.status_code == expected, (answer.status_code, answer.text)


@pytest.mark.parametrize("address", sorted(one for one in OF_BEA if "{" in one))
@pytest.mark.parametrize("thing", ["p_aaaaaaaaaaaa", "x'--", "%00", "a" * 300])
def test_what_never_was(people_of: dict[str, Any], address: str, thing: str) -> None:
    method, _, path = address.partition(" ")
    path = path.split("{")[0] + thing + path.split("}")[1]
    sent = {"data": OF_BEA[address][0]} if method == "POST" else {}
    answer = people_of["bea"].request(method, path, headers=JSON, **sent)
    assert answer.status_code in (400, 404, 410), answer.text


FORMS = [
    one
    for one in (*PLAIN, *OF_BEA)
    if one.startswith("POST ") and one not in ("POST /me/sessions/end", "POST /me/as")
]
"""Those that take a field which matters."""


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"&&&=&name=&name=",
        b"name=%00&about=%00&role=%00&works=%00&password=%00&n=%00&passkey=%00",
        b"name=" + b"x" * 30_000,
        b"name=%ff%fe&role=%ff&n=-1&answer=%ff&about=%ed%a0%80",
        b"n=99999999999999999999&remove=1e9&answer=maybe&days=nan&collective=..",
    ],
)
def test_forms_of_all_sorts_break_nothing(
    shared: Any, people_of: dict[str, Any], address: str, body: bytes
) -> None:
    path = address.partition(" ")[2]
    for name, value in things(shared, address).items():
        path = path.replace("{" + name + "}", value)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    answer = people_of["cleo"].post(path, content=body, headers=headers)
    assert answer.status_code < 500, answer.text
    assert (answer.status_code != 200 and "<!doctype html>" in answer.text) or answer.is_redirect
