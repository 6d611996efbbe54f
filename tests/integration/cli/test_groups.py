"""Groups from the command line: asked for, looked at, cancelled, asked for again, one sheet; a room's address."""

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

Run = Callable[..., Any]
FILM = ("--model", "echo", "--size", "64x64", "--seconds", "0.25")


def the_group(uncaged: Run, *more: str) -> str:
    done = uncaged("make", "a bird", *FILM, *more)
    assert done.returncode == 0, done.stderr
    found = re.search(r"g_[a-z2-7]{12}", done.stdout)
    assert found is not None, done.stdout
    return found[0]


def states(uncaged: Run, group: str) -> list[str]:
    return [part["state"] for part in json.loads(uncaged("info", group, "--json").stdout)["parts"]]


def test_a_group_has_a_name_a_page_and_one_row_of_the_line(uncaged: Run) -> None:
    done = uncaged("make", "a bird", *FILM, "--count", "5", "--seed", "7")
    group = re.findall(r"g_[a-z2-7]{12}", done.stdout)[0]
    assert "5 films in line together, seeds 7 to 11" in done.stdout
    assert f"/groups/{group}  (once the studio is open: python -m uncaged serve)" in done.stdout
    assert len(done.stdout.splitlines()) < 8
    line = uncaged("line").stdout
    assert re.search(rf"1–5 +{group} .*5 films: a bird", line), line
    said = uncaged("info", group).stdout
    assert "0 of 5 made, 5 in line" in said and "seed 11" in said
    assert uncaged("info", "g_aaaaaaaaaaaa").returncode == 2


def test_a_chain_waits_is_cancelled_and_asked_for_again(uncaged: Run) -> None:
    group = the_group(uncaged, "--count", "3", "--one-after-another")
    parts = json.loads(uncaged("info", group, "--json").stdout)["parts"]
    assert [part["after"] for part in parts] == [[], [parts[0]["run"]], [parts[1]["run"]]]
    line = uncaged("line").stdout
    assert f"–  {parts[2]['run']}  waits for {parts[1]['run']}" in line and "more, who" not in line
    why = uncaged("line", "--why", parts[1]["run"]).stdout
    assert f"It waits for {parts[0]['run']}" in " ".join(why.split())
    assert uncaged("cancel", group).stdout == f"{group}: 3 of its films cancelled\n"
    assert states(uncaged, group) == ["cancelled"] * 3
    assert f"again {group}" in uncaged("info", group).stdout
    assert uncaged("again", group).stdout.count("waits in line") == 3
    assert states(uncaged, group) == ["queued"] * 3
    assert uncaged("again", group).returncode == 2


def test_after_a_group_comes_what_waits_for_it_in_its_lane(uncaged: Run) -> None:
    group = the_group(uncaged, "--count", "2")
    done = uncaged("make", "last", *FILM, "--after", group, "--lane", "batch", "--json")
    run = json.loads(done.stdout)[0]["run"]
    why = json.loads(uncaged("line", "--why", run, "--json").stdout)
    first = [part["run"] for part in json.loads(uncaged("info", group, "--json").stdout)["parts"]]
    assert sorted(why["after"]) == sorted(first) and why["lane"] == "batch"
    assert "in the lane batch" in uncaged("line", "--why", run).stdout
    for wrong in (("--after", "g_aaaaaaaaaaaa"), ("--after", "nothing"), ("--one-after-another",)):
        assert uncaged("make", "a bird", *FILM, *wrong).returncode == 2


def test_a_group_that_is_made_is_taken_as_one_sheet(uncaged: Run, tmp_path: Path) -> None:
    group = the_group(uncaged, "--count", "3")
    early = uncaged("take", group, "--as", "sheet")
    assert early.returncode == 2 and "Nothing of this group is made yet" in early.stderr
    assert uncaged("steward").returncode == 0
    assert "3 of 3 made" in uncaged("info", group).stdout
    assert uncaged("wait", group).stdout.count("is made") == 3
    done = uncaged("take", group, "--as", "sheet")
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / f"{group}.png") as sheet:
        assert sheet.size == (5 + 2 * 325, 5 + 2 * 325)
    assert uncaged("take", group).returncode == uncaged("take", "--as", "sheet").returncode == 2
    info = uncaged("info", "latest").stdout
    assert "a film, mp4 (H.264)" in info
    assert "a film, mp4" in uncaged("view", DISPLAY="", WAYLAND_DISPLAY="").stderr


def test_a_room_has_an_address_that_a_guest_can_type(uncaged: Run, tmp_path: Path) -> None:
    named = uncaged("room", "add", "hall", UNCAGED_HOSTS="studio.example box:8484")
    assert re.fullmatch(r"https://studio\.example/rooms/enter\?token=\S+", named.stdout.strip())
    assert "until the studio is open" in named.stderr
    box = uncaged("room", "add", "hall", UNCAGED_HOSTS="[fd00::7]:8484").stdout
    assert box.startswith("http://[fd00::7]:8484/rooms/enter?token=")
    closed = uncaged("room", "add", "hall")
    assert closed.stdout.startswith(f"http://{socket.gethostname()}:8484/rooms/enter?token=")
    assert "serve --host 0.0.0.0" in closed.stderr
    with socket.create_server(("127.0.0.1", 0)) as listener:
        at = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        (tmp_path / "home" / "open.at").write_text(f"{at}\nhere\n")
        here = uncaged("room", "add", "hall")
        assert here.stdout.startswith(at + "rooms/") and "this machine alone" in here.stderr
        assert "open the door from another device" in here.stderr
        assert f"{at}groups/g_" in uncaged("make", "x", *FILM, "--count", "2").stdout
        (tmp_path / "home" / "open.at").write_text(f"{at}\neverywhere\n")
        everywhere = uncaged("room", "add", "hall")
        assert everywhere.stdout.startswith(f"http://{socket.gethostname()}:")
        assert "serve" not in everywhere.stderr
    (tmp_path / "home" / "open.at").write_text("rubbish")
    assert "serve --host" in uncaged("room", "add", "hall").stderr


def test_why_of_a_group_is_why_of_its_first_film_that_waits(uncaged: Run) -> None:
    group = the_group(uncaged, "--count", "2")
    first, second = [
        part["run"] for part in json.loads(uncaged("info", group, "--json").stdout)["parts"]
    ]
    said = uncaged("line", "--why", group)
    assert said.returncode == 0 and f"{first} (a bird)" in said.stdout, said.stderr
    assert "Nobody performs now" in said.stdout
    uncaged("cancel", first)
    assert json.loads(uncaged("line", "--why", group, "--json").stdout)["run"] == second
    uncaged("cancel", second)
    assert uncaged("line", "--why", group).stdout == f"{group} 0 of 2 made, 2 cancelled\n"
    assert json.loads(uncaged("line", "--why", group, "--json").stdout)["reason"] is None
    assert uncaged("line", "--why", "g_aaaaaaaaaaaa").returncode == 2


def test_whoever_waits_learns_that_nobody_performs(uncaged: Run) -> None:
    done = uncaged("make", "a bird", *FILM, "--count", "2")
    group = re.findall(r"g_[a-z2-7]{12}", done.stdout)[0]
    assert re.search(r"next .*uncaged steward\n.*uncaged info g_", done.stdout), done.stdout
    early = uncaged("take", group, "--as", "sheet")
    assert (
        "Nobody performs now: `python -m uncaged steward`, in another terminal, does. Wait for it"
        in early.stderr
    )
    waited = uncaged("wait", group, "--timeout", "0.2")
    assert (
        waited.returncode == 1
        and "Nobody performs now: `python -m uncaged steward`, in another terminal, does."
        in waited.stderr
    )
    uncaged("cancel", group)
    assert "Nobody" not in uncaged("wait", group).stderr
