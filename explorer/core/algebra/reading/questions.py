"""The questions that a text leaves open, and their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sympy import Expr

from explorer.core import notation
from explorer.core.algebra.reading.limits import QUESTIONS


class Option(NamedTuple):
    """An answer: what it is called in an address, in words, and as LaTeX where it can be shown."""

    key: str
    words: str
    shown: Expr | None = None

    @property
    def latex(self) -> str:
        """What would be read, typeset."""
        return rf"\text{{{self.words}}}" if self.shown is None else notation.latex(self.shown)


@dataclass(frozen=True)
class Question:
    """Where a text can be read in two ways.

    Attributes
    ----------
    key : str
        What it is called in an address.
    asked : str
        The question in words.
    options : tuple of Option
        The answers; the first is the proposal.
    answer : str
        The key of the option that holds.
    rewrite : str
        A sentence that refuses the text where nobody can be asked; "" where the proposal may hold.
    """

    key: str
    asked: str
    options: tuple[Option, ...]
    answer: str
    rewrite: str = ""


class Questions:
    """The questions that come up as a text is read.

    Parameters
    ----------
    answers : mapping
        Key -> key of the option that somebody has chosen.
    said : list of str
        Where it is noted that no more are asked.
    """

    def __init__(self, answers: Mapping[str, str], said: list[str]) -> None:
        self.answers, self.said = answers, said
        self.asked: dict[str, Question] = {}

    def ask(self, key: str, asked: str, options: Iterable[Option], rewrite: str = "") -> str:
        """Return the answer to a question: the first option unless somebody has chosen."""
        options = tuple(options)
        if key not in self.asked:
            if len(self.asked) >= QUESTIONS:
                if rewrite:
                    raise ValueError(rewrite)
                more = f"More than {QUESTIONS} names may be products: each of the others is one name here."
                if more not in self.said:
                    self.said.append(more)
                return options[0].key
            chosen = self.answers.get(key, "")
            answer = chosen if chosen in {option.key for option in options} else options[0].key
            self.asked[key] = Question(key, asked, options, answer, rewrite)
        return self.asked[key].answer
