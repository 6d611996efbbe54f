"""Who decides a report and who does not, and what keeps a film hidden when another report of it is decided."""

import json
from typing import Any

import pytest

from uncaged.archive import decisions, people, quarantine, reports, works
from uncaged.archive import links as archive_links
from uncaged.studio import reporting
from uncaged.web.pages import reports as pages

JSON = {"Accept": "application/json"}


@pytest.fixture
def kept(house: Any) -> Any:
    """A house whose owner is its one keeper, with a film of the member's that was reported."""
    house.work = house.shown("member", house.film)
    assert house.report(about=house.work).status_code == 201
    return house


def _facts(house: Any) -> quarantine.Facts:
    with house.studio.archive.read() as conn:
        return quarantine.facts(conn, house.work)


def _join(
    house: Any, collective: str, person: str, since: int = 1, until: int | None = None
) -> None:
    row = (collective, person, since, until)
    house.studio.commit(
        lambda c: c.exec_driver_sql("INSERT INTO memberships VALUES (?, ?, ?, ?)", row)
    )


def test_who_reports_as_a_collective_does_not_decide_it_as_themself(kept: Any) -> None:
    kettle, moss, tin = (kept.keeper(name) for name in ("kettle", "moss", "tin"))
    choir = kept.studio.commit(lambda c: people.add(c, "collective", 1, "the choir")).id
    _join(kept, choir, kettle)
    _join(kept, choir, moss, until=2)
    _join(kept, choir, tin, until=kept.studio.clock.now() + 10**12)
    _login(kept, choir)
    for who in ("kettle", "tin"):
        refused = kept.decide(who, "delete", n=2)
        assert refused.status_code == 403 and "reported it" in refused.text, who
    assert kept.decide("moss", "hide", n=2).status_code == 200


def _login(house: Any, person: str) -> None:
    """A report by this person, as their login would send it."""

    def step(conn: Any) -> None:
        more = {"link": "its link", "mark": "its mark", "mail": None, "person_id": person}
        reports.add(conn, house.work, "hurts", "No.", house.studio.clock.now(), **more)

    house.studio.commit(step)


def test_what_another_report_has_decided_stays_hidden(kept: Any) -> None:
    assert kept.report("other", about=kept.work).status_code == 201
    assert kept.decide("owner", "hide").status_code == 200
    shown = kept.decide("owner", "show", n=2)
    assert shown.status_code == 200 and _facts(kept).hidden is not None
    assert "that was decided by report 1" in kept.come("owner").get("/reports/2").text
    kept.come("member").post("/reports/1/appeal", json={"words": "No."}, headers=kept.origin)
    assert kept.decide("owner", "show").status_code == 200
    assert _facts(kept).hidden is None


def test_what_waits_for_the_second_keeper_is_not_given_back_by_another_report(kept: Any) -> None:
    kept.keeper("kettle")
    assert kept.report("other", about=kept.work).status_code == 201
    assert kept.decide("owner", "delete").json()["decisions"] == []
    assert kept.decide("kettle", "show", n=2).status_code == 200
    assert _facts(kept).hidden is not None
    page = kept.come("kettle").get("/reports/2").text
    assert "report 1 about it is open" in page
    assert kept.decide("kettle", "show").status_code == 200
    assert _facts(kept).hidden is None


@pytest.mark.parametrize("column", ["kind = 'member'", "left = 5"])
def test_the_wish_of_who_keeps_the_house_no_more_does_not_count(kept: Any, column: str) -> None:
    kettle = kept.keeper("kettle")
    kept.keeper("moss")
    assert kept.decide("kettle", "delete").json()["decisions"] == []
    kept.studio.commit(
        lambda c: c.exec_driver_sql(f"UPDATE people SET {column} WHERE id = ?", (kettle,))
    )
    assert "wants to delete it" not in kept.come("moss").get("/reports/1").text
    waits = kept.decide("moss", "delete")
    assert waits.status_code == 200 and waits.json()["decisions"] == []
    assert _facts(kept).deleted is None
    assert kept.decide("owner", "delete").json()["decisions"][0]["second"] == "the owner"
    assert _facts(kept).deleted is not None


def test_who_is_named_is_no_maker_of_a_report(kept: Any) -> None:
    named = "INSERT INTO authors (work_id, n, person_id, role, added, agreed) VALUES (?, 1, ?, 'light', 1, 1)"
    row = (kept.work, kept.persons["other"])
    kept.studio.commit(lambda c: c.exec_driver_sql(named, row))
    assert kept.come("member").get("/reports/1", headers=JSON).status_code == 200
    assert kept.come("other").get("/reports/1", headers=JSON).status_code == 404
    kept.decide("owner", "hide")
    said = {"json": {"words": "Mine too."}, "headers": JSON | kept.origin}
    assert kept.come("other").post("/reports/1/appeal", **said).status_code == 404
    assert kept.come("member").post("/reports/1/appeal", **said).status_code == 200


def test_changed_links_open_no_report_as_its_maker(kept: Any) -> None:
    def change(conn: Any) -> None:
        archive_links.change(conn, kept.persons["member"], kept.work, 9)

    old = reporting.makers_secret(kept.studio, 1, None)
    ask = {"headers": JSON}
    assert kept.come("nobody").get(f"/reports/1?link={old}", **ask).json()["side"] == "maker"
    kept.studio.commit(change)
    assert kept.come("nobody").get(f"/reports/1?link={old}", **ask).status_code == 404
    new = reporting.makers_secret(kept.studio, 1, 1)
    assert kept.come("nobody").get(f"/reports/1?link={new}", **ask).json()["side"] == "maker"
    assert kept.decide("owner", "delete").status_code == 200
    for secret, code in ((old, 404), (new, 200)):
        assert kept.come("nobody").get(f"/reports/1?link={secret}", **ask).status_code == code


def test_the_whole_book_goes_out_in_parts(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kettle = kept.keeper("kettle")

    def step(conn: Any) -> None:
        for n in range(7):
            second = kettle if n % 2 else None
            decisions.add(conn, 1, "hide", f"For {n}.", kept.studio.person, 9, second=second)

    kept.studio.commit(step)
    whole = kept.come("guest").get("/house/book.jsonl").text
    asked: list[tuple[int, int]] = []
    book_on = decisions.book_on

    def watched(conn: Any, limit: int, after: int = 0) -> Any:
        asked.append((limit, after))
        return book_on(conn, limit, after)

    monkeypatch.setattr(decisions, "book_on", watched)
    monkeypatch.setattr(pages, "LINES", 3)
    lines = kept.come("guest").get("/house/book.jsonl").text
    assert lines == whole and asked == [(3, 0), (3, 3), (3, 6)]
    told = [json.loads(line) for line in lines.splitlines()]
    assert [one["number"] for one in told] == list(range(1, 8))
    assert [one["second"] for one in told[:2]] == [None, "kettle"]


def test_the_numbers_are_counted_once_for_all_who_look(
    kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    numbers = decisions.numbers

    def watched(conn: Any, since: int) -> Any:
        counted.append(since)
        return numbers(conn, since)

    monkeypatch.setattr(decisions, "numbers", watched)
    moment = kept.studio.clock.monotonic()
    monkeypatch.setattr(type(kept.studio.clock), "monotonic", lambda _clock: moment)
    for _ in range(3):
        for path in ("/house", "/reports/new", "/reports"):
            assert kept.come("owner").get(path, headers=JSON).status_code == 200
    assert len(counted) <= 1
    monkeypatch.setattr(type(kept.studio.clock), "monotonic", lambda _clock: moment + 1.5)
    assert kept.come("owner").get("/house", headers=JSON).json()["numbers"]["reports"] == 1


def test_keepers_see_what_is_hidden_without_a_report_and_give_it_back(house: Any) -> None:
    house.work = house.shown("member", b"its report did not travel")
    house.studio.commit(lambda c: works.hide(c, house.work, 6, None, 31))
    assert house.work in house.come("owner").get("/reports").text
    said = {"work": house.work, "reason": "looked"}
    ask = {"headers": JSON | house.origin}
    assert house.come("member").post("/house/give", json=said, **ask).status_code in (401, 403)
    empty = house.come("owner").post("/house/give", data=said | {"reason": ""}, **ask)
    assert empty.status_code == 400
    form = house.come("owner").post("/house/give", data=said | {"reason": ""}, headers=house.origin)
    assert form.status_code == 400 and 'role="alert"' in form.text
    given = house.come("owner").post("/house/give", json=said, **ask)
    assert given.status_code == 200 and given.json()["unexplained"] == []
    assert house.come("guest").get(f"/works/{house.work}/film").status_code == 200


def test_who_made_it_gives_it_back_only_where_nobody_else_can(house: Any) -> None:
    house.work = house.shown("owner", b"the owner's own")
    house.studio.commit(lambda c: works.hide(c, house.work, 6, None, 31))
    kettle = house.keeper("kettle")
    said = {"json": {"work": house.work, "reason": "mistake"}, "headers": JSON | house.origin}
    assert house.come("owner").post("/house/give", **said).status_code == 403
    house.studio.commit(
        lambda c: c.exec_driver_sql("UPDATE people SET kind = 'member' WHERE id = ?", (kettle,))
    )
    assert house.come("owner").post("/house/give", **said).status_code == 200
