"""What goes without saying: who rides makes its mount go.

Between the subjects of a scene and their spots. Knows no frame and no paint.
"""

from collections.abc import Sequence

from uncaged.engines.ink.casting import GOES, RIDING
from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.scene import Subject


def implied(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """The subjects with what nobody needs to say of them."""
    return tuple(_mounted(subjects))


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
