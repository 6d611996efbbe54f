"""What the families of open models say of themselves, and what they share between frames and latents."""

from itertools import pairwise
from pathlib import Path

import pytest
import torch

from uncaged.engines import registry
from uncaged.engines.diffusion.engine import DiffusionEngine
from uncaged.engines.diffusion.families import FAMILIES, CogVideoX
from uncaged.engines.diffusion.timing import gentle
from uncaged.engines.frames import Scale, units


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_can_be_added_and_says_what_it_learnt_from(
    family: type[DiffusionEngine],
) -> None:
    engine = registry.engine(family.name)
    assert type(engine) is family and not engine.is_here
    assert "isclosed" in engine.card.training_data, "none of them has said it all"
    assert engine.card.licence and engine.card.origin


@pytest.mark.parametrize("family", FAMILIES)
def test_each_dial_says_by_itself_what_it_does(family: type[DiffusionEngine]) -> None:
    said = [
        dial.get("description", "")
        for dial in family.options.model_json_schema()["properties"].values()
    ]
    assert all(said) and len(set(said)) == len(said)
    assert not [one for one in said if one.startswith("The same")], "as which?"


def test_a_family_without_a_sketch_knows_no_single_files(tmp_path: Path) -> None:
    class Strange(CogVideoX):
        name = "strange"
        sketch = None

    assert Strange().gather(tmp_path / "x.safetensors") is None


def test_latents_are_scaled_back_as_they_were_scaled() -> None:
    scale = Scale([0.5, -1.0], [2.0, 0.25], 0.5)
    x = torch.randn(3, 2, 4, 5, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(scale.coded(scale.learnt(x)), x, atol=1e-6)
    assert torch.allclose(scale.learnt(x)[:, 1], (x[:, 1] + 1) * 0.5 / 0.25)
    plain = Scale(None, None, 0.5)
    assert torch.allclose(plain.learnt(x), x * 0.5)


def test_latent_frames_hold_as_many_as_they_must() -> None:
    assert [units(frames, 6) for frames in (1, 2, 7, 8, 13)] == [1, 2, 2, 3, 3]


@pytest.mark.parametrize("steps", [1, 2, 3, 64])
def test_gentle_times_fall_slowly_and_then_fast(steps: int) -> None:
    times = [*gentle(steps), 0.0]
    assert len(times) == steps + 1 and times[0] == 1.0
    falls = [a - b for a, b in pairwise(times)]
    assert all(fall > 0 for fall in falls)
    if steps > 2:
        assert falls[0] < falls[-1] and times[steps // 2] == pytest.approx(0.975)
