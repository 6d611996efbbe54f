"""Adapters on the pages and on /v1: among a model's dials, on the shelf, with a work; every way of asking is one."""

from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import models
from uncaged.studio import adding, recognising

JSON = {"Accept": "application/json"}
ASKED = {"prompt": "a bird", "model": "cog", "seconds": 0.1, "size": "64x64"}


@pytest.fixture
def style(house: Any, cogvideox: Any, tmp_path: Path) -> models.Shelved:
    """An adapter called `my-style` on top of `cog`."""
    adding.add(house.studio, adding.offered(cogvideox.model), "cog")
    found = recognising.found(
        cogvideox.adapter(tmp_path / "my-style.safetensors", author="Ada <a>")
    )
    assert found is not None
    return adding.add(house.studio, recognising.offered(house.studio, found)).model


def adapters(client: Any, made: Any) -> Any:
    work = made.json()["id"]
    return client.get(f"/works/{work}", headers=JSON).json()["adapters"]


def test_the_shelf_shows_it_and_the_form_has_a_field(house: Any, style: models.Shelved) -> None:
    owner, guest = house.come("owner", **house.origin), house.come("guest")
    page = owner.get("/models").text
    assert (
        'id="my-style"' in page and "LoRA of rank 2, 4 layers" in page and "Ada &lt;a&gt;" in page
    )
    said = owner.get("/models", headers=JSON).json()
    assert [one["name"] for one in said["adapters"]] == ["my-style"]
    assert said["adapters"][0]["on"] == "cog" and said["adapters"][0]["held"]["folders"]
    assert "my-style" not in [one["name"] for one in said["models"]]
    assert guest.get("/models", headers=JSON).json()["adapters"][0]["held"]["folders"] == []
    form = guest.get("/?model=cog").text
    assert 'name="cog.adapters"' in form and "On the shelf:" in form and "my-style" in form
    assert "my-style" not in guest.get("/?model=ink").text
    assert "/?model=cog&amp;adapter=my-style#dials" in page
    filled = guest.get("/?model=cog&adapter=my-style").text
    assert 'value="my-style=1"' in filled and '<details id="dials" open>' in filled
    assert "nosuch" not in guest.get("/?model=cog&adapter=nosuch").text
    listed = guest.get("/v1/models").json()["data"]
    assert "adapters" in next(one for one in listed if one["id"] == "cog")["dials"]
    assert not [one for one in listed if one["id"] == "my-style"]


def test_it_has_a_page_of_its_own_and_stands_with_its_model(
    house: Any, style: models.Shelved
) -> None:
    owner, guest = house.come("owner", **house.origin), house.come("guest", **house.origin)
    page = owner.get("/models/my-style").text
    assert "--model cog --adapter my-style=0.8" in page and "by you, " in page
    assert "LoRA of rank 2, 4 layers" in page and 'href="/models/cog"' in page
    assert "Ada &lt;a&gt;" in page and "take it off the shelf" in page
    seen = guest.get("/models/MY-STYLE").text
    assert "by the owner, " in seen and "/models/remove" not in seen and "files" in seen
    record = guest.get("/models/my-style", headers=JSON).json()
    assert record["models"] == ["cog"] and record["adapter"]["layers"] == 4
    assert record["adapter"]["brought"] | {"when": 0} == {
        "mine": False, "owner": True, "name": "", "when": 0,
    }  # fmt: skip
    beside = guest.get("/models/cog").text
    assert 'href="/models/my-style"' in beside and "/?model=cog&amp;adapter=my-style" in beside
    assert "my-style" not in guest.get("/models/ink").text
    on = owner.get("/models/cog", headers=JSON).json()["adapters"]
    assert [one["name"] for one in on] == ["my-style"] and on[0]["brought"]["mine"]
    no = guest.post("/models/remove", json={"model": "my-style"}, headers=JSON)
    assert no.status_code == 403
    house.policy('[class.guest]\nrefused_models = ["my-style"]\n')
    refused = guest.get("/models/my-style").text
    assert "not for you here" in refused and "make a film with it" not in refused
    gone = owner.post("/models/remove", json={"model": "my-style"}, headers=JSON)
    assert gone.status_code == 200 and gone.json()["adapters"] == []
    assert owner.get("/models/my-style").status_code == 404
    assert "/models/my-style" not in owner.get("/models/cog").text


def test_what_it_inherits_is_shown_and_accepted_on_its_page(
    house: Any, cogvideox: Any, tmp_path: Path
) -> None:
    said = {"terms": "Sheet 1", "binds": "No printing of money."}
    adding.add(house.studio, adding.said_of(adding.offered(cogvideox.model), said, {}), "cog")
    found = recognising.found(cogvideox.adapter(tmp_path / "my-style.safetensors"))
    assert found is not None
    adding.add(house.studio, recognising.offered(house.studio, found))
    guest = house.come("guest", **house.origin)
    page = guest.get("/models/my-style").text
    assert "Its parent&#39;s: CC0-1.0" in page and "No printing of money." in page
    assert "I accept Sheet 1" in page and "Its parent&#39;s" in guest.get("/models/cog").text
    guest.post("/models/accept", data={"model": "my-style"})
    assert "I accept" not in guest.get("/models/my-style").text


def test_each_way_of_asking_is_the_same(house: Any, style: models.Shelved) -> None:
    client = house.come("owner", **house.origin)
    exact = [{"name": "my-style", "weight": -0.5, "hash": style.hash}]
    form = client.post("/works", data=ASKED | {"cog.adapters": "my-style=-0.5"}, headers=JSON)
    assert form.status_code == 202, form.text
    assert adapters(client, form) == exact
    for said in ("my-style=-0.5", {"my-style": -0.5}, [{"name": "my-style", "weight": -0.5}]):
        asked = ASKED | {"options": {"adapters": said}}
        assert adapters(client, client.post("/works", json=asked, headers=JSON)) == exact
    wire = ASKED | {"seconds": "1"}
    for more in (
        {"dials": {"adapters": "my-style=-0.5"}},
        {"extra_params": {"adapters": {"my-style": -0.5}}},
        {"lora": [{"id": "my-style", "scale": -0.5}]},
        {"lora": {"name": "my-style", "weight": -0.5}},
    ):
        made = client.post("/v1/videos", json=wire | more)
        assert made.status_code == 200, made.text
        assert made.json()["dials"]["adapters"] == f"my-style@{style.hash}=-0.5"
    fields = {
        "prompt": (None, "a"),
        "model": (None, "cog"),
        "seconds": (None, "1"),
        "size": (None, "64x64"),
    }
    fields |= {"lora[][id]": (None, "my-style"), "lora[][scale]": (None, "-0.5")}
    made = client.post("/v1/videos", files=fields)
    assert made.json()["dials"]["adapters"] == f"my-style@{style.hash}=-0.5"
    page = client.get(f"/works/{form.json()['id']}").text
    assert "my-style" in page and style.hash[:12] in page
    again = client.get(f"/?from={form.json()['id']}").text
    assert f"my-style@{style.hash}=-0.5" in again


@pytest.mark.parametrize(
    ("said", "words"),
    [("nobody=1", "no adapter called nobody"), ("my-style=much", "names no adapter"), ("cog=1", "no adapter")],
)  # fmt: skip
def test_a_wrong_one_is_told_and_nothing_stands_in_line(
    house: Any, style: models.Shelved, said: str, words: str
) -> None:
    client = house.come("owner", **house.origin)
    for made in (
        client.post("/works", data=ASKED | {"cog.adapters": said}, headers=JSON),
        client.post("/works", json=ASKED | {"options": {"adapters": said}}, headers=JSON),
        client.post("/v1/videos", json=ASKED | {"seconds": "1", "dials": {"adapters": said}}),
    ):
        assert made.status_code == 400 and words in made.json()["error"]["message"], made.text
    form = client.post(
        "/works", data=ASKED | {"cog.adapters": said}, headers={"Accept": "text/html"}
    )
    assert form.status_code == 400 and words in form.text and f'value="{said}"' in form.text
    lora = client.post("/v1/videos", json={"prompt": "a", "model": "ink", "lora": [{"id": "a"}]})
    assert lora.status_code == 400 and lora.json()["error"]["param"] == "lora"
    with house.studio.archive.read() as conn:
        assert (
            conn.exec_driver_sql("SELECT count(*) FROM runs WHERE model = 'cog'").scalar_one() == 0
        )
