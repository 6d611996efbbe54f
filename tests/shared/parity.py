"""What our loop draws beside what a stock pipeline of diffusers draws: shared by the tests of every family."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from torch import Tensor


def returned(events: Iterator[Any]) -> Any:
    """What a drawing gives back once all of its events have passed."""
    while True:
        try:
            next(events)
        except StopIteration as end:
            return end.value


def far(one: Any, other: Any) -> float:
    """The largest difference in standard deviations of the other: of two tensors, or of tensors by name."""
    if isinstance(other, Mapping):
        return max(far(one[name], other[name]) for name in other)
    assert isinstance(other, Tensor)
    return float((one - other).abs().max() / other.std())


def pipeline(kind: Any, folder: Path) -> Any:
    """A stock pipeline, opened, which prints nothing."""
    pipe = kind.from_pretrained(folder)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def by_the_middle(pipe: Any) -> Any:
    """The same pipeline, which takes the middle of what its coder says of pictures, as we do, and draws no lots."""
    coded = pipe.vae.encode

    def encode(x: Tensor) -> Any:
        said = coded(x)
        said.latent_dist.sample = lambda *_args: said.latent_dist.mode()
        return said

    pipe.vae.encode = encode
    return pipe
