"""Showing, keeping, tags, trash, training: at once, once, for its person alone; and what everybody then sees."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from uncaged.archive import blocks, works

JSON = {"Accept": "application/json"}
A = "{http://www.w3.org/2005/Atom}"
EVIL = '<script>alert(1)</script> \u202egnirts\u202c 🎬 "&\x1b'


def post(house: Any, who: str, address: str, **sent: str) -> Any:
    return house.come(who).post(address, data=sent, headers=house.origin | JSON)


def films(house: Any, who: str = "other", **asked: str) -> Any:
    return house.come(who).get("/films", headers=JSON, params=asked).json()


def test_a_film_is_shown_at_once_and_taken_back_at_once(house: Any) -> None:
    work = house.make("member").work_id
    assert films(house)["count"] == 0
    assert house.come("other").get(f"/works/{work}").status_code == 404
    shown = post(house, "member", f"/works/{work}/show", to="everybody")
    assert shown.status_code == 200 and shown.json()["visibility"] == "everybody"
    seen = films(house)
    assert [one["id"] for one in seen["films"]] == [work] and seen["count"] == 1
    assert seen["films"][0]["maker"]["name"] == "ana"
    assert house.come("other").get(f"/works/{work}/film").status_code == 200
    assert "a slow bird" in house.come("other").get("/films").text
    assert post(house, "member", f"/works/{work}/show", to="nobody").status_code == 200
    assert films(house)["films"] == []
    assert house.come("other").get(f"/works/{work}/film").status_code == 404


def test_pressed_twice_is_once_and_a_browser_goes_back_to_the_work(house: Any) -> None:
    work = house.make("guest").work_id
    for _ in range(2):
        for doing in ("keep", "trash", "trash", "restore", "restore"):
            answer = house.come("guest").post(f"/works/{work}/{doing}", headers=house.origin)
            assert answer.status_code == 303 and answer.headers["Location"] == f"/works/{work}"
    with house.studio.archive.read() as conn:
        from uncaged.archive import log

        said = [one.what for one in log.entries(conn, about=work)]
    assert said.count("claimed") == 1 and said.count("trashed") == said.count("taken-back") == 2


@pytest.mark.parametrize(
    ("doing", "sent"),
    [
        ("show", {}),
        ("show", {"to": "all"}),
        ("show", {"to": "x" * 5000}),
        ("show", {"to": EVIL}),
        ("training", {}),
        ("training", {"allow": "perhaps"}),
        ("tags", {"add": EVIL}),
        ("tags", {"add": "x" * 41}),
        ("tags", {"add": ",".join(f"t{n}" for n in range(40))}),
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(house: Any, doing: str, sent: Any) -> None:
    work = house.make("member").work_id
    before = house.come("member").get(f"/works/{work}", headers=JSON).json()
    answer = post(house, "member", f"/works/{work}/{doing}", **sent)
    assert answer.status_code == 400 and answer.json()["error"]["message"]
    page = house.come("member").post(
        f"/works/{work}/{doing}", data=sent, headers=house.origin | {"Accept": "text/html"}
    )
    assert page.status_code == 400 and "<script>alert" not in page.text
    assert house.come("member").get(f"/works/{work}", headers=JSON).json() == before


@pytest.mark.parametrize(
    "body", [b"[]", b"7", b"{", b'{"to": {}}', b'{"to": null}', b"\xff", b'{"to": ["a", 1]}']
)
def test_bodies_that_are_none(house: Any, body: bytes) -> None:
    work = house.make("member").work_id
    headers = house.origin | JSON | {"Content-Type": "application/json"}
    answer = house.come("member").post(f"/works/{work}/show", content=body, headers=headers)
    assert answer.status_code == 400, answer.text


def test_json_says_the_same_as_a_form(house: Any) -> None:
    work = house.make("member").work_id
    client, headers = house.come("member"), house.origin | JSON
    tagged = client.post(f"/works/{work}/tags", json={"add": ["one", "two"]}, headers=headers)
    assert tagged.json()["sharing"]["tags"] == ["one", "two"]
    client.post(f"/works/{work}/tags", json={"remove": ["one"]}, headers=headers)
    allowed = client.post(f"/works/{work}/training", json={"allow": True}, headers=headers)
    assert allowed.json()["training"] is True and allowed.json()["sharing"]["tags"] == ["two"]


def test_a_film_on_the_block_list_is_not_shown(house: Any) -> None:
    run = house.make("member")
    with house.studio.archive.read() as conn:
        media = works.get(conn, house.persons["member"], run.work_id).media
    assert media is not None
    house.studio.commit(lambda c: blocks.add(c, media, "It was decided.", house.studio.person, 5))
    for to in ("everybody", "link"):
        answer = post(house, "member", f"/works/{run.work_id}/show", to=to)
        assert answer.status_code == 403 and "It was decided." in answer.text
    assert films(house)["count"] == 0


def test_words_and_names_of_people_steer_no_page(house: Any) -> None:
    work = house.make("member", EVIL + "\nsecond line").work_id
    house.studio.commit(
        lambda c: c.exec_driver_sql(
            "UPDATE people SET name = ?, about = ? WHERE id = ?",
            (EVIL, EVIL, house.persons["member"]),
        )
    )
    post(house, "member", f"/works/{work}/show", to="everybody")
    post(house, "member", f"/works/{work}/tags", add='<script>alert(1)</script>"& 🎬')
    face = f"/people/{house.persons['member']}"
    for address in (
        "/films",
        face,
        f"/films?by={house.persons['member']}",
        f"/works/{work}",
        "/works",
    ):
        for who in ("other", "member"):
            answer = house.come(who).get(address, headers={"Accept": "text/html"})
            assert answer.status_code == 200, address
            assert "<script>alert" not in answer.text and "\u202e" not in answer.text, address
            assert "\x1b" not in answer.text, address
    for feed in ("/films.atom", f"{face}/films.atom"):
        root = ET.fromstring(house.come("other").get(feed).content)
        assert root.find(f"{A}entry") is not None
    found = house.come("member").get("/works", headers=JSON, params={"q": "SECOND alert"}).json()
    assert [one["id"] for one in found["works"]] == [work]


def test_a_page_of_many_leads_to_the_next_whatever_happens_meanwhile(house: Any) -> None:
    made = [house.make("member", f"film {n}").work_id for n in range(30)]
    for work in made:
        post(house, "member", f"/works/{work}/show", to="everybody")
    first = films(house)
    assert [one["id"] for one in first["films"]] == made[:5:-1] and first["count"] == 30
    post(house, "member", f"/works/{first['films'][-1]['id']}/trash")
    second = films(house, before=first["further"])
    assert [one["id"] for one in second["films"]] == made[5::-1] and second["further"] is None
    page = house.come("other").get("/films").text
    assert f"before={first['films'][-2]['shown']}" in page or "before=" in page
    for wrong in ("x", "1", made[0], "'", "9" * 30):
        assert house.come("other").get("/films", params={"before": wrong}).status_code == 400
    assert films(house, by=house.persons["member"])["count"] == 29
    assert films(house, model="ink")["films"] == []
    nobody = house.come("other").get("/films", params={"by": house.persons["stranger"]})
    assert nobody.status_code == 404


def test_empty_pages_say_what_to_do(house: Any) -> None:
    assert "Nobody has shown a film here yet." in house.come("other").get("/films").text
    assert "You have made nothing here yet." in house.come("guest").get("/works").text
    assert "The trash is empty." in house.come("guest").get("/works?trash=1").text
    assert "nothing of that here" in house.come("guest").get("/works?q=x").text
    feed = ET.fromstring(house.come("other").get("/films.atom").content)
    assert feed.find(f"{A}entry") is None and feed.findtext(f"{A}updated")
    for asked in ("q=" + "x" * 401, "state=gone", "tag=%00", "before=x"):
        assert house.come("guest").get(f"/works?{asked}").status_code == 400, asked


def test_whoever_shows_nothing_has_a_page_for_themselves_alone(house: Any) -> None:
    mine = f"/people/{house.persons['member']}"
    assert house.come("member").get(mine).status_code == 200
    assert house.come("other").get(mine).status_code == 404
    assert house.come("other").get(f"{mine}/films.atom").status_code == 404
    work = house.make("member").work_id
    post(house, "member", f"/works/{work}/show", to="link")
    assert house.come("other").get(mine).status_code == 404
    post(house, "member", f"/works/{work}/show", to="everybody")
    seen = house.come("other").get(mine, headers=JSON).json()
    assert seen["count"] == 1 and not seen["own"]


def test_a_feed_is_sent_again_only_when_it_changed(house: Any) -> None:
    work = house.make("member").work_id
    post(house, "member", f"/works/{work}/show", to="everybody")
    first = house.come("other").get("/films.atom")
    assert first.headers["Content-Type"].startswith("application/atom+xml")
    again = house.come("other").get("/films.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    enclosure = [
        e for e in ET.fromstring(first.content).iter(f"{A}link") if e.get("rel") == "enclosure"
    ]
    assert enclosure[0].get("length") == str(len(house.film))


def test_nothing_is_for_training_but_what_its_maker_allows(house: Any) -> None:
    yes, no = house.make("member", "yes").work_id, house.make("member", "no").work_id
    for work in (yes, no):
        post(house, "member", f"/works/{work}/show", to="everybody")
    post(house, "member", f"/works/{yes}/training", allow="yes")
    client = house.come("other")
    for address in (
        f"/works/{no}",
        f"/works/{no}/film",
        f"/works/{no}/position",
        "/films",
        "/",
        "/films.atom",
    ):
        assert client.get(address).headers["TDM-Reservation"] == "1", address
    for address in (f"/works/{yes}", f"/works/{yes}/film", f"/works/{yes}/position"):
        assert client.get(address).headers["TDM-Reservation"] == "0", address
    assert '<meta name="tdm-reservation" content="0">' in client.get(f"/works/{yes}").text
    told = client.get("/.well-known/tdmrep.json").json()
    assert told[0]["location"] == "/" and told[0]["tdm-reservation"] == 1
    assert client.get(told[0]["tdm-policy"]).status_code == 200
    robots = client.get("/robots.txt").text
    assert "User-agent: *" in robots and "train-ai=n" in robots and "/v1" in robots


def test_guests_bring_no_pictures_unless_the_house_lets_them(house: Any) -> None:
    files = {"picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png")}
    sent = {"prompt": "a bird", "model": "echo"}
    guest = house.come("guest")
    assert 'name="picture"' not in guest.get("/").text
    assert 'name="picture"' in house.come("member").get("/").text
    refused = guest.post("/works", data=sent, files=files, headers=house.origin | JSON)
    assert refused.status_code == 403 and "no pictures from guests" in refused.text
    given = guest.post(
        "/v1/files",
        data={"purpose": "vision"},
        files={"file": files["picture"]},
        headers=house.origin,
    )
    assert given.status_code == 403
    data = {
        "prompt": "a bird",
        "input_reference": {"image_url": "data:image/png;base64,iVBORw0KGgo="},
    }
    asked = guest.post("/v1/videos", json=data, headers=house.origin)
    assert asked.status_code == 403, asked.text
    house.policy("[door]\nguest_pictures = true\n")
    assert 'name="picture"' in guest.get("/").text
    tried = guest.post("/works", data=sent, files=files, headers=house.origin | JSON)
    assert tried.status_code != 403


def test_a_guest_reads_until_when_their_work_stays(house: Any) -> None:
    work = house.make("guest").work_id
    page = house.come("guest").get(f"/works/{work}").text
    assert "It is deleted on" in page and f'action="/works/{work}/keep"' in page
    kept = post(house, "guest", f"/works/{work}/keep").json()["sharing"]
    assert kept["claimed"] and kept["until"] is None
    assert "stays until you delete it" in house.come("guest").get(f"/works/{work}").text
    house.policy('[guests]\nkeep_days = "none"\n')
    other = house.make("guest", "another").work_id
    assert (
        house.come("guest").get(f"/works/{other}", headers=JSON).json()["sharing"]["until"] is None
    )


def test_what_was_deleted_meanwhile_is_said_on_a_stale_page(house: Any) -> None:
    work = house.make("guest").work_id
    assert (
        house.come("guest").post(f"/works/{work}/delete", headers=house.origin).status_code == 303
    )
    for doing in (
        "show",
        "keep",
        "tags",
        "trash",
        "restore",
        "training",
        "links",
        "cancel",
        "delete",
    ):
        answer = house.come("guest").post(
            f"/works/{work}/{doing}", data={"to": "link", "allow": "no"}, headers=house.origin
        )
        assert answer.status_code == 404 and "<h1" in answer.text, doing


def test_what_is_not_made_yet_is_not_shown(house: Any) -> None:
    work = house.ask("member").work_id
    answer = post(house, "member", f"/works/{work}/show", to="everybody")
    assert answer.status_code == 400 and "not made yet" in answer.text
    assert 'id="show"' not in house.come("member").get(f"/works/{work}").text
