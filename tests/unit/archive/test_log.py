"""What may stand in a record that nobody can take back."""

from hashlib import sha256

import pytest

from uncaged.archive.log import check_details


@pytest.mark.parametrize(
    "value", [None, True, 3, 2.5, "everybody", "gpu-0", "w_k3v9qh2mztea", "ink_0.1"]
)
def test_numbers_words_and_ids(value: object) -> None:
    check_details({"value": value})


@pytest.mark.parametrize(
    "value",
    [
        "a slow bird",
        "Ünsere Katze",
        sha256(b"a slow bird").hexdigest(),
        "",
        "x" * 41,
        float("nan"),
        ["everybody"],
        {"prompt": "bird"},
        b"bird",
    ],
)
def test_no_sentence_and_no_hash(value: object) -> None:
    with pytest.raises(ValueError, match="no such detail"):
        check_details({"value": value})
