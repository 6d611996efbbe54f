"""Bad days in a browser: what is stale, pressed twice, gone back to, refused, too large or not what it says it is.

Each time: a clear page in the same voice, nothing lost, nothing done twice. `integration/web` has the same by plain
requests, and much more of it.
"""

import io
import json
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, FLAGS, heard, until
from housed import Housed, housed
from PIL import Image

from uncaged.archive import logins
from uncaged.archive.invitations import Wish
from uncaged.studio import joining, passwords

PASSWORD, ANOTHER = "four heavy paper boats", "seven quiet iron doors"
WILD = '<img src=x onerror="document.title=1"><b>\u202eevil\u2066 🐦 \x1b[31m" \' & name'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Generator[Housed]:
    """One studio for all of them; nobody performs in it."""
    with housed(tmp_path_factory.mktemp("bad") / "home") as made:
        ana, kept = made.add("ana"), passwords.hash_of(PASSWORD)
        made.studio.commit(lambda c: logins.set_password(c, ana, kept, 1))
        yield made


def asked(house: Housed, words: str) -> int:
    """How often a film was asked for with these words."""
    with house.studio.archive.read() as conn:
        rows = conn.exec_driver_sql("SELECT score FROM runs").scalars().all()
    return sum(json.loads(one)["shots"][0]["text"] == words for one in rows if one)


def form(page: Any, words: str) -> Any:
    """The first page's form, filled in; its button."""
    page.fill("#prompt", words)
    page.select_option("#model", "echo")
    page.fill("#size", "64x64")
    return page.locator("#say button", has_text="make").first


def clear(page: Any, says: str) -> None:
    """A page of ours, in words, with a way on."""
    assert page.locator("h1").count() == 1 and says in page.inner_text("main"), page.inner_text(
        "main"
    )
    assert page.locator("main a, main button").count() and "Traceback" not in page.content()


@pytest.mark.parametrize("script", [True, False])
def test_pressed_twice_and_gone_back_to(house: Housed, browser: Any, script: bool) -> None:
    words = f"pressed twice, {script}"
    page = house.come(browser, "203.0.113.20", java_script_enabled=script).new_page()
    page.goto(house.base)
    form(page, words).dblclick()
    page.wait_for_url(re.compile("/works/w_"))
    work = page.url
    assert asked(house, words) == 1
    page.go_back()
    page.wait_for_url(house.base + "/")
    form(page, words).click()  # the same page, the same words: the same film
    page.wait_for_url(re.compile("/works/w_"))
    assert page.url == work and asked(house, words) == 1
    page.go_back()
    form(page, words + " and changed").click()
    page.wait_for_url(re.compile("/works/w_"))
    assert page.url != work and asked(house, words + " and changed") == 1
    page.context.close()


def test_a_stale_page(house: Housed, browser: Any) -> None:
    work = house.make("ana", "a bird that flies away")
    context = house.signed_in(browser, "203.0.113.21", "ana")
    stale, other = heard(context.new_page(), said := []), context.new_page()
    for page in (stale, other):
        page.goto(f"{house.base}/works/{work}")
    other.get_by_text("delete this film").click()
    other.get_by_role("button", name="delete for ever").click()
    stale.locator("#show").get_by_label("everybody").check()
    stale.locator("#show button").click()
    clear(stale, "make a film")
    assert stale.url == f"{house.base}/works/{work}/show" and all("404" in one for one in said)
    stale.go_back()
    stale.reload()
    clear(stale, "make a film")
    context.close()


def test_a_session_from_before_a_password_change(house: Housed, browser: Any) -> None:
    at = "203.0.113.22"
    mine, old = (house.signed_in(browser, at, "ana").new_page() for _ in range(2))
    old.goto(house.base)
    button = form(old, "typed before the password was changed")
    mine.goto(house.base + "/me")
    for name, text in (("before", PASSWORD), ("new", ANOTHER)):
        mine.fill(f"#{name}", text)
    mine.get_by_role("button", name="change the password").click()
    assert mine.url.startswith(house.base + "/me") and "Last changed" in mine.inner_text(
        "#password"
    )
    button.click()
    clear(old, "Nothing was done")
    assert asked(house, "typed before the password was changed") == 0
    old.get_by_role("link", name="sign in").first.click()
    old.fill("#name", "ana")
    old.fill("#password", ANOTHER)
    old.keyboard.press("Enter")
    until(old, "document.querySelector('a.who').textContent.includes('ana')")
    for page in (mine, old):
        page.context.close()


def test_six_kilobytes_of_cookies(house: Housed, browser: Any) -> None:
    context = house.signed_in(browser, "203.0.113.23", "ana")
    context.add_cookies(
        [{"name": f"c{n}", "value": "x" * 3000, "url": house.base} for n in range(2)]
    )
    page = context.new_page()
    page.goto(house.base)
    assert "ana" in page.inner_text("a.who")
    form(page, "with many cookies").click()
    page.wait_for_url(re.compile("/works/w_"))
    context.close()


def test_a_browser_that_takes_no_cookies(house: Housed, tmp_path: Path, browser: Any) -> None:
    told = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(told))
    headers = {"X-Forwarded-For": "203.0.113.24"}
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=CHROMIUM, args=FLAGS, extra_http_headers=headers
    )
    page = context.pages[0]
    page.goto(f"{house.base}/join?invitation={joining.invite(house.studio, Wish())[1]}")
    assert context.cookies() == []
    clear(page, "this browser keeps no cookies")
    page.goto(house.base)  # one makes films by one's address alone
    form(page, "without any cookie").click()
    page.wait_for_url(re.compile("/works/w_"))
    clear(page, "a film" if page.locator("video").count() else "Change it")
    link = page.locator("#your-link pre", has_text="link=").inner_text().strip()
    page.set_extra_http_headers({"X-Forwarded-For": "203.0.113.25"})
    page.goto(link)
    clear(page, "cookie")
    context.close()


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 30, 30)).save(file, kind)
    return file.getvalue()


LIES = {
    "a page": ("a.png", "image/png", b"<!doctype html><script>document.title = 'taken'</script>"),
    "a program": ("a.jpg", "image/jpeg", b"\x7fELF" + bytes(200)),
    "a drawing with a script": (
        "a.png",
        "image/png",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    ),
    "nothing": ("a.png", "image/png", b""),
    "half a picture": ("a.png", "image/png", picture("PNG")[:60]),
}


def test_an_upload_that_lies_about_its_type(house: Housed, browser: Any) -> None:
    page = house.signed_in(browser, "203.0.113.26", "ana").new_page()
    for what, (name, mime, data) in LIES.items():
        lie = {"name": name, "mimeType": mime, "buffer": data}
        page.goto(house.base)
        button = form(page, f"made from {what}")
        page.locator("#dials summary").click()
        page.set_input_files("#picture", lie)
        button.click()
        clear(page, "not sent")
        assert page.input_value("#prompt") == f"made from {what}"
        assert asked(house, f"made from {what}") == 0 and page.title() != "taken"
    page.goto(house.base + "/verify")
    page.set_input_files("input[type=file]", lie)
    page.get_by_role("button", name="verify").click()
    clear(page, "")
    page.context.close()


def test_words_that_would_steer_a_page(house: Housed, browser: Any) -> None:
    name = re.sub(
        r"[\u202e\u2066\x1b]", "", WILD
    )  # a name is printed; a film's words are as they are
    who, work = house.add(name), house.make(name, WILD, "everybody")
    page = heard(house.come(browser, "203.0.113.27").new_page(), said := [])
    page.on("dialog", lambda one: said.append(one.message))
    for path in ("/", "/films", f"/people/{who}", f"/works/{work}", f"/?from={work}"):
        page.goto(house.base + path)
        assert page.locator("main img[onerror], main b:has-text('evil')").count() == 0, path
        assert page.title() != "1" and "\u202e" not in page.inner_text("main"), path
        assert "🐦" in page.content(), path
    assert not said
    page.context.close()
