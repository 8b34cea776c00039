"""The syntax of LaTeX, as pylatexenc reads it: characters, macros with their arguments, groups and environments in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexWalker,
    LatexWalkerError,
)

from explorer.core.algebra.reading.macros import CONTEXT
from explorer.core.algebra.reading.tokens import refuse


class Item(NamedTuple):
    """A character, a macro, a group or an environment."""

    text: str
    node: LatexMacroNode | LatexGroupNode | LatexEnvironmentNode | None
    start: int
    end: int

    @property
    def macro(self) -> str:
        """A macro's name; "" for anything else."""
        return str(self.node.macroname) if isinstance(self.node, LatexMacroNode) else ""

    @property
    def group(self) -> list[Item]:
        """What stands in a group; itself for anything else."""
        return made_of(self.node.nodelist) if isinstance(self.node, LatexGroupNode) else [self]


Items: TypeAlias = Sequence[Item]


def items_of(text: str) -> list[Item]:
    """Return the items of LaTeX.

    Raises
    ------
    Refusal
        If brackets, dollar signs or environments do not match.
    """
    if len(text) - len(text.rstrip("\\")) in range(1, len(text) + 1, 2):
        refuse(r'"\" at the end is no macro', len(text) - 1)
    try:
        nodes, _, _ = LatexWalker(text, latex_context=CONTEXT, tolerant_parsing=False).get_latex_nodes()
    except LatexWalkerError as error:
        at = getattr(error, "pos", None)
        refuse("Braces, dollar signs or environments of this LaTeX do not match", min(at or 0, len(text) - 1))
    return made_of(nodes)


def made_of(nodes: Sequence[object] | None) -> list[Item]:
    """Return nodes of pylatexenc as items: texts character by character, and formulas within a text without their signs."""
    found: list[Item] = []
    for node in nodes or ():
        if isinstance(node, LatexCharsNode):
            found += [Item(sign, None, node.pos + k, node.pos + k + 1) for k, sign in enumerate(node.chars)]
        elif isinstance(node, LatexMathNode):
            found += made_of(node.nodelist)
        elif isinstance(node, LatexCommentNode):
            refuse("% begins a comment: leave it out", node.pos)
        elif node is not None:
            found.append(Item("", node, node.pos, node.pos + node.len))  # type: ignore[attr-defined]
    return found


def past_spaces(items: Items, k: int) -> int:
    """Return the place of the next item, from k on, that is no space."""
    while k < len(items) and (items[k].text.isspace() or items[k].macro in (",", ";", "!", ":", " ")):
        k += 1
    return k


def inside_of(argument: Items) -> Items:
    """Return an argument without the braces around it."""
    return argument[0].group if len(argument) == 1 else argument


def around(items: Items, at: Item) -> Item:
    """Return an item that reaches over all of some; `at` where there are none."""
    return Item("", None, items[0].start, items[-1].end) if items else at


def cut_at(items: Items, is_border: Callable[[Item], bool]) -> list[list[Item]]:
    """Return the items between borders."""
    parts: list[list[Item]] = [[]]
    for item in items:
        if is_border(item):
            parts.append([])
        else:
            parts[-1].append(item)
    return parts
