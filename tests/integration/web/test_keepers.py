"""Keepers: two to delete, one alone, what happens meanwhile, and what a deleted film leaves on the block list."""

import hashlib
import io
import re
import threading
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.exc import DatabaseError

from uncaged.archive import blocks, decisions, files, people, quarantine, reports
from uncaged.core.errors import NotAllowed
from uncaged.core.pictures import Limits, as_png, open_picture
from uncaged.studio import links

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


def test_one_keeper_alone_deletes_and_decides_the_appeal_and_the_page_says_so(kept: Any) -> None:
    assert "delete it; that cannot be taken back" in kept.come("owner").get("/reports/1").text
    done = kept.decide("owner", "delete")
    assert done.status_code == 200 and done.json()["decisions"][0]["second"] is None
    assert _facts(kept).deleted is not None and _facts(kept).media is None
    said = kept.come("member").post(
        "/reports/1/appeal", json={"words": "It was art."}, headers=kept.origin
    )
    assert said.status_code == 200
    assert "nobody else keeps this house" in kept.come("owner").get("/reports/1").text
    assert kept.decide("owner", "delete", reasons="Once more.").status_code == 200
    with kept.studio.archive.read() as conn:
        assert [d.appeal for d in decisions.of_report(conn, 1)] == [0, 1]


def test_two_keepers_delete_together(kept: Any) -> None:
    kept.keeper("kettle")
    waits = kept.decide("owner", "delete", rule=2)
    assert waits.status_code == 200 and waits.json()["decisions"] == []
    assert _facts(kept).hidden is not None and _facts(kept).deleted is None
    assert "wants-delete" not in kept.come("member").get("/reports/1").text
    again = kept.decide("owner", "delete", rule=2)
    assert again.json()["decisions"] == [] and _facts(kept).deleted is None
    page = kept.come("kettle").get("/reports/1").text
    assert "wants to delete the film" in page and "It hurts somebody." in page
    done = kept.decide("kettle", "delete", rule=2).json()["decisions"][0]
    assert (done["by"], done["second"], done["rule"]) == ("the owner", "kettle", 2)
    assert _facts(kept).deleted is not None
    with kept.studio.archive.read() as conn:
        sha = blocks.listed(conn)[0].sha256
        assert reports.get(conn, 1).words == ""
        assert [one.words for one in reports.lines(conn, 1) if one.author == "reporter"] == [""]
    assert not kept.studio.files.path(sha).exists()


def test_the_second_keeper_may_see_it_otherwise(kept: Any) -> None:
    kept.keeper("kettle")
    kept.decide("owner", "delete")
    assert kept.decide("kettle", "show").status_code == 200
    assert _facts(kept).hidden is None and _facts(kept).deleted is None
    assert kept.decide("owner", "delete").status_code == 409


def test_the_film_is_deleted_meanwhile(kept: Any) -> None:
    gone = kept.come("member").post(f"/works/{kept.work}/delete", headers=kept.origin)
    assert gone.status_code in (204, 303)
    page = kept.come("owner").get("/reports/1")
    assert page.status_code == 200 and "The film is deleted." in page.text
    assert "No." in page.text  # what was said stays until it is decided
    assert kept.come("owner").get("/reports/1/film").status_code == 404
    assert kept.decide("owner", "show").status_code == 400
    assert kept.decide("owner", "hide").status_code == 200
    with kept.studio.archive.read() as conn:
        assert reports.get(conn, 1).words == ""
        assert blocks.listed(conn) == ()


def test_deleting_and_deciding_at_once_breaks_nothing(kept: Any) -> None:
    codes: list[int] = []

    def delete() -> None:
        codes.append(
            kept.come("member").post(f"/works/{kept.work}/delete", headers=kept.origin).status_code
        )

    def decide() -> None:
        codes.append(kept.decide("owner", "sentence", sentence="Look twice.").status_code)

    both = [threading.Thread(target=delete), threading.Thread(target=decide)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert all(code < 500 for code in codes), codes
    assert kept.come("owner").get("/reports/1").status_code == 200


def test_a_sentence_stands_beside_it_for_everybody(kept: Any) -> None:
    assert kept.decide("owner", "sentence", sentence="It quotes an insult.").status_code == 200
    for who in ("guest", "member", "owner"):
        page = kept.come(who).get(f"/works/{kept.work}")
        assert "It quotes an insult." in page.text
    record = kept.come("guest").get(f"/works/{kept.work}", headers=JSON).json()
    assert record["house"] == {
        "sentence": "It quotes an insult.",
        "hidden": None,
        "reports": [],
        "report": f"/reports/new?about={kept.work}",
    }
    assert kept.report("other", about=kept.work).status_code == 201
    assert kept.decide("owner", "show", n=2).status_code == 200
    assert _facts(kept).sentence is None


def test_what_another_report_has_hidden_stays_hidden(kept: Any) -> None:
    assert kept.report("other", why="me", about=kept.work).json()["hidden"]
    assert kept.decide("owner", "show").status_code == 200
    assert _facts(kept).hidden is not None
    assert "report 2 says that it shows them" in kept.come("owner").get("/reports/1").text
    assert kept.decide("owner", "show", n=2).status_code == 200
    assert _facts(kept).hidden is None


def test_who_acts_for_a_collective_or_is_named_does_not_decide_about_it(house: Any) -> None:
    kettle, moss = house.keeper("kettle"), house.keeper("moss")

    def step(conn: Any) -> str:
        choir = people.add(conn, "collective", 1, "the choir").id
        conn.exec_driver_sql("INSERT INTO memberships VALUES (?, ?, 1, NULL)", (choir, kettle))
        return choir

    house.persons["choir"] = house.studio.commit(step)
    house.work = house.shown("choir", b"sung together")
    named = (
        "INSERT INTO authors (work_id, n, person_id, role, added, agreed) VALUES (?, ?, ?, ?, 1, ?)"
    )
    owner = house.studio.person
    for row in ((house.work, 1, moss, "light", 1), (house.work, 2, owner, "never agreed", None)):
        house.studio.commit(lambda c, row=row: c.exec_driver_sql(named, row))
    house.report(about=house.work)
    assert house.decide("kettle", "hide").status_code == 403
    assert house.decide("moss", "hide").status_code == 403
    assert house.decide("owner", "hide").status_code == 200


def test_what_the_one_keeper_made_waits_for_another(house: Any) -> None:
    house.work = house.shown("owner", b"the owner's own")
    house.report(about=house.work)
    assert house.come("owner").get("/reports/1?as=json").json()["side"] == "maker"
    refused = house.decide("owner", "show")
    assert refused.status_code == 403 and "no other keeper" in refused.text
    house.keeper("kettle")
    assert house.decide("kettle", "hide").status_code == 200


def test_take_it_on(kept: Any) -> None:
    kept.keeper("kettle")
    for _ in range(2):
        took = kept.come("kettle").post("/reports/1/take", headers=kept.origin)
        assert took.status_code == 303
    assert "kettle" in kept.come("owner").get("/reports").text
    kept.decide("owner", "hide")
    assert kept.come("kettle").post("/reports/1/take", headers=kept.origin).status_code == 409


def test_looking_is_written_down_once_an_hour(kept: Any) -> None:
    for _ in range(3):
        piece = kept.come("owner").get("/reports/1/film", headers={"Range": "bytes=0-9"})
        assert piece.status_code == 206
    with kept.studio.archive.read() as conn:
        assert [one.words for one in reports.lines(conn, 1)].count("looked") == 1
        assert decisions.numbers(conn, 0).looked == 1


def test_the_book_is_never_changed(kept: Any) -> None:
    kept.decide("owner", "hide")
    for sql in ("UPDATE decisions SET reasons = ''", "DELETE FROM decisions"):
        with pytest.raises(DatabaseError, match="append-only"):
            kept.studio.commit(lambda conn, sql=sql: conn.exec_driver_sql(sql))


def test_an_appeal_that_is_granted_takes_the_film_off_the_list(kept: Any) -> None:
    kept.decide("owner", "delete")
    kept.come("member").post("/reports/1/appeal", json={"words": "No."}, headers=kept.origin)
    with kept.studio.archive.read() as conn, pytest.raises(NotAllowed, match="report 1"):
        blocks.refuse(conn, [blocks.listed(conn)[0].sha256])
    assert kept.decide("owner", "show").status_code == 200
    with kept.studio.archive.read() as conn:
        assert blocks.listed(conn) == ()


def test_a_blocked_film_is_known_by_its_work_and_its_pictures(kept: Any) -> None:
    picture = b"\x89PNG a face"
    sha = kept.studio.files.keep(picture)

    def step(conn: Any) -> tuple[str, ...]:
        files.note(conn, kept.studio.files, sha, "image/png", 1, picture)
        run = conn.exec_driver_sql("SELECT run_id FROM works WHERE id = ?", (kept.work,)).scalar()
        conn.exec_driver_sql("INSERT INTO run_files VALUES (?, ?)", (run, sha))
        return blocks.of_work(conn, kept.work)

    assert sha in kept.studio.commit(step)
    with kept.studio.archive.read() as conn:
        blocks.refuse_work(conn, kept.work)
    who = kept.studio.person
    kept.studio.commit(lambda conn: blocks.add(conn, sha, "A face.", who, 1))
    with kept.studio.archive.read() as conn, pytest.raises(NotAllowed, match="A face"):
        blocks.refuse_work(conn, kept.work)


def test_the_list_on_its_page(kept: Any) -> None:
    sha = "ab" * 32
    browser = kept.come("owner")
    for wrong in (
        {"what": "x", "reason": "y"},
        {"what": sha, "reason": ""},
        {"what": sha, "reason": "z" * 401},
    ):
        page = browser.post("/blocks", data=wrong, headers=kept.origin)
        assert page.status_code == 400 and 'role="alert"' in page.text
    said = {"what": sha, "reason": "<b>no</b>"}
    for _ in range(2):
        assert browser.post("/blocks", data=said, headers=kept.origin).status_code == 303
    page = browser.get("/blocks").text
    assert "&lt;b&gt;no&lt;/b&gt;" in page and page.count("take off") == 1
    assert browser.post(f"/blocks/{sha}/remove", headers=kept.origin).status_code == 303
    assert browser.post(f"/blocks/{sha}/remove", headers=kept.origin).status_code == 404


def test_a_work_that_is_a_picture_is_blocked_by_its_pixels(kept: Any) -> None:
    studio, browser = kept.studio, kept.come("owner")
    work = studio.make("a bird", model="echo", seconds=0, size=(64, 64), seed=3)
    anew = studio.settings.home / "anew.bmp"
    with Image.open(work.path) as seen:
        seen.convert("RGB").save(anew)
    said = {"what": work.id.upper(), "reason": "That bird."}
    assert browser.post("/blocks", data=said, headers=kept.origin).status_code == 303
    with pytest.raises(NotAllowed, match="That bird"):
        studio.ask("a bird", pictures=[anew])
    anew.unlink()
    gone = {"what": "w_" + "a" * 12, "reason": "Nothing."}
    assert browser.post("/blocks", data=gone, headers=kept.origin).status_code == 404
    path = {"what": str(work.path), "reason": "A path of the machine."}
    assert browser.post("/blocks", data=path, headers=kept.origin).status_code == 400


def test_files_that_are_blocked_are_not_taken_in(kept: Any) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG", compress_level=0)
    path = kept.studio.settings.home / "face.png"
    path.write_bytes(out.getvalue())
    pixels = hashlib.sha256(as_png(open_picture(path, Limits(32, 40)))).hexdigest()
    raw = hashlib.sha256(b"a file").hexdigest()
    for sha in (pixels, raw):
        kept.studio.commit(lambda c, s=sha: blocks.add(c, s, "Not here.", kept.studio.person, 1))
    member = kept.come("member")
    file = {"file": ("a.bin", b"a file", "application/octet-stream")}
    given = member.post("/v1/files", files=file, data={"purpose": "user_data"}, headers=kept.origin)
    assert given.status_code == 403 and "Not here." in given.text
    picture = {"picture": ("face.png", out.getvalue(), "image/png")}
    sent = {"prompt": "a bird", "model": "ink", "seconds": "1"}
    form = member.post("/works", data=sent, files=picture, headers=kept.origin)
    assert form.status_code == 403 and "Not here." in form.text
    wire = {"input_reference": ("face.png", out.getvalue(), "image/png")}
    video = member.post("/v1/videos", data={"prompt": "a bird"}, files=wire, headers=kept.origin)
    assert 400 <= video.status_code < 500 and "Not here." in video.text
    assert not kept.studio.files.path(pixels).exists() and not kept.studio.files.path(raw).exists()


def test_a_blocked_film_is_not_shown_again(kept: Any) -> None:
    sha = kept.studio.files.keep(kept.film)
    run = kept.make("member", film=kept.film)
    kept.studio.commit(lambda c: blocks.add(c, sha, "Not here.", kept.studio.person, 1))
    show = f"/works/{run.work_id}/show"
    for to, status in (("everybody", 403), ("link", 403), ("nobody", 200)):
        said = kept.come("member").post(show, json={"to": to}, headers=JSON | kept.origin)
        assert said.status_code == status, said.text
        assert status == 200 or "Not here." in said.text


def test_a_guest_who_has_only_their_link_answers_and_appeals(kept: Any) -> None:
    """Made in one place, opened in another: the work's page hands over a link into the report."""
    kept.work = kept.shown("guest", b"by a guest")
    assert kept.report("member", why="me", about=kept.work).status_code == 201
    assert kept.decide("owner", "hide", n=2).status_code == 200
    away = kept.come("other")
    assert away.get("/reports/2").status_code == 404
    came = away.get(links.path(kept.studio, kept.work, "maker", 0))
    page = away.get(came.headers["Location"]).text
    into = re.search(r'href="(/reports/2\?link=[^"]+)"', page)
    assert into is not None and "It hurts somebody." in page
    assert away.get(into[1]).status_code == 303
    case = away.get("/reports/2")
    assert "why you do not agree" in case.text and "link=" not in case.text
    said = away.post("/reports/2/appeal", data={"words": "No."}, headers=kept.origin)
    assert said.status_code == 303
