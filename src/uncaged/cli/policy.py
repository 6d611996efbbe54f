"""`uncaged policy`: what holds, whether a file could be followed, and what it would do to a crowd."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from uncaged.cli.numbers import Whole
from uncaged.cli.opening import json_option, print_json, print_rows, studio
from uncaged.core.clock import in_words
from uncaged.core.errors import HomeMissing, HomeUnusable
from uncaged.core.settings import read_settings
from uncaged.engines.registry import engines

if TYPE_CHECKING:
    from uncaged.queue.following import Followed
    from uncaged.queue.policy import Policy
    from uncaged.studio.allowing import Wanted


@click.group("policy", invoke_without_command=True)
@json_option
@click.pass_context
def policy_command(ctx: click.Context, as_json: bool) -> None:
    """Who may ask for how much, and whose turn it is: the policy that holds.

    It stands in policy.toml in the studio's folder; docs/policy.md explains every line of it.
    """
    if ctx.invoked_subcommand is not None:
        return
    holds, path = _holding()
    there, odd = path.exists(), _careful(holds.policy)
    if as_json:
        print_json(
            {
                "hash": holds.policy.hash,
                "since": holds.since or None,
                "mistake": holds.mistake or None,
                "careful": list(odd),
                "policy": holds.policy.to_json(),
            }
        )
        return
    since = f", since {in_words(holds.since)}" if holds.since else ""
    source = str(path) if there else f"the defaults; {path} would change them"
    print_rows([("policy", f"{holds.short_hash}{since}"), ("", source)])
    if holds.mistake:
        print_rows(
            [("mistake", f"{holds.mistake} Until it is mended, the last good policy holds.")]
        )
    _tell_careful(odd)
    print_rows(_rows(holds.policy.to_json()))


@policy_command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check_policy(file: Path) -> None:
    """Whether FILE could be followed, its hash, and who could not make with which models; nothing is changed."""
    from uncaged.core.reading import read_file
    from uncaged.queue import policy

    said = policy.read(read_file(file, "The policy", policy.LARGEST), file.name)
    click.echo(f"{file} can be followed. {said.hash[:12]}")
    _tell_careful(_careful(said))
    print_rows(list(_without(said).items()))


def _careful(said: "Policy") -> Sequence[str]:
    """What it says that it can hardly mean."""
    from uncaged.studio.careful import careful

    return careful(said, _known())


def _tell_careful(odd: Sequence[str]) -> None:
    print_rows([("careful" if n == 0 else "", one) for n, one in enumerate(odd)])


def _known() -> "Sequence[Wanted]":
    """The models and adapters that are here; those that come with the studio where there is none yet."""
    from uncaged.studio import allowing

    try:
        with studio(looking=True) as here:
            return allowing.known(here)
    except (HomeMissing, HomeUnusable):
        return [allowing.wanted(one) for one in engines().values()]


def _without(said: "Policy") -> dict[str, str]:
    """By kind of people the models and adapters here that they may not make with."""
    from uncaged.studio import allowing

    if not said.restricts_models:
        return {}
    found: dict[str, list[str]] = {}
    for one in _known():
        for kind in allowing.without(said, one):
            found.setdefault(kind, []).append(one.name)
    return {kind: f"not with {', '.join(names)}" for kind, names in found.items()}


@policy_command.command("try")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--days", default=5, show_default=True, type=Whole(1, 100))
@json_option
def try_policy(file: Path | None, days: int, as_json: bool) -> None:
    """Play an invented day with FILE (or the policy that holds): how long would whom wait?"""
    from uncaged.core.reading import read_file
    from uncaged.queue import policy, trial

    if file is None:
        said = _holding()[0].policy
    else:
        said = policy.read(read_file(file, "The policy", policy.LARGEST), file.name)
    crowds = {"mild": trial.MILD, "heavy": trial.HEAVY}
    means = {
        name: trial.told(trial.play(said.rules(), day, seed) for seed in range(days))
        for name, day in crowds.items()
    }
    if as_json:
        print_json(means)
        return
    click.echo(
        "Two performers, 200 guests, 20 members, one flooder with 300 films; minutes until the first film.\n"
    )
    for name, told in means.items():
        print_rows(
            [
                (
                    name,
                    f"guests {told['guest_median']:.1f}, at the longest {told['guest_max']:.1f}",
                ),
                (
                    "",
                    f"members {told['member_median']:.1f}, at the longest {told['member_max']:.1f}",
                ),
                (
                    "",
                    f"members get {told['members']:.0%} of the devices, the flooder {told['flooder']:.0%}",
                ),
            ]
        )


def _holding() -> "tuple[Followed, Path]":
    """The policy that holds, and where its file is; the defaults where there is no studio yet."""
    from uncaged.queue import following

    try:
        with studio(looking=True) as here, here.archive.read() as conn:
            return following.look(conn, here.policy), here.policy
    except HomeMissing:
        path = read_settings().home / "policy.toml"
        return following.Followed(following.read_now(path)), path


def _rows(value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The whole policy, as its file would say it."""
    rows: list[tuple[str, str]] = []
    for table in ("line", "door", "licences"):
        said = [f"{name} = {_said(v)}" for name, v in value[table].items()]
        rows += [(f"[{table}]" if n == 0 else "", text) for n, text in enumerate(said)]
    for kind, bounds in value["class"].items():
        said = [f"{name} = {_said(v)}" for name, v in bounds.items() if v not in (None, [])]
        rows.append((kind, ", ".join(said) + ("" if len(said) > 1 else ", no bounds")))
    if value["weights"]:
        rows.append(
            ("[weights]", ", ".join(f"{n} = {_said(v)}" for n, v in value["weights"].items()))
        )
    return rows


def _said(value: Any) -> str:
    if value is None:
        return '"none"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(f'"{one}"' for one in cast("list[str]", value)) + "]"
    return f"{value:g}" if isinstance(value, float) else str(value)
