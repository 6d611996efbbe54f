"""The engine and its weights' files: what they have learnt, what is missing or of another grammar, what names them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import Impossible, WeightsBroken, WeightsMissing
from uncaged.engines.registry import engine, engines
from uncaged.engines.seedling.engine import Seedling
from uncaged.engines.seedling.grammar import SLOT
from uncaged.engines.seedling.weights import INDEX

TEXT = "a red fish rises"


def test_it_knows_what_its_weights_have_learnt(tiny_model: Any, tmp_path: Path) -> None:
    learned = [name for name in SLOT if not name.startswith("s2.") and name != "relation"]
    tiny_model.build(tmp_path, learned=learned)
    seedling = Seedling(tmp_path)
    told = seedling.understand("a bird and a fish")
    assert "have not learnt s2.kind" in told.words["fish"]
    genes = seedling.genome(seedling.score("a bird and a fish")).genes
    assert "s2.kind.fish" not in genes and genes["s1.kind.bird"] == 1.0


def test_without_weights_it_says_so_and_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    assert next(iter(engines())) == "ink" and isinstance(engine("seedling"), Seedling)
    bare = Seedling(tmp_path / "nothing")
    for ask in (lambda: bare.score(TEXT), lambda: bare.open({})):
        with pytest.raises(WeightsMissing, match="weights of this model are not here"):
            ask()
    assert bare.understand(TEXT).words["fish"] == "a fish"
    assert bare.check({})["steps"] == 12 and bare.recipe()["weights"] == "missing"


def test_a_size_that_its_weights_cannot_ink(tiny_model: Any, tmp_path: Path) -> None:
    tiny_model.build(tmp_path, sides=(256,))
    seedling = Seedling(tmp_path)
    with pytest.raises(Impossible, match="These weights draw 256x256 pixels, not 512x512"):
        seedling.score(TEXT, size=(512, 512))
    assert len(list(seedling.perform(TEXT, fps=1))) == 2


def test_weights_of_another_grammar(tiny_model: Any, tmp_path: Path) -> None:
    tiny_model.build(tmp_path, labels=7)
    with pytest.raises(WeightsBroken, match="another grammar: 7 labels"):
        Seedling(tmp_path).open({})


def test_the_recipe_names_the_weights(tiny_seedling: Path, tmp_path: Path) -> None:
    recipe = Seedling(tiny_seedling).recipe()
    assert recipe["engine"] == "seedling 2" and len(recipe["weights"]) == 64
    assert recipe["training"] == "ab" * 32 and recipe["onnxruntime"] and recipe["numpy"]
    other = Path(shutil.copytree(tiny_seedling, tmp_path / "other"))
    index = json.loads((other / INDEX).read_bytes()) | {"manifest": "cd" * 32}
    (other / INDEX).write_text(json.dumps(index))
    assert Seedling(other).recipe()["weights"] != recipe["weights"]
