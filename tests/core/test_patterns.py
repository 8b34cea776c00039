"""Every range in a pattern of the code goes from a letter to a letter or from a digit to a digit, as [+-−] does not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import explorer

MODULES = sorted(Path(explorer.__file__).parent.rglob("*.py"))
RANGE = re.compile(r"(?<!\\)\[(?:[^\]\\]|\\.)*\]")
ENDS = re.compile(r"((?:\\.|[^\\]))-((?:\\.|[^\\]))")


def patterns(source: str) -> Iterator[str]:
    """The text of each call of a function of `re`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re":
            for text in ast.walk(node.args[0]) if node.args else ():
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value


def odd_ranges(pattern: str) -> list[str]:
    """The ranges of a pattern whose ends are not of one kind."""
    found = [ends for part in RANGE.findall(pattern) for ends in ENDS.findall(part[1:-1].removeprefix("^"))]
    kinds = (str.islower, str.isupper, str.isdigit, has_no_case)
    return [f"{low}-{high}" for low, high in found if not any(kind(low) and kind(high) for kind in kinds)]


def has_no_case(letter: str) -> bool:
    """Whether a letter is of a script without upper and lower case, as Chinese is."""
    return letter.isalpha() and letter.lower() == letter.upper()


def test_an_odd_range_is_found() -> None:
    assert odd_ranges("([+-−]?)oo") == ["+-−"]
    assert odd_ranges(r"[A-Z0-9+\-−a-z-]|[^-x]|[*+-]") == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_ranges_are_meant(module: Path) -> None:
    assert [odd for pattern in patterns(module.read_text()) for odd in odd_ranges(pattern)] == []
