"""An image that was made here, sent back over /v1: a model that is told of no pictures draws it anew."""

from typing import Any

import pytest

from uncaged.studio import adding
from uncaged.web.v1 import images

JSON = {"Accept": "application/json"}
SAID = {"prompt": "a red door", "model": "cog", "size": "64x64"}


def test_an_image_made_here_is_drawn_anew(
    house: Any, cogvideox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "PATIENCE", 0.0)
    adding.add(house.studio, adding.offered(cogvideox.model), "cog")
    owner = house.come("owner", **house.origin)
    fox = house.studio.make("a red fox", model="ink", seconds=0, size=(64, 64), seed=3)
    png = fox.path.read_bytes()
    answer = owner.post("/v1/images/edits", data=SAID, files={"image": ("p.png", png)})
    assert answer.status_code == 503, answer.text
    work = owner.get("/works?state=making", headers=JSON).json()["works"][0]["id"]
    made = owner.get(f"/works/{work}", headers=JSON).json()
    score = made["score"]
    assert made["parents"] == [fox.id] and score["film"] and not score["shots"][0].get("pictures")
    assert (score["shots"][0]["text"], made["model"], made["size"]) == (
        "a red door",
        "cog",
        [64, 64],
    )
    strange = owner.post("/v1/images/edits", data=SAID, files={"image": ("p.png", png[:-1])})
    assert strange.status_code == 400 and "takes no pictures" in strange.text
