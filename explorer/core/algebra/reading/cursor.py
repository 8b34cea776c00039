"""A place among words from which they are read one after the other, with the refusals of what cannot stand there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from explorer.core.algebra.reading.limits import NESTING
from explorer.core.algebra.reading.tokens import Token, refuse
from explorer.core.algebra.reading.tree import Node

N = TypeVar("N", bound=Node)
CLOSING = {"(": ")", "[": "]", "{": "}"}
"""What closes a bracket."""


class Cursor:
    """The words of a text, of which the last is its end, and how far they are read."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        self.nesting = 0

    @property
    def next(self) -> Token:
        """The word that comes next."""
        return self.tokens[self.at]

    @property
    def end(self) -> int:
        """Where the last word ended."""
        return self.tokens[self.at - 1].end

    def take(self) -> Token:
        """Return the next word, and go on."""
        self.at += 1
        return self.tokens[self.at - 1]

    def is_word(self, word: str) -> bool:
        """Whether the next word is a certain one."""
        return self.next.kind == "name" and self.next.text == word and not self.next.indices and self.next.detail != "name"

    def node(self, kind: Callable[..., N], at: Token, start: Token, *parts: object) -> N:
        """Return a part of the tree that was written from start until here; what is wrong with it is at the word `at`."""
        return kind(at.start, start.start, self.end, *parts)

    def deeper(self, token: Token) -> None:
        """Count what stands inside something else."""
        self.nesting += 1
        if self.nesting > NESTING:
            refuse(f"Brackets and exponents may be nested at most {NESTING} deep", token.start)

    def nested(self, what: Callable[[], Node], token: Token) -> Node:
        """Read something that stands inside something else."""
        self.deeper(token)
        node = what()
        self.nesting -= 1
        return node

    def close(self, opening: Token) -> None:
        """Take the bracket that closes another."""
        if self.next.kind == "end":
            refuse(f'"{opening.kind}" is not closed', opening.start)
        if self.next.kind != CLOSING[opening.kind]:
            self.refuse_rest(opening.kind)
        self.take()

    def has_comma(self) -> bool:
        """Whether the bracket that opens next holds several things."""
        depth = 0
        for token in self.tokens[self.at :]:
            depth += (token.kind in CLOSING) - (token.kind in CLOSING.values())
            if depth == 1 and token.kind == ",":
                return True
            if depth <= 0:
                break
        return False

    def refuse_missing(self) -> NoReturn:
        """Refuse what should be a number."""
        before = "the end" if self.next.kind == "end" else f'"{self.next.kind}"'
        refuse(f"A number or a name is missing before {before}", self.next.start)

    def refuse_rest(self, opened: str = "") -> NoReturn:
        """Refuse what can neither go on with a sum nor close a bracket."""
        token = self.next
        if token.kind == "[":
            refuse('"[" may only follow the name of a function', token.start)
        if token.kind == ",":
            refuse("A comma may only stand between the arguments of a function", token.start)
        if token.kind == "=":
            refuse("An equals sign is not allowed: write only what stands right of it, and == to compare", token.start)
        if token.kind in ")]}":
            refuse(f'"{token.kind}" does not close "{opened}"' if opened else f'"{token.kind}" closes nothing', token.start)
        refuse(f'"{token.text or token.kind}" cannot stand here', token.start)
