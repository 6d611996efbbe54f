"""Writes ``clients/openapi.json`` from the routes of ``/v1`` and their records: run it after changing either.

A test holds that the file is what this writes.
"""

import json
from pathlib import Path

from uncaged.web.v1.routes import described

TARGET = Path(__file__).parents[1] / "clients" / "openapi.json"


def document() -> str:
    """The whole file."""
    return json.dumps(described(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(document(), "utf-8")
