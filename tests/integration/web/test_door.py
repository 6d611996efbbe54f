"""The door: names, proxies, crossings, sizes; and what every answer carries."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8484",
        "studio.test",
        "studio.test:80",
        "studio.test:8484.evil.example",
        "127.0.0.1:8484",
        "",
        "studio.test:8484/",
        "user@studio.test:8484",
    ],
)
@pytest.mark.parametrize("who", ["owner", "member", "guest"])
def test_another_name_opens_nothing(shared: Any, who: str, host: str) -> None:
    answer = shared.come(who).get("/", headers={"Host": host})
    assert answer.status_code == 421 and "name" in answer.text


def test_the_name_may_be_shouted(shared: Any) -> None:
    assert shared.come("owner").get("/", headers={"Host": "STUDIO.test:8484"}).status_code == 200


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto"]
)
def test_a_proxy_on_this_machine_that_nobody_named_is_not_the_owner(
    shared: Any, header: str
) -> None:
    answer = shared.come("owner").get("/", headers={header: "for=203.0.113.9"})
    assert answer.status_code == 403 and "proxies" in answer.text


def test_a_proxy_that_speaks_as_proxies_did_is_not_the_owner(shared: Any) -> None:
    """Some pass everything on without a word of themselves, in HTTP/1.0; whoever comes so is a guest like others."""

    async def old(scope: Any, receive: Any, send: Any) -> None:
        await shared.app({**scope, "http_version": "1.0"}, receive, send)

    client = TestClient(old, f"http://{shared.host}", client=("127.0.0.1", 1))
    assert client.get("/metrics").status_code == 403
    assert shared.come("owner").get("/metrics").status_code == 200


def test_a_named_proxy_says_who_comes(house: Any) -> None:
    house.policy('[door]\nproxies = ["127.0.0.1", "10.0.0.0/8"]\n')
    mine = house.make("guest").work_id
    proxy = house.come("owner")

    def seen(chain: str) -> int:
        return proxy.get(f"/works/{mine}", headers={"X-Forwarded-For": chain}).status_code

    assert seen("203.0.113.7") == 200
    assert seen("203.0.113.7, 10.1.2.3") == 200
    assert seen("9.9.9.9, 203.0.113.7, 10.1.2.3") == 200
    assert (
        seen("203.0.113.7, 203.0.113.8") == 404
    )  # what stands to the left anybody may have written
    assert seen("127.0.0.1") == 404
    assert proxy.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    assert proxy.get("/metrics").status_code == 403  # a proxy that says nothing is nobody's machine


CROSSINGS: list[tuple[dict[str, str], bool]] = [
    ({}, False),
    ({"Origin": "http://studio.test:8484"}, True),
    ({"Origin": "http://STUDIO.test:8484"}, True),
    ({"Origin": "http://studio.test"}, False),
    ({"Origin": "http://evil.example"}, False),
    ({"Origin": "http://studio.test:8484.evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Origin": "file://studio.test:8484"}, False),
    ({"Origin": "http://[::1"}, False),
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://studio.test:8484"}, False),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, False),
    ({"Referer": "http://studio.test:8484/"}, False),
]


@pytest.mark.parametrize(("headers", "passes"), CROSSINGS)
def test_a_change_comes_from_the_studio_itself(
    shared: Any, headers: dict[str, str], passes: bool
) -> None:
    run = shared.ask("owner")
    answer = shared.come("owner").post(f"/runs/{run.id}/pause", headers=headers)
    assert answer.status_code == (303 if passes else 403), answer.text
    assert shared.come("owner").get(f"/runs/{run.id}?as=json").json()["paused"] is passes


def test_a_key_needs_no_origin(shared: Any) -> None:
    run = shared.ask("member")
    assert shared.come("member").post(f"/runs/{run.id}/pause").status_code == 303


def test_every_answer_is_guarded(shared: Any) -> None:
    work = shared.make("owner").work_id
    owner, nobody = shared.come("owner"), shared.come("nobody")
    answers = [
        owner.get("/"),
        owner.get("/?as=json"),
        owner.get(f"/works/{work}/film"),
        owner.get(f"/works/{work}/film", headers={"Range": "bytes=9999999-"}),
        owner.get("/style.css"),
        owner.get("/nowhere"),
        owner.put("/"),
        owner.post("/works", data={"prompt": "x"}),
        owner.get("/", headers={"Host": "evil.example"}),
        nobody.get("/"),
    ]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "script-src 'self';" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "server" not in answer.headers
    other_way = owner.put("/", headers=shared.origin)
    assert other_way.status_code == 405 and "GET" in other_way.headers["Allow"]


def test_pages_have_neither_script_nor_style_of_their_own(shared: Any) -> None:
    work = shared.make("owner").work_id
    run = shared.ask("owner").id
    for path in ("/", "/line", f"/works/{work}", f"/runs/{run}", "/nowhere"):
        page = shared.come("owner").get(path).text
        ours = re.findall(r'<script type="module" src="/[a-z]+\.js"[^>]*></script>', page)
        assert page.count("<script") == len(ours)
        assert "style=" not in page and re.search(r"\son[a-z]+=", page) is None
        assert "http://" not in page and "https://" not in page


def test_more_than_anybody_needs_is_refused(shared: Any) -> None:
    owner = shared.come("owner")
    many = {f"X-Header-{n}": "x" for n in range(120)}
    assert owner.get("/", headers=many).status_code == 413
    assert owner.get("/" + "a" * 3000).status_code == 414
    json = shared.origin | {"Content-Type": "application/json"}
    long = owner.post("/works", content=b"{" + b" " * 2_100_000, headers=json)
    assert long.status_code == 413

    def dripping() -> Any:
        yield from (b" " * 100_000 for _ in range(30))

    assert owner.post("/works", content=dripping(), headers=json).status_code == 413
    strange = shared.origin | {"Content-Type": "text/plain"}
    assert owner.post("/works", content=b"a bird", headers=strange).status_code == 415


def test_a_person_who_asks_too_often_waits(house: Any) -> None:
    house.policy("[door]\nrequests_a_minute = 5\n")
    guest = house.come("guest")
    assert [guest.get("/line").status_code for _ in range(6)] == [200] * 5 + [429]
    answer = guest.get("/line", headers={"Accept": "application/json"})
    assert answer.status_code == 429 and 1 <= int(answer.headers["Retry-After"]) <= 120
    assert house.come("other").get("/line").status_code == 200
    assert [house.come("owner").get("/line").status_code for _ in range(9)] == [200] * 9


def test_a_mistake_of_ours_is_said_in_words(
    shared: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from uncaged.web.pages import line

    def broken(*_: object) -> Any:
        raise ZeroDivisionError("a secret of ours")

    monkeypatch.setattr(line, "show", broken)
    answer = shared.come("owner").get("/line")
    assert answer.status_code == 500 and "our mistake" in answer.text
    assert "secret" not in answer.text and "ZeroDivisionError" in capsys.readouterr().err
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_measures_or_sends_whatever_the_environment_says(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uncaged.web.app import create_app

    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://evil.example")
    app = create_app(house.studio, hosts=frozenset({house.host}), local=True)
    assert not app._native_telemetry.enabled()
    assert app._telemetry["auto_configure"] is False
