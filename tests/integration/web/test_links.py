"""Your link: exchanged once for a cookie of one work, good for that work alone, worth nothing once it was changed."""

import itertools
import re
import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from uncaged.archive import works
from uncaged.studio import links
from uncaged.web import holding

JSON = {"Accept": "application/json"}


def record(client: TestClient, work: str) -> Any:
    answer = client.get(f"/works/{work}", headers=JSON)
    assert answer.status_code == 200, answer.text
    return answer.json()


def link_of(house: Any, work: str, who: str = "guest") -> str:
    link: str = record(house.come(who), work)["sharing"]["link"]
    assert link.startswith(f"http://{house.host}/works/{work}?link=")
    return link


def visible(house: Any, who: str, work: str, to: str) -> None:
    person = house.persons[who]
    house.studio.commit(lambda c: works.show(c, person, work, to, house.studio.clock.now()))


def follow(house: Any, link: str, who: str = "other") -> TestClient:
    """Somebody who came by it."""
    client = house.come(who)
    answer = client.get(link)
    assert answer.status_code == 303, answer.text
    return client


def test_a_link_becomes_a_cookie_and_leaves_the_address(house: Any) -> None:
    work = house.make("guest").work_id
    link = link_of(house, work)
    client = house.come("other")
    answer = client.get(link)
    assert answer.status_code == 303 and answer.headers["Location"] == f"/works/{work}"
    assert answer.headers["Referrer-Policy"] == "no-referrer" and not answer.content
    cookie = answer.headers["Set-Cookie"]
    assert f"Path=/works/{work}" in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
    token = link.partition("link=")[2]
    assert token not in cookie and token not in str(answer.headers["Location"])
    page = client.get(f"/works/{work}")
    assert page.status_code == 200 and page.headers["Referrer-Policy"] == "same-origin"
    assert token in page.text and '<svg class="qr"' in page.text  # for whoever holds it already
    assert "style=" not in page.text


def test_programs_come_by_a_link_too(house: Any) -> None:
    work = house.make("guest").work_id
    answer = house.come("other").get(link_of(house, work) + "&as=json", follow_redirects=True)
    assert answer.status_code == 200 and answer.json()["own"] is True


def test_whoever_has_your_link_may_do_what_you_may_with_this_work_alone(house: Any) -> None:
    work, another = house.make("guest").work_id, house.make("guest", "another").work_id
    client = follow(house, link_of(house, work))
    for file in ("film", "position", ""):
        assert client.get(f"/works/{work}/{file}".rstrip("/")).status_code == 200
        assert client.get(f"/works/{another}/{file}".rstrip("/")).status_code == 404
    for doing, sent in (
        ("show", {"to": "everybody"}),
        ("show", {"to": "nobody"}),
        ("tags", {"add": "theirs"}),
        ("keep", {}),
        ("training", {"allow": "yes"}),
        ("trash", {}),
        ("restore", {}),
    ):
        answer = client.post(f"/works/{work}/{doing}", data=sent, headers=house.origin | JSON)
        assert answer.status_code == 200, (doing, answer.text)
        refused = client.post(f"/works/{another}/{doing}", data=sent, headers=house.origin | JSON)
        assert refused.status_code == 404, doing
    seen = record(client, work)
    assert seen["own"] and seen["by_link"] and seen["training"] and seen["sharing"]["claimed"]
    listed = client.get("/works", headers=JSON).json()
    assert listed["works"] == []  # nobody became the guest by it
    gone = client.post(f"/works/{work}/delete", headers=house.origin)
    assert gone.status_code == 303 and client.get(f"/works/{work}").status_code == 404


def test_a_work_in_line_is_cancelled_by_its_link(house: Any) -> None:
    run = house.ask("guest")
    client = follow(house, link_of(house, run.work_id))
    assert record(client, run.work_id)["state"] == "queued"
    page = client.get(f"/works/{run.work_id}").text
    assert f'action="/works/{run.work_id}/cancel"' in page and 'action="/runs/' not in page
    assert client.post(f"/works/{run.work_id}/cancel", headers=house.origin).status_code == 303
    assert record(client, run.work_id)["state"] == "cancelled"
    assert (
        house.come("other").post(f"/runs/{run.id}/cancel", headers=house.origin).status_code == 404
    )


def test_a_changed_link_opens_nothing_and_its_cookies_neither(house: Any) -> None:
    work = house.make("guest").work_id
    old = link_of(house, work)
    before = follow(house, old)
    changing = follow(house, old, "reader")
    assert house.come("guest").post(f"/works/{work}/links", headers=house.origin).status_code == 303
    new = link_of(house, work)
    assert new != old
    nothing = house.come("other").get(f"/works/{house.ask('owner').work_id}", headers=JSON).content
    for client in (before, changing):
        assert client.get(f"/works/{work}").status_code == 404
    refused = house.come("other").get(old, headers=JSON)
    assert refused.status_code == 404 and refused.content == nothing
    assert refused.headers["Referrer-Policy"] == "no-referrer"
    # whoever changes it by the link itself goes on by the new one
    client = follow(house, new)
    answer = client.post(f"/works/{work}/links", headers=house.origin)
    assert answer.status_code == 303 and record(client, work)["own"]
    assert house.come("other").get(new).status_code == 404


def test_wrong_links_look_like_nothing_there(house: Any) -> None:
    work, another = house.make("guest").work_id, house.make("guest", "another").work_id
    token = link_of(house, work).partition("link=")[2]
    nothing = house.come("other").get("/works/w_aaaaaaaaaaaa", headers=JSON).content
    wrong = [
        "",
        "x",
        token[:-1],
        token + "a",
        "a" * 64,
        "é",
        "%00",
        "..",
        token.replace("-", "8")[:-2],
    ]
    for said in wrong:
        answer = house.come("other").get(f"/works/{work}?link={said}", headers=JSON)
        assert answer.status_code == 404 and answer.content == nothing, said
        assert "set-cookie" not in answer.headers
    for address in (f"{another}?link={token}", f"..'--?link={token}"):
        assert house.come("other").get(f"/works/{address}", headers=JSON).content == nothing
    with_and_without = (
        house.come("other").get(f"/works/{work}{more}").text.partition("<main")[2]
        for more in ("?link=x", "")
    )
    assert len(set(with_and_without)) == 1
    typed = token.upper().replace("-", " ")
    assert house.come("other").get(f"/works/{work}?link={typed}").status_code == 303


def test_a_cookie_of_somebody_s_own_making_opens_nothing(house: Any) -> None:
    work = house.make("guest").work_id
    token = link_of(house, work).partition("link=")[2]
    for said in ("", token, "maker.", "maker." + "0" * 64, "viewer." + "0" * 64, "é", "a" * 6000):
        client = house.come("other")
        header = {"Cookie": f"{holding.COOKIE}={said}".encode()}
        assert client.get(f"/works/{work}", headers=header).status_code == 404, said[:20]


def test_six_kilobytes_of_cookies_and_none_at_all(house: Any) -> None:
    work = house.make("guest").work_id
    client = follow(house, link_of(house, work))
    own = client.cookies.get(holding.COOKIE)
    many = "; ".join(f"c{n}={'x' * 50}" for n in range(110))
    header = {"Cookie": f"{many}; {holding.COOKIE}={own}"}
    assert len(many) > 6000
    assert house.come("other").get(f"/works/{work}", headers=header).status_code == 200
    nobody = house.come("other")
    answer = nobody.get(link_of(house, work))
    nobody.cookies.clear()
    said = nobody.get(answer.headers["Location"])
    assert said.status_code == 404 and "cookie" in said.text


def test_links_are_not_tried_for_ever(house: Any) -> None:
    work = house.make("guest").work_id
    client = house.come("other")
    left = 60 - time.time() % 60
    time.sleep(left if left < 10 else 0)  # tries are counted by the minute: all of these in one
    tries = [client.get(f"/works/{work}?link=x{n}").status_code for n in range(holding.TRIES + 1)]
    assert set(tries[:-1]) == {404} and tries[-1] == 429
    assert (
        client.get(link_of(house, work)).status_code == 429
    )  # right ones tell nothing then either
    assert house.come("guest").get(f"/works/{work}").status_code == 200


def test_the_link_to_see_it_shows_it_and_no_more(house: Any) -> None:
    work = house.make("member").work_id
    assert record(house.come("member"), work)["sharing"]["link"] is None  # members have a login
    visible(house, "member", work, "link")
    link = record(house.come("member"), work)["sharing"]["viewer_link"]
    client = follow(house, link)
    seen = record(client, work)
    assert not seen["own"] and seen["by_link"] and seen["sharing"] is None
    assert client.get(f"/works/{work}/film").content == house.film
    for doing in (
        "show",
        "tags",
        "keep",
        "training",
        "trash",
        "restore",
        "links",
        "cancel",
        "delete",
    ):
        sent = {"to": "everybody", "allow": "yes", "add": "x"}
        answer = client.post(f"/works/{work}/{doing}", data=sent, headers=house.origin | JSON)
        assert answer.status_code == 404, doing
    assert "tags" not in client.get(f"/works/{work}").text.partition("<main")[2]
    assert house.come("other").get(f"/works/{work}").status_code == 404
    visible(house, "member", work, "nobody")
    assert client.get(f"/works/{work}").status_code == 404
    assert house.come("other").get(link).status_code == 404


def test_a_hidden_work_opens_by_no_viewers_link(house: Any) -> None:
    work = house.make("guest").work_id
    mine = link_of(house, work)
    visible(house, "guest", work, "link")
    link = record(house.come("guest"), work)["sharing"]["viewer_link"]
    viewer, maker = follow(house, link), follow(house, mine)
    house.studio.commit(lambda c: works.hide(c, work, 5, None, 1))
    assert viewer.get(f"/works/{work}").status_code == 404
    seen = record(maker, work)
    assert (
        seen["film"] is None
        and seen["position"] is None
        and "hidden" in maker.get(f"/works/{work}").text
    )
    for file in ("film", "still", "strip", "position"):
        assert maker.get(f"/works/{work}/{file}").status_code == 404
    refused = maker.post(f"/works/{work}/show", data={"to": "everybody"}, headers=house.origin)
    assert refused.status_code == 400


def test_another_site_changes_nothing_by_a_link(house: Any) -> None:
    work = house.make("guest").work_id
    client = follow(house, link_of(house, work))
    for header in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {}):
        answer = client.post(f"/works/{work}/show", data={"to": "everybody"}, headers=header)
        assert answer.status_code == 403
    assert record(client, work)["visibility"] == "nobody"


def test_no_output_of_ours_says_a_link(house: Any, capfd: pytest.CaptureFixture[str]) -> None:
    work = house.make("guest").work_id
    link = link_of(house, work)
    follow(house, link)
    house.come("other").get(link.replace("link=", "link=x"))
    numbers = house.come("owner").get("/metrics").text
    out, err = capfd.readouterr()
    token = link.partition("link=")[2]
    assert token not in out + err + numbers
    with house.studio.archive.read() as conn:
        for (name,) in conn.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).all():
            rows = conn.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            assert not any(token in str(row) for row in rows), name


def test_tokens_differ_by_work_role_and_turn(house: Any) -> None:
    made = {
        links.token(house.studio, work, role, times)
        for work, role, times in itertools.product(("w_a", "w_b"), links.ROLES, (0, 1))
    }
    assert len(made) == 8
    assert all(re.fullmatch(r"([a-z2-7]{4}-){4}[a-z2-7]{4}", one) for one in made)


def test_whoever_presses_make_gets_their_link(house: Any) -> None:
    sent = {"prompt": "a bird", "model": "echo"}
    answer = house.come("guest").post("/works", json=sent, headers=house.origin)
    made = answer.json()
    assert made["sharing"]["link"] == record(house.come("guest"), made["id"])["sharing"]["link"]
    follow(house, made["sharing"]["link"])
    by_member = house.come("member").post("/works", json=sent, headers=house.origin).json()
    assert by_member["sharing"]["link"] is None
