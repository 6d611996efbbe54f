"""Not for training: what crawlers and miners are told of everything here, unless a work's own headers say otherwise."""

from typing import Any

from uncaged.web.views.sharing import TrainingView
from uncaged.web.words import _

CRAWLERS = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
    "omgili",
    "PanguBot",
    "Timpibot",
)
"""Names that crawlers for training give themselves in robots.txt; whoever gives another reads the headers."""

CLOSED = (
    "/enter",
    "/join",
    "/me",
    "/house",
    "/reports",
    "/rooms",
    "/runs",
    "/groups",
    "/v1",
    "/grow",
)
"""Addresses that nobody needs to find by searching."""

ROBOTS = (
    "# Films are shown here for people. They are not for training: see /training and /.well-known/tdmrep.json\n"
    + "".join(f"User-agent: {name}\n" for name in CRAWLERS)
    + "Disallow: /\n\nUser-agent: *\nContent-Usage: train-ai=n\n"
    + "".join(f"Disallow: {path}\n" for path in CLOSED)
    + "Disallow: /*?link=\n"
)


def show() -> TrainingView:
    """What holds for everything here."""
    return TrainingView(
        reservation=1,
        why=_(
            "Films, pictures and words here belong to the people who made them. Nobody may train models on them, "
            "or mine them, unless the work's own headers say so, because its person allowed it."
        ),
    )


def reservation(scheme: str, host: str) -> list[dict[str, Any]]:
    """The TDMRep file of this studio."""
    policy = f"{scheme}://{host}/training"
    return [{"location": "/", "tdm-reservation": 1, "tdm-policy": policy}]
