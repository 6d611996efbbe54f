"""Published configurations that say what cannot be, or what no family here draws with: refused before the shelf."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import AskedWrong, WeightsBroken
from uncaged.engines import registry
from uncaged.engines.diffusion import cogvideox, ltx, mochi, wan
from uncaged.engines.diffusion.engine import DiffusionEngine
from uncaged.studio import adding

WRITERS: dict[str, Callable[..., None]] = {
    "cogvideox": cogvideox.twin,
    "ltx": ltx.twin,
    "mochi": mochi.twin,
    "wan": wan.twin,
}
NET, CODER, TIMES = "transformer/config.json", "vae/config.json", "scheduler/scheduler_config.json"

Told = Callable[..., Path]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A twin of each family."""
    folders = {name: tmp_path_factory.mktemp("twins") / name for name in WRITERS}
    for name, folder in folders.items():
        WRITERS[name](folder, 1)
    return folders


@pytest.fixture
def told(whole: dict[str, Path], tmp_path: Path) -> Told:
    """A copy of a twin of which one configuration says something else."""

    def tell(family: str, name: str, **says: Any) -> Path:
        folder = tmp_path / family
        if not folder.exists():
            shutil.copytree(whole[family], folder)
        path = folder / name
        path.write_text(json.dumps(json.loads(path.read_text()) | says))
        return folder

    return tell


def engine(family: str, folder: Path) -> DiffusionEngine:
    kind: Any = type(registry.families()[family])
    return kind(folder)


@pytest.mark.parametrize(
    ("family", "channels", "words"),
    [
        ("wan", 48, r"takes 48 channels; Uncaged draws with 16 or 36"),  # Fun-Control: z·3
        ("wan", 20, "takes 20 channels"),
        ("cogvideox", 9, r"takes 9 channels; Uncaged draws with 4 or 8"),  # InP: L·2 and a mask
        ("cogvideox", 5, "takes 5 channels"),
        ("cogvideox", 3, "takes 3 channels"),
    ],
)
def test_networks_that_are_told_of_something_else_are_refused(
    told: Told, family: str, channels: int, words: str
) -> None:
    with pytest.raises(WeightsBroken, match=words) as caught:
        adding.offered(told(family, NET, in_channels=channels))
    assert "Take the plain model" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("family", "name", "says"),
    [
        ("cogvideox", CODER, {"block_out_channels": 5}),
        ("cogvideox", CODER, {"block_out_channels": []}),
        ("cogvideox", CODER, {"block_out_channels": ["a"]}),
        ("cogvideox", CODER, {"latent_channels": "4"}),
        ("cogvideox", NET, {"num_attention_heads": "x"}),
        ("cogvideox", TIMES, {"num_train_timesteps": "x"}),
        ("mochi", CODER, {"spatial_expansions": 3}),
        ("mochi", CODER, {"decoder_block_out_channels": [None]}),
        ("mochi", NET, {"attention_head_dim": {}}),
        ("ltx", CODER, {"spatio_temporal_scaling": 1}),
        ("ltx", CODER, {"spatio_temporal_scaling": ["x"]}),
        ("ltx", CODER, {"spatial_compression_ratio": "x"}),
        ("ltx", CODER, {"decoder_block_out_channels": "abc"}),
        ("ltx", TIMES, {"num_train_timesteps": -1}),
        ("wan", NET, {"patch_size": 2}),
        ("wan", NET, {"rope_max_seq_len": 0}),
        ("wan", CODER, {"scale_factor_spatial": [8]}),
        ("wan", CODER, {"base_dim": None}),
        ("wan", TIMES, {"num_train_timesteps": True}),
    ],
)
def test_what_cannot_be_is_named(told: Told, family: str, name: str, says: dict[str, Any]) -> None:
    folder = told(family, name, **says)
    (key,) = says
    with pytest.raises(WeightsBroken, match=rf"{name.split('/')[1]} says {key} is .*cannot be"):
        adding.offered(folder)


@pytest.mark.parametrize(
    ("family", "says"),
    [
        ("cogvideox", {"beta_start": "x"}),
        ("cogvideox", {"beta_schedule": "squared"}),
        ("wan", {"flow_shift": "x"}),
        ("ltx", {"num_train_timesteps": "x"}),
    ],
)
def test_a_scheduler_that_cannot_be_built_is_said_in_words(
    told: Told, family: str, says: dict[str, Any]
) -> None:
    folder = told(family, TIMES, **says)
    with pytest.raises(
        WeightsBroken,
        match=r"scheduler_config\.json (describes no scheduler|says num_train_timesteps is x)",
    ):
        engine(family, folder).open({})


def test_a_square_that_is_a_table_is_no_size(told: Told) -> None:
    folder = told("cogvideox", NET, sample_height=300, sample_width=300, patch_size_t=2)
    made = engine("cogvideox", folder)
    size = made.published(folder).size
    assert size == (1360, 768)
    assert made.score("a red bird", size=size, seconds=0.1).size == size, "its own door takes it"
    plain = engine("cogvideox", told("cogvideox", NET, sample_height=60, sample_width=90))
    assert plain.published(folder).size == (720, 480)


def test_places_that_a_network_knows_are_an_end(told: Told) -> None:
    folder = told("wan", NET, rope_max_seq_len=8)
    small = engine("wan", folder)
    can = small.capabilities
    assert (can.sides, can.frames) == ((64, 128), 29)
    assert small.published(folder).size == (128, 128)
    with pytest.raises(AskedWrong, match="128"):
        small.score("a red bird", size=(128, 144), seconds=0.1)
    film = list(small.perform("a bird", size=(128, 128), seconds=0.05, options={"steps": 1}))
    assert {frame.shape for frame in film} == {(128, 128, 3)}
    whole = engine("wan", told("wan", NET, rope_max_seq_len=1024))
    assert whole.capabilities.sides == (64, 2048)
