"""What every test shares: a throw-away home, a clock that stands still, and a loud word on what is left out."""

import os
import shutil
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.settings import Settings
from uncaged.engines import registry
from uncaged.engines.base import Engine
from uncaged.studio.studio import Studio, open_studio

os.environ.pop("UNCAGED_HOME", None)
os.environ["UNCAGED_STOCK_MEGABYTES"] = (
    "0"  # no studio here draws beforehand, but where a test asks for it
)


@dataclass
class FakeClock:
    """A clock that a test moves by hand; `sleep` moves it too."""

    time: int = 1_760_000_000_000_000
    ticks: float = 0.0

    def now(self) -> int:
        return self.time

    def monotonic(self) -> float:
        return self.ticks

    def sleep(self, seconds: float) -> None:
        self.time += int(seconds * 1e6)
        self.ticks += seconds


@pytest.fixture
def clock() -> FakeClock:
    """See `FakeClock`."""
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home of one's own; the disk is not waited for, since no test here pulls the plug."""
    return Settings(home=tmp_path / "home", fsync=False)


@pytest.fixture
def studio(settings: Settings) -> Iterator[Studio]:
    """An opened studio in that home, with the machine's clock."""
    with open_studio(settings=settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def tiny_model() -> Any:
    """The module `tiny_seedling`, which writes a model of random weights."""
    return _beside("tiny_seedling")


@pytest.fixture(scope="session")
def foreign_names() -> Any:
    """The module `foreign_names`: what arrays are called elsewhere."""
    return _beside("foreign_names")


def _beside(name: str) -> Any:
    spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def tiny_seedling(tiny_model: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny Seedling; whoever changes something in it works on a copy."""
    folder = tmp_path_factory.mktemp("tiny")
    tiny_model.build(folder)
    return folder


@pytest.fixture(scope="session")
def paper_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `paper_plugin` as something that is installed."""
    place = tmp_path_factory.mktemp("paper")
    info = place / "uncaged_paper-1.dist-info"
    info.mkdir()
    shutil.copy(Path(__file__).with_name("paper_plugin.py"), place)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: uncaged-paper\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[uncaged]\npaper = paper_plugin\n")
    return place


@pytest.fixture
def paper(paper_place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Engine]]:
    """The family `paper`, here and in every process that is started meanwhile."""
    monkeypatch.syspath_prepend(str(paper_place))
    paths = [str(paper_place), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    registry.forget()
    yield type(registry.families()["paper"])
    monkeypatch.undo()
    registry.forget()


@pytest.fixture
def twin(paper: type[Engine], tmp_path: Path) -> Path:
    """The folder of a model of `paper`, somewhere on the disk: weights of 40 and 40."""
    folder = tmp_path / "elsewhere" / "my-paper"
    folder.parent.mkdir()
    paper().twin(folder, 40)
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true a skipped test is a failure: what is not tested here is tested nowhere."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Left out with CI=true: {report.longrepr}"
    return report
