"""Which adapters a score is performed with, and how strongly: as people type it, and as it stands in a score.

A text, like ``my-style=0.8 other=-0.5``; in a score with the SHA-256 of each one's files: ``my-style@9f86…=0.8``. Where
a model has several networks, one of them may be meant: ``low:transformer_2=0.8``. Needs
no torch, and knows no shelf.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from uncaged.core import numbers
from uncaged.core.errors import AskedWrong
from uncaged.core.score import finite, shown
from uncaged.core.words import _

OPTION: Final = "adapters"
"""The option of a model that takes some."""

MOST: Final = 16
"""Adapters of a film, at most: each of them takes memory and time."""

ONE: Final = re.compile(
    r"(?P<name>[^\s,;:=@]+)(?::(?P<network>[^\s,;:=@]+))?(?:@(?P<hash>[0-9a-f]{64}))?"
    r"(?:=(?P<weight>[^\s,;:=@]+))?"
)
GENE: Final = re.compile(r"adapter [^\s,;=@]+")
"""The gene that says how strong one is."""

MOVES: Final = 0.2
"""How far that gene usually moves."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An adapter. hash: SHA-256 of its files, empty where only its name was said. weight: None: as the position says,
    and 1 where that says nothing. network: of a model with several, the one it is for; empty: as its file says, and all
    of them where that says nothing."""

    name: str
    hash: str = ""
    weight: float | None = None
    network: str = ""

    @property
    def called(self) -> str:
        """Its name, and its network where one was said."""
        return f"{self.name}:{self.network}" if self.network else self.name

    @property
    def gene(self) -> str:
        """What its weight is called in a position."""
        return f"adapter {self.called}"

    def __str__(self) -> str:
        exact = f"@{self.hash}" if self.hash else ""
        return f"{self.called}{exact}" + ("" if self.weight is None else f"={plain(self.weight)}")


def plain(weight: float) -> str:
    """A number as it is typed, to its last digit.

    >>> plain(0.8), plain(-1.0)
    ('0.8', '-1')
    """
    return str(int(weight)) if weight.is_integer() and abs(weight) < 1e15 else repr(weight)


def read(given: object) -> tuple[Chosen, ...]:
    """What was said, in order. given: a text, an object of names and weights, or a list of texts and objects with a
    `name` (or `id`), and perhaps a `hash` and a `weight` (or `scale`). Raises `AskedWrong`.

    >>> [str(one) for one in read({"my-style": 0.8, "other": -0.5})]
    ['my-style=0.8', 'other=-0.5']
    """
    if isinstance(given, str):
        found = tuple(map(_one, re.findall(r"[^\s,;]+", given)))
    elif isinstance(given, Mapping):
        rows = cast("Mapping[object, object]", given)
        alone = isinstance(rows.get("name", rows.get("id")), str)
        found = (
            (_row(rows),)
            if alone
            else tuple(_named(name, "", weight) for name, weight in rows.items())
        )
    elif isinstance(given, Sequence) and not isinstance(given, bytes):
        parts = cast("Sequence[object]", given)
        found = tuple(one for part in parts for one in (_row(part),))
    else:
        raise _wrong(given)
    names = [one.called.casefold() for one in found]
    for n, one in enumerate(found):
        if one.called.casefold() in names[:n]:
            raise AskedWrong(
                _("The adapter %(name)s is named twice.") % {"name": one.name},
                _("Name it once, with the sum of both weights."),
                OPTION,
            )
    if len(found) > MOST:
        raise AskedWrong(
            _("%(count)s adapters are too many for one film; %(most)s is the most.")
            % {"count": len(found), "most": MOST},
            about=OPTION,
        )
    return found


def _one(text: str) -> Chosen:
    match = ONE.fullmatch(text)
    if match is None:
        raise _wrong(text)
    weight = match["weight"]
    try:
        number = None if weight is None else numbers.number(weight)
    except ValueError:
        raise _wrong(text) from None
    return _named(text.partition("@")[0].partition("=")[0], match["hash"] or "", number)


def _row(part: object) -> Chosen:
    if isinstance(part, str):
        found = read(part)
        if len(found) == 1:
            return found[0]
    elif isinstance(part, Mapping):
        row = {str(key): value for key, value in cast("Mapping[object, object]", part).items()}
        known = {"name", "id", "hash", "weight", "scale"}
        name, weight = row.get("name", row.get("id")), row.get("weight", row.get("scale"))
        if not row.keys() - known:
            if isinstance(weight, str):  # a form sends texts
                return _one(f"{name}={weight}")
            return _named(name, row.get("hash", ""), weight)
    raise _wrong(cast("object", part))


def _named(name: object, hash_: object, weight: object) -> Chosen:
    if not isinstance(name, str) or not isinstance(hash_, str):
        raise _wrong(name)
    match = ONE.fullmatch(f"{name}@{hash_}" if hash_ else name)
    if match is None or match["weight"] is not None:
        raise _wrong(name)
    said = _("The weight of the adapter %(name)s") % {"name": match["name"]}
    number = None if weight is None else finite(weight, said)
    return Chosen(match["name"], match["hash"] or "", number, match["network"] or "")


def _wrong(given: object) -> AskedWrong:
    return AskedWrong(
        _("%(given)s names no adapter and its weight.") % {"given": shown(given)},
        _("For example my-style=0.8; several with a space between them."),
        OPTION,
    )


def written(chosen: Iterable[Chosen]) -> str:
    """The text that `read` reads."""
    return " ".join(map(str, chosen))


def of(options: Mapping[str, Any]) -> tuple[Chosen, ...]:
    """Those of a score's options; none where its model takes none, or means something else by that name."""
    try:
        return read(options.get(OPTION, ""))
    except AskedWrong:
        return ()


def weighed(chosen: Iterable[Chosen], genes: Mapping[str, float]) -> tuple[Chosen, ...]:
    """The same, each with its weight: what was said, else what the position says, else 1."""
    return tuple(
        replace(one, weight=genes.get(one.gene, 1.0)) if one.weight is None else one
        for one in chosen
    )


def inherited(parents: Iterable[Mapping[str, Any]]) -> str:
    """What children of such options are performed with: those of every parent, as strong as their positions say.

    Raises `AskedWrong` where two of them have one name.
    """
    found: dict[str, Chosen] = {}
    for options in parents:
        for one in of(options):
            same = found.setdefault(one.called.casefold(), replace(one, weight=None))
            if same.hash != one.hash:
                raise AskedWrong(
                    _("These were made with two adapters that are both called %(name)s.")
                    % {"name": one.name},
                    _("Choose works that were made with the same one."),
                    "parents",
                )
    return written(found.values())
