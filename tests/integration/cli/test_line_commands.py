"""Standing in line from the command line; people, keys, rooms, the policy; opening the studio."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FILM = ("--model", "echo", "--size", "64x64", "--seconds", "0.25")


def asked(uncaged: Run, *more: str) -> list[str]:
    done = uncaged("make", "a bird", "--no-wait", "--json", *FILM, *more)
    assert done.returncode == 0, done.stderr
    return [film["run"] for film in json.loads(done.stdout)]


def places(uncaged: Run) -> list[str]:
    return [place["run"] for place in json.loads(uncaged("line", "--json").stdout)["places"]]


def test_what_one_may_do_about_one_s_own_runs(uncaged: Run) -> None:
    one, two, three = asked(uncaged, "--count", "3", "--seed", "7")
    assert places(uncaged) == [one, two, three]
    assert "Nobody performs now" in json.loads(uncaged("line", "--json").stdout)["trouble"]
    told = r"{} \(w_[a-z2-7]{{12}}, a bird\) {}\n"
    assert re.fullmatch(told.format(three, "waits in line"), uncaged("prefer", three).stdout)
    assert re.fullmatch(told.format(one, "is paused"), uncaged("pause", one).stdout)
    assert re.search(rf"–  {one}  is paused +echo +a bird\n", uncaged("line").stdout)
    assert re.fullmatch(told.format(two, "was cancelled"), uncaged("cancel", two).stdout)
    assert places(uncaged) == [three]
    why = json.loads(uncaged("line", "--why", one, "--json").stdout)
    assert why["reason"]["place"] is None and "paused" in why["reason"]["sentences"][0]
    assert "It is next" in uncaged("line", "--why", three).stdout or "Nobody performs" in (
        uncaged("line", "--why", three).stdout
    )
    assert uncaged("wait", one, "--timeout", "0.2").returncode == 1
    assert uncaged("resume", one).returncode == 0
    assert uncaged("steward").returncode == 0
    waited = uncaged("wait", one, three, "--json")
    assert [run["state"] for run in json.loads(waited.stdout)] == ["completed", "completed"]
    assert uncaged("wait", two).returncode == 130
    assert two not in (again := uncaged("again", two).stdout) and "waits in line" in again
    assert uncaged("again", one).returncode == 2


def test_seeds_of_a_grid_follow_each_other(uncaged: Run) -> None:
    asked(uncaged, "--count", "3", "--seed", "7")
    works = json.loads(uncaged("works", "--all", "--json").stdout)
    seeds = {json.loads(uncaged("info", work["id"], "--json").stdout).get("text") for work in works}
    assert len(works) == 3 and seeds == {"a bird"}


@pytest.mark.parametrize("command", ["pause", "resume", "prefer", "cancel", "wait", "again"])
def test_a_run_that_is_not_here_is_said(uncaged: Run, command: str) -> None:
    for name in ("r_aaaaaaaaaaaa", "w_aaaaaaaaaaaa", "../../etc/passwd", ""):
        done = uncaged(command, name)
        assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr


def test_people_keys_and_rooms(uncaged: Run) -> None:
    ana = json.loads(uncaged("person", "add", "Ana  Lima", "--json").stdout)
    assert (ana["class"], ana["name"]) == ("member", "Ana Lima")
    changed = uncaged("person", "change", "ana lima", "--class", "keeper", "--json").stdout
    assert json.loads(changed)["class"] == "keeper"
    assert uncaged("person", "change", "owner", "--class", "guest").returncode == 2
    assert uncaged("person", "add", "\x1b[31m").returncode == 2
    key = json.loads(uncaged("key", "add", "laptop", "--for", ana["id"], "--json").stdout)
    assert key["may"] == ["make", "read"] and key["secret"].startswith("uncaged_")
    listed = uncaged("key", "list").stdout
    assert key["id"] in listed and key["secret"] not in listed
    assert "taken back" in uncaged("key", "revoke", key["id"]).stdout
    assert uncaged("key", "add", "x", "--for", "nobody").returncode == 2
    room = json.loads(uncaged("room", "add", "the show", "--visitors", "3", "--json").stdout)
    assert room["visitors"] == 3 and room["token"] not in uncaged("room", "list").stdout
    assert "closed" in uncaged("room", "close", room["id"]).stdout
    assert uncaged("room", "add", "x", "--visitors", "0").returncode == 2


def test_the_policy_is_shown_checked_and_tried(uncaged: Run, tmp_path: Path) -> None:
    before = json.loads(uncaged("policy", "--json").stdout)
    assert before["mistake"] is None and before["policy"]["class"]["guest"]["running"] == 1
    file = tmp_path / "home" / "policy.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text("[class.owner]\nwaiting = 1\n")
    assert "can be followed" in uncaged("policy", "check", str(file)).stdout
    assert json.loads(uncaged("policy", "--json").stdout)["hash"] != before["hash"]
    asked(uncaged)
    refused = uncaged("make", "a bird", "--no-wait", *FILM)
    assert refused.returncode == 2 and "1 of 1 runs in line" in refused.stderr
    file.write_text("[class.owner]\nwaitin = 1\n")
    assert uncaged("policy", "check", str(file)).returncode == 2
    assert "Did you mean waiting" in " ".join(uncaged("policy").stdout.split())
    assert uncaged("make", "a bird", "--no-wait", *FILM).returncode == 0  # nothing was followed yet
    file.unlink()
    tried = json.loads(uncaged("policy", "try", "--days", "1", "--json").stdout)
    assert tried["mild"]["flooder"] < 0.1


def test_words_of_a_policy_that_say_too_little_are_told(uncaged: Run, tmp_path: Path) -> None:
    assert "careful" not in uncaged("policy").stdout
    file = tmp_path / "home" / "policy.toml"
    asked(uncaged)  # there is a studio
    file.write_text('[licences]\nrefused = ["the", "GPL-2.0"]\n')
    for command in (("policy",), ("policy", "check", str(file))):
        done = uncaged(*command)
        assert done.returncode == 0, done.stderr
        assert "“the” names no licence, and refuses nothing" in " ".join(done.stdout.split())
        assert "“GPL-2.0” " not in done.stdout
    assert len(json.loads(uncaged("policy", "--json").stdout)["careful"]) == 1
    assert uncaged("make", "a bird", "--no-wait", *FILM).returncode == 0, (
        "it is followed all the same"
    )


def test_a_studio_that_cannot_be_opened_says_why(uncaged: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for command in ("serve", "web"):
            done = uncaged(command, "--port", port)
            assert done.returncode == 2 and "is taken" in done.stderr
    strange = uncaged("serve", "--host", "no.such.host.invalid")
    assert strange.returncode == 2


def test_others_are_let_in_where_the_owner_is_known_and_somebody_answers(uncaged: Run) -> None:
    asks = ("uncaged key add", "uncaged house set contact")
    said = set(uncaged("open", "--port", "0").stderr.splitlines())
    for command in ("serve", "web"):
        shut = uncaged(command, "--host", "0.0.0.0", "--port", "0")
        assert shut.returncode == 2 and all(one in shut.stderr for one in asks)
        assert set(shut.stderr.splitlines()) <= said, "in the same words"
    assert uncaged("key", "add", "mine", "--may", "manage").returncode == 0
    shut = uncaged("serve", "--host", "::", "--port", "0")
    assert shut.returncode == 2 and asks[0] not in shut.stderr and asks[1] in shut.stderr
    assert uncaged("house", "set", "contact", "Moss, 1 Quay").returncode == 0
    elsewhere = uncaged("web", "--host", "no.such.host.invalid", "--port", "0")
    assert "The door stays shut" not in elsewhere.stderr, "said once, it is not asked again"


def test_one_studio_is_opened_once_and_closes_in_good_order(uncaged: Run, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "uncaged", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as first:
        assert (
            first.stdout is not None and "is open at http://127.0.0.1:" in first.stdout.readline()
        )
        second = uncaged("serve", "--port", "0")
        assert second.returncode == 2 and "already" in second.stderr
        (run,) = asked(uncaged)
        assert uncaged("wait", run, "--timeout", "60").returncode == 0
        first.send_signal(signal.SIGINT)
        said = first.stdout.read()
        assert first.wait(60) == 0 and "is closed" in said


def test_a_studio_open_to_all_says_what_others_type(uncaged: Run, tmp_path: Path) -> None:
    assert uncaged("key", "add", "mine", "--may", "manage").returncode == 0
    assert uncaged("house", "set", "contact", "Moss, 1 Quay").returncode == 0
    with subprocess.Popen(
        [sys.executable, "-m", "uncaged", "web", "--host", "0.0.0.0", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    ) as web:
        assert web.stdout is not None
        port = re.findall(r"http://127[.]0[.]0[.]1:(\d+)/", web.stdout.readline())[0]
        others = web.stdout.readline()
        web.terminate()
        web.wait(30)
    assert others.startswith(f"Others open it at http://{socket.gethostname()}:{port}/")
    assert "127.0.0.1" not in others


def test_the_pages_alone_close_in_good_order(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "uncaged", "web", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as web:
        assert web.stdout is not None
        at = re.findall(r"http://127[.]0[.]0[.]1:\d+/", web.stdout.readline())[0]
        with urllib.request.urlopen(f"{at}line", timeout=60) as answer:
            assert answer.status == 200
        web.terminate()
        out, error = web.communicate(timeout=30)
    assert (web.returncode, out, error) == (0, "", "")
