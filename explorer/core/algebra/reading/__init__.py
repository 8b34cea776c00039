"""Reads an expression that somebody typed or pasted, in Python, the Wolfram Language or LaTeX, and never runs it.

A text is cut into words (`tokens`, for LaTeX `latex`), the words become a tree (`grammar`, `typeset`), and the tree an
expression with the questions where it can mean two things (`meaning`). To allow a function: list it in `calls.CALLS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sympy import Expr

from explorer.core.algebra.reading import grammar, typeset
from explorer.core.algebra.reading.calls import CALLS
from explorer.core.algebra.reading.limits import LENGTH, NESTING
from explorer.core.algebra.reading.meaning import Meaning
from explorer.core.algebra.reading.questions import Option, Question
from explorer.core.algebra.reading.tokens import refuse

_LATEX = re.compile(r"\\(?!\[[A-Z][a-z]+\])|\$|[_^]\{|[\])]_\+")
_HEAD = re.compile(
    r"""\s*(?:def\s+\w+\s*\([^()=]*\)\s*(?:->\s*\w+\s*)?:\s*return\b
    |return\b
    |lambda\s+[\w\s,*]*:
    |[^\W\d]\w*\s*(?:\([\w\s,;|]*\)|\[[\w\s,]*\])?\s*:?=(?!=))\s*(?=\S)""",
    re.VERBOSE,
)
"""What stands before a formula in a program or a note: return, lambda y, f:, loss =, L(y, f) =, f[y_] :=."""
_WOLFRAM = re.compile(r"[A-Z][A-Za-z]*\[|\*\^|\\\[[A-Z]|\{")


_SIGN_OF_A_POWER = re.compile(r"(?:^|[(;,=<>*/^&+-])\s*(-)\s*(?:\$?[A-Z]+\$?\d+|[\d.]+|[A-Z]*\([^()]*\))\s*\^")
"""In a spreadsheet: a minus that subtracts nothing, before a power."""
_POSTFIX = re.compile(
    r"//\s*(?:Simplify|FullSimplify|Expand|Factor|Together|Apart|PowerExpand|TraditionalForm|TeXForm)\s*(?:;\s*)?$"
)
"""What is done with a formula after it."""


@dataclass(frozen=True)
class Understood:
    """What a text says.

    Attributes
    ----------
    expr : Expr
        Exact numbers, symbols without assumptions, stable functions where called by name.
    notation : str
        python, latex or wolfram.
    questions : tuple of Question
        Where two readings are possible, each with the answer that holds.
    over_rows : bool
        Whether it is the mean over rows of the expression.
    said : tuple of str
        Sentences on what was read in a way that is worth knowing.
    """

    expr: Expr
    notation: str
    questions: tuple[Question, ...] = ()
    over_rows: bool = False
    said: tuple[str, ...] = ()

    @property
    def chosen(self) -> str:
        """The answers that are not the proposals, as `understood` takes them."""
        return chosen({q.key: q.answer for q in self.questions if q.answer != q.options[0].key})


def chosen(answers: dict[str, str]) -> str:
    """Return answers, question -> option, as a text that fits in an address.

    Examples
    --------
    >>> chosen({"e": "number", "xy": "product"})
    'e.number~xy.product'
    """
    return "~".join(f"{key}.{option}" for key, option in answers.items())


def notation_of(text: str) -> str:
    """Return which notation a text is in: latex, wolfram, or else python."""
    return "latex" if _LATEX.search(text) else "wolfram" if _WOLFRAM.search(text) else "python"


def understood(text: str, chosen: str = "") -> Understood:
    r"""Return what a text says, with the questions that it leaves open.

    Parameters
    ----------
    text : str
        As `read` takes it.
    chosen : str, optional
        Answers, as `Understood.chosen` has them; what is no answer to a question is left out.

    Raises
    ------
    ValueError
        As `read`, but not where a question can be asked.

    Examples
    --------
    >>> understood("w1x1", "w1x1.product").expr
    w1*x1
    >>> understood(r"\frac{1}{N}\sum_i (y_i - \hat{y}_i)^2").over_rows
    True
    """
    if len(text) > LENGTH:
        raise ValueError(f"An expression may have at most {LENGTH:,} characters; got {len(text):,}.")
    text = _unwrapped(text)
    head = "" if notation_of(text) == "latex" else _head(text)
    text = " " * len(head) + text[len(head) :]
    answers = dict(part.split(".", 1) for part in chosen.split("~") if "." in part)
    notation = notation_of(text)
    is_latex = notation == "latex"
    try:
        parsed = (typeset if is_latex else grammar).parse(text)
        declared = re.findall(r"\w+", re.sub(r"^\s*(def\s+)?\w+|=.*", "", head, flags=re.DOTALL))
        meaning = Meaning(text, parsed, answers, typeset=is_latex, declared=declared)
        found = meaning.everything()
    except RecursionError:  # who calls may be nested deeply already
        raise ValueError(f"Brackets and exponents may be nested at most {NESTING} deep.") from None
    return Understood(
        found.expr, notation, tuple(meaning.questions.asked.values()), found.rows, (*_left_out(head), *meaning.said)
    )


def _unwrapped(text: str) -> str:
    """A text without what a spreadsheet begins it with, and the Wolfram Language ends it with; as long as before.

    Where a spreadsheet writes decimal commas, what it is given is set apart by semicolons.
    """
    while found := _POSTFIX.search(text):
        text = text[: found.start()] + " " * len(found[0])
    if not (sign := re.match(r"\s*=(?!=)", text)):
        return text
    text = " " * len(sign[0]) + text[len(sign[0]) :]
    if place := re.search("[A-Z]:[$A-Z]|[0-9]:[$A-Z]", text):
        refuse("A range of cells is not read: write the formula of one row, such as (A2 - B2)^2", place.start() + 1)
    if place := _SIGN_OF_A_POWER.search(text):
        refuse("A spreadsheet squares the sign too, so that -A1^2 is A1^2 there: write -(A1^2)", place.start(1))
    text = re.sub("(?<![<>=!])=(?!=)", "⩵", text).replace("<>", "!=")  # what compares there
    return re.sub("(?<=[0-9]),(?=[0-9])", ".", text).replace(";", ",") if ";" in text else text


def _head(text: str) -> str:
    """What stands before a formula: an assignment, a return."""
    end = 0
    for _ in range(3):
        if not (match := _HEAD.match(text, end)):
            break
        end = match.end()
    return text[:end]


def _left_out(head: str) -> tuple[str, ...]:
    return (f"Read is what stands right of “{' '.join(head.split())[:40]}”.",) if head.strip() else ()


def read(text: str) -> Expr:
    r"""Return what is typed as an expression: exact numbers, plain symbols, stable functions where called by name.

    Parameters
    ----------
    text : str
        As Python writes it, t*log(p) and p**2, as the Wolfram Language does, t Log[p] and p^2, or as LaTeX. A sum over rows is
        read as what is summed for one row.

    Raises
    ------
    ValueError
        If it is no such expression, is not real, can be read in two ways of which none is likelier, or passes a bound on its
        length, its nesting or the size of its numbers.

    Examples
    --------
    >>> read("-(t ln(p) + (1 - t) Log[1 - p])")
    -t*log(p) - (1 - t)*log(1 - p)
    >>> read(r"-t \ln p - (1 - t) \ln(1 - p)")
    -t*log(p) - (1 - t)*log(1 - p)
    """
    found = understood(text)
    for question in found.questions:
        if question.rewrite:
            raise ValueError(question.rewrite)
    return found.expr


__all__ = ["CALLS", "LENGTH", "Option", "Question", "Understood", "chosen", "notation_of", "read", "understood"]
