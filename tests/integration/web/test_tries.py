"""Wrong passwords are counted; a stranger's hold up nobody whose browser is known here, or who is signed in."""

from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from uncaged.archive.invitations import Wish
from uncaged.studio import joining, passwords
from uncaged.web import cookies

PASSWORD = "four heavy paper boats"
WRONG = "a wrong one, and long"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))


def browser(house: Any, address: str = "198.51.100.20", scheme: str = "http") -> TestClient:
    return TestClient(
        house.app,
        f"{scheme}://{house.host}",
        client=(address, 50_000),
        follow_redirects=False,
        headers={"Origin": f"{scheme}://{house.host}"},
    )


def join(house: Any, name: str = "Bea", scheme: str = "http") -> TestClient:
    client = browser(house, scheme=scheme)
    client.get(f"/join?invitation={joining.invite(house.studio, Wish())[1]}")
    assert client.post("/join", data={"name": name, "password": PASSWORD}).status_code == 303
    return client


def enter(client: TestClient, password: str, name: str = "Bea") -> int:
    return client.post("/enter", data={"name": name, "password": password}).status_code


def flood(house: Any, name: str = "Bea") -> None:
    """A stranger tries until nobody may any more."""
    codes = [enter(browser(house, f"203.0.113.{n}"), WRONG, name) for n in range(12)]
    assert codes[-1] == 429


def test_a_stranger_holds_up_no_browser_that_is_known(house: Any) -> None:
    bea = join(house)
    assert bea.post("/leave").is_redirect
    flood(house)
    assert enter(browser(house), PASSWORD) == 429, "a new browser waits, or comes by a passkey"
    assert enter(bea, PASSWORD) == 303
    assert bea.get("/me?as=json").json()["name"] == "Bea"


def test_nor_by_the_same_address(house: Any) -> None:
    bea = join(house)
    bea.post("/leave")
    for n in range(60):
        enter(browser(house), WRONG, f"name {n}")
    assert enter(browser(house), WRONG, "another") == 429
    assert enter(bea, PASSWORD) == 303


def test_a_known_browser_tries_as_often_as_a_name_may_be_tried(house: Any) -> None:
    bea = join(house)
    bea.post("/leave")
    assert [enter(bea, WRONG) for _ in range(12)] == [401] * 10 + [429] * 2
    assert enter(browser(house), PASSWORD) == 303, "and holds up nobody else"


def test_it_is_known_for_one_person_alone(house: Any) -> None:
    join(house, "Cleo").post("/leave")
    bea = join(house, "Bea")
    bea.post("/leave")
    flood(house, "Cleo")
    assert enter(bea, PASSWORD, "Cleo") == 429
    flood(house, "Bea")
    held = bea.cookies["uncaged_known"]
    bea.cookies.set(
        "uncaged_known", held[:-1] + ("0" if held[-1] != "0" else "1"), domain="studio.test"
    )
    assert enter(bea, PASSWORD) == 429, "a forged one counts as a stranger's"


def test_a_cookie_of_nobodys_is_none() -> None:
    secret, now = b"s" * 32, 1_800_000_000
    cookie = cookies.for_known(secret, "p_k3v2qh2mztea", now)
    found = cookies.known(secret, cookie, now)
    assert found is not None and found[0] == "p_k3v2qh2mztea"
    assert cookies.known(secret, cookie, now + cookies.KNOWN_DAYS * cookies.DAY) is None
    assert cookies.known(b"t" * 32, cookie, now) is None
    for part in range(4):
        parts = cookie.split(".")
        parts[part] = parts[part][:-1] + ("a" if parts[part][-1] != "a" else "b")
        assert cookies.known(secret, ".".join(parts), now) is None
    for wrong in ("", "x" * 5000, "p_k3v2qh2mztea...", cookie + "\n"):
        assert cookies.known(secret, wrong, now) is None


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_how_a_browser_keeps_it(house: Any, scheme: str) -> None:
    bea = join(house, scheme=scheme)
    bea.post("/leave")
    assert "uncaged_known" in bea.cookies, "signing out does not forget it"
    answer = bea.post("/enter", data={"name": "Bea", "password": PASSWORD})
    said = answer.headers.get_list("set-cookie")
    cookie = next(one for one in said if one.startswith("uncaged_known="))
    assert "HttpOnly" in cookie and "samesite=lax" in cookie.lower()
    assert ("Secure" in cookie) == (scheme == "https")
    assert f"Max-Age={365 * 24 * 3600}" in cookie
    bea.post("/me/leave", data={"works": "delete", "password": PASSWORD})
    assert "uncaged_known" not in bea.cookies, "leaving for ever does"


def test_it_opens_nothing(house: Any) -> None:
    bea = join(house)
    other = browser(house, "198.51.100.77")
    other.cookies.set("uncaged_known", bea.cookies["uncaged_known"], domain="studio.test")
    assert other.get("/me?as=json").json()["kind"] == "guest"


def test_a_right_password_wipes_the_count(house: Any) -> None:
    join(house)
    for _time in range(4):
        for n in range(6):
            assert enter(browser(house, f"198.51.100.{n}"), WRONG) == 401
        assert enter(browser(house, "198.51.100.99"), PASSWORD) == 303


def test_a_password_that_is_asked_for_again_is_counted(house: Any) -> None:
    bea = join(house)
    sent = {"works": "delete", "password": WRONG}
    codes = [bea.post("/me/leave", data=sent).status_code for _ in range(12)]
    assert codes == [403] * 10 + [429] * 2
    page = bea.post("/me/leave", data={"works": "delete", "password": PASSWORD})
    assert page.status_code == 429 and "one try too many" in page.text
    sent = {"before": WRONG, "password": "seven quiet iron doors"}
    assert bea.post("/me/password", data=sent).status_code == 429, "one count for all of them"
    with house.studio.archive.read() as conn:
        left = conn.exec_driver_sql("SELECT count(*) FROM people WHERE left IS NOT NULL")
        assert left.scalar_one() == 0


def test_a_stranger_holds_up_nobody_who_is_signed_in(house: Any) -> None:
    bea = join(house)
    flood(house)
    sent = {"before": PASSWORD, "password": "seven quiet iron doors"}
    assert bea.post("/me/password", data=sent).is_redirect
    done = bea.post("/me/leave", data={"works": "delete", "password": "seven quiet iron doors"})
    assert done.status_code == 303
