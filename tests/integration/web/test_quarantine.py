"""A hidden work is given out by nothing: every address that can name a work is asked, by everybody."""

import base64
import json
from typing import Any

import pytest
from fastapi.routing import APIRoute

from uncaged.archive import works
from uncaged.core.ids import new_id
from uncaged.web.routes import router
from uncaged.web.site import shown
from uncaged.web.v1.routes import router as v1

EVERYBODY = ("owner", "manager", "member", "reader", "guest", "other", "nobody")
NAMES = ("{work_id}", "{video_id}")
FILM = b"\x00\x00\x00\x18ftypmp42 this film is hidden by the house " * 30
JSON = {"Accept": "application/json"}


def addresses() -> list[tuple[str, str]]:
    """Every address of the pages and of /v1 that names a work."""
    found = [
        (method, route.path)
        for route in (*router.routes, *v1.routes)
        if isinstance(route, APIRoute)
        for method in route.methods
        if any(name in route.path for name in NAMES)
    ]
    assert len(found) > 10
    return sorted(found)


@pytest.fixture(scope="module")
def hidden(shared: Any) -> Any:
    """The member's film, shown to everybody, looked at, then hidden by the house; one more stays shown."""
    shared.films = {}
    for name, film in (("hidden", FILM), ("shown", b"this one is not")):
        run = shared.make("member", film=film)
        shared.films[name] = run.work_id
        sha = shared.studio.files.keep(film)
        for what in ("still", "strip"):  # as if somebody had looked at it before
            picture = shared.studio.files.derived(sha, f"{what}.jpg")
            picture.parent.mkdir(parents=True, exist_ok=True)
            picture.write_bytes(b"drawn from " + film[:40])
        shared.studio.commit(
            lambda c, work=run.work_id: works.show(
                c, shared.persons["member"], work, "everybody", 5
            )
        )
    work = shared.films["hidden"]
    shared.studio.commit(lambda c: works.hide(c, work, 9, None, 1))
    return shared


def traces() -> tuple[bytes, ...]:
    return (FILM[:40], b"drawn from " + FILM[:20], base64.b64encode(FILM)[:40])


def ask(house: Any, who: str, method: str, path: str, work: str, **more: Any) -> Any:
    headers = JSON | (house.origin if method != "GET" else {})
    for name in NAMES:
        path = path.replace(name, work)
    return house.come(who).request(method, path, headers=headers, **more)


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_address_gives_it_out(hidden: Any, who: str) -> None:
    work = hidden.films["hidden"]
    for method, path in addresses():
        if path.endswith(("/delete", "/events")) or method == "DELETE":
            continue
        answer = ask(hidden, who, method, path, work)
        assert answer.status_code < 500, (method, path, answer.text)
        for trace in traces():
            assert trace not in answer.content, (method, path)
        if who != "member" and method == "GET" and who != "reader":
            assert answer.status_code in (401, 404), (who, method, path)


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_list_gives_it_out(hidden: Any, who: str) -> None:
    work = hidden.films["hidden"]
    pages = [
        route.path
        for route in (*router.routes, *v1.routes)
        if isinstance(route, APIRoute) and "GET" in route.methods and "{" not in route.path
    ]
    for path in pages:
        answer = hidden.come(who).get(path, headers=JSON)
        assert answer.status_code < 500 or path == "/healthz", path
        for trace in traces():
            assert trace not in answer.content, path
        keepers = (
            who in ("owner", "manager") and path == "/reports"
        )  # what is hidden without a report
        if who not in ("member", "reader") and not keepers:
            assert work.encode() not in answer.content, path


def test_its_maker_still_has_every_page(hidden: Any) -> None:
    for path in ("/", "/works", "/me", f"/people/{hidden.persons['member']}"):
        page = hidden.come("member").get(path)
        assert page.status_code == 200, path
        assert f"{hidden.films['hidden']}/still" not in page.text, path


def test_its_maker_reads_why_and_gets_no_film(hidden: Any) -> None:
    work = hidden.films["hidden"]
    record = hidden.come("member").get(f"/works/{work}", headers=JSON).json()
    assert record["film"] is None and record["position"] is None
    page = hidden.come("member").get(f"/works/{work}")
    assert page.status_code == 200 and "<video" not in page.text
    assert hidden.come("member").get(f"/works/{hidden.films['shown']}/film").status_code == 200
    for variant in ("video", "thumbnail", "spritesheet"):
        wire = hidden.come("member").get(f"/v1/videos/{work}/content?variant={variant}")
        assert 400 <= wire.status_code < 500, wire.text
    assert hidden.come("member").get(f"/v1/videos/{work}").status_code == 200


def test_nothing_is_made_from_it(hidden: Any) -> None:
    work = hidden.films["hidden"]
    before = _runs(hidden)
    remix = f"/v1/videos/{work}/remix"
    for who in ("member", "other"):
        made = ask(hidden, who, "POST", remix, work, json={"prompt": "another"})
        assert made.status_code in (400, 404), made.text
        longer = ask(
            hidden,
            who,
            "POST",
            "/v1/videos/extensions",
            work,
            json={"video": {"id": work}, "prompt": "on", "seconds": "4"},
        )
        assert longer.status_code in (400, 404), longer.text
    said = ask(hidden, "member", "POST", remix, work, json={"prompt": "another"}).json()
    assert "hidden by the house" in json.dumps(said)
    film = {"video": ("film.mp4", FILM, "video/mp4")}
    sent = hidden.come("member").post(
        "/v1/videos/extensions",
        files=film,
        data={"prompt": "on", "seconds": "4"},
        headers=hidden.origin,
    )
    assert sent.status_code == 400
    assert _runs(hidden) == before


def _runs(house: Any) -> int:
    with house.studio.archive.read() as conn:
        return conn.exec_driver_sql("SELECT count(*) FROM runs").scalar_one()


@pytest.mark.parametrize("form", ["mp4", "frames", "strip"])
def test_python_says_so_too(hidden: Any, tmp_path: Any, form: str) -> None:
    from uncaged.core.errors import AskedWrong
    from uncaged.engines.asking import Request
    from uncaged.studio import making, taking

    studio = hidden.studio.as_person(hidden.persons["member"])
    work = studio.work(hidden.films["hidden"])
    with pytest.raises(AskedWrong, match="hidden by the house"):
        taking.take(studio, work, form, tmp_path / "film")
    assert not list(tmp_path.iterdir())
    child = Request("its child", seconds=1.0, size=(64, 64), parents=(work.id,))
    with pytest.raises(AskedWrong, match="hidden by the house"):
        making.ask(studio, child, "echo")
    missing = Request("its child", seconds=1.0, size=(64, 64), parents=(new_id("work"),))
    making.ask(studio, missing, "echo")


def test_a_static_site_leaves_it_out(hidden: Any) -> None:
    named = [film.work.id for film in shown.read(hidden.studio).films]
    assert hidden.films["shown"] in named and hidden.films["hidden"] not in named
