"""What is installed beside the studio, and how one installs what is not. Imports none of it."""

from importlib.util import find_spec


def lacking(extra: str, *modules: str) -> str:
    """What one types where one of these modules is not installed; empty where all are. For `Engine.lacks`.

    >>> lacking("models", "json", "no_such_module")
    "pip install 'uncaged[models]'"
    """
    here = all(find_spec(name) is not None for name in modules)
    return "" if here else f"pip install 'uncaged[{extra}]'"
