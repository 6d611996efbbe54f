"""What a model said it understood, of several runs at once: the sentence by which a film is described.

Knows nobody's rights: ask only about runs of works that the person may see.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from uncaged.archive import stored
from uncaged.archive.run import Run
from uncaged.archive.tables import runs
from uncaged.core.order import BROKE_OFF


def notes(run: Run) -> tuple[str, ...]:
    """What is to be known of a kept work beside it: that it was not drawn to its end, and why."""
    said = (run.recipe or {}).get(BROKE_OFF)
    return (said,) if isinstance(said, str) else ()


def sentences(conn: Connection, run_ids: Sequence[str]) -> Mapping[str, str]:
    """What did the model understand in these runs, in a sentence? By run; a few hundred at most.

    A run of which the model said nothing is left out.
    """
    wanted = select(runs.c.id, runs.c.understood).where(runs.c.id.in_(run_ids))
    found: dict[str, str] = {}
    for row in conn.execute(wanted.where(runs.c.understood.is_not(None))):
        with stored.reading(row.id):
            said = stored.mapping(row.understood)
        sentence = None if said is None else said.get("sentence")
        if isinstance(sentence, str) and sentence.strip():
            found[row.id] = sentence.strip()
    return found
