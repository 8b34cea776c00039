"""A Program printed as code, a line for each step, and the stable functions written in each language.

What a Program itself needs of NumPy and JavaScript stands below it, in `expressions`.

To add a language: write a module like `julia`, with the sources of the functions of `functions` that the language lacks, a
`Code` that says in its tables what the language has, and a `code` as `Printed` has it. List it in LANGUAGES, and what runs it
in tests/core/printers/engines.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, Protocol

from explorer.core.printers import c, javascript, jax, julia, numpy, pytorch, sql, sympy, wolfram
from explorer.core.program import Program


class Printed(Protocol):
    """What prints a program: all that it needs, ready to paste or to save as a file.

    name is what the function is called. Without outputs it returns the program's output; with the names of steps or inputs it
    returns those by name.
    """

    def __call__(self, program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
        """Return the code; raises NotImplementedError if the language has no source for a function."""


class Language(NamedTuple):
    """A language to take a program away in.

    Attributes
    ----------
    name : str
        As people know it.
    highlight : str
        What a code block calls it.
    extension : str
        What follows the dot in the name of a file of it.
    code : callable
        Prints a program.
    """

    name: str
    highlight: str
    extension: str
    code: Printed


LANGUAGES: dict[str, Language] = {
    language.name: language
    for language in (
        Language("SymPy", "python", "py", sympy.code),
        Language("NumPy", "python", "py", numpy.code),
        Language("PyTorch", "python", "py", pytorch.code),
        Language("JAX", "python", "py", jax.code),
        Language("JavaScript", "javascript", "js", javascript.code),
        Language("C", "c", "c", c.code),
        Language("Julia", "julia", "jl", julia.code),
        Language("Wolfram Language", "mathematica", "wl", wolfram.code),
        Language("SQL", "sql", "sql", sql.code),
    )
}
"""By name. For LaTeX see `notation.latex_steps`."""

DIALECTS: dict[str, Language] = {
    f"SQL ({dialect})": LANGUAGES["SQL"]._replace(name=f"SQL ({dialect})", code=partial(sql.code, dialect=known))
    for dialect, known in sql.DIALECTS.items()
}
"""Of SQL, by name: SQL (Spark). SQL alone is that of DuckDB."""


def language(name: str) -> Language:
    """Return the language, or the dialect of one, of that name."""
    return LANGUAGES.get(name) or DIALECTS[name]
