"""Pages to read: models, what a file is, programs, the house's own, the source; and how films are described."""

import hashlib
import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uncaged.archive import works
from uncaged.core.media import write_film
from uncaged.engines.registry import engines
from uncaged.studio import previews
from uncaged.web import checkout

JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real film of two seconds."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    write_film((np.full((48, 64, 3), 20 * n, np.uint8) for n in range(12)), path, 6.0)
    return path.read_bytes()


def seen(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", page))


# Where one is


def test_every_page_leads_to_every_room(shared: Any) -> None:
    for path in ("/", "/line", "/models", "/verify", "/api", "/about", "/source", "/nowhere"):
        page = shared.come("guest").get(path).text
        for room in ("/", "/films", "/line", "/models", "/verify", "/api", "/house", "/about"):
            assert f'href="{room}"' in page, (path, room)
        assert page.count('aria-current="page"') == (
            path in ("/", "/line", "/models", "/verify", "/api")
        )
        assert '<main id="main">' in page and "<footer" in page and "<header" in page


def test_the_mast_says_how_many_wait_and_where_one_is(house: Any) -> None:
    guest = house.come("guest")
    assert ">line<" in guest.get("/models").text
    house.ask("member")
    now, me = house.studio.clock.now(), house.studio.person
    house.studio.commit(
        lambda c: c.exec_driver_sql(
            "INSERT INTO house_pages (name, text, since, who) VALUES ('name', 'north <quay>', ?, ?)",
            (now, me),
        )
    )
    house.app.state.web.mast._read = float("-inf")
    page = guest.get("/models").text
    assert ">line\u00a01<" in page and "uncaged at north &lt;quay&gt;</title>" in page


def test_what_is_about_nobody_may_be_found_and_nothing_else(house: Any) -> None:
    guest, private, shown = house.come("guest"), house.make("guest"), house.make("member")
    house.studio.commit(
        lambda c: works.show(c, house.persons["member"], shown.work_id, "everybody", 1)
    )
    for path, found in {
        "/": True,
        "/about": True,
        "/models": True,
        "/api": True,
        f"/works/{shown.work_id}": True,
        f"/works/{private.work_id}": False,
        "/line": False,
        "/verify": False,
        "/enter": False,
        "/nothing": False,
    }.items():
        assert ('content="noindex"' not in guest.get(path).text) is found, path


# How films are described


def test_a_film_is_described_by_its_words_what_was_understood_and_its_length(house: Any) -> None:
    house.make("owner", 'a "slow" <bird>')
    house.make("owner", "", understood={"words": [], "sentence": "Drawn: two hills."})
    owner = house.come("owner")
    page = owner.get("/").text
    said = [html.unescape(a) for a in re.findall(r'class="still"[^>]* alt="([^"]*)"', page)]
    assert 'a "slow" <bird> (A bird, slowly.), one second' in said
    assert "Drawn: two hills., one second" in said
    work = owner.get("/?as=json").json()["works"][0]
    assert work["understood"] == "Drawn: two hills."
    one = owner.get(f"/works/{work['id']}").text
    assert 'alt="Eight frames: Drawn: two hills., one second"' in one


def test_every_film_at_rest_says_what_would_play(house: Any) -> None:
    work = house.make("owner").work_id
    assert f'data-film="/works/{work}/film"' in house.come("owner").get("/").text
    assert "autoplay" not in house.come("owner").get(f"/works/{work}").text


# A work while it is made


def claimed(house: Any, who: str) -> Any:
    from uncaged.archive import runs

    run, now = house.ask(who), house.studio.clock.now()

    def step(conn: Any) -> None:
        assert runs.claim(conn, run.id, runs.raise_epoch(conn), now)
        assert runs.progressed(conn, run.id, 1, 3, 12)

    house.studio.commit(step)
    return run


def test_a_preview_is_shown_while_it_is_made_and_to_its_person_alone(house: Any) -> None:
    from uncaged.core.media import small_png

    run = claimed(house, "guest")
    guest, at = house.come("guest"), f"/works/{run.work_id}"
    assert guest.get(f"{at}/preview").status_code == 404 and 'class="blank"' in guest.get(at).text
    png = small_png(np.zeros((64, 48, 3), np.uint8), 32)
    scratch = house.studio.settings.scratch / f"{run.id}-1"
    scratch.mkdir(parents=True)
    previews.lay(scratch, png)
    page = guest.get(at).text
    assert 'class="coarse"' in page and 'width="24" height="32"' in page
    assert "preview at step 3 of 12, 24 x 32 pixels" in seen(page)
    shown = guest.get(f"{at}/preview?step=3")
    assert (shown.content, shown.headers["Content-Type"]) == (png, "image/png")
    assert "no-store" in shown.headers["Cache-Control"]
    assert house.come("member").get(f"{at}/preview").status_code == 404
    (scratch / "preview.png").write_bytes(b"no picture")
    assert guest.get(f"{at}/preview").status_code == 404 and 'class="blank"' in guest.get(at).text


def test_whoever_asks_for_a_preview_when_it_is_just_made_gets_its_still(
    house: Any, film: bytes
) -> None:
    run = house.make("guest", "a red boat", film=film)
    at = f"/works/{run.work_id}"
    led = house.come("guest").get(f"{at}/preview?step=3", follow_redirects=False)
    assert (led.status_code, led.headers["Location"]) == (303, f"{at}/still")
    shown = house.come("guest").get(f"{at}/preview?step=3", follow_redirects=True)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert house.come("member").get(f"{at}/preview").status_code == 404


def test_a_score_shows_the_time_of_each_shot(house: Any) -> None:
    from uncaged.archive import runs
    from uncaged.core.ids import new_id
    from uncaged.core.score import ModelRef, Score, Shot

    shots = (Shot("a boat", 2.0), Shot("two <birds>", 1.5))
    score = Score(shots, ModelRef("echo"), (64, 36), 12.0, 7)
    asked = runs.Asked(new_id("run"), new_id("work"), house.persons["owner"], score)
    run = house.studio.commit(lambda c: runs.ask(c, asked, house.studio.clock.now()))
    owner = house.come("owner")
    page = owner.get(f"/works/{run.work_id}").text
    assert "0 to 2 s" in page and "2 to 3.5 s" in page and "two &lt;birds&gt;" in page
    assert page.count('viewBox="0 0 64 36"') == 8  # the empty frames have the film's format
    record = owner.get(f"/works/{run.work_id}", headers=JSON).json()
    assert [(s["begins"], s["ends"]) for s in record["shots"]] == [(0, 2), (2, 3.5)]


# Models


def test_models_say_what_their_cards_say_and_only_what_was_measured(house: Any) -> None:
    page = house.come("guest").get("/models", headers=JSON).json()["models"]
    assert [one["name"] for one in page] == list(engines())
    for one in page:
        card = engines()[one["name"]].card
        assert (one["licence"], one["data"]) == (card.licence, card.training_data)
        assert one["measured"] is None
    assert "not measured here yet" in house.come("guest").get("/models").text
    house.make("member")
    house.app.state.web.pasts.clear()
    echo = {o["name"]: o for o in house.come("guest").get("/models", headers=JSON).json()["models"]}
    assert echo["echo"]["measured"]["runs"] == 1
    assert echo["echo"]["measured"]["seconds"] is None, "so small a film says too little"
    assert "too little known to say" in house.come("guest").get("/models").text


# What a file is


def verify(house: Any, who: str, data: bytes, name: str = "boat.mp4", **headers: str) -> Any:
    return house.come(who).post(
        "/verify", files={"file": (name, data)}, headers=house.origin | headers
    )


def test_a_film_made_here_is_known_to_whom_it_may_be(house: Any, film: bytes) -> None:
    run = house.make("member", "a red boat", film=film)
    for who, known in (("member", True), ("guest", False)):
        answer = verify(house, who, film, **JSON).json()["answer"]
        assert answer["sha256"] == hashlib.sha256(film).hexdigest()
        assert (answer["mime"], answer["bytes"]) == ("video/mp4", len(film))
        assert (answer["facts"]["width"], answer["facts"]["height"]) == (64, 48)
        assert answer["facts"]["seconds"] == pytest.approx(2.0, abs=0.2)
        assert (answer["known"] and answer["known"]["work"]) == (run.work_id if known else None)
    page = verify(house, "member", film)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert "this very file was made here" in page.text and run.work_id in page.text
    assert run.work_id not in verify(house, "guest", film).text


def test_nothing_of_a_file_is_kept(house: Any, film: bytes, tmp_path: Path) -> None:
    before = sorted(house.studio.settings.home.rglob("*"))
    verify(house, "guest", film)
    files = [p for p in house.studio.settings.home.rglob("*") if p.name[:7] != "archive"]
    assert sorted(files) == [p for p in before if p.name[:7] != "archive"]


def test_a_hash_alone_is_answered(house: Any, film: bytes) -> None:
    run, sha = house.make("member", film=film), hashlib.sha256(film).hexdigest()
    headers = house.origin | JSON
    found = house.come("member").post("/verify", json={"sha256": sha.upper()}, headers=headers)
    assert found.json()["answer"]["known"]["work"] == run.work_id
    assert found.json()["answer"]["bytes"] is None
    for wrong in ({"sha256": "abc"}, {"sha256": 7}, {}, [], "x"):
        answer = house.come("member").post("/verify", json=wrong, headers=headers)
        assert answer.status_code == 400 and answer.json()["error"]["hint"] is not None


@pytest.mark.parametrize(
    ("data", "name", "status", "said"),
    [
        (b"", "empty.mp4", 400, "empty"),
        (b"%PDF-1.7 a letter", "letter.mp4", 400, "neither a film nor a picture"),
        (b"<script>alert(1)</script>", "<b>x</b>\u202e.png", 400, "neither"),
        (b"\x00\x00\x00\x20ftypisom" + b"\x00" * 200, "broken.mp4", 200, "cannot be opened here"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 99, "../../etc/b.png", 200, "cannot be opened here"),
    ],
)
def test_what_is_no_film_is_refused_politely(
    shared: Any, data: bytes, name: str, status: int, said: str
) -> None:
    answer = verify(shared, "guest", data, name)
    assert answer.status_code == status and said in seen(answer.text)
    assert "<b>x</b>" not in answer.text and "etc/" not in answer.text
    assert "choose it, or drop it" in answer.text  # the form is there again


def test_nothing_at_all_is_answered_with_the_form(shared: Any) -> None:
    nothing = shared.come("guest").post("/verify", data={"file": ""}, headers=shared.origin)
    assert nothing.status_code == 400 and "No file was chosen." in nothing.text
    odd = shared.come("guest").post(
        "/verify", content=b"x", headers=shared.origin | {"Content-Type": "text/plain"}
    )
    assert odd.status_code == 415 and 'action="/verify"' in odd.text
    assert shared.come("guest").post("/verify", data={}).status_code == 403  # from nowhere


def test_a_picture_says_its_size(shared: Any) -> None:
    from uncaged.core.pictures import as_png

    png = as_png(np.zeros((30, 40, 3), np.uint8))
    facts = verify(shared, "guest", png, "a.png", **JSON).json()["answer"]["facts"]
    assert facts == {"width": 40, "height": 30, "frames": 1, "fps": None, "seconds": None}


# Programs, the house, the source


def test_programs_are_told_of_every_address_there_is(shared: Any) -> None:
    told = shared.come("guest").get("/api", headers=JSON).json()
    assert told["base_url"] == f"http://{shared.host}/v1"
    known = shared.come("owner").get("/v1/openapi.json").json()["paths"]
    said = {("/v1" + one["path"], one["method"].lower()) for one in told["addresses"]}
    assert {("/v1/videos", "post"), ("/v1/videos/{video_id}/content", "get")} <= said
    assert {path for path, _ in said} <= set(known) | {"/v1/openapi.json"}
    assert f'base_url="http://{shared.host}/v1"' in html.unescape(
        shared.come("guest").get("/api").text
    )


def test_the_house_says_who_sees_what(house: Any) -> None:
    page = house.come("guest").get("/about")
    assert "Whoever runs this machine can read everything on it." in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_source_page_leads_to_the_tarball(shared: Any) -> None:
    said = shared.come("guest").get("/source", headers=JSON).json()
    packed = shared.come("guest").get(said["tarball"])
    assert hashlib.sha256(packed.content).hexdigest() == said["sha256"]
    assert len(packed.content) == said["bytes"]


def test_a_checkout_tells_its_commit_and_what_was_changed(tmp_path: Path) -> None:
    package = tmp_path / "repository" / "src" / "uncaged"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("a = 1\n")
    (package / "gone.py").write_text("b = 2\n")
    assert checkout.look(package) == checkout.Checkout()  # no checkout

    def git(*asked: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *asked], cwd=package, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")
    clean = checkout.look(package)
    assert clean.commit and len(clean.commit) >= 40 and clean.changes == () and clean.diff == ""
    (package / "__init__.py").write_text("a = 3\n")
    (package / "gone.py").unlink()
    (package / "näw.py").write_text("c = 4\n")
    (tmp_path / "repository" / "letter.txt").write_text("private")
    found = checkout.look(package)
    assert sorted(state for _, state in found.changes) == ["changed", "gone", "new"]
    assert any(path.endswith("näw.py") for path, _ in found.changes)
    assert "+a = 3" in found.diff and "letter" not in found.diff + json.dumps(found.changes)


def test_the_first_page_shows_what_others_show(house: Any) -> None:
    run = house.make("member", "for everybody")
    house.studio.commit(
        lambda c: works.show(c, house.persons["member"], run.work_id, "everybody", 1)
    )
    for path in ("/", "/films"):
        page = house.come("guest").get(path)
        assert page.status_code == 200 and f'data-film="/works/{run.work_id}/film"' in page.text
        assert 'alt="Eight frames: for everybody (A bird, slowly.), one second"' in page.text
