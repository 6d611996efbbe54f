"""Models made elsewhere come on the shelf and are used where they lie; whatever is wrong with them is told."""

import json
import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uncaged.archive import crate, log, models
from uncaged.core.errors import AskedWrong, RunFailed, WeightsBroken, WeightsMissing
from uncaged.core.media import read_film
from uncaged.core.settings import Settings
from uncaged.studio import adding, doctor, elsewhere, laying, shelf
from uncaged.studio.studio import Studio, open_studio

TINY = {"size": (64, 64), "seconds": 0.5, "fps": 8}
VAE = "sheet/weights.safetensors"


def add(studio: Studio, folder: Path, name: str = "", **more: Any) -> adding.Added:
    return adding.add(studio, adding.offered(folder), name, **more)


def everything(studio: Studio) -> tuple[list[str], list[Any]]:
    """What is kept, and what is on the shelf."""
    with studio.archive.read() as conn:
        return sorted(p.name for p in studio.files.root.rglob("*")), list(models.shelf(conn))


def touch(path: Path, content: bytes, later: int = 5_000_000_000) -> None:
    """Other bytes, some seconds later."""
    before = path.stat().st_mtime_ns
    path.write_bytes(content)
    os.utime(path, ns=(before + later, before + later))


def grey(studio: Studio, name: str) -> int:
    """Of a film that is made with it."""
    work = studio.make("paper", model=name, seed=1, **TINY)
    return round(float(np.mean(next(iter(read_film(work.path))))))


def test_a_folder_becomes_a_model_and_stays_where_it_is(studio: Studio, twin: Path) -> None:
    wanted = adding.offered(twin)
    assert (wanted.family, wanted.name, len(wanted.files)) == ("paper", "my-paper", 3)
    assert wanted.bytes == sum(path.stat().st_size for path in wanted.files.values())
    heard: list[tuple[int, int]] = []
    added = adding.add(studio, wanted, told=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (wanted.bytes, wanted.bytes) and not added.known
    model = added.model
    assert model.name == "my-paper" and model.card["summary"] == "A twin of 40."
    weights = sha256(bytes([40])).hexdigest()
    assert model.files[VAE] == weights == model.files["ink/weights.safetensors"]
    assert everything(studio) == ([], [model])  # nothing was copied
    assert (laying.folder(studio, model) / VAE).is_symlink()  # its engine may look into it at once
    assert grey(studio, "my-paper") == pytest.approx(80, abs=2)  # both files, of the same bytes
    laid = laying.folder(studio, model) / VAE
    assert laid.is_symlink() and laid.samefile(twin / VAE)
    with studio.archive.read() as conn:
        told = [entry for entry in log.entries(conn, about=model.id) if entry.what == "shelved"]
    assert [(one.who, one.details["files"]) for one in told] == [(studio.person, 3)]


def test_removed_its_files_stay(studio: Studio, twin: Path) -> None:
    before = {path: path.read_bytes() for path in twin.rglob("*") if path.is_file()}
    model = add(studio, twin).model
    grey(studio, model.name)
    assert shelf.remove(studio, model.name).elsewhere == model.elsewhere
    assert not laying.folder(studio, model).exists()
    assert {path: path.read_bytes() for path in twin.rglob("*") if path.is_file()} == before
    assert add(studio, twin).model.id == model.id


def test_added_twice_it_is_the_same(studio: Studio, twin: Path) -> None:
    first = add(studio, twin)
    again = add(studio, twin, "another-name")
    assert again.known and not again.moved and again.model == first.model
    assert add(studio, twin).known
    moved = twin.rename(twin.with_name("moved"))
    with pytest.raises(RunFailed, match="not where they lay") as told:
        run_failed(studio, "my-paper", moved)
    assert str(twin.parent) not in str(told.value)  # whoever asks is told no paths
    found = add(studio, moved)
    assert found.known and found.moved and found.model.id == first.model.id
    assert grey(studio, "my-paper") == pytest.approx(80, abs=2)


def test_a_copy_is_not_used_while_the_first_is_whole(studio: Studio, twin: Path) -> None:
    first = add(studio, twin)
    copy = twin.with_name("copy")
    shutil.copytree(twin, copy)
    again = add(studio, copy, "new")
    assert (again.known, again.moved, again.copy) == (True, False, True)
    assert again.model == first.model  # its name too
    (copy / VAE).unlink()
    assert grey(studio, "my-paper") == pytest.approx(80, abs=2)
    shutil.copy(twin / VAE, copy / VAE)
    (twin / VAE).unlink()
    again = add(studio, copy, "new")
    assert (again.moved, again.copy) == (True, False)
    assert grey(studio, "my-paper") == pytest.approx(80, abs=2)


def test_why_it_breaks_is_told_without_where_it_lies(
    studio: Studio, twin: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (twin / VAE).write_bytes(b"")
    add(studio, twin)
    promised = studio.ask("paper", model="my-paper", **TINY)
    with pytest.raises(RunFailed) as told:
        promised.wait()
    assert str(told.value) == f"my-paper/{VAE} is empty. See my-paper."
    assert str(studio.settings.home) in capfd.readouterr().err  # whoever keeps the machine reads it


def run_failed(studio: Studio, name: str, back: Path) -> None:
    """Asked for while it was there, performed when it is gone; at the door it is refused as well."""
    with pytest.raises(WeightsMissing, match="uncaged models add"):
        studio.make("paper", model=name, **TINY)
    twin = back.with_name("my-paper")
    back.rename(twin)
    promised = studio.ask("paper", model=name, **TINY)
    twin.rename(back)
    promised.wait()


def test_what_changed_is_refused_until_it_is_looked_at(studio: Studio, twin: Path) -> None:
    model = add(studio, twin).model
    promised = studio.ask("paper", model="my-paper", **TINY)
    touch(twin / VAE, bytes([40]))
    with pytest.raises(WeightsBroken, match=r"written to .*uncaged models check my-paper"):
        studio.make("paper", model="my-paper", **TINY)
    with pytest.raises(RunFailed, match="written to"):
        promised.wait()
    looked = adding.check(studio, model)
    assert {one.state for one in looked} == {"intact"}
    assert grey(studio, "my-paper") == pytest.approx(80, abs=2)  # the same bytes: noted anew
    touch(twin / VAE, bytes([41]))
    with studio.archive.read() as conn:
        model = models.shelf(conn)[0]
    looked = adding.check(studio, model)
    assert {one.name for one in looked if one.state == "changed"} == {VAE}
    with pytest.raises(WeightsBroken, match="written to"):
        studio.make("paper", model="my-paper", **TINY)
    (twin / VAE).unlink()
    assert {one.name for one in adding.check(studio, model) if one.state == "missing"} == {VAE}
    other = add_after(studio, twin)  # other bytes are another model
    assert other.id != model.id


def add_after(studio: Studio, twin: Path) -> models.Shelved:
    (twin / VAE).write_bytes(bytes([50]))
    with pytest.raises(AskedWrong, match="already"):
        add(studio, twin)
    return add(studio, twin, "second").model


def test_brought_in_it_says_what_is_missing_and_is_known_again(
    studio: Studio, twin: Path, tmp_path: Path
) -> None:
    add(studio, twin)
    crate.export_studio(studio.archive, studio.files, tmp_path / "out")
    with open_studio(settings=Settings(home=tmp_path / "there", fsync=False)) as there:
        crate.import_studio(there.archive, there.files, tmp_path / "out")
        with pytest.raises(WeightsMissing, match=r"my-paper .*paper\.json.*models add FOLDER"):
            there.make("paper", model="my-paper", **TINY)
        with there.archive.read() as conn:
            looked = adding.check(there, models.shelf(conn)[0])
        assert {(one.state, one.path) for one in looked} == {("missing", "")}
        added = add(there, twin)
        assert added.known and added.moved and grey(there, "my-paper") > 70


def test_a_name_is_looked_at_before_anything_is_read(studio: Studio, twin: Path) -> None:
    def told(done: int, total: int) -> None:
        raise AssertionError("it was read")

    for name in ("ink", "a b", "paper", "-x"):
        with pytest.raises(AskedWrong):
            add(studio, twin, name, told=told)
    bad = twin.rename(twin.with_name("~~~"))
    with pytest.raises(AskedWrong, match="no name"):
        add(studio, bad, told=told)


def test_a_folder_that_is_called_like_its_family_gets_a_number(studio: Studio, twin: Path) -> None:
    folder = twin.rename(twin.with_name("Paper"))
    assert add(studio, folder).model.name == "Paper-1"
    with pytest.raises(AskedWrong, match="paper is a family of models"):
        shelf.check_plain_name("PAPER")
    with pytest.raises(AskedWrong, match="ink is a built-in model"):
        shelf.check_plain_name("ink")


def test_stopped_in_the_middle_nothing_is_left(studio: Studio, twin: Path) -> None:
    def told(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    before = everything(studio)
    with pytest.raises(KeyboardInterrupt):
        add(studio, twin, told=told)
    assert everything(studio) == before == ([], [])
    assert not studio.settings.models.exists()


def test_what_is_written_while_it_is_read_is_refused(studio: Studio, twin: Path) -> None:
    def told(done: int, total: int) -> None:
        touch(twin / VAE, bytes([1, 2]))

    with pytest.raises(WeightsBroken, match="changed while it was read"):
        add(studio, twin, told=told)
    assert everything(studio) == ([], [])


def test_pieces_are_all_read(studio: Studio, twin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "PIECE", 1000)
    (twin / VAE).write_bytes(bytes(range(256)) * 30)
    heard: list[int] = []
    model = add(studio, twin, told=lambda done, _: heard.append(done)).model
    assert model.files[VAE] == sha256(bytes(range(256)) * 30).hexdigest()
    assert len(heard) > 8 and heard == sorted(heard)


def test_folders_that_no_family_knows(paper: Any, tmp_path: Path) -> None:
    with pytest.raises(AskedWrong, match=r"Nothing in .*cardboard.*paper"):
        adding.offered(tmp_path)
    for wrong, said in ((tmp_path / "none", "no folder"), (Path(__file__), "no file of weights")):
        with pytest.raises(AskedWrong, match=said):
            adding.offered(wrong)
    with pytest.raises(AskedWrong, match=r"no family called .nobody.*cardboard.*paper"):
        adding.offered(tmp_path, "nobody")


def test_without_families_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "takes", dict)
    with pytest.raises(AskedWrong, match="no family here"):
        adding.offered(tmp_path)


def test_where_two_know_it_one_is_named(studio: Studio, twin: Path) -> None:
    (twin / "cardboard.json").write_text("{}")
    with pytest.raises(AskedWrong, match=r"More than one.*--family"):
        adding.offered(twin)
    assert adding.offered(twin, "paper").family == "paper"
    assert adding.offered(twin, "cardboard").family == "cardboard"
    (twin / "weights.bin").touch()
    with pytest.raises(WeightsBroken, match="pickle"):  # in the family's own words
        adding.offered(twin)
    (twin / "weights.bin").unlink()
    (twin / VAE).unlink()
    with pytest.raises(WeightsMissing, match="has no sheet"):
        adding.offered(twin)


@pytest.mark.parametrize("name", ["../weights", "/etc/hosts", "a\\b", "paper.json/x", ".x"])
def test_names_that_lead_out_are_refused(twin: Path, name: str) -> None:
    (twin / "paper.json").write_text(json.dumps({"also": [name]}))
    with pytest.raises(WeightsBroken, match=r"leads out|are none"):
        adding.offered(twin)


@pytest.mark.parametrize("card", [{"n": float("nan")}, {"half": "\ud800"}])
def test_cards_that_cannot_be_kept(twin: Path, card: dict[str, Any]) -> None:
    (twin / "paper.json").write_text(json.dumps(card))
    with pytest.raises(WeightsBroken, match="cannot be kept"):
        adding.offered(twin)


def test_what_is_no_file_is_not_waited_for(studio: Studio, twin: Path) -> None:
    (twin / "paper.json").write_text(json.dumps({"also": ["pipe"]}))
    os.mkfifo(twin / "pipe")
    with pytest.raises(WeightsMissing, match="no file"):
        adding.offered(twin)


def test_a_plug_in_that_falls_is_passed_over(
    paper: Any, twin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = paper.offer

    def fall(self: Any, folder: Path) -> Any:
        if self.name == "cardboard":
            raise ZeroDivisionError
        return wanted(self, folder)

    monkeypatch.setattr(paper, "offer", fall)
    assert adding.offered(twin).family == "paper"
    with pytest.raises(WeightsBroken, match="ZeroDivisionError"):
        adding.offered(twin, "cardboard")


def test_what_the_studio_lays_out_itself_is_no_model_from_elsewhere(
    studio: Studio, twin: Path
) -> None:
    model = add(studio, twin).model
    grey(studio, model.name)
    with pytest.raises(AskedWrong, match="the studio's own"):
        add(studio, laying.folder(studio, model), "round")


def test_a_family_that_is_not_installed_says_what_to_type(studio: Studio, twin: Path) -> None:
    (twin / "paper.json").rename(twin / "cardboard.json")
    add(studio, twin, "box")
    with pytest.raises(
        WeightsMissing, match=r"not installed here.*pip install 'uncaged\[models\]'"
    ):
        studio.make("box", model="box", **TINY)


def test_a_model_in_a_cache_is_called_as_it_is_there() -> None:
    cache = Path(
        "hub/models--THUDM--CogVideoX-2b/snapshots/1137dacfc2c9c012bed6a0793f4ecf2ca8e7ba01"
    )
    assert adding.name_of(cache) == "CogVideoX-2b"
    assert adding.name_of(Path("/models/My model (final)/")) == "My-model-final"
    assert adding.name_of(Path("/")) == ""


def test_links_of_a_cache_are_followed_as_they_are(studio: Studio, twin: Path) -> None:
    blob = twin.with_name("blob")
    (twin / VAE).rename(blob)
    (twin / VAE).symlink_to(os.path.relpath(blob, (twin / VAE).parent))
    model = add(studio, twin).model
    assert model.elsewhere[VAE].path == str(twin / VAE)
    assert grey(studio, "my-paper") == pytest.approx(80, abs=2)


def test_what_a_model_may_be_called_here_and_by_whom_it_is_performed() -> None:
    from uncaged.studio import shelf

    assert shelf.fits("mine", "seedling") and shelf.fits("mine", "cogvideox")
    for name in (
        "",
        "../../x",
        "<script>alert(1)</script>",
        "a\x1b[31mb",
        "INK",
        "seed1ing",
        "a" * 61,
    ):
        assert not shelf.fits(name, "seedling"), name
    assert not shelf.fits("mine", "ink") and not shelf.fits("mine", "nope")


def test_the_doctor_says_whether_it_lies_there(studio: Studio, twin: Path) -> None:
    add(studio, twin)
    assert {one.state: one.what for one in doctor._shelf(studio)} == {
        "works": "3 files used in place"
    }
    touch(twin / VAE, bytes([41]))
    (found,) = doctor._shelf(studio)
    assert found.state == "weak" and "models check" in found.advice


def test_a_kept_file_that_was_changed_where_it_is_laid_out_is_laid_out_again(
    studio: Studio,
) -> None:
    sha = studio.files.keep(b"weights of mine")
    model = models.Shelved("mine", "echo", {}, {"weights": sha})
    laid = laying.laid_out(studio, model)[sha]
    Path(laid).unlink()
    Path(laid).write_bytes(b"weights of WHOM")  # as long as what was meant
    assert Path(laying.laid_out(studio, model)[sha]).read_bytes() == b"weights of mine"
