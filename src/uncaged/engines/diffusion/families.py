"""Which families of open models there are: what each is called, made of, and known to have learnt from.

What is said of training data stands here with its source, and "undisclosed" where nobody says. Needs no torch.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines import published
from uncaged.engines.adapters import natives
from uncaged.engines.base import Card
from uncaged.engines.dials import dial
from uncaged.engines.diffusion.engine import MODEL_INDEX, DiffusionEngine, Published
from uncaged.engines.diffusion.facts import (
    APACHE,
    LTX_CONDITIONS,
    MOMENTS,
    YOURS,
    card_of,
    config_of,
    width_of,
)
from uncaged.engines.diffusion.ltx2_engine import LTX2
from uncaged.engines.diffusion.options import DiffusionOptions, following, stepping
from uncaged.engines.diffusion.sketches import SKETCHES
from uncaged.engines.diffusion.stated import flags, number, numbers, takes

SQUARE: Final = (300, 300)
"""What published configurations of CogVideoX 1.5 say it learnt, in latents: what its table of places holds."""

SQUARE_DRAWS: Final = (1360, 768)
"""What its makers draw with it (zai-org/CogVideo, README)."""

WAN_CODER: Final[Mapping[str, Any]] = {
    "z_dim": 16,
    "base_dim": 96,
    "scale_factor_spatial": 8,
    "scale_factor_temporal": 4,
}
"""What a coder of Wan's has where its configuration does not say."""


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
    natives = natives.COGVIDEOX
    sketch = SKETCHES["cogvideox"]
    twins: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "2b": {"use_rotary_positional_embeddings": False},
        "picture": {"in_channels": 8},
        "1.5": {"patch_size_t": 2},
        "1.5-picture": {"patch_size_t": 2, "in_channels": 8, "ofs_embed_dim": 8},
    }
    denoiser: ClassVar[str] = "uncaged.engines.diffusion.cogvideox.CogVideoX"

    def published(self, folder: Path) -> Published:
        path, coder = (folder / part / published.CONFIG for part in ("transformer", "vae"))
        net, vae = published.read_json(path), published.read_json(coder)
        layers = numbers(vae, "block_out_channels", coder, (128, 256, 256, 512))
        small = 2 ** (len(layers) - 1)
        high, wide = (number(net, f"sample_{side}", path) for side in ("height", "width"))
        deep = net.get("patch_size_t") is not None
        latent = number(vae, "latent_channels", coder)
        begins = takes(net, path, latent, latent)
        square = deep and (wide, high) == SQUARE
        return Published(
            size=SQUARE_DRAWS if square else (wide * small, high * small),
            frames=number(net, "sample_frames", path),
            fps=16 if deep else 8,
            multiple=small * number(net, "patch_size", path),
            pictures=int(begins),
            needs=int(begins),
            only=bool(net.get("use_learned_positional_embeddings")),
            deep=8 if deep else 4,
            width=width_of(net, path),
            channels=min(layers),
            once=16,  # eight, and what it remembers of those before
            tile=_side(vae, "height", 480, coder) * _side(vae, "width", 720, coder) // 4,
        )

    def twin(self, folder: Path, seed: int = 0, **more: Any) -> None:
        from uncaged.engines.diffusion.cogvideox import twin

        twin(folder, seed, **more)

    def described(self, folder: Path) -> Mapping[str, Any]:
        net = config_of(folder, "transformer")
        free = not net.get("use_rotary_positional_embeddings")  # the 2B alone has none
        if free:
            return card_of(self.card, APACHE)
        return card_of(
            self.card,
            "CogVideoX License",
            "Free for research; commercial use needs a registration with its makers. No military or unlawful use.",
        )


class MochiOptions(DiffusionOptions):
    """As `MochiPipeline` has them."""

    guidance: float = following(4.5)
    steps: int = stepping(64)


class Mochi(DiffusionEngine):
    """Mochi 1, text to video."""

    name = "mochi"
    generation = 3
    card = Card(
        summary="Mochi 1: films of five seconds from a sentence, with much motion.",
        origin="Genmo, 2024.",
        training_data="Undisclosed; its makers speak of biases found in their training data (genmoai/mochi, README), "
        "and of publicly available data and data partners without naming any (to VentureBeat, 22 October 2024).",
        licence=APACHE,
        works=YOURS,
    )
    options = MochiOptions
    pipelines = ("MochiPipeline",)
    natives = natives.MOCHI
    sketch = SKETCHES["mochi"]
    denoiser: ClassVar[str] = "uncaged.engines.diffusion.mochi.Mochi"

    def published(self, folder: Path) -> Published:
        path, coder = (folder / part / published.CONFIG for part in ("transformer", "vae"))
        net, vae = published.read_json(path), published.read_json(coder)
        small = math.prod(numbers(vae, "spatial_expansions", coder, (2, 2, 2)))
        return Published(
            size=(848, 480),
            frames=163,
            fps=30,
            multiple=small * number(net, "patch_size", path),
            deep=6,
            width=width_of(net, path),
            channels=min(numbers(vae, "decoder_block_out_channels", coder, (128,))),
            once=12,  # six, and what it remembers of those before
            tile=256**2,
        )

    def twin(self, folder: Path, seed: int = 0, **more: Any) -> None:
        from uncaged.engines.diffusion.mochi import twin

        twin(folder, seed, **more)

    def described(self, folder: Path) -> Mapping[str, Any]:
        return card_of(self.card, APACHE)


class LTXOptions(DiffusionOptions):
    """As `LTXPipeline` has them."""

    guidance: float = following(3.0)


class LTXVideo(DiffusionEngine):
    """LTX Video 0.9.x, text or picture to video."""

    name = "ltx"
    card = Card(
        summary="LTX Video: quick films of six seconds from a sentence, or from a picture.",
        origin="Lightricks, 2024 and 2025 (arXiv 2501.00103).",
        training_data="Publicly available data and licensed material, says its paper (arXiv 2501.00103); which, and "
        "how much of it was licensed, is undisclosed. Shutterstock gave its makers a research licence (January 2025).",
        licence="0.9 and 0.9.1: for research only. 0.9.5: OpenRail-M. Later: LTXV Open Weights License.",
        works=YOURS,
    )
    options = LTXOptions
    pipelines = ("LTXPipeline", "LTXImageToVideoPipeline", LTX_CONDITIONS)
    natives = natives.LTX
    sketch = SKETCHES["ltx"]
    twins: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "0.9.1": {"taking": True},
        "0.9.5": {"taking": True, "pipeline": LTX_CONDITIONS},
    }
    denoiser: ClassVar[str] = "uncaged.engines.diffusion.ltx.LTXVideo"

    def published(self, folder: Path) -> Published:
        path, coder = (folder / part / published.CONFIG for part in ("transformer", "vae"))
        vae = published.read_json(coder)
        deep = sum(flags(vae, "spatio_temporal_scaling", coder, (True, True, True, False)))
        patch = number({"patch_size": 4, **vae}, "patch_size", coder)
        whole = "spatial_compression_ratio"
        small = number(vae, whole, coder) if vae.get(whole) else patch * 2**deep
        later = published.read_json(folder / MODEL_INDEX).get("_class_name") == LTX_CONDITIONS
        return Published(
            size=(704, 512),
            frames=161,
            fps=25,
            multiple=small,
            pictures=MOMENTS if later else 1,
            deep=8,
            width=width_of(published.read_json(path), path),
            channels=min(numbers(vae, "decoder_block_out_channels", coder, (128,))) / patch**2,
            tile=512**2,
        )

    def twin(self, folder: Path, seed: int = 0, **more: Any) -> None:
        from uncaged.engines.diffusion.ltx import twin

        twin(folder, seed, **more)

    def described(self, folder: Path) -> Mapping[str, Any]:
        """By what a folder calls itself; 0.9.5 and what came after it look alike."""
        if published.read_json(folder / MODEL_INDEX).get("_class_name") != LTX_CONDITIONS:
            return card_of(
                self.card,
                "LTX Video licence of 2024 (a RAIL-M)",
                "Research and academic use only, and no commercial films, says a maintainer (Lightricks/LTX-Video, "
                "issue 44). The uses that a RAIL-M forbids.",
            )
        return card_of(
            self.card,
            "LTX Video 0.9.5: OpenRail-M; from 0.9.7 on: LTXV Open Weights License",
            "Which of both holds, the file that came with the weights says. No use that it forbids; from 0.9.7 on "
            "companies above a yearly revenue are said to need another licence.",
        )


class WanOptions(DiffusionOptions):
    """As `WanPipeline` has them."""

    guidance: float = following(5.0)
    guidance_2: float | None = dial(
        None,
        -2.0,
        12.0,
        "What guidance is for the first of two networks, for the second, which draws when little noise is left; empty: "
        "the same.",
    )


class Wan(DiffusionEngine):
    """Wan 2.1 and 2.2, text or picture to video."""

    name = "wan"
    card = Card(
        summary="Wan: films of five seconds from a sentence in many languages, or from a picture.",
        origin="Alibaba, 2025 (arXiv 2503.20314).",
        training_data="A vast amount of images and videos (Wan-Video/Wan2.1, README): from the open internet, from "
        "partners, from paid workers, and drawn by other models; some of it may be under copyright (Alibaba Cloud, "
        "Qwen and Wan training data disclosure). Which, is undisclosed.",
        licence=APACHE,
        works=YOURS,
    )
    options = WanOptions
    kept = (*DiffusionEngine.kept, "guidance_2")
    pipelines = ("WanPipeline", "WanImageToVideoPipeline", "WanVACEPipeline")
    extra = ("transformer_2", "image_encoder")
    natives = natives.WAN
    sketch = SKETCHES["wan"]
    twins: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "picture": {"pipeline": "WanImageToVideoPipeline", "sees": True},
        "two-pictures": {"pipeline": "WanImageToVideoPipeline", "sees": True, "both": True},
        "vace": {"pipeline": "WanVACEPipeline"},
        "2.2": {"boundary_ratio": 0.875},
        "2.2-picture": {"pipeline": "WanImageToVideoPipeline", "boundary_ratio": 0.9},
        "2.2-5b": {"expand_timesteps": True},
    }
    denoiser: ClassVar[str] = "uncaged.engines.diffusion.wan.Wan"

    def published(self, folder: Path) -> Published:
        path, coder = (folder / part / published.CONFIG for part in ("transformer", "vae"))
        net, vae = published.read_json(path), WAN_CODER | published.read_json(coder)
        index = published.read_json(folder / MODEL_INDEX)
        for part, asked in (
            ("transformer_2", index.get("boundary_ratio")),
            ("image_encoder", net.get("image_dim")),
        ):
            if asked is not None and not (folder / part).is_dir():
                raise published.missing(folder / part)
        later = bool(index.get("expand_timesteps"))  # the 5B of 2.2
        sees, both = net.get("image_dim") is not None, net.get("pos_embed_seq_len") is not None
        branches = "vace_layers" in net  # VACE, which is told of any frames
        deep, latent = number(vae, "scale_factor_temporal", coder), number(vae, "z_dim", coder)
        beside = takes(
            net, path, latent, latent + deep
        )  # which frames are given, and their latents
        patch = numbers(net, "patch_size", path, (1, 2, 2))
        grain = number(vae, "scale_factor_spatial", coder) * max(patch[1:], default=1)
        table = number({"rope_max_seq_len": 1024, **net}, "rope_max_seq_len", path)
        wide, high = (1280, 704) if later else (832, 480)
        return Published(
            size=(min(wide, table * grain), min(high, table * grain)),
            frames=121 if later else 81,
            fps=24 if later else 16,
            multiple=grain,
            pictures=MOMENTS
            if branches
            else 2
            if both or (beside and not sees)
            else int(beside or later),
            needs=2 if both else int(beside),
            goes_on=not both,
            reach=(table * grain, (table * patch[0] - 1) * deep + 1),
            width=width_of(net, path),
            channels=number(
                vae, "decoder_base_dim" if vae.get("decoder_base_dim") else "base_dim", coder
            ),
            once=8,  # four, and what it remembers of those before
            tile=256**2,
            branch=len(net["vace_layers"]) if branches else 0,
        )

    def ready(self, score: Score) -> None:
        super().ready(score)
        if score.options.get("guidance_2") is not None and self.folder and not self._two:
            raise Impossible(
                _("%(model)s has one network: there is no second one to guide.")
                % {"model": self.name},
                _("Leave guidance_2 out."),
                "guidance_2",
            )
        if score.options.get("guidance_2") is not None and score.options.get("guidance_steps"):
            raise AskedWrong(
                _("guidance_steps says the guidance of every step, also of the second network's."),
                _("Leave guidance_2 out."),
                "guidance_2",
            )

    @property
    def _two(self) -> bool:
        """Whether two networks take turns."""
        return self.folder is not None and (self.folder / "transformer_2").is_dir()

    def asked(self, turned: Mapping[str, Any]) -> float:
        first, second = super().asked(turned), turned.get("guidance_2")
        if second is None or not self._two:
            return first
        return (first + super().asked({"guidance": second})) / 2  # about half of the steps are its

    def twin(self, folder: Path, seed: int = 0, **more: Any) -> None:
        from uncaged.engines.diffusion.wan import twin

        twin(folder, seed, **more)

    def described(self, folder: Path) -> Mapping[str, Any]:
        return card_of(self.card, APACHE)


FAMILIES: Final[Sequence[type[DiffusionEngine]]] = (CogVideoX, Mochi, LTXVideo, LTX2, Wan)


def _side(vae: Mapping[str, Any], side: str, usual: int, path: Path) -> int:
    """Pixels that a coder was made for."""
    name = f"sample_{side}"
    return number({name: usual, **vae}, name, path)
