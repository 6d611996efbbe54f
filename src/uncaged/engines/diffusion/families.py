"""Which families of open models there are: what each is called, made of, and known to have learnt from.

What is said of training data stands here with its source, and "undisclosed" where nobody says. Needs no torch.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from uncaged.engines import published
from uncaged.engines.base import Card
from uncaged.engines.diffusion.engine import DiffusionEngine, Published, number

YOURS = "The films are yours; what the licence of the weights asks of you still holds."


class CogVideoX(DiffusionEngine):
    """CogVideoX 2B, 5B and 1.5, text or picture to video."""

    name = "cogvideox"
    card = Card(
        summary="CogVideoX: films of six seconds from a sentence, or from a picture.",
        origin="Zhipu AI and Tsinghua University, 2024 (arXiv 2408.06072).",
        training_data="About 35 million clips whose sources are undisclosed, and 2 billion pictures from LAION-5B and "
        "COYO-700M, gathered from the web (arXiv 2408.06072v3, section 3.4). Nobody is known to have been asked.",
        licence="2B: Apache-2.0. 5B and 1.5: the CogVideoX License.",
        works=YOURS,
    )
    pipelines = (
        "CogVideoXPipeline",
        "CogVideoXImageToVideoPipeline",
        "CogVideoXVideoToVideoPipeline",
    )
    denoiser: ClassVar[str] = "uncaged.engines.diffusion.cogvideox.CogVideoX"

    def published(self, folder: Path) -> Published:
        path = folder / "transformer" / published.CONFIG
        net, vae = published.read_json(path), _config(folder, "vae")
        small = 2 ** (len(vae.get("block_out_channels", (0, 0, 0, 0))) - 1)
        high, wide = (number(net, f"sample_{side}", path) for side in ("height", "width"))
        deep = net.get("patch_size_t") is not None
        return Published(
            size=(wide * small, high * small),
            frames=number(net, "sample_frames", path),
            fps=16 if deep else 8,
            multiple=small * number(net, "patch_size", path),
            pictures=int(number(net, "in_channels", path) > number(vae, "latent_channels", path)),
            only=bool(net.get("use_learned_positional_embeddings")),
        )

    def twin(self, folder: Path, seed: int = 0) -> None:
        from uncaged.engines.diffusion.cogvideox import twin

        twin(folder, seed)

    def described(self, folder: Path) -> Mapping[str, Any]:
        net = _config(folder, "transformer")
        free = not net.get("use_rotary_positional_embeddings")  # the 2B alone has none
        return {
            "summary": self.card.summary,
            "origin": self.card.origin,
            "training_data": self.card.training_data,
            "works": self.card.works,
            "licence": "Apache-2.0" if free else "CogVideoX License",
            "terms": "" if free else "CogVideoX License",
            "binds": ""
            if free
            else "Free for research; commercial use needs a registration with its makers. No military or unlawful use.",
        }


def _config(folder: Path, part: str) -> dict[str, Any]:
    return published.read_json(folder / part / published.CONFIG)
