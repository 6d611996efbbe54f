"""How large the networks of Pyramid Flow are, as their `config.json` says it. Knows no torch and no folders.

The fields are named as in the files; their defaults are what was published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final, Self, TypeAlias


@dataclass(frozen=True)
class _Read:
    """Reads the fields that a class has, and leaves the rest of a configuration alone."""

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Self:
        """Raises `ValueError` with the name of a field that is no positive whole number, or no row of them."""
        given: dict[str, Any] = {}
        for field in fields(cls):
            if field.name not in config:
                continue
            value = config[field.name]
            row = value if isinstance(value, list | tuple) else [value]
            if isinstance(value, list | tuple) != isinstance(field.default, tuple) or not all(
                isinstance(one, int) and not isinstance(one, bool) and one > 0 for one in row
            ):
                raise ValueError(field.name)
            given[field.name] = tuple(row) if isinstance(field.default, tuple) else value
        return cls(**given)


@dataclass(frozen=True)
class MiniFlux(_Read):
    """The transformer trained from scratch: `num_layers` joint blocks, then `num_single_layers` single ones."""

    family: ClassVar = "miniflux"
    in_channels: int = 64
    num_layers: int = 8
    num_single_layers: int = 16
    num_attention_heads: int = 30
    attention_head_dim: int = 64
    joint_attention_dim: int = 4096
    pooled_projection_dim: int = 768
    axes_dims_rope: tuple[int, ...] = (16, 24, 24)

    def __post_init__(self) -> None:
        axes = self.axes_dims_rope
        if len(axes) != 3 or sum(axes) != self.attention_head_dim or any(axis % 2 for axis in axes):
            raise ValueError("axes_dims_rope")
        if self.in_channels % 4:
            raise ValueError("in_channels")

    @property
    def width(self) -> int:
        """Numbers of a token."""
        return self.num_attention_heads * self.attention_head_dim

    @property
    def channels(self) -> int:
        """Of the latents; a token holds 2×2 of them."""
        return self.in_channels // 4


@dataclass(frozen=True)
class Mmdit(_Read):
    """The transformer that began as SD3: `num_layers` joint blocks, the last of which leaves the text behind."""

    family: ClassVar = "mmdit"
    sample_size: int = 128
    patch_size: int = 2
    in_channels: int = 16
    num_layers: int = 24
    num_attention_heads: int = 24
    attention_head_dim: int = 64
    joint_attention_dim: int = 4096
    caption_projection_dim: int = 1536
    pooled_projection_dim: int = 2048
    pos_embed_max_size: int = 192

    def __post_init__(self) -> None:
        if self.patch_size != 2:
            raise ValueError("patch_size")
        if self.caption_projection_dim != self.width or self.width % 4:
            raise ValueError("caption_projection_dim")
        if self.attention_head_dim % 2:
            raise ValueError("attention_head_dim")

    @property
    def width(self) -> int:
        """Numbers of a token."""
        return self.num_attention_heads * self.attention_head_dim

    @property
    def channels(self) -> int:
        """Of the latents."""
        return self.in_channels


@dataclass(frozen=True)
class Vae(_Read):
    """The coder of films. The decoder's widths are in the encoder's order and are gone through backwards."""

    family: ClassVar = "vae"
    encoder_in_channels: int = 3
    encoder_out_channels: int = 16
    encoder_layers_per_block: tuple[int, ...] = (2, 2, 2, 2)
    encoder_block_out_channels: tuple[int, ...] = (128, 256, 512, 512)
    encoder_norm_num_groups: int = 32
    decoder_in_channels: int = 16
    decoder_out_channels: int = 3
    decoder_layers_per_block: tuple[int, ...] = (3, 3, 3, 3)
    decoder_block_out_channels: tuple[int, ...] = (128, 256, 512, 512)
    decoder_norm_num_groups: int = 32

    def __post_init__(self) -> None:
        for part, groups in (
            ("encoder", self.encoder_norm_num_groups),
            ("decoder", self.decoder_norm_num_groups),
        ):
            widths = getattr(self, f"{part}_block_out_channels")
            if len(widths) != 4 or any(width % groups for width in widths):
                raise ValueError(f"{part}_block_out_channels")
            if len(getattr(self, f"{part}_layers_per_block")) != 4:
                raise ValueError(f"{part}_layers_per_block")
        if self.encoder_out_channels != self.decoder_in_channels:
            raise ValueError("decoder_in_channels")

    @property
    def channels(self) -> int:
        """Of the latents."""
        return self.decoder_in_channels


Shape: TypeAlias = MiniFlux | Mmdit | Vae

TOLD_BY: Final[Mapping[str, type[MiniFlux] | type[Mmdit] | type[Vae]]] = {
    "num_single_layers": MiniFlux,
    "pos_embed_max_size": Mmdit,
    "encoder_block_out_channels": Vae,
}
"""A field that only one of them has: what tells which network a configuration is for."""


def shape(config: Mapping[str, Any]) -> Shape | None:
    """What a configuration describes; None for anything else. Raises `ValueError` with the name of a bad field."""
    for field, known in TOLD_BY.items():
        if field in config:
            return known.of(config)
    return None
