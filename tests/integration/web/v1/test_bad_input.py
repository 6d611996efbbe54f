"""Whatever is sent below `/v1`: an answer in its shape, and never a fault of ours."""

import json
import random
from typing import Any

import pytest

from uncaged.studio import adding

KEYS = {"message", "type", "param", "code"}
FIELDS = (
    "prompt model seconds size input_reference seed fps negative_prompt dials loop position num_frames width height "
    "lora extra_params guidance_scale n image mask response_format url event_types name video"
).split()
VALUES: tuple[Any, ...] = (
    None,
    "",
    " ",
    "a",
    "x" * 40_000,
    "\u0000",
    "😀",
    True,
    -1,
    0,
    1e308,
    10**30,
    [],
    ["a", 1],
    {},
    {"id": "w_aaaaaaaaaaaa"},
    {"image_url": "data:image/png;base64,AAAA"},
    {"image_url": "http://127.0.0.1/"},
    {"file_id": "../../etc/passwd"},
    {"a": {"b": {"c": [1, {"d": None}]}}},
)
POSTS = (
    "/v1/videos /v1/videos/edits /v1/videos/extensions /v1/videos/w_aaaaaaaaaaaa/remix /v1/images/generations "
    "/v1/images/edits /v1/images/variations /v1/files /v1/webhook_endpoints"
).split()


def in_shape(answer: Any) -> None:
    assert answer.status_code < 500, answer.text[:300]
    if answer.status_code >= 400:
        assert set(answer.json()["error"]) == KEYS
        assert answer.json()["error"]["message"]


WELL: dict[str, Any] = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": "0.5"}


@pytest.mark.parametrize("path", [p for p in POSTS if "images" not in p])
def test_any_values_in_any_fields(shared: Any, path: str) -> None:
    lot, owner = random.Random(path), shared.come("owner")
    for n in range(80):
        body = {name: lot.choice(VALUES) for name in lot.sample(FIELDS, lot.randint(0, 6))}
        in_shape(owner.post(path, json=WELL | body if n % 2 else body, headers=shared.origin))


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("path", ["/v1/videos", "/v1/images/generations"])
def test_any_value_in_one_field_of_a_good_request(house: Any, path: str, field: str) -> None:
    """Nobody may have anything in line here, so that nothing is made, and images are not waited for."""
    house.policy("[door]\nrequests_a_minute = 1_000_000\n[class.member]\nwaiting = 0\n")
    member = house.come("member")
    assert member.post(path, json=WELL).status_code == 429
    for value in VALUES:
        answer = member.post(path, json=WELL | {field: value})
        in_shape(answer)
        assert answer.status_code in (400, 404, 429), answer.text


WRONG: dict[str, list[Any]] = {
    "prompt": [[], {}, 5, None, " "],
    "model": [[], 5, {"a": 1}],
    "seconds": ["many", [], {}, "-1", 10**6],
    "size": ["huge", [], "9x9", "64x"],
    "seed": ["x", [], 1.5, -1],
    "fps": ["fast", [], {}, 0, -3],
    "negative_prompt": [[], 5, "snow"],
    "dials": ["x", [1], 5],
    "loop": ["perhaps", [], 7],
    "position": ["x", [1]],
    "input_reference": [5, [], {"file_id": 7}, {"image_url": "x"}, "data:image/png;base64,!"],
    "extra_params": [5, [1]],
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_value_is_told_by_its_field(shared: Any, field: str) -> None:
    owner = shared.come("owner")
    for value in WRONG[field]:
        answer = owner.post("/v1/videos", json=WELL | {field: value}, headers=shared.origin)
        assert answer.status_code == 400, (value, answer.text)
        assert answer.json()["error"]["param"].startswith(field), (value, answer.text)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b'"a"'),
        ("application/json", b"\xff\xfe"),
        ("application/json", b"{" * 5000),
        ("application/json", b'{"prompt": "\\ud800"}'),
        ("application/json", b'{"seed": ' + b"9" * 5000 + b"}"),
        ("application/json", b'{"seed": NaN}'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"garbage"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
        ),
        ("multipart/form-data; boundary=x; charset=utf-16", b"--x--\r\n"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(500))),
        ("application/x-www-form-urlencoded", b"a]b=1"),
        ("text/plain", b"prompt=a"),
        ("", b"\x00"),
    ],
)
@pytest.mark.parametrize("path", POSTS)
def test_bodies_that_cannot_be_read(shared: Any, path: str, kind: str, data: bytes) -> None:
    headers = shared.origin | ({"Content-Type": kind} if kind else {})
    answer = shared.come("owner").post(path, content=data, headers=headers)
    in_shape(answer)
    assert answer.status_code >= 400


@pytest.mark.parametrize(
    "name",
    ["..%2Fx", "w_aaaaaaaaaaaa", "%00", "a" * 500, "%ff", "w_AAAAAAAAAAAA", "latest", "'", "-1"],
)
def test_names_that_are_nobody(shared: Any, name: str) -> None:
    owner = shared.come("owner")
    for base in ("videos", "files", "webhook_endpoints", "models"):
        in_shape(owner.get(f"/v1/{base}/{name}"))
        in_shape(owner.delete(f"/v1/{base}/{name}", headers=shared.origin))
    for more in ("content", "content?variant=thumbnail"):
        in_shape(owner.get(f"/v1/videos/{name}/{more}"))


def test_what_is_somebody_elses_is_not_there(shared: Any) -> None:
    run, member = shared.make("owner"), shared.come("member")
    other = shared.come("other", Authorization="Bearer none")
    for who in (member, other):
        for path in (f"/v1/videos/{run.work_id}", f"/v1/videos/{run.work_id}/content"):
            assert who.get(path).status_code == 404
        asked = {"prompt": "a", "video": run.work_id, "seconds": 1}
        for path in (
            f"/v1/videos/{run.work_id}/remix",
            "/v1/videos/edits",
            "/v1/videos/extensions",
        ):
            assert who.post(path, json=asked).status_code == 404
        assert who.delete(f"/v1/videos/{run.work_id}").status_code == 404
        assert run.work_id not in who.get("/v1/videos").text
    assert shared.come("owner").get(f"/v1/videos/{run.work_id}").status_code == 200


def test_a_model_that_is_not_here_is_no_model_of_a_change_either(shared: Any) -> None:
    run, owner = shared.make("owner"), shared.come("owner", **shared.origin)
    asked = {"prompt": "a", "video": run.work_id, "seconds": 1}
    for path in (f"/v1/videos/{run.work_id}/remix", "/v1/videos/edits", "/v1/videos/extensions"):
        said = {k: v for k, v in asked.items() if not path.endswith("remix") or k == "prompt"}
        no = owner.post(path, json=said | {"model": "nosuch"})
        in_shape(no)
        error = no.json()["error"]
        assert (no.status_code, error["param"], error["code"]) == (404, "model", "model_not_found")
        assert owner.post(path, json=said | {"model": ["echo"]}).status_code == 400
        for name in ("ink", "sora-2"):
            done = owner.post(path, json=said | {"model": name})
            assert done.status_code == 200 and "model" in done.json()["ignored"], done.text
            assert done.json()["model"] == "echo"


UNKNOWN = {"w": "w_aaaaaaaaaaaa", "f": "f_aaaaaaaaaaaa", "h": "h_aaaaaaaaaaaa"}


def test_an_unknown_id_and_somebody_elses_are_told_alike(shared: Any) -> None:
    """Byte for byte but the id, and so do the headers: nobody learns by asking what others have."""
    owner, member = shared.come("owner"), shared.come("member")
    hook = {"url": "https://example.org/", "event_types": ["video.completed"]}
    file = owner.post("/v1/files", files={"file": b"x"}, headers=shared.origin).json()["id"]
    told = owner.post("/v1/webhook_endpoints", json=hook, headers=shared.origin).json()["id"]
    theirs = {"w": shared.make("owner").work_id, "f": file, "h": told}
    asked = {"prompt": "a", "seconds": 1}
    for name, method, path, body in (
        ("w", "GET", "/v1/videos/ID", None),
        ("w", "GET", "/v1/videos/ID/content", None),
        ("w", "GET", "/v1/videos/ID/content?variant=thumbnail", None),
        ("w", "DELETE", "/v1/videos/ID", None),
        ("w", "POST", "/v1/videos/ID/remix", asked),
        ("w", "POST", "/v1/videos/edits", asked | {"video": {"id": "ID"}}),
        ("w", "POST", "/v1/videos/extensions", asked | {"video": "ID"}),
        ("f", "GET", "/v1/files/ID", None),
        ("f", "GET", "/v1/files/ID/content", None),
        ("f", "DELETE", "/v1/files/ID", None),
        ("f", "POST", "/v1/videos", asked | {"input_reference": {"file_id": "ID"}}),
        ("h", "GET", "/v1/webhook_endpoints/ID", None),
        ("h", "DELETE", "/v1/webhook_endpoints/ID", None),
        ("h", "POST", "/v1/webhook_endpoints/ID", {"name": "mine"}),
        ("h", "POST", "/v1/webhook_endpoints/ID/rotate_secret", {}),
        ("h", "POST", "/v1/webhook_endpoints/ID/test", {}),
    ):
        answers: list[Any] = []
        for one in (theirs[name], UNKNOWN[name]):
            said = None if body is None else json.loads(json.dumps(body).replace("ID", one))
            answer = member.request(method, path.replace("ID", one), json=said)
            assert answer.status_code == 404, (path, answer.text)
            in_shape(answer)
            assert answer.headers.pop("x-request-id")  # one for each request, whatever it finds
            answers.append((answer.text.replace(one, "…"), sorted(answer.headers.items())))
        assert answers[0] == answers[1], path
    assert owner.get(f"/v1/videos?after={theirs['w']}").status_code == 200
    pages = [member.get(f"/v1/videos?after={one}").text for one in (theirs["w"], UNKNOWN["w"])]
    assert pages[0] == pages[1]
    assert member.get("/v1/files").json()["data"] == []


def test_keys_that_are_wrong_and_none(shared: Any) -> None:
    for said in ("Bearer uncaged_" + "x" * 43, "Basic uncaged_x"):
        answer = shared.come("guest", Authorization=said).get("/v1/videos")
        assert answer.status_code == 401
        in_shape(answer)
    assert shared.come("guest", Authorization="Bearer none").get("/v1/videos").status_code == 200
    reader = shared.come("reader")
    assert reader.post("/v1/videos", json={"prompt": "a"}).status_code == 403


@pytest.mark.parametrize(
    "query", ["limit=x", "limit=-1", "limit=101", "order=up", "after=" + "w" * 900]
)
def test_pages_that_cannot_be(shared: Any, query: str) -> None:
    answer = shared.come("owner").get(f"/v1/videos?{query}")
    assert answer.status_code == 400
    in_shape(answer)


def test_an_error_is_json_whoever_asks(shared: Any) -> None:
    answer = shared.come("owner").get("/v1/nothing", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert json.loads(answer.text)["error"]["type"] == "invalid_request_error"
    assert shared.come("owner").put("/v1/videos", headers=shared.origin).status_code == 405


OPTIONS: dict[str, tuple[Any, ...]] = {
    "steps": (0, -1, 10**6, "x", 1.5),
    "guidance_steps": ("x", "1 nan"),
    "sigmas": ("1", "1 x 0", [True]),
    "precision": ("float8", 16),
    "past": (0, 10**6),
    "guidance": ("x", [1]),
    "wobble": (1,),
}


def test_a_wrong_option_is_told_by_its_name(house: Any, cogvideox: Any) -> None:
    adding.add(house.studio, adding.offered(cogvideox.model), "cog")
    owner = house.come("owner", **house.origin)
    said = {"prompt": "a heron", "model": "cog"}
    for name, values in OPTIONS.items():
        for value in values:
            for path in ("/v1/videos", "/v1/images/generations"):
                answer = owner.post(path, json=said | {"dials": {name: value}})
                error = answer.json()["error"]
                assert (answer.status_code, error["param"]) == (400, name), (value, answer.text)
    answer = owner.post("/v1/videos", json=said | {"num_inference_steps": 0})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "steps"), answer.text
