"""Numbers for whoever watches over the studio, as OpenMetrics text. Nothing in it says who did what."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from uncaged.archive import performers, watching
from uncaged.web.counting import BOUNDS
from uncaged.web.here import Here

MIME = "application/openmetrics-text; version=1.0.0; charset=utf-8"


def text(here: Here) -> str:
    """All of it, as of now."""
    with here.studio.archive.read() as conn:
        runs = watching.counts(conn)
        there = performers.all_of_them(conn)
    busy = {one.desk for one in there if one.run_id is not None}
    lines = [
        *_gauge(
            "uncaged_runs",
            "Runs by state and lane.",
            [({"state": state, "lane": lane}, n) for state, lane, n in runs],
        ),
        *_gauge(
            "uncaged_performers",
            "Performers by what they do.",
            [
                ({"doing": "busy"}, len(busy)),
                ({"doing": "idle"}, len({one.desk for one in there} - busy)),
            ],
        ),
        *_gauge(
            "uncaged_performer_deaths",
            "Deaths of performers under the present steward.",
            [({}, sum(one.deaths for one in there if one.number == one.desk))],
        ),
        *_counted(here),
        "# EOF",
    ]
    return "\n".join(lines) + "\n"


def _counted(here: Here) -> Iterator[str]:
    """What this web process has counted since it began."""
    counts, writer = here.web.counts, here.studio.writer
    yield from _head("uncaged_commits", "counter", "Common commits of this web process.")
    yield f"uncaged_commits_total {0 if writer is None else writer.commits}"
    yield from _head("uncaged_requests", "counter", "Requests by route and status.")
    for (method, route, status), count in sorted(counts.requests.items()):
        labels = _labels({"method": method, "route": route, "status": str(status)})
        yield f"uncaged_requests_total{labels} {count}"
    name = "uncaged_commit_seconds"
    yield from _head(name, "histogram", "Seconds from asking for a run until it is on disk.")
    sums = list(accumulate(counts.commits.buckets))
    for bound, count in zip([*map(str, BOUNDS), "+Inf"], sums, strict=True):
        yield f'{name}_bucket{{le="{bound}"}} {count}'
    yield f"{name}_sum {counts.commits.total:.6f}"
    yield f"{name}_count {sums[-1]}"


def _gauge(name: str, helps: str, values: Iterable[tuple[dict[str, str], int]]) -> Iterator[str]:
    yield from _head(name, "gauge", helps)
    for labels, value in values:
        yield f"{name}{_labels(labels)} {value}"


def _head(name: str, kind: str, helps: str) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    yield f"# HELP {name} {helps}"


def _labels(labels: dict[str, str]) -> str:
    escaped = {k: v.replace("\\", r"\\").replace('"', r"\"") for k, v in labels.items()}
    inside = ",".join(f'{k}="{v}"' for k, v in escaped.items())
    return f"{{{inside}}}" if inside else ""
