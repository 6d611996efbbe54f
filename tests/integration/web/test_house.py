"""The house's own page: what its owner writes, what it cannot say, and that it hears whom it lets in nowhere else."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from uncaged.archive import house as said_here
from uncaged.archive import keys, people, works
from uncaged.core.errors import NotFound

JSON = {"Accept": "application/json"}


def _keeper(house: Any) -> None:
    def step(conn: Any) -> None:
        keeper = people.add(conn, "keeper", 1, "kettle")
        may = ("read", "make", "manage")
        house.secrets["kettle"] = keys.make(conn, keeper.id, "kettle", may, 1)[1]

    house.studio.commit(step)


def test_the_house_says_what_its_owner_wrote(house: Any) -> None:
    owner, guest = house.come("owner"), house.come("guest")
    assert "every house begins with" in guest.get("/house").text
    for name, text in (
        ("name", "north quay"),
        ("rules", "1. Be kind.\n\n2. <i>Ask</i> first.\n"),
        ("contact", "Moss, Ferry Street 3"),
        ("about", "Nine people.\n\nTwo machines."),
    ):
        done = owner.post("/house", data={"name": name, "text": text}, headers=house.origin)
        assert done.status_code == 303
    page = guest.get("/house").text
    assert "<li><bdi>Be kind.</bdi></li>" in page and "&lt;i&gt;Ask&lt;/i&gt; first." in page
    assert "north quay" in page and "Ferry Street" in page and "from now on" not in page
    sent = {"name": "rules", "text": "Another one."}
    assert owner.post("/house", json=sent, headers=JSON | house.origin).json()["rules"] == [
        "Another one."
    ]
    with house.studio.archive.read() as conn:
        older = [one.n for one in house_pages(conn)]
    assert len(older) == 2
    old = guest.get(f"/house?rules={older[-1]}").text
    assert "hold no longer" in old and "Be kind." in old
    assert guest.get("/house?rules=999").status_code == 404
    member = house.come("member").post("/house", data=sent, headers=house.origin)
    assert member.status_code == 403


def house_pages(conn: Any) -> Any:
    return said_here.older(conn, "rules")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "rules", "text": " \n "},
        {"name": "rules", "text": "x" * 8001},
        {"name": "name", "text": "a\u202eb"},
        {"name": "secrets", "text": "x"},
        {"name": "contact", "text": "a\x00b"},
    ],
)
def test_what_the_house_cannot_say(house: Any, said: Any) -> None:
    page = house.come("owner").post("/house", data=said, headers=house.origin)
    assert page.status_code == 400 and 'role="alert"' in page.text


def test_a_keeper_who_is_not_the_owner_writes_no_rules(house: Any) -> None:
    _keeper(house)
    sent = {"name": "rules", "text": "Mine."}
    assert (
        house.come("kettle").post("/house", json=sent, headers=JSON | house.origin).status_code
        == 403
    )
    with house.studio.archive.read() as conn, pytest.raises(NotFound):
        said_here.version(conn, "rules", 1)


def test_a_house_without_guests_still_hears_them(house: Any) -> None:
    run = house.make("member")
    house.studio.commit(lambda c: works.show(c, run.person_id, run.work_id, "everybody", 5))
    house.policy("[door]\nguests = false\n")
    stranger = TestClient(
        house.app, f"http://{house.host}", client=("192.0.2.9", 1), follow_redirects=False
    )
    assert stranger.get("/").status_code == 401
    assert stranger.get("/reports/new").status_code == 200
    sent = {"about": run.work_id, "why": "me"}
    told = stranger.post("/reports", json=sent, headers=house.origin | JSON)
    assert told.status_code == 201
    link = told.json()["link"].replace(f"http://{house.host}", "")
    assert stranger.get(link).status_code == 303
    assert stranger.get("/reports/1").status_code == 200
