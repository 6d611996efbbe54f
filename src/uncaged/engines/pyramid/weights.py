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
        folder = self.named(variant)
        known = described(folder, MiniFlux, Mmdit)
        with torch.device("meta"):
            net = (
                MiniFluxNet(known)
                if isinstance(known, MiniFlux)
                else MmditNet(cast("Mmdit", known))
            )
        return filled(net, folder, dtype, device)

    def coder(self, dtype: torch.dtype = torch.float32, device: str = "cpu") -> VaeNet:
        """The coder of films, ready to code. Raises `WeightsMissing`, `WeightsBroken`."""
        known = described(self.vae, Vae)
        with torch.device("meta"):
            net = VaeNet(cast("Vae", known))
        return filled(net, self.vae, dtype, device)
