"""A studio that is served and performs, for clients as they are: one for all tests of a process."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import openai
import pytest


@dataclass(frozen=True)
class Served:
    """Where it listens."""

    address: str

    def client(self, **more: object) -> openai.OpenAI:
        """The official client, of somebody who has no key."""
        return openai.OpenAI(base_url=f"{self.address}/v1", api_key="none", **more)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("v1") / "home"
    process = subprocess.Popen(
        [sys.executable, "-m", "uncaged", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ
        | {"UNCAGED_HOME": str(home), "UNCAGED_FSYNC": "false", "UNCAGED_PRIVATE_HOOKS": "1"},
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        yield Served(said[said.index("http") :].split()[0].rstrip("/"))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def client(served: Served) -> Iterator[openai.OpenAI]:
    """See `Served.client`."""
    with served.client() as made:
        yield made
