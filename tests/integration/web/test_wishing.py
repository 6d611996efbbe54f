"""Which models can do what somebody wants: asked by the form of the page of models, answered by what was made here."""

from typing import Any

import pytest

from uncaged.studio import adding

JSON = {"Accept": "application/json"}


def says(client: Any, **said: str) -> dict[str, Any]:
    """Of each model, what it says to that; in the order of the answer."""
    found = client.get("/models", params=said, headers=JSON)
    assert found.status_code == 200, found.text
    return {one["name"]: one for one in found.json()["asked"]["models"]}


def test_the_machine_is_named_to_whoever_keeps_it_alone(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.core.machine.socket.gethostname", lambda: "attic-of-ana")
    monkeypatch.setattr("uncaged.core.machine.memory", lambda: 8_000_000_000)
    monkeypatch.setattr("uncaged.core.machine.cores", lambda: 2)
    page = house.come("owner").get("/models").text
    assert "attic-of-ana has 2 cores and 8.0 GB of memory" in page
    for who in ("guest", "member"):
        text = house.come(who).get("/models").text
        assert "attic-of-ana" not in text and "This machine has 2 cores and 8.0 GB" in text


def test_what_people_want_is_said_before_they_ask(house: Any) -> None:
    record = house.come("guest").get("/models", headers=JSON).json()
    wants = {one["way"]: [model["name"] for model in one["models"]] for one in record["wants"]}
    assert record["asked"] is None
    assert wants[""][0] == "ink" and "seedling" in wants["play"] and "seedling" not in wants["on"]
    assert "sound" not in wants  # nothing here has any
    house.policy('[class.guest]\nrefused_models = ["ink"]\n')
    record = house.come("guest").get("/models", headers=JSON).json()
    assert "ink" not in [model["name"] for one in record["wants"] for model in one["models"]]


def test_length_size_and_ways_are_what_the_door_says(house: Any) -> None:
    guest = house.come("guest")
    found = says(guest, seconds="6", size="512x512")
    assert found["ink"]["can"] and not found["seedling"]["can"]
    assert "makes films of 2 seconds" in found["seedling"]["why"]
    assert list(found)[-1] == "seedling" and found["ink"]["film"] == 6
    begins = says(guest, **{"with": "picture"})
    assert begins["echo"]["can"] and "takes no pictures" in begins["seedling"]["why"]
    assert "silent" in says(guest, **{"with": "sound"})["ink"]["why"]
    both = says(guest, **{"with": "on,anew"})
    assert not any(one["can"] for one in both.values())
    assert says(guest, what="picture")["ink"]["film"] == 0
    assert "mask" in says(guest, what="picture", **{"with": "part"})["ink"]["why"]
    page = guest.get("/models?seconds=6&size=512x512&with=picture&with=loop").text
    assert "A film of 6 s at 512x512 (begins with a picture, ends where it begins)" in page
    assert "/?model=echo&amp;what=film&amp;seconds=6&amp;size=512x512" in page
    form = guest.get("/?model=echo&what=film&seconds=3&size=128x64").text
    assert 'value="128x64"' in form and 'name="seconds" type="number" value="3"' in form
    assert 'value="picture" selected' in guest.get("/?model=echo&what=picture").text


def test_minutes_are_those_of_films_that_were_made_here(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = {"ink": 90.0, "echo": 30.0}
    monkeypatch.setattr("uncaged.studio.fits.estimate.is_far", lambda past, film: False)
    monkeypatch.setattr(
        "uncaged.studio.fits.estimate.expected", lambda past, film: took[film.model.name]
    )
    house.make("owner")  # by echo
    house.app.state.web.pasts.clear()
    guest = house.come("guest")
    found = says(guest, seconds="2", size="256x256", minutes="1")
    assert found["echo"]["seconds"] == 30 and found["echo"]["can"]
    assert found["ink"]["can"] and found["ink"]["unknown"]  # it has made none
    short = says(guest, seconds="2", size="256x256", minutes="0,25")["echo"]
    assert not short["can"] and "longer" in short["why"] and short["seconds"] == 30
    page = guest.get("/models?seconds=2&size=256x256&minutes=1").text
    assert "nobody knows: no such film was made here" in page and "in 1 min at most" in page


def test_who_has_to_accept_first_or_may_not_is_told(house: Any, cogvideox: Any) -> None:
    bound = {"terms": "Sheet 1", "binds": "No printing of money."}
    adding.add(house.studio, adding.said_of(adding.offered(cogvideox.model), bound, {}), "cog")
    guest = house.come("guest", **house.origin)
    assert says(guest, **{"with": "anew"})["cog"]["waits"]
    assert "first say yes to what it asks" in guest.get("/models?with=anew").text
    assert says(guest, seconds="1", licence="Sheet 1").keys() == {"cog"}
    house.policy('[class.guest]\nrefused_licences = ["Sheet 1"]\n')
    assert "does not let guests" in says(guest, **{"with": "anew"})["cog"]["why"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"seconds": "long"}, "must be a number"),
        ({"seconds": "-1"}, "more than 0"),
        ({"seconds": "nan"}, "seconds"),
        ({"minutes": "1e400"}, "minutes"),
        ({"minutes": "0"}, "more than 0"),
        ({"minutes": "9" * 50}, "longer than anybody means it"),
        ({"size": "<b>"}, "A size is two numbers"),
        ({"what": "opera"}, "a film or a picture"),
        ({"with": "wings"}, "wings"),
    ],
)
def test_what_nobody_can_want_is_told(house: Any, said: dict[str, str], words: str) -> None:
    guest = house.come("guest")
    record = guest.get("/models", params=said, headers=JSON)
    assert record.status_code == 400 and words in record.json()["error"]["message"]
    page = guest.get("/models", params={"with": "sound", **said})
    assert ('value="sound" checked' in page.text) == ("with" not in said)  # what was said stays
    assert page.status_code == 400 and words in page.text and "side by side" in page.text
    assert "<b>" not in page.text.partition("say what you want")[2].partition("side by side")[0]


def test_whoever_may_brings_one_from_here(house: Any) -> None:
    page = house.come("owner").get("/models").text
    assert 'action="/fetches/look#found"' in page and "uncaged models add FOLDER" in page
    for who in ("guest", "member"):
        text = house.come(who).get("/models").text
        assert "/fetches/look" not in text and "The owner of this studio brings models" in text
    object.__setattr__(house.studio.settings, "offline", True)
    offline = house.come("owner").get("/models").text
    assert "/fetches/look#found" not in offline and "This studio is offline" in offline
