"""One's own works on their page: what was asked for together lies folded, and unfolds where that is asked for."""

from typing import Any

from uncaged.archive import groups


def test_what_was_asked_for_together_is_folded_and_unfolds(house: Any) -> None:
    guest, first = house.come("guest"), house.make("guest").work_id
    who = house.persons["guest"]
    group = house.studio.commit(lambda conn: groups.add(conn, who, "breed", 5)).id
    made = [house.make("guest", "a bird", group=group, n=n).work_id for n in range(3)]
    folded = guest.get("/works?as=json").json()
    stands, alone = folded["works"]
    assert not folded["each"] and stands["id"] in made and alone["id"] == first
    assert (stands["group"], stands["together"]) == (group, 3)
    page = guest.get("/works").text
    assert f'href="/groups/{group}">one of 3 made together</a>' in page
    assert 'href="/works?each=1">every film by itself</a>' in page
    each = guest.get("/works?each=1&as=json").json()
    assert {one["id"] for one in each["works"]} == {first, *made} and each["each"]
    assert {one["group"] for one in each["works"]} == {None}
    page = guest.get("/works?each=1").text
    assert 'href="/works">fold what was made together</a>' in page and "GET /works?each=1" in page
    assert "fold what" not in guest.get("/works?each=1&q=bird").text
    assert len(guest.get("/works?each=x&as=json").json()["works"]) == 2
