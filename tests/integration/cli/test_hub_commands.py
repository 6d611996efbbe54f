"""`uncaged models add OWNER/NAME`: fetched from a hub, gone on with, refused; the hub is one on this machine."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import WeightsBroken
from uncaged.core.settings import Settings
from uncaged.studio import fetching
from uncaged.studio import hub as hubs

Run = Callable[..., Any]
SMALL = ("--size", "64x64", "--seconds", "0.5")
SHEET, INK = "sheet/weights.safetensors", "ink/weights.safetensors"
REPO = "somebody/my-paper"
LONG = bytes([40]) + bytes(range(256)) * 400


@pytest.fixture
def hub(hub_of: Callable[..., Any], twin: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A hub that has the twin, with weights of 100 kB, and beside it what nobody needs."""
    (twin / SHEET).write_bytes(LONG)
    (twin / "README.md").write_text("Hello.")
    (twin / "sheet" / "weights.bin").write_bytes(b"\x80\x04")
    monkeypatch.setenv("HF_HUB_CACHE", str(twin.parent / "hub"))
    return hub_of(twin, card={"license": "other", "license_name": "sheet-1"})


def blobs(hub: Path) -> list[str]:
    return sorted(path.name for path in hub.rglob("blobs/*"))


def test_from_a_hub_to_a_film(uncaged: Run, hub: Any, twin: Path) -> None:
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 0, done.stderr
    for said in (
        "of the family paper",
        "3 files, 102.4 kB",
        "sheet-1",
        "to be opened",
        "my-paper is on the shelf",
    ):
        assert said in done.stdout
    assert "fetching" in done.stderr and "100%" in done.stderr and "\x1b" not in done.stderr
    assert {name for name, _ in hub.asked} == {"paper.json", SHEET, INK}
    record = json.loads(uncaged("models", "info", "my-paper", "--json").stdout)
    (folder,) = record["folders"]
    assert folder.startswith(str(twin.parent / "hub" / "models--somebody--my-paper" / "snapshots"))
    assert "somebody/my-paper@c0ffee" in uncaged("models", "info", "my-paper").stdout
    assert uncaged("make", "hi", "--model", "my-paper", *SMALL).returncode == 0
    before = len(hub.asked)
    again = uncaged("models", "add", f"{REPO}@main", "--yes")
    assert again.returncode == 0 and "on the shelf already" in again.stdout
    assert len(hub.asked) == before and not list((twin.parent / "hub").rglob("*part"))
    assert "on the shelf as my-paper" in uncaged("models", "find").stdout
    assert hub.tokens == {""}


def test_its_licence_comes_along_and_is_no_part_of_it(uncaged: Run, hub: Any, twin: Path) -> None:
    assert uncaged("models", "add", REPO, "--yes").returncode == 0
    bare = json.loads(uncaged("models", "info", "my-paper", "--json").stdout)
    assert bare["licence_files"] == "" and bare["hub"].startswith(f"{REPO}@c0ffee")
    assert uncaged("models", "remove", "my-paper", "--yes").returncode == 0
    texts = {
        "LICENSE": b"1. Do.\n",
        "NOTICE": b"By somebody.\n",
        "ink/LICENCE.txt": b"2. Do not.\n",
    }
    hub.files |= texts | {
        "LICENSE.md": b"x" * 256_001,
        "license.bin": b"\x80\x04",
        "a/LICENSE": b"3",
    }
    hub.asked.clear()
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 0, done.stderr
    assert "LICENSE, NOTICE, ink/LICENCE.txt: comes along" in " ".join(done.stdout.split())
    assert "6 files" in done.stdout and {name for name, _ in hub.asked} == {*texts}
    record = json.loads(uncaged("models", "info", "my-paper", "--json").stdout)
    assert record["hash"] == bare["hash"] and record["files"] == 3
    assert record["licence_files"] == "LICENSE, NOTICE, ink/LICENCE.txt"
    (folder,) = record["folders"]
    assert {name: (Path(folder) / name).read_bytes() for name in texts} == texts
    told = " ".join(uncaged("models", "info", "my-paper").stdout.split())
    assert "LICENSE, NOTICE, ink/LICENCE.txt, beside the weights" in told


def test_a_licence_that_binds_is_accepted_by_the_text_that_came_along(
    uncaged: Run, hub: Any
) -> None:
    hub.files["LICENSE"] = "§ 1 No printing of money.".encode()
    hub.files["NOTICE"] = b"By somebody."
    said = json.loads(hub.files["paper.json"]) | {"terms": "Sheet 1", "binds": "No money."}
    hub.files["paper.json"] = json.dumps(said).encode()
    assert uncaged("models", "add", REPO, "--yes").returncode == 0
    refused = uncaged("make", "hi", "--model", "my-paper", *SMALL)
    assert refused.returncode == 2 and "Sheet 1" in refused.stderr
    accepted = uncaged("models", "accept", "my-paper", "--yes")
    assert accepted.returncode == 0 and "§ 1 No printing of money." in accepted.stdout
    assert "By somebody." not in accepted.stdout, "a notice asks nothing"
    assert uncaged("make", "hi", "--model", "my-paper", *SMALL).returncode == 0


def test_another_licence_than_the_hub_named_is_refused(uncaged: Run, hub: Any) -> None:
    hub.files["LICENSE"], hub.wrong = b"1. Do what you want.\n", {"LICENSE"}
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "not what it says it is" in done.stderr
    hub.wrong = set()
    assert uncaged("models", "add", REPO, "--yes").returncode == 0


def test_whoever_says_no_fetches_nothing_large(
    uncaged: Run, hub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.cli.hubbing.consented", lambda question: False)
    done = uncaged("models", "add", REPO)
    assert done.returncode == 0 and "Nothing was fetched" in done.stdout
    assert hub.asked == [("paper.json", 0)]


def test_offline_nobody_is_asked(uncaged: Run, hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    done = uncaged("models", "add", REPO, "--yes", UNCAGED_OFFLINE="1")
    assert done.returncode == 2 and "offline" in done.stderr
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 2 and "HF_HUB_OFFLINE" in done.stderr
    assert not hub.asked and not hub.tokens


def test_without_its_library_one_is_told_what_to_type(
    uncaged: Run, hub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.engines.extras.find_spec", lambda name: None)
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "pip install 'uncaged[models]'" in done.stderr


@pytest.mark.parametrize(
    ("status", "code", "said", "exit_code"),
    [
        (401, "", "hf auth login", 2),
        (401, "GatedRepo", "accepted its terms", 2),
        (403, "", "hf auth login", 2),
        (404, "RepoNotFound", "shows no model", 2),
        (404, "", "shows no model", 2),
        (404, "RevisionNotFound", "no revision", 2),
        (500, "", "does not answer as it should (500)", 1),
    ],
)
def test_a_hub_that_says_no(
    uncaged: Run, hub: Any, status: int, code: str, said: str, exit_code: int
) -> None:
    hub.refuse, hub.code = {"/api": status}, code
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == exit_code and said in done.stderr
    assert uncaged("models", "info", "my-paper").returncode == 2


@pytest.mark.parametrize("status", [401, 404, 503])
def test_a_hub_that_shows_a_file_and_does_not_give_it(uncaged: Run, hub: Any, status: int) -> None:
    hub.refuse = {f"/{REPO}/resolve": status}
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode in (1, 2) and "hub" in done.stderr


def unsized(listing: dict[str, Any]) -> dict[str, Any]:
    for row in listing["siblings"]:
        del row["size"]
    return listing


def sized(size: Any) -> Callable[[dict[str, Any]], Any]:
    def go(listing: dict[str, Any]) -> dict[str, Any]:
        for row in listing["siblings"]:
            row["size"] = size if row["rfilename"] == SHEET else row["size"]
        return listing

    return go


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (lambda said: b"", "no hub of models"),
        (lambda said: b"<html>Hello.", "no hub of models"),
        (lambda said: {}, "no hub of models"),
        (lambda said: [], "no hub of models"),
        (lambda said: said | {"siblings": ["x"]}, "no hub of models"),
        (lambda said: said | {"siblings": [{"rfilename": 5}]}, "no hub of models"),
        (lambda said: said | {"id": 5}, "no hub of models"),
        (lambda said: said | {"sha": 5}, "no hub of models"),
        (lambda said: said | {"sha": None}, "which state"),
        (unsized, "does not say how large"),
        (sized("9"), "does not say how large"),
        (sized(-5), "does not say how large"),
        (sized(10**30), "does not say how large"),
        (sized(10**15), "are free"),
    ],
)
def test_an_answer_that_no_hub_gives_is_told_as_such(
    uncaged: Run, hub: Any, lie: Callable[[Any], Any], said: str
) -> None:
    hub.listed = lie(hub.listing())
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and said in " ".join(done.stderr.split()), done.stderr


def test_a_hub_that_sends_elsewhere_is_none(uncaged: Run, hub: Any) -> None:
    hub.refuse = {"/api": 302}
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "no hub of models" in done.stderr


@pytest.mark.parametrize("name", [SHEET, "paper.json"])
def test_a_file_that_does_not_end_is_stopped_where_it_should(
    uncaged: Run, hub: Any, twin: Path, name: str
) -> None:
    hub.longer = {name: 200_000_000}
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "not what it says it is" in done.stderr
    assert hub.given < 20_000_000  # what lay in the pipes between us
    lies = [path for path in (twin.parent / "hub").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in lies) <= len(LONG)
    hub.longer = {}
    assert uncaged("models", "add", REPO, "--yes").returncode == 0


def test_nobody_is_there(uncaged: Run, hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "cannot be reached" in done.stderr


def test_half_a_file_is_gone_on_with(uncaged: Run, hub: Any) -> None:
    hub.half = {SHEET: 2}
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 0, done.stderr
    begun = [at for name, at in hub.asked if name == SHEET]
    assert len(begun) == 3 and begun[0] == 0 and 0 < begun[1] < begun[2]
    assert uncaged("models", "check", "my-paper").returncode == 0


def test_half_a_file_without_ranges_begins_again(uncaged: Run, hub: Any) -> None:
    hub.half, hub.ranges = {SHEET: 1}, False
    assert uncaged("models", "add", REPO, "--yes").returncode == 0
    assert [at for name, at in hub.asked if name == SHEET] == [0, 0]
    assert uncaged("models", "check", "my-paper").returncode == 0


def test_other_bytes_never_reach_the_cache(uncaged: Run, hub: Any, twin: Path) -> None:
    hub.wrong = {SHEET}
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "not what it says it is" in done.stderr
    assert not any(hub.called(SHEET) in name for name in blobs(twin.parent / "hub"))
    hub.wrong = set()
    assert uncaged("models", "add", REPO, "--yes").returncode == 0


def test_other_bytes_that_lay_in_the_cache_are_found(uncaged: Run, hub: Any, twin: Path) -> None:
    assert uncaged("models", "add", REPO, "--yes").returncode == 0
    assert uncaged("models", "remove", "my-paper", "--yes").returncode == 0
    (blob,) = (twin.parent / "hub").rglob(f"blobs/{hub.called(SHEET)}")
    blob.chmod(0o600)
    blob.write_bytes(bytes(len(LONG)))
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and str(blob) in done.stderr
    assert uncaged("models", "info", "my-paper").returncode == 2


def test_other_bytes_of_a_small_file_that_lay_in_the_cache_are_found(
    uncaged: Run, hub: Any, twin: Path
) -> None:
    """It has no SHA-256 at the hub, and is read to know what is needed."""
    assert uncaged("models", "add", REPO, "--yes").returncode == 0
    assert uncaged("models", "remove", "my-paper", "--yes").returncode == 0
    settings = Settings(home=twin.parent, hub_cache=twin.parent / "hub")
    wanted = hubs.chosen(settings, hubs.listed(settings, REPO))
    fetching.refuse_others(wanted)
    blob = (wanted.folder / "paper.json").resolve()
    content = blob.read_bytes()
    assert len(blob.name) == 40, "git's hash"
    blob.chmod(0o600)
    blob.write_bytes(content + b" ")
    with pytest.raises(WeightsBroken, match=f"{blob.name} is not what its publisher"):
        fetching.refuse_others(wanted)
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and str(blob) in done.stderr and "publisher" in done.stderr
    assert uncaged("models", "info", "my-paper").returncode == 2
    blob.write_bytes(content)
    assert uncaged("models", "add", REPO, "--yes").returncode == 0


def test_a_disk_without_room_is_said_before(
    uncaged: Run, hub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.studio.fetching.SPARE", 10**18)
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "are free" in done.stderr
    assert SHEET not in dict(hub.asked)


def test_what_no_family_knows_and_what_is_a_pickle(uncaged: Run, hub: Any) -> None:
    hub.files.pop(INK)
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and f"no {INK}" in done.stderr
    hub.files.pop("paper.json")
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 2 and "Nothing in somebody/my-paper" in done.stderr
    hub.files["model_index.json"] = b'{"_class_name": "MochiPipeline"}'
    hub.files["transformer/config.json"] = b"{}"
    hub.files["transformer/diffusion_pytorch_model.bin"] = b"\x80\x04"
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "diffusion_pytorch_model.bin is a pickle" in done.stderr


def test_killed_in_the_middle_it_goes_on_there(uncaged: Run, hub: Any, twin: Path) -> None:
    hub.hold, hub.files[SHEET] = True, LONG * 240  # its library writes 10 MB at a time
    command = [sys.executable, "-m", "uncaged", "models", "add", REPO, "--yes"]
    child = subprocess.Popen(
        command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert hub.held.wait(60)
    place = twin.parent / "hub"
    parts: tuple[Path, ...] = ()
    for _ in range(1000):
        parts = tuple(path for path in place.rglob("*part") if path.stat().st_size)
        if parts:
            break
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    hub.hold = False
    assert len(parts) == 1
    there = parts[0].stat().st_size
    assert 0 < there <= 120 * len(LONG)
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 0, done.stderr
    assert (SHEET, there) in hub.asked
    assert uncaged("models", "check", "my-paper").returncode == 0


def test_a_slow_body_is_waited_for_and_a_silent_one_is_not(
    uncaged: Run, hub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DOWNLOAD_TIMEOUT", 0.3)
    hub.silent = True
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "fell silent" in done.stderr
    hub.silent, hub.hold = False, True
    done = uncaged("models", "add", REPO, "--yes")
    hub.hold = False
    assert done.returncode == 0, done.stderr
    begun = [at for name, at in hub.asked if name == SHEET and at]
    assert len(begun) > 2 and begun == sorted(begun)
    assert uncaged("models", "check", "my-paper").returncode == 0


def test_a_token_is_the_library_s_and_is_kept_nowhere(
    uncaged: Run, hub: Any, tmp_path: Path
) -> None:
    done = uncaged("models", "add", REPO, "--yes", HF_TOKEN="hf_secretsecret")
    assert done.returncode == 0 and hub.tokens == {"Bearer hf_secretsecret"}
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"hf_secretsecret" not in path.read_bytes(), path
    assert "hf_secret" not in done.stdout + done.stderr


def test_two_who_fetch_the_same_fetch_it_once(hub: Any, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", hub_cache=tmp_path / "cache")
    wanted = hubs.chosen(settings, hubs.listed(settings, REPO))
    hub.hold = True
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(fetching.fetched, wanted) for _ in range(2)]
        assert hub.held.wait(30)
        hub.hold = False
        folders = {one.result(60) for one in both}
    assert len(folders) == 1 and [name for name, _ in hub.asked].count(SHEET) == 1
    assert (folders.pop() / SHEET).read_bytes() == LONG
