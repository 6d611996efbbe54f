"""Pictures as conditions: CLIP's sight, which Wan 2.1 looks at a given picture with.

Opens what lies in the folders `image_processor` and `image_encoder` of a published model; nothing is fetched.
"""

from pathlib import Path
from typing import Any, Final

import torch
from accelerate import init_empty_weights
from torch import Tensor
from transformers import CLIPImageProcessorPil, CLIPVisionConfig, CLIPVisionModel

from uncaged.core.order import Pixels
from uncaged.engines import published
from uncaged.engines.filling import filled

ENCODER: Final = "image_encoder"
PROCESSOR: Final = "image_processor"
BEFORE: Final = "vision_model."
"""What stands before the names of its arrays, as it was published."""

SAID: Final = ("size", "crop_size", "image_mean", "image_std", "rescale_factor", "resample")
"""What of its configuration is looked at: how a picture is cut and scaled."""


class Sight:
    """What looks at a picture, opened."""

    def __init__(self, folder: Path, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        known = published.read_json(folder / PROCESSOR / "preprocessor_config.json")
        self._cut: Any = CLIPImageProcessorPil(**{key: known[key] for key in SAID if key in known})
        config = CLIPVisionConfig.from_dict(
            published.read_json(folder / ENCODER / published.CONFIG)
        )
        with init_empty_weights(include_buffers=False):
            empty = CLIPVisionModel(config)
        self.net: Any = filled(empty, folder / ENCODER, dtype, device, under=BEFORE)
        self._dtype, self._device = dtype, device

    def seen(self, picture: Pixels) -> Tensor:
        """A picture (height, width, 3) -> (1, tokens, width): what the last layer but one says."""
        cut = self._cut(images=picture, return_tensors="pt")["pixel_values"]
        looked = self.net(cut.to(self._device, self._dtype), output_hidden_states=True)
        return looked.hidden_states[-2]
