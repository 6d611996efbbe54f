"""LTX-2 and 2.3 as a family: what a folder is, what it can, and what its licence asks. Needs no torch."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final

from pydantic import Field, field_validator

from uncaged.core import marks
from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines import published
from uncaged.engines.adapters import natives
from uncaged.engines.base import Capabilities, Card
from uncaged.engines.dials import dial
from uncaged.engines.diffusion.engine import DIALS, DiffusionEngine, Published
from uncaged.engines.diffusion.facts import MOMENTS, card_of, config_of, width_of
from uncaged.engines.diffusion.options import DiffusionOptions, following, stepping
from uncaged.engines.diffusion.sketches import SKETCHES
from uncaged.engines.diffusion.stated import number, numbers
from uncaged.engines.diffusion.turning import written
from uncaged.engines.open_model import LIMITS
from uncaged.engines.texts.kinds import gemma

TERMS: Final = (
    "Whoever shows what it made says that a machine made it, and every file says so by itself: nothing here takes that "
    "away. Above 10 million US dollars of yearly revenue one pays for another licence. No film against the law, of "
    "somebody who did not agree, to deceive, to harass, of weapons or war, and the other uses that it forbids "
    "(Attachment A)."
)
"""Lightricks/LTX-2, LICENSE of 5 January 2026, sections 2 and 4, attachment A, 5 and 19."""


class LTX2Options(DiffusionOptions):
    """As `LTX2Pipeline` has them; each dial of the film has one of its sound beside it."""

    guidance: float = following(3.0)
    sound_guidance: float = dial(7.0, -2.0, 12.0, "What guidance is for the film, for its sound.")
    stg: float = dial(
        1.0,
        -2.0,
        4.0,
        "How far it is led away from what is drawn where a layer does not look around, which is less of one piece.",
    )
    sound_stg: float = dial(1.0, -2.0, 4.0, "What stg is for the film, for its sound.")
    stg_layers: str = Field(default="28", description="Which layers do not look around then.")
    modality: float = dial(
        3.0,
        -2.0,
        6.0,
        "How far film and sound heed each other; 1 as they learnt to, 0 not at all, below 0 against each other.",
    )
    sound_modality: float = dial(3.0, -2.0, 6.0, "What modality is for the film, for its sound.")
    rescale: float = dial(
        0.7, 0.0, 1.0, "How much of the strength that all of this adds is taken back again."
    )
    sound_rescale: float = dial(0.7, 0.0, 1.0, "What rescale is for the film, for its sound.")
    steps: int = stepping(30)

    @field_validator("guidance_steps")
    @classmethod
    def _even(cls, said: str) -> str:
        if said.strip():
            raise AskedWrong(
                _("LTX-2 guides film and sound by the same numbers at all steps."),
                _("Leave guidance_steps out."),
                "guidance_steps",
            )
        return said

    @field_validator("stg_layers", mode="before")
    @classmethod
    def _named(cls, said: Any) -> Any:
        """One layer's number, or a list of them, as a text."""
        return written(said)

    @field_validator("stg_layers")
    @classmethod
    def _layers(cls, said: str) -> str:
        if not re.fullmatch(r"[\s,]*([0-9]{1,4}[\s,]+)*([0-9]{1,4})?", said):
            raise AskedWrong(
                _("Layers are numbers such as 28 or 14 28, not %(said)s.") % {"said": shown(said)},
                about="stg_layers",
            )
        return said


class LTX2(DiffusionEngine):
    """LTX-2 and 2.3, text or pictures to video, with sound."""

    name = "ltx-2"
    card = Card(
        summary="LTX-2: films of five seconds with their sound, from a sentence, or from pictures at any moments.",
        origin="Lightricks, 2026 (arXiv 2601.03233).",
        training_data="Undisclosed: what comes with it (Lightricks/LTX-2) names no source of its films and sounds. Of "
        "LTX Video, which came before it, its makers speak of publicly available data and licensed material "
        "(arXiv 2501.00103). Its text encoder is Gemma 3, whose sources are undisclosed too.",
        licence="LTX-2 Community License Agreement of 5 January 2026",
        works="The films are yours, and each file of them says that a machine made it. "
        "What the licence of the weights asks of you still holds.",
    )
    capabilities = replace(LIMITS, sound=True)
    mark = marks.made_with("LTX-2")
    options = LTX2Options
    dials: ClassVar[Mapping[str, float]] = {
        **DIALS,
        "sound_guidance": 1.5,
        **dict.fromkeys(("stg", "sound_stg", "modality", "sound_modality"), 0.5),
        **dict.fromkeys(("rescale", "sound_rescale"), 0.1),
    }
    kept = (*DiffusionEngine.kept, "stg_layers")
    twins: ClassVar[Mapping[str, Mapping[str, Any]]] = {"2.3": {"later": True}}
    pipelines = ("LTX2Pipeline", "LTX2ImageToVideoPipeline", "LTX2ConditionPipeline")
    natives = natives.LTX2
    sketch = SKETCHES["ltx-2"]
    networks = ("transformer", "vae", "audio_vae", "vocoder", "connectors", "text_encoder")
    denoiser: ClassVar[str] = "uncaged.engines.diffusion.ltx2.LTX2"

    def published(self, folder: Path) -> Published:
        gemma(folder)
        vae, net = config_of(folder, "vae"), config_of(folder, "transformer")
        path = folder / "vae" / published.CONFIG
        known = {"patch_size": 4, "spatial_compression_ratio": 32, "temporal_compression_ratio": 8}
        patch, small, deep = (number({**known, **vae}, name, path) for name in known)
        heads = {"num_attention_heads": 32, "attention_head_dim": 128, **net}
        return Published(
            size=(768, 512),
            frames=121,
            fps=24,
            multiple=small,
            pictures=MOMENTS,
            deep=deep,
            width=width_of(heads, folder / "transformer" / published.CONFIG),
            channels=min(numbers(vae, "decoder_block_out_channels", path, (128,))) / patch**2,
        )

    def able(self, folder: Path) -> tuple[Capabilities, Mapping[str, Any]]:
        """What is held in a part of a picture would have to be held in a part of the sound, which has none."""
        can, usual = super().able(folder)
        return replace(can, farther=False, around=False, masks=False, sound=True), usual

    def asked(self, turned: Mapping[str, Any]) -> float:
        """The words, and whatever else counts for something."""
        pairs = {name: (turned[name], turned[f"sound_{name}"]) for name in ("guidance", "modality")}
        more = sum(pair != (1.0, 1.0) for pair in pairs.values())
        led = (turned["stg"], turned["sound_stg"]) != (0.0, 0.0) and bool(turned["stg_layers"])
        perturbed = self.folder is None or config_of(self.folder, "transformer").get(
            "perturbed_attn"
        )
        return 1.0 + more + (led and bool(perturbed))

    def twin(self, folder: Path, seed: int = 0, **more: Any) -> None:
        from uncaged.engines.diffusion.ltx2_twin import twin

        twin(folder, seed, **more)

    def described(self, folder: Path) -> Mapping[str, Any]:
        return card_of(self.card, self.card.licence, TERMS)
