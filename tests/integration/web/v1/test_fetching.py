"""Pictures that lie elsewhere: fetched for whoever may ask, within limits, from nowhere they should not be."""

import base64
import io
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image
from sqlalchemy import select

from uncaged.archive.tables import runs
from uncaged.web import outbound
from uncaged.web.v1 import fetching

SMALL: dict[str, Any] = {"prompt": "a bird", "size": "64x64", "seconds": "0.5"}


def a_picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 40, 40)).save(buffer, "PNG")
    return buffer.getvalue()


PICTURE = a_picture()
REAL = httpx2.AsyncClient


@pytest.fixture
def open_house(house_in: Callable[..., Any], tmp_path: Path) -> Any:
    """One that may fetch from this machine."""
    return house_in(tmp_path / "home", private_hooks=True)


def ask(house: Any, url: str, who: str = "owner", **headers: str) -> Any:
    body = SMALL | {"input_reference": {"image_url": url}}
    return house.come(who).post("/v1/videos", json=body, headers=house.origin | headers)


def refused(answer: Any, status: int = 400, param: str | None = "input_reference") -> str:
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["param"] == param
    return error["message"]


def runs_of(house: Any) -> int:
    with house.studio.archive.read() as conn:
        return len(conn.execute(select(runs.c.id)).all())


def test_it_is_fetched_and_kept_with_the_film(open_house: Any, elsewhere: Any) -> None:
    url = elsewhere.gives("/a.png", PICTURE, Content_Type="text/html")
    for body in (
        {"input_reference": {"image_url": url}},
        {"input_reference": url},
        {"input_reference": {"image_url": {"url": url}}},
    ):
        answer = open_house.come("owner").post(
            "/v1/videos", json=SMALL | body, headers=open_house.origin
        )
        assert answer.status_code == 200, answer.text
    listed = SMALL | {"input_reference": [{"image_url": url}]}
    answer = open_house.come("owner").post("/v1/videos", json=listed, headers=open_house.origin)
    assert "Given" not in refused(answer)
    for way in ({"data": {"input_reference[image_url]": url}}, {"json": {"image": [url, url]}}):
        path = "/v1/videos" if "data" in way else "/v1/images/edits"
        way = {kind: SMALL | {"n": "0"} | body for kind, body in way.items()}
        answer = open_house.come("owner").post(path, **way, headers=open_house.origin)
        assert answer.status_code == (200 if "data" in way else 400)
    assert len(elsewhere.asked) == 6  # n is looked at behind the pictures
    with open_house.studio.archive.read() as conn:
        scores = conn.execute(select(runs.c.score)).scalars().all()
    assert len(scores) == 4 and all("sha256" in str(score) for score in scores)
    _path, said, _body = elsewhere.asked[0]
    assert said["via"] == "1.1 uncaged" and said["accept-encoding"] == "identity"
    assert not {"authorization", "cookie", "referer", "origin"} & set(said)


def test_redirects_are_followed_three_times(open_house: Any, elsewhere: Any) -> None:
    elsewhere.gives("/a.png", PICTURE)
    for n in range(4):
        there = "/a.png" if n == 0 else f"/step{n - 1}"
        elsewhere.gives(f"/step{n}", b"", 302, Location=there)
    assert ask(open_house, elsewhere.address + "/step2").status_code == 200
    assert "3 times" in refused(ask(open_house, elsewhere.address + "/step3"))
    elsewhere.gives("/round", b"", 307, Location="/round")
    assert "3 times" in refused(ask(open_house, elsewhere.address + "/round"))
    for there in ("file:///etc/passwd", "gopher://127.0.0.1/", "http://a:b@127.0.0.1/", "http://"):
        elsewhere.gives("/away", b"", 302, Location=there)
        refused(ask(open_house, elsewhere.address + "/away"))


def test_what_is_no_picture_is_said(open_house: Any, elsewhere: Any) -> None:
    for body in (b"", b"<html>", b"\x89PNG\r\n\x1a\n" + bytes(100), b"GIF89a"):
        refused(ask(open_house, elsewhere.gives("/a.png", body, Content_Type="image/png")))
    squeezed = elsewhere.gives("/z", PICTURE[:9], Content_Encoding="gzip")
    refused(ask(open_house, squeezed))
    assert runs_of(open_house) == 0


def test_what_stands_in_this_network_says_nothing_of_itself(
    open_house: Any, elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WAIT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        closed = socket.create_server(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        closed.close()
        said = {
            refused(ask(open_house, url))
            for url in (
                f"http://127.0.0.1:{port}/",
                f"http://127.0.0.1:{silent.getsockname()[1]}/",
                "http://nowhere.invalid/",
                elsewhere.gives("/no", b"secret", 401),
                elsewhere.hangs("/hangs"),
                elsewhere.drips("/drips"),
                elsewhere.does("/nonsense", lambda handler: handler.wfile.write(b"220 ftp\r\n")),
                elsewhere.does("/end", lambda handler: handler.connection.close()),
            )
        }
    assert len(said) == 1


def test_too_much_of_it_is_not_taken(house_in: Any, tmp_path: Path, elsewhere: Any) -> None:
    house = house_in(tmp_path / "home", private_hooks=True, picture_megabytes=1)
    url, sent = elsewhere.pours("/a.png")
    assert "more than 1 MB" in refused(ask(house, url))
    assert sent() < 50_000_000
    many = {"prompt": "a", "image": ["http://127.0.0.1:1/"] * 17}
    answer = house.come("owner").post("/v1/images/edits", json=many, headers=house.origin)
    assert "more than 16" in refused(answer, param="image")


def test_a_drip_within_the_picture_ends(
    open_house: Any, elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WAIT", 0.5)

    def answer(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not elsewhere.over.wait(0.05):
            handler.wfile.write(b"x")

    refused(ask(open_house, elsewhere.does("/a.png", answer)))
    assert not open_house.app.state.web.elsewhere


def test_nothing_is_fetched_for_who_may_not_ask(
    open_house: Any, elsewhere: Any, house_in: Any, tmp_path: Path
) -> None:
    url = elsewhere.gives("/a.png", PICTURE)
    full = "[class.guest]\nwaiting = 0\n[door]\nrequests_a_minute = 1_000_000\n"
    open_house.policy(full)
    open_house.app.state.web.policies.look()
    assert "no pictures from guests" in refused(ask(open_house, url, "guest"), 403, None)
    open_house.policy(full + "guest_pictures = true\n")
    open_house.app.state.web.policies.look()
    refused(ask(open_house, url, "guest"), 429, None)
    refused(ask(open_house, url, "reader"), 403, None)
    refused(ask(open_house, url, "nobody"), 401, None)
    offline = house_in(tmp_path / "other", private_hooks=True, offline=True)
    assert "offline" in refused(ask(offline, url))
    assert elsewhere.asked == []
    assert ask(open_house, url, "member").status_code == 200


def test_what_was_asked_for_before_is_not_fetched_again(open_house: Any, elsewhere: Any) -> None:
    url = elsewhere.gives("/a.png", PICTURE)
    key = {"Idempotency-Key": "one"}
    first = ask(open_house, url, **key).json()["id"]
    elsewhere.gives("/a.png", b"gone", 404)
    assert ask(open_house, url, **key).json()["id"] == first
    assert "before" in refused(ask(open_house, url + "?b", **key), 400, "Idempotency-Key")
    assert len(elsewhere.asked) == 1 and runs_of(open_house) == 1


def test_who_hangs_holds_up_nobody_else(served: Any, elsewhere: Any) -> None:
    hangs = elsewhere.hangs("/a.png") + "?secret=do-not-write-this"
    body = SMALL | {"input_reference": {"image_url": hangs}}
    headers = {"Authorization": "Bearer none"}
    statuses: list[int] = []

    def go() -> None:
        answer = httpx2.post(served.address + "/v1/videos", json=body, headers=headers, timeout=60)
        statuses.append(answer.status_code)

    waiting = [threading.Thread(target=go) for _ in range(fetching.OF_ONE)]
    for one in waiting:
        one.start()
    until = time.monotonic() + 20
    while len(elsewhere.asked) < fetching.OF_ONE:
        assert time.monotonic() < until
        time.sleep(0.02)
    with httpx2.Client(base_url=served.address, headers=headers, timeout=60) as client:
        hook = {"url": elsewhere.gives("/told", b""), "event_types": ["video.completed"]}
        told = client.post("/v1/webhook_endpoints", json=hook).json()["id"]
        for path, asked in (("/videos", body), (f"/webhook_endpoints/{told}/test", {})):
            more = client.post("/v1" + path, json=asked)
            assert (more.status_code, more.headers["retry-after"]) == (429, "5")
        client.delete(f"/v1/webhook_endpoints/{told}")
        for _ in range(4):
            assert client.post("/v1/videos", json=SMALL).status_code == 200
            assert client.get("/v1/videos").status_code == 200
    elsewhere.over.set()
    for one in waiting:
        one.join()
    assert statuses == [400] * fetching.OF_ONE
    assert "do-not-write-this" not in served.said.read_text()


Net = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, list[str]], Net], list[str]]:
    """An open net in which names stand for addresses, one after the other, and `answer` is who answers there."""

    def make(names: dict[str, list[str]], answer: Net) -> list[str]:
        went: list[str] = []

        def look(host: str, port: int, **_: Any) -> list[Any]:
            if host not in names:
                raise socket.gaierror(socket.EAI_NONAME, "not known")
            one = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
            return [(socket.AF_INET, 1, 6, "", (one, port))]

        def hear(request: httpx2.Request) -> httpx2.Response:
            went.append(f"{request.url.host} {request.headers['host']}")
            return answer(request)

        transport = httpx2.MockTransport(hear)
        monkeypatch.setattr(
            outbound.httpx2, "AsyncClient", lambda **given: REAL(transport=transport, **given)
        )
        monkeypatch.setattr(socket, "getaddrinfo", look)
        return went

    return make


PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    "there",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://0x7f.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost./",
        "https://inside.example/",
        "http://picture.example/",
        "//127.0.0.1/",
        "https://picture.example/again",
    ],
)
def test_each_step_goes_through_the_guard(house: Any, net: Any, there: str) -> None:
    """The last one: the name meant a public machine at the first step, and means this one at the second."""
    names = {"picture.example": [PUBLIC, "127.0.0.1"], "inside.example": ["10.0.0.1"]}
    went = net(names, lambda _: httpx2.Response(302, headers={"Location": there}))
    refused(ask(house, "https://picture.example/a.png?b=c"))
    assert went == [f"{PUBLIC} picture.example"]


def test_a_public_machine_is_quoted(house: Any, net: Any) -> None:
    net({"picture.example": [PUBLIC]}, lambda _: httpx2.Response(418))
    assert "answered 418" in refused(ask(house, "https://picture.example/"))
    net(
        {"picture.example": [PUBLIC]},
        lambda _: httpx2.Response(200, stream=httpx2.ByteStream(PICTURE)),
    )
    assert ask(house, "https://picture.example/").status_code == 200


def test_a_name_of_this_network_and_none_are_told_alike(house: Any, net: Any) -> None:
    went = net({"inside.example": ["10.0.0.1"]}, lambda _: httpx2.Response(200))
    inside, nobody = (ask(house, f"https://{name}.example/") for name in ("inside", "nobody"))
    assert refused(inside) == refused(nobody) and went == []
    assert "this network" in refused(ask(house, "https://10.0.0.1/"))


def test_a_studio_does_not_take_its_own_request_for_its_owners(
    house_in: Any, tmp_path: Path
) -> None:
    """A guest behind a proxy would see through it what only who sits at the machine may see."""
    house = house_in(tmp_path / "home", private_hooks=True)
    run = house.make("owner")
    answer = house.come("owner", **outbound.OURS).get(f"/v1/videos/{run.work_id}")
    assert answer.status_code == 403
    assert house.come("owner").get(f"/v1/videos/{run.work_id}").status_code == 200


def test_a_film_that_was_made_here_is_known_by_its_bytes(house: Any) -> None:
    owner = house.come("owner")
    run = house.make("owner", film=b"a film of the owner's alone")
    shared = house.make("owner", film=b"a film for everybody")
    film = {"video": ("x.mp4", b"a film of the owner's alone", "video/mp4")}
    data = {"prompt": "a", "seconds": "1"}
    answer = owner.post("/v1/videos/edits", data=data, files=film, headers=house.origin)
    assert answer.json()["remixed_from_video_id"] == run.work_id, answer.text
    encoded = base64.b64encode(b"a film for everybody").decode()
    as_url = {"prompt": "a", "video": f"data:video/mp4;base64,{encoded}"}
    answer = owner.post("/v1/videos/edits", json=as_url, headers=house.origin)
    assert answer.json()["remixed_from_video_id"] == shared.work_id
    for path in ("/v1/videos/edits", "/v1/videos/extensions"):
        alien = {"video": ("x.mp4", b"a film from elsewhere", "video/mp4")}
        said = refused(owner.post(path, data=data, files=alien, headers=house.origin), 400, "video")
        theirs = house.come("member").post(path, data=data, files=film)
        assert refused(theirs, 400, "video") == said and "made here" in said
        assert theirs.json()["error"]["code"] == "unsupported"
    for body in ({"video": {"id": run.work_id}}, {"video": run.work_id}):
        answer = owner.post("/v1/videos/edits", json=data | body, headers=house.origin)
        assert answer.json()["remixed_from_video_id"] == run.work_id
