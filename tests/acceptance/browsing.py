"""A real browser for the stories: one for all of them, and studios that it can come to."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
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


def heard(page: Any, said: list[str]) -> Any:
    """The page; everything that it complains of goes into `said`."""
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
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
