"""What the README says about a typed loss runs as it stands."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[3] / "README.md"


def test_the_lines_run_and_say_what_stands_beside_them(capsys: pytest.CaptureFixture[str]) -> None:
    part = README.read_text().partition("## Your own loss, in Python")[2].partition("\n## ")[0]
    (code,) = re.findall(r"```python\n(.*?)```", part, re.DOTALL)
    exec(code, {})
    printed = capsys.readouterr().out
    assert printed.startswith("Its sign is flipped")
    assert "def objective(scores, data):" in printed
