"""A tiny Seedling of random weights, in the layout of the real one: it draws nothing, and everything moves it.

Its graphs are written by hand, so that what performs is tested without torch, in milliseconds. A deterministic
enlargement stands in the inker's place.
"""

from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper
from onnx.onnx_ml_pb2 import GraphProto, NodeProto

from uncaged.engines.seedling.codec import NUMBERS
from uncaged.engines.seedling.grammar import WIDTH
from uncaged.engines.seedling.performing import CODEC, FILM, FRAME
from uncaged.engines.seedling.weights import Index, write

FLOAT = TensorProto.FLOAT


def build(folder: Path, sides: tuple[int, ...] = (256, 512), **facts: Any) -> Index:
    """Writes it; facts: what its index says of it beside the number of labels."""
    dice = np.random.default_rng(5)
    whole, _ = np.linalg.qr(dice.standard_normal((NUMBERS, 32)))
    axes = whole.astype(np.float32)
    arrays = {
        "table": dice.standard_normal((WIDTH, 32)).astype(np.float16),
        "bias": dice.standard_normal((1, 1, 16, 16, 32)).astype(np.float16),
        **dict(zip(CODEC, (np.zeros(NUMBERS, np.float32), axes, axes.T), strict=True)),
    }
    files = {
        FRAME: denoiser(1),
        FILM: denoiser(8),
        **{f"ink-{side}.onnx": enlargement(side) for side in sides},
    }
    graphs = dict.fromkeys((FRAME, FILM), ("table", "bias"))
    return write(folder, arrays, files, graphs, manifest="ab" * 32, facts={"labels": WIDTH} | facts)


def denoiser(frames: int) -> bytes:
    """x̂ = 2·softsign(labels·table + bias) + ½·(1 − t)·x + ½·sin(6·τ): each input moves it, no number breaks it."""
    shape = [1, frames, 16, 16, 32]
    nodes = [
        helper.make_node("MatMul", ["labels", "table"], ["said"]),
        helper.make_node("Reshape", ["said", "wide"], ["spread"]),
        helper.make_node("Add", ["spread", "bias"], ["heard"]),
        helper.make_node("Softsign", ["heard"], ["soft"]),
        helper.make_node("Mul", ["soft", "two"], ["target"]),
        helper.make_node("Sub", ["one", "t"], ["left"]),
        helper.make_node("Mul", ["left", "half"], ["share"]),
        helper.make_node("Reshape", ["share", "each"], ["shares"]),
        helper.make_node("Mul", ["x", "shares"], ["seen"]),
        helper.make_node("Mul", ["tau", "six"], ["angle"]),
        helper.make_node("Sin", ["angle"], ["wave"]),
        helper.make_node("Mul", ["wave", "half"], ["waves"]),
        helper.make_node("Reshape", ["waves", "each"], ["moment"]),
        helper.make_node("Add", ["target", "seen"], ["some"]),
        helper.make_node("Add", ["some", "moment"], ["clean"]),
    ]
    constants = [
        helper.make_tensor("wide", TensorProto.INT64, [5], [1, 1, 1, 1, 32]),
        helper.make_tensor("each", TensorProto.INT64, [5], [1, frames, 1, 1, 1]),
        *(
            helper.make_tensor(name, FLOAT, [], [value])
            for name, value in (("one", 1.0), ("two", 2.0), ("half", 0.5), ("six", 6.0))
        ),
        _outside("table", [WIDTH, 32]),
        _outside("bias", [1, 1, 16, 16, 32]),
    ]
    given = {"x": shape, "t": [1, frames], "labels": [1, WIDTH], "tau": [1, frames]}
    return _model(nodes, given, ("clean", FLOAT, shape), constants)


def enlargement(side: int) -> bytes:
    """Each pixel becomes a square, each frame three."""
    nodes = [
        helper.make_node("Resize", ["film", "", "scales"], ["large"], mode="nearest"),
        helper.make_node("Add", ["large", "one"], ["above"]),
        helper.make_node("Mul", ["above", "level"], ["levels"]),
        helper.make_node("Cast", ["levels"], ["inked"], to=TensorProto.UINT8),
    ]
    by = side / 64
    constants = [
        helper.make_tensor("scales", FLOAT, [4], [3.0, by, by, 1.0]),
        helper.make_tensor("one", FLOAT, [], [1.0]),
        helper.make_tensor("level", FLOAT, [], [127.5]),
    ]
    out = ("inked", TensorProto.UINT8, [48, side, side, 3])
    return _model(nodes, {"film": [16, 64, 64, 3]}, out, constants)


def _outside(name: str, shape: list[int]) -> TensorProto:
    """A weight that is handed in from the shards."""
    weight = TensorProto(name=name, data_type=FLOAT, dims=shape)
    weight.data_location = TensorProto.EXTERNAL
    weight.external_data.add(key="location", value="weights")
    return weight


def _model(
    nodes: list[NodeProto],
    given: dict[str, list[int]],
    out: tuple[str, int, list[int]],
    constants: list[TensorProto],
) -> bytes:
    graph: GraphProto = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, FLOAT, shape) for name, shape in given.items()],
        [helper.make_tensor_value_info(*out)],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    return model.SerializeToString()
