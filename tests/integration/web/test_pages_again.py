"""A page that somebody has already is not sent again; one that is anybody's may be kept by a cache for a moment."""

from typing import Any


def test_who_has_the_page_is_told_so(shared: Any) -> None:
    guest = shared.come("guest")
    page = guest.get("/enter")
    known = guest.get("/line?still=1")
    assert page.status_code == known.status_code == 200
    again = guest.get(
        "/line?still=1", headers={"If-None-Match": f'"other", {known.headers["ETag"]}'}
    )
    assert (again.status_code, again.content) == (304, b"")
    for name in ("Vary", "ETag", "Cache-Control"):
        assert again.headers[name] == known.headers[name]
    record = guest.get("/line?as=json", headers={"If-None-Match": known.headers["ETag"]})
    assert record.status_code == 200


def test_what_is_anybody_s_may_be_kept_by_a_cache_and_what_is_one_s_own_may_not(house: Any) -> None:
    passing = house.come("somebody").get("/line")
    assert passing.headers["Cache-Control"] == "public, max-age=1"
    house.ask("guest", "my own words")
    own = house.come("guest").get("/line")
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert "my own words" not in house.come("somebody").get("/line").text
    wrong = house.come("nobody").get("/line")
    assert wrong.status_code == 401 and wrong.headers["Cache-Control"] == "no-store"


def test_only_so_many_pages_are_held(house: Any) -> None:
    web = house.app.state.web
    web.common.update({(str(n), False, False): (0.0, None) for n in range(300)})
    assert house.come("somebody").get("/line").status_code == 200
    assert len(web.common) == 1


def test_a_work_that_everybody_sees_may_be_kept_but_what_a_link_opens_may_not(house: Any) -> None:
    work = house.shown("guest")
    page = f"/works/{work}"
    passing = house.come("somebody")
    said = [passing.get(page).headers for _ in range(2)]  # drawn, and held
    assert [one["Cache-Control"] for one in said] == ["public, max-age=1"] * 2
    assert [one["TDM-Reservation"] for one in said] == ["1"] * 2
    mine = house.come("guest")
    assert mine.get(page).headers["Cache-Control"] == "private, no-cache"
    house.app.state.web.common.clear()
    for way, change in (("training", {"allow": "yes"}), ("show", {"to": "link"})):
        assert mine.post(f"{page}/{way}", data=change, headers=house.origin).status_code == 303
        if way == "training":
            assert [passing.get(page).headers["TDM-Reservation"] for _ in range(2)] == ["0"] * 2
    link = mine.get(f"{page}?as=json").json()["sharing"]["link"]
    house.app.state.web.common.clear()
    assert passing.get(page).status_code == 404
    assert passing.get(link.removeprefix(f"http://{house.host}")).status_code == 303
    for _ in range(2):
        assert passing.get(page).headers["Cache-Control"] == "private, no-cache"
    assert house.come("somebody").get(page).status_code == 404
