"""The work that another is to be made of, as somebody names it. Knows no archive: whether it is there, others say."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _

Remaking: TypeAlias = Literal["remixes", "extends"]


@dataclass(frozen=True, slots=True)
class Source:
    """The work that another is made of, as somebody names it, and how."""

    way: Remaking
    work: str


def named(remix: str | None, extend: str | None) -> Source | None:
    """The source that one of two fields names. Raises `AskedWrong` for both."""
    if remix and extend:
        raise AskedWrong(
            _("A film is drawn anew or goes on, not both."), _("Say one of them."), "extend"
        )
    if remix:
        return Source("remixes", remix)
    return Source("extends", extend) if extend else None
