"""The one style sheet: every colour has a name, every name is known, nothing comes from elsewhere."""

import re
from importlib.resources import files

SHEET = (files("uncaged.web") / "static" / "style.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
NAMED = re.compile(r"^--[\w-]+$")


def declarations() -> list[tuple[str, str]]:
    return [
        (name.strip(), value.strip())
        for name, value in re.findall(r"([\w-]+)\s*:\s*([^;{}]+)[;}]", RULES)
    ]


def test_every_colour_is_a_variable() -> None:
    colour = re.compile(
        r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(|\b(?:white|black|red|blue|green)\b"
    )
    found = [(n, v) for n, v in declarations() if not NAMED.match(n) and colour.search(v)]
    assert declarations() and not found


def test_every_variable_that_is_used_is_known() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", RULES))
    said = {name for name, _ in declarations() if NAMED.match(name)}
    assert used and used == said


def test_both_schemes_name_the_same_colours() -> None:
    dark = RULES.partition("prefers-color-scheme: dark")[2].partition("@media")[0]
    assert set(re.findall(r"--[\w-]+(?=:)", dark)) >= {
        "--ground",
        "--ink",
        "--soft",
        "--hair",
        "--loud",
        "--on-loud",
        "--past",
    }


def test_nothing_comes_from_elsewhere_and_nothing_casts_a_shadow() -> None:
    for never in (
        "url(",
        "@import",
        "@font-face",
        "shadow",
        "gradient(",
        "transition",
        "animation",
    ):
        assert never not in RULES, never
