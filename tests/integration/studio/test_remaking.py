"""Works made of works, through every door: drawn anew from their frames, gone on with, refused where that cannot be."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from performing_here import InProcess
from starlette.testclient import TestClient

from uncaged.archive import files, works
from uncaged.cli.main import run
from uncaged.core.errors import AskedWrong, Impossible, NotFound
from uncaged.core.genome import Genome
from uncaged.core.media import read_film, small_png
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.engines.diffusion.wan import twin
from uncaged.engines.sources import Source
from uncaged.studio import adding, growing, making, remaking
from uncaged.studio.seeing import see_through
from uncaged.studio.studio import Studio, open_studio
from uncaged.studio.work import Work
from uncaged.web.app import create_app

NAME, TINY = "wan", {"size": (64, 64), "seconds": 0.5, "fps": 8, "seed": 7}
QUICK = {"steps": 2, "guidance": 1.0}
HOST = "studio.test:8484"
JSON = {"Accept": "application/json", "Origin": f"http://{HOST}"}


@pytest.fixture(scope="module")
def hand() -> InProcess:
    return InProcess()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wan")
    twin(folder, 3)
    return folder


@pytest.fixture
def studio(tmp_path: Path, folder: Path) -> Iterator[Studio]:
    """A studio with a tiny Wan on its shelf."""
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False)) as opened:
        adding.add(opened, adding.offered(folder), "mine")
        yield opened


@pytest.fixture
def make(studio: Studio, hand: InProcess) -> Callable[..., Work]:
    """Makes a work; of: `Source`, where it is made of another."""

    def made(text: str, model: str | None = "mine", of: Source | None = None, **given: Any) -> Work:
        options = (QUICK if model != "ink" else {}) | given.pop("options", {})
        given = given if of is not None else {**TINY, **given}
        request = Request(text, options=options, **given)
        if of is not None:
            request, model = remaking.asked_of(studio, of, request, model)
        return see_through(studio, making.ask(studio, request, model or "ink"), performer=hand)

    return made


def frames(work: Work) -> Any:
    return np.stack(list(read_film(work.path))).astype(int)


def test_a_work_with_other_words_begins_from_its_film(
    studio: Studio, make: Callable[..., Work]
) -> None:
    first = make("a red bird")
    near = make("a blue cat", None, Source("remixes", first.id), options={"strength": 0.01})
    score = near.score
    assert score.film == first.row.media and score.parents == (first.id,)
    assert (score.seed, score.size, score.fps, score.seconds) == (7, (64, 64), 8, 0.5)
    assert score.origin == "a red bird" and score.model == first.score.model
    source = Source("remixes", first.id)
    same = make("a blue cat", None, source, options={"strength": 0.01}, seed=8)
    far = [make("a cat", None, source, options={"strength": 1.0}, seed=seed) for seed in (7, 8)]
    pairs = ((near, same), far)
    one, other = (np.abs(frames(a) - frames(b)).mean() for a, b in pairs)
    assert one < 2 < other, "it begins from the film, whatever the noise"
    again = make("a dog", None, Source("remixes", near.id))
    assert again.score.options["strength"] == 0.01 and again.score.origin == "a red bird"


def test_a_work_goes_on_and_on(studio: Studio, make: Callable[..., Work]) -> None:
    first = make("a red bird")
    more = make("it sleeps", None, Source("extends", first.id), seconds=0.5)
    assert more.score.film == first.row.media and more.score.parents_as == "extends"
    assert len(more.score.shots) == 2 and more.score.frame_count == 8
    kept, whole = frames(first), frames(more)
    assert len(whole) == 8 and np.abs(whole[:4] - kept).mean() < 3, "but for what a film file loses"
    third = make("it snows", None, Source("extends", more.id), seconds=0.25)
    assert len(frames(third)) == 10 and np.abs(frames(third)[:8] - whole).mean() < 3
    with studio.archive.read() as conn:
        edge = conn.exec_driver_sql(
            "SELECT relation FROM edges WHERE source = ? AND target = ?", (more.id, first.id)
        ).scalar_one()
    assert edge == "extends"


def test_a_film_of_another_model_is_drawn_anew_and_gone_on_with(make: Callable[..., Work]) -> None:
    inked = make("a red fox in the hills", "ink", seconds=0.5)
    anew = make("a blue fox", "mine", Source("remixes", inked.id), options={"strength": 0.1})
    assert anew.score.model.name == "mine" and anew.score.film == inked.row.media
    assert "line" not in anew.score.options, "options are of a model"
    more = make("it snows", "mine", Source("extends", inked.id), seconds=0.5)
    assert np.abs(frames(more)[:4] - frames(inked)).mean() < 3
    with pytest.raises(Impossible, match="draws no film of mine anew"):
        make("a fox", "ink", Source("remixes", anew.id))


def test_what_cannot_be_is_refused(studio: Studio, make: Callable[..., Work]) -> None:
    first = make("a red bird")
    with pytest.raises(AskedWrong, match="by how many seconds"):
        make("it sleeps", None, Source("extends", first.id))
    with pytest.raises(AskedWrong, match="in its own size"):
        make("it sleeps", None, Source("extends", first.id), seconds=1.0, size=(128, 64))
    with pytest.raises(NotFound):
        make("it sleeps", None, Source("remixes", "w_" + "a" * 12))
    with pytest.raises(AskedWrong, match="not yours to see"):
        make("a bird", film="0" * 64)
    waits = making.ask(studio, Request("later", **TINY), "mine").run
    assert waits is not None and waits.work_id is not None
    with pytest.raises(AskedWrong, match="is not made yet"):
        make("a bird", None, Source("remixes", waits.work_id))


def test_nobody_makes_anything_of_a_film_they_may_not_see(
    studio: Studio, make: Callable[..., Work]
) -> None:
    first = make("a red bird")
    other = replace(studio, person="p_" + "b" * 12)
    with pytest.raises(NotFound):
        remaking.asked_of(other, Source("remixes", first.id), Request("a cat"))
    with pytest.raises(AskedWrong, match="not yours to see"):
        making.prepare(other, Request("a cat", film=first.row.media, **TINY), "mine")


def test_what_was_made_of_a_film_stays_whole_when_that_is_deleted(
    studio: Studio, make: Callable[..., Work]
) -> None:
    first = make("a red bird")
    child = make("a blue cat", None, Source("remixes", first.id))
    film = first.row.media
    assert film is not None
    studio.delete(first)
    assert studio.files.path(film).is_file(), "its child names it"
    with studio.archive.read() as conn:
        assert works.of_media(conn, studio.person, film) is None and files.get(conn, film)
    with pytest.raises(NotFound):
        make("a dog", None, Source("remixes", first.id))
    studio.delete(child)
    assert not studio.files.path(film).exists()


def test_a_position_holds_the_words_and_the_film_and_can_be_stood_at_again(
    studio: Studio, make: Callable[..., Work]
) -> None:
    first = make("a red bird", negative="a cat")
    anew = make("a blue cat", None, Source("remixes", first.id), options={"strength": 0.5})
    assert first.position is not None and anew.position is not None
    assert (first.position.given.text, first.position.given.film) == ("a red bird", None)
    assert first.position.given.negative == "a cat"
    assert (anew.position.given.text, anew.position.given.film) == ("a blue cat", first.row.media)
    for work in (first, anew):
        strength = work.score.options["strength"]
        again = make("", position=work.position.to_json(), options={"strength": strength}, seed=9)
        assert again.score.text == work.score.text and again.score.film == work.score.film
        assert (frames(again) == frames(work)).all()
    other = make("a dog", position=anew.position.to_json())
    assert other.score.text == "a dog" and other.score.film == first.row.media
    longer = make("it sleeps", None, Source("extends", anew.id), seconds=0.5)
    assert longer.position is not None and longer.position.given.film is None
    stranger = replace(studio, person="p_" + "b" * 12)
    with pytest.raises(AskedWrong, match="not yours to see"):
        making.prepare(stranger, Request("", position=anew.position.to_json()), "mine")


def test_children_are_told_what_their_parents_were(
    studio: Studio, make: Callable[..., Work]
) -> None:
    first = make("a red bird")
    anew = make("a blue cat", None, Source("remixes", first.id), options={"strength": 0.3})
    parents = growing.parents_of(studio, [first.id, anew.id])

    def asked(kind: str, who: Any, **crossing: str) -> list[Request]:
        how = growing.Growing(kind, 0.3, 5, 6, crossing, {})
        return growing.requests(studio, who, how)[1]

    parts = growing.prepared(studio, parents[1:], growing.Growing("vary", 0.3, 5, 2, {}, {}))
    for part in parts:
        assert part.score is not None and part.score.text == "a blue cat"
        assert part.score.film == first.row.media and part.score.options["strength"] == 0.3
    crossed = [Genome.from_json(one.position).given.text for one in asked("breed", parents)]
    assert set(crossed) == {"a red bird", "a blue cat"}, "from one or the other"
    chosen = asked("breed", parents, words="2")
    assert {Genome.from_json(one.position).given.text for one in chosen} == {"a blue cat"}
    with pytest.raises(AskedWrong, match="by its SHA-256"):
        Genome.from_json({"model": "mine", "genome": 1, "given": {"film": "x"}})


def test_of_a_film_that_the_house_hides_nothing_is_made(
    studio: Studio, make: Callable[..., Work]
) -> None:
    first = make("a red bird")
    child = make("a blue cat", None, Source("remixes", first.id))
    assert child.position is not None
    studio.commit(lambda conn: works.write(conn, first.id, hidden=5))
    with pytest.raises(AskedWrong, match=f"{first.id} is hidden by the house"):
        making.ask(studio, Request("", position=child.position.to_json(), **TINY), "mine")


def test_from_python(
    studio: Studio,
    make: Callable[..., Work],
    hand: InProcess,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    first = make("a red bird", "ink")
    seen = "uncaged.studio.seeing.see_through"
    monkeypatch.setattr(seen, lambda *given, **more: see_through(*given[:2], performer=hand))
    anew = studio.remix(first.id, "a cat", model="mine", options=QUICK | {"strength": 0.5}, seed=3)
    assert (anew.score.film, anew.score.seed) == (first.row.media, 3)
    longer = studio.extend(anew.id[:8], "it sleeps", 0.25)
    assert longer.score.film == anew.row.media and longer.score.seconds == 0.75
    with pytest.raises(AskedWrong, match="There is no `second`"):
        studio.remix(first.id, "a cat", second=1)
    (tmp_path / "a.png").write_bytes(small_png(np.zeros((8, 8, 3), np.uint8)))
    lent = studio.remix(first.id, "a cat", pictures=[tmp_path / "a.png"])
    assert len(lent.score.pictures) == 1 and lent.score.film is None, "ink reads the words"


def test_by_command(
    studio: Studio, make: Callable[..., Work], monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    first = make("a red bird")
    monkeypatch.setenv("UNCAGED_HOME", str(studio.settings.home))

    def said(*words: str) -> tuple[int, str]:
        code = run(["make", *words, "--no-wait"])
        out, err = capfd.readouterr()
        return code, out + err

    code, told = said("a cat", "--remix", first.id, "--option", "strength=0.2", "--json")
    assert code == 0
    with studio.archive.read() as conn:
        score = works.get(
            conn, studio.person, json.loads(told.partition("]")[0] + "]")[0]["id"]
        ).score
    assert score is not None and score.film == first.row.media
    assert score.options["strength"] == 0.2 and score.model.name == "mine"
    assert said("it sleeps", "--extend", first.id[:9], "--seconds", "1")[0] == 0
    assert said("it sleeps", "--extend", first.id)[0] == 2
    code, told = said("a", "--extend", first.id, "--remix", first.id)
    assert code == 2 and "not both" in told


def test_a_film_between_two_pictures_at_every_door(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("wan-pictures")
    twin(folder, 3, "WanImageToVideoPipeline")
    pngs = [small_png(np.full((64, 64, 3), shade, np.uint8)) for shade in (20, 230)]
    paths = [tmp_path / "first.png", tmp_path / "last.png"]
    for path, png in zip(paths, pngs, strict=True):
        path.write_bytes(png)
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False)) as studio:
        adding.add(studio, adding.offered(folder), "mine")
        made = [
            see_through(
                studio,
                making.ask(studio, Request("a bird", options=QUICK, **TINY), "mine", given),
                performer=alone,
            )
            for alone in (InProcess(),)
            for given in (paths, paths[:1], [paths[0], paths[0]])
        ]
        assert [one.at for one in made[0].score.pictures] == [0, 1]
        assert (frames(made[0]) != frames(made[1])).any()
        assert (frames(made[0]) != frames(made[2])).any(), "the last picture counts"
        shas = [one.sha256 for one in made[0].score.pictures]
        app = create_app(studio, hosts=frozenset({HOST}), local=True)
        client = TestClient(app, f"http://{HOST}", client=("127.0.0.1", 5), follow_redirects=False)
        assert 'name="last_picture"' in client.get("/").text
        said = {"prompt": "a bird", "model": "mine", "seconds": "0.5", "size": "64x64"}
        both = {"picture": ("a.png", pngs[0]), "last_picture": ("b.png", pngs[1])}
        page = client.post("/works", data=said, files=both, headers=JSON).json()
        alone = client.post(
            "/works", data=said, files={"last_picture": ("b.png", pngs[1])}, headers=JSON
        )
        assert alone.status_code == 400 and "one to begin with" in alone.json()["error"]["message"]
        client.headers["Authorization"] = "Bearer none"
        both = {"input_reference": ("a.png", pngs[0]), "last_reference": ("b.png", pngs[1])}
        wire = client.post("/v1/videos", data=said, files=both).json()
        for name in (page["id"], wire["id"]):
            with studio.archive.read() as conn:
                score = works.get(conn, studio.person, name).score
            assert score is not None
            assert [(one.sha256, one.at) for one in score.pictures] == [(shas[0], 0), (shas[1], 1)]
        alone = client.post("/v1/videos", data=said, files={"last_reference": ("b.png", pngs[1])})
        assert alone.status_code == 400 and alone.json()["error"]["param"] == "input_reference"
        far = {"last_reference": {"image_url": "https://a.b/c"}}
        no = client.post("/v1/videos", json=said | far)
        assert no.status_code == 400 and no.json()["error"]["param"] == "last_reference"
        many = client.post("/v1/videos", data=said | {"model": "echo"}, files=both)
        assert many.status_code == 400 and "takes 1 picture" in many.json()["error"]["message"]


def test_on_the_page_and_through_v1(studio: Studio, make: Callable[..., Work]) -> None:
    first = make("a red bird")
    app = create_app(studio, hosts=frozenset({HOST}), local=True)
    client = TestClient(app, f"http://{HOST}", client=("127.0.0.1", 5), follow_redirects=False)
    page = client.get(f"/works/{first.id}").text
    assert f"/?remix={first.id}" in page and f"/?extend={first.id}" in page
    for way in ("remix", "extend"):
        form = client.get(f"/?{way}={first.id}").text
        assert f'name="{way}" value="{first.id}"' in form and ">mine<" in form.replace(
            " selected", ""
        )
    assert "draws a film anew" in client.get("/models").text

    asked = {"prompt": "a cat", "remix": first.id, "options": {"strength": 0.3}}
    made = client.post("/works", json=asked, headers=JSON)
    assert made.status_code == 202 and made.json()["score"]["film"] == first.row.media
    form = {"prompt": "it sleeps", "model": "mine", "extend": first.id, "seconds": "1"}
    done = client.post("/works", data=form | {"size": "64x64", "fps": "8"}, headers=JSON)
    assert done.status_code == 202 and len(done.json()["shots"]) == 2
    no = client.post("/works", data=form | {"size": "128x64"}, headers=JSON)
    assert no.status_code == 400 and "own size" in no.json()["error"]["message"]

    client.headers["Authorization"] = "Bearer none"
    can = {one["id"]: one for one in client.get("/v1/models").json()["data"]}
    assert can["mine"]["films"] == ["remixes", "extends"] and can["ink"]["films"] == []
    anew = client.post(
        f"/v1/videos/{first.id}/remix", json={"prompt": "a dog", "dials": {"strength": 0.5}}
    ).json()
    longer = client.post(
        "/v1/videos/extensions",
        json={"prompt": "it snows", "seconds": "1", "video": {"id": first.id}},
    ).json()
    assert anew["remixed_from_video_id"] == first.id == longer["extended_from_video_id"]
    assert anew["dials"]["strength"] == 0.5 and longer["seconds"] == "1.5"
    with studio.archive.read() as conn:
        scores = [works.get(conn, studio.person, one["id"]).score for one in (anew, longer)]
    assert all(score is not None and score.film == first.row.media for score in scores)
    wrong = client.post("/v1/videos/extensions", json={"prompt": "a", "video": {"id": first.id}})
    assert wrong.status_code == 400 and wrong.json()["error"]["param"] == "seconds"
