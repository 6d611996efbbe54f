"""From trained networks to the folder that performs without torch: graphs without weights, and shards of weights.

A graph is traced with its weights as inputs, so that no tracer can fold a weight into a constant of its own; afterwards
these inputs become initializers that lie outside of the graph, each named as its key in the shards.
"""

import logging
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.func import functional_call

from uncaged.engines.seedling import inking
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.drawing import CHANNELS, FRAMES, SIDE, TAU
from uncaged.engines.seedling.grammar import SLOT, WIDTH
from uncaged.engines.seedling.performing import CODEC, FILM, FRAME
from uncaged.engines.seedling.running import Network
from uncaged.engines.seedling.weights import Index, write
from uncaged.training.seedling.inker import Inker

NET, INK = "net", "ink"
"""Before the names of the denoiser's weights, and of the inker's."""

SMALL: Final = 64
"""Numbers of a constant that may stand in a graph as they are; of a larger one only how it is filled."""

Graph = tuple[bytes, tuple[str, ...]]
"""An ONNX file, and the keys of the weights that it needs."""


class Denoising(nn.Module):
    """The denoiser as it is asked: one film of a fixed number of frames."""

    def __init__(self, net: nn.Module, frames: int) -> None:
        super().__init__()
        self.net = net
        self.frames = frames

    def forward(self, x: Tensor, t: Tensor, labels: Tensor, tau: Tensor) -> Tensor:
        """x (1, T, 16, 16, 32), t (1, T), labels (1, WIDTH), tau (1, T) -> clean, as x."""
        clean = self.net(x.flatten(0, 1), t.flatten(), labels, tau.flatten(), self.frames)
        return clean.reshape(x.shape)


class Inking(nn.Module):
    """An inker as it is asked: bytes come out."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, film: Tensor) -> Tensor:
        """film (16, 64, 64, 3), -1..1 -> inked (48, side, side, 3) uint8."""
        parts = self.net.parts(film) if isinstance(self.net, Inker) else [self.net(film)]
        return torch.cat([_levels(part) for part in parts])


def _levels(colours: Tensor) -> Tensor:
    """-1..1 as bytes; what is beyond is cut off."""
    return ((colours.clamp(-1, 1) + 1) * 127.5 + 0.5).to(torch.uint8)


class _Bare(nn.Module):
    """A module whose weights are given with its inputs."""

    def __init__(self, module: nn.Module, inputs: int, names: Iterable[str]) -> None:
        super().__init__()
        self.held = [module]  # in a list, so that its weights are not this module's
        self.inputs, self.names = inputs, tuple(names)

    def forward(self, *given: Tensor) -> Tensor:
        weights = dict(zip(self.names, given[self.inputs :], strict=True))
        return functional_call(self.held[0], weights, given[: self.inputs])


def export(
    folder: Path,
    net: nn.Module,
    codec: Codec,
    inkers: Mapping[int, nn.Module],
    *,
    learned: Iterable[str] = tuple(SLOT),
    manifest: str = "",
) -> Index:
    """Writes the folder that `engines.seedling` performs with.

    net: (B·T, 16, 16, 32), (B·T,), (B, WIDTH), (B·T,), T -> clean latents. inkers: side in pixels -> a network
    (16, 64, 64, 3) -> (48, side, side, 3), both -1..1; what is named alike is alike. learned: the slots it was trained
    on. manifest: SHA-256 of what the training wrote about itself. Weights are stored in float16 wherever they are
    numbers there. Raises `ValueError` where inkers share a name and no weights.
    """
    files: dict[str, bytes] = {}
    graphs: dict[str, tuple[str, ...]] = {}
    arrays: dict[str, NDArray[Any]] = dict(
        zip(CODEC, (codec.mean, codec.into, codec.back), strict=True)
    )
    for name, frames in ((FRAME, 1), (FILM, FRAMES)):
        files[name], graphs[name] = traced(Denoising(net, frames), example(frames), "clean", NET)
    arrays |= stored(net, NET, {key for keys in graphs.values() for key in keys})
    facts = {"labels": WIDTH, "learned": [slot for slot in SLOT if slot in set(learned)]}
    ink_files, ink_graphs, ink_arrays = inked(inkers)
    return write(
        folder,
        arrays | ink_arrays,
        files | ink_files,
        graphs | ink_graphs,
        manifest=manifest,
        facts=facts,
    )


def inked(
    inkers: Mapping[int, nn.Module],
) -> tuple[dict[str, bytes], dict[str, tuple[str, ...]], dict[str, NDArray[Any]]]:
    """Inkers of several sides as `write` takes them: graphs, the keys of each, and the weights that all share.

    Raises `ValueError` where two of them have different weights of one name.
    """
    files: dict[str, bytes] = {}
    graphs: dict[str, tuple[str, ...]] = {}
    arrays: dict[str, NDArray[Any]] = {}
    for side, inker in inkers.items():
        name = inking.graph(side)
        given = {"film": torch.zeros(16, 64, 64, 3)}
        files[name], graphs[name] = traced(Inking(inker), given, "inked", INK)
        for key, array in stored(inker, INK, set(graphs[name])).items():
            if not np.array_equal(arrays.setdefault(key, array), array):
                raise ValueError(f"the inkers of {list(inkers)} pixels differ in {key}")
    return files, graphs, arrays


def example(frames: int, seed: int = 0) -> dict[str, Tensor]:
    """Inputs of a denoiser, by lot."""
    dice = torch.Generator().manual_seed(seed)
    return {
        "x": torch.randn(1, frames, SIDE, SIDE, CHANNELS, generator=dice),
        "t": torch.rand(1, frames, generator=dice),
        "labels": torch.randn(1, WIDTH, generator=dice),
        "tau": torch.from_numpy(TAU[:frames].copy())[None],
    }


def traced(module: nn.Module, given: Mapping[str, Tensor], output: str, prefix: str) -> Graph:
    """A module as an ONNX graph without weights; shapes are those of the inputs given.

    The module's network is called `net`; its weights' keys begin with `prefix` instead.
    """
    module = module.eval()
    named = {
        name: weight.detach().float().contiguous() for name, weight in module.named_parameters()
    }
    keys = [prefix + name.removeprefix("net") for name in named]
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's own
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        program = torch.onnx.export(
            _Bare(module, len(given), named),
            (*given.values(), *named.values()),
            input_names=[*given, *keys],
            output_names=[output],
            dynamo=True,
            verbose=False,
        )
    assert program is not None
    return _without(program.model_proto, dict(zip(keys, named.values(), strict=True)))


def difference(index: Index, net: nn.Module, frames: int, seed: int = 1) -> float:
    """The largest difference between the exported graph and the network with the weights as they are stored."""
    given = example(frames, seed)
    name = FRAME if frames == 1 else FILM
    kept = index.weights(index.graphs[name])
    weights = {f"net{key.removeprefix(NET)}": torch.from_numpy(kept[key]) for key in kept}
    with torch.no_grad():
        own = functional_call(Denoising(net.eval(), frames), weights, tuple(given.values()))
    theirs = Network(index, name)(**{key: value.numpy() for key, value in given.items()})
    return float(np.abs(own.numpy() - theirs).max())


def stored(net: nn.Module, prefix: str, keys: set[str]) -> dict[str, NDArray[Any]]:
    """The weights that graphs need, by key: in float16 where that is a number, else in float32."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, weight in net.named_parameters():
        key = f"{prefix}.{name}"
        if key in keys:
            whole = weight.detach().float().contiguous().numpy()
            with np.errstate(over="ignore"):
                half = whole.astype(np.float16)
            arrays[key] = half if np.isfinite(half).all() else whole
    return arrays


def _without(model: onnx.ModelProto, weights: Mapping[str, Tensor]) -> Graph:
    """The model with its weights outside, and without what only a tracer wants to know."""
    graph = model.graph
    used = {name for node in graph.node for name in node.input}
    needed = tuple(key for key in weights if key in used)
    inputs = [one for one in graph.input if one.name not in weights]
    del graph.input[:]
    graph.input.extend(inputs)
    filled = [one for one in graph.initializer if _even(one)]
    for constant in filled:
        graph.initializer.remove(constant)
    for constant in filled:
        shape = helper.make_tensor(
            f"{constant.name}.shape", TensorProto.INT64, [len(constant.dims)], constant.dims
        )
        graph.initializer.append(shape)
        value = numpy_helper.from_array(numpy_helper.to_array(constant).reshape(-1)[:1])
        node = helper.make_node("ConstantOfShape", [shape.name], [constant.name], value=value)
        graph.node.insert(0, node)
    for key in needed:
        weight = TensorProto(name=key, data_type=TensorProto.FLOAT, dims=weights[key].shape)
        weight.data_location = TensorProto.EXTERNAL
        weight.external_data.add(key="location", value="weights")
        graph.initializer.append(weight)
    for node in graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for one in (*graph.input, *graph.output):
        del one.metadata_props[:]
    del graph.value_info[:]
    del graph.metadata_props[:]
    del model.metadata_props[:]
    return model.SerializeToString(deterministic=True), needed


def _even(constant: TensorProto) -> bool:
    """Whether a constant is large, and the same number everywhere."""
    array = numpy_helper.to_array(constant)
    return array.size > SMALL and bool((array == array.reshape(-1)[0]).all())
