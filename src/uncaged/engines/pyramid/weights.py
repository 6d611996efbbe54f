"""The folders in which Pyramid Flow was published: what is there, and opening it. Safetensors only.

What is missing, cut off, made for another network, or could run code when opened is refused with a sentence.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, cast

import torch

from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing, nearest
from uncaged.core.words import _
from uncaged.engines.filling import filled
from uncaged.engines.published import CONFIG, again, read_json, unreadable
from uncaged.engines.pyramid.miniflux import MiniFluxNet
from uncaged.engines.pyramid.mmdit import MmditNet
from uncaged.engines.pyramid.shapes import MiniFlux, Mmdit, Shape, Vae, shape
from uncaged.engines.pyramid.vae import VaeNet

VARIANT: Final = "diffusion_transformer_"
"""How a transformer's folder begins; what follows is the variant: 384p, 768p, image."""

VAE: Final = "causal_video_vae"


@dataclass(frozen=True, slots=True)
class Published:
    """A folder that was looked at.

    variants: the transformers' folders by name (384p, 768p, image), all of one family. vae: the coder's folder.
    """

    folder: Path
    family: str
    variants: Mapping[str, Path]
    vae: Path

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Looks at names and configurations only. Raises `WeightsMissing`, `WeightsBroken`."""
        try:
            found = sorted(one for one in folder.iterdir() if one.name.startswith(VARIANT))
        except OSError as error:
            raise unreadable(folder, error) from None
        variants = {one.name.removeprefix(VARIANT): one for one in found}
        if not variants:
            raise WeightsMissing(
                _("%(folder)s holds no transformer of Pyramid Flow: no folder %(name)s….")
                % {"folder": folder, "name": VARIANT},
                _("Name the folder that holds it."),
            )
        known = [described(one, MiniFlux, Mmdit) for one in variants.values()]
        families = {one.family for one in known}
        if len(families) > 1:
            raise WeightsBroken(
                _("The transformers in %(folder)s are not of one family.") % {"folder": folder},
                again(),
            )
        if {one.channels for one in known} != {described(folder / VAE, Vae).channels}:
            raise WeightsBroken(
                _("The transformers in %(folder)s and its coder of films do not fit each other.")
                % {"folder": folder},
                again(),
            )
        return cls(folder, families.pop(), variants, folder / VAE)

    def transformer(
        self, variant: str, dtype: torch.dtype = torch.float32, device: str = "cpu"
    ) -> MiniFluxNet | MmditNet:
        """A variant, ready to answer. Raises `AskedWrong` where there is none, `WeightsMissing`, `WeightsBroken`."""
        if variant not in self.variants:
            raise AskedWrong(
                _("This model has no variant %(name)s.") % {"name": variant},
                nearest(variant, list(self.variants)),
                "variant",
            )
        folder = self.variants[variant]
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


def described(folder: Path, *wanted: type[Shape]) -> Shape:
    """What a folder's configuration says is in it, one of `wanted`. Raises `WeightsMissing`, `WeightsBroken`."""
    path = folder / CONFIG
    config = read_json(path)
    try:
        known = shape(config)
    except ValueError as error:
        raise WeightsBroken(
            _("%(path)s says %(field)s is %(value)s, which cannot be.")
            % {
                "path": path,
                "field": error.args[0],
                "value": json.dumps(config.get(error.args[0])),
            },
            again(),
        ) from None
    if not isinstance(known, wanted):
        raise WeightsBroken(
            _("%(path)s describes no network of Pyramid Flow that belongs there.") % {"path": path},
            _("Name the folder of a Pyramid Flow model as it was published."),
        )
    return known
