"""What a recipe can be, where it comes from a file."""

from pathlib import Path

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.training.checking import from_line
from uncaged.training.seedling.recipe import Recipe


@pytest.mark.parametrize(
    ("text", "words"),
    [("root:x:0:0", "is no recipe"), ("[1]", "is no recipe"), (None, "cannot be")],
)
def test_a_file_that_is_no_recipe_is_said_to_be_none(
    tmp_path: Path, text: str | None, words: str
) -> None:
    path = tmp_path / "recipe.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(AskedWrong, match=words):
        from_line(Recipe, path, [])
