"""Collectives, credits, taking everything along and leaving, as people go through them."""

import io
import json
import zipfile
from hashlib import sha256
from typing import Any

import pytest

from uncaged.archive import credits, log, memberships, people, runs, works
from uncaged.core.errors import AskedWrong, WhoIsThere
from uncaged.studio import belongings, entering, leaving

JSON = {"Accept": "application/json"}


def record(client: Any) -> dict[str, Any]:
    answer = client.get("/me?as=json")
    assert answer.status_code == 200, answer.text
    return answer.json()


def trio(house: Any, bea: Any, name: str = "trio") -> str:
    """A collective of bea's."""
    made = bea.post("/me/collectives", data={"name": name}, headers=JSON)
    assert made.status_code == 200, made.text
    return next(one["id"] for one in made.json()["collectives"] if one["name"] == name)


def join(bea: Any, other: Any, name: str, collective: str) -> None:
    bea.post(f"/collectives/{collective}/ask", data={"name": name})
    asked = record(other)["asked"][0]
    assert asked["collective"] == collective
    assert other.post(f"/me/asked/{asked['invitation']}", data={"answer": "yes"}).is_redirect


def test_members_make_works_for_a_collective_until_they_are_removed(house: Any) -> None:
    bea, cleo = house.stay("bea"), house.stay("cleo")
    collective = trio(house, bea)
    assert cleo.get(f"/collectives/{collective}").status_code == 404
    join(bea, cleo, "cleo", collective)
    assert cleo.post("/me/as", data={"collective": collective}).is_redirect
    page = cleo.get("/me")
    assert "You act as this collective" in page.text and "cleo as" in page.text
    made = cleo.post("/works", json={"prompt": "a bird", "model": "echo"})
    assert made.status_code == 202, made.text
    work = made.json()["id"]
    assert bea.get(f"/works/{work}").status_code == 404, "as herself"
    bea.post("/me/as", data={"collective": collective})
    assert bea.get(f"/works/{work}?as=json").json()["own"]
    assert bea.post(f"/collectives/{collective}/remove", data={"person": house.persons["cleo"]})
    refused = cleo.post("/works", json={"prompt": "another", "model": "echo"})
    assert refused.status_code == 403 and "do not act" in refused.text
    assert record(cleo)["name"] == "cleo", "said once, then herself again"
    assert cleo.get(f"/works/{work}").status_code == 404
    with house.studio.archive.read() as conn:
        assert [one.name for one in memberships.members(conn, collective)] == ["bea"]
        assert conn.exec_driver_sql("SELECT count(*) FROM runs").scalar_one() == 1


def test_what_a_member_cannot_do_alone_as_a_collective(house: Any) -> None:
    bea, cleo = house.stay("bea"), house.stay("cleo")
    collective = trio(house, bea)
    join(bea, cleo, "cleo", collective)
    cleo.post("/me/as", data={"collective": collective})
    key = cleo.post("/me/keys", data={"name": "to take along"}, headers=JSON)
    assert key.status_code == 403
    no_password(house, house.persons["cleo"])
    gone = cleo.post("/me/leave", data={"works": "delete"}, headers=JSON)
    assert gone.status_code == 400 and "Other members" in gone.text
    bea.post(f"/collectives/{collective}/remove")
    assert cleo.post("/me/leave", data={"works": "delete"}).headers["location"] == "/me"
    assert record(cleo)["name"] == "cleo" and record(cleo)["collectives"] == []


def test_nobody_acts_by_a_cookie_of_somebody_elses(house: Any) -> None:
    bea, cleo = house.stay("bea"), house.stay("cleo")
    collective = trio(house, bea)
    assert cleo.post("/me/as", data={"collective": collective}).status_code == 404
    bea.post("/me/as", data={"collective": collective})
    cleo.cookies.set("uncaged_as", bea.cookies["uncaged_as"])
    assert record(cleo)["name"] == "cleo"
    seal = bea.cookies["uncaged_as"].rpartition(".")[2]
    cleo.cookies.set("uncaged_as", f"{collective}.{house.persons['cleo']}.{seal}")
    assert record(cleo)["name"] == "cleo"


def test_a_link_brings_somebody_new_or_here_into_a_collective(house: Any) -> None:
    bea, cleo = house.stay("bea"), house.stay("cleo")
    collective = trio(house, bea)
    sent = {"once": "the same press"}
    first = bea.post(f"/collectives/{collective}/invite", data=sent, headers=JSON)
    again = bea.post(f"/collectives/{collective}/invite", data=sent, headers=JSON)
    assert first.status_code == 201 and first.json()["link"] == again.json()["link"]
    assert len(again.json()["asking"]) == 1
    path = first.json()["link"].partition(house.host)[2]
    assert cleo.get(path).is_redirect
    assert "join the collective" in cleo.get("/join").text
    assert cleo.post("/join", data={"agree": "1"}).headers["location"] == "/me"
    assert [one["id"] for one in record(cleo)["collectives"]] == [collective]


def test_what_a_collective_refuses(house: Any) -> None:
    bea = house.stay("bea")
    for n in range(memberships.MOST):
        trio(house, bea, f"trio {n}")
    full = bea.post("/me/collectives", data={"name": "one more"}, headers=JSON)
    assert full.status_code == 400 and "at most" in full.text
    taken = bea.post("/me/collectives", data={"name": "TRIO 1"}, headers=JSON)
    assert taken.status_code == 400
    mine = record(bea)["collectives"][0]["id"]
    last = bea.post(f"/collectives/{mine}/remove")
    assert last.status_code == 400 and "last one" in last.text
    guest = bea.post(f"/collectives/{mine}/ask", data={"name": house.persons["guest"]})
    assert guest.status_code == 404, "alike for whoever has no login, and for nobody"
    assert bea.post(f"/collectives/{mine}/ask", data={"name": "nobody"}).status_code == 404


def test_who_is_here_is_named_once_they_agree_and_nobody_else_is_asked(house: Any) -> None:
    bea, cleo = house.stay("bea"), house.stay("cleo")
    work = house.make("bea").work_id
    person = house.persons["bea"]
    house.studio.commit(lambda c: works.show(c, person, work, "everybody", 1))
    path = f"/works/{work}/credits"
    for name, role in (("CLEO", "dances"), ("Somebody <b>", "voice"), ("CLEO", "dances")):
        assert bea.post(path, data={"name": name, "role": role}).is_redirect
    guest = house.come("guest")

    def named(client: Any) -> list[str]:
        return [one["name"] for one in client.get(f"/works/{work}?as=json").json()["credits"]]

    assert named(bea) == ["cleo", "Somebody <b>"] and named(guest) == ["Somebody <b>"]
    assert "Somebody &lt;b&gt;" in guest.get(f"/works/{work}").text
    asked = record(cleo)["credits"]
    assert [(one["work"], one["role"]) for one in asked] == [(work, "dances")]
    assert cleo.post("/me/credits", data={"work": work, "n": 1, "answer": "yes"}).is_redirect
    assert named(guest) == ["cleo", "Somebody <b>"]
    assert cleo.post(path, data={"n": 1, "answer": "no"}).is_redirect
    assert named(guest) == ["Somebody <b>"]
    nagging = bea.post(path, data={"name": "cleo", "role": "dances"}, headers=JSON)
    assert nagging.status_code == 400 and "not to be named" in nagging.text
    assert bea.post(path, data={"remove": 2}).is_redirect and named(guest) == []


def test_a_no_is_heard_however_much_has_happened_since(house: Any) -> None:
    """More lines than the log gives at a time stand before it."""
    bea, cleo = house.stay("bea"), house.stay("cleo")
    work = str(house.make("bea").work_id)
    person = house.persons["bea"]

    def step(conn: Any) -> None:
        for n in range(1100):
            log.append(conn, "links", work, person, n + 1, times=n)

    house.studio.commit(step)
    path = f"/works/{work}/credits"
    bea.post(path, data={"name": "cleo", "role": "dances"})
    assert cleo.post("/me/credits", data={"work": work, "n": 1, "answer": "no"}).is_redirect
    nagging = bea.post(path, data={"name": "cleo", "role": "sings"}, headers=JSON)
    assert nagging.status_code == 400 and "not to be named" in nagging.text


@pytest.mark.parametrize(
    ("name", "role"),
    [("", "x"), ("x", ""), ("x", "r" * 101), ("x\u202ey", "r"), ("x", "r\u202e"), ("n" * 201, "r")],
)
def test_credits_that_cannot_be(shared: Any, name: str, role: str) -> None:
    work = shared.make("member").work_id
    member = shared.come("member")
    path = f"/works/{work}/credits"
    assert member.post(path, data={"name": name, "role": role}, headers=JSON).status_code == 400


def unpacked(content: bytes) -> tuple[dict[str, bytes], dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        parts = {name: packed.read(name) for name in packed.namelist()}
    return parts, json.loads(parts["manifest.json"])


def test_everything_that_is_theirs_goes_along_and_nothing_else(house: Any) -> None:
    bea = house.stay("bea")
    house.make("bea", "a heron of mine", b"a film" * 1000)
    house.make("member", "somebody else's secret", b"another film")
    bea.post("/me/keys", data={"name": "my laptop"})
    bea.post("/me/about", data={"about": "I draw.\r\nAt night. مها"})
    answer = bea.get("/me/export")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    parts, manifest = unpacked(answer.content)
    for part in manifest["parts"]:
        content = parts[part["path"]]
        assert (sha256(content).hexdigest(), len(content)) == (part["sha256"], part["bytes"])
    assert {part["path"] for part in manifest["parts"]} | {"manifest.json"} == set(parts)
    everything = b"\n".join(parts.values())
    assert b"a heron of mine" in everything and b"my laptop" in everything
    assert parts[f"files/{sha256(b'a film' * 1000).hexdigest()}.mp4"] == b"a film" * 1000
    assert "At night. مها" in json.loads(parts["person.jsonl"])["about"]
    for secret in (b"somebody else's", b"another film", b"argon2", b'"hash"', b"public_key"):
        assert secret not in everything
    work = json.loads(parts["works.jsonl"])
    assert work["position"]["genes"] == {"hue": 0.5} and work["media"]


def test_a_key_takes_no_sessions_and_no_mail_along(house: Any) -> None:
    bea, now = house.stay("bea"), house.studio.clock.now()
    work = house.make("member").work_id
    house.studio.commit(lambda c: works.show(c, house.persons["member"], work, "everybody", now))
    sent = {"about": work, "why": "me", "words": "that is me", "mail": "bea@mail.example"}
    assert bea.post("/reports", data=sent, headers=JSON).status_code == 201
    may = {"name": "reader", "read": "1"}
    secret = bea.post("/me/keys", data=may, headers=JSON).json()["secret"]
    by_key = house.come("nobody's", Authorization=f"Bearer {secret}")
    parts = unpacked(by_key.get("/me/export").content)[0]
    assert "sessions.jsonl" not in parts and b"that is me" in parts["reports.jsonl"]
    assert b"bea@mail.example" not in b"".join(parts.values())
    whole = unpacked(bea.get("/me/export").content)[0]
    assert "sessions.jsonl" in whole and b"bea@mail.example" in whole["reports.jsonl"]


def test_leaving_takes_no_place_among_those_who_hash(house: Any, monkeypatch: Any) -> None:
    bea = house.stay("bea")
    no_password(house, house.persons["bea"])
    web, inside = house.app.state.web, list[str]()
    before = {"hash": web.hash, "write": web.write}

    def noting(what: str) -> Any:
        async def wait(step: Any) -> Any:
            def noted() -> Any:
                inside.append(what)
                try:
                    return step()
                finally:
                    inside.pop()

            return await before[what](noted)

        return wait

    for what in before:
        monkeypatch.setattr(type(web), what, lambda _self, step, w=what: noting(w)(step))
    seen, left = list[list[str]](), leaving.leave

    def looking(*words: Any) -> int:
        seen.append(list(inside))
        return left(*words)

    monkeypatch.setattr(leaving, "leave", looking)
    assert leave(house, bea, "delete").status_code == 303 and seen == [["write"]]


def test_an_export_needs_little_memory(house: Any) -> None:
    house.stay("bea")
    for n in range(3):
        house.make("bea", f"film {n}", bytes([n]) * 3_000_000)
    sizes = [len(p) for p in belongings.pieces(house.studio, house.persons["bea"])]
    assert sum(sizes) > 9_000_000 and max(sizes) < 1_500_000


def test_a_damaged_film_is_left_out_and_named(house: Any) -> None:
    bea = house.stay("bea")
    house.make("bea", "whole", b"whole film")
    house.make("bea", "gone", b"gone film")
    gone = sha256(b"gone film").hexdigest()
    house.studio.files.path(gone).unlink()
    parts, manifest = unpacked(bea.get("/me/export").content)
    assert manifest["damaged"] == [gone] and len([p for p in parts if "files/" in p]) == 1


def leave(house: Any, client: Any, choice: str) -> Any:
    return client.post("/me/leave", data={"works": choice, "password": "four heavy paper boats"})


@pytest.mark.parametrize("choice", ["delete", "stay"])
def test_leaving(house: Any, choice: str) -> None:
    bea = house.stay("bea")
    bea_id = house.persons["bea"]
    shown, hidden = (
        house.make("bea", "shown", b"1").work_id,
        house.make("bea", "mine", b"2").work_id,
    )
    house.studio.commit(lambda c: works.show(c, bea_id, shown, "everybody", 1))
    waiting = house.ask("bea", "waits")
    secret = bea.post("/me/keys", data={"name": "k"}, headers=JSON).json()["secret"]
    other = house.make("member").work_id
    member = house.persons["member"]
    house.studio.commit(lambda c: credits.add(c, other, member, "bea", "voice", 1))
    no_password(house, bea_id)
    done = leave(house, bea, choice)
    assert (done.status_code, done.headers["location"]) == (303, "/enter?left=1"), done.text
    assert "You have left" in bea.get("/enter?left=1").text
    with house.studio.archive.read() as conn:
        person = people.get(conn, bea_id)
        assert (person.name, person.about, bool(person.left)) == (None, None, True)
        there = {row.id for row in works.list_works(conn, "", 100)}
        assert (shown in there) == (choice == "stay")
        deleted = conn.exec_driver_sql("SELECT id FROM works WHERE deleted IS NOT NULL").scalars()
        assert hidden in set(deleted)
        assert runs.get(conn, waiting.id).state == "cancelled"
        assert credits.of(conn, other, every=True) == ()
    with pytest.raises(WhoIsThere):
        entering.by_key(house.studio, secret)
    assert record(bea)["kind"] == "guest"
    again = house.stay("bea")
    assert record(again)["name"] == "bea", "the name is free again"


def no_password(house: Any, person: str) -> None:
    """As somebody who joined with a passkey, a moment ago."""
    from uncaged.archive import logins

    house.studio.commit(lambda conn: logins.forget(conn, person))


def test_a_second_press_of_leaving_is_clear(house: Any) -> None:
    bea = house.stay("bea")
    no_password(house, house.persons["bea"])
    cookie = bea.cookies["uncaged_session"]
    assert leave(house, bea, "delete").status_code == 303
    bea.cookies.set("uncaged_session", cookie, domain="studio.test")
    again = leave(house, bea, "delete")
    assert again.status_code == 401 and "you have left" in again.text


def test_leaving_asks_for_the_password_or_a_fresh_login(house: Any, monkeypatch: Any) -> None:
    bea = house.stay("bea")
    assert leave(house, bea, "delete").status_code == 403, "a password that is not hers"
    no_password(house, house.persons["bea"])
    now = house.studio.clock.now()
    monkeypatch.setattr(type(house.studio.clock), "now", lambda _self: now + 3600 * 1_000_000)
    stale = leave(house, bea, "delete")
    assert stale.status_code == 403 and "Sign in again" in stale.text
    assert record(bea)["name"] == "bea"


def test_the_owner_cannot_leave_and_guests_have_nothing_to_leave_by(house: Any) -> None:
    owner = house.come("owner", **house.origin)
    assert "cannot leave" in owner.get("/me/leave").text
    assert leave(house, owner, "delete").status_code == 400
    with pytest.raises(AskedWrong):
        leaving.leave(house.studio, house.studio.person, house.studio.person, False)


def test_what_stays_of_somebody_who_left_is_no_name(house: Any) -> None:
    bea = house.stay("Beatrice Unusual")
    no_password(house, house.persons["Beatrice Unusual"])
    bea.post("/me/about", data={"about": "remarkable words"})
    leave(house, bea, "delete")
    house.studio.archive.checkpoint()
    home = house.studio.settings.home
    kept = b"".join(p.read_bytes() for p in home.glob("archive.sqlite3") if p.is_file())
    assert b"Unusual" not in kept and b"remarkable" not in kept
