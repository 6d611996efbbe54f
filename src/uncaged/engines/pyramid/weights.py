"""Opening the folders in which Pyramid Flow was published. Safetensors only.

What is missing, cut off, made for another network, or could run code when opened is refused with a sentence.
"""

from typing import cast

import torch

from uncaged.engines.filling import filled
from uncaged.engines.pyramid.layout import Layout, described
from uncaged.engines.pyramid.miniflux import MiniFluxNet
from uncaged.engines.pyramid.mmdit import MmditNet
from uncaged.engines.pyramid.shapes import MiniFlux, Mmdit, Vae
from uncaged.engines.pyramid.vae import VaeNet


class Published(Layout):
    """A folder whose networks can be opened."""

    __slots__ = ()

    def transformer(
        self, variant: str, dtype: torch.dtype = torch.float32, device: str = "cpu"
    ) -> MiniFluxNet | MmditNet:
        """A variant, ready to answer. Raises `AskedWrong` where there is none, `WeightsMissing`, `WeightsBroken`."""
        return filled(self.empty(variant), self.named(variant), dtype, device)

    def empty(self, variant: str) -> MiniFluxNet | MmditNet:
        """The same without numbers: what it would compute can be counted. Raises as `transformer` does."""
        known = described(self.named(variant), MiniFlux, Mmdit)
        with torch.device("meta"):
            if isinstance(known, MiniFlux):
                return MiniFluxNet(known)
            return MmditNet(cast("Mmdit", known))

    def coder(self, dtype: torch.dtype = torch.float32, device: str = "cpu") -> VaeNet:
        """The coder of films, ready to code. Raises `WeightsMissing`, `WeightsBroken`."""
        return filled(self.empty_coder(), self.vae, dtype, device)

    def empty_coder(self) -> VaeNet:
        """The same without numbers."""
        known = described(self.vae, Vae)
        with torch.device("meta"):
            return VaeNet(cast("Vae", known))
