"""A graph with its weights, run by onnxruntime. The graph file has no weights; they are handed in from the shards.

Importing it is cheap: onnxruntime is imported when the first network is built.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import ModuleType
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines.seedling.weights import Index

Floats = NDArray[np.float32]


class Network:
    """One graph, ready to be asked. Asking from several threads at a time is allowed.

    threads: how many threads one asking may use. The result does not depend on it. sparing: gives its memory back
    after each asking, which takes a little longer.
    """

    def __init__(
        self, index: Index, graph: str, threads: int = 1, *, sparing: bool = False
    ) -> None:
        """Raises `WeightsMissing`, `WeightsBroken` where graph or weights are not what they should be."""
        runtime = _runtime()
        options = runtime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = not sparing
        options.log_severity_level = 4  # what goes wrong is raised
        # Threads that wait must not turn round and round: others use these cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        source = index.read(graph)
        weights = index.weights(index.graphs.get(graph, ()))
        try:
            if weights:
                values = [runtime.OrtValue.ortvalue_from_numpy(one) for one in weights.values()]
                options.add_external_initializers(list(weights), values)
            self._session = runtime.InferenceSession(
                source, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own errors have no common class
            raise WeightsBroken(
                _("The graph %(graph)s and its weights do not fit together.") % {"graph": graph},
                str(error).splitlines()[0][:200],
            ) from None

    def __call__(self, **inputs: NDArray[Any]) -> NDArray[Any]:
        """The graph's one output for these inputs, by their names."""
        return cast("NDArray[Any]", self._session.run(None, inputs)[0])


def together(asked: Sequence[Any], threads: ThreadPoolExecutor | None) -> list[Any]:
    """The results of calls without arguments, in order; side by side where there are threads for it."""
    if threads is None or len(asked) < 2:
        return [one() for one in asked]
    return list(threads.map(lambda one: one(), asked))


@cache
def _runtime() -> ModuleType:
    """onnxruntime, which is told to keep to itself what it could tell its makers."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime
