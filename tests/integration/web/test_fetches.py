"""A model comes from a hub by the page: looked at first, fetched beside everything else, stopped, gone on with."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from uncaged.studio import bringing

JSON = {"Accept": "application/json"}
REPO = "somebody/my-paper"
SHEET, INK = "sheet/weights.safetensors", "ink/weights.safetensors"
LONG = bytes([40]) + bytes(range(256)) * 400


@pytest.fixture
def hub(hub_of: Callable[..., Any], twin: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A hub that has the twin, with weights of 100 kB, and beside it what nobody needs."""
    (twin / SHEET).write_bytes(LONG)
    (twin / "README.md").write_text("Hello.")
    monkeypatch.setenv("HF_HUB_CACHE", str(twin.parent / "hub"))
    return hub_of(twin, card={"license": "other", "license_name": "sheet-1"})


@pytest.fixture
def owner(hub: Any, house: Any) -> Iterator[Any]:
    """The owner of a house that was opened beside that hub."""
    yield house.come("owner", **house.origin)
    for child, _ in list(bringing.CHILDREN.values()):
        child.kill()
        child.wait()
    bringing.notes(house.studio.settings)


def until(owner: Any, *states: str) -> dict[str, Any]:
    """The newest of them, once it stands so."""
    first: dict[str, Any] = {}
    for _ in range(2000):
        first = owner.get("/fetches", headers=JSON).json()["fetches"][0]
        if first["state"] in states:
            break
        time.sleep(0.03)
    assert first["state"] in states, first
    return first


def test_looked_at_then_fetched_then_on_the_shelf(owner: Any, hub: Any, house: Any) -> None:
    seen = owner.post("/fetches/look", data={"what": REPO})
    assert seen.status_code == 200
    for said in ("sheet-1", "my-paper", "3 files", "are free"):
        assert said in seen.text, said
    assert hub.asked == [("paper.json", 0)]  # a small configuration, and nothing large
    wanted = owner.post("/fetches/look", json={"what": REPO}, headers=JSON).json()["wanted"]
    assert wanted["room"] and wanted["comes"] < wanted["bytes"] and wanted["name"] == "my-paper"
    begun = owner.post("/fetches", data={"what": wanted["what"], "name": "sheets"})
    assert begun.status_code == 303 and begun.headers["Location"] == "/fetches#under-way"
    done = until(owner, "done", "failed")
    assert (done["state"], done["model"], done["why"]) == ("done", "sheets", "")
    assert {name for name, _ in hub.asked} == {"paper.json", SHEET, INK}
    page = owner.get("/models/sheets")
    assert page.status_code == 200 and "somebody/my-paper@c0ffee" in page.text
    assert owner.post(f"/fetches/{done['id']}/forget").status_code == 303
    assert owner.get("/fetches", headers=JSON).json()["fetches"] == []
    again = owner.post("/fetches", json={"what": REPO, "name": "sheets"}, headers=JSON)
    assert again.status_code == 400 and "already" in again.text


def test_stopped_and_gone_on_with(owner: Any, hub: Any, house: Any) -> None:
    hub.hold, hub.files[SHEET] = True, LONG * 240
    began = owner.post("/fetches", json={"what": REPO}, headers=JSON)
    assert began.status_code == 202, began.text
    (one,) = began.json()["fetches"]
    other = owner.post("/fetches", json={"what": REPO, "name": "other"}, headers=JSON)
    assert other.status_code == 400 and "one model comes at a time" in other.text
    page = owner.get("/fetches").text
    assert "is being fetched" in page and 'http-equiv="refresh"' in page and "stop" in page
    assert hub.held.wait(60)
    until_some(house)
    assert owner.post(f"/fetches/{one['id']}/forget", headers=JSON).status_code == 400
    stopped = owner.post(f"/fetches/{one['id']}/stop", headers=JSON).json()["fetches"][0]
    assert stopped["state"] == "stopped"
    assert 'http-equiv="refresh"' not in owner.get("/fetches").text
    hub.hold = False
    hub.asked.clear()
    owner.post(f"/fetches/{one['id']}/resume")
    assert until(owner, "done", "failed")["state"] == "done"
    assert [at > 0 for name, at in hub.asked if name == SHEET] == [True]  # from where it was
    assert owner.post(f"/fetches/{one['id']}/resume", headers=JSON).status_code == 400


def until_some(house: Any) -> None:
    """Until some of its weights lie on the disk: the hub's library writes 10 MB at a time."""
    for _ in range(2000):
        if any(part.stat().st_size for part in house.studio.settings.hub_cache.rglob("*part")):
            return
        time.sleep(0.03)
    raise AssertionError("nothing came")


def test_killed_it_was_stopped(owner: Any, hub: Any, house: Any) -> None:
    hub.hold = True
    (one,) = owner.post("/fetches", json={"what": REPO}, headers=JSON).json()["fetches"]
    assert hub.held.wait(60)
    child = bringing.CHILDREN[str(house.studio.settings.home / "fetching" / f"{one['id']}.json")][0]
    child.kill()
    assert until(owner, "stopped")["id"] == one["id"]
    hub.hold = False


def test_what_goes_wrong_is_said_and_can_be_tried_again(owner: Any, hub: Any) -> None:
    hub.wrong = {SHEET}
    owner.post("/fetches", json={"what": REPO}, headers=JSON)
    failed = until(owner, "failed", "done")
    assert failed["state"] == "failed" and "not what it says it is" in failed["why"]
    assert "not what it says it is" in owner.get("/fetches").text
    hub.wrong = set()
    owner.post(f"/fetches/{failed['id']}/resume")
    assert until(owner, "failed", "done")["model"] == "my-paper"


def test_bad_names_and_hubs_that_say_no(owner: Any, hub: Any, monkeypatch: Any) -> None:
    for what in ("", "nonsense", "../../etc", "a b/c", "x" * 5000):
        answer = owner.post("/fetches/look", data={"what": what})
        assert answer.status_code == 400 and 'action="/fetches/look' in answer.text, what
    family = owner.post("/fetches/look", json={"what": REPO, "family": "nosuch"}, headers=JSON)
    assert family.status_code == 400
    named = owner.post("/fetches", json={"what": REPO, "name": "no name/"}, headers=JSON)
    assert named.status_code == 400 and "no name of a model" in named.text
    hub.refuse, hub.code = {"/api": 401}, "GatedRepo"
    gated = owner.post("/fetches/look", data={"what": REPO})
    assert gated.status_code == 403 and "accepted its terms" in gated.text
    hub.refuse, hub.listed = {}, b"<html>Hello."
    other = owner.post("/fetches/look", data={"what": REPO})
    assert other.status_code == 502 and "no hub of models" in other.text
    hub.listed = None
    monkeypatch.setattr("uncaged.studio.fetching.SPARE", 10**18)
    full = owner.post("/fetches", json={"what": REPO}, headers=JSON)
    assert full.status_code == 507
    assert "that is too little" in owner.post("/fetches/look", data={"what": REPO}).text
    assert owner.get("/fetches", headers=JSON).json()["fetches"] == []


def test_what_a_model_is_can_be_looked_at_where_there_is_no_room(
    owner: Any, hub: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("uncaged.studio.fetching.SPARE", 10**18)
    seen = owner.post("/fetches/look", data={"what": REPO})
    assert seen.status_code == 200 and "that is too little" in seen.text
    assert hub.asked == [("paper.json", 0)]


def test_offline_nobody_is_asked_and_others_may_not(owner: Any, hub: Any, house: Any) -> None:
    object.__setattr__(house.studio.settings, "offline", True)
    page = owner.get("/fetches").text
    assert "UNCAGED_OFFLINE" in page and 'action="/fetches/look' not in page
    for at in ("/fetches/look", "/fetches"):
        assert owner.post(at, json={"what": REPO}, headers=JSON).status_code == 400
    assert not hub.asked and not hub.tokens
    for who in ("member", "guest"):
        assert house.come(who).get("/fetches").status_code == 403
    house.keeper("kim")
    assert house.come("kim").get("/fetches").status_code == 403


def test_what_the_house_does_not_allow_is_said_before_and_beside(
    owner: Any, hub: Any, house: Any
) -> None:
    house.policy('[class.guest]\nrefused_licences = ["sheet-1"]\n')
    seen = owner.post("/fetches/look", data={"what": REPO, "name": "sheets"})
    assert "The licence of sheets is: sheet-1" in seen.text and "guests" in seen.text
    said = owner.post("/fetches/look", json={"what": REPO}, headers=JSON).json()["wanted"]["house"]
    assert len(said) == 1 and "class.guest" in said[0]["decides"]
    house.policy('[licences]\nonly = ["Apache-2.0"]\n')
    said = owner.post("/fetches/look", json={"what": REPO}, headers=JSON).json()["wanted"]["house"]
    assert len(said) == 1 and "anybody" in said[0]["why"]  # once, though it is every kind of people
    owner.post("/fetches", data={"what": REPO, "name": "sheets"})
    done = until(owner, "done", "failed")
    assert done["state"] == "done" and "sheet-1" in done["house"][0]["why"]
    row = owner.get("/fetches").text.partition('id="under-way"')[2]
    assert "does not let anybody make with it" in row
    house.policy("")
    assert owner.get("/fetches", headers=JSON).json()["fetches"][0]["house"] == []
    assert "this house" not in owner.post("/fetches/look", data={"what": REPO}).text


def test_what_a_licence_asks_is_known_before_anything_large_comes(
    house: Any, hub_of: Callable[..., Any], tmp_path: Path
) -> None:
    from uncaged.engines.diffusion import ltx
    from uncaged.engines.open_model import TWIN

    object.__setattr__(house.studio.settings, "hub_cache", tmp_path / "hub")
    ltx.twin(tmp_path / "tiny", 1)
    index = tmp_path / "tiny" / "model_index.json"
    known = json.loads(index.read_text())
    index.write_text(json.dumps({k: v for k, v in known.items() if k != TWIN}))
    hub = hub_of(tmp_path / "tiny", card={"license": "other"})
    house.policy('[licences]\nrefused = ["research only"]\n')
    owner = house.come("owner", **house.origin)
    found = owner.post("/fetches/look", json={"what": REPO}, headers=JSON)
    assert found.status_code == 200, found.text
    wanted = found.json()["wanted"]
    assert "Research and academic use only" in wanted["asks"]
    assert "LTX Video licence of 2024" in wanted["licence"] and "other" in wanted["licence"]
    assert "research only" in wanted["house"][0]["why"]
    assert not [name for name, _ in hub.asked if name.endswith(".safetensors")]
