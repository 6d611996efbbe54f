"""The licence that lies beside the weights: its text and its address are taken, and none is guessed."""

import os
from pathlib import Path

import pytest

from uncaged.studio.licences import ALONG, LONGEST, along, among, beside, lying

BINDS = {"terms": "Sheet Licence", "binds": "No printing of money."}


def test_its_text_and_its_address(tmp_path: Path) -> None:
    assert beside(tmp_path, BINDS) == {}
    (tmp_path / "LICENSE").write_text("§ 1 Do not.\n")
    assert beside(tmp_path, BINDS) == {"terms_file": "LICENSE", "terms_text": "§ 1 Do not."}
    (tmp_path / "small-0.9.license.txt").write_text("§ 2 Do.")
    (tmp_path / "README.md").write_text("---\nlicense_link: https://a.example/l\n---\nhello")
    said = beside(tmp_path, BINDS)
    assert said["terms_file"] == "LICENSE, small-0.9.license.txt"
    assert "LICENSE:\n\n§ 1 Do not." in said["terms_text"] and "§ 2 Do." in said["terms_text"]
    assert said["terms_url"] == "https://a.example/l"


@pytest.mark.parametrize("head", ["license_link: LICENSE", "license_link: javascript:alert(1)"])
def test_what_is_no_address_is_none(tmp_path: Path, head: str) -> None:
    (tmp_path / "README.md").write_text(f"---\n{head}\n---\nlicense_link: https://no.example")
    assert beside(tmp_path, BINDS) == {}


def test_only_where_something_is_to_be_accepted_and_is_not_said(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("§ 1")
    for card in ({}, BINDS | {"terms_url": "https://x.example"}, BINDS | {"terms_text": "§ 9"}):
        assert beside(tmp_path, card) == {}
    assert beside(tmp_path / "LICENSE", BINDS) == {}


def test_what_is_no_text_is_left(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "LICENSE.md").write_text("x" * (LONGEST + 1))
    os.mkfifo(tmp_path / "LICENSE.txt")
    (tmp_path / "license").mkdir()
    assert beside(tmp_path, BINDS) == {}


def test_a_link_to_anywhere_is_not_read(tmp_path: Path) -> None:
    folder, private = tmp_path / "model", tmp_path / "private.txt"
    folder.mkdir()
    private.write_text("root:x:0:0")
    (folder / "weights.safetensors").write_bytes(b"1")
    (folder / "LICENSE").symlink_to(private)
    (folder / "NOTICE").symlink_to(private)
    (folder / "LICENSE.md").symlink_to("LICENSE.md")
    assert beside(folder, BINDS) == {} == lying(folder, [folder / "weights.safetensors"])
    (folder / "own.txt").write_text("§ 1")
    (folder / "LICENSE.txt").symlink_to("own.txt")
    assert beside(folder, BINDS)["terms_text"] == "§ 1"
    state, blobs = tmp_path / "cache" / "snapshots" / "c0ffee", tmp_path / "cache" / "blobs"
    state.mkdir(parents=True)
    blobs.mkdir()
    (blobs / "ab").write_text("§ 2")
    (state / "LICENSE").symlink_to("../../blobs/ab")
    (state / "LICENSE.md").symlink_to(private)
    assert beside(state, BINDS)["terms_text"] == "§ 2"


NEEDED = ("model_index.json", "transformer/config.json", "text_encoder/deep/model.safetensors")


def test_what_comes_along_from_a_hub() -> None:
    bring = ["LICENSE", "NOTICE.txt", "small-0.9.license.txt", "transformer/LICENCE.md"]
    bring += ["text_encoder/Notice", "text_encoder/deep/license"]
    leave = ["README.md", "vae/LICENSE", "license.bin", "LICENSE.safetensors", "notice.PT"]
    leave += ["transformer/other/LICENSE", "notes.txt", "NOTICE/readme"]
    lengths = dict.fromkeys([*bring, *leave, *NEEDED], 10)
    lengths |= {"LICENSE.long": LONGEST + 1, "LICENSE.none": 0, "LICENSE.unsaid": -1}
    found = along(lengths, NEEDED)
    assert sorted(found) == sorted(bring) and found[0] == "LICENSE"
    assert among([*NEEDED, *bring]) == bring
    assert along(lengths, ["LICENSE"]) == ["NOTICE.txt", "small-0.9.license.txt"]
    many = {f"LICENSE.{number}": 1 for number in range(40)}
    assert len(along(many, ["a"])) == ALONG


def test_what_lies_beside_a_model_is_named(tmp_path: Path) -> None:
    weights = tmp_path / "transformer" / "model.safetensors"
    weights.parent.mkdir()
    assert lying(tmp_path, [weights]) == {}
    for name in ("NOTICE", "LICENSE", "transformer/LICENSE", "license.bin", "other/LICENSE"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("§")
    (tmp_path / "LICENSE.long").write_text("x" * (LONGEST + 1))
    os.mkfifo(tmp_path / "license.pipe")
    assert lying(tmp_path, [weights]) == {"licence_files": "LICENSE, NOTICE, transformer/LICENSE"}
    assert lying(weights, [weights]) == {}
