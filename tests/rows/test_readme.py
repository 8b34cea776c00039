"""What the README says about own rows runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"


def test_the_lines_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = README.read_text().partition("## Your own rows")[2].partition("\n## ")[0]
    (code,) = re.findall(r"```python\n(.*?)```", part, re.DOTALL)
    (tmp_path / "scores.csv").write_text("y_true,y_score\n1,0.25\n0,0.5\n1,0.75\n")
    monkeypatch.chdir(tmp_path)
    *lines, last = code.strip().splitlines()
    names: dict[str, object] = {}
    exec("\n".join([*lines, f"shown = {last}"]), names)  # noqa: S102
    shown = names["shown"]
    assert isinstance(shown, tuple)
    assert shown[0] == pytest.approx(0.789, abs=1e-3)
    assert len(shown) == 4
