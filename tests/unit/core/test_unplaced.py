"""Sentences keep their names and lose their folders."""

import pytest

from uncaged.core.unplaced import unplaced

KNOWN = {"/home/me/models/0abc": "big", "/mnt/my disk/big": "big", "/mnt/my disk": "disk"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("/home/me/models/0abc/vae/x.json: cut off", "big/vae/x.json: cut off"),
        ("big failed: /mnt/my disk/big/x.json, no", "big failed: big/x.json, no"),
        ("OSError: [Errno 2] No such file: '/srv/a b/x.bin'", "OSError: [Errno 2] No such file: 'x.bin'"),
        ("(/srv/secret/x.bin) and /srv/y.", "(x.bin) and y."),
        ("C:\\Users\\me\\x.bin is cut off", "x.bin is cut off"),
        ("/srv/secret/", ""),
    ],
)  # fmt: skip
def test_folders_go(said: str, told: str) -> None:
    assert unplaced(said, KNOWN) == told


@pytest.mark.parametrize(
    "said",
    [
        "http://127.0.0.1:8011/v1/videos does not answer",
        "uncaged models add OWNER/NAME",
        "1/2 of the way; and/or; see /models",
        "vae/x.json is cut off",
    ],
)
def test_what_is_no_place_stays(said: str) -> None:
    assert unplaced(said, KNOWN) == said
