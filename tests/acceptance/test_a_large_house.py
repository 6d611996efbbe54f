"""A hundred thousand works, shown by one person: each page has its few films, leads on, and has bounded bytes."""

import re
from collections.abc import Generator
from typing import Any

import pytest
from browsing import heard
from housed import BIRD, Housed, housed

MANY = 100_000
MOST = 60_000
"""Bytes of a page, at most, however much there is."""

ID = (
    "replace(replace(replace(replace(printf('%012d', n), '0', 'a'), '1', 'b'), '8', 'c'), '9', 'd')"
)
"""The letters of the id of the `n`th."""

RUNS = f"""
WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :many)
INSERT INTO runs (id, person_id, after, lane, needs, kind, model, score, score_hash, own_priority, state, attempt,
    deaths, epoch, progress_done, progress_total, measured_seconds, asked, began, ended, stood)
SELECT 'r_' || {ID}, :who, '[]', 'interactive', '{{}}', 'making', 'echo', :score, :hash, 0, 'completed', 1, 0,
    1, 12, 12, 0.5, :now + n, :now + n, :now + n, :now + n FROM counted
"""
WORKS = f"""
WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :many)
INSERT INTO works (id, person_id, run_id, media, width, height, fps, frames, seconds, visibility, kept, shown)
SELECT 'w_' || {ID}, :who, 'r_' || {ID}, :media, 64, 64, 12, 12, 1, 'everybody', :now + n, :now + n FROM counted
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Generator[Housed]:
    """A studio whose archive has them; they share one film."""
    with housed(tmp_path_factory.mktemp("large") / "home") as made:
        ana = made.add("ana")
        first = made.make("ana", to="everybody")

        def step(conn: Any) -> None:
            media = conn.exec_driver_sql(
                "SELECT media FROM works WHERE id = ?", (first,)
            ).scalar_one()
            now = made.studio.clock.now()
            values = {"many": MANY, "who": ana, "now": now, "media": media}
            score = {"score": BIRD.canonical().decode(), "hash": BIRD.hash}
            conn.connection.execute(RUNS, values | score)
            conn.connection.execute(WORKS, values)

        made.studio.commit(step)
        yield made


def test_a_gallery_of_a_hundred_thousand_works(house: Housed, browser: Any) -> None:
    page = heard(house.come(browser, "203.0.113.30").new_page(), said := [])
    seen = set[str]()
    answer = page.goto(house.base + "/films")
    assert "More than 10,000 films" in page.inner_text("h1")
    for _page in range(3):
        assert len(answer.body()) < MOST
        found = page.eval_on_selector_all("a[data-film]", "all => all.map((one) => one.href)")
        assert len(found) == 24 and not seen & set(found)
        seen |= set(found)
        with page.expect_navigation() as leads:
            page.get_by_role("link", name="older films").click()
        answer = leads.value
    with house.studio.archive.read() as conn:
        oldest = "SELECT shown || '.' || id FROM works ORDER BY shown, id LIMIT 1 OFFSET 10"
        spot = conn.exec_driver_sql(oldest).scalar_one()
    page.goto(f"{house.base}/films?before={spot}")
    assert page.locator("a[data-film]").count() == 10
    assert page.get_by_role("link", name="older films").count() == 0
    assert not said
    page.context.close()


def test_every_other_list_of_them_is_bounded(house: Housed, browser: Any) -> None:
    context = house.come(browser, "203.0.113.31", "ana")
    who = house.persons["ana"]
    for path in (
        "/",
        "/works",
        "/works?q=slow+bird",
        "/works?q=nothing+of+that",
        f"/people/{who}",
        "/films?model=ink",
        "/films.atom",
        f"/people/{who}/films.atom",
        "/films?as=json",
        "/works?as=json",
        "/v1/videos?limit=100",
        "/metrics",
    ):
        answer = context.request.get(house.base + path)
        assert answer.status == (403 if path == "/metrics" else 200), path
        assert len(answer.body()) < MOST, (path, len(answer.body()))
    page = context.new_page()
    page.goto(house.base + "/works")
    assert re.search("older works", page.inner_text("main"))
    context.close()
