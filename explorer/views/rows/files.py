"""The names of dropped files, which the address keeps; the files themselves go with their session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from html import escape

from explorer.core import notation, printers
from explorer.core.program import Program
from explorer.rows.losses import default, program
from explorer.views.fields import Given
from explorer.views.rows.data import example
from explorer.views.rows.fields import DATA, HERE
from explorer.views.view import LATEX, View, Written, written

MOST, LONGEST = 2, 40
"""Files, and characters of a name."""
_BETWEEN = "/"
"""Stands in no name of a file."""


@dataclass(frozen=True)
class Files:
    """The field of names."""

    name: str

    def read(self, given: Given) -> tuple[tuple[str, ...], list[str]]:
        """As Field."""
        return self.names(given.get(self.name, [""])[-1]), []

    def write(self, value: Iterable[str]) -> dict[str, list[str]]:
        """As Field."""
        text = self.text(value)
        return {self.name: [text]} if text else {}

    def names(self, text: str) -> tuple[str, ...]:
        """Return the names in a text of the address: so many, so long, and without letters that steer a terminal."""
        kept = ("".join(filter(str.isprintable, name))[:LONGEST] for name in text.split(_BETWEEN))
        return tuple(filter(None, kept))[:MOST]

    def text(self, names: Iterable[str]) -> str:
        """Return the text that the address holds of names; "" of none."""
        return _BETWEEN.join(self.names(_BETWEEN.join(names)))


FILES = Files("files")


@dataclass(frozen=True)
class Gone:
    """An address whose files are not here: it is kept as it is, until they are.

    Attributes
    ----------
    files : tuple of str
        Their names; none where it is of rows that a server offers.
    data : str
        The made-up rows that would be shown instead.
    given : tuple of (str, tuple of str)
        Each other name of the address, with its values.
    """

    files: tuple[str, ...]
    data: str
    given: tuple[tuple[str, tuple[str, ...]], ...] = ()
    page = "rows"

    def write(self) -> Written:
        """As `View.state`."""
        held = {name: list(values) for name, values in self.given}
        return held | written((DATA, self.data)) | FILES.write(self.files)


def gone(files: Iterable[str]) -> str:
    """Return the sentence on files that are not here; "" of none."""
    names = list(files)
    if not names:
        return ""
    one = len(names) == 1
    return (
        f"{' and '.join(names)} {'is' if one else 'are'} not here any more: drop {'it' if one else 'them'} again, and what was "
        f"chosen for {'it' if one else 'them'} holds."
    )


def elsewhere(name: str) -> str:
    """Return the sentence on a file that a server offers, where that is not this one."""
    return f"{' '.join(FILES.names(name))} is among the rows of the server that this link is of: they are shown there."


def view(state: Gone, refused: tuple[str, ...] = ()) -> View:
    """Return what is shown of files that are not here: that sentence."""
    layout = example(state.data).layout
    made = program(layout, default(layout))
    said = gone(state.files) or elsewhere(dict(state.given)[HERE][-1])
    return View(
        state=state,
        refused=refused,
        title=" and ".join(state.files) or "Rows",
        program=made,
        numbers={},
        charts=(),
        texts={"gone": f"<p>{escape(said)}</p>"},
        layout=((("gone",),),),
        print_code=partial(_code, made),
    )


def _code(made: Program, language: str) -> str:
    """The usual loss, as there are no rows to choose another by."""
    if language == LATEX:
        return notation.latex_steps(made.steps)
    return printers.language(language).code(made, outputs=["L"])
