"""What a checkpoint can do, in figures, with the real drawings beside: named by the probe, flicker, diversity.

Every film that is judged has a caption that the generator could have drawn too, from seeds that nothing is trained on.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from uncaged.engines.seedling.codec import Codec, signed
from uncaged.engines.seedling.grammar import NOTHING, SLOT, held_out, labels
from uncaged.engines.seedling.inking import FRAMES, SHIPPED, Inker
from uncaged.engines.seedling.weights import Index
from uncaged.training.seedling.clips import drawn
from uncaged.training.seedling.kinds import Kinds, present, two
from uncaged.training.seedling.measures import apart, flicker, psnr, share, vendi
from uncaged.training.seedling.plans import Plan, plan
from uncaged.training.seedling.probe import NAMED, Probe, named, named_frames, targets

FIRST_SEED: Final = 2**43
"""The captions of what is judged have seeds from here on."""

TOGETHER: Final = (0, 1, 3)
"""Kind, hue and motion."""

SETS: Final = ("seen", "held hue", "held motion")
"""In this order they stand in tables, each with its drawings behind it."""

READ: Final = (*NAMED, "together")
"""So do the columns."""

LARGE, INKED = 256, 16
"""Pixels of the side of what is shown, and so many still films are looked at so: what a person sees of a flicker."""

Draw = Callable[[NDArray[np.float32], Sequence[int]], NDArray[np.uint8]]
"""Labels (n, all labels) and seeds to films (n, 16, 64, 64, 3)."""

DrawFrames = Callable[[NDArray[np.float32], Sequence[int]], NDArray[np.uint8]]
"""The same to single frames (n, 64, 64, 3)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures by what they are of. right: per set, of each slot and of all three together, (percent, standard error,
    films). by: per slot and value. two: films of two subjects in which both kinds are named right. The rest as it is
    called."""

    right: dict[str, dict[str, tuple[float, float, int]]] = field(default_factory=dict)
    by: dict[str, dict[str, tuple[float, float, int]]] = field(default_factory=dict)
    flicker: dict[str, dict[str, float]] = field(default_factory=dict)
    diversity: dict[str, dict[str, float]] = field(default_factory=dict)
    reconstruction: dict[str, float] = field(default_factory=dict)
    unsaid: dict[str, dict[str, int]] = field(default_factory=dict)
    two: dict[str, tuple[float, float, int]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values, by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def captions(count: int, which: str, first: int = FIRST_SEED, **fixed: str) -> list[Plan]:
    """So many plans. which: "seen", or one kind of pair that is held out of training. fixed: what all say."""
    said = {name.replace("_", "."): value for name, value in fixed.items()}
    found: list[Plan] = []
    seed = first
    while len(found) < count:
        one = plan(seed, said, which != "seen")
        hue, motion = (
            held_out(one.names["s1.kind"], one.names[f"s1.{o}"]) for o in ("hue", "motion")
        )
        if which == "seen" or (hue, motion) == (which == "held hue", which == "held motion"):
            found.append(one)
        seed += 1
    return found


def couples(count: int, first: int = FIRST_SEED) -> list[Plan]:
    """So many plans of the second stage with two subjects, and settings, palettes and cameras as they come."""
    drawn_from = (plan(seed, stage="many") for seed in itertools.count(first))
    return list(itertools.islice((one for one in drawn_from if "relation" in one.names), count))


def vectors(plans: Sequence[Plan]) -> NDArray[np.float32]:
    """Their label vectors, (n, all labels)."""
    return np.stack([labels(**one.names) for one in plans])


def seeds(plans: Sequence[Plan]) -> list[int]:
    """Their seeds: a film of a plan is drawn from the same number as its drawing."""
    return [one.seed for one in plans]


def real(plans: Sequence[Plan], codec: Codec) -> NDArray[np.uint8]:
    """What the generator draws of them, through the codec."""
    return np.stack([codec.decode(codec.encode(drawn(one)).astype(np.float16)) for one in plans])


def judge_films(
    draw: Draw, probe: Probe, codec: Codec, *, seen: int, held: int, still: int, alike: int
) -> Judged:
    """Draws and reads `seen` films of seen pairs, `held` of each kind of held-out pair, `still` films that stand still,
    and `alike` of each of a few captions."""
    judged = Judged()
    for which in SETS:
        plans = captions(seen if which == "seen" else held, which)
        films = draw(vectors(plans), seeds(plans))
        _read(judged, which, plans, films, probe, by=which == "seen")
        _read(judged, f"{which}, drawings", plans, real(plans, codec), probe)
    _still(judged, draw, codec, still)
    _alike(judged, draw, probe, codec, alike)
    _unsaid(judged, draw, probe, still)
    return judged


def judge_frames(draw: DrawFrames, probe: Probe, codec: Codec, count: int) -> Judged:
    """Kind and hue of single frames: what the first stage learns. draw takes each one's moment from its seed."""
    judged = Judged()
    for which in ("seen", "held hue"):
        plans = captions(count if which == "seen" else max(1, count // 2), which)
        wanted = targets(vectors(plans))[:, :2]
        for name, frames in (
            (which, draw(vectors(plans), seeds(plans))),
            (f"{which}, drawings", real(plans, codec)[:, 8]),
        ):
            right = named_frames(probe, frames) == wanted
            judged.right[name] = {
                slot: (*share(right[:, i]), len(right)) for i, slot in enumerate(NAMED[:2])
            } | {"together": (*share(right.all(1)), len(right))}
            if name == "seen":
                _by(judged, wanted, right, NAMED[:2])
    return judged


def judge_two(judged: Judged, draw: Draw, kinds: Kinds, codec: Codec, count: int) -> None:
    """Draws and reads `count` films of two subjects."""
    plans = couples(count)
    wanted = present(vectors(plans))
    for name, films in (
        ("films", draw(vectors(plans), seeds(plans))),
        ("drawings", real(plans, codec)),
    ):
        right = (two(kinds, films) == wanted).all(1)
        judged.two[name] = (*share(right), len(right))


def _read(
    judged: Judged,
    name: str,
    plans: Sequence[Plan],
    films: NDArray[np.uint8],
    probe: Probe,
    *,
    by: bool = False,
) -> None:
    """Shares of films whose slots the probe reads as they were said."""
    wanted = targets(vectors(plans))
    right = named(probe, films).read == wanted
    judged.right[name] = {slot: (*share(right[:, i]), len(right)) for i, slot in enumerate(NAMED)}
    judged.right[name]["together"] = (*share(right[:, TOGETHER].all(1)), len(right))
    if by:
        _by(judged, wanted, right, NAMED)


def _by(
    judged: Judged, wanted: NDArray[np.int64], right: NDArray[np.bool_], slots: Sequence[str]
) -> None:
    """The same per kind, and per motion where there is one."""
    for slot in ("kind", "motion"):
        if slot not in slots:
            continue
        column = NAMED.index(slot)
        judged.by[slot] = {
            value: (
                *share(right[wanted[:, column] == i, column]),
                int((wanted[:, column] == i).sum()),
            )
            for i, value in enumerate(SLOT[f"s1.{slot}"].values)
            if (wanted[:, column] == i).any()
        }


def _still(judged: Judged, draw: Draw, codec: Codec, count: int) -> None:
    """Flicker of films that should stand still, and how well the codec keeps drawings."""
    plans = captions(count, "seen", FIRST_SEED + 10**6, s1_motion="still")
    films = draw(vectors(plans), seeds(plans))
    judged.flicker["films"] = flicker(films)
    judged.flicker["drawings"] = flicker(real(plans, codec))
    inker = Inker(Index.of(SHIPPED), LARGE)
    shown = np.stack([inker.shown(signed(film)) for film in films[:INKED]])
    judged.flicker["films, inked"] = flicker(shown)
    meant = np.stack([drawn(one, LARGE, FRAMES) for one in plans[:INKED]])
    judged.flicker["drawings, as large"] = flicker(meant)
    drawings = np.stack([drawn(one) for one in captions(count, "seen", FIRST_SEED + 2 * 10**6)])
    coded = codec.decode(codec.encode(drawings).astype(np.float16))
    judged.reconstruction["codec"] = psnr(coded, drawings)


ALIKE: Final[tuple[Mapping[str, str], ...]] = (
    {"s1_kind": "fish", "s1_hue": "red", "s1_motion": "still"},
    {"s1_kind": "house", "s1_hue": "red", "s1_motion": "grows"},
    {"s1_kind": "bird", "s1_hue": "violet", "s1_motion": "sinks"},
    {"s1_kind": "flower", "s1_hue": "yellow", "s1_motion": "sways"},
)


def _alike(judged: Judged, draw: Draw, probe: Probe, codec: Codec, count: int) -> None:
    """How unlike the films of one caption are, beside as many drawings of it."""
    for number, said in enumerate(ALIKE):
        size = {"s1_size": "large", "s1_place": "centre"}
        plans = captions(count, "seen", FIRST_SEED + (3 + number) * 10**6, **said, **size)
        of_drawings = named(probe, real(plans, codec)).seen
        of_films = named(probe, draw(vectors(plans), seeds(plans))).seen
        scale = apart(of_drawings)
        judged.diversity[" ".join(said.values())] = {
            "films": apart(of_films),
            "drawings": scale,
            "films vendi": vendi(of_films, scale),
            "drawings vendi": vendi(of_drawings, scale),
            "of": float(count),
        }


def _unsaid(judged: Judged, draw: Draw, probe: Probe, count: int) -> None:
    """What comes when nothing is said: how often the probe names what."""
    nothing = np.repeat(NOTHING[None], count, 0)
    read = named(probe, draw(nothing, range(FIRST_SEED, FIRST_SEED + count))).read
    for column, slot in enumerate(NAMED):
        values = SLOT[f"s1.{slot}"].values
        counts = {values[i]: int((read[:, column] == i).sum()) for i in range(len(values))}
        judged.unsaid[slot] = {v: n for v, n in sorted(counts.items(), key=lambda p: -p[1]) if n}


def _place(name: str) -> tuple[int, bool]:
    """Where a set stands in a table."""
    which, _, beside = name.partition(", ")
    return (SETS.index(which) if which in SETS else len(SETS)), bool(beside)


def table(judged: Judged) -> str:
    """All figures as markdown."""
    lines: list[str] = []
    if judged.right:
        slots = [slot for slot in READ if slot in next(iter(judged.right.values()))]
        lines += ["| set | films | " + " | ".join(slots) + " |", "|---" * (len(slots) + 2) + "|"]
        for name in sorted(judged.right, key=_place):
            row = judged.right[name]
            cells = [
                f"{percent:.0f} ± {error:.1f}" for percent, error, _ in (row[s] for s in slots)
            ]
            lines.append(f"| {name} | {row['kind'][2]} | " + " | ".join(cells) + " |")
    for slot, values in judged.by.items():
        cells = [
            f"{v} {p:.0f} ({n})" for v, (p, _, n) in sorted(values.items(), key=lambda x: x[1][0])
        ]
        lines += ["", f"By {slot}, seen pairs, percent (films): " + ", ".join(cells) + "."]
    for name, row in judged.flicker.items():
        cells = [f"{what} {value:.2f}" for what, value in row.items()]
        lines += ["", f"Flicker of still {name}: " + ", ".join(cells) + "."]
    if judged.diversity:
        names = list(next(iter(judged.diversity.values())))
        lines += [
            "",
            "| one caption | " + " | ".join(names) + " |",
            "|---" * (len(names) + 1) + "|",
        ]
        for caption, row in judged.diversity.items():
            lines.append(f"| {caption} | " + " | ".join(f"{v:.1f}" for v in row.values()) + " |")
    if judged.two:
        cells = [f"{what} {p:.0f} ± {e:.1f} ({n})" for what, (p, e, n) in judged.two.items()]
        lines += ["", "Two subjects, both kinds named right, percent: " + ", ".join(cells) + "."]
    for what, value in judged.reconstruction.items():
        lines += ["", f"Reconstruction, {what}: {value:.1f} dB."]
    for slot, counts in judged.unsaid.items():
        cells = [f"{value} {count}" for value, count in counts.items()]
        lines += ["", f"When nothing is said, {slot}: " + ", ".join(cells) + "."]
    return "\n".join(lines) + "\n"
