"""What a model said it understood, of several runs at once: the sentence by which a film is described.

Knows nobody's rights: ask only about runs of works that the person may see.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from uncaged.archive import stored
from uncaged.archive.tables import runs


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
