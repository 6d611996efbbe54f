"""The addresses of the web, one small function each: who may, which page, which template.

A page of the first release stays here; every address appears in docs/web.md.
"""

from fastapi import APIRouter

from uncaged.web.routes import (
    doors,
    films,
    house,
    line,
    machine,
    making,
    open,
    reading,
    sharing,
    works,
)

router = APIRouter()
for room in (
    making,
    works,
    sharing,
    films,
    line,
    doors,
    house,
    open,
    reading,
    machine,
):
    router.routes += room.router.routes
