"""Chooses how a result is shown on a page: short LaTeX on one line, wide LaTeX on several, else step by step."""

from __future__ import annotations

import re

from sympy import Expr, MatrixBase, Symbol

from explorer.core import notation
from explorer.core.algebra import naming, rewriting
from explorer.core.algebra.layering import Layered, Subject, each, entries, fresh, symbols

LONGEST_LATEX = 2_000
"""The most characters of LaTeX that a page sets."""
LINES = 12
"""The most steps of a layered form that are set as LaTeX."""
WIDE, WIDER = 46, 62
"""How many letters fit on a line, and how many fit in small type."""
_RAISED = re.compile(r"[_^]\{([^{}]*)\}")
_UNSEEN = re.compile(r"\\(?:left|right|frac|begin\{\w+\}|end\{\w+\})|[{}_^&\s]")
_COMMAND = re.compile(r"\\[a-z]+")


def latex(subject: Subject) -> str:
    """Return LaTeX of at most LONGEST_LATEX characters; "" where it would be longer, or have more than LINES steps.

    The probabilities of a softmax are letters, which further lines explain.
    """
    if len(subject.steps) > LINES if isinstance(subject, Layered) else naming.size(*entries(subject)) > LONGEST_LATEX // 2:
        return ""
    text = notation.latex_steps(subject.steps) if isinstance(subject, Layered) else whole(subject)
    return text if len(text) <= LONGEST_LATEX else ""


def whole(expr: Expr) -> str:
    """Return LaTeX of an expression or a matrix, however long."""
    shown, letters = lettered(expr)
    body = _matrix(shown) if isinstance(shown, MatrixBase) else broken(notation.latex(shown))
    where = [f"{notation.latex(letter)} = {notation.latex(term)}" for letter, term in letters]
    lines = [body, *(r",\quad ".join(where[k : k + 3]) for k in range(0, len(where), 3))]
    return r"\begin{gathered}" + r" \\ ".join(lines) + r"\end{gathered}" if where else body


def lettered(expr: Expr) -> tuple[Expr, list[tuple[Symbol, Expr]]]:
    """Return an expression or a matrix as it is written, with letters for the probabilities of a softmax; and what they are."""
    terms = rewriting.softmax_terms(expr)
    letters = dict(zip(terms, fresh(("p", "q", "s"), symbols(expr)), strict=False))
    shown = each(expr, lambda entry: rewriting.written(rewriting.with_letters(entry, letters)))
    return shown, [(letter, rewriting.written(term)) for term, letter in letters.items()]


def _matrix(shown: Expr) -> str:
    """A matrix, in smaller type if it is wide."""
    columns = zip(*shown.tolist(), strict=True)
    wide = sum(max(width(notation.latex(entry)) for entry in column) + 2 for column in columns)
    return _size(wide) + notation.latex(shown)


def _size(letters: float) -> str:
    """The type in which so many letters fit, as far as any does."""
    return "" if letters <= WIDE else r"\small " if letters <= WIDER else r"\footnotesize "


def width(text: str) -> float:
    """Return about how many letters wide a line of LaTeX is; one below or above the line is little more than half as wide."""
    small = sum(len(part) for part in _RAISED.findall(text))
    return len(_COMMAND.sub("x", _UNSEEN.sub("", _RAISED.sub("", text)))) + 0.6 * small


def broken(text: str) -> str:
    """Return LaTeX with a sum that is too wide for a line broken before its signs."""
    if width(text) <= WIDE:
        return text
    lines: list[str] = []
    for term in _terms(text):
        if lines and width(lines[-1] + term) <= WIDE:
            lines[-1] += term
        else:
            lines.append(term)
    size = _size(max(map(width, lines)))
    return size + (r"\begin{aligned}&" + r" \\ &".join(lines) + r"\end{aligned}" if len(lines) > 1 else text)


def _terms(text: str) -> list[str]:
    """A text cut before each plus and minus that stands in no bracket."""
    depth, start, terms = 0, 0, []
    for part in re.finditer(r"\\left|\\right|[{}]| [+-] ", text):
        token = part[0]
        if token in ("{", "\\left"):
            depth += 1
        elif token in ("}", "\\right"):
            depth -= 1
        elif depth == 0:
            terms.append(text[start : part.start()])
            start = part.start()
    return [*terms, text[start:]]
