"""What `make engines` found, written to a page of the docs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.engines.libraries import PACKAGES, version


@dataclass
class Tally:
    """How much was compared, and the largest relative difference."""

    count: int = 0
    largest: float = 0.0

    def add(self, count: int, largest: float) -> None:
        """Add what one test has compared."""
        self.count += count
        self.largest = max(self.largest, largest)


@dataclass
class Report:
    """(engine, what) -> its tally."""

    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)

    def add(self, engine: str, what: str, count: int, largest: float = 0.0) -> None:
        """Add what one test has compared."""
        self.tallies.setdefault((engine, what), Tally()).add(count, largest)


REPORT = Report()
_VERSIONS = PACKAGES | {
    "PyTorch": "torch",
    "JAX": "jax",
    "Keras": "keras",
    "XGBoost": "xgboost",
    "CatBoost": "catboost",
    "Mathics": "Mathics3",
}
_HEAD = """\
# Against the real engines

`make engines` installs PyTorch, JAX, Keras, optax, scikit-learn, XGBoost, LightGBM, CatBoost, torchvision's focal loss and
Mathics (an interpreter of the Wolfram Language) beside the application, in `.venv-engines`; that needs some gigabytes, and
`make test` never does it.

- Every printed program runs in PyTorch, JAX and Mathics and is held against the Program; so is its gradient, by
  `torch.autograd` and `jax.grad`. Mathics runs the printed gradient; its `D` knows no slope of `If`, `Max` or `Abs`, so that
  few losses are derived there.
- Exported objectives run: losses and slopes in PyTorch, JAX and Keras against the core, and training in XGBoost and CatBoost
  against their built-in squared and logistic objectives (LightGBM's are held so by `make test`). Keras computes some of its
  operations in float32, whatever it is given.
- Every number of `tests/core/losses/measured.json` is asked of its library again. `make measure` writes that file anew, and
  `make test` holds the losses against it without the libraries.

The last run, on a processor without accelerator:

| Engine | Version | What | Numbers | Largest relative difference |
| --- | --- | --- | --- | --- |
"""


@pytest.fixture(scope="session")
def report() -> Report:
    """Where a test says what it has compared."""
    return REPORT


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--report", type=Path, help="The page to write what was found to.")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the page."""
    page = session.config.getoption("--report")
    if page is None:
        return
    rows = [
        f"| {engine} | {version(_VERSIONS[engine])} | {what} | {tally.count} | {tally.largest:.0e} |"
        for (engine, what), tally in REPORT.tallies.items()
    ]
    failed = "every test passed" if exitstatus == 0 else f"{session.testsfailed} tests failed"
    page.write_text(_HEAD + "\n".join(rows) + f"\n\nOf {session.testscollected} tests {failed}.\n")
