"""Pictures on pages: asked for by a form without script, one or four to pick from, shown whole, gone on from."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uncaged.archive import files, runs, works
from uncaged.core.pictures import as_png
from uncaged.engines.asking import Request
from uncaged.studio import adding, comparing
from uncaged.web.site import export
from uncaged.web.v1 import passing

FORM = {
    "prompt": "a red fox",
    "model": "ink",
    "seconds": "6",
    "size": "64x64",
    "seed": "5",
    "fps": "24",
}
PNG = as_png(np.full((64, 64, 3), 90, np.uint8))
HERE = {"model": "ink", "genome": 1, "genes": {"s1.size": 1.0}, "seeds": {}}


def press(house: Any, client: Any, **typed: str) -> dict[str, Any]:
    """What a form becomes, as its page tells a program."""
    answer = client.post("/works", data=FORM | typed, headers=house.origin)
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["Location"] + "?as=json").json()


def make(house: Any, run_id: str, model: str = "ink") -> str:
    """What a steward would do with it; the work."""
    now, studio = house.studio.clock.now(), house.studio
    sha = studio.files.keep(PNG)
    kept = runs.Kept(
        media_sha=sha, bytes=len(PNG), mime="image/png", width=64, height=64, fps=24.0, frames=1,
        seconds=0.0, position={**HERE, "model": model}, recipe={"engine": "test"},
        understood={"words": [], "sentence": "A fox."}, measured_seconds=0.1,
    )  # fmt: skip

    def step(conn: Any) -> str:
        epoch = runs.raise_epoch(conn)
        assert runs.claim(conn, run_id, epoch, now)
        files.note(conn, studio.files, sha, "image/png", now, PNG)
        assert runs.complete(conn, studio.files, run_id, 1, kept, now)
        return str(runs.get(conn, run_id).work_id)

    return studio.commit(step)


def test_a_form_asks_for_a_picture_whatever_its_length_said(house: Any) -> None:
    owner = house.come("owner")
    page = owner.get("/").text
    assert re.findall(r'<option value="(film|picture|four)"', page) == ["film", "picture", "four"]
    made = press(house, owner, what="picture")
    assert made["picture"] and made["score"]["shots"][0]["seconds"] == 0
    assert "nothing on the picture yet" in owner.get(f"/works/{made['id']}").text
    again = owner.get(f"/?from={made['id']}").text
    assert '<option value="picture" selected>' in again
    film = press(house, owner, what="film")
    assert not film["picture"] and film["seconds"] == 6


def test_a_program_asks_for_a_picture_by_its_length(house: Any) -> None:
    owner = house.come("owner")
    body = {"prompt": "a red fox", "seconds": 0, "size": [64, 64]}
    assert owner.post("/works", json=body, headers=house.origin).json()["picture"]
    refused = owner.post("/works", json=body | {"seconds": -1}, headers=house.origin)
    assert refused.status_code == 400 and "-1 seconds" in refused.json()["error"]["message"]


def test_four_lie_two_by_two_and_one_is_picked(house: Any) -> None:
    owner = house.come("owner")
    group = press(house, owner, what="four", once="abc")
    assert group["count"] == 4 and group["kind"] == "grid" and group["pictures"]
    assert [part["seed"] for part in group["parts"]] == [5, 6, 7, 8]
    assert press(house, owner, what="four", once="abc")["id"] == group["id"]
    assert press(house, owner, what="four", count="3", once="b")["count"] == 3
    made = [make(house, part["run"]) for part in group["parts"]]
    page = owner.get(f"/groups/{group['id']}").text
    assert 'class="reel sheet-of four"' in page and page.count('class="still"') == 4
    assert "<video" not in page and "data-film" not in page and 'class="sheet"' not in page
    assert page.count('value="vary"') == page.count('value="farther"') == 4
    varied = owner.post(
        "/grow",
        data={"press": made[2], "kind": "vary", "children": "4", "seed": "1"},
        headers=house.origin,
    )
    children = owner.get(varied.headers["Location"] + "?as=json").json()
    assert children["count"] == 4 and children["pictures"]
    film = owner.post("/grow", data={"press": made[2], "kind": "films"}, headers=house.origin)
    (only,) = owner.get(film.headers["Location"] + "?as=json").json()["parts"]
    assert only["seconds"] == 6


def test_from_farther_away_by_form_and_by_json(house: Any) -> None:
    owner = house.come("owner")
    work = make(house, press(house, owner, what="picture")["run"]["id"])
    pressed = owner.post("/grow", data={"press": work, "kind": "farther"}, headers=house.origin)
    (part,) = owner.get(pressed.headers["Location"] + "?as=json").json()["parts"]
    score = owner.get(f"/works/{part['work']}?as=json").json()["score"]
    assert score["position"]["genes"]["s1.size"] == 0.5 and score["parents"] == [work]
    body = {"parents": [work], "kind": "farther", "factor": 4}
    asked = owner.post("/grow", json=body, headers=house.origin)
    assert asked.status_code == 202 and asked.json()["count"] == 1
    for wrong in (1, 0, -3):
        refused = owner.post("/grow", json=body | {"factor": wrong}, headers=house.origin)
        assert refused.status_code == 400 and "more than 1" in refused.text


def test_its_page_shows_the_picture_itself(house: Any) -> None:
    owner = house.come("owner")
    work = make(house, press(house, owner, what="picture")["run"]["id"])
    page = owner.get(f"/works/{work}").text
    assert f'<img class="whole" src="/works/{work}/film"' in page and "<video" not in page
    assert f'download="{work}.png"' in page and "strip" not in page.partition("take away")[2]
    assert "0 to 0 s" not in page and "a second</span>" not in page
    film = owner.get(f"/works/{work}/film")
    assert film.content == PNG and film.headers["Content-Type"] == "image/png"
    assert f"{work}.png" in film.headers["Content-Disposition"]
    still = owner.get(f"/works/{work}/still")
    with Image.open(BytesIO(still.content)) as seen:
        assert seen.size == (64, 64)
    me = house.studio.person
    house.studio.commit(lambda c: works.show(c, me, work, "everybody", 5))
    wall = house.come("nobody's").get("/films").text
    assert 'class="whole"' in wall and "<span>picture</span>" in wall and "Eight frames" not in wall
    assert 'type="image/png"' in owner.get("/films.atom").text
    listed = owner.get("/works").text
    assert "<span>picture</span>" in listed and "data-film" not in listed


def test_a_film_begins_with_it(house: Any) -> None:
    owner = house.come("owner")
    work = make(house, press(house, owner, what="picture")["run"]["id"])
    page = owner.get(f"/?begin={work}").text
    assert f'name="begin" value="{work}"' in page and f'src="/works/{work}/still"' in page
    film = press(house, owner, begin=work)
    assert film["parents"] == [work] and not film["picture"]
    assert len(film["score"]["shots"][0]["pictures"]) == 1
    body = {"prompt": "it moves", "begin": work, "size": [64, 64]}
    asked = owner.post("/works", json=body, headers=house.origin)
    assert asked.status_code == 202 and asked.json()["parents"] == [work]
    other = house.come("guest").post("/works", json=body, headers=house.origin)
    assert other.status_code == 404  # it is nobody else's to see
    assert house.come("guest").get(f"/?begin={work}").status_code == 404
    both = {"picture": ("a.png", PNG, "image/png")}
    refused = owner.post("/works", data=FORM | {"begin": work}, files=both, headers=house.origin)
    assert refused.status_code == 400 and "one picture" in refused.text
    seedling = owner.post("/works", json=body | {"model": "seedling"}, headers=house.origin)
    assert seedling.status_code == 400


@pytest.mark.parametrize("path", ["/", "/works"])
def test_a_guest_may_make_pictures(house: Any, path: str) -> None:
    guest = house.come("guest")
    assert press(house, guest, what="picture")["picture"]
    assert guest.get(path).status_code == 200


def test_generations_of_pictures_do_not_move(house: Any) -> None:
    owner = house.come("owner")
    work = make(house, press(house, owner, what="picture")["run"]["id"])
    body = {"parents": [work], "kind": "breed", "children": 2}
    group = owner.post("/grow", json=body, headers=house.origin).json()
    made = [make(house, part["run"]) for part in group["parts"]]
    page = owner.get(f"/groups/{group['id']}").text
    assert "data-film" not in page and all(f"/works/{one}/still" in page for one in made)


def test_a_static_site_has_pictures_too(house: Any, tmp_path: Path) -> None:
    owner = house.come("owner")
    work = make(house, press(house, owner, what="picture")["run"]["id"])
    me = house.studio.person
    house.studio.commit(lambda c: works.show(c, me, work, "everybody", 5))
    export.write(house.studio, tmp_path / "site")
    assert (tmp_path / "site" / "films" / f"{work}.png").read_bytes() == PNG
    page = (tmp_path / "site" / "films" / f"{work}.html").read_text("utf-8")
    assert f'<img class="whole" src="{work}.png"' in page and "<video" not in page
    assert "0 to 0 s" not in page and "Eight frames" not in page
    index = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert f'src="films/{work}-still.jpg"' in index and "<span>picture</span>" in index


def test_an_image_at_an_address_is_gone_when_its_hour_is_over_or_the_house_hides_it(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, anybody = house.come("owner"), house.come("nobody's")
    work = make(house, press(house, owner, what="picture")["run"]["id"])
    at = f"/v1/images/{passing.name(house.studio, work)}"
    assert anybody.get(at).content == PNG
    assert anybody.get(at.replace(work, "w_" + "a" * 12)).status_code == 404
    house.studio.commit(lambda c: works.hide(c, work, 5, None, 1))
    assert anybody.get(at).status_code in (403, 404)
    house.studio.commit(lambda c: works.give_again(c, work, 6, None, 1))
    monkeypatch.setattr(passing, "HOUR", -1)
    late = f"/v1/images/{passing.name(house.studio, work)}"
    assert anybody.get(late).status_code == 404


def test_models_are_compared_by_pictures(house: Any) -> None:
    asked = comparing.ask(
        house.studio, Request("a red fox", 0, (256, 256), seed=1), ["ink", "seedling"]
    )
    group = asked[0]
    for run in group.runs:
        make(house, run, "ink")
    page = house.come("owner").get(f"/groups/{group.id}").text
    assert page.count("picture, 256x256") == 2 and "0 s, 256" not in page


def test_the_model_that_made_it_or_was_used_last_begins_with_it(house: Any, cogvideox: Any) -> None:
    adding.add(house.studio, adding.offered(cogvideox.model), "cog")  # takes no pictures
    owner = house.come("owner", **house.origin)
    still: dict[str, Any] = {"seconds": 0, "size": (64, 64)}

    def begins(work: str, more: str = "") -> tuple[str, str]:
        typed = owner.get(f"/?begin={work}{more}&as=json").json()["typed"]
        return typed["model"], typed["size"]

    work = make(house, house.studio.ask("a bird", model="echo", **still).run_id)
    assert begins(work) == ("echo", "64x64")
    assert begins(work, "&model=seedling") == ("seedling", "256x256")
    owner.post("/works", json={"prompt": "a", "model": "ink"})
    assert begins(work)[0] == "echo"  # its own, whatever was used since
    owner.post("/works", json={"prompt": "a", "model": "echo"})
    made = make(house, house.studio.ask("a bird", model="cog", **still).run_id)
    assert begins(made)[0] == "echo"  # cog takes none, and that was used last
    owner.post("/works", json={"prompt": "b", "model": "ink"})
    assert begins(made)[0] == "ink"
