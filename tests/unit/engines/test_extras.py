"""What is not installed is said as one types it."""

from uncaged.engines.extras import lacking
from uncaged.engines.registry import engine


def test_what_is_missing_is_named_as_it_is_installed() -> None:
    assert lacking("models", "json", "email") == ""
    assert lacking("models", "json", "no_such_module") == "pip install 'uncaged[models]'"


def test_what_comes_along_lacks_nothing() -> None:
    for name in ("ink", "echo", "seedling"):
        assert engine(name).lacks == ""
