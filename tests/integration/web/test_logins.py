"""Coming to stay: an invitation, a password, a session, the list of them, and out again; and all that can go wrong."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from uncaged.archive import invitations, log, logins, people, sessions
from uncaged.archive.invitations import Wish
from uncaged.core.errors import WhoIsThere
from uncaged.studio import entering, joining, passwords, signing
from uncaged.studio.joining import Login

PASSWORD = "four heavy paper boats"
ANOTHER = "seven quiet iron doors"


@pytest.fixture(autouse=True)
def quick(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little, but where their costs are looked at."""
    if "older_costs" not in request.node.name:
        monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))


def link(house: Any, **wish: Any) -> str:
    """An invitation by the owner: the secret of its link."""
    return joining.invite(house.studio, Wish(**wish))[1]


def browser(house: Any, address: str = "198.51.100.20", scheme: str = "http") -> TestClient:
    return TestClient(
        house.app,
        f"{scheme}://{house.host}",
        client=(address, 50_000),
        follow_redirects=False,
        headers={"Origin": f"{scheme}://{house.host}"},
    )


def join(house: Any, name: str, password: str = PASSWORD, **wish: Any) -> TestClient:
    """Somebody who came by an invitation, in their browser."""
    client = browser(house)
    client.get(f"/join?invitation={link(house, **wish)}")
    done = client.post("/join", data={"name": name, "password": password})
    assert (done.status_code, done.headers["location"]) == (303, "/"), done.text
    return client


def sign_in(house: Any, name: str, password: str = PASSWORD) -> TestClient:
    client = browser(house, "198.51.100.21")
    client.post("/enter", data={"name": name, "password": password})
    return client


def record(client: TestClient) -> dict[str, Any]:
    answer = client.get("/me?as=json")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_from_the_invitation_to_signing_out(house: Any) -> None:
    secret = link(house, name="Bea")
    client = browser(house)
    opened = client.get(f"/join?invitation={secret}")
    assert (opened.status_code, opened.headers["location"]) == (303, "/join")
    page = client.get("/join")
    assert "You are invited" in page.text and 'value="Bea"' in page.text
    assert secret not in page.text and "Whoever runs this machine can read" in page.text
    done = client.post("/join", data={"name": "Bea", "password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    cookie = next(c for c in done.headers.get_list("set-cookie") if c.startswith("uncaged_session"))
    assert "HttpOnly" in cookie and "samesite=lax" in cookie.lower() and "Secure" not in cookie
    me = record(client)
    assert (me["name"], me["kind"], me["signed_in"]) == ("Bea", "member", True)
    assert [one["how"] for one in me["sessions"]] == ["invitation"]
    other = sign_in(house, "bea")
    assert len(record(other)["sessions"]) == 2 and "end this one" in other.get("/me").text
    assert other.post("/leave").status_code == 303
    assert record(other)["kind"] == "guest"
    assert len(record(client)["sessions"]) == 1


def test_what_is_kept_of_it_opens_nothing(house: Any) -> None:
    client = join(house, "Bea")
    cookie = client.cookies["uncaged_session"]
    house.studio.archive.checkpoint()
    home = house.studio.settings.home
    kept = b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    assert cookie.encode() not in kept and PASSWORD.encode() not in kept
    assert b"$argon2id$" in kept


def test_an_invitation_is_good_once_also_in_a_race(house: Any) -> None:
    secret, start = link(house), threading.Barrier(4)

    def come(n: int) -> str:
        start.wait()
        try:
            return joining.come(house.studio, secret, f"racer {n}", Login("$argon2id$"))[0].id
        except joining.TooLate as late:
            return str(late)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(come, range(4)))
    assert sum("good once" in said for said in answers) == 3
    with house.studio.archive.read() as conn:
        assert sum((p.name or "").startswith("racer") for p in people.all_of_them(conn)) == 1


def test_who_comes_second_gets_a_clear_page(house: Any) -> None:
    secret = link(house)
    first, second = browser(house), browser(house, "198.51.100.31")
    for client in (first, second):
        client.get(f"/join?invitation={secret}")
    assert first.post("/join", data={"name": "Bea", "password": PASSWORD}).status_code == 303
    lost = second.post("/join", data={"name": "Cleo", "password": ANOTHER})
    assert lost.status_code == 410 and "good once" in lost.text


def test_a_second_press_is_the_same_person(house: Any) -> None:
    client = browser(house)
    client.get(f"/join?invitation={link(house)}")
    cookies = dict(client.cookies)
    sent = {"name": "Bea", "password": PASSWORD}
    first = client.post("/join", data=sent)
    again = browser(house)
    again.cookies.update(cookies)
    second = again.post("/join", data=sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert record(client)["id"] == record(again)["id"]


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("", PASSWORD, "characters"),
        ("x" * 201, PASSWORD, "characters"),
        ("a\u202eevil", PASSWORD, "printed"),
        ("zero\u200bwidth", PASSWORD, "printed"),
        ("owner", PASSWORD, "taken for somebody else"),
        ("p_ab", PASSWORD, "taken for somebody else"),
        ("ANA", PASSWORD, "called"),
        ("ａｎａ", PASSWORD, "called"),
        ("Bea", "short", "at least 10"),
        ("Bea", "password123", "first that somebody would try"),
        ("Bea", "1234567890", "first that somebody would try"),
        ("Bea", "aaaaaaaaaaaaaaa", "first that somebody would try"),
        ("Beatrice!", "beatrice!1999", "first that somebody would try"),
        ("Bea", "x" * 1001, "1,000 bytes"),
        ("Bea", "", "at least 10"),
    ],
)
def test_what_cannot_be_joined_with_says_why_and_keeps_the_link(
    shared: Any, name: str, password: str, said: str
) -> None:
    client = browser(shared)
    client.get(f"/join?invitation={link(shared)}")
    answer = client.post("/join", data={"name": name, "password": password})
    assert answer.status_code == 400 and said in answer.text, answer.text
    assert client.get("/join").status_code == 200


@pytest.mark.parametrize("name", ["<b>bold</b>", "𝒜𝓃𝒶 🐦", "O'Brien \"&", "李小龍", "مها"])
def test_names_in_all_letters_are_shown_and_not_obeyed(shared: Any, name: str) -> None:
    client = join(shared, name)
    assert record(client)["name"] == name
    page = client.get("/me")
    assert page.status_code == 200 and "<b>bold" not in page.text
    assert record(sign_in(shared, name))["name"] == name


def test_a_name_is_one_however_its_letters_are_composed(house: Any) -> None:
    join(house, "Zoe\u0301", "cafe\u0301 au lait noir")
    assert record(sign_in(house, "zoé", "café au lait noir"))["name"] == "Zoé"


def test_invitations_that_are_over_say_so(house: Any) -> None:
    studio = house.studio
    over, taken = link(house, days=1e-9), link(house)
    with studio.archive.read() as conn:
        found = invitations.find(conn, taken)
    assert found is not None
    studio.commit(lambda c: invitations.revoke(c, found.id, studio.person, studio.clock.now()))
    for secret, said in ((over, "time"), (taken, "taken back"), ("never-was", "not known")):
        client = browser(house)
        client.get(f"/join?invitation={secret}")
        for answer in (client.get("/join"), client.post("/join", data={"name": "x"})):
            assert answer.status_code == 410 and said in answer.text
    assert browser(house).get("/join").status_code == 410


def test_wrong_passwords_and_unknown_names_look_the_same(house: Any) -> None:
    join(house, "Bea")
    said = set[str]()
    for name, password in (
        ("Bea", "wrong but long"),
        ("nobody", PASSWORD),
        ("bea\u202e", "x" * 3000),
    ):
        sent = {"name": name, "password": password}
        answer = browser(house).post("/enter", data=sent, headers={"Accept": "application/json"})
        assert answer.status_code == 401 and "set-cookie" not in answer.headers
        said.add(answer.text)
    assert len(said) == 1


def test_tries_are_counted_for_a_name_and_for_an_address(house: Any) -> None:
    sent = {"name": "nobody", "password": "wrong but long"}
    codes = [
        browser(house, f"198.51.100.{n}").post("/enter", data=sent).status_code for n in range(12)
    ]
    assert codes == [401] * 10 + [429] * 2
    other = {"name": "somebody", "password": "wrong but long"}
    answer = browser(house, "198.51.100.1").post("/enter", data=other)
    assert answer.status_code == 401
    refused = browser(house).post("/enter", data=sent)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) >= 1


def test_another_password_ends_every_other_session(house: Any) -> None:
    client, other = join(house, "Bea"), sign_in(house, "Bea")
    wrong = client.post("/me/password", data={"before": ANOTHER, "password": ANOTHER})
    assert wrong.status_code == 403 and "not your password" in wrong.text
    done = client.post("/me/password", data={"before": PASSWORD, "password": ANOTHER})
    assert done.status_code == 303 and record(client)["name"] == "Bea"
    refused = other.get("/me")
    assert refused.status_code == 401 and "This login is over" in refused.text
    assert 'href="/enter"' in refused.text
    assert record(other)["kind"] == "guest", "said once, then the browser has forgotten it"
    assert sign_in(house, "Bea").cookies.get("uncaged_session") is None
    assert record(sign_in(house, "Bea", ANOTHER))["name"] == "Bea"


def test_a_form_from_before_a_password_change_does_nothing(house: Any) -> None:
    client, other = join(house, "Bea"), sign_in(house, "Bea")
    client.post("/me/password", data={"before": PASSWORD, "password": ANOTHER})
    refused = other.post("/works", data={"prompt": "a bird"})
    assert refused.status_code == 401 and "Nothing was done" in refused.text
    with house.studio.archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM runs").scalar_one() == 0


def test_a_login_begun_with_a_password_that_is_just_being_changed_is_none(house: Any) -> None:
    join(house, "Bea")
    known = signing.known_by_password(house.studio, "Bea", PASSWORD)
    now = house.studio.clock.now()
    house.studio.commit(lambda c: logins.set_password(c, known.person.id, "$argon2id$x", now + 9))
    with pytest.raises(WhoIsThere):
        signing.begin(house.studio, known, "")


def test_sessions_end_one_by_one_and_all_at_once(house: Any) -> None:
    first, second, third = join(house, "Bea"), sign_in(house, "Bea"), sign_in(house, "Bea")
    ids = {one["id"]: one["this"] for one in record(second)["sessions"]}
    assert list(ids.values()).count(True) == 1
    mine = next(name for name, this in ids.items() if this)
    assert first.post(f"/me/sessions/{mine}/end").status_code == 303
    assert second.get("/me").status_code == 401
    assert first.post("/me/sessions/end").status_code == 303
    assert third.get("/me").status_code == 401 and len(record(first)["sessions"]) == 1
    stranger = join(house, "Cleo")
    theirs = record(first)["sessions"][0]["id"]
    for name in (theirs, "s_aaaaaaaaaaaa", "..%2f'--"):
        assert stranger.post(f"/me/sessions/{name}/end").status_code == 404
    assert record(first)["name"] == "Bea"


def test_a_session_ends_after_sixty_days_and_notes_the_hour(house: Any, monkeypatch: Any) -> None:
    client = join(house, "Bea")
    secret = client.cookies["uncaged_session"]
    clock, hour = house.studio.clock, sessions.HOUR

    def seen() -> tuple[int, int]:
        with house.studio.archive.read() as conn:
            found = sessions.find(conn, secret)
            assert found is not None
            return found.seen, found.created

    began = seen()[1]
    monkeypatch.setattr(type(clock), "now", lambda _self: began + hour // 2)
    record(client)
    assert seen() == (began, began)
    monkeypatch.setattr(type(clock), "now", lambda _self: began + 2 * hour)
    record(client)
    house.studio.commit(lambda conn: None)
    assert seen() == (began + 2 * hour, began)
    monkeypatch.setattr(type(clock), "now", lambda _self: began + 61 * 24 * hour)
    assert client.get("/me").status_code == 401


@pytest.mark.parametrize(
    "cookie",
    [
        "uncaged_session=" + "x" * 6000,
        "uncaged_session=; uncaged_session=; uncaged_session",
        "uncaged_session=abc; other=1; theirs=" + "y" * 6000,
        "uncaged_session=\xe9\xff\xfe; uncaged_as=p_x.y.z; uncaged_key=k_.1.2",
        "; ; =;=; uncaged_as=" + "z" * 500,
        'uncaged_session="' + "q" * 43 + '"',
        "__Host-uncaged_session=" + "x" * 43,
        "uncaged_invitation=\xf0; uncaged_challenge=..; uncaged_session=%00" + "x" * 40,
    ],
)
@pytest.mark.parametrize("path", ["/", "/me", "/enter", "/join"])
def test_cookies_of_all_sorts_break_nothing(shared: Any, cookie: str, path: str) -> None:
    client = browser(shared)
    headers = {"Cookie": cookie.encode("latin-1"), "Accept": "text/html"}
    answer = client.get(path, headers=headers)
    assert answer.status_code == (410 if path == "/join" else 200)
    sent = client.post("/enter", data={"name": "x", "password": "y" * 12}, headers=headers)
    assert sent.status_code in (401, 429)


def test_another_site_signs_nobody_in_or_out(house: Any) -> None:
    client = join(house, "Bea")
    evil = {"Origin": "http://evil.example"}
    for path in ("/enter", "/leave", "/join", "/me/password", "/me/name", "/me/sessions/end"):
        answer = client.post(path, data={"name": "Eve", "password": ANOTHER}, headers=evil)
        assert answer.status_code == 403, path
    assert record(client)["name"] == "Bea"


def test_over_https_the_cookie_says_so_and_holds_there_alone(house: Any) -> None:
    client = browser(house, scheme="https")
    client.get(f"/join?invitation={link(house)}")
    done = client.post("/join", data={"name": "Bea", "password": PASSWORD})
    cookie = next(c for c in done.headers.get_list("set-cookie") if "uncaged_session" in c)
    assert cookie.startswith("__Host-uncaged_session=") and "Secure" in cookie
    assert record(client)["name"] == "Bea"
    plain = browser(house)
    plain.cookies.set("uncaged_session", client.cookies["__Host-uncaged_session"])
    assert record(plain)["name"] == "Bea", "the secret is one; the name is what https guards"
    planted = browser(house, scheme="https")
    planted.cookies.set("uncaged_session", client.cookies["__Host-uncaged_session"])
    assert record(planted)["kind"] == "guest"


def test_the_owner_signs_in_from_afar_with_a_password_set_at_the_machine(house: Any) -> None:
    owner = house.come("owner")
    assert owner.post("/me/password", data={"password": PASSWORD}, headers=house.origin).is_redirect
    assert entering.has_way_for_owner(house.studio)
    away = sign_in(house, "owner")
    assert record(away)["kind"] == "owner" and away.get("/metrics").status_code == 200


def test_at_the_machine_one_can_be_somebody_else(house: Any) -> None:
    join(house, "Bea")
    owner = house.come("owner", Origin=house.origin["Origin"])
    owner.post("/enter", data={"name": "Bea", "password": PASSWORD})
    assert record(owner)["name"] == "Bea" and owner.get("/metrics").status_code == 403
    owner.post("/leave")
    assert record(owner)["kind"] == "owner"


def test_a_key_changes_no_way_in(house: Any) -> None:
    for who in ("member", "manager"):
        client = house.come(who, Accept="application/json")
        for path in ("password", "passkeys", "sessions/end", "as", "collectives", "leave"):
            answer = client.post(f"/me/{path}", json={"password": ANOTHER, "collective": "p_x"})
            assert answer.status_code == 403, (who, path, answer.text)
        assert client.post("/me/about", json={"about": "I draw."}).json()["about"] == "I draw."


def test_a_link_for_somebody_opens_their_lost_login_again(house: Any) -> None:
    client = join(house, "Bea")
    me = record(client)["id"]
    again = browser(house)
    again.get(f"/join?invitation={link(house, person_id=me)}")
    assert "opened again" in again.get("/join").text
    assert again.post("/join", data={"password": ANOTHER}).status_code == 303
    assert record(again)["id"] == me
    assert client.get("/me").status_code == 401
    assert sign_in(house, "Bea").cookies.get("uncaged_session") is None


def test_what_happened_is_in_the_log_without_a_word_of_anybody(house: Any) -> None:
    client = join(house, "Bea")
    with house.studio.archive.read() as conn:
        said = [line.what for line in log.entries(conn, about=record(client)["id"])]
    assert said == ["came", "password-set", "signed-in"]


def test_a_hash_under_older_costs_is_made_anew(house: Any) -> None:
    client = join(house, "Bea")
    me = record(client)["id"]
    old = PasswordHasher(1, 8192, 1).hash(PASSWORD)
    house.studio.commit(lambda conn: logins.hash_anew(conn, me, _hash(house, me), old))
    assert record(sign_in(house, "Bea"))["name"] == "Bea"
    assert "m=47104,t=1,p=1" in _hash(house, me)


def _hash(house: Any, person: str) -> str:
    with house.studio.archive.read() as conn:
        found = logins.password(conn, person)
    assert found is not None
    return found[0]
