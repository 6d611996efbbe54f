"""Lets the acceptance tests import what they share: `living` and `browsing`, beside them. One browser for all."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browsing import CHROMIUM, FLAGS


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser. Where there is none, its stories are not told; CI brings one."""
    if CHROMIUM is None:
        pytest.skip("there is no browser here: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()
