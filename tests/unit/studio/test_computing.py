"""The doctor names torch and the device that models compute on, and says where these do not fit together."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError

import pytest

from uncaged.core import machine
from uncaged.core.machine import Card
from uncaged.engines import fitting
from uncaged.studio import computing
from uncaged.studio.finding import Finding

CARD = Card("NVIDIA H100 80GB HBM3", 81_559 * 2**20)


def look(
    monkeypatch: pytest.MonkeyPatch, torch: str, card: Card | None, place: str = "cpu"
) -> dict[str, Finding]:
    """torch: the version that is installed; empty: none. place: what torch itself says."""

    def version(package: str) -> str:
        if not torch:
            raise PackageNotFoundError(package)
        return torch

    def run(asked: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert asked == [sys.executable, "-m", "uncaged.engines.devices"]
        return subprocess.CompletedProcess(asked, 0, f"{place}\n", "")

    for module in (computing, fitting):
        monkeypatch.setattr(module, "version", version)
    monkeypatch.setattr(machine, "card", lambda: card)
    monkeypatch.setattr(computing.subprocess, "run", run)
    found = {one.name: one for one in computing.look()}
    assert all(one.state == "works" or one.advice for one in found.values())
    return found


def test_without_torch_it_says_how_one_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = look(monkeypatch, "", CARD)
    assert found["torch"].state == "weak" and "uncaged[models]" in found["torch"].advice
    assert "would compute on the graphics card: NVIDIA H100" in found["device"].what


def test_the_processor_is_named_where_there_is_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "processor", lambda: "A Processor")
    monkeypatch.setattr(machine, "memory", lambda: 24 * 2**30)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    found = look(monkeypatch, "2.13.0+cpu", None)
    assert found["torch"] == Finding(
        "torch", "works", "2.13.0+cpu (the open models compute with it)"
    )
    assert found["device"].state == "works"
    assert found["device"].what.endswith("on the processor: A Processor, 3 threads, 25.8 GB")


@pytest.mark.parametrize(
    ("torch", "place", "state", "says"),
    [
        ("2.13.0", "cuda", "works", "on the graphics card: NVIDIA H100 80GB HBM3, 85.5 GB"),
        ("2.13.0", "cpu", "weak", "torch 2.13.0 does not reach it"),
        ("2.13.0+cpu", "cuda", "weak", "torch 2.13.0+cpu was built for none"),
    ],
)
def test_a_card_counts_where_torch_reaches_it(
    torch: str, place: str, state: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = look(monkeypatch, torch, CARD, place)["device"]
    assert device.state == state and says in device.what
    assert ("on the processor" in device.what) == (state == "weak")


def test_a_torch_that_cannot_be_asked_reaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(asked: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(asked, 60)

    monkeypatch.setattr(machine, "card", lambda: CARD)
    monkeypatch.setattr(computing, "uses_cards", lambda: True)
    monkeypatch.setattr(computing.subprocess, "run", run)
    found = {one.name: one for one in computing.look()}
    assert found["device"].state == "weak" and "does not reach it" in found["device"].what


def test_what_a_family_lacks_beside_torch_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Family:
        lacks = "pip install 'uncaged[models]'"

    monkeypatch.setattr(computing, "families", lambda: {"one": Family(), "two": Family()})
    found = look(monkeypatch, "2.13.0", None)
    assert found["open models"].state == "weak" and "one, two" in found["open models"].what
    assert "open models" not in look(monkeypatch, "", None)


def test_torch_itself_says_where_it_computes() -> None:
    asked = [sys.executable, "-m", "uncaged.engines.devices"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("cpu", "cuda")
