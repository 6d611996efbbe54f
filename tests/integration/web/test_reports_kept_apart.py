"""What somebody clever does with reports: behind one address, as a collective, with a film made anew, by leaving."""

from typing import Any

import pytest

from uncaged.archive import credits, links, memberships, people, quarantine, reports, works
from uncaged.core.errors import NotAllowed
from uncaged.studio import publishing, reporting

JSON = {"Accept": "application/json"}


def _films(house: Any, count: int) -> list[str]:
    return [house.shown("member", b"film %d" % n) for n in range(count)]


def _send(client: Any, house: Any, about: str, key: str = "", **said: Any) -> Any:
    headers = JSON | house.origin | ({"Idempotency-Key": key} if key else {})
    sent = {"about": about, "why": "me", "words": "It shows me."} | said
    return client.post("/reports", json=sent, headers=headers)


def _sees(house: Any, work: str) -> int:
    return house.come("other").get(f"/works/{work}/film").status_code


def test_two_behind_one_address_with_the_same_short_key_have_a_report_each(house: Any) -> None:
    first, second = _films(house, 2)
    one = _send(house.come("guest"), house, first, "1", why="law")
    two = _send(house.come("guest"), house, second, "1", why="hurts", words="Another one.")
    assert (one.status_code, two.status_code) == (201, 201)
    assert (one.json()["number"], two.json()["number"]) == (1, 2)
    assert one.json()["link"] != two.json()["link"]
    with house.studio.archive.read() as conn:
        kept = reports.get(conn, 2)
    assert (kept.work_id, kept.why, kept.words) == (second, "hurts", "Another one.")
    again = _send(house.come("guest"), house, first, "1", why="law")
    assert again.json() == one.json()
    third = _send(house.come("guest"), house, first, "1", why="law", words="Somebody else.")
    assert third.json()["again"] and third.json()["link"] is None


def test_what_somebody_reports_as_a_collective_counts_as_theirs(house: Any) -> None:
    films = _films(house, 4)
    cleo = house.stay("cleo")
    elsewhere = house.come("guest", **house.origin)
    elsewhere.cookies = cleo.cookies
    for work in films[:3]:
        assert _send(cleo, house, work).json()["hidden"]
    assert cleo.post("/me/collectives", data={"name": "sock"}).status_code == 303
    choir = elsewhere.get("/me", headers=JSON).json()["collectives"][-1]["id"]
    assert elsewhere.post("/me/as", data={"collective": choir}).status_code == 303
    told = _send(elsewhere, house, films[3])
    assert told.status_code == 201 and not told.json()["hidden"]
    assert _sees(house, films[3]) == 200
    with house.studio.archive.read() as conn:
        assert reports.get(conn, 4).person_id == house.persons["cleo"]
        assert reports.lines(conn, 4)[1].words == "too-many"


def test_logins_behind_one_address_hide_no_more_than_the_address(house: Any) -> None:
    films = _films(house, 5)
    cleo, dan = house.stay("cleo"), house.stay("dan")
    assert [_send(cleo, house, one).json()["hidden"] for one in films[:2]] == [True] * 2
    assert _send(cleo, house, films[3], why="law").status_code == 201
    assert _send(dan, house, films[2]).json()["hidden"]
    assert not _send(dan, house, films[4]).json()["hidden"]
    assert not _send(cleo, house, films[3]).json()["hidden"]  # said again, of a face now
    assert not _send(house.come("no login"), house, films[4]).json()["hidden"]
    assert _send(house.come("guest"), house, films[4]).json()["hidden"]
    with house.studio.archive.read() as conn:
        assert not any("from " in line.words for n in (1, 2, 3) for line in reports.lines(conn, n))


def test_the_same_bytes_are_given_out_by_no_other_work(house: Any) -> None:
    work, before = (house.shown("member", b"the very same") for _ in range(2))
    other = house.shown("member", b"something else")
    assert house.report(about=work, why="me").status_code == 201
    assert [_sees(house, one) for one in (work, before, other)] == [404, 404, 200]
    anew = house.make("member", film=b"the very same").work_id
    ana = house.studio.as_person(house.persons["member"])
    for way in ("everybody", "link"):
        with pytest.raises(NotAllowed, match="hides this very film"):
            publishing.show(ana, anew, way)
    publishing.show(ana, anew, "nobody")
    gallery = house.come("other").get("/films").text
    assert before not in gallery and other in gallery
    assert house.decide("owner", "show").status_code == 200
    publishing.show(ana, anew, "everybody")
    assert [_sees(house, one) for one in (work, before, anew)] == [200] * 3


def test_a_decision_about_something_else_protects_no_film_from_a_face(house: Any) -> None:
    work = house.shown("member")
    house.report(about=work, why="else", words="Too blue.")
    assert house.decide("owner", "show").status_code == 200
    assert _send(house.come("other"), house, work).json()["hidden"]
    assert house.decide("owner", "show", n=2).status_code == 200
    house.report("guest", about=work, why="else")
    assert not _send(house.come("no login"), house, work).json()["hidden"]


def test_who_made_it_then_does_not_decide_by_leaving(house: Any) -> None:
    kettle, moss, tin = (house.keeper(name) for name in ("kettle", "moss", "tin"))
    choir = house.studio.commit(lambda c: people.add(c, "collective", 1, "the choir")).id
    house.persons["choir"] = choir
    for who in (kettle, tin, house.persons["member"]):
        house.studio.commit(lambda c, who=who: memberships.join(c, choir, who, 2))
    house.studio.commit(lambda c: memberships.leave(c, choir, tin, tin, 3))  # before it was asked
    work, now = house.shown("choir", b"sung together"), house.studio.clock.now()

    def step(conn: Any) -> None:
        line = credits.add(conn, work, choir, "moss", "light", now)
        credits.answer(conn, work, moss, line.n, True, now)
        memberships.leave(conn, choir, kettle, kettle, now)  # before anybody reports it
        credits.answer(conn, work, moss, line.n, False, now)

    house.studio.commit(step)
    assert house.report(about=work).status_code == 201
    for who in ("kettle", "moss"):
        assert house.decide(who, "show").status_code == 403, who
    house.studio.commit(lambda c: works.delete(c, choir, work, now))
    with house.studio.archive.read() as conn:
        made = quarantine.makers(conn, work)
    assert {kettle, moss} <= made and tin not in made
    assert house.decide("tin", "hide").status_code == 200


def test_an_older_link_is_no_way_to_report(house: Any) -> None:
    run = house.make("member")
    house.studio.commit(lambda c: works.show(c, run.person_id, run.work_id, "link", 5))
    old = reporting.way_to(house.studio, run.work_id, None)
    house.studio.commit(lambda c: links.change(c, run.person_id, run.work_id, 9))
    guest, new = house.come("guest"), reporting.way_to(house.studio, run.work_id, 1)
    assert _send(guest, house, run.work_id, way=old).status_code == 404
    assert _send(guest, house, run.work_id, way=new).status_code == 201
