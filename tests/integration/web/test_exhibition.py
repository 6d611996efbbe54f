"""The recipe for a room with guests, as docs/operating.md gives it: who comes by the door makes films, others not."""

import re
from pathlib import Path
from typing import Any

SMALL = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": 1}


def test_the_recipe_for_a_hall_does_what_it_says(house: Any) -> None:
    text = (Path(__file__).parents[3] / "docs" / "operating.md").read_text(encoding="utf-8")
    recipe = re.search(r"```toml\n(\[class\.guest\].*?)```", text, re.DOTALL)
    assert recipe is not None
    house.policy(recipe[1])
    assert house.come("guest").get("/").status_code == 401
    _, token = house.room()
    visitors = [house.come("guest"), house.come("guest")]  # two telephones behind one address
    for visitor in visitors:
        assert visitor.get(f"/rooms/enter?token={token}").status_code == 303
        for status in (202, 202, 202, 429):
            answer = visitor.post("/works", json=SMALL, headers=house.origin)
            assert answer.status_code == status, answer.text
    for more in ({"size": "1024x1024"}, {"seconds": 60}, {"lane": "batch"}):
        answer = visitors[0].post("/works", json=SMALL | more, headers=house.origin)
        assert answer.status_code == 400, answer.text
    rows = visitors[0].get("/line?as=json").json()["rows"]
    assert [row["own"] for row in rows].count(True) == 3 and len(rows) == 6
