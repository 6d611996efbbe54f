"""What goes without saying: who rides makes its mount go, and small things seen with a table stand on it.

Between the subjects of a scene and their spots. Knows no frame and no paint.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from uncaged.engines.ink.casting import GOES, RIDING
from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.scene import Subject

_SMALL: Final = 0.5
"""Metres: what is so tall at most is put on a table."""

_FEW: Final = 9
"""So many things fit on one table."""


def implied(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """The subjects with what nobody needs to say of them."""
    return tuple(_on_the_board(_mounted(subjects)))


def _kind(subject: Subject) -> Kind:
    return kinds().get(subject.kind) or kinds()["creature"]


def _mounted(subjects: Sequence[Subject]) -> list[Subject]:
    """Who flies on a broom sits still on a broom that flies."""
    named = {s.name: s for s in subjects}
    out = dict(named)
    for s in subjects:
        mount = named.get(s.to)
        if s.relation not in RIDING or mount is None or mount is s or s.motion not in GOES:
            continue
        if mount.motion not in GOES and _can(_kind(mount), s.motion):
            out[mount.name] = mount.evolve(motion=s.motion)
            out[s.name] = s.evolve(motion="still")
    return list(out.values())


def _can(kind: Kind, motion: str) -> bool:
    return kind.motion == motion or motion in kind.instead


def _on_the_board(subjects: Sequence[Subject]) -> list[Subject]:
    """Cups and apples stand on the table they are seen with, at their size, not beside it."""
    board = next((s for s in subjects if _kind(s).board and s.count > 0), None)
    if board is None:
        return list(subjects)
    bound = {s.to for s in subjects if s.relation != "none"}
    named = {s.name: s for s in subjects}
    return [
        s.evolve(relation="on", to=board.name) if _put(s, board, bound, named) else s
        for s in subjects
    ]


def _put(s: Subject, board: Subject, bound: set[str], named: Mapping[str, Subject]) -> bool:
    kind = _kind(s)
    loose = s.relation == "none" and s.name not in bound - {board.name}
    beside = s.relation == "beside" and s.to == board.name and s.to in named
    small = kind.metres * abs(s.size) <= _SMALL and 0 < s.count <= _FEW
    still = s.motion == "still" and not kind.alive and kind.domain == "ground"
    return (loose or beside) and small and still and s.across == 0 == s.down and s is not board
