"""What was trained with torch performs without it, and says the same."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn

from uncaged.engines.seedling.codec import NUMBERS, Codec
from uncaged.engines.seedling.engine import Seedling
from uncaged.engines.seedling.grammar import SLOT, SLOTS, WIDTH
from uncaged.engines.seedling.inking import Inker
from uncaged.engines.seedling.performing import FILM, FRAME
from uncaged.engines.seedling.weights import Index
from uncaged.training.seedling.export import difference, export, stored
from uncaged.training.seedling.network import UNet, built
from uncaged.training.seedling.saying import SlotSize

torch.set_num_threads(1)

LEARNED = tuple(name for name in SLOT if not name.startswith("s2."))


class Enlarger(nn.Module):
    """A network in the inker's place: one convolution, and every pixel a square."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Conv2d(3, 3, 3, padding=1)

    def forward(self, film: Tensor) -> Tensor:
        """(16, 64, 64, 3) -> (48, 256, 256, 3)."""
        mixed = film + 0.1 * self.mix(film.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        large = mixed.repeat_interleave(3, 0).repeat_interleave(4, 1)
        return large.repeat_interleave(4, 2)


@pytest.fixture(scope="module")
def net() -> UNet:
    torch.manual_seed(3)
    net = built("tiny", [SlotSize(slot.name, len(slot.values)) for slot in SLOTS])
    with torch.no_grad():
        for weight in net.parameters():
            if not weight.any():  # what begins silent would hide what is wrong
                weight.normal_(0, 0.05)
        net.leave.weight.mul_(4)
    return net


@pytest.fixture(scope="module")
def inker() -> Enlarger:
    torch.manual_seed(4)
    return Enlarger()


@pytest.fixture(scope="module")
def folder(net: UNet, inker: Enlarger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    axes, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((NUMBERS, 32)))
    whole = axes.astype(np.float32)
    codec = Codec(np.zeros(NUMBERS, np.float32), whole, whole.T.copy())
    folder = tmp_path_factory.mktemp("exported")
    export(folder, net, codec, {256: inker}, learned=LEARNED, manifest="ef" * 32)
    return folder


@pytest.mark.parametrize("frames", [1, 8])
def test_onnx_says_what_torch_says(folder: Path, net: UNet, frames: int) -> None:
    assert difference(Index.of(folder), net, frames) < 1e-4


def test_a_difference_would_be_found(folder: Path, net: UNet) -> None:
    """A weight that no graph carries changes what torch says alone."""
    index = Index.of(folder)
    with torch.no_grad():
        rates = net.saying.flow.rates
        rates.mul_(1.5)
        try:
            assert difference(index, net, 1) > 1e-4
        finally:
            rates.div_(1.5)


def test_graphs_have_no_weights_and_shards_have_them_all(folder: Path, net: UNet) -> None:
    index = Index.of(folder)
    names = {f"net.{name}": weight for name, weight in net.named_parameters()}
    assert set(index.graphs[FILM]) == set(names) > set(index.graphs[FRAME])
    for name in (FRAME, FILM):
        graph = onnx.load_model_from_string(index.read(name)).graph
        outside = [
            one for one in graph.initializer if one.data_location == onnx.TensorProto.EXTERNAL
        ]
        assert {one.name for one in outside} == set(index.graphs[name])
        inside = [one for one in graph.initializer if one not in outside]
        assert all(np.prod(one.dims) <= 64 for one in inside)
        assert [one.name for one in graph.input] == ["x", "t", "labels", "tau"]
        assert len(index.read(name)) < 150_000
    kept = index.weights(list(names))
    for name, weight in names.items():
        assert index.tensors[name].dtype == "F16"
        assert np.array_equal(kept[name], weight.detach().numpy().astype(np.float16))
    assert (
        index.facts == {"labels": WIDTH, "learned": list(LEARNED)} and index.manifest == "ef" * 32
    )


def test_the_inker_says_what_torch_says(folder: Path, inker: Enlarger) -> None:
    small = np.random.default_rng(1).uniform(-1.3, 1.3, (16, 64, 64, 3)).astype(np.float32)
    theirs = Inker(Index.of(folder), 256).ink(small)
    with torch.no_grad():
        own = inker(torch.from_numpy(small).clamp(-1, 1)).clamp(-1, 1)
    levels = (own.numpy() + 1) * 127.5
    assert np.abs(theirs - levels).max() <= 0.51


def test_an_exported_network_performs_and_labels_are_raw_numbers(folder: Path) -> None:
    seedling = Seedling(folder)
    films: list[Any] = []
    for number in (0.0, 1.0, -1.0, 10.0, 1e6, -1e6, 1e30):
        options = {"labels": f"fish={number}", "steps": 3}
        frames = list(seedling.perform("a red bird", options=options, fps=1))
        films.append(np.stack(frames).astype(np.int16))
        assert films[-1].shape == (2, 256, 256, 3)
    for i, one in enumerate(films[:6]):
        assert all(np.abs(one - other).max() > 0 for other in films[:i])


def test_a_weight_too_large_for_half_the_bits_keeps_all_of_them() -> None:
    net = Enlarger()
    with torch.no_grad():
        net.mix.bias.fill_(1e6)
    arrays = stored(net, "ink", {"ink.mix.weight", "ink.mix.bias"})
    assert set(arrays) == {"ink.mix.weight", "ink.mix.bias"}
    assert arrays["ink.mix.bias"].dtype == np.float32 and arrays["ink.mix.bias"][0] == 1e6
    assert arrays["ink.mix.weight"].dtype == np.float16
