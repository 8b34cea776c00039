"""A lesson's Markdown as markup: LaTeX as MathML, figures as numbers that are computed. HTML in it stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from types import MethodType
from typing import Any, cast

from latex2mathml import converter
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from explorer.core.digits import exact_text, format_number

DIGITS = 4
"""As many significant digits has a figure that does not say how many."""
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_NAME = r"<mi>(?:ln|log|exp|sin|cos|tanh)</mi>"
_APPLIED = re.compile(
    rf"((?<!<msub>)(?<!<msup>){_NAME}|<(msu[bp])>{_NAME}<m[in]>[^<]*</m[in]></\2>)"
    r"(?=<m(?:i|n|frac|sqrt|sub|sup|over|text)\b)"
)
"""A function's name before what it is applied to without brackets: MathML sets no space there by itself."""
_FRACTION = re.compile(r"(<mn>\d+)\.(\d+</mn>)")
_FIGURE = re.compile(r"\{=\s*([^{}]+?)(?:\s+\.(\d{1,2}))?\s*\}")


class Writer:
    """Writes the Markdown of a lesson, with the numbers that expressions have.

    Parameters
    ----------
    value : callable
        Expression -> number; a ValueError says what is wrong with it.
    decimal : str
        What stands before the digits of a fraction.
    """

    def __init__(self, value: Callable[[str], float], decimal: str = ".") -> None:
        self._value = value
        self._decimal = decimal
        self.reader = MarkdownIt("commonmark", {"html": False}).enable("table").use(dollarmath_plugin, renderer=self._math)
        self.reader.inline.ruler.before("emphasis", "figure", _figure)
        self.reader.inline.add_terminator_char("{")
        self._renderer = cast("RendererHTML", self.reader.renderer)
        self._renderer.rules["figure"] = cast("MethodType", self._number)
        self._renderer.rules["image"] = cast("MethodType", _no_image)

    def tokens(self, text: str) -> list[Token]:
        """Return the parts of a text."""
        return self.reader.parse(text)

    def markup(self, tokens: Sequence[Token]) -> str:
        """Return parts of a text as markup."""
        return str(self._renderer.render(tokens, self.reader.options, {}))

    def text(self, text: str) -> str:
        """Return paragraphs as markup."""
        return str(self.reader.render(text))

    def line(self, text: str) -> str:
        """Return a line as markup, without a paragraph around it."""
        return str(self.reader.renderInline(text))

    def _number(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        value, shown = self._figure(tokens[at].content, tokens[at].meta["digits"])
        return (
            f'<span class="lesson-figure" data-value="{exact_text(value)}">{escape(shown.replace(".", self._decimal))}</span>'
        )

    def _figure(self, expression: str, digits: str | None) -> tuple[float, str]:
        value = self._value(expression)
        return value, format_number(value, int(digits or DIGITS), trim=True)

    def _math(self, latex: str, options: dict[str, Any]) -> str:
        latex = _FIGURE.sub(lambda found: _as_latex(self._figure(found[1], found[2])[1]), latex)
        try:
            shown = converter.convert(latex, display="block" if options["display_mode"] else "inline")
        except Exception as error:  # the library raises what its parser happens to meet
            raise ValueError(f"LaTeX must be readable; got {latex[:80]}.") from error
        shown = _FRACTION.sub(rf"\1{self._decimal}\2", shown)
        return _APPLIED.sub(r'\1<mspace width="0.17em"/>', shown)


def written(value: float, digits: int, decimal: str) -> str:
    """Return a number as a lesson writes it, without trailing zeros."""
    return format_number(value, digits, trim=True).replace(".", decimal)


def _no_image(tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    raise ValueError(f"A lesson must show pictures as views; got the image {str(tokens[at].attrs.get('src'))[:80]}.")


def _figure(state: StateInline, silent: bool) -> bool:
    """Take `{= expression .3}` as a figure, before a star in it could be emphasis."""
    found = _FIGURE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("figure", "", 0)
        token.content, token.meta = found[1], {"digits": found[2]}
    state.pos = found.end()
    return True


def _as_latex(number: str) -> str:
    """A number as it is written, in LaTeX."""
    digits, _, power = number.partition("×10")
    raised = f"\\cdot 10^{{{power.translate(_RAISED)}}}" if power else ""
    return digits.replace("−", "-").replace("∞", "\\infty") + raised
