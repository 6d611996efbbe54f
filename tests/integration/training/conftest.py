"""A little world to learn from: some dozen drawn and coded clips, and a codec fitted to a few."""

import os

os.environ.setdefault(
    "OMP_WAIT_POLICY", "passive"
)  # before torch comes: waiting threads leave their core to others


import pytest

from uncaged.training.seedling.fitting import fit
from uncaged.training.seedling.opening import Files
from uncaged.training.seedling.store import Root, drawn_store


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """60 clips of seen pairs, and their codec."""
    folder = tmp_path_factory.mktemp("drawings")
    codec = fit(range(2**40, 2**40 + 30))
    codec.save(folder / "codec.npz")
    drawn_store(folder / "store", Root(0, 60, "train", codec.hash), codec, processes=1)
    return Files(folder / "store", folder / "codec.npz")
