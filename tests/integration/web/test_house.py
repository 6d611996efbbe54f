"""The house's own page: what its owner writes, what it cannot say, and that it hears whom it lets in nowhere else."""

from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError
from starlette.testclient import TestClient

from uncaged.archive import house as said_here
from uncaged.archive import keys, people, works
from uncaged.core.errors import NotFound
from uncaged.studio import reporting

JSON = {"Accept": "application/json"}


def _keeper(house: Any) -> None:
    def step(conn: Any) -> None:
        keeper = people.add(conn, "keeper", 1, "kettle")
        may = ("read", "make", "manage")
        house.secrets["kettle"] = keys.make(conn, keeper.id, "kettle", may, 1)[1]

    house.studio.commit(step)


def test_the_house_says_what_its_owner_wrote(house: Any) -> None:
    owner, guest = house.come("owner"), house.come("guest")
    assert "every house begins with" in guest.get("/house").text
    for name, text in (
        ("name", "north quay"),
        ("rules", "1. Be kind.\n\n2. <i>Ask</i> first.\n"),
        ("contact", "Moss, Ferry Street 3"),
        ("about", "Nine people.\n\nTwo machines."),
    ):
        done = owner.post("/house", data={"name": name, "text": text}, headers=house.origin)
        assert done.status_code == 303
    page = guest.get("/house").text
    assert "<li><bdi>Be kind.</bdi></li>" in page and "&lt;i&gt;Ask&lt;/i&gt; first." in page
    assert "north quay" in page and "Ferry Street" in page and "from now on" not in page
    sent = {"name": "rules", "text": "Another one."}
    assert owner.post("/house", json=sent, headers=JSON | house.origin).json()["rules"] == [
        "Another one."
    ]
    with house.studio.archive.read() as conn:
        older = [one.n for one in house_pages(conn)]
    assert len(older) == 2
    old = guest.get(f"/house?rules={older[-1]}").text
    assert "hold no longer" in old and "Be kind." in old
    assert guest.get("/house?rules=999").status_code == 404
    member = house.come("member").post("/house", data=sent, headers=house.origin)
    assert member.status_code == 403


def house_pages(conn: Any) -> Any:
    return said_here.older(conn, "rules")


def test_every_version_of_the_rules_can_be_opened(house: Any) -> None:
    """However many there are: the page lists them a part at a time, and each has its address."""
    guest, owner = house.come("guest"), house.studio.person

    def step(conn: Any) -> None:
        for n in range(130):
            said_here.write(conn, "rules", f"Rule of day {n}.", owner, 1_000_000 * (n + 1))

    house.studio.commit(step)
    before, numbers = None, list[int]()
    while before is not None or not numbers:
        path = "/house" if before is None else f"/house?before={before}"
        page = guest.get(path, headers=JSON).json()
        numbers += [one["number"] for one in page["older"]]
        before = page["before"]
    assert len(numbers) == len(set(numbers)) == 130 and numbers == sorted(numbers, reverse=True)
    first = guest.get(f"/house?rules={numbers[-1]}")
    assert first.status_code == 200 and "Rule of day 0." in first.text
    assert f'href="/house?before={numbers[49]}#rules"' in guest.get("/house").text
    for nothing in ("x", "-1", "9" * 400, "0"):
        assert guest.get(f"/house?before={nothing}").status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "rules", "text": " \n "},
        {"name": "rules", "text": "x" * 8001},
        {"name": "name", "text": "a\u202eb"},
        {"name": "secrets", "text": "x"},
    ],
)
def test_what_the_house_cannot_say(house: Any, said: Any) -> None:
    page = house.come("owner").post("/house", data=said, headers=house.origin)
    assert page.status_code == 400 and 'role="alert"' in page.text


def test_a_keeper_who_is_not_the_owner_writes_no_rules(house: Any) -> None:
    _keeper(house)
    sent = {"name": "rules", "text": "Mine."}
    assert (
        house.come("kettle").post("/house", json=sent, headers=JSON | house.origin).status_code
        == 403
    )
    with house.studio.archive.read() as conn, pytest.raises(NotFound):
        said_here.version(conn, "rules", 1)


def test_a_house_without_guests_still_hears_them(house: Any) -> None:
    run = house.make("member")
    house.studio.commit(lambda c: works.show(c, run.person_id, run.work_id, "everybody", 5))
    house.policy("[door]\nguests = false\n")
    stranger = TestClient(
        house.app, f"http://{house.host}", client=("192.0.2.9", 1), follow_redirects=False
    )
    assert stranger.get("/").status_code == 401
    assert stranger.get("/reports/new").status_code == 200
    sent = {"about": run.work_id, "why": "me"}
    told = stranger.post("/reports", json=sent, headers=house.origin | JSON)
    assert told.status_code == 201
    link = told.json()["link"].replace(f"http://{house.host}", "")
    assert stranger.get(link).status_code == 303
    assert stranger.get("/reports/1").status_code == 200


def test_a_film_that_is_shown_by_link_is_reported_by_whoever_has_seen_its_page(house: Any) -> None:
    run = house.make("member")
    work = run.work_id
    house.studio.commit(lambda c: works.show(c, run.person_id, work, "link", 5))
    guest, sent = house.come("guest"), {"about": work, "why": "me"}
    for way in ("", "x", "é" * 9):
        told = guest.post("/reports", json=sent | {"way": way}, headers=JSON | house.origin)
        assert told.status_code == 404
    way = reporting.way_to(house.studio, work, None)
    form = guest.get(f"/reports/new?about={work}&way={way}").text
    assert f'name="way" value="{way}"' in form
    told = guest.post("/reports", json=sent | {"way": way}, headers=JSON | house.origin)
    assert told.status_code == 201 and told.json()["hidden"]


BODIES = (
    b"",
    b"null",
    b'{"about": 5, "why": ["me"]}',
    b'{"words": "\\ud800", "reasons": "\\ud800", "verdict": "hide"}',
    b'{"a":' * 80 + b"1" + b"}" * 80,
    b'{"words": "' + b"x" * 90_000 + b'"}',
    b"about=%ED%A0%80&why=me&words=%FF",
    b"why=me&" * 30,
    b"name=rules&text=%00a&what=%00&reason=x",
    b"verdict=sentence&reasons=a&sentence=%0A%0D%00",
    b"rule=%D9%A1&verdict=hide&reasons=x",
    b"words=" + b"%F0%9D%95%8F" * 4001,
    b"--x\r\n",
)
KINDS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
    "",
)
PLACES = (
    "/reports",
    "/reports/1/decision",
    "/reports/1/answer",
    "/reports/1/appeal",
    "/house",
    "/blocks",
    "/blocks/%00/remove",
)


def test_no_body_breaks_anything(shared: Any) -> None:
    run = shared.make("member")
    shared.studio.commit(lambda c: works.show(c, run.person_id, run.work_id, "everybody", 5))
    sent = {"about": run.work_id, "why": "law"}
    told = shared.come("guest").post("/reports", json=sent, headers=shared.origin)
    assert told.status_code == 201
    for place in PLACES:
        for body in BODIES:
            for kind in KINDS:
                headers = shared.origin | {"Content-Type": kind, "Accept": "text/html"}
                page = shared.come("owner").post(place, content=body, headers=headers)
                assert 300 <= page.status_code < 500, (place, body[:40], kind, page.text[:300])
                assert "Traceback" not in page.text


def test_a_character_that_is_none_is_no_word(house: Any) -> None:
    sent = {"name": "contact", "text": "a\x00b"}
    for how in ({"data": sent}, {"json": sent}):
        answer = house.come("owner").post("/house", headers=house.origin, **how)
        assert answer.status_code == 400 and "a character that is none" in answer.text


def test_the_house_says_that_sign_ins_and_invitations_are_kept_and_how_long(house: Any) -> None:
    seen = {one["what"]: one for one in house.come("guest").get("/house?as=json").json()["seen"]}
    log = next(one for what, one in seen.items() if what.startswith("and of people: sign-ins"))
    assert log["until"].startswith("for ever") and "no name" in log["until"]
    visits = next(one for what, one in seen.items() if what.startswith("each sign-in"))
    assert visits["until"] == "30 days after it has ended"
    asked = next(one for what, one in seen.items() if what.startswith("invitations:"))
    assert asked["until"].startswith("for ever")
    known = next(one for what, one in seen.items() if "who signed in by this browser" in what)
    assert known["until"].startswith("365 days")
    page = house.come("guest").get("/house").text
    assert "sign-ins, invitations and who came by them" in page


def test_what_it_says_of_the_log_is_true(house: Any) -> None:
    house.stay("Beatrice Unusual")
    bea = house.persons["Beatrice Unusual"]
    with house.studio.archive.read() as conn:
        rows = conn.exec_driver_sql("SELECT what, about, who, details FROM log").all()
    assert {"invited", "came", "signed-in"} <= {row[0] for row in rows}
    assert any(row[0] == "signed-in" and row[1] == bea for row in rows)
    assert "Unusual" not in str(rows)
    with pytest.raises(DatabaseError, match="append-only"), house.studio.archive.write() as conn:
        conn.exec_driver_sql("DELETE FROM log WHERE what = 'signed-in'")
