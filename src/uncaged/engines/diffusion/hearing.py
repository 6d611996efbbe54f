"""A sound as LTX-2 was taught to hear it: how strong it is in each band of a spectrogram, moment by moment.

As its makers' `AudioProcessor` has it (Lightricks/LTX-2, `ltx_core`): the amplitudes of a Fourier transform of 1,024
samples, in bands after Slaney, which are as wide as ears are fine, as logarithms.
"""

from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import Tensor
from transformers.audio_utils import mel_filter_bank

SAMPLES: Final = 1024
"""That are looked at for a moment."""

LEAST: Final = 1e-5
"""What is weaker counts as this."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """rate: samples a second. hop: from a moment to the next. bands: up to half the rate."""

    rate: int
    hop: int
    bands: int

    def samples(self, moments: int) -> int:
        """As many as so many moments need."""
        return max((moments - 1) * self.hop, SAMPLES)

    def heard(self, waves: Tensor, moments: int) -> Tensor:
        """waves: (channels, `samples` of them), −1 … 1. -> (channels, moments, bands) float32."""
        window = torch.hann_window(SAMPLES, device=waves.device)
        spectrum: Tensor = torch.stft(
            waves, SAMPLES, self.hop, window=window, center=True, return_complex=True
        )
        bands: Any = mel_filter_bank(
            SAMPLES // 2 + 1, self.bands, 0.0, self.rate / 2, self.rate, "slaney", "slaney"
        )
        wide = torch.from_numpy(bands).to(waves)
        found = spectrum.abs()[:, :, :moments].transpose(1, 2) @ wide
        return found.clamp(min=LEAST).log()
