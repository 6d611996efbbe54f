"""Bringing an archive up to date with Alembic. Imported only where one is behind: Alembic is slow to import.

Knows no table: what changes stands in ``migrations/versions``.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, update

from uncaged.archive import recognising, turns, views
from uncaged.archive.tables import studio
from uncaged.core.errors import ArchiveBroken

MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(engine: Engine, folder: Path = MIGRATIONS) -> int:
    """Every migration the database has not had, then triggers and views anew: all of it or nothing.

    Returns the schema's number. A batch migration copies a table and drops the old one, so foreign keys
    rest meanwhile and are checked before the commit.
    """
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    head = ScriptDirectory.from_config(config).get_current_head()
    schema = int(head or 0)
    with engine.connect().execution_options(writes=True) as connection:
        raw = connection.connection.cursor()
        # Neither can be changed inside a transaction.
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                views.drop(connection)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                views.create(connection)
                turns.find_anew(connection)
                recognising.mark(connection)
                connection.execute(update(studio).values(schema_version=schema))
                lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if lost:
                    raise ArchiveBroken(
                        f"Bringing the archive to schema {schema} would have torn {len(lost)} rows from what they "
                        "belong to, so nothing was changed.",
                        "Please report this, with the two versions; the older one still opens the archive.",
                    )
        finally:
            raw.execute("PRAGMA foreign_keys = ON")
            raw.close()
    return schema
