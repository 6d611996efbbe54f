"""What the coder of films is made of: convolutions that see no later frame, norms and attention frame by frame.

Tensors are (B, C, T, H, W). After Yu et al. 2023 (arXiv 2310.05737), section 3. Parameters bear the names under which
the weights were published.
"""

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

EPS = 1e-6

Past = dict[nn.Module, Tensor]
"""The last frames that each convolution saw: what lets a film be coded piece by piece as if in one. Empty to begin."""


class Convolved(nn.Module):
    """A convolution over time, height and width, 3×3×3 or 1×1×1, to whom no frame is shown that is not there yet."""

    def __init__(
        self, inside: int, outside: int, reach: int = 3, stride: tuple[int, int, int] = (1, 1, 1)
    ) -> None:
        super().__init__()
        around = reach // 2
        self.reach, self.stride = reach, stride
        self.conv = nn.Conv3d(inside, outside, reach, stride, (0, around, around))

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, inside, T, H, W) -> (B, outside, T / stride, …). Before the first frame there is nothing but zeros."""
        if self.reach == 1:
            return self.conv(x)
        before = past.get(self)
        x = functional.pad(x, (0, 0, 0, 0, 2, 0)) if before is None else torch.cat([before, x], 2)
        out = self.conv(x)
        past[self] = x[:, :, out.shape[2] * self.stride[0] :].clone()
        return out


def by_frame(x: Tensor) -> Tensor:
    """(B, C, T, H, W) -> (B·T, C, H, W)."""
    return x.transpose(1, 2).flatten(0, 1)


def by_film(x: Tensor, batch: int) -> Tensor:
    """The way back."""
    return x.unflatten(0, (batch, -1)).transpose(1, 2)


class Normed(nn.GroupNorm):
    """Group norm of every frame by itself."""

    def __init__(self, groups: int, width: int) -> None:
        super().__init__(groups, width, EPS)

    def forward(self, input: Tensor) -> Tensor:
        """(B, C, T, H, W) -> the same."""
        return by_film(super().forward(by_frame(input)), input.shape[0])


class Residual(nn.Module):
    """Norm, SiLU and convolution, twice, and what came in."""

    def __init__(self, inside: int, outside: int, groups: int) -> None:
        super().__init__()
        self.norm1, self.norm2 = Normed(groups, inside), Normed(groups, outside)
        self.conv1, self.conv2 = Convolved(inside, outside), Convolved(outside, outside)
        self.conv_shortcut = None if inside == outside else Convolved(inside, outside, 1)

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, inside, T, H, W) -> (B, outside, T, H, W)."""
        h = self.conv1(functional.silu(self.norm1(x)), past)
        h = self.conv2(functional.silu(self.norm2(h)), past)
        return h + (x if self.conv_shortcut is None else self.conv_shortcut(x, past))


class Looking(nn.Module):
    """Every pixel of a frame looks at every other, with one head."""

    def __init__(self, width: int, groups: int) -> None:
        super().__init__()
        self.group_norm = nn.GroupNorm(groups, width, EPS)
        self.to_q, self.to_k, self.to_v = (nn.Linear(width, width) for _ in range(3))
        self.to_out = nn.ModuleList([nn.Linear(width, width)])

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, T, H, W) -> the same."""
        frames = by_frame(x)
        pixels = self.group_norm(frames).flatten(2).transpose(1, 2)[:, None]
        seen = functional.scaled_dot_product_attention(
            self.to_q(pixels), self.to_k(pixels), self.to_v(pixels)
        )
        added = self.to_out[0](seen[:, 0]).transpose(1, 2).reshape(frames.shape)
        return by_film(frames + added, x.shape[0])


class Middle(nn.Module):
    """The smallest level: a residual, attention, a residual."""

    def __init__(self, width: int, groups: int) -> None:
        super().__init__()
        self.resnets = nn.ModuleList([Residual(width, width, groups) for _ in range(2)])
        self.attentions = nn.ModuleList([Looking(width, groups)])

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, width, T, H, W) -> the same."""
        return self.resnets[1](self.attentions[0](self.resnets[0](x, past)), past)


class Smaller(nn.Module):
    """Half as high and wide, or half as many frames: T -> T/2, and 2k + 1 -> k + 1 where the film begins."""

    def __init__(self, width: int, stride: tuple[int, int, int]) -> None:
        super().__init__()
        self.conv = Convolved(width, width, stride=stride)

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, C, T, H, W) -> each divided by its stride."""
        return self.conv(x, past)


class Larger(nn.Module):
    """Twice as high and wide: channel 4c + 2i + j becomes row i, column j of channel c's blocks."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = Convolved(width, 4 * width)

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, C, T, H, W) -> (B, C, T, 2H, 2W)."""
        frames = by_frame(self.conv(x, past))
        return by_film(functional.pixel_shuffle(frames, 2), x.shape[0])


class Longer(nn.Module):
    """Twice as many frames, less the very first of a film: T -> 2T − 1, then T -> 2T."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = Convolved(width, 2 * width)

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, C, T, H, W) -> (B, C, 2T or 2T − 1, H, W). Channel 2c + p becomes frame p of a pair of channel c."""
        begins = self.conv not in past
        x = self.conv(x, past).unflatten(1, (-1, 2))
        x = x.permute(0, 1, 3, 2, 4, 5).flatten(2, 3)
        return x[:, :, 1:] if begins else x


class Down(nn.Module):
    """A level on the way to latents; the last of them makes nothing smaller."""

    def __init__(self, inside: int, width: int, layers: int, groups: int, *, last: bool) -> None:
        super().__init__()
        self.resnets = nn.ModuleList(
            [Residual(width if i else inside, width, groups) for i in range(layers)]
        )
        self.downsamplers = nn.ModuleList([] if last else [Smaller(width, (1, 2, 2))])
        self.temporal_downsamplers = nn.ModuleList([] if last else [Smaller(width, (2, 1, 1))])

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, inside, T, H, W) -> (B, width, T/2, H/2, W/2)."""
        for part in (*self.resnets, *self.downsamplers, *self.temporal_downsamplers):
            x = part(x, past)
        return x


class Up(nn.Module):
    """A level on the way to pixels; the last of them makes nothing larger."""

    def __init__(self, inside: int, width: int, layers: int, groups: int, *, last: bool) -> None:
        super().__init__()
        self.resnets = nn.ModuleList(
            [Residual(width if i else inside, width, groups) for i in range(layers)]
        )
        self.upsamplers = nn.ModuleList([] if last else [Larger(width)])
        self.temporal_upsamplers = nn.ModuleList([] if last else [Longer(width)])

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, inside, T, H, W) -> (B, width, 2T or 2T − 1, 2H, 2W)."""
        for part in (*self.resnets, *self.upsamplers, *self.temporal_upsamplers):
            x = part(x, past)
        return x


class Encoder(nn.Module):
    """Frames to moments."""

    def __init__(
        self,
        inside: int,
        outside: int,
        widths: tuple[int, ...],
        layers: tuple[int, ...],
        groups: int,
    ) -> None:
        super().__init__()
        count = len(widths)
        self.conv_in = Convolved(inside, widths[0])
        self.down_blocks = nn.ModuleList(
            [
                Down(widths[max(i - 1, 0)], widths[i], layers[i], groups, last=i == count - 1)
                for i in range(count)
            ]
        )
        self.mid_block = Middle(widths[-1], groups)
        self.conv_norm_out = Normed(groups, widths[-1])
        self.conv_out = Convolved(widths[-1], 2 * outside)

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, 3, T, H, W) -> (B, 2 · channels, T/8, H/8, W/8), or (T − 1)/8 + 1 where the film begins."""
        x = self.conv_in(x, past)
        for block in self.down_blocks:
            x = block(x, past)
        x = self.mid_block(x, past)
        return self.conv_out(functional.silu(self.conv_norm_out(x)), past)


class Decoder(nn.Module):
    """Latents to frames. widths: from the pixels on, gone through backwards."""

    def __init__(
        self,
        inside: int,
        outside: int,
        widths: tuple[int, ...],
        layers: tuple[int, ...],
        groups: int,
    ) -> None:
        super().__init__()
        back, count = widths[::-1], len(widths)
        self.conv_in = Convolved(inside, back[0])
        self.mid_block = Middle(back[0], groups)
        self.up_blocks = nn.ModuleList(
            [
                Up(back[max(i - 1, 0)], back[i], layers[i], groups, last=i == count - 1)
                for i in range(count)
            ]
        )
        self.conv_norm_out = Normed(groups, back[-1])
        self.conv_out = Convolved(back[-1], outside)

    def forward(self, x: Tensor, past: Past) -> Tensor:
        """(B, channels, T, h, w) -> (B, 3, 8T, 8h, 8w), or 8(T − 1) + 1 where the film begins."""
        x = self.mid_block(self.conv_in(x, past), past)
        for block in self.up_blocks:
            x = block(x, past)
        return self.conv_out(functional.silu(self.conv_norm_out(x)), past)
