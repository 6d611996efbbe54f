"""Playing on the pages: what was drawn beforehand, a press, generations, and everything that may be pressed wrongly."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import lineage, runs, works
from uncaged.core.ids import new_id
from uncaged.engines.echo import Echo
from uncaged.studio import stocking
from uncaged.studio.stock import Stock
from uncaged.studio.twelve import set_of

JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of today with its scores, and nothing drawn."""
    folder = tmp_path_factory.mktemp("stock") / "prepared"
    (folder / "sets").mkdir(parents=True)
    stocking.plan(Stock(folder), today())
    return folder


@pytest.fixture
def stock(house: Any, planned: Path) -> Stock:
    """The house with that set."""
    folder = house.studio.settings.stock
    shutil.copytree(planned, folder)
    return Stock(folder)


def today() -> str:
    return set_of(datetime.now(UTC).date().isoformat())


def draw(stock: Stock, *places: str) -> None:
    """As if these drawings were drawn."""
    found = stock.find(today())
    assert found is not None
    for place in places:
        number, _, child = place.partition("/")
        kin = found.kin[int(number) - 1]
        drawn = kin.first if not child else kin.children[int(child) - 1]
        stock.path(drawn.name, "mp4").write_bytes(b"a small film of " + place.encode())
        stock.path(drawn.name, "jpg").write_bytes(b"a still of " + place.encode())


def draw_all(stock: Stock) -> None:
    draw(stock, *(str(n) for n in range(1, 13)))
    draw(stock, *(f"3/{m}" for m in range(1, 13)))


def press(client: Any, house: Any, **form: Any) -> Any:
    return client.post("/grow", data={"seed": "5"} | form, headers=house.origin)


def group(client: Any, answer: Any) -> dict[str, Any]:
    at = answer.headers["Location"]
    return client.get(at, headers=JSON).json()


def test_the_first_page_is_whole_before_anything_is_drawn(house: Any) -> None:
    page = house.come("guest").get("/")
    assert page.status_code == 200 and "are being drawn" in page.text
    assert 'name="prompt"' in page.text and "/grow/" not in page.text
    assert house.come("guest").get("/?as=json").json()["twelve"] is None


def test_it_shows_what_is_there_and_says_in_words_what_is_seen(house: Any, stock: Stock) -> None:
    draw(stock, "1", "2", "7")
    page = house.come("guest").get("/").text
    assert page.count('href="/grow/') == 3 and page.count("undrawn") == 9
    found = stock.find(today())
    assert found is not None and f'alt="{found.kin[6].first.alt}"' in page
    assert f'data-film="/grow/{today()}/7.mp4"' in page
    record = house.come("guest").get("/?as=json").json()["twelve"]
    assert [bool(one["still"]) for one in record["drawings"]].count(True) == 3
    assert record["other"] is None


def test_the_first_page_is_light(house: Any, stock: Stock) -> None:
    draw_all(stock)
    guest = house.come("guest")
    assert len(guest.get("/").content) + len(guest.get("/style.css").content) < 60_000


@pytest.mark.parametrize("number", ["0", "1", "26", "-1", "x", "9" * 30, "²"])
def test_any_number_of_twelve_leads_somewhere(house: Any, stock: Stock, number: str) -> None:
    draw_all(stock)
    page = house.come("guest").get("/", params={"twelve": number})
    assert page.status_code == 200 and page.text.count('href="/grow/') == 12


def test_a_press_shows_twelve_children_at_once(house: Any, stock: Stock) -> None:
    draw_all(stock)
    page = house.come("guest").get(f"/grow/{today()}/3")
    assert page.status_code == 200 and page.text.count('name="press"') == 12
    assert "http-equiv" not in page.text and "uncaged breed" in page.text
    record = house.come("guest").get(f"/grow/{today()}/3?as=json").json()
    first, second = record["generations"]
    assert [one["number"] for one in first["drawings"] if one["chosen"]] == [3]
    assert second["drawings"][0]["name"] == f"{today()}/3/1"
    assert second["parents"] == [3] and 1 < second["spread"]["count"] < first["spread"]["count"]
    assert {t["name"] for t in record["traits"]} == {"who", "where", "moves", "drawn"}


def test_what_is_not_drawn_yet_comes(house: Any, stock: Stock) -> None:
    draw(stock, "3", "3/1")
    page = house.come("guest").get(f"/grow/{today()}/3").text
    assert page.count('name="press"') == 1 and page.count("undrawn") >= 11
    assert 'http-equiv="refresh"' in page
    assert 'http-equiv="refresh"' not in house.come("guest").get(f"/grow/{today()}/3?still=1").text


@pytest.mark.parametrize(
    "path",
    [
        "/grow/2026-01-01.0/3", "/grow/x/1", "/grow/{}/0", "/grow/{}/13", "/grow/{}/01", "/grow/{}/a.jpg",
        "/grow/{}/3/13.jpg", "/grow/..%2f..%2fetc/1.jpg", "/grow/{}/3/1.json", "/grow/{}/%00.mp4",
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_not_found(house: Any, stock: Stock, path: str) -> None:
    draw_all(stock)
    answer = house.come("guest").get(path.format(today()), headers=JSON)
    assert answer.status_code == 404 and answer.json()["error"]["message"]


def test_pictures_stay_for_ever_and_are_everybodys(house: Any, stock: Stock) -> None:
    draw_all(stock)
    house.policy("[door]\nguests = false\n")
    client, at = house.come("guest"), f"/grow/{today()}/3"
    assert client.get("/").status_code == 401
    still, film = client.get(f"{at}.jpg"), client.get(f"{at}/4.mp4")
    assert still.headers["Content-Type"] == "image/jpeg" and still.content == b"a still of 3"
    assert "immutable" in still.headers["Cache-Control"] and "Vary" not in still.headers
    assert "Set-Cookie" not in still.headers
    again = client.get(f"{at}.jpg", headers={"If-None-Match": still.headers["ETag"]})
    assert again.status_code == 304
    assert film.content == b"a small film of 3/4"
    piece = client.get(f"{at}/4.mp4", headers={"Range": "bytes=2-6"})
    assert piece.status_code == 206 and piece.content == b"small"
    shutil.rmtree(house.studio.settings.stock)
    assert client.get(f"{at}.jpg").status_code == 404


def test_children_of_a_drawing_are_a_group_that_knows_its_way(house: Any, stock: Stock) -> None:
    draw_all(stock)
    guest = house.come("guest")
    answer = press(guest, house, press=f"{today()}/3/7", rate="0.2")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"?way={today()}/3/7")
    record = group(guest, answer)
    assert record["kind"] == "breed" and record["count"] == 12
    rows = record["grown"]["generations"]
    assert [row["of"] for row in rows] == ["twelve", "children", "children"]
    assert [d["number"] for d in rows[1]["drawings"] if d["chosen"]] == [7] == rows[2]["parents"]
    assert record["grown"]["undo"] == f"/grow/{today()}/3"
    page = guest.get(answer.headers["Location"]).text
    assert page.count("undrawn") >= 12 and 'http-equiv="refresh"' in page and "<svg" in page
    with house.studio.archive.read() as conn:
        run = runs.get(conn, record["parts"][0]["run"])
    assert run.score is not None and not run.score.parents and run.score.position is not None


def finish(house: Any, record: dict[str, Any]) -> list[str]:
    """A steward makes all of a group; the works."""
    made: list[str] = []
    for part in record["parts"]:
        with house.studio.archive.read() as conn:
            run = runs.get(conn, part["run"])
        assert run.score is not None
        sha = house.studio.files.keep(house.film)
        kept = runs.Kept(
            media_sha=sha, bytes=len(house.film), mime="video/mp4", width=64, height=64, fps=12.0, frames=12,
            seconds=1.0, position=run.score.position, recipe={}, understood={"words": [], "sentence": "Bars."},
            measured_seconds=0.1,
        )  # fmt: skip

        def step(conn: Any, run: runs.Run = run, kept: runs.Kept = kept, sha: str = sha) -> None:
            now = house.studio.clock.now()
            assert runs.claim(conn, run.id, runs.raise_epoch(conn), now)
            from uncaged.archive import files

            files.note(conn, house.studio.files, sha, "video/mp4", now, house.film)
            assert runs.complete(conn, house.studio.files, run.id, 1, kept, now)

        house.studio.commit(step)
        made.append(part["work"])
    return made


def test_three_generations_name_their_parents_and_lie_below_one_another(house: Any) -> None:
    owner, first = house.come("owner"), house.make("owner").work_id
    second = group(owner, press(owner, house, press=first, children="4"))
    children = finish(house, second)
    answer = press(owner, house, parent=[children[1], children[3]], children="3", **{"cross.x": ""})
    third = group(owner, answer)
    rows = third["grown"]["generations"]
    assert [row["of"] for row in rows] == ["works", "children", "children"]
    assert rows[0]["drawings"][0]["name"] == first
    assert [d["number"] for d in rows[1]["drawings"] if d["chosen"]] == [2, 4]
    assert rows[2]["parents"] == [2, 4]
    grandchildren = finish(house, third)
    with house.studio.archive.read() as conn:
        edges = lineage.edges_of(conn, grandchildren[0], "from")
        score = works.get(conn, house.studio.person, grandchildren[0]).score
    bred = {edge.target for edge in edges if edge.relation == "bred_from"}
    assert bred == {children[1], children[3]}
    assert score is not None and score.parents_as == "bred_from"
    page = owner.get(answer.headers["Location"]).text
    assert page.count('name="press"') == 3 and "2 children of 2, 4" not in page
    assert f'name="before" value="{children[1]}"' in page
    others = press(owner, house, again="1", before=[children[1], children[3]], seed="9")
    assert group(owner, others)["grown"]["generations"][2]["parents"] == [2, 4]


def test_a_parent_that_is_deleted_leaves_its_children(house: Any) -> None:
    owner, first = house.come("owner"), house.make("owner").work_id
    answer = press(owner, house, press=first)
    assert owner.post(f"/works/{first}/delete", headers=house.origin).status_code == 303
    record = group(owner, answer)
    assert record["count"] == 12 and len(record["grown"]["generations"]) == 1
    assert owner.get(answer.headers["Location"]).status_code == 200
    assert len(finish(house, record)) == 12
    assert press(owner, house, press=first).status_code == 404


def test_pressed_twice_it_is_one_group_and_for_two_people_two(house: Any) -> None:
    owner, work = house.come("owner"), house.make("owner").work_id
    form = {"press": work, "once": "abc"}
    answers = [press(owner, house, **form) for _ in range(4)]
    assert len({a.headers["Location"] for a in answers}) == 1
    assert {a.status_code for a in answers} == {303}
    other = press(owner, house, **(form | {"seed": "6"}))
    assert other.headers["Location"] != answers[0].headers["Location"]
    show(house, work)
    theirs = press(house.come("member"), house, **form)
    assert theirs.status_code == 303
    assert theirs.headers["Location"] != answers[0].headers["Location"]
    assert house.come("owner").get(theirs.headers["Location"]).status_code == 404


def show(house: Any, work: Any) -> None:
    person, now = house.studio.person, house.studio.clock.now()
    house.studio.commit(lambda conn: works.show(conn, person, work, "everybody", now))


def test_films_of_drawings_lead_back_to_their_generation(house: Any) -> None:
    owner, first = house.come("owner"), house.make("owner").work_id
    answer = press(owner, house, press=first)
    made = finish(house, group(owner, answer))
    films = press(owner, house, films="1", parent=made[:2])
    record, generation = group(owner, films), answer.headers["Location"].partition("?")[0]
    assert record["origin"] == generation.rpartition("/")[2] and record["count"] == 2
    assert f'href="{generation}"' in owner.get(films.headers["Location"]).text
    owner.post(f"/works/{made[0]}/delete", headers=house.origin)
    assert group(owner, films)["origin"] == record["origin"], "the other one is there"
    owner.post(f"/works/{made[1]}/delete", headers=house.origin)
    assert group(owner, films)["origin"] is None


def test_films_of_the_ticked_are_films(house: Any, stock: Stock) -> None:
    draw_all(stock)
    owner, work = house.come("owner"), house.make("owner").work_id
    record = group(owner, press(owner, house, films="1", parent=[work]))
    assert record["kind"] == "films" and record["count"] == 1 and record["grown"] is None
    assert record["origin"] is None
    one = group(owner, press(owner, house, film=f"{today()}/3"))
    assert one["count"] == 1 and one["parts"][0]["seconds"] == 6
    varied = group(owner, press(owner, house, press=work, kind="vary", children="2"))
    assert varied["kind"] == "vary" and varied["parts"][0]["seconds"] == 1


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [
        ({"rate": "nan"}, 400, "rate"),
        ({"rate": "inf"}, 400, "rate"),
        ({"rate": "1e999"}, 400, "rate"),
        ({"rate": "much"}, 400, "rate"),
        ({"rate": "\u202e5"}, 400, "rate"),
        ({"children": "0"}, 400, "1 to 144"),
        ({"children": "-3"}, 400, "1 to 144"),
        ({"children": "10000"}, 400, "1 to 144"),
        ({"children": "9" * 17}, 400, "children"),
        ({"seed": "-1"}, 400, "seed"),
        ({"seed": str(2**53)}, 400, "seed"),
        ({"kind": "clone"}, 400, "clone"),
        ({"press": ""}, 400, "ticked"),
        ({"press": "w_aaaaaaaaaaaa"}, 404, "no work"),
        ({"press": "latest"}, 404, "no such work"),
        ({"press": "2026-01-01.0/3/7"}, 404, "not here"),
        ({"press": "../../etc/passwd"}, 404, "no such work"),
        ({"press": "\U0001f426<b>"}, 404, "no such work"),
        ({"press": "x" * 5000}, 400, ""),
        ({"way": "2026-01-01.0/3/7"}, 303, ""),
        ({"way": "<script>"}, 303, ""),
    ],
)
def test_what_is_pressed_wrongly_is_said_and_leaves_nothing(
    house: Any, form: dict[str, str], status: int, says: str
) -> None:
    owner = house.come("owner")
    sent = {"press": house.make("owner").work_id} | form
    answer = press(owner, house, **sent)
    assert answer.status_code == status, answer.text
    assert says in answer.text and "<script>" not in answer.headers.get("Location", "")
    assert len(house.studio.unkept(50)) == (12 if status == 303 else 0)


def test_works_of_others_are_not_found_alike(house: Any) -> None:
    theirs, guest = house.make("owner").work_id, house.come("guest")
    said = [
        guest.post("/grow", json={"parents": [name]}, headers=house.origin | JSON)
        for name in (theirs, new_id("work"))
    ]
    assert [answer.status_code for answer in said] == [404, 404]
    texts = [a.text.replace(theirs, "X").split("w_")[0].split("X")[0] for a in said]
    assert texts[0] == texts[1]
    show(house, theirs)
    shown = guest.post("/grow", json={"parents": [theirs]}, headers=house.origin | JSON)
    assert shown.status_code == 202 and shown.headers["Location"] == f"/groups/{shown.json()['id']}"


def test_a_model_without_positions_says_so(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    work = house.make("owner").work_id
    monkeypatch.setattr(Echo, "capabilities", replace(Echo.capabilities, position=False))
    answer = press(house.come("owner"), house, press=work)
    assert answer.status_code == 400 and "has no positions" in answer.text


def test_two_models_have_no_children_together(house: Any, stock: Stock) -> None:
    work = house.make("owner").work_id
    answer = press(house.come("owner"), house, parent=[work, f"{today()}/3/1"])
    assert answer.status_code == 400 and "no children together" in answer.text


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"{}", b'{"parents": []}', b'{"parents": "w_aaaaaaaaaaaa"}', b'{"parents": [1]}',
     b'{"parents": ["w_aaaaaaaaaaaa"], "rate": "1"}', b'{"parents": ["w_aaaaaaaaaaaa"], "rate": NaN}',
     b'{"parents": ["w_aaaaaaaaaaaa"], "clamp": true}', b'{"parents": ["w_aaaaaaaaaaaa"], "cross": {"who": 1}}'],
)  # fmt: skip
def test_json_that_cannot_be_read_is_refused(house: Any, body: bytes) -> None:
    sent = {"Content-Type": "application/json"} | house.origin
    answer = house.come("owner").post("/grow", content=body, headers=sent)
    assert answer.status_code == 400 and json.loads(answer.content)["error"]["message"]


def test_nobody_elses_page_presses_and_whoever_is_refused_is_no_person(house: Any) -> None:
    from starlette.testclient import TestClient

    def people() -> int:
        with house.studio.archive.read() as conn:
            return conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one()

    work = house.make("owner").work_id
    show(house, work)
    passer = TestClient(
        house.app, f"http://{house.host}", client=("192.0.2.98", 1), follow_redirects=False
    )
    before = people()
    crossing = {"Origin": "http://evil.example"}
    assert passer.post("/grow", data={"press": work}, headers=crossing).status_code == 403
    refused = passer.post("/grow", data={"press": work, "rate": "nan"}, headers=house.origin)
    assert refused.status_code == 400 and people() == before
    assert passer.post("/grow", data={"press": work}, headers=house.origin).status_code == 303
    assert people() == before + 1


def test_a_guest_has_no_more_in_line_than_the_policy_says(house: Any) -> None:
    work = house.make("owner").work_id
    show(house, work)
    house.policy("[class.guest]\nwaiting = 20\n[door]\nrequests_a_minute = 1_000_000\n")
    guest = house.come("guest")
    assert press(guest, house, press=work).status_code == 303
    full = press(guest, house, press=work, seed="6")
    assert full.status_code == 429 and "20" in full.text


def test_a_works_page_offers_its_children(house: Any) -> None:
    owner, work = house.come("owner"), house.make("owner").work_id
    page = owner.get(f"/works/{work}").text
    assert 'action="/grow"' in page and f"uncaged breed {work}" in page
