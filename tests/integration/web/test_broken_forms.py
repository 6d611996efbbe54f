"""Forms that nobody can read are refused with a sentence, wherever they are sent: never a fault of ours."""

from typing import Any

import pytest

PLAIN = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=cut"


def part(head: str, body: bytes = b"x") -> bytes:
    return f"--cut\r\n{head}\r\n\r\n".encode() + body + b"\r\n"


def field(name: str, body: bytes = b"x") -> bytes:
    return part(f'Content-Disposition: form-data; name="{name}"', body)


def picture(name: str) -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"; filename="a.png"'
    return part(head + "\r\nContent-Type: image/png")


END = b"--cut--\r\n"

BROKEN = {
    "garbage": (PARTS, b"\x00\x01 this is no form"),
    "no boundary": ("multipart/form-data", field("prompt") + END),
    "an empty boundary": ("multipart/form-data; boundary=", field("prompt") + END),
    "an endless boundary": (f"multipart/form-data; boundary={'b' * 9000}", b"--b"),
    "many pictures": (PARTS, picture("picture") * 20 + END),
    "a part without a name": (PARTS, part("Content-Disposition: form-data") + END),
    "a part without a head": (PARTS, part("X-What: ever") + END),
    "a broken head": (PARTS, b"--cut\r\nContent\x00: a\r\n\r\nx\r\n" + END),
    "many fields": (PARTS, b"".join(field(f"f{n}") for n in range(450)) + END),
    "many plain fields": (PLAIN, b"&".join(b"f%d=1" % n for n in range(450))),
}


@pytest.mark.parametrize("path", ["/works", "/enter", "/v1/videos"])
@pytest.mark.parametrize("name", list(BROKEN))
def test_what_is_no_form_is_refused(shared: Any, path: str, name: str) -> None:
    kind, body = BROKEN[name]
    headers = shared.origin | {"Content-Type": kind, "Accept": "application/json"}
    answer = shared.come("owner").post(path, content=body, headers=headers)
    too_long = (path, name) == ("/enter", "many fields")  # a key is short
    assert answer.status_code == (413 if too_long else 400), answer.text
    assert answer.json()["error"]["message"]


SMALLER = {
    "four pictures": (PARTS, picture("picture") * 4 + END),
    "a large field": (PARTS, field("prompt", b"a" * 700_000) + END),
    "250 fields": (PARTS, b"".join(field(f"f{n}") for n in range(250)) + END),
    "250 plain fields": (PLAIN, b"&".join(b"f%d=1" % n for n in range(250))),
    "201 plain fields": (PLAIN, b"&".join(b"f%d=1" % n for n in range(201))),
}


@pytest.mark.parametrize("path", ["/works", "/enter"])
@pytest.mark.parametrize("name", list(SMALLER))
def test_pages_take_less_than_programs_may_send(shared: Any, path: str, name: str) -> None:
    kind, body = SMALLER[name]
    client = shared.come("owner")
    page = client.post(path, content=body, headers=shared.origin | {"Content-Type": kind})
    too_long = path == "/enter" and len(body) > 8_000
    assert page.status_code == (413 if too_long else 400), page.text
    assert ("This request is longer" if too_long else "This form") in page.text
    v1 = client.post("/v1/videos", content=body, headers=shared.origin | {"Content-Type": kind})
    assert v1.status_code in (200, 400) and "This form" not in v1.text


@pytest.mark.parametrize("path", ["/works", "/enter", "/v1/videos"])
def test_another_charset_is_said_to_be_one(shared: Any, path: str) -> None:
    headers = shared.origin | {"Content-Type": f"{PLAIN}; charset=utf-16"}
    answer = shared.come("owner").post(path, content=b"prompt=x", headers=headers)
    assert answer.status_code == 415 and "UTF-8" in answer.text
