"""`uncaged models add, check, twin, remove`: models made elsewhere, from the command line."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
SMALL = ("--size", "64x64", "--seconds", "0.5")
SHEET = "sheet/weights.safetensors"


@pytest.fixture
def added(uncaged: Run, twin: Path) -> Path:
    """A twin that is on the shelf as `my-paper`."""
    done = uncaged("models", "add", str(twin), "--yes")
    assert done.returncode == 0, done.stderr
    return twin


def test_from_a_twin_to_a_film_and_off_the_shelf(uncaged: Run, paper: Any, tmp_path: Path) -> None:
    done = uncaged("models", "twin", "paper", "small", "--seed", "40")
    assert done.returncode == 0 and "3 files" in done.stdout and "models add small" in done.stdout
    assert done.stderr.startswith("loading what paper is built with, which takes a while\n")
    assert sorted(done.stderr.splitlines()[1:]) == ["writing ink", "writing sheet"]
    done = uncaged("models", "add", "small", "--name", "mine", "--yes")
    assert done.returncode == 0, done.stderr
    for said in ("mine, of the family paper", "A twin of 40.", "3, 30 bytes together"):
        assert said in done.stdout
    assert "Undisclosed." in done.stdout and "Its card does not say." in done.stdout
    assert 'make "…" --model mine' in done.stdout and "mine is on the shelf" in done.stdout
    assert "100%" in done.stderr and "reading" in done.stderr and "\x1b" not in done.stderr
    made = uncaged("make", "hi", "--model", "mine", *SMALL, "--json")
    assert made.returncode == 0 and json.loads(made.stdout)["score"]["model"]["name"] == "mine"
    removed = uncaged("models", "remove", "mine", "--yes")
    assert "stay where they are" in removed.stdout and str(tmp_path / "small") in removed.stdout
    assert (tmp_path / "small" / SHEET).read_bytes() == b"\x28"
    assert uncaged("models", "info", "mine").returncode == 2


def test_a_family_without_a_twin_and_a_kind_that_it_has_not(
    uncaged: Run, paper: Any, tmp_path: Path
) -> None:
    for name in ("nosuch", "echo", "ink"):
        done = uncaged("models", "twin", name, str(tmp_path / "small"))
        assert done.returncode == 2 and f"No family called '{name}'" in done.stderr
        having = done.stderr.split("These have one: ")[1]
        for family in ("cogvideox", "mochi", "ltx", "wan", "pyramid-flow", "paper"):
            assert family in having
        for other in ("echo", "ink", "seedling"):
            assert other not in having
    done = uncaged("models", "twin", "ltx", str(tmp_path / "small"), "--kind", "sd3")
    assert done.returncode == 2 and "Its kinds are: 0.9.1, 0.9.5" in " ".join(done.stderr.split())
    done = uncaged("models", "twin", "paper", str(tmp_path / "small"), "--kind", "sd3")
    assert done.returncode == 2 and "one alone" in done.stderr
    assert not (tmp_path / "small").exists()
    done = uncaged("models", "twin", "cogvideox", str(tmp_path / "small"), "--kind", "1.5")
    assert done.returncode == 0, done.stderr
    assert "writing transformer\n" in done.stderr and "writing text_encoder\n" in done.stderr
    said = json.loads((tmp_path / "small" / "transformer" / "config.json").read_text())
    assert said["patch_size_t"] == 2


def test_nobody_adds_what_nobody_said_yes_to(uncaged: Run, twin: Path) -> None:
    done = uncaged("models", "add", str(twin))
    assert done.returncode == 2 and "--yes" in done.stderr
    assert uncaged("models", "info", "my-paper").returncode == 2


def test_whoever_says_no_adds_nothing(uncaged: Run, twin: Path, monkeypatch: Any) -> None:
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr("uncaged.cli.adding.consented", no)
    done = uncaged("models", "add", str(twin))
    assert done.returncode == 0 and "not on the shelf" in done.stdout and "my-paper" in asked[0]
    assert uncaged("models", "info", "my-paper").returncode == 2


def test_list_and_info_say_where_it_lies(uncaged: Run, added: Path) -> None:
    said = uncaged("models", "list").stdout
    assert f"30 bytes in {added}" in said.replace("\n              ", " ")
    (families,) = [line for line in said.splitlines() if "models add FOLDER, of" in line]
    assert "cardboard" in families and "paper" in families
    assert "cardboard: performed once you type python -m pip install 'uncaged[models]'" in said
    info = uncaged("models", "info", "my-paper").stdout
    assert str(added) in info and "3, 30 bytes together" in info and "engine        paper" in info
    (own,) = [m for m in json.loads(uncaged("models", "list", "--json").stdout) if m["hash"]]
    assert own == json.loads(uncaged("models", "info", "my-paper", "--json").stdout)
    assert (own["files"], own["bytes"], own["missing"]) == (3, 30, 0)
    assert own["folders"] == [str(added)] and own["lacks"] == "" and own["id"].startswith("m_")
    assert own["card"]["training_data"] == "Undisclosed."
    family = json.loads(uncaged("models", "info", "cardboard", "--json").stdout)
    assert family["lacks"] == "pip install 'uncaged[models]'" and "folders" not in family
    assert "pip install" in uncaged("models", "info", "cardboard").stdout


def test_a_long_name_stands_apart_from_what_it_names(uncaged: Run, twin: Path) -> None:
    for name in ("thirteen-long", "fourteen-longs", "a-name-of-many-more-letters"):
        folder = twin.with_name(name)
        shutil.copytree(twin, folder)
        (folder / SHEET).write_bytes(bytes([len(name)]))
        assert uncaged("models", "add", str(folder), "--yes").returncode == 0
    lines = uncaged("models", "list").stdout.splitlines()
    assert "thirteen-long A twin of 40." in lines
    for name in ("fourteen-longs", "a-name-of-many-more-letters"):
        assert lines[lines.index(name) + 1] == f"{'':14}A twin of 40."


def test_a_copy_that_is_not_used_is_told(uncaged: Run, added: Path) -> None:
    shutil.copytree(added, added.with_name("copy"))
    done = uncaged("models", "add", str(added.with_name("copy")), "--name", "new", "--yes")
    assert "my-paper, which is on the shelf already" in done.stdout
    assert "is used where it lies, which is whole" in done.stdout and str(added) in done.stdout
    (added / SHEET).unlink()
    lost = uncaged("make", "hi", "--model", "my-paper", *SMALL)
    assert lost.returncode == 1
    assert "Whoever keeps this studio puts them back" in " ".join(lost.stderr.split())


def test_one_that_lacks_its_family_s_code_says_so(uncaged: Run, twin: Path) -> None:
    (twin / "paper.json").rename(twin / "cardboard.json")
    assert uncaged("models", "add", str(twin), "--name", "box", "--yes").returncode == 0
    assert "It performs once you type: python -m pip install" in uncaged("models", "list").stdout
    done = uncaged("make", "hi", "--model", "box", *SMALL)
    assert done.returncode == 1 and "pip install 'uncaged[models]'" in done.stderr


def test_the_same_files_are_the_same_model(uncaged: Run, added: Path) -> None:
    again = uncaged("models", "add", str(added), "--name", "other", "--yes")
    assert again.returncode == 0 and "files of my-paper" in again.stdout
    moved = added.rename(added.with_name("moved"))
    done = uncaged("make", "hi", "--model", "my-paper", *SMALL)
    assert done.returncode == 1 and "uncaged models add FOLDER" in done.stderr
    record = json.loads(uncaged("models", "add", str(moved), "--yes", "--json").stdout)
    assert record["known"] and record["moved"] and record["name"] == "my-paper"
    assert record["folders"] == [str(moved)]
    assert uncaged("make", "hi", "--model", "my-paper", *SMALL).returncode == 0


def test_check_says_each_file_and_notes_the_time_anew(uncaged: Run, added: Path) -> None:
    done = uncaged("models", "check")
    assert done.returncode == 0 and done.stdout.count("■ intact") == 1
    assert "3 files, each as it was" in done.stdout and SHEET not in done.stdout
    sheet = added / SHEET
    os.utime(sheet, ns=(1, 5_000_000_000))
    assert uncaged("make", "hi", "--model", "my-paper", *SMALL).returncode == 1
    (record,) = json.loads(uncaged("models", "check", "MY-paper", "--json").stdout)
    assert record["intact"] and [f["name"] for f in record["files"] if f["renewed"]] == [SHEET]
    assert uncaged("make", "hi", "--model", "my-paper", *SMALL).returncode == 0
    sheet.write_bytes(b"other")
    (added / "ink/weights.safetensors").unlink()
    done = uncaged("models", "check", "my-paper")
    assert done.returncode == 1 and "2 of 3 files changed or missing" in done.stdout
    assert f"× changed     {SHEET} ({sheet})" in done.stdout and "× missing" in done.stdout
    assert "intact" not in done.stdout and "paper.json" not in done.stdout
    assert "models add FOLDER" in done.stdout and "another model" in done.stdout
    (record,) = json.loads(uncaged("models", "check", "--json").stdout)
    states = {file["name"]: file["state"] for file in record["files"]}
    assert not record["intact"] and states[SHEET] == "changed" and states["paper.json"] == "intact"
    assert uncaged("models", "check", "nobody").returncode == 2


def test_check_looks_at_kept_files_too(uncaged: Run, tmp_path: Path) -> None:
    assert "no model of your own yet" in uncaged("models", "check").stdout
    trained = uncaged("train", "echo", "--name", "mine", "--set", "pause=0", "--set", "steps=3")
    assert trained.returncode == 0, trained.stderr
    assert uncaged("models", "check", "mine").returncode == 0
    (record,) = json.loads(uncaged("models", "check", "--json").stdout)
    path = Path(record["files"][0]["path"])
    path.chmod(0o600)
    path.write_bytes(b"spoilt")
    done = uncaged("models", "check", "mine")
    assert done.returncode == 1 and "× changed" in done.stdout


def test_what_cannot_be_added_is_said(uncaged: Run, twin: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder, said in ((tmp_path / "empty", "cardboard"), (tmp_path / "no", "no folder")):
        done = uncaged("models", "add", str(folder), "--yes")
        assert done.returncode == 2 and said in done.stderr
    for name in ("ink", "a b"):
        assert uncaged("models", "add", str(twin), "--name", name, "--yes").returncode == 2
    done = uncaged("models", "add", str(twin), "--family", "nobody", "--yes")
    assert done.returncode == 2 and "cardboard" in done.stderr
    (twin / "weights.bin").touch()
    done = uncaged("models", "add", str(twin), "--yes")
    assert done.returncode == 1 and "pickle" in done.stderr and "reading" not in done.stderr


def test_a_twin_is_written_whole_or_not_at_all(uncaged: Run, paper: Any, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    done = uncaged("models", "twin", "paper", "full")
    assert done.returncode == 2 and "not empty" in done.stderr
    assert uncaged("models", "twin", "paper", "full/mine").returncode == 2
    assert uncaged("models", "twin", "paper", "half", "--seed", "13").returncode == 2
    assert uncaged("models", "twin", "ink", "ink").returncode == 2
    assert uncaged("models", "twin", "nobody", "x").returncode == 2
    (tmp_path / "empty").mkdir()
    record = json.loads(uncaged("models", "twin", "paper", "empty", "--json").stdout)
    assert (record["files"], record["folder"]) == (3, str(tmp_path / "empty"))
    assert sorted(p.name for p in tmp_path.iterdir() if p.name not in ("home", "elsewhere")) == [
        "empty",
        "full",
    ]


def test_what_is_on_the_machine_is_found_and_not_added(
    uncaged: Run, twin: Path, tmp_path: Path
) -> None:
    none = uncaged("models", "find", HF_HUB_CACHE=str(tmp_path / "hub"))
    assert none.returncode == 0 and str(tmp_path / "hub") in none.stdout and "paper" in none.stdout
    done = uncaged("models", "find", str(twin.parent))
    command = f"models add {twin} --family paper"
    assert done.returncode == 0 and command in done.stdout and "30 bytes" in done.stdout
    assert not (tmp_path / "home").exists()
    (record,) = json.loads(uncaged("models", "find", str(twin.parent), "--json").stdout)
    assert record["add"].endswith(command) and record["known"] is None
    assert uncaged("models", "add", str(twin), "--yes").returncode == 0
    assert "on the shelf as my-paper" in uncaged("models", "find", str(twin.parent)).stdout
    (twin / "weights.bin").touch()
    assert "not performed:" in uncaged("models", "find", str(twin)).stdout
    assert uncaged("models", "find", str(tmp_path / "nowhere")).returncode == 2


def test_a_licence_that_binds_is_accepted_once(uncaged: Run, twin: Path, monkeypatch: Any) -> None:
    said = {
        "terms": "Sheet Licence 1",
        "binds": "No printing of money.",
        "terms_text": "§ 1 Do not.",
    }
    (twin / "paper.json").write_text(json.dumps(said | {"terms_url": "https://sheet.example/1"}))
    added = uncaged("models", "add", str(twin), "--yes").stdout
    assert "No printing of money." in added and "https://sheet.example/1" in added
    assert added.index("models accept my-paper") < added.index("make")
    assert "No printing of money." in uncaged("models", "info", "my-paper").stdout
    done = uncaged("make", "hi", "--model", "my-paper", *SMALL)
    assert done.returncode == 2 and "Sheet Licence 1" in done.stderr
    assert "uncaged models accept my-paper" in done.stderr
    done = uncaged("models", "accept", "my-paper")
    assert done.returncode == 2 and "Nobody is here" in done.stderr and "--yes" in done.stderr
    assert uncaged("make", "hi", "--model", "my-paper", *SMALL).returncode == 2
    with monkeypatch.context() as no:
        no.setattr("uncaged.cli.shelving.consented", lambda question: False)
        done = uncaged("models", "accept", "my-paper")
        assert done.returncode == 1 and "§ 1 Do not." in done.stdout
    assert uncaged("make", "hi", "--model", "my-paper", *SMALL).returncode == 2
    record = json.loads(uncaged("models", "accept", "MY-paper", "--yes", "--json").stdout)
    assert record["new"] and record["terms"]["name"] == "Sheet Licence 1"
    assert uncaged("make", "hi", "--model", "my-paper", *SMALL).returncode == 0
    assert "already" in uncaged("models", "accept", "my-paper").stdout
    assert uncaged("models", "accept", "nobody").returncode == 2


def test_a_licence_is_shown_where_it_lies_or_said_to_be_unknown(uncaged: Run, twin: Path) -> None:
    said = {"terms": "Sheet Licence 1", "binds": "No printing of money.", "licence": "Sheet 1"}
    (twin / "paper.json").write_text(json.dumps(said))
    found = " ".join(uncaged("models", "add", str(twin), "--yes").stdout.split())
    assert "No address of it is known here" in found
    rows = uncaged("models", "info", "my-paper").stdout.splitlines()
    (asks,) = [n for n, row in enumerate(rows) if row.startswith("asks")]
    assert rows[asks - 1].startswith("licence") and rows[asks + 1].startswith("read it at")
    assert rows[0].startswith("model") and rows[1].startswith(" ")
    uncaged("models", "remove", "my-paper", "--yes")
    (twin / "LICENSE.txt").write_text("§ 1 Not one note.")
    (twin / "README.md").write_text("---\nlicense_link: https://sheet.example/1\n---\nA sheet.")
    found = uncaged("models", "add", str(twin), "--yes").stdout
    assert "LICENSE.txt, beside the weights" in found and "https://sheet.example/1" in found
    assert "LICENSE.txt, beside the weights" in uncaged("models", "info", "my-paper").stdout
    assert "§ 1 Not one note." in uncaged("models", "accept", "my-paper", "--yes").stdout


def test_an_adapter_from_a_file_to_the_line(uncaged: Run, cogvideox: Any, tmp_path: Path) -> None:
    cogvideox.adapter(tmp_path / "my-style.safetensors", author="Ada")
    first = uncaged("models", "add", "my-style.safetensors", "--yes")
    assert first.returncode == 2 and "no model is on the shelf that it could be for" in first.stderr
    assert uncaged("models", "add", str(cogvideox.model), "--name", "cog", "--yes").returncode == 0
    done = uncaged("models", "add", "my-style.safetensors", "--yes")
    assert done.returncode == 0, done.stderr
    assert "my-style, on top of cog" in done.stdout and "--adapter my-style=1" in done.stdout
    file = str(tmp_path / "my-style.safetensors")
    assert file in done.stdout and "folder" not in done.stdout.partition("files")[0]
    again = json.loads(uncaged("models", "add", "my-style.safetensors", "--yes", "--json").stdout)
    assert again["known"] and again["adapts"] == "cog"
    listed = uncaged("models", "list").stdout
    assert "Adapters" in listed and "LoRA of rank 2, 4 layers" in listed
    records = json.loads(uncaged("models", "list", "--json").stdout)
    assert [one["name"] for one in records if one.get("adapter")] == ["my-style"]
    info = uncaged("models", "info", "my-style")
    assert "Ada" in info.stdout and again["hash"][:20] in info.stdout
    assert json.loads(uncaged("models", "info", "my-style", "--json").stdout)["on"] == "cog"
    assert "my-style" in uncaged("models", "check").stdout
    film = ("make", "a bird", "--model", "cog", "--no-wait", "--json")
    made = uncaged(*film, "--adapter", "my-style=-0.8", "--seconds", "0.1")
    assert made.returncode == 0, made.stderr
    wrong = uncaged(*film, "--adapter", "my-stile=1")
    assert wrong.returncode == 2 and "no adapter called my-stile" in wrong.stderr
    alone = uncaged("make", "a bird", "--model", "my-style", "--no-wait")
    assert alone.returncode == 2 and "--model cog --adapter my-style=1" in alone.stderr
    gone = uncaged("models", "remove", "my-style", "--yes")
    assert gone.returncode == 0 and (tmp_path / "my-style.safetensors").exists()


def test_what_the_policy_does_not_let_one_make_with(uncaged: Run, twin: Path) -> None:
    (twin / "paper.json").write_text(json.dumps({"licence": "CC-BY-NC-4.0"}))
    assert uncaged("models", "add", str(twin), "--yes").returncode == 0
    listed = json.loads(uncaged("models", "list", "--licence", "non-commercial", "--json").stdout)
    assert [one["name"] for one in listed] == ["my-paper"] and listed[0]["refused"] is None
    assert "Nothing here comes under" in uncaged("models", "list", "--licence", "WTFPL").stdout
    home = Path(os.environ["UNCAGED_HOME"], "policy.toml")
    home.write_text('[licences]\nrefused = ["non-commercial"]\n')
    checked = uncaged("policy", "check", str(home)).stdout
    assert "guest" in checked and "not with my-paper" in checked
    assert 'refused = ["non-commercial"]' in uncaged("policy").stdout
    info = uncaged("models", "info", "my-paper").stdout
    assert "not for you" in info and "CC-BY-NC-4.0" in info and "measured" in info
    made = uncaged("make", "hi", "--model", "my-paper", "--seconds", "0.5", "--no-wait")
    assert made.returncode != 0 and "CC-BY-NC-4.0" in made.stderr


def test_an_adapter_that_is_taken_off_says_which_file_stays(
    uncaged: Run, cogvideox: Any, tmp_path: Path
) -> None:
    cogvideox.adapter(tmp_path / "my-style.safetensors")
    assert uncaged("models", "add", str(cogvideox.model), "--name", "cog", "--yes").returncode == 0
    assert uncaged("models", "add", "my-style.safetensors", "--yes").returncode == 0
    removed = uncaged("models", "remove", "my-style", "--yes").stdout
    assert "Its file stays where it is" in removed and removed.rstrip().endswith(
        str(tmp_path / "my-style.safetensors")
    )


def test_refusals_say_the_command_as_it_can_be_typed(
    uncaged: Run, twin: Path, monkeypatch: Any
) -> None:
    (twin / "paper.json").write_text(json.dumps({"terms": "Sheet", "binds": "No money."}))
    assert uncaged("models", "add", str(twin), "--yes").returncode == 0
    monkeypatch.setattr("uncaged.cli.opening.called", lambda: ".venv/bin/uncaged")
    done = uncaged("make", "hi", "--model", "my-paper", *SMALL)
    assert done.returncode == 2 and "`.venv/bin/uncaged models accept my-paper`" in done.stderr


def test_a_model_that_is_opened_is_said_and_info_says_what_was_chosen_and_nothing_empty(
    uncaged: Run, cogvideox: Any
) -> None:
    assert uncaged("models", "add", str(cogvideox.model), "--name", "cog", "--yes").returncode == 0
    said = ("--negative", "text", "--option", "negative=people, rain", "--option", "steps=1")
    film = ("make", "a bird", "--model", "cog", "--size", "64x64", "--picture", *said)
    made = uncaged(*film, "--json")
    assert made.returncode == 0, made.stderr
    assert made.stderr.count("opening cog") == 1 and made.stderr.index("opening cog") == 0
    told = " ".join(uncaged("info", json.loads(made.stdout)["id"]).stdout.split())
    assert 'negative "people, rain"' in told and "not seen text" in told
    assert "steps 1" in told and "None" not in told and " ," not in told and ",," not in told


def test_a_twin_without_what_it_is_built_with(
    uncaged: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.engines.extras.find_spec", lambda _name: None)
    done = uncaged("models", "twin", "wan", str(tmp_path / "tiny"))
    assert done.returncode == 1 and "pip install 'uncaged[models]'" in done.stderr
    assert not list(tmp_path.glob("*tiny*"))
