"""How a typed text was read: the questions it leaves open, and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from explorer.core.algebra.reading import Question, Understood, chosen, understood
from explorer.core.domains import Input
from explorer.core.losses.proposed import proposed
from explorer.views.fields import SHOWN, Choice

PREFIX = "as-"
"""Goes before what a question is called, in the name of its answer in an address."""
NAMES = {"python": "Python", "latex": "LaTeX", "wolfram": "the Wolfram Language"}
LISTED = 12
"""How many symbols are listed of each role."""

_understood = lru_cache(maxsize=512)(understood)


def field(question: Question) -> Choice:
    """Return the choice of how something is read."""
    proposal, *others = options = tuple(option.key for option in question.options)
    if proposal.isdigit():
        options = tuple(sorted((proposal, *others)))
    said = "; ".join(f"{option.key}: {option.words}" for option in question.options)
    return Choice(
        PREFIX + question.key, question.asked, options, help=f"Several readings are possible ({said}).", opens=proposal
    )


def answers(text: str, choose: Callable[[Choice], str]) -> str:
    """Return the answers to all that a text leaves open, as `understood` takes them.

    Parameters
    ----------
    choose : callable
        A choice -> the option that is chosen. An answer may bring further questions.

    Raises
    ------
    ValueError
        If the text cannot be read, or not so.
    """
    held: dict[str, str] = {}
    while True:
        found = _understood(text, chosen(held))
        asked = [question for question in found.questions if question.key not in held]
        if not asked:
            return found.chosen
        held |= {question.key: choose(field(question)) for question in asked}


def found(text: str, answers: str) -> Understood:
    """Return what a text says, with answers to what it leaves open.

    Raises
    ------
    ValueError
        If it cannot be read.
    """
    return _understood(text, answers)


def strangers(text: str, answers: str, given: Iterable[str]) -> dict[str, str]:
    """Return for each name in an address that begins as an answer's does, and is none, a sentence that says so."""
    asked = {PREFIX + question.key for question in _understood(text, answers).questions}
    said = "The link's {} was ignored: nothing in what is typed asks for it."
    return {name: said.format(name[:SHOWN]) for name in given if name.startswith(PREFIX) and name not in asked}


def notes(read: Understood, inputs: Iterable[Input] | None = None) -> tuple[str, ...]:
    """Return sentences on how a text was read: its notation, each symbol with its role, and what else is worth saying.

    inputs are those of a loss; unless given, what is proposed.
    """
    symbols = _roles(proposed(read.expr) if inputs is None else inputs)
    return f"Read as {NAMES[read.notation]}{': ' if symbols else ''}{symbols}.", *read.said


def _roles(inputs: Iterable[Input]) -> str:
    groups, given = [], tuple(inputs)
    for role in ("prediction", "target", "parameter"):
        names = [one.label.rpartition(" ")[2] or one.name for one in given if one.role == role]
        more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
        if names:
            groups.append(f"{role}{'s' if len(names) > 1 else ''} {', '.join(names[:LISTED])}{more}")
    return "; ".join(groups)
