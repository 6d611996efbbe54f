"""A group on its page: asked for by form or JSON, its parts in order, cancelled and asked for again, nobody else's."""

from typing import Any

import pytest

from uncaged.archive import runs
from uncaged.engines.asking import Request
from uncaged.studio import comparing

JSON = {"Accept": "application/json"}

ECHO = {"prompt": "a bird", "model": "echo", "seconds": 1, "size": "64x64", "seed": 5}


def ask(client: Any, house: Any, **more: Any) -> dict[str, Any]:
    answer = client.post("/works", json=ECHO | more, headers=house.origin)
    assert answer.status_code == 202, answer.text
    return answer.json() | {"location": answer.headers["Location"]}


def end(house: Any, run_id: str, how: str) -> None:
    """What a steward would do with it."""
    now = house.studio.clock.now()

    def step(conn: Any) -> None:
        epoch = runs.raise_epoch(conn)
        assert runs.claim(conn, run_id, epoch, now)
        assert runs.fail(conn, run_id, 1, how, now)

    house.studio.commit(step)


def test_several_are_asked_for_together_and_stand_on_one_page(house: Any) -> None:
    owner = house.come("owner")
    made = ask(owner, house, count=3)
    assert made["location"] == f"/groups/{made['id']}" and made["states"] == {"queued": 3}
    assert [part["seed"] for part in made["parts"]] == [5, 6, 7] and not made["chained"]
    page = owner.get(made["location"]).text
    assert "0 of 3 are made." in page and "3 wait." in page and 'http-equiv="refresh"' in page
    assert [page.index(part["work"]) for part in made["parts"]] == sorted(
        page.index(part["work"]) for part in made["parts"]
    )
    assert 'http-equiv="refresh"' not in owner.get(made["location"] + "?still=1").text
    assert owner.get(made["location"] + "?as=json").json()["id"] == made["id"]


def test_a_form_asks_for_several_and_pressed_twice_makes_them_once(house: Any) -> None:
    owner = house.come("owner")
    form = {k: str(v) for k, v in ECHO.items()} | {
        "count": "4",
        "one_after_another": "on",
        "once": "abc",
        "lane": "batch",
    }
    first, second = (owner.post("/works", data=form, headers=house.origin) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    record = owner.get(first.headers["Location"] + "?as=json").json()
    assert record["count"] == 4 and record["chained"] and record["lane"] == "batch"
    assert record["kind"] == "chain"
    assert [len(part["after"]) for part in record["parts"]] == [0, 1, 1, 1]
    page = owner.get(first.headers["Location"]).text
    assert page.count("waits for the one before it") == 3 and "one after another" in page
    assert len(house.studio.unkept(100)) == 4


def test_the_same_key_is_the_same_group_and_no_other(house: Any) -> None:
    owner, key = house.come("owner"), {"Idempotency-Key": "order-17"} | house.origin
    first = owner.post("/works", json=ECHO | {"count": 2}, headers=key).json()
    assert owner.post("/works", json=ECHO | {"count": 2}, headers=key).json()["id"] == first["id"]
    other = owner.post("/works", json=ECHO | {"count": 2, "prompt": "a fox"}, headers=key)
    assert other.status_code == 400 and "Idempotency-Key" in other.json()["error"]["message"]


def test_a_part_that_failed_is_asked_for_again_and_what_is_made_stays(house: Any) -> None:
    owner = house.come("owner")
    made = ask(owner, house, count=3, one_after_another=True)
    end(house, made["parts"][0]["run"], "The lamp went out.")
    page = owner.get(made["location"])
    assert "3 failed." in page.text and "The lamp went out." in page.text
    assert "ask again for 3" in page.text and 'http-equiv="refresh"' not in page.text
    again = owner.post(made["location"] + "/again", headers=house.origin)
    assert again.headers["Location"] == made["location"]
    record = owner.get(made["location"] + "?as=json").json()
    assert record["states"] == {"queued": 3} and record["count"] == 3 and record["chained"]
    fresh = [part["run"] for part in record["parts"]]
    assert not set(fresh) & {part["run"] for part in made["parts"]}
    assert [part["after"] for part in record["parts"]] == [[], [fresh[0]], [fresh[1]]]
    nothing = owner.post(made["location"] + "/again?as=json", headers=house.origin)
    assert nothing.status_code == 400


def test_what_is_left_is_cancelled_and_none_of_it_counts_as_failed(house: Any) -> None:
    owner = house.come("owner")
    made = ask(owner, house, count=3, one_after_another=True)
    owner.post(made["location"] + "/cancel", headers=house.origin)
    assert owner.get(made["location"] + "?as=json").json()["states"] == {"cancelled": 3}
    owner.post(made["location"] + "/again", headers=house.origin)
    assert owner.get(made["location"] + "?as=json").json()["states"] == {"queued": 3}


def test_a_group_is_its_persons_alone(house: Any) -> None:
    made = ask(house.come("owner"), house, count=2)
    for who in ("member", "guest"):
        visitor = house.come(who)
        for path in (made["location"], "/groups/g_aaaaaaaaaaaa", "/groups/x"):
            assert visitor.get(path).status_code == 404
        for doing in ("cancel", "again"):
            answer = visitor.post(f"{made['location']}/{doing}", headers=house.origin)
            assert answer.status_code == 404
    assert (
        house.come("owner").post(f"{made['location']}/eat", headers=house.origin).status_code == 404
    )
    assert house.come("owner").get(made["location"] + "?as=json").json()["states"] == {"queued": 2}


@pytest.mark.parametrize("count", [0, -3, 1001, 10**9])
def test_a_number_that_no_group_has_is_refused_and_the_words_stay(house: Any, count: int) -> None:
    owner = house.come("owner")
    answer = owner.post("/works", json=ECHO | {"count": count}, headers=house.origin)
    assert answer.status_code == 400 and "1 to 1,000" in answer.json()["error"]["message"]
    form = {k: str(v) for k, v in ECHO.items()} | {"count": str(count)}
    back = owner.post("/works", data=form, headers=house.origin)
    assert back.status_code == 400 and "a bird" in back.text
    assert not house.studio.unkept(5)


def test_a_large_group_stands_on_several_pages(house: Any) -> None:
    owner = house.come("owner")
    made = ask(owner, house, count=70)
    assert len(made["parts"]) == 60
    page = owner.get(made["location"]).text
    assert "1 to 60 of 70." in page and "?first=61" in page
    rest = owner.get(made["location"] + "?first=61&as=json").json()
    assert [part["number"] for part in rest["parts"]] == list(range(61, 71))
    assert owner.get(made["location"] + "?first=-4").status_code == 200
    assert owner.get(made["location"] + "?first=9999&as=json").json()["first"] == 70


def test_a_film_waits_for_others_of_ones_own_only(house: Any) -> None:
    owner, first = house.come("owner"), house.ask("owner", "the first")
    made = ask(owner, house, after=[first.work_id])
    assert made["run"]["after"] == [first.id]
    page = owner.get("/line").text
    assert f"waits for {first.id}, which has to be made first" in page and "later" in page
    why = owner.get(f"/runs/{made['run']['id']}?as=json").json()["place"]["why"]
    assert why == [f"It waits for {first.id}, which has to be completed first."]
    theirs = house.ask("member", "not mine")
    for name in (theirs.id, theirs.work_id, "r_aaaaaaaaaaaa", "../etc"):
        answer = owner.post("/works", json=ECHO | {"after": [name]}, headers=house.origin)
        assert answer.status_code == 400, answer.text
        assert "of yours" in answer.json()["error"]["message"]


def test_guests_stand_in_the_line_of_films(house: Any) -> None:
    guest = house.come("guest")
    answer = guest.post("/works", json=ECHO | {"lane": "batch"}, headers=house.origin)
    assert answer.status_code == 400 and "Leave out the lane" in answer.json()["error"]["hint"]
    assert 'name="lane"' not in guest.get("/").text
    made = ask(house.come("owner"), house, lane="batch")
    assert made["run"]["lane"] == "batch"
    assert 'name="lane"' in house.come("owner").get("/").text


def test_runs_of_a_group_share_a_row_of_the_line(house: Any) -> None:
    made = ask(house.come("owner"), house, count=5)
    rows = house.come("owner").get("/line?as=json").json()["rows"]
    assert [(row["place"], row["count"], row["group"]) for row in rows] == [(1, 5, made["id"])]
    assert "1st to 5th" in house.come("owner").get("/line").text
    first = house.come("owner").get("/?as=json").json()["unkept"]
    assert [(work["group"], work["count"]) for work in first] == [(made["id"], 5)]
    assert f'href="/groups/{made["id"]}"' in house.come("owner").get("/").text
    theirs = house.come("guest").get("/line?as=json").json()["rows"]
    assert len(theirs) == 5 and all(row["group"] is None for row in theirs)


def test_a_long_chain_is_two_rows_of_the_line(house: Any) -> None:
    made = ask(house.come("owner"), house, count=30, one_after_another=True)
    rows = house.come("owner").get("/line?as=json").json()["rows"]
    assert [(row["state"], row["count"]) for row in rows] == [("queued", 1), ("held", 29)]
    assert rows[1]["group"] == made["id"] and "wait for one another" in rows[1]["why"]
    assert house.come("guest").get("/line?as=json").json()["rows"][0]["count"] == 1


def test_models_that_are_compared_stand_side_by_side(house: Any) -> None:
    owner = house.come("owner")
    request = Request("a bird", size=(64, 64), seconds=1.0, fps=8, seed=2)
    group, notes = comparing.ask(house.studio, request, ["echo", "seedling"], 2)
    assert len(notes) == 2
    view = owner.get(f"/groups/{group.id}", headers=JSON).json()
    assert [(one["model"], one["asked"], one["made"]) for one in view["beside"]] == [
        ("echo", 2, 0),
        ("seedling", 2, 0),
    ]
    page = owner.get(f"/groups/{group.id}").text
    assert "side by side" in page and "not made yet" in page and "/models/seedling" in page
    alone = ask(owner, house, count=2)
    assert alone["beside"] == [] and "side by side" not in owner.get(alone["location"]).text
