"""A real browser for the stories: one for all of them, and studios that it can come to."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
).split()

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@contextmanager
def listening(home: Path, *command: str) -> Generator[str]:
    """Where a studio listens that is served from `home`; `command` instead of `serve`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "uncaged", *(command or ("serve",)), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"UNCAGED_HOME": str(home)},
        cwd=home.parent,
    )
    try:
        assert process.stdout is not None
        said = re.search(r"http://[^\s/]+", process.stdout.readline())
        assert said is not None
        yield said[0]
    finally:
        process.terminate()
        process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


def heard(page: Any, said: list[str], *, ours: bool = True) -> Any:
    """The page; everything that it complains of goes into `said`. ours: the studio answers it, and nobody else."""
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return guarded(page, said) if ours else page


def guarded(page: Any, said: list[str]) -> Any:
    """The page; every answer that it gets without what protects it, and every host but one, goes into `said`."""
    hosts = set[str]()

    def look(answer: Any) -> None:
        if not answer.url.startswith("http"):
            return
        hosts.add(answer.url.split("/")[2])
        has = answer.headers
        policy = has.get("content-security-policy", "")
        holds = (
            "default-src 'none'" in policy
            and "frame-ancestors 'none'" in policy
            and "unsafe" not in policy
            and has.get("x-content-type-options") == "nosniff"
            and has.get("referrer-policy") in ("same-origin", "no-referrer")
            and len(hosts) == 1
        )
        said.extend([] if holds else [f"{answer.url} is not guarded: {has}, {hosts}"])

    page.on("response", look)
    return page


def page_of(browser: Any, **how: Any) -> tuple[Any, list[str]]:
    """A page of somebody new, and everything that it complains of."""
    said: list[str] = []
    return heard(browser.new_page(**how), said), said


def until(page: Any, says: str, seconds: float = 30.0) -> None:
    """Waits until the page says so; asked from outside, since the pages themselves evaluate nothing.

    A page without script asks again by itself meanwhile, and cannot be asked while it does.
    """
    from playwright.sync_api import Error

    end = time.monotonic() + seconds
    while True:
        with suppress(Error):
            if page.evaluate(says):
                return
        assert time.monotonic() < end, says
        page.wait_for_timeout(50)


WIDTHS = (320, 360, 720, 1024, 1280, 1440, 3840)
"""Pixels across: the smallest telephone, a usual one, a desk at twice the size, small desks, a desk, 4K."""

COLOURS = ["color-contrast", "link-in-text-block"]
"""What axe looks at that is otherwise in the dark."""

OUT_OF_REACH = """
[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.matches(".skip"))
  .filter((one) => {
    one.scrollIntoView({block: "center"});
    const at = one.getClientRects()[0];
    const [x, y] = [(Math.max(at.left, 0) + Math.min(at.right, innerWidth)) / 2, (at.top + at.bottom) / 2];
    const hit = document.elementFromPoint(x, y);
    return at.width < 1 || at.height < 1 || !hit || !(one.contains(hit) || hit.contains(one));
  })
  .map((one) => "out of reach: " + one.outerHTML.slice(0, 160))
"""
"""Whatever can be pressed, and cannot be where it stands: it lies outside of the page, or below something else."""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def in_the_way(page: Any) -> list[str]:
    """What keeps somebody from the page that is open, who sees or hears otherwise, or has another screen.

    By axe-core in both schemes, at each of `WIDTHS` for a page that scrolls sideways, and at twice the size for what
    cannot be pressed.
    """
    page.evaluate(_axe() + ";0")
    found = _by_axe(page, "{resultTypes: ['violations']}")
    page.emulate_media(color_scheme="dark")
    found += _by_axe(page, f"{{runOnly: {COLOURS}, resultTypes: ['violations']}}")
    page.emulate_media(color_scheme="light")
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{wide} pixels wide at {width}"] if wide > width else []
        found += page.evaluate(OUT_OF_REACH) if width == 720 else []
    page.set_viewport_size(before)
    return found


def _by_axe(page: Any, how: str) -> list[str]:
    said = page.evaluate(f"axe.run(document, {how})")
    assert said["passes"], page.url
    return [
        f"{one['id']}: {node['html'][:200]}" for one in said["violations"] for node in one["nodes"]
    ]
