"""A key that is none of ours opens nothing on `/v1`, and lets no other site ask in somebody's name."""

from typing import Any

import pytest

ASKED = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": "1"}


@pytest.mark.parametrize("key", ["Bearer none", "Bearer sk-proj-1234", "Basic Zm9vOmJhcg=="])
def test_another_site_does_not_become_the_owner_by_it(shared: Any, key: str) -> None:
    owner = shared.come("owner", Authorization=key)
    for elsewhere in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = owner.post("/v1/videos", json=ASKED, headers=elsewhere)
        assert answer.status_code == 403 and "Another site" in answer.text
    assert owner.post("/v1/videos", json=ASKED).status_code == 200  # a program says neither
    assert owner.post("/v1/videos", json=ASKED, headers=shared.origin).status_code == 200


def test_a_key_of_ours_passes_from_wherever(shared: Any) -> None:
    elsewhere = {"Origin": "http://elsewhere.example"}
    answer = shared.come("member").post("/v1/videos", json=ASKED, headers=elsewhere)
    assert answer.status_code == 200


def test_what_is_said_to_whoever_has_no_key_helps(shared: Any) -> None:
    owner, member = shared.come("owner"), shared.come("guest")
    bare = owner.post("/v1/videos", json=ASKED)
    assert bare.status_code == 403
    assert "Authorization: Bearer none" in bare.json()["error"]["message"]
    assert owner.post("/v1/videos", json=ASKED, headers={"Authorization": "Bearer none"}).is_success
    for said in (owner.post("/works", json=ASKED), member.post("/v1/videos", json=ASKED)):
        assert said.status_code == 403 and "uncaged key add NAME" in said.text
