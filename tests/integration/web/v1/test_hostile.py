"""A served studio and whoever sends it anything at all: an answer in the API's shape, bounded memory, nothing lost."""

import base64
import gzip
import io
import json
import os
import select
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx2
import openai
import pytest
from PIL import Image

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
SMALL: dict[str, Any] = {"prompt": "a bird", "size": "64x64", "seconds": "0.5"}
KEYS = {"message", "type", "param", "code"}
MOST = 150_000_000
"""Bytes of memory that whatever is sent may cost, at most."""


def in_shape(status: int, body: bytes, *expected: int) -> dict[str, Any]:
    assert status in expected, (status, body[:300])
    error = json.loads(body)["error"]
    assert set(error) == KEYS and error["message"] and error["type"] == "invalid_request_error"
    return error


def send(
    served: Any, path: str, headers: str, pieces: Iterable[bytes], method: str = "POST"
) -> tuple[int, bytes, int]:
    """Sends until there is an answer, or no more to send: its status, its body, and bytes that were sent."""
    sent = 0
    host = served.address.partition("//")[2]
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer none\r\n{headers}\r\n"
    )
    with socket.create_connection(("127.0.0.1", served.port), 30) as made:
        made.sendall(head.encode())
        with suppress(OSError):
            for piece in pieces:
                if select.select([made], [], [], 0)[0]:
                    break
                made.sendall(piece)
                sent += len(piece)
        got = b""
        with suppress(ConnectionResetError):
            while not whole(got) and (some := made.recv(65_536)):
                got += some
    head_of, _, body = got.partition(b"\r\n\r\n")
    return (int(head_of.split()[1]) if head_of else 0), body, sent


def whole(got: bytes) -> bool:
    """Whether all of an answer is there."""
    head, found, body = got.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(found and lengths) and len(body) >= int(lengths[0].partition(b":")[2])


def post(served: Any, path: str, kind: str, body: bytes, more: str = "") -> tuple[int, bytes]:
    said = f"Content-Type: {kind}\r\n" if kind else ""
    length = f"{said}{more}Content-Length: {len(body)}\r\n"
    pieces = (body[at : at + (1 << 18)] for at in range(0, len(body), 1 << 18))
    return send(served, path, length, pieces)[:2]


@contextmanager
def little_memory(served: Any) -> Iterator[None]:
    """The web takes little more at any time while the block runs than it took before."""
    if not os.access("/proc/self/clear_refs", os.W_OK):
        pytest.skip("the system does not say how much memory a process took")

    def peak() -> int:
        said = (web / "status").read_text().partition("VmHWM:")[2]
        return int(said.split()[0]) * 1024

    web = served.web
    (web / "clear_refs").write_text("5")  # the peak is what it takes now
    before = peak()
    yield
    assert peak() - before < MOST


@pytest.mark.parametrize("path", ["/v1/videos", "/v1/files", "/v1/images/edits"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
def test_ten_gigabytes_are_refused_at_once(served: Any, path: str, kind: str) -> None:
    headers = f"Content-Type: {kind}\r\nContent-Length: 10000000000\r\n"
    status, body, sent = send(served, path, headers, [])
    assert "longer than" in in_shape(status, body, 413)["message"]
    assert sent == 0


@pytest.mark.parametrize(
    ("kind", "beginning", "most"),
    [
        ("application/json", b'{"prompt": "', 23),
        ("application/x-www-form-urlencoded", b"prompt=", 23),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=", 66),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n',
            66,
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="prompt"\r\n\r\n',
            66,
        ),
    ],
    ids=["json", "urlencoded", "a header", "a file", "a text"],
)
def test_a_body_without_end_is_cut_off(served: Any, kind: str, beginning: bytes, most: int) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"%x\r\n%b\r\n" % (len(beginning), beginning)
        for n in range(10_000):
            if n * 0x40000 > most * 1_000_000:  # what lies between the two is no answer's fault
                time.sleep(0.02)
            yield b"40000\r\n" + b"a" * 0x40000 + b"\r\n"

    headers = f"Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n"
    with little_memory(served):
        status, body, sent = send(served, "/v1/videos", headers, pieces())
    if status:  # else it was broken off while it was still sent
        in_shape(status, body, 400, 413)
    assert sent < (most + 12) * 1_000_000


@pytest.mark.parametrize("sign", [b"[],", b"{},", b"1,", b'{"a":[', b'"",'])
def test_a_body_of_many_values_is_no_mountain_in_memory(served: Any, sign: bytes) -> None:
    body = b'{"prompt": "a", "dials": [' + sign * (20_000_000 // len(sign)) + b"1]}"
    with little_memory(served):
        error = in_shape(*post(served, "/v1/videos", "application/json", body), 400)
    assert "200,000 values" in error["message"]


def a_picture(length: int) -> str:
    """A data URL of so many characters; what stands behind the end of a PNG is nobody's."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 40, 40)).save(buffer, "PNG")
    head, png = "data:image/png;base64,", buffer.getvalue()
    room = (length - len(head)) // 4 * 3
    return head + base64.b64encode(png + bytes(room - len(png))).decode()


@pytest.mark.parametrize("way", ["json", "multipart"])
def test_a_data_url_of_twenty_megabytes(served: Any, way: str) -> None:
    for url, expected in ((a_picture(20_971_520), 200), (a_picture(20_971_520) + "A" * 4, 400)):
        if way == "json":
            asked = json.dumps(SMALL | {"input_reference": {"image_url": url}})
            kind, body = "application/json", asked.encode()
        else:
            fields = SMALL | {"input_reference[image_url]": url}
            kind, body = "multipart/form-data; boundary=x", form(fields.items())
        with little_memory(served):
            status, said = post(served, "/v1/videos", kind, body)
        if expected == 200:
            assert status == 200, said[:300]
        else:
            error = in_shape(status, said, 400)
            assert error["param"] == "input_reference" and "20,971,520" in error["message"]


LONG = "x" * 20_000_000


@pytest.mark.parametrize(
    "asked",
    [
        {"dials": {LONG: 1}},
        {"input_reference": {LONG: 1}},
        {"input_reference": {"image_url": "data:" + ";a" * 10_000_000}},
        {"input_reference": {"image_url": "data:," + "%41" * 6_000_000}},
        {"model": LONG},
        {"seconds": "1" * 20_000_000},
        {"size": "1x" * 10_000_000},
        {"position": LONG},
        {"seed": ["1" * 20_000_000]},
        {LONG: 1, "prompt": ""},
    ],
    ids=range(10),
)
def test_long_names_and_values_are_no_mountain_in_memory(served: Any, asked: Any) -> None:
    body = json.dumps(SMALL | asked).encode()
    with little_memory(served):
        error = in_shape(*post(served, "/v1/videos", "application/json", body), 400)
    assert len(error["message"]) < 1000


def form(fields: Iterable[tuple[str, str]]) -> bytes:
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields
    ]
    return "".join(parts).encode() + b"--x--\r\n"


PROMPT = b'--x\r\nContent-Disposition: form-data; name="prompt"\r\n\r\na\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", PROMPT + b"--x--\r\n"),
        ("multipart/form-data; boundary=", PROMPT + b"--x--\r\n"),
        ("multipart/form-data; boundary=y", PROMPT + b"--x--\r\n"),
        ("multipart/form-data; boundary=" + "y" * 5000, PROMPT + b"--x--\r\n"),
        ("multipart/form-data; boundary=x", PROMPT[:-2]),
        ("multipart/form-data; boundary=x", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\na\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", PROMPT.replace(b'; name="prompt"', b"") + b"--x--\r\n"),
        ("multipart/form-data; boundary=x", PROMPT.replace(b"form-data", b"attachment")[:30]),
        (
            "multipart/form-data; boundary=x",
            PROMPT.replace(b"; name", b";\r\n name") + b"--x--\r\n",
        ),
        ("multipart/form-data; boundary=x", PROMPT.replace(b": form", b"\r\n: form") + b"--x--"),
        ("multipart/form-data; boundary=x", PROMPT.replace(b"Content", b"C" * 90_000) + b"--x--"),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A: b\r\n" * 9000 + b"\r\na\r\n--x--"),
        ("multipart/form-data; boundary=x", form((f"f{n}", "") for n in range(10_000))),
        ("multipart/form-data; boundary=x", form([("a" + "[b]" * 1000, "1"), ("prompt", "a")])),
        ("multipart/form-data; boundary=x", form([("a[", "1"), ("prompt", "a")])),
        ("multipart/form-data; boundary=x", form([("[]", "1"), ("prompt", "a")])),
        ("multipart/form-data; boundary=x", form([("prompt[x]", "1"), ("prompt", "a")])),
        *(
            ("multipart/form-data; boundary=x", form([("prompt", "a"), ("dials", said)]))
            for said in ('{"a": NaN}', "[" * 900 + "]" * 900, '{"a":' * 5000, '{"a": "\\ud800"}')
        ),
        ("multipart/form-data; boundary=x; charset=utf-16", PROMPT + b"--x--\r\n"),
        ("multipart/mixed; boundary=x", PROMPT + b"--x--\r\n"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"prompt=a"),
        ("application/x-www-form-urlencoded", b"a&" * 20_000),
        ("application/x-www-form-urlencoded", b"prompt" + b"[a]" * 1000 + b"=1"),
        ("application/json", b'{"prompt": ' * 100_000),
        ("application/json", b'{"prompt": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        *(
            ("application/json", b'{"prompt": "a", "x": ' + b"[" * n + b"]" * n + b"}")
            for n in (64, 200, 400, 600, 800, 900, 980)
        ),
        ("application/json", b'{"prompt": "a", "seed": NaN}'),
        ("application/json", b'{"prompt": "a", "seconds": Infinity}'),
        ("application/json", b'{"prompt": "a", "seconds": -Infinity}'),
        ("application/json", b'{"prompt": "a", "seconds": 1e999, "n": 1e999}'),
        ("application/json", b'{"prompt": "a", "dials": {"wobble": 1e999}}'),
        ("application/json", b'{"prompt": "a", "dials": {"wobble": "nan"}}'),
        ("application/json", b'{"prompt": "a", "seconds": 1' + b"0" * 5000 + b"}"),
        ("application/json", b'{"prompt": "\\ud83d"}'),
        ("application/json", b'{"prompt": "a", "\\udfff": 1}'),
        ("application/json", b'{"prompt": "a", "dials": {"\\ud800": [1]}}'),
        ("application/json", '{"prompt": "a"}'.encode("utf-16")),
        ("application/json", '{"prompt": "é"}'.encode("latin-1")),
        ("application/json", b'{"prompt": "a"} {}'),
        ("application/json", b'{"prompt": "a",}'),
        ("application/json", b"\xef\xbb\xbf\xef\xbb\xbf{}"),
        ("application/json", b"null"),
        ("application/json", b"\x00" * 1000),
        ("text/html", b'{"prompt": "a"}'),
        ("application/octet-stream", b'{"prompt": "a"}'),
        ("\x80\x81", b'{"prompt": "a"}'),
    ],
    ids=range(56),
)
def test_what_cannot_be_read_is_refused(served: Any, kind: str, body: bytes) -> None:
    for path in ("/v1/videos", "/v1/videos/edits", "/v1/images/generations", "/v1/files"):
        in_shape(*post(served, path, kind, body), 400, 413, 415)


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_packed_body_is_not_unpacked(served: Any, packing: str) -> None:
    body = gzip.compress(json.dumps(SMALL).encode())
    more = f"Content-Encoding: {packing}\r\n"
    error = in_shape(*post(served, "/v1/videos", "application/json", body, more), 415)
    assert "packed" in error["message"]


def test_of_a_name_that_stands_twice_the_last_counts(served: Any) -> None:
    twice = (
        b'{"prompt": "", "prompt": "a bird", "size": "64x64", "seconds": 0.5, "seed": 1, "seed": 2}'
    )
    status, said = post(served, "/v1/videos", "application/json", twice)
    video = json.loads(said)
    assert (status, video["prompt"], video["seed"]) == (200, "a bird", 2)
    fields = [("prompt", ""), *SMALL.items(), ("seed", "1"), ("seed", "2")]
    status, said = post(served, "/v1/videos", "multipart/form-data; boundary=x", form(fields))
    assert (status, json.loads(said)["seed"]) == (200, 2)


TRICKS = (
    "..%2f..%2fetc%2fpasswd %2e%2e %2e%2e%2f w_aaaaaaaaaaaa%00 %00 %0d%0aX:y w_aaaaaaaaaaaa%2f.. %ff%fe %F0%9F%A6%8A "
    "W_AAAAAAAAAAAA w_aaaaaaaaaaa w_aaaaaaaaaaaaa w_%61aaaaaaaaaaa ; ' %27%20OR%201=1-- {} $%7bx%7d * - ~ , "
    "content edits%2f characters%2f.. con nul %E2%80%AE w_aaaaaaaaaaaa.mp4 w_aaaaaaaaaaaa; 0 -1 1e9 null undefined"
).split()
TRICKS = (*TRICKS, "a" * 1900, "a" * 1990 + "b" * 100, "%" * 3, "x%2" * 60)


@pytest.mark.parametrize("name", TRICKS, ids=range(len(TRICKS)))
def test_names_that_play_tricks_with_paths(served: Any, name: str) -> None:
    for method, path in (
        ("GET", "/v1/videos/{}"),
        ("GET", "/v1/videos/{}/content"),
        ("DELETE", "/v1/videos/{}"),
        ("POST", "/v1/videos/{}/remix"),
        ("GET", "/v1/files/{}"),
        ("GET", "/v1/files/{}/content"),
        ("DELETE", "/v1/files/{}"),
        ("GET", "/v1/models/{}"),
        ("GET", "/v1/webhook_endpoints/{}"),
        ("POST", "/v1/webhook_endpoints/{}/rotate_secret"),
        ("POST", "/v1/webhook_endpoints/{}/test"),
    ):
        body = json.dumps(SMALL).encode() if method == "POST" else b""
        headers = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        answer = send(served, path.format(name), headers, [body] if body else [], method)
        in_shape(*answer[:2], 400, 404, 405, 414)


def test_a_key_that_comes_again_with_something_else(served: Any) -> None:
    headers = {"Authorization": "Bearer none", "Idempotency-Key": "once-and-for-all"}
    with httpx2.Client(base_url=served.address, headers=headers, timeout=60) as client:
        first = client.post("/v1/videos", json=SMALL)
        for path, body in (
            ("/v1/videos", SMALL | {"prompt": "another bird"}),
            ("/v1/videos/edits", SMALL),
            ("/v1/images/generations", SMALL),
        ):
            answer = client.post(path, json=body)
            error = in_shape(answer.status_code, answer.content, 400)
            assert error["code"] == "idempotency_key_reused"
            assert (error["param"], answer.headers["x-should-retry"]) == (
                "Idempotency-Key",
                "false",
            )
        again = client.post("/v1/videos", json=SMALL)
        assert again.json()["id"] == first.json()["id"]
        for key in ("", "a b", "x" * 256):
            answer = client.post("/v1/videos", json=SMALL, headers={"Idempotency-Key": key})
            in_shape(answer.status_code, answer.content, 400)


def test_two_at_the_same_time_under_one_key_are_one(served: Any) -> None:
    headers = {"Authorization": "Bearer none", "Idempotency-Key": "at-the-same-time"}
    prompt = "a bird that nobody else asks for"
    found: list[str] = []
    together = threading.Barrier(8)

    def go() -> None:
        with httpx2.Client(base_url=served.address, headers=headers, timeout=30) as client:
            together.wait()
            answer = client.post("/v1/videos", json=SMALL | {"prompt": prompt})
            found.append(answer.json().get("id", answer.text))

    asking = [threading.Thread(target=go) for _ in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(found) == 8 and len(set(found)) == 1, found
    listed = httpx2.get(
        f"{served.address}/v1/videos?limit=100", headers=headers, timeout=60
    ).json()["data"]
    assert [video["id"] for video in listed if video["prompt"] == prompt] == [found[0]]


def test_after_all_that_it_still_makes_films(client: openai.OpenAI, served: Any) -> None:
    video = client.videos.create_and_poll(prompt="a bird", size="64x64", seconds="0.5")  # type: ignore[arg-type] - any size
    assert video.status == "completed"
    assert "Traceback" not in served.said.read_text()
