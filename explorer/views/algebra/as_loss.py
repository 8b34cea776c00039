"""The result of a chain as a loss on /losses, or why it cannot be one."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from sympy import Expr, MatrixBase
from sympy.printing.str import StrPrinter

from explorer.core.algebra import naming
from explorer.core.algebra.layering import Layered
from explorer.core.algebra.reading import LENGTH, understood
from explorer.core.losses import proposed
from explorer.views.algebra.following import KEPT
from explorer.views.algebra.stage import Stage
from explorer.views.markup import link

USE = "Use as a loss"
LAYERED = "To use this result as a loss, write it out first."
LONG = f"This result is too long to be used as a loss: {{:,}} characters, at most {LENGTH:,}."
UNREAD = "This result cannot be used as a loss: it has parts that nobody can type."


class _Printer(StrPrinter):  # type: ignore[misc]
    """Writes what is read back as it was."""

    def _print_Exp1(self, expr: Expr) -> str:  # noqa: N802  # SymPy's name for it
        return "exp(1)"

    def _print_norm(self, expr: Expr) -> str:
        return f"hypot({self.stringify(expr.args, ', ')})"  # the 1 of norm(x, 1) would be its order


@lru_cache(maxsize=KEPT)
def use(stage: Stage) -> str:
    """Return markup that leads from a result to /losses, or says why not; "" where it is a matrix or a number."""
    subject = stage.reached.subject
    if not stage.symbols or stage.reached.computed.shape != (1, 1):
        return ""
    if isinstance(subject, Layered):
        return _said(LAYERED)
    if isinstance(subject, MatrixBase):
        return ""
    if naming.size(subject) > LENGTH:
        return _said(LONG.format(naming.size(subject)))
    text = _Printer().doprint(subject)
    if len(text) > LENGTH:
        return _said(LONG.format(len(text)))
    if not _is_read_as(text, subject):
        return _said(UNREAD)
    return f"<p>{link(f'/losses?{urlencode(_query(text, subject, stage))}', USE)}</p>"


def _is_read_as(text: str, expr: Expr) -> bool:
    try:
        return bool(understood(text).expr == expr)
    except ValueError:
        return False


def _query(text: str, expr: Expr, stage: Stage) -> dict[str, str]:
    """What the address holds: the text, and what is predicted where that is not what the text speaks for."""
    known = [name for name, given in stage.inputs.items() if given.role == "prediction"]
    proposal = next((given.name for given in proposed.proposed(expr)), "")
    return {"typed": text} | ({"by": known[0]} if known and known[0] != proposal else {})


def _said(sentence: str) -> str:
    return f"<p class='live-note'>{escape(sentence)}</p>"
