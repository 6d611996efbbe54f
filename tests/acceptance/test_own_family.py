"""`docs/models.md`, done by the letter: the family from the page, installed, draws what its pipeline draws."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import AutoencoderKL, DDIMScheduler, LattePipeline, LatteTransformer3DModel
from torch import Tensor

from parity import pipeline, returned
from uncaged.core.order import Order
from uncaged.engines import twins
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing

DOCUMENT = Path(__file__).parents[2] / "docs" / "models.md"
FRAMES, STEPS = 4, 7


def _blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the family of the page in it, as one installs it."""
    folder = tmp_path_factory.mktemp("plugins")
    blocks = _blocks()[1:]
    assert len([line for block in blocks for line in block.splitlines() if line.strip()]) <= 100
    for name, block in zip(("latte", "latte_networks"), blocks, strict=True):
        (folder / f"{name}.py").write_text(block, encoding="utf-8")
    info = folder / "uncaged_latte-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: uncaged-latte\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[uncaged]\nlatte = latte\n")
    return folder


@pytest.fixture(scope="module")
def latte(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny Latte in the published folders."""
    folder, chance = tmp_path_factory.mktemp("latte"), torch.Generator().manual_seed(3)
    net: dict[str, Any] = {
        "num_attention_heads": 2,
        "attention_head_dim": 8,
        "in_channels": 4,
        "out_channels": 8,
        "num_layers": 2,
        "cross_attention_dim": 16,
        "sample_size": 8,
        "patch_size": 2,
        "activation_fn": "gelu-approximate",
        "num_embeds_ada_norm": 1000,
        "norm_type": "ada_norm_single",
        "norm_elementwise_affine": False,
        "norm_eps": 1e-6,
        "attention_bias": True,
        "caption_channels": twins.WIDTH,
        "video_length": FRAMES,
    }
    coder: dict[str, Any] = {
        "block_out_channels": (32,) * 4,
        "layers_per_block": 1,
        "latent_channels": 4,
        "norm_num_groups": 8,
        "down_block_types": ("DownEncoderBlock2D",) * 4,
        "up_block_types": ("UpDecoderBlock2D",) * 4,
    }
    twins.network(LatteTransformer3DModel(**net), folder / "transformer", chance)
    twins.network(AutoencoderKL(**coder), folder / "vae", chance)
    twins.texts(folder, chance)
    twins.scheduler(
        DDIMScheduler(
            beta_schedule="linear",
            beta_start=1e-4,
            beta_end=0.02,
            clip_sample=False,
            steps_offset=1,
        ),
        folder,
    )
    twins.index(folder, "LattePipeline")
    return folder


def test_models_are_compared_as_the_page_does_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _blocks()[0]],
        env=os.environ | {"UNCAGED_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *works, ink, echo = done.stdout.splitlines()
    assert len(works) == 4
    assert ink.startswith("ink ") and echo.startswith("echo ") and "None" not in done.stdout


def test_it_is_added_and_makes_a_film(plugins: Path, latte: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(plugins), "UNCAGED_HOME": str(tmp_path / "home")}

    def uncaged(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "uncaged", *arguments],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    uncaged("models", "add", str(latte), "--name", "tiny", "--yes")
    assert "guidance" in uncaged("models", "info", "tiny")
    asked = ("--model", "tiny", "--size", "64x64", "--seconds", "0.5", "--option", "steps=2")
    made = json.loads(uncaged("make", "a red bird", *asked, "--json", "-o", "film.mp4"))
    assert made["state"] == "completed" and (tmp_path / "film.mp4").stat().st_size > 0
    assert made["position"]["genes"]


@pytest.mark.parametrize(("guidance", "negative"), [(1.0, ""), (3.0, "a hen bird")])
def test_it_draws_what_its_own_pipeline_draws(
    plugins: Path, latte: Path, monkeypatch: pytest.MonkeyPatch, guidance: float, negative: str
) -> None:
    monkeypatch.syspath_prepend(str(plugins))
    from latte import Latte  # type: ignore[import-not-found]  (it stands on the page)
    from latte_networks import Networks  # type: ignore[import-not-found]  (so does this)

    engine: Any = Latte(latte)
    networks: Any = Networks(latte, torch.float32, "cpu")
    performance = DiffusionPerformance(engine, networks)
    options = {"steps": STEPS, "guidance": guidance}
    score = engine.score(
        "a red bird", size=(64, 64), seconds=0.5, fps=8, seed=7, options=options, negative=negative
    )
    drawing = performance.planned(score, engine.genome(score))
    assert len(list(performance.perform(Order("run", 1, score)))) > STEPS
    told = [networks.told(text)[0] for text in (negative, "a red bird")]
    with torch.inference_mode():
        loop = drawing.loop(told, networks)
        ours = returned(performance.drawn(loop, drawing, [], quiet=True))
        stock = _stock(latte, drawing, guidance, negative)
    assert float((ours - stock).abs().max() / stock.std()) < 1e-4


def _stock(folder: Path, drawing: Drawing, guidance: float, negative: str) -> Tensor:
    pipe = pipeline(LattePipeline, folder)
    film = pipe(
        "a red bird",
        negative_prompt=negative,
        height=64,
        width=64,
        video_length=FRAMES,
        num_inference_steps=STEPS,
        guidance_scale=guidance,
        latents=drawing.noise().transpose(0, 1)[None],
        output_type="latent",
        clean_caption=False,
    ).frames
    return film[0].transpose(0, 1)
