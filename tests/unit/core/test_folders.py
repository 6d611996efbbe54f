"""Names of files within a folder: which stay inside it, whatever comes from elsewhere."""

import pytest

from uncaged.core.folders import DEEPEST, LONGEST, fit_together, is_plain, is_within


@pytest.mark.parametrize(
    "name",
    [
        "model_index.json",
        "transformer/diffusion_pytorch_model-00001-of-00002.safetensors",
        "/".join("a" * DEEPEST),
        "a" * LONGEST,
        "été/poids.safetensors",
    ],
)
def test_files_of_a_folder(name: str) -> None:
    assert is_within(name)
    assert is_plain(name) == ("/" not in name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../weights",
        "vae/../../weights",
        "/etc/passwd",
        "vae//weights",
        "vae/",
        "./vae",
        "vae\\weights",
        "C:weights",
        ".hidden",
        "vae/.hidden",
        "a\0b",
        "a\nb",
        "w\u202e",
        "/".join("a" * (DEEPEST + 1)),
        "a" * (LONGEST + 1),
    ],
)
def test_what_leads_out_or_cannot_be_seen(name: str) -> None:
    assert not is_within(name) and not is_plain(name)


def test_no_file_is_a_folder_of_another() -> None:
    assert fit_together(["a", "b/a", "b/c/a"])
    assert not fit_together(["b", "b/c/a"])
    assert not fit_together(["b/c", "b/c/a"])
    assert fit_together([])
