"""`uncaged works`, `info`, `view`, `position`, `delete`: looking at what was made, and letting it go."""

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncaged.archive.telling import sized
from uncaged.cli.agreeing import agreed, may_replace
from uncaged.cli.grouping import print_group
from uncaged.cli.numbers import Whole
from uncaged.cli.opening import json_option, print_json, print_rows, studio, visible
from uncaged.cli.telling import as_record, words_in_a_line
from uncaged.core.adapters import OPTION, of, plain, weighed
from uncaged.core.clock import in_words
from uncaged.core.errors import AskedWrong, FileDamaged, HomeMissing, NotAllowed
from uncaged.core.ids import is_id
from uncaged.engines.fitting import gigabytes

if TYPE_CHECKING:
    from uncaged.archive.finding import Where
    from uncaged.core.score import Score
    from uncaged.studio.studio import Studio
    from uncaged.studio.work import Work


@click.command("works")
@click.option("--limit", default=20, show_default=True, type=Whole(1, 1_000_000), help="How many.")
@click.option("--all", "unkept", is_flag=True, help="Also what waits, failed or was cancelled.")
@click.option("--search", metavar="WORDS", help="Only your own that have all these words.")
@click.option("--tag", help="Only your own with this tag.")
@click.option("--trash", "where", flag_value="trash", help="Only what you threw away.")
@click.option("--hidden", "where", flag_value="hidden", help="Only what the house hides.")
@json_option
def works_command(
    limit: int, unkept: bool, search: str | None, tag: str | None, where: str | None, as_json: bool
) -> None:
    """List works, newest first."""
    if unkept and where is not None:
        raise AskedWrong("All of what is here, or a part of it.", f"Leave out --all, or --{where}.")
    try:
        opened = studio(looking=True)
    except HomeMissing as missing:
        click.echo("[]" if as_json else missing.message + " " + missing.hint)
        return
    with opened as here:
        among: Where = "trash" if where == "trash" else "hidden" if where == "hidden" else "kept"
        if search is not None or tag is not None or among != "kept":
            found = here.find(search or "", tag=tag, where=among, limit=limit)
        else:
            found = [*here.works(limit), *(here.unkept(limit) if unkept else ())]
            found = sorted(found, key=lambda work: -(work.row.kept or work.row.asked))[:limit]
        alone = not here.performed_now()
        if as_json:
            rows = [work.row for work in found]
            print_json(
                [
                    {
                        "id": row.id,
                        "state": row.state,
                        "model": row.model,
                        "text": None if row.score is None else row.score.text,
                        "asked": row.asked,
                        "kept": row.kept,
                    }
                    for row in rows
                ]
            )
            return
        if not found and (search is not None or tag is not None or among != "kept"):
            click.echo(
                "The trash is empty." if among == "trash" else "There is nothing of that here."
            )
        elif not found:
            click.echo(
                'Nothing was made here yet. Try: uncaged make "a slow bird over a blue hill"'
            )
        for work in found:
            click.echo(_line(work, alone))


def _line(work: "Work", alone: bool) -> str:
    row, score = work.row, work.row.score
    text = " ".join(score.text.split()) if score is not None else ""
    text = text or "(drawn from a position)"
    when = in_words(row.kept or row.asked)
    measure = "" if score is None else f"{_length(score)} {score.size[0]}x{score.size[1]}"
    state = "" if row.kept else f"[{row.state.replace('_', ' ')}] "
    if row.state == "in_progress" and alone:
        state = "[left by a process that was ended; `uncaged steward` performs it] "
    return f"{row.id}  {when}  {row.model:<6} {measure:<15} {state}{visible(text[:72])}"


@click.command("info")
@click.argument("work")
@json_option
def info_command(work: str, as_json: bool) -> None:
    """Everything WORK came from: film, score, words, who performed it, versions.

    WORK may be a group: how far it is; or the run of a training: what it has learned so far.
    """
    with studio(looking=True) as here:
        if is_id("group", work.strip()):
            print_group(here, work.strip(), as_json)
            return
        if is_id("run", work.strip()):
            _print_run(here, work.strip(), as_json)
            return
        found = here.work(work)
        if found.row.kept is None:
            _print_unkept(found, as_json)
            return
        if as_json:
            print_json(as_record(found))
            return
        print_rows(_colophon(found))


def _print_run(here: "Studio", run_id: str, as_json: bool) -> None:
    """By a run: how a training stands and what it has learned; of a film, the work that it makes."""
    from uncaged.studio.standing import mine

    run = mine(here, run_id)
    if run.task is not None:
        from uncaged.cli.lesson import print_lesson

        print_lesson(here, run, as_json)
        return
    assert run.work_id is not None
    found = here.work(run.work_id)
    if found.row.kept is None:
        _print_unkept(found, as_json)
    elif as_json:
        print_json(as_record(found))
    else:
        print_rows(_colophon(found))


def _print_unkept(work: "Work", as_json: bool) -> None:
    """A work that waits, is being made, failed or was cancelled."""
    run, score = work.run, work.row.score
    state, reason = run.state, run.reason
    text = "" if score is None else score.text
    if as_json:
        print_json({"id": work.id, "run": run.id, "state": state, "reason": reason, "text": text})
        return
    rows = [
        ("score", text),
        ("work", work.id),
        ("state", state.replace("_", " ")),
        ("reason", reason or ""),
    ]
    print_rows([row for row in rows if row[1]])


def _colophon(work: "Work") -> list[tuple[str, str]]:
    score, run = work.score, work.run
    options = ", ".join(
        f"{name} {_value(value)}"
        for name, value in score.options.items()
        if name != OPTION and value not in (None, "")
    )
    took = f"{run.measured_seconds or 0:.1f} s"
    took += f" and {gigabytes(run.measured_bytes)} of memory" if run.measured_bytes else ""
    recipe = ", ".join(f"{name} {version}" for name, version in (run.recipe or {}).items())
    rows = [
        ("score", score.text or "(none: a position)"),
        ("not seen", score.negative or ""),
        ("work", work.id),
        ("film", _film(work)),
        ("", _kind(work)),
        (
            "",
            _measures(score),
        ),
        ("model", f"{score.model.name}, seed {score.seed}"),
        ("options", options),
        *_adapters(work),
        ("pictures", ", ".join(picture.sha256 for picture in score.pictures)),
        ("own words", ", ".join(score.lexicons)),
        ("understood", work.understood.get("sentence", "")),
        ("", words_in_a_line(work.understood.get("words", []))),
        (
            "kept",
            f"{in_words(work.row.kept or 0)}, {took} to perform, attempt {run.attempt}",
        ),
        ("recipe", recipe),
        (
            "seen by",
            {"nobody": "you alone", "link": "whoever has its link"}.get(
                work.row.visibility, "everybody"
            ),
        ),
    ]
    return [(name, what) for name, what in rows if what]


def _value(value: object) -> str:
    """What an option is, as one tells it from what stands beside it.

    >>> _value(7.0), _value("euler"), _value("people, text")
    ('7', 'euler', '"people, text"')
    """
    if isinstance(value, float):
        return f"{value:g}"
    return json.dumps(value, ensure_ascii=False) if re.search(r"[\s,]", str(value)) else str(value)


def _length(score: "Score") -> str:
    return "picture" if score.is_picture else f"{score.seconds:g} s"


def _measures(score: "Score") -> str:
    size = f"{_length(score)}, {score.size[0]}x{score.size[1]}"
    return (
        size if score.is_picture else f"{size}, {score.fps:g} fps{', loop' if score.loop else ''}"
    )


def _adapters(work: "Work") -> list[tuple[str, str]]:
    """What it was performed with beside its model: each with its weight and its files' hash."""
    genes = dict[str, float]() if work.position is None else work.position.genes
    found = weighed(of(work.score.options), genes)
    return [
        ("adapters" if n == 0 else "", f"{one.called}={plain(one.weight or 0.0)}, {one.hash}")
        for n, one in enumerate(found)
    ]


def _kind(work: "Work") -> str:
    """What the kept file is: its name, a hash, does not say so."""
    named = {"video/mp4": "a film, mp4 (H.264)", "image/png": "a picture, PNG"}
    kind = named.get(work.row.mime or "", work.row.mime or "a file")
    return f"{kind}, {sized(work.row.bytes or 0)}"


def _film(work: "Work") -> str:
    """Where the film lies; where it is missing, that, since everything else is still known."""
    try:
        return str(work.path)
    except (FileDamaged, NotAllowed) as missing:
        return str(missing)


@click.command("view")
@click.argument("work", default="latest")
def view_command(work: str) -> None:
    """Open the film of WORK; on a terminal without a screen it plays in characters."""
    with studio(looking=True) as here:
        found = here.work(work)
        path = found.path
        click.echo(f"{_kind(found)}; `uncaged take {found.id}` gives it a name", err=True)
        screen = (
            sys.platform != "linux"
            or os.environ.get("DISPLAY")
            or os.environ.get("WAYLAND_DISPLAY")
        )
        if screen:
            click.echo(path)
            click.launch(str(path))
        elif sys.stdout.isatty():
            from uncaged.cli.playing import play

            play(found)
            click.echo(path)
        else:
            click.echo(path)


@click.command("position")
@click.argument("work", default="latest")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it here."
)
def position_command(work: str, output: Path | None) -> None:
    """The point that WORK stands at, as JSON: edit it, then `uncaged make --position FILE`."""
    with studio(looking=True) as here:
        found = here.work(work)
        found.check_given()
        position = found.position
        if position is None:
            raise AskedWrong(
                f"{found.row.model} has no space of positions, so {found.id} stands nowhere."
            )
        text = json.dumps(position.to_json(), ensure_ascii=False, indent=1)
        if output is None:
            click.echo(text)
            return
        from uncaged.studio.taking import write_text

        may_replace(output)
        write_text(here, output, text + "\n")
        click.echo(f"{output}: {len(position.genes)} genes, {len(position.seeds)} seeds")


@click.command("delete")
@click.argument("work")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete_command(work: str, yes: bool) -> None:
    """Delete WORK. Its words, pictures and film are gone; an empty stone stays, so that children keep their parents."""
    with studio() as here:
        found = here.work(work)
        text = found.row.score.text if found.row.score else ""
        if not yes and not agreed(f"{found.id} {text[:60]!r} will be gone for ever. Delete it?"):
            click.echo("It stays.")
            return
        here.delete(found)
        click.echo(f"{found.id} is deleted.")
