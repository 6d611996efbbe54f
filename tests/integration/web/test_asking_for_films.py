"""From a form or a program to a run in line: once, whole, or a sentence that says why not."""

import asyncio
import json
from io import BytesIO
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

ECHO = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": 1}


def runs_of(house: Any) -> int:
    with house.studio.archive.read() as conn:
        return conn.exec_driver_sql("SELECT count(*) FROM runs").scalar_one()


def test_another_model_is_chosen_and_nothing_else_is_turned(house: Any) -> None:
    """The form shows what ink takes for usual; seedling draws two seconds of a quarter of that."""
    owner = house.come("owner")
    page = owner.get("/").text
    assert 'name="dials_of" value="ink"' in page and "/?model=seedling#dials" in page
    assert (
        "seedling.guidance" not in page
        and "seedling.guidance" in owner.get("/?model=seedling").text
    )
    other = owner.get("/?model=seedling").text
    assert " --model seedling --seed" in other and "--model" not in page.split("the same")[-1]
    form = {"prompt": "a red fish", "model": "seedling", "dials_of": "ink"}
    form |= {"seconds": "6", "size": "512x512", "fps": "24"}
    made = owner.post("/works", data=form, headers=house.origin)
    assert made.status_code == 303
    score = owner.get(made.headers["Location"], headers={"Accept": "application/json"}).json()[
        "score"
    ]
    assert score["size"] == [256, 256] and score["shots"][0]["seconds"] == 2
    turned = owner.post("/works", data=form | {"seconds": "5"}, headers=house.origin)
    assert turned.status_code == 400 and "2" in turned.text


def test_a_program_gets_the_work_that_will_be(house: Any) -> None:
    answer = house.come("member").post("/works", json=ECHO)
    assert answer.status_code == 202
    work = answer.json()
    assert answer.headers["Location"] == f"/works/{work['id']}"
    assert (work["state"], work["text"], work["own"]) == ("queued", "a bird", True)
    assert work["score"]["seed"] == work["seed"] and work["film"] is None
    seen = house.come("member").get(f"/works/{work['id']}?as=json").json()
    assert seen["score"] == work["score"] and seen["run"]["place"]["place"] == 1


def test_it_is_on_the_disk_before_it_is_promised(house: Any) -> None:
    work = house.come("member").post("/works", json=ECHO).json()
    import pysqlite3.dbapi2 as sqlite  # another pair of eyes, which sees what was committed only

    other = sqlite.connect(house.studio.settings.database)
    found = other.execute(
        "SELECT state FROM runs JOIN works ON works.run_id = runs.id WHERE works.id = ?",
        (work["id"],),
    ).fetchall()
    other.close()
    assert found == [("queued",)]


def test_a_form_leads_to_its_work(house: Any) -> None:
    answer = house.come("guest").post(
        "/works",
        data={"prompt": "a bird", "model": "echo", "echo.shift": "2.5", "loop": "on", "seed": ""},
        headers=house.origin,
    )
    assert answer.status_code == 303
    score = house.come("guest").get(answer.headers["Location"] + "?as=json").json()["score"]
    assert score["options"]["shift"] == 2.5 and score["loop"] is True


def test_what_must_not_be_seen_goes_along_by_form_and_by_json(house: Any) -> None:
    guest, said = house.come("guest"), {"prompt": "a fox in the rain", "negative": "rain"}
    assert 'name="negative"' in guest.get("/").text
    led = guest.post("/works", data=said, headers=house.origin).headers["Location"]
    sent = guest.post("/works", json=said, headers=house.origin)
    assert sent.status_code == 202, sent.text
    for place in (led, sent.headers["Location"]):
        assert guest.get(place + "?as=json").json()["score"]["negative"] == "rain"
    again = guest.get(f"/?from={led.rpartition('/')[2]}&as=json").json()["typed"]
    assert again["negative"] == "rain"
    echo = guest.post("/works", json=said | {"model": "echo"}, headers=house.origin)
    assert echo.status_code == 400 and "must not be seen" in echo.text


def test_saying_nothing_plays_the_line_in_grey(house: Any) -> None:
    sent = {"prompt": " ", "model": "echo", "if_empty": "a green fish"}
    answer = house.come("guest").post("/works", data=sent, headers=house.origin)
    page = house.come("guest").get(answer.headers["Location"]).text
    assert "a green fish" in page


def test_a_double_click_makes_one_film(house: Any) -> None:
    guest = house.come("guest")
    form = {"once": guest.get("/?as=json").json()["once"], "prompt": "a bird", "model": "echo"}
    led = {guest.post("/works", data=form, headers=house.origin).headers["Location"] for _ in "ab"}
    assert len(led) == 1 and runs_of(house) == 1
    again = guest.post("/works", data=form | {"prompt": "a fox"}, headers=house.origin)
    assert again.headers["Location"] not in led  # gone back to, and changed
    theirs = house.come("other").post("/works", data=form, headers=house.origin)
    assert theirs.headers["Location"] not in led and runs_of(house) == 3


def test_the_same_key_at_the_same_moment_is_one_work(house: Any) -> None:
    key = {"Idempotency-Key": "order-17"}
    secret = {"Authorization": f"Bearer {house.secrets['member']}"}

    async def all_at_once() -> list[str]:
        door = httpx2.ASGITransport(house.app, client=("198.51.100.1", 1))
        async with httpx2.AsyncClient(transport=door, base_url=f"http://{house.host}") as client:
            answers = await asyncio.gather(
                *(client.post("/works", json=ECHO, headers=key | secret) for _ in range(8))
            )
        return [answer.json()["id"] for answer in answers]

    got = asyncio.run(all_at_once())
    assert len(set(got)) == 1 and len(got) == 8 and runs_of(house) == 1
    other = house.come("manager").post("/works", json=ECHO, headers=key)
    assert other.json()["id"] not in got


def test_the_same_key_for_other_words_is_refused(house: Any) -> None:
    key = {"Idempotency-Key": "k"}
    member = house.come("member")
    first = member.post("/works", json=ECHO, headers=key)
    assert member.post("/works", json=ECHO | {"prompt": "a fox"}, headers=key).status_code == 400
    member.post(f"/works/{first.json()['id']}/delete")
    again = member.post("/works", json=ECHO, headers=key)
    assert again.status_code == 400 and "deleted" in again.json()["error"]["message"]
    assert runs_of(house) == 1


def test_a_picture_comes_with_a_form(house: Any) -> None:
    house.policy("[door]\nguest_pictures = true\n")
    stream = BytesIO()
    Image.new("RGB", (32, 32), "red").save(stream, "PNG")
    sent = {"prompt": "a bird", "model": "echo", "size": "64x64"}
    picture = {"picture": ("../../etc/a b.png", stream.getvalue(), "image/png")}
    answer = house.come("guest").post("/works", data=sent, files=picture, headers=house.origin)
    assert answer.status_code == 303, answer.text
    work = house.come("guest").get(answer.headers["Location"] + "?as=json").json()
    assert len(work["score"]["shots"][0]["pictures"]) == 1
    broken = {"picture": ("a.png", b"no picture", "image/png")}
    answer = house.come("guest").post("/works", data=sent, files=broken, headers=house.origin)
    assert answer.status_code == 400 and "What you wrote is kept" in answer.text


def test_the_form_comes_back_with_what_was_typed(house: Any) -> None:
    sent = {"prompt": "a <b>bird</b>", "model": "echo", "seconds": "-3", "echo.shift": "9"}
    answer = house.come("guest").post("/works", data=sent, headers=house.origin)
    assert answer.status_code == 400
    assert "a &lt;b&gt;bird&lt;/b&gt;</textarea>" in answer.text and 'value="9"' in answer.text
    assert '<option value="echo" selected>' in answer.text and 'role="alert"' in answer.text
    assert runs_of(house) == 0


def test_too_many_in_line_wait(house: Any) -> None:
    house.policy("[class.guest]\nwaiting = 1\n")
    guest = house.come("guest")
    assert guest.post("/works", json=ECHO, headers=house.origin).status_code == 202
    full = guest.post("/works", json=ECHO, headers=house.origin)
    assert full.status_code == 429 and int(full.headers["Retry-After"]) >= 1
    form = {"prompt": "a bird", "model": "echo"}
    full = guest.post("/works", data=form, headers=house.origin)
    assert full.status_code == 429 and "Retry-After" in full.headers
    assert "a bird</textarea>" in full.text


WRONG: list[Any] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"a bird"',
    b"\xff\xfe",
    b'{"prompt": 3}',
    b'{"prompt": "a", "seconds": NaN}',
    b'{"prompt": "a", "seconds": 1e999}',
    b'{"prompt": "a", "seconds": "6"}',
    b'{"prompt": "a", "seconds": -1}',
    b'{"prompt": "a", "size": [64]}',
    b'{"prompt": "a", "size": [64, 64, 64]}',
    b'{"prompt": "a", "size": [0, 64]}',
    b'{"prompt": "a", "size": "big"}',
    b'{"prompt": "a", "seed": -1}',
    b'{"prompt": "a", "seed": 1e40}',
    b'{"prompt": "a", "seed": ' + b"9" * 5000 + b"}",
    b'{"prompt": "a", "fps": 0}',
    b'{"prompt": "a", "model": "nobody"}',
    b'{"prompt": "a", "model": "../ink"}',
    b'{"prompt": "a", "options": {"wobbel": 1}}',
    b'{"prompt": "a", "options": {"line": "thick"}}',
    b'{"prompt": "a", "options": []}',
    b'{"prompt": "a", "position": {"model": "ink"}}',
    b'{"prompt": "a", "position": {"model": "ink", "genome": 1, "genes": {"x": "y"}, "seeds": {}}}',
    b'{"prompt": "a\\ud800"}',
    b'{"prompt": "a\\u0000b"}',
    b'{"prompt": "a", "position": {"\\ud800": 1}}',
    b'{"prompt": "a", "model": "\xed\xa0\x80"}',
    b'{"prompt": "a", "position": {"model": "\xed\xa0\x80"}}',
    b'{"prompt": ""}',
    b'{"colour": "red"}',
    b'{"prompt": "' + b"a" * 100_001 + b'"}',
    b"[" * 100_000,
    b'{"position": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001,
]


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_met_is_said_in_words(shared: Any, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    before = runs_of(shared)
    answer = shared.come("member").post("/works", content=body, headers=headers)
    assert answer.status_code in (400, 404), (body[:60], answer.text[:300])
    assert len(answer.json()["error"]["message"]) > 10
    assert len(answer.content) < 3000 and runs_of(shared) == before


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "two words"])
def test_an_idempotency_key_is_a_word(shared: Any, key: str) -> None:
    answer = shared.come("member").post("/works", json=ECHO, headers={"Idempotency-Key": key})
    assert answer.status_code == 400


FORMS: list[dict[str, Any]] = [
    {"prompt": "a", "seconds": "six"},
    {"prompt": "a", "seconds": "inf"},
    {"prompt": "a", "seed": "1.5"},
    {"prompt": "a", "seed": "²"},
    {"prompt": "a", "seed": "-1"},
    {"prompt": "a", "size": "1x2x3"},
    {"prompt": "a", "position": "w_abc"},
    {"prompt": "a", "position": "[]"},
    {"prompt": "a", "model": "echo", "echo.nothing": "1"},
    {"prompt": "a", "model": "echo", "echo.shift": "nan"},
    {"prompt": ""},
    {"prompt": "a", "model": "nobody"},
    {"prompt": "a", "model": ""},
    {"prompt": "\x00"},
    {"prompt": "a" * 100_001},
    {f"field{n}": "x" for n in range(300)},
]


@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
def test_a_form_that_cannot_be_met_comes_back(shared: Any, form: dict[str, str]) -> None:
    answer = shared.come("member").post("/works", data=form)
    assert answer.status_code in (400, 404), answer.text[:200]
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-www-form-urlencoded", b"&" * 1_000_000, 400),
        ("multipart/form-data; boundary=x; charset=undefined", b"--x--", 415),
        ("multipart/form-data; boundary=x; charset=punycode", b"--x--", 415),
        ("application/x-www-form-urlencoded; charset=utf-16", b"prompt=a", 415),
    ],
)
def test_strange_forms_are_refused(shared: Any, kind: str, body: bytes, status: int) -> None:
    answer = shared.come("member").post("/works", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status


def test_an_unknown_model_is_said_to_a_browser_too(shared: Any) -> None:
    form = {"prompt": "x", "model": "nope"}
    answer = shared.come("member").post("/works", data=form, headers={"Accept": "text/html"})
    assert answer.status_code in (400, 404) and "nope" in answer.text


def test_the_same_key_for_another_seed_is_refused(shared: Any) -> None:
    key = {"Idempotency-Key": "seeds"}
    member = shared.come("member")
    first = member.post("/works", json=ECHO | {"seed": 4}, headers=key)
    assert (
        member.post("/works", json=ECHO | {"seed": 4}, headers=key).json()["id"]
        == first.json()["id"]
    )
    assert member.post("/works", json=ECHO | {"seed": 5}, headers=key).status_code == 400


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.sampled_from(
    ["prompt", "model", "seconds", "size", "fps", "seed", "loop", "options", "position", "x"]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=st.dictionaries(names, values, max_size=5))
def test_no_json_at_all_is_a_mistake_of_ours(shared: Any, asked: dict[str, Any]) -> None:
    body = json.dumps(asked).encode()
    headers = {"Content-Type": "application/json"}
    answer = shared.come("member").post("/works", content=body, headers=headers)
    assert answer.status_code in (202, 400, 404, 429), (asked, answer.text)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    form=st.dictionaries(
        st.sampled_from(
            "prompt model seconds size fps seed loop position once if_empty echo.shift ink.unknown ink.".split()
        ),
        st.sampled_from(["", "0", "1", "-1", "64x64", "echo", "ink", "on", "nan", "1e400", "{}"])
        | st.text(max_size=12),
        max_size=8,
    )
)
def test_no_form_at_all_is_a_mistake_of_ours(shared: Any, form: dict[str, str]) -> None:
    sent = {k: v.encode(errors="replace").decode() for k, v in form.items()}
    answer = shared.come("member").post("/works", data=sent | {"_": "1"})
    assert answer.status_code in (303, 400, 404, 429), (sent, answer.text[:300])


def test_what_came_to_nothing_stands_apart_and_is_asked_for_again(house: Any) -> None:
    going, gone = house.ask("guest", "a bird"), house.ask("guest", "a fox")
    guest = house.come("guest")
    guest.post(f"/runs/{gone.id}/cancel", headers=house.origin)
    record = guest.get("/?as=json").json()
    assert [one["run"] for one in record["unkept"]] == [going.id]
    assert [one["run"] for one in record["ended"]] == [gone.id]
    page = guest.get("/").text
    assert f"uncaged again {gone.id}" in page and f'action="/runs/{gone.id}/again"' in page
    assert f"uncaged again {going.id}" not in page
    answer = guest.post(f"/runs/{gone.id}/again", headers=house.origin)
    new = guest.get(answer.headers["Location"] + "?as=json").json()
    assert answer.status_code == 303 and (new["state"], new["text"]) == ("queued", "a fox")
    assert (
        house.come("other").post(f"/runs/{gone.id}/again", headers=house.origin).status_code == 404
    )
    assert guest.post(f"/runs/{going.id}/again", headers=house.origin).status_code == 400
