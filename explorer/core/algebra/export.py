"""A result to take away: LaTeX, or code in any language, with its gradient if wanted."""

from __future__ import annotations

from typing import NamedTuple

from explorer.core import notation, printers
from explorer.core.algebra import layering
from explorer.core.algebra.layering import Layered, symbols

LATEX = "LaTeX"


class Export(NamedTuple):
    """A text, what it is highlighted as, and the ending of its file."""

    text: str
    highlight: str
    extension: str


def export(layers: Layered, language: str, *, gradient: bool = False, formula: str = "") -> Export:
    """Return a layered subject in LaTeX or in a language of `printers`, or a dialect of one.

    Parameters
    ----------
    gradient : bool
        Whether the derivative by each symbol comes with it; only of one entry.
    formula : str
        LaTeX of the whole, to be given in place of its steps.

    Raises
    ------
    NotImplementedError
        If the language lacks a function.
    """
    names: tuple[str, ...] = layers.names
    if gradient and symbols(layers):
        slopes = layering.slopes(layers, symbols(layers))
        names, layers = (*names, *slopes.names), slopes
    program = layers.program
    if language == LATEX:
        text = formula if formula and names == layers.names else notation.latex_steps(program.needed(dict.fromkeys(names)))
        return Export(f"{text}\n", "latex", "tex")
    chosen = printers.language(language)
    outputs = tuple(dict.fromkeys(names))
    text = chosen.code(program, "loss", () if outputs == (program.output.name,) else outputs)
    return Export(text, chosen.highlight, chosen.extension)
