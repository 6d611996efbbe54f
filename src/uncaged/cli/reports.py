"""`uncaged report`: what was reported of films that were shown, and what keepers decide about it."""

from typing import TYPE_CHECKING, Any

import click

from uncaged.cli.opening import json_option, print_json, print_rows, studio, visible
from uncaged.core.clock import in_words

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from uncaged.archive.reports import Report
    from uncaged.queue.policy import House
    from uncaged.studio.studio import Studio

WHY = {
    "me": "it shows me",
    "somebody": "it shows somebody who did not agree",
    "mine": "it is my work, or made from it",
    "hurts": "it threatens or degrades somebody",
    "law": "it breaks a law",
    "rule": "it breaks a rule of this house",
    "else": "something else",
}
VERDICTS = ("show", "sentence", "hide", "delete")


@click.group("report")
def report_command() -> None:
    """What was reported, and what becomes of it."""


@report_command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also the last hundred that are decided.")
@json_option
def list_reports(everything: bool, as_json: bool) -> None:
    """Reports that wait for a decision, the oldest first."""
    from uncaged.archive import quarantine, reports

    with studio(looking=True) as here, here.archive.read() as conn:
        found = [*reports.waiting(conn, 1000)]
        if everything:
            found += reports.decided_last(conn, 100)
        hidden = {one.work_id: quarantine.facts(conn, one.work_id).hidden for one in found}
    if as_json:
        print_json([_report(one) | {"hidden": hidden[one.work_id]} for one in found])
        return
    if not found:
        click.echo("Nothing is open.")
    for one in found:
        state = "hidden" if hidden[one.work_id] else "not hidden"
        what = "appeal" if one.appealed else "open" if one.decided is None else "decided"
        click.echo(
            f"{one.n:>5}  {in_words(one.created)}  {one.work_id}  {what}, {state}  {WHY[one.why]}"
        )


@report_command.command("show")
@click.argument("number", type=click.IntRange(1))
@json_option
def show_report(number: int, as_json: bool) -> None:
    """Everything that happened in report NUMBER."""
    with studio(looking=True) as here:
        _print(here, number, as_json)


@report_command.command("take")
@click.argument("number", type=click.IntRange(1))
@json_option
def take_report(number: int, as_json: bool) -> None:
    """Take report NUMBER on: the others see that you decide it."""
    from uncaged.studio import deciding

    with studio() as here:
        deciding.take_on(here, number, here.person)
        _print(here, number, as_json)


@report_command.command("decide")
@click.argument("number", type=click.IntRange(1))
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--reason", "reasons", required=True, help="For both sides; it stands in the book.")
@click.option("--rule", type=click.IntRange(1), help="Which rule of the house; without it: none.")
@click.option(
    "--sentence", default="", help="What stands beside the film, with the verdict sentence."
)
@json_option
def decide_report(
    number: int, verdict: str, reasons: str, rule: int | None, sentence: str, as_json: bool
) -> None:
    """Decide report NUMBER: show it again, show it with a sentence beside it, hide it, delete it.

    \b
    uncaged report decide 31 hide --rule 1 --reason "She did not agree, and it is she."
    """
    from uncaged.studio import deciding
    from uncaged.studio.deciding import Ruling

    with studio() as here:
        done = deciding.decide(here, number, here.person, Ruling(verdict, reasons, rule, sentence))
        if done.decision is None:
            click.echo(
                "It is hidden, and deleted once the second keeper decides the same.", err=True
            )
        _print(here, number, as_json)


@report_command.command("answer")
@click.argument("number", type=click.IntRange(1))
@click.argument("words")
@json_option
def answer_report(number: int, words: str, as_json: bool) -> None:
    """Say WORDS about report NUMBER, as the maker of the film or as whoever reported it."""
    from uncaged.studio import reporting

    with studio() as here:
        reporting.answer(here, number, _side(here, number), here.person, words)
        _print(here, number, as_json)


@report_command.command("appeal")
@click.argument("number", type=click.IntRange(1))
@click.argument("words")
@json_option
def appeal_report(number: int, words: str, as_json: bool) -> None:
    """Do not agree with what was decided: somebody else decides anew."""
    from uncaged.studio import reporting

    with studio() as here:
        side = _side(here, number)
        reporting.appeal(here, _policy(here), number, side, here.person, words)
        _print(here, number, as_json)


def _policy(here: "Studio") -> "House":
    from uncaged.queue import following

    with here.archive.read() as conn:
        return following.look(conn, here.policy).policy.house


def _side(here: "Studio", number: int) -> Any:
    from uncaged.archive import reports
    from uncaged.core.errors import NotAllowed
    from uncaged.studio import reporting

    with here.archive.read() as conn:
        side = reporting.side_of(here, conn, reports.get(conn, number), here.person)
    if side is None:
        raise NotAllowed(
            "You made neither the film nor the report.",
            f"Decide it: uncaged report decide {number} …",
        )
    return side


def _print(here: "Studio", number: int, as_json: bool) -> None:
    with here.archive.read() as conn:
        told = _whole(conn, number)
    if as_json:
        print_json(told)
        return
    rows = [
        ("report", f"{number}, {in_words(told['created'])}"),
        ("about", told["work_id"] + (", hidden" if told["hidden"] else "")),
        ("says", WHY[told["why"]]),
    ]
    rows += [
        (in_words(one["happened"])[5:16], f"{one['author']}: {one['words'] or '–'}")
        for one in told["lines"]
    ]
    for one in told["decisions"]:
        rule = "no rule" if one["rule"] is None else f"rule {one['rule']}"
        rows.append(("decided", f"{one['verdict']} ({rule}): {one['reasons']}"))
    if told["open"]:
        names = ", ".join(told["may_decide"]) or "nobody: name another keeper"
        rows.append(("may decide", names))
    print_rows(rows)


def _whole(conn: "Connection", number: int) -> dict[str, Any]:
    from uncaged.archive import decisions, quarantine, reports
    from uncaged.studio import deciding

    report = reports.get(conn, number)
    work = quarantine.facts(conn, report.work_id)
    lines = [
        {name: getattr(one, name) for name in one.__slots__} for one in reports.lines(conn, number)
    ]
    made = decisions.of_report(conn, number)
    may = deciding.bench(conn, report).can if report.open else ()
    return _report(report) | {
        "open": report.open,
        "hidden": work.hidden,
        "deleted": work.deleted,
        "lines": lines,
        "decisions": [{name: getattr(one, name) for name in one.__slots__} for one in made],
        "may_decide": [visible(one.name or one.kind) for one in may],
    }


def _report(report: "Report") -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__slots__ if name != "mark"}
