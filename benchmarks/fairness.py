"""What policies do to a crowd: the table of docs/policy.md, from the studio's own line.

    python benchmarks/fairness.py [--days 20]

Minutes are those of the invented day and do not depend on the machine.
"""

import argparse
from dataclasses import replace

from uncaged.queue.policy import Policy
from uncaged.queue.trial import HEAVY, MILD, Day, play, told
from uncaged.queue.turns import Rules

COLUMNS = (
    "guest_median",
    "guest_max",
    "member_median",
    "member_max",
    "members",
    "flooder",
    "jain_guests",
    "jain_members",
)


def rules(first_wait: float, share: float) -> Rules:
    """The default policy with another guarantee, and no cap on what one person has in progress."""
    plain = Policy().rules()
    terms = replace(plain.terms, first_wait=first_wait, guarantee_share=share)
    return replace(plain, terms=terms, most_running={})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=20, help="days to play, each with another seed")
    days = parser.parse_args().days
    print("| load, names of the flooder | policy | " + " | ".join(COLUMNS) + " |")
    print("|---|---|" + "---|" * len(COLUMNS))
    for name, day, wait in (("mild", MILD, 600.0), ("heavy", HEAVY, 1800.0)):
        for names in (1, 50):
            _rows(f"{name}, {names}", replace(day, names=names), wait, days)


def _rows(load: str, day: Day, wait: float, days: int) -> None:
    policies = {
        "first come, first served": None,
        "share alone": rules(1e12, 0.0),
        "and first films, all starts": rules(wait, 1.0),
        "and first films, a quarter": rules(wait, 0.25),
    }
    for policy, rule in policies.items():
        means = told(play(rule, day, seed) for seed in range(days))
        cells = (_cell(column, means[column]) for column in COLUMNS)
        print(f"| {load} | {policy} | " + " | ".join(cells) + " |")


def _cell(column: str, value: float) -> str:
    if column in ("members", "flooder"):
        return f"{value:.0%}"
    return f"{value:.2f}" if column.startswith("jain") else f"{value:.1f}"


if __name__ == "__main__":
    main()
