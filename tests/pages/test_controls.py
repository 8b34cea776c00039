"""The door to the controls: pages go through it, and it returns what it promises whatever stands in the address."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).parents[2] / "explorer" / "pages"


def test_every_control_in_the_address_goes_through_the_door() -> None:
    assert [path.name for path in PAGES.glob("*.py") if '"query-params"' in path.read_text()] == ["controls.py"]


def test_no_number_is_typed_into_a_field_that_drops_characters() -> None:
    """Streamlit's own number field makes 5 of "0,5" and 13 of "1/3"."""
    assert [path.name for path in PAGES.glob("*.py") if "number_input" in path.read_text()] == []
