"""The addresses of the web, one small function each: who may, which page, which template.

A page of the first release stays here; every address appears in docs/web.md.
"""

from fastapi import APIRouter

from uncaged.web.routes import (
    comparing,
    doors,
    fetches,
    films,
    grow,
    house,
    joining,
    line,
    machine,
    making,
    open,
    people,
    reading,
    sharing,
    training,
    works,
)

router = APIRouter()
for room in (
    making,
    grow,
    comparing,
    works,
    sharing,
    films,
    line,
    training,
    doors,
    people,
    joining,
    house,
    open,
    fetches,
    reading,
    machine,
):
    router.routes += room.router.routes
