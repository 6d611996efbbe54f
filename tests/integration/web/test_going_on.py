"""What a visitor goes on from: a work, what came to nothing, who one is, and the line's performers."""

import html
import re
from typing import Any

import pytest


def shown(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", page))


def test_the_page_promises_nothing_that_it_does_not_keep(house: Any) -> None:
    work = house.make("owner").work_id
    page = shown(house.come("owner").get("/").text)
    assert "Nobody sees what you make unless you show it, except" in page
    assert f'action="/works/{work}/show"' in house.come("owner").get(f"/works/{work}").text


def test_one_goes_on_from_a_work_that_one_may_see(house: Any) -> None:
    work = house.make("guest", "a fox\nand a bird").work_id
    guest = house.come("guest")
    page = guest.get(f"/works/{work}").text
    assert f'href="/?from={work}&amp;seed=other"' in page and f'href="/?from={work}"' in page
    typed = guest.get(f"/?from={work}&as=json").json()["typed"]
    assert (typed["prompt"], typed["seed"], typed["model"]) == ("a fox\nand a bird", "7", "echo")
    assert (typed["seconds"], typed["size"], typed["fps"]) == ("1", "64x64", "12")
    seeds = {guest.get(f"/?from={work}&seed=other&as=json").json()["typed"]["seed"] for _ in "abc"}
    assert len(seeds) > 1
    for missing in (work, "w_" + "a" * 12, "nothing"):
        assert house.come("other").get(f"/?from={missing}").status_code == 404


def test_a_film_that_is_performed_says_how_long_it_still_takes(house: Any) -> None:
    from uncaged.archive import runs

    run, now = house.ask("owner"), house.studio.clock.now()

    def begin(conn: Any) -> None:
        assert runs.claim(conn, run.id, runs.raise_epoch(conn), now - 30_000_000)
        assert runs.progressed(conn, run.id, 1, 25, 100)

    house.studio.commit(begin)
    assert 80 < house.come("owner").get(f"/runs/{run.id}?as=json").json()["left"] < 120
    page = shown(house.come("owner").get(f"/works/{run.work_id}").text)
    assert "25 %" in page and re.search(r"About 1 min \d+ s to go\.", page)


@pytest.mark.parametrize(
    ("who", "word", "at"),
    [("owner", "owner", "/me"), ("member", "ana", "/me"), ("guest", "guest", "/enter")],
)
def test_every_page_says_alike_who_is_there(shared: Any, who: str, word: str, at: str) -> None:
    client = shared.come(who)
    assert f"You are here as {word}" in client.get("/enter").text
    for path in ("/", "/enter", "/nowhere", "/works/nothing"):
        there = ' aria-current="page"' if path == at else ""
        assert f'<a class="who" href="{at}"{there}>{word}</a>' in client.get(path).text
    assert "nothing to forget" in shared.come("owner").get("/enter").text


def test_a_browser_that_looks_for_an_icon_is_told_there_is_none(shared: Any) -> None:
    assert shared.come("nobody").get("/favicon.ico").status_code == 204


def test_a_refused_form_shows_ones_own_sentence_as_a_command(shared: Any) -> None:
    sent = {"prompt": 'it\'s a "bird"', "model": "echo", "seconds": "many", "seed": "3"}
    answer = shared.come("owner").post("/works", data=sent, headers=shared.origin)
    page = html.unescape(answer.text)
    assert answer.status_code == 400
    assert """uncaged make 'it'"'"'s a "bird"' --model echo --seed 3""" in page
    assert r'{"prompt": "it\'s a \"bird\"", "model": "echo"}'.replace("\\'", "'") in page


def test_the_line_shows_performers_that_have_or_could_have_work(house: Any) -> None:
    from uncaged.archive import performers, runs

    def step(conn: Any) -> None:
        epoch = runs.raise_epoch(conn)
        for number, lane in enumerate(("interactive", "batch")):
            one = performers.Performer(number, epoch, "cpu", lane, None, None, 0, 1)
            performers.note(conn, one)

    house.studio.commit(step)
    found = house.come("owner").get("/line?as=json").json()["performers"]
    assert [one["lane"] for one in found] == ["interactive"]
    assert "1 performer is awake" in house.come("owner").get("/line").text


def test_a_film_loads_when_it_is_played(house: Any) -> None:
    work = house.make("owner").work_id
    page = house.come("owner").get(f"/works/{work}").text
    assert 'preload="none"' in page and 'preload="metadata"' not in page
