"""What a model does badly, in words, from the figures of a judging. Knows no model and no probe."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from uncaged.engines.seedling.grammar import SLOT

BOUND: Final = 80.0
"""Percent below which a kind or a motion is called weak."""

SURE: Final = 85.0
"""Percent of drawings that the probe has to name right before its word counts."""

NAMED: Final = 5
"""Weak ones that are named, the worst first; of the others it is said how many there are."""

FELL: Final = 5.0
"""Percent by which a pair that was never seen may stay behind before it is said; and two standard errors."""

RESTLESS: Final = 3.0
"""How many times as much as drawings still films may flicker."""

UNSEEN: Final = 0.1
"""Levels of 255 a frame that nobody sees."""

ALIKE: Final = 0.75
"""Share of the drawings' diversity below which the films of one sentence are called alike."""

OFTEN: Final = 3.0
"""How many times its even share something may come when nothing is said."""

UNJUDGED: Final = "It was not judged: nobody has measured what it can do."

Figures = Mapping[str, Any]


def weak(judged: Figures | None) -> list[str]:
    """Sentences, the kinds first; one that says so where nothing weak was found, or nothing was measured."""
    if not judged or not judged.get("right"):
        return [UNJUDGED]
    found = [
        *_blind(judged["right"]),
        *_values(judged, "kind", "Of what it draws, these are named right least"),
        *_values(judged, "motion", "Of how things move, these are named right least"),
        *_behind(judged["right"]),
        *_restless(judged.get("flicker", {})),
        *_alike(judged.get("diversity", {})),
        *_favourites(judged.get("unsaid", {})),
    ]
    if "motion" not in judged["right"].get("seen", {}):
        found.append("Single frames alone were judged: nobody has measured how things move.")
    return found or [f"In no kind and no motion fewer than {BOUND:g} % are named right."]


def _blind(right: Figures) -> Iterator[str]:
    """What the probe cannot name in the drawings themselves: then the figures speak of it, not of the model."""
    ceiling: Mapping[str, Sequence[float]] = right.get("seen, drawings", {})
    slots = [
        f"{slot} {ceiling[slot][0]:.0f} %"
        for slot in ("kind", "hue", "motion")
        if slot in ceiling and ceiling[slot][0] < SURE
    ]
    if slots:
        yield (
            f"The probe itself is weak: of the drawings it names right {', '.join(slots)}. "
            "What follows says as much of it as of the model."
        )


def _values(judged: Figures, slot: str, head: str) -> Iterator[str]:
    values: Mapping[str, Sequence[float]] = judged.get("by", {}).get(slot, {})
    below = sorted((row[0], name, row[2]) for name, row in values.items() if row[0] < BOUND)
    if not below:
        return
    named = ", ".join(f"{name} {right:.0f} % of {films:g}" for right, name, films in below[:NAMED])
    more = len(below) - NAMED
    rest = f"; {more} more are below {BOUND:g} %" if more > 0 else ""
    yield f"{head}: {named}{rest}."


def _behind(right: Figures) -> Iterator[str]:
    """Sets of pairs that it never saw, and fell behind the others in."""
    seen = right.get("seen", {})
    for name, row in right.items():
        if not name.startswith("held") or name.endswith("drawings"):
            continue
        for slot, (percent, error, _films) in row.items():
            if slot not in seen or slot not in ("kind", "hue", "motion"):
                continue
            lost = seen[slot][0] - percent
            if lost > max(FELL, 2 * (error**2 + seen[slot][1] ** 2) ** 0.5):
                yield (
                    f"Where a {name.removeprefix('held ')} was never seen with a kind, {slot} is right in "
                    f"{percent:.0f} %, not in {seen[slot][0]:.0f} %."
                )


def _restless(flicker: Figures) -> Iterator[str]:
    """By what a person sees, where that was measured."""
    for one, other in (("films, inked", "drawings, as large"), ("films", "drawings")):
        films, drawings = (flicker.get(name, {}).get("everywhere") for name in (one, other))
        if films is None or drawings is None:
            continue
        if films > max(RESTLESS * drawings, UNSEEN):
            much = (
                f"{films / drawings:.0f} times as much as drawings"
                if drawings
                else "drawings not at all"
            )
            yield f"What should stand still flickers by {films:.2f} of 255 levels a frame, {much}."
        return


def _alike(diversity: Figures) -> Iterator[str]:
    for said, row in diversity.items():
        if row["films vendi"] < ALIKE * row["drawings vendi"]:
            yield (
                f"Films of “{said}” are alike: {row['films vendi']:.1f} different ones of {row['of']:.0f}, "
                f"where drawings have {row['drawings vendi']:.1f}."
            )


def _favourites(unsaid: Figures) -> Iterator[str]:
    for slot in ("kind", "motion", "hue"):
        counts: Mapping[str, int] = unsaid.get(slot, {})
        even = len(SLOT[f"s1.{slot}"].values)
        total = sum(counts.values())
        if not total:
            continue
        name, most = max(counts.items(), key=lambda pair: pair[1])
        if most > max(OFTEN, OFTEN * total / even):
            yield f"When nothing is said, the {slot} is {name} in {100 * most / total:.0f} % of films."
