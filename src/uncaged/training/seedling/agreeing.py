"""Whether a leg may go on from a checkpoint: recipe, drawings, code and torch, compared and shown as a table.

Another network cannot go on; anything else may, once somebody has seen the table and said so.
"""

import hashlib
import io
import tokenize
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from uncaged.core.errors import AskedWrong
from uncaged.training.seedling.recipe import Recipe, differences

MATTERING = (
    "feeding", "gossip", "joining", "layers", "network", "objective", "saying", "training", "weights",
)  # fmt: skip
"""Modules that decide what is learned."""

NETWORK = ("size", "slots")
"""What decides the shapes of the weights."""

Row = tuple[str, str, str]


def code(modules: Sequence[str] = MATTERING) -> str:
    """SHA-256 of the code that decides what is learned, without its comments, docstrings and line breaks."""
    digest = hashlib.sha256()
    for name in modules:
        source = (files("uncaged.training.seedling") / f"{name}.py").read_text("utf-8")
        digest.update(f"{name}\n{bare(source)}\n".encode())
    return digest.hexdigest()


def bare(source: str) -> str:
    """Python source as its tokens, without what changes nothing: comments, docstrings, blank lines, line breaks.

    >>> bare('"Says."\\nx = [1, 2]  # two') == bare('x = [\\n    1,\\n    2]\\n')
    True
    """
    kept: list[str] = []
    fresh = True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER):
            continue
        layout = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
        if not (fresh and token.type == tokenize.STRING):
            kept.append(str(token.type) if layout else token.string)
        fresh = layout
    return " ".join(kept)


def compare(old: Mapping[str, Any], new: Mapping[str, Any], recipe: Recipe) -> list[Row]:
    """What differs between a checkpoint and what is asked for now: (what, then, now) each.

    old, new: with "recipe", "slots", "data", "code" and "torch", whose other versions round otherwise; recipe is new's.
    """
    try:
        rows: list[Row] = list(differences(Recipe.from_json(old["recipe"]), recipe))
    except AskedWrong as error:
        rows = [("recipe", error.message, "as this version knows it")]
    if old["slots"] != new["slots"]:
        rows.append(("slots", _slots(old["slots"]), _slots(new["slots"])))
    rows += [
        (name, str(old[name])[:16], str(new[name])[:16])
        for name in ("data", "code", "torch")
        if old[name] != new[name]
    ]
    return rows


def insist(rows: Sequence[Row], where: str, *, accepted: bool) -> None:
    """Raises `AskedWrong` where the network differs, or anything else that nobody has accepted."""
    fatal = [row for row in rows if row[0] in NETWORK]
    if fatal:
        raise AskedWrong(
            f"The checkpoint in {where} is of another network.\n{table(fatal)}",
            "Begin a leg of its own in another folder.",
        )
    if rows and not accepted:
        raise AskedWrong(
            f"The leg in {where} was begun differently.\n{table(rows)}",
            "Go on as it was begun, or accept the changes.",
        )


def table(rows: Sequence[Row]) -> str:
    """The rows as a markdown table.

    >>> print(table([("seed", "0", "1")]))
    | what | then | now |
    |---|---|---|
    | seed | 0 | 1 |
    """
    head = "| what | then | now |\n|---|---|---|\n"
    return head + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _slots(slots: Sequence[Sequence[Any]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in slots)
