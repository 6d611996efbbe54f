"""The addresses of the web, one small function each: who may, which page, which template.

A page of the first release stays here; every address appears in docs/web.md.
"""

from fastapi import APIRouter

from uncaged.web.routes import doors, joining, line, machine, making, people, works

router = APIRouter()
for room in (making, works, line, doors, people, joining, machine):
    router.routes += room.router.routes
