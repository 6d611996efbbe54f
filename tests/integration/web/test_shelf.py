"""Models made elsewhere on the page: what is said of them and to whom, their licence, and taking one off."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from uncaged.archive import models, tables
from uncaged.engines.remote.dials import OF_DIALECT
from uncaged.engines.remote.place import Place
from uncaged.engines.seedling.engine import Seedling
from uncaged.studio import adding, remoting, shelf
from uncaged.studio.fits import Fit, fit

JSON = {"Accept": "application/json"}
SAID = {
    "terms": "Sheet <Licence>",
    "binds": "No printing of money.",
    "terms_text": "§ 1 Do not.",
    "terms_url": "https://sheet.example/1",
}


@pytest.fixture
def bound(house: Any, twin: Path) -> Path:
    """A model on the shelf whose licence binds."""
    (twin / "paper.json").write_text(json.dumps(SAID))
    adding.add(house.studio, adding.offered(twin))
    return twin


def card(client: Any, name: str = "my-paper") -> Any:
    found = client.get("/models", headers=JSON).json()["models"]
    return next((one for one in found if one["name"] == name), None)


def test_what_is_said_and_to_whom(house: Any, bound: Path) -> None:
    owner, guest = house.come("owner"), house.come("guest")
    held = card(owner)["held"]
    assert (held["files"], held["elsewhere"], held["missing"]) == (3, 3, 0)
    assert held["folders"] == [str(bound)] and held["terms"]["waits"]
    page, listed = owner.get("/models/my-paper").text, owner.get("/models").text
    assert str(bound) in page and "not copied" in page and "take it off the shelf" in page
    assert "by you, " in page
    for text in (page, listed):
        assert "Sheet &lt;Licence&gt;" in text and 'href="https://sheet.example/1"' in text
        assert "§ 1 Do not." in text and "No printing of money." in text
    assert str(bound) not in listed and "/models/remove" not in listed  # on its own page alone
    assert listed.count(">my-paper</a></h3>") == listed.count('id="my-paper"') == 1
    for client in (guest, house.come("member"), house.come("reader")):
        text = client.get("/models").text + client.get("/models/my-paper").text
        assert str(bound) not in text and "/models/remove" not in text and "I accept" in text
        assert card(client)["held"]["folders"] == []
    assert card(owner, "echo")["held"] is None
    made = guest.post("/works", json={"prompt": "hi", "model": "my-paper"}, headers=house.origin)
    assert str(bound) not in made.text


def test_the_marks_say_how_long_beside_the_longest(house: Any, monkeypatch: Any) -> None:
    times = {"echo": 960.0, "ink": 60_120.0, "seedling": None}

    def fitted(player: Any, past: Any) -> Fit:
        return replace(fit(player, past), takes=times.get(player.name), runs=1, rough=True)

    monkeypatch.setattr("uncaged.web.pages.models.fit", fitted)
    owner = house.come("owner")
    page = owner.get("/models").text
    rows = {name: page.partition(f'id="{name}"')[2].partition("</tr>")[0] for name in times}
    assert rows["ink"].count("■") == 12 and "16 h 42 min" in rows["ink"] and "→" not in page
    assert rows["echo"].count("■") == 1 and "16 min" in rows["echo"]
    assert rows["seedling"].count("■") == 0 and "too little known to say" in rows["seedling"]
    assert card(owner, "seedling")["measured"]["seconds"] is None
    assert "too little known to say" in owner.get("/models/seedling").text


def test_each_accepts_once_and_makes_then(house: Any, bound: Path) -> None:
    wanted = {"prompt": "hi", "model": "my-paper", "seconds": 0.5}
    for who in ("guest", "member", "owner"):
        client = house.come(who, **house.origin)
        no = client.post("/works", json=wanted, headers=JSON)
        assert no.status_code == 403 and "Sheet <Licence>" in no.json()["error"]["message"]
        assert "/models" in no.json()["error"]["hint"]
        v1 = client.post("/v1/videos", json=wanted | {"seconds": "1"})
        assert v1.status_code == 403 and v1.json()["error"]["code"] == "terms_not_accepted"
        form = client.post("/works", data=wanted, headers={"Accept": "text/html"})
        assert form.status_code == 403 and "Sheet &lt;Licence&gt;" in form.text
        done = client.post("/models/accept", data={"model": "my-paper"})
        assert done.status_code == 303 and done.headers["Location"] == "/models"
        assert client.post("/works", json=wanted, headers=JSON).status_code == 202
        assert "by you" in client.get("/models/my-paper").text
        assert "I accept" not in client.get("/models").text
        again = client.post("/models/accept", json={"model": "my-paper"}, headers=JSON)
        assert again.status_code == 200 and not card(client)["held"]["terms"]["waits"]
    assert card(house.come("other"))["held"]["terms"]["waits"]
    with house.studio.archive.read() as conn:
        rows = conn.exec_driver_sql("SELECT terms FROM acceptances").scalars().all()
    assert rows == ["Sheet <Licence>"] * 3


def test_who_accepts_nothing_becomes_nobody(house: Any, bound: Path) -> None:
    passer = house.come("passer", **house.origin)
    for said, status in (({}, 400), ({"model": "nobody"}, 404), ({"model": "ink"}, 400)):
        assert passer.post("/models/accept", json=said, headers=JSON).status_code == status
    with house.studio.archive.read() as conn:
        before = conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one()
    assert passer.post("/models/accept", data={"model": "my-paper"}).status_code == 303
    with house.studio.archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one() == before + 1


def test_the_owner_takes_it_off_and_nobody_else(house: Any, bound: Path) -> None:
    house.keeper("kim")
    for who in ("guest", "member", "kim"):
        client = house.come(who, **house.origin)
        no = client.post("/models/remove", json={"model": "my-paper"}, headers=JSON)
        assert no.status_code == 403, who
    owner = house.come("owner", **house.origin)
    assert owner.post("/models/remove", json={"model": "ink"}, headers=JSON).status_code == 400
    assert owner.post("/models/remove", json={}, headers=JSON).status_code == 400
    done = owner.post("/models/remove", data={"model": "my-paper"})
    assert done.status_code == 303 and card(owner) is None
    assert len([path for path in bound.rglob("*") if path.is_file()]) == 3
    assert owner.post("/models/remove", json={"model": "my-paper"}, headers=JSON).status_code == 404


def test_where_a_licence_can_be_read_is_a_link_or_said_to_be_unknown(
    house: Any, twin: Path
) -> None:
    (twin / "paper.json").write_text(json.dumps({"terms": "Sheet", "binds": "No money."}))
    adding.add(house.studio, adding.offered(twin))
    page = house.come("guest").get("/models").text
    assert "No address of it is known here" in page
    shelf.remove(house.studio, "my-paper")
    (twin / "LICENSE").write_text("§ 1 Not one note.")
    (twin / "README.md").write_text("---\nlicense_link: https://sheet.example/9\n---\n")
    adding.add(house.studio, adding.offered(twin))
    page = house.come("guest").get("/models").text
    assert "§ 1 Not one note." in page and 'href="https://sheet.example/9"' in page
    assert "No address of it is known here" not in page


def test_an_address_that_is_none_is_no_link(house: Any, twin: Path) -> None:
    (twin / "paper.json").write_text(json.dumps(SAID | {"terms_url": "javascript:alert(1)"}))
    adding.add(house.studio, adding.offered(twin))
    page = house.come("owner").get("/models").text
    assert "javascript" not in page and "Sheet &lt;Licence&gt;" in page


def test_what_is_missing_or_lacks_something_is_said(house: Any, twin: Path) -> None:
    (twin / "paper.json").rename(twin / "cardboard.json")
    model = adding.add(house.studio, adding.offered(twin), "box").model
    gone = {name: models.Elsewhere(place.bytes) for name, place in model.elsewhere.items()}
    house.studio.commit(lambda conn: models.lie(conn, model.id, gone))
    guest = house.come("guest")
    listed, page = guest.get("/models").text, guest.get("/models/box").text
    assert "3 files are missing" in listed and "what performs it is not installed" in listed
    assert "3 files: it performs once" in page and "pip install &#39;uncaged[models]&#39;" in page


def test_what_is_lossy_and_where_it_came_from(house: Any, twin: Path) -> None:
    said = {"shrunk": "sheet Q4_K: <lossy>", "hub": "somebody/my-paper@c0ffee"}
    offered = adding.said_of(adding.offered(twin), said, {})
    kept = replace(offered, made={"sheet/notes.json": b"{}"})
    adding.add(house.studio, kept)
    guest, owner = house.come("guest"), house.come("owner")
    held = card(guest)["held"]
    assert (held["shrunk"], held["hub"]) == (said["shrunk"], said["hub"])
    assert (held["files"], held["elsewhere"]) == (4, 3)
    page = owner.get("/models/my-paper").text
    assert "sheet Q4_K: &lt;lossy&gt;" in page and "somebody/my-paper@c0ffee" in page
    assert "Its files stay where they are" in page and "gone for ever" not in page


def test_each_model_has_a_page_of_its_own(house: Any, bound: Path) -> None:
    owner = house.come("owner")
    page = owner.get("/models/seedling").text
    assert "256x256 or 512x512" in page and "always 2 seconds" in page
    assert "drifts-left" in page and "How far it follows the words" in page
    assert 'href="/?model=seedling"' in page and "uncaged models info seedling" in page
    record = owner.get("/models/seedling", headers=JSON).json()
    assert record["plays"] and record["card"]["sizes"] == [[256, 256], [512, 512]]
    assert "guidance" in [dial["name"] for dial in record["dials"]]
    assert "fish" in record["knows"]["things"]
    own = owner.get("/models/my-paper").text
    assert str(bound) in own and "take it off the shelf" in own
    assert str(bound) not in house.come("guest").get("/models/my-paper").text
    nowhere = owner.get("/models/seedlign")
    assert nowhere.status_code == 404 and "seedling" in nowhere.text


def test_the_form_of_a_model_says_what_it_makes(house: Any) -> None:
    owner = house.come("owner")
    view = owner.get("/?model=seedling", headers=JSON).json()
    assert view["typed"]["if_empty"] in Seedling.examples
    assert view["pressed"]["model"] == "seedling"
    page = owner.get("/?model=seedling").text
    assert "always 2" in page and '<option value="256x256">' in page
    assert '<option value="512x288">' not in page
    assert "512x288" in owner.get("/").text and "always" not in owner.get("/").text


def test_options_that_only_the_far_side_knows_are_left_open(house: Any) -> None:
    place = Place(("http://127.0.0.1:9",), "theirs", "sglang", options=OF_DIALECT["sglang"])
    remoting.add(house.studio, remoting.Asked(place, ()), "far")
    owner = house.come("owner", **house.origin)
    page = owner.get("/?model=far").text
    assert '<input id="far.guidance" type="text" name="far.guidance" value=""' in page
    assert "as it chooses there" in owner.get("/models/far").text
    typed = {"prompt": "a heron", "model": "far", "far.guidance": "-3.5", "far.steps": ""}
    done = owner.post("/works", data=typed)
    assert done.status_code == 303, done.text
    wanted = {"prompt": "a heron", "model": "far", "dials": {"steps": "12", "guidance": 0}}
    assert owner.post("/v1/videos", json=wanted, headers=JSON).status_code == 200
    wrong = owner.post("/v1/videos", json=wanted | {"dials": {"wobble": 1}}, headers=JSON)
    assert wrong.status_code == 400 and "guidance, guidance_2" in wrong.json()["error"]["message"]
    with house.studio.archive.read() as conn:
        rows = conn.execute(select(tables.runs.c.score)).scalars()
        turned = [json.loads(row)["options"] for row in rows]
    assert sorted(turned, key=len) == [{"guidance": -3.5}, {"guidance": 0.0, "steps": 12}]


def test_what_leaves_is_said_before_anybody_says_yes(house: Any) -> None:
    place = Place(("http://127.0.0.1:9",), "theirs")
    remoting.add(house.studio, remoting.Asked(place, ()), "far", "sk-nobody")
    for who in ("guest", "member"):
        client = house.come(who, **house.origin)
        page = client.get("/models").text
        assert "The words, size and length" in page and "http://127.0.0.1:9" in page
        assert "I accept that it performs elsewhere" in page and "sk-nobody" not in page
        assert "what leaves" in page and "its weights are gone" not in page
        form = client.get("/?model=far").text
        assert "far performs elsewhere." in form and "stays in this studio" not in form
        assert "The words, size and length" in form and ">far, elsewhere<" in form
        assert "stays in this studio" in client.get("/?model=ink").text or who == "guest"
        assert "what you say leaves this studio" in client.get("/compare").text
        for path in ("/works", "/v1/videos"):
            no = client.post(path, json={"prompt": "hi", "model": "far"}, headers=JSON)
            assert no.status_code == 403 and "http://127.0.0.1:9" in no.json()["error"]["message"]
        assert client.post("/models/accept", data={"model": "far"}).status_code == 303
        wanted = {"prompt": "hi", "model": "far"}
        assert client.post("/works", json=wanted, headers=JSON).status_code == 202


def test_what_the_house_does_not_let_somebody_make_with(house: Any, bound: Path) -> None:
    house.policy('[class.guest]\nrefused_licences = ["Sheet <Licence>"]\n')
    owner, guest = house.come("owner", **house.origin), house.come("guest", **house.origin)
    assert card(owner)["refused"] is None
    said = card(guest)["refused"]
    assert "Sheet <Licence>" in said["why"] and "guests" in said["why"]
    assert "class.guest" in said["decides"] and "not for you here" in guest.get("/models").text
    assert "not for you here" in guest.get("/models/my-paper").text
    wanted = {"prompt": "hi", "model": "my-paper", "seconds": 0.5}
    guest.post("/models/accept", data={"model": "my-paper"})
    no = guest.post("/works", json=wanted, headers=JSON)
    assert no.status_code == 403 and "Sheet <Licence>" in no.json()["error"]["message"]
    v1 = guest.post("/v1/videos", json=wanted | {"seconds": "1"})
    assert v1.status_code == 403 and v1.json()["error"]["code"] == "model_not_allowed"
    assert "my-paper" not in [one["id"] for one in guest.get("/v1/models").json()["data"]]
    assert "my-paper" in [one["id"] for one in owner.get("/v1/models").json()["data"]]
    assert guest.get("/v1/models/my-paper").status_code == 403
    assert '"my-paper"' not in guest.get("/").text and '"my-paper"' in owner.get("/").text
    owner.post("/models/accept", data={"model": "my-paper"})
    assert owner.post("/works", json=wanted, headers=JSON).status_code == 202


def test_models_are_listed_by_licence(house: Any, bound: Path) -> None:
    owner = house.come("owner")
    for word, names in (("sheet licence", ["my-paper"]), ("<b>Nothing</b>", [])):
        found = owner.get("/models", params={"licence": word}, headers=JSON).json()
        assert [one["name"] for one in found["models"]] == names
    page = owner.get("/models", params={"licence": "<b>Nothing</b>"}).text
    assert "Nothing here comes under that" in page and "<b>Nothing" not in page
