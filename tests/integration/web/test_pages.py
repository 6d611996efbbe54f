"""What pages show: the same as their records, nobody's words but one's own, the film in pieces."""

import hashlib
import html
import re
from pathlib import Path
from typing import Any

import pytest


def shown(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", page))


def test_a_page_and_its_record_say_the_same(house: Any) -> None:
    work, run = house.make("owner", 'a "slow" <bird>').work_id, house.ask("owner", "a fast fox").id
    owner = house.come("owner")
    for path, said in {
        f"/works/{work}": lambda r: [r["id"], r["text"], r["film"]["sha256"], r["film"]["url"]],
        f"/runs/{run}": lambda r: [r["id"], r["text"], *r["place"]["why"]],
        "/line": lambda r: [r["policy"]["hash"][:12], r["rows"][0]["text"], r["rows"][0]["run"]],
        "/": lambda r: [w["text"] for w in (*r["works"], *r["unkept"])],
    }.items():
        record = owner.get(path, headers={"Accept": "application/json"})
        assert record.headers["Content-Type"] == "application/json"
        assert owner.get(path + "?as=json").json().keys() == record.json().keys()
        page = owner.get(path, headers={"Accept": "text/html,application/json;q=0.9"})
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "Accept" in page.headers["Vary"] and "Cookie" in record.headers["Vary"]
        text = shown(page.text)
        assert said(record.json()) and all(str(one) in text for one in said(record.json()))


def test_records_are_what_openapi_says(shared: Any) -> None:
    paths = shared.come("owner").get("/openapi.json").json()["paths"]
    for path, record in (
        ("/", "MakeView"),
        ("/line", "LineView"),
        ("/works/{work_id}", "WorkView"),
    ):
        content = paths[path]["get"]["responses"]["200"]["content"]
        assert content["application/json"]["schema"]["$ref"].endswith(record)
        assert "text/html" in content
    asked = paths["/works"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert "prompt" in asked["properties"]


def test_nobody_reads_what_others_wrote(house: Any) -> None:
    house.ask("member", "a secret bird")
    mine = house.ask("guest", "my own fox")
    for who, reads in (("guest", "my own fox"), ("member", "a secret bird")):
        hidden = "a secret bird" if who == "guest" else "my own fox"
        for path in ("/line", "/line?as=json", "/"):
            page = house.come(who).get(path).text
            assert hidden not in page
        assert reads in house.come(who).get("/line").text
    rows = house.come("guest").get("/line?as=json").json()["rows"]
    assert {row["who"] for row in rows} == {"you", "a member"}
    assert [row["run"] for row in rows if row["own"]] == [mine.id]
    assert all(row["run"] is row["work"] is row["text"] is None for row in rows if not row["own"])
    assert house.persons["member"] not in house.come("guest").get("/line").text


def test_a_work_that_everybody_may_see_is_read_by_all(house: Any) -> None:
    from uncaged.archive import works

    run = house.make("member", "for everybody")
    now = house.studio.clock.now()
    house.studio.commit(
        lambda c: works.show(c, house.persons["member"], run.work_id, "everybody", now)
    )
    page = house.come("guest").get(f"/works/{run.work_id}")
    assert (
        page.status_code == 200
        and "for everybody" in page.text
        and "delete this film" not in page.text
    )
    answer = house.come("guest").post(f"/works/{run.work_id}/delete", headers=house.origin)
    assert answer.status_code == 404


def test_a_page_that_waits_asks_again_and_one_that_is_held_does_not(house: Any) -> None:
    run = house.ask("owner")
    owner = house.come("owner")
    for path in (f"/works/{run.work_id}", f"/runs/{run.id}", "/line"):
        assert 'http-equiv="refresh"' in owner.get(path).text
        assert 'http-equiv="refresh"' not in owner.get(path + "?still=1").text
    owner.post(f"/runs/{run.id}/cancel", headers=house.origin)
    page = owner.get(f"/works/{run.work_id}").text
    assert 'http-equiv="refresh"' not in page and "It was cancelled." in page


def test_one_does_about_ones_own_what_one_likes(house: Any) -> None:
    first, second = house.ask("guest", "one"), house.ask("guest", "two")
    guest = house.come("guest")

    def tell(run: Any, doing: str) -> Any:
        headers = house.origin | {"Accept": "application/json"}
        return guest.post(f"/runs/{run.id}/{doing}", headers=headers)

    tell(second, "prefer")
    house.app.state.web.foresight._seen.clear()
    assert guest.get(f"/runs/{second.id}?as=json").json()["place"]["place"] == 1
    assert tell(first, "pause").json()["paused"] is True
    assert "paused" in guest.get(f"/works/{first.work_id}").text
    assert tell(first, "resume").json()["paused"] is False
    assert tell(first, "cancel").json()["state"] == "cancelled"
    assert tell(first, "pause").status_code == 400  # it is in line no more
    assert tell(second, "explode").status_code == 404


def test_the_form_offers_every_option_of_every_model(shared: Any) -> None:
    from uncaged.engines.registry import engines

    for name, player in engines().items():
        page = shared.come("owner").get("/", params={"model": name}).text
        for option in player.options.model_fields:
            assert f'name="{name}.{option}"' in page


def test_the_first_page_is_light(shared: Any) -> None:
    owner = shared.come("owner")
    assert len(owner.get("/").content) + len(owner.get("/style.css").content) < 60_000


PIECES: list[tuple[str | None, int, slice]] = [
    (None, 200, slice(None)),
    ("bytes=0-99", 206, slice(0, 100)),
    ("bytes=100-", 206, slice(100, None)),
    ("bytes=-100", 206, slice(-100, None)),
    ("bytes=-999999", 206, slice(None)),
    ("bytes=5-5", 206, slice(5, 6)),
    ("bytes=5-999999", 206, slice(5, None)),
    ("BYTES = 0 - 9", 206, slice(0, 10)),
    ("bytes=99999999-", 416, slice(0, 0)),
    ("bytes=-0", 416, slice(0, 0)),
    ("bytes=9-5", 200, slice(None)),
    ("bytes=0-1,4-5", 200, slice(None)),
    ("bytes=a-b", 200, slice(None)),
    ("bytes=-", 200, slice(None)),
    ("pages=1-2", 200, slice(None)),
    ("bytes=" + "9" * 400 + "-", 200, slice(None)),
    ("", 200, slice(None)),
]


@pytest.mark.parametrize(("asked", "status", "piece"), PIECES)
def test_a_film_comes_in_pieces(shared: Any, asked: str | None, status: int, piece: slice) -> None:
    film = f"/works/{shared.make('owner').work_id}/film"
    owner = shared.come("owner")
    headers = {} if asked is None else {"Range": asked}
    answer = owner.get(film, headers=headers)
    assert (answer.status_code, answer.content) == (status, shared.film[piece])
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert answer.headers["ETag"] == f'"{hashlib.sha256(shared.film).hexdigest()}"'
    assert answer.headers["Content-Type"] == "video/mp4"
    if status == 206:
        first = range(len(shared.film))[piece][0]
        last = first + len(answer.content) - 1
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(shared.film)}"
    head = owner.head(film, headers=headers)
    assert head.status_code == status and head.content == b""
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]


def test_a_film_that_is_known_is_not_sent_again(shared: Any) -> None:
    film = f"/works/{shared.make('owner').work_id}/film"
    owner = shared.come("owner")
    etag = owner.get(film).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = owner.get(film, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
    assert owner.get(film, headers={"If-None-Match": '"x"'}).status_code == 200
    part = {"Range": "bytes=0-9"}
    assert owner.get(film, headers=part | {"If-Range": etag}).status_code == 206
    for other in ('"x"', f"W/{etag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        assert owner.get(film, headers=part | {"If-Range": other}).status_code == 200


def test_a_model_may_say_little_of_its_work(shared: Any) -> None:
    for understood in ({}, {"words": []}, {"sentence": ""}):
        run = shared.make("owner", understood=understood, position=None, recipe={})
        assert shared.come("owner").get(f"/works/{run.work_id}").status_code == 200


def test_a_film_that_is_not_there_yet_is_not_there(shared: Any) -> None:
    run = shared.ask("owner")
    for part in ("film", "position"):
        assert shared.come("owner").get(f"/works/{run.work_id}/{part}").status_code == 404


def test_a_film_that_is_lost_is_said_to_be(house: Any) -> None:
    work = house.make("owner").work_id
    sha = hashlib.sha256(house.film).hexdigest()
    house.studio.files.path(sha).unlink()
    answer = house.come("owner").get(f"/works/{work}/film")
    assert answer.status_code == 500 and "missing" in answer.text


def test_a_film_going_out_holds_no_connection(house: Any) -> None:
    work = house.make("owner", film=b"x" * 2_000_000).work_id
    pool = house.studio.archive.engine.pool
    with house.come("owner").stream("GET", f"/works/{work}/film") as answer:
        assert answer.status_code == 200
        assert pool.checkedout() == 0


def test_a_position_is_taken_away_and_given_back(house: Any) -> None:
    owner = house.come("owner")
    found = owner.get(f"/works/{house.make('owner').work_id}/position")
    assert "attachment" in found.headers["Content-Disposition"]
    sent = {"position": found.json(), "model": "echo"}
    answer = owner.post("/works", json=sent, headers=house.origin)
    assert answer.status_code == 202, answer.text
    assert answer.json()["score"]["position"] == found.json()


def test_what_is_deleted_is_gone_for_everybody(house: Any) -> None:
    work = house.make("guest").work_id
    guest = house.come("guest")
    answer = guest.post(f"/works/{work}/delete", headers=house.origin)
    assert answer.status_code == 303 and answer.headers["Location"] == "/"
    for path in ("", "/film", "/position"):
        assert guest.get(f"/works/{work}{path}").status_code == 404


def test_every_page_leads_to_the_source_that_runs(shared: Any) -> None:
    import io
    import tarfile

    import uncaged.web.routes.works as here

    guest = shared.come("guest")
    for path in ("/", "/line", "/nowhere", "/enter"):
        assert 'href="/source"' in guest.get(path).text
    answer = guest.get("/source.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
        names = archive.getnames()
        name = next(name for name in names if name.endswith("src/uncaged/web/routes/works.py"))
        found = archive.extractfile(name)
        assert found is not None and here.__file__ is not None
        assert found.read() == Path(here.__file__).read_bytes()
    assert not any("__pycache__" in name for name in names)
    known = guest.get("/source.tar.gz", headers={"If-None-Match": answer.headers["ETag"]})
    assert known.status_code == 304


def test_other_lanes_have_their_own_line(house: Any) -> None:
    owner = house.come("owner")
    small = {"prompt": "a bird", "size": [64, 64], "seconds": 0.5}
    assert (
        owner.post("/works", json=small | {"lane": "batch"}, headers=house.origin).status_code
        == 202
    )
    films = owner.get("/line?as=json").json()
    assert (films["lane"], films["rows"], films["others"]) == ("interactive", [], ["batch"])
    assert '<a href="/line?lane=batch">' in owner.get("/line").text
    batch = owner.get("/line?lane=batch&as=json").json()
    assert (batch["waiting"], len(batch["rows"]), batch["others"]) == (1, 1, [])
    assert owner.get("/line?lane=fast").status_code == 404
    guest = house.come("guest")
    seen = [guest.get(f"/line?as=json&lane={lane}").json()["lane"] for lane in ("batch", "live")]
    assert seen == ["batch", "live"]
