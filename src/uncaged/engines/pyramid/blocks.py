"""The blocks of both transformers: joint ones, in which text and video keep weights of their own, and single ones.

The last block of all is asked for the current clip alone, so it computes nothing else that nobody will read.
"""

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from uncaged.engines.pyramid.layers import Led, Rms, Thinking, in_heads, led, looked
from uncaged.engines.pyramid.tokens import Layout

Turn = tuple[Tensor, Tensor]
"""Cosine and sine for every token, `tokens.turns`."""


class JointAttention(nn.Module):
    """Queries, keys and values of video (`to_…`) and text (`add_…`), and the ways out.

    text_norm: under which name the norms of the text's queries and keys were published. last: the text has no way out.
    """

    def __init__(
        self, width: int, heads: int, *, eps: float, text_norm: str, last: bool = False
    ) -> None:
        super().__init__()
        self.heads, self.text_norm = heads, text_norm
        self.to_q, self.to_k, self.to_v = (nn.Linear(width, width) for _ in range(3))
        self.add_q_proj, self.add_k_proj, self.add_v_proj = (
            nn.Linear(width, width) for _ in range(3)
        )
        self.norm_q, self.norm_k = (Rms(width // heads, eps) for _ in range(2))
        for name in ("q", "k"):
            self.add_module(f"{text_norm}_{name}", Rms(width // heads, eps))
        self.to_out = nn.ModuleList([nn.Linear(width, width)])
        self.to_add_out = None if last else nn.Linear(width, width)

    def forward(
        self, text: Tensor, video: Tensor, turn: Turn, layout: Layout, *, last: bool = False
    ) -> tuple[Tensor | None, Tensor]:
        """(B, L, width), (B, N, width) -> both; `last`: None, and the current clip (B, current, width)."""
        heads = self.heads
        text_q, text_k = (self.get_submodule(f"{self.text_norm}_{name}") for name in ("q", "k"))
        k = [text_k(in_heads(self.add_k_proj(text), heads))]
        k.append(self.norm_k(in_heads(self.to_k(video), heads)))
        v = [in_heads(self.add_v_proj(text), heads), in_heads(self.to_v(video), heads)]
        keys, values = torch.cat(k, 2), torch.cat(v, 2)
        out = self.to_out[0]
        if last:
            q = self.norm_q(in_heads(self.to_q(video[:, -layout.current :]), heads))
            return None, out(looked(q, keys, values, turn, layout.last))
        q = torch.cat(
            [
                text_q(in_heads(self.add_q_proj(text), heads)),
                self.norm_q(in_heads(self.to_q(video), heads)),
            ],
            2,
        )
        seen = looked(q, keys, values, turn, layout.groups)
        own, rest = seen[:, : layout.text], seen[:, layout.text :]
        return (own if self.to_add_out is None else self.to_add_out(own)), out(rest)


class Joint(nn.Module):
    """A joint block. last: after it nobody reads the text any more, and only the current clip comes out."""

    def __init__(
        self, width: int, heads: int, *, eps: float, text_norm: str, last: bool = False
    ) -> None:
        super().__init__()
        self.last = last
        self.norm1 = Led(width, 6)
        self.norm1_context = Led(width, 2 if last else 6)
        self.attn = JointAttention(width, heads, eps=eps, text_norm=text_norm, last=last)
        self.ff = Thinking(width)
        self.ff_context = None if last else Thinking(width)

    def forward(
        self, text: Tensor, video: Tensor, lead: Tensor, turn: Turn, layout: Layout
    ) -> tuple[Tensor, Tensor]:
        """(B, L, width), (B, N, width), (B, width) -> text and video; from the last one, the current clip alone."""
        shift, scale, gate, then_shift, then_scale, then_gate = self.norm1(lead)
        heard = led(video, shift, scale)
        if self.ff_context is None:
            text_scale, text_shift = self.norm1_context(lead)
            said = led(text, text_shift, text_scale)
            _, added = self.attn(said, heard, turn, layout, last=True)
            video = video[:, -layout.current :] + gate * added
        else:
            text_shift, text_scale, text_gate, *then = self.norm1_context(lead)
            said, added = self.attn(led(text, text_shift, text_scale), heard, turn, layout)
            video = video + gate * added
            text = text + text_gate * said
            text = text + then[2] * self.ff_context(led(text, then[0], then[1]))
        return text, video + then_gate * self.ff(led(video, then_shift, then_scale))


class SingleAttention(nn.Module):
    """Queries, keys and values of text and video alike; there is no way out of its own."""

    def __init__(self, width: int, heads: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.to_q, self.to_k, self.to_v = (nn.Linear(width, width) for _ in range(3))
        self.norm_q, self.norm_k = (Rms(width // heads, eps) for _ in range(2))

    def forward(self, x: Tensor, turn: Turn, layout: Layout, *, last: bool = False) -> Tensor:
        """(B, L + N, width) -> the same, or of the current clip alone."""
        asking = x[:, -layout.current :] if last else x
        q = self.norm_q(in_heads(self.to_q(asking), self.heads))
        k = self.norm_k(in_heads(self.to_k(x), self.heads))
        v = in_heads(self.to_v(x), self.heads)
        return looked(q, k, v, turn, layout.last if last else layout.groups)


class Single(nn.Module):
    """A single block: attention and thinking side by side, text and video with the same weights."""

    def __init__(self, width: int, heads: int, eps: float) -> None:
        super().__init__()
        self.norm = Led(width, 3)
        self.attn = SingleAttention(width, heads, eps)
        self.proj_mlp = nn.Linear(width, 4 * width)
        self.proj_out = nn.Linear(5 * width, width)

    def forward(
        self, x: Tensor, lead: Tensor, turn: Turn, layout: Layout, *, last: bool = False
    ) -> Tensor:
        """(B, L + N, width), (B, width) -> the same; `last`: the current clip alone."""
        shift, scale, gate = self.norm(lead)
        heard = led(x, shift, scale)
        seen = self.attn(heard, turn, layout, last=last)
        if last:
            x, heard = x[:, -layout.current :], heard[:, -layout.current :]
        thought = functional.gelu(self.proj_mlp(heard), approximate="tanh")
        return x + gate * self.proj_out(torch.cat([seen, thought], -1))
