"""What a notebook imports: `explorer.view`, which needs no Streamlit."""

from __future__ import annotations

import subprocess
import sys

import explorer
from benchmarks.server import ROOT
from explorer.core.losses import LOSSES
from explorer.views.address import PAGES


def modules_after(script: str) -> set[str]:
    """The top-level modules that a script has imported."""
    script += "\nimport sys; print(*{module.partition('.')[0] for module in sys.modules})"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_a_view_of_any_page_brings_no_streamlit() -> None:
    modules = modules_after(
        f"import explorer\nfor page in {[*PAGES]}:\n  v = explorer.view(f'/{{page}}'); v.to_html(); v.code('NumPy')"
    )
    assert {"explorer", "plotly", "sympy"} <= modules
    assert "streamlit" not in modules


def test_to_import_the_package_brings_nothing_along() -> None:
    assert modules_after("import explorer").isdisjoint({"streamlit", "plotly", "sympy", "numpy"})


def test_parts_of_the_package_need_no_import_of_their_own() -> None:
    script = "import explorer; explorer.doctor.diagnose, explorer.rows.open_rows, explorer.lessons.lesson, explorer.core.losses"
    assert modules_after(script).isdisjoint({"streamlit"})


def test_the_package_has_every_loss() -> None:
    assert explorer.LOSSES is LOSSES
    assert modules_after("import explorer; explorer.LOSSES['huber']").isdisjoint({"streamlit", "plotly"})
