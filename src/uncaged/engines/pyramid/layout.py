"""The folders in which Pyramid Flow was published, looked at: names and configurations. Needs no torch."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing, nearest
from uncaged.core.words import _
from uncaged.engines.published import CONFIG, again, read_json, unreadable
from uncaged.engines.pyramid.latents import GRAIN, PIXELS
from uncaged.engines.pyramid.shapes import MiniFlux, Mmdit, Shape, Vae, shape

VARIANT: Final = "diffusion_transformer_"
"""How a transformer's folder begins; what follows is the variant: 384p, 768p, image."""

VAE: Final = "causal_video_vae"
STILL: Final = "image"
"""The variant that learnt from still pictures alone."""

NEAR: Final = 0.1
"""So far apart, in logarithms of their pixels, are sizes that count as one."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text encoder: its two folders, and which number of its configuration says how wide its words are."""

    tokenizer: str
    encoder: str
    width: str


CLIP, PROJECTED, T5 = "hidden_size", "projection_dim", "d_model"
TEXTS: Final[Mapping[str, tuple[Spoken, ...]]] = {
    "miniflux": (
        Spoken("tokenizer", "text_encoder", CLIP),
        Spoken("tokenizer_2", "text_encoder_2", T5),
    ),
    "mmdit": (
        Spoken("tokenizer", "text_encoder", PROJECTED),
        Spoken("tokenizer_2", "text_encoder_2", PROJECTED),
        Spoken("tokenizer_3", "text_encoder_3", T5),
    ),
}
"""The text encoders of each family: those for a text as a whole, and T5 for its tokens, the last."""


@dataclass(frozen=True, slots=True)
class Layout:
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

    @property
    def texts(self) -> tuple[Spoken, ...]:
        """Its text encoders; see `TEXTS`."""
        return TEXTS[self.family]

    def check_texts(self) -> None:
        """Raises `WeightsMissing`, and `WeightsBroken` where the transformers learnt with other text encoders."""
        widths = [
            (one, read_json(self.folder / one.encoder / CONFIG).get(one.width))
            for one in self.texts
        ]
        lost = next((one for one, width in widths if not isinstance(width, int)), None)
        if lost is not None:
            raise WeightsBroken(
                _("%(path)s describes no text encoder that belongs there.")
                % {"path": self.folder / lost.encoder / CONFIG},
                _("Name the folder of a Pyramid Flow model as it was published."),
            )
        *whole, tokens = [int(width or 0) for _one, width in widths]
        for folder in self.variants.values():
            known = described(folder, MiniFlux, Mmdit)
            assert not isinstance(known, Vae)
            if (known.pooled_projection_dim, known.joint_attention_dim) != (sum(whole), tokens):
                raise WeightsBroken(
                    _("%(folder)s and the text encoders beside it do not fit each other.")
                    % {"folder": folder},
                    again(),
                )

    @property
    def longest(self) -> int | None:
        """Pixels of a side, at most, where the transformers know no more places; None where there is no end."""
        known = [described(folder, MiniFlux, Mmdit) for folder in self.variants.values()]
        sides = [one.pos_embed_max_size for one in known if isinstance(one, Mmdit)]
        return 2 * PIXELS * min(sides) if sides else None

    @property
    def usual(self) -> tuple[int, int]:
        """The size (width, height) of a film where nobody says one: of the smallest variant for films."""
        moving = [learnt(name) for name in self.variants if name != STILL] or [learnt(STILL)]
        width, height = min(moving, key=lambda size: size[0] * size[1])
        most = self.longest or max(width, height)
        return min(width, most), min(height, most)

    def named(self, variant: str) -> Path:
        """The folder of a variant. Raises `AskedWrong` where there is none."""
        if variant not in self.variants:
            raise AskedWrong(
                _("This model has no variant %(name)s.") % {"name": variant},
                nearest(variant, list(self.variants)),
                "variant",
            )
        return self.variants[variant]

    def chosen(self, size: tuple[int, int], units: int) -> str:
        """The variant for a film of this size (width, height) and so many latent frames: the one that learnt from the
        nearest number of pixels; the one for stills alone only where the film is one, and then it comes first."""

        def far(name: str) -> tuple[bool, float, bool]:
            wide, high = learnt(name)
            off = abs(math.log(size[0] * size[1] / (wide * high)))
            return name == STILL and units > 1, max(off, NEAR), name != STILL

        return min(self.variants, key=far)


def learnt(variant: str) -> tuple[int, int]:
    """The size (width, height) in pixels that a variant learnt from, by its name.

    >>> learnt("384p"), learnt("768p"), learnt("image")
    ((640, 384), (1280, 768), (1024, 1024))
    """
    found = re.fullmatch(r"([1-9][0-9]{1,3})p", variant)
    if found is None:
        return (1024, 1024) if variant == STILL else (640, 384)
    height = max(1, round(int(found[1]) / GRAIN)) * GRAIN
    return round(height * 5 / 3 / GRAIN) * GRAIN, height


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
