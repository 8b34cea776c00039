"""The door to the controls: pages go through it, and it returns what it promises whatever stands in the address."""

from __future__ import annotations

import ast
from pathlib import Path

PAGES = Path(__file__).parents[2] / "explorer" / "pages"


def bound(source: str) -> list[str]:
    """The widgets that a source binds to the address itself."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [ast.unparse(call.func) for call in calls if any(keyword.arg == "bind" for keyword in call.keywords)]


def test_every_control_in_the_address_goes_through_the_door() -> None:
    found = {path.name: bound(path.read_text()) for path in PAGES.glob("*.py")}
    assert len(found.pop("controls.py")) >= 8
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_no_number_is_typed_into_a_field_that_drops_characters() -> None:
    """Streamlit's own number field makes 5 of "0,5" and 13 of "1/3"."""
    for path in PAGES.glob("*.py"):
        assert "number_input" not in path.read_text(), path
