"""One file laid out by several at once: each lays it, and nothing of them is left beside it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from uncaged.studio import laying


@pytest.mark.parametrize("lay", ["kept", "link"])
def test_threads_that_lay_one_file_do_not_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lay: str
) -> None:
    there, place = tmp_path / "there", tmp_path / "laid" / "weights"
    there.write_bytes(b"numbers")
    place.parent.mkdir()
    met = Barrier(2, timeout=20)
    by = {"kept": "hardlink_to", "link": "symlink_to"}[lay]
    plain = getattr(Path, by)

    def slowly(self: Path, target: Path) -> None:
        met.wait()  # both have looked, and found nothing
        plain(self, target)
        met.wait()  # both have written, and neither has named it

    monkeypatch.setattr(Path, by, slowly)

    def laid(_number: int) -> None:
        if lay == "kept":
            laying._lay_kept(there, place, "")  # pyright: ignore[reportPrivateUsage]
        else:
            laying._lay_link(there, place)  # pyright: ignore[reportPrivateUsage]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(laid, range(2)))
    assert place.samefile(there) and [one.name for one in place.parent.iterdir()] == ["weights"]
