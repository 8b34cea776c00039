"""Takes the fields of a block's YAML one by one; refuses what is missing, of the wrong kind or left over."""

from __future__ import annotations

from typing import Any


class Fields:
    """The fields of a block.

    Parameters
    ----------
    given : mapping
        As YAML gives it.
    what : str
        What a sentence calls the block.

    Raises
    ------
    ValueError
        If it is no mapping of names.
    """

    def __init__(self, given: object, what: str) -> None:
        if not isinstance(given, dict) or not all(isinstance(name, str) for name in given):
            raise ValueError(f"A {what} must be lines of `name: value`; got {str(given)[:40]}.")
        self._left: dict[str, Any] = dict(given)
        self._what = what

    def has(self, name: str) -> bool:
        """Whether a field is given and not yet taken."""
        return name in self._left

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text or a number as text.

        Raises
        ------
        ValueError
            If it is missing without a default, or anything else.
        """
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError(f"{name} of a {self._what} must be a text; got {str(value)[:40]}.")
        return str(value).strip()

    def texts(self, name: str, default: list[str] | None = None) -> list[str]:
        """Return a list of texts; one text alone counts as such.

        Raises
        ------
        ValueError
            If it is missing without a default, or anything else.
        """
        value = self._take(name, default)
        value = [] if value is None else [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(one, str | int | float) for one in value):
            raise ValueError(f"{name} of a {self._what} must be a list of texts; got {str(value)[:40]}.")
        return [str(one).strip() for one in value]

    def texts_by_name(self, name: str) -> dict[str, str]:
        """Return a mapping of texts; an empty one if it is missing.

        Raises
        ------
        ValueError
            If it is anything else.
        """
        value = self._take(name, {}) or {}
        if not isinstance(value, dict) or not all(isinstance(one, str) for pair in value.items() for one in pair):
            raise ValueError(f"{name} of a {self._what} must be lines of `name: quantity`; got {str(value)[:40]}.")
        return dict(value)

    def count(self, name: str, least: int, most: int) -> int:
        """Return a whole number.

        Raises
        ------
        ValueError
            If it is missing, or no whole number from least to most.
        """
        value = self._take(name, None)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"{name} must be a whole number from {least} to {most}; got {str(value)[:40]}.")
        return value

    def pair(self, name: str) -> tuple[float, float]:
        """Return two numbers, the first one less.

        Raises
        ------
        ValueError
            If it is missing, or anything else.
        """
        value = self._take(name, None)
        numbers = isinstance(value, list) and all(isinstance(one, int | float) for one in value)
        if not numbers or len(value) != 2 or not value[0] < value[1]:
            raise ValueError(f"{name} must be two numbers, the less first, as in [0, 1]; got {str(value)[:40]}.")
        return float(value[0]), float(value[1])

    def each(self, name: str, what: str) -> list[Fields]:
        """Return the blocks of a list; an empty one if it is missing.

        Raises
        ------
        ValueError
            If it is anything else.
        """
        value = self._take(name, [])
        if not isinstance(value, list):
            raise ValueError(f"{name} of a {self._what} must be a list; got {str(value)[:40]}.")
        return [Fields(one, what) for one in value]

    def end(self) -> None:
        """Refuse what nothing has taken.

        Raises
        ------
        ValueError
            If there is such a field.
        """
        if self._left:
            raise ValueError(f"A {self._what} has no field {next(iter(self._left))[:40]}.")

    def _take(self, name: str, default: Any) -> Any:
        if name not in self._left and default is None:
            raise ValueError(f"A {self._what} must have {name}.")
        return self._left.pop(name, default)
