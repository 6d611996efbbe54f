"""A film whose numbers left what a computer can hold is kept, and says so wherever people look."""

from typing import Any


def test_it_is_told_on_its_page_in_its_record_and_by_v1(house: Any) -> None:
    wild = {"guidance": 1e300}
    work = house.studio.make("a bird", model="seedling", seconds=0, options=wild)
    assert "left what a computer can hold" in str((work.run.recipe or {})["broke off"])
    owner = house.come("owner")
    (note,) = owner.get(f"/works/{work.id}?as=json").json()["notes"]
    assert "left what a computer can hold" in note and "what was there before" in note
    page = owner.get(f"/works/{work.id}").text
    assert f'role="note">{note}' in page
    assert owner.get(f"/v1/videos/{work.id}").json()["notes"] == [note]
    tame = house.studio.make("a bird", model="seedling", seconds=0)
    assert "broke off" not in (tame.run.recipe or {})
    assert owner.get(f"/works/{tame.id}?as=json").json()["notes"] == []
    assert "notes" not in owner.get(f"/v1/videos/{tame.id}").json()
