"""Labels as a person types them: ``bird=-1 s1.hue.red=0.5``. Any real number; a name may be short where it is clear."""

from collections.abc import Mapping
from typing import Any, Final, cast

from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.numbers import number
from uncaged.core.score import finite, shown
from uncaged.core.words import _
from uncaged.engines.seedling.genome import LABELS

MOST: Final = 1000
"""Labels that are given at a time, at most; there are not half as many."""


def read_labels(given: object) -> dict[str, float]:
    """Labels by their whole names, from ``NAME=VALUE NAME=VALUE`` (commas may part them) or an object of numbers.

    Raises `AskedWrong` for a name that is none or could be several, and for what is no finite number.
    """
    pairs: list[tuple[str, Any]]
    if isinstance(given, str):
        pairs = [_pair(part) for part in given.replace(",", " ").split()]
    elif isinstance(given, Mapping):
        pairs = [(str(name), value) for name, value in cast("Mapping[Any, Any]", given).items()]
    else:
        raise AskedWrong(
            _("Labels are names with numbers, like bird=-1, not %(given)s.")
            % {"given": shown(given)},
            about="labels",
        )
    if len(pairs) > MOST:
        raise AskedWrong(_("These are too many labels."), about="labels")
    return {whole_name(name): finite(value, f"The label {name}") for name, value in pairs}


def written(labels: Mapping[str, float]) -> str:
    """The same labels as text, names in order, so that equal labels are equal texts."""
    return " ".join(f"{name}={labels[name]!r}" for name in sorted(labels))


def whole_name(name: str) -> str:
    """``bird`` → ``s1.kind.bird``: the first subject's where only subjects have it. Raises `AskedWrong`."""
    if name in LABELS:
        return name
    found = [label for label in LABELS if label.endswith(f".{name}")]
    if not found:
        short = [label.rpartition(".")[2] for label in LABELS]
        raise AskedWrong(
            _("There is no label called %(name)s.") % {"name": shown(name)},
            nearest(name, [*dict.fromkeys(short), *LABELS]),
            "labels",
        )
    first = [label for label in found if not label.startswith("s2.")]
    if len(first) > 1:
        raise AskedWrong(
            _("%(name)s can be several labels.") % {"name": shown(name)},
            _("Say which: %(names)s.") % {"names": ", ".join(first)},
            "labels",
        )
    return first[0] if first else found[0]


def _pair(part: str) -> tuple[str, float]:
    name, equals, value = part.rpartition("=")
    try:
        if not equals:
            raise ValueError
        return name, number(value)
    except ValueError:
        raise AskedWrong(
            _("A label is a name and a number, like bird=-1, not %(part)s.")
            % {"part": shown(part)},
            about="labels",
        ) from None
