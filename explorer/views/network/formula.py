"""The formula of a network: layer by layer, backwards or in one line; as symbols or with numbers put in; as code."""

from __future__ import annotations

from functools import lru_cache, partial
from html import escape

from sympy import Symbol

from explorer.core import notation, printers, written_out
from explorer.core.network import Network
from explorer.core.network_view import Line, weight_lines
from explorer.core.program import Program
from explorer.views.network.moment import Moment
from explorer.views.network.state import FORM, State
from explorer.views.network.text import lines
from explorer.views.view import LATEX

LONGEST_SHOWN = 2_000
"""The most characters of a formula that is shown whole."""
LARGEST = 100_000_000
"""The most characters of a formula that is written to a file."""
LAYERED, BACKWARD, INLINE = FORM.options

Numbers = tuple[tuple[str, float], ...]


def formula(moment: Moment) -> str:
    """Return the form asked for as markup, or how long it is."""
    state, view = moment.state, moment.view
    if sentence := too_long(state):
        return f"<p>{escape(sentence)}</p>"
    numbers = moment.numbers if state.put_in else None
    reached = {s.name for s in view.program.depends(state.keep)}
    write = partial(lines, numbers=numbers, kept=state.keep, depending=reached.__contains__)
    if state.form == INLINE:
        return write([_inline(state.network)], label="The loss in one line")
    if state.form == BACKWARD:
        slopes = weight_lines(state.network, state.shown)
        return write((*view.backward, *slopes), label="Backpropagation")
    return write(view.layered, label="The network layer by layer")


@lru_cache(maxsize=32)
def _inline(network: Network) -> Line:
    return Line("L", Symbol("L"), (network.program().inline(),), ("inline",))


def too_long(state: State) -> str:
    """Return how long the loss in one line is where that is too long to be shown; "" elsewhere."""
    if state.form != INLINE or (length := written_out.length(state.network)) <= LONGEST_SHOWN:
        return ""
    said = f"In one line the loss is {length:,} characters long"
    return f"{said}: too many for a file. Take a smaller network." if length > LARGEST else f"{said}."


def fits_a_file(network: Network) -> bool:
    """Whether the loss in one line is not too long to be written at all."""
    return written_out.length(network) <= LARGEST


def one_line(moment: Moment) -> str:
    """Return the loss in one line of LaTeX, with the weights put in that are."""
    return written_out.latex(moment.network, dict(put_in(moment)))


def put_in(moment: Moment) -> Numbers:
    """Return the weights that are numbers in code."""
    state = moment.state
    return tuple((name, value) for name, value in moment.weights.items() if state.put_in and name not in state.keep)


def code(network: Network, numbers: Numbers, language: str) -> str:
    """Return the loss in a language of CODES, with some weights put in; as NumPy with its gradient."""
    if language == LATEX:
        return notation.latex_steps(_loss(network, numbers).steps)
    if language == "NumPy":
        outputs = ["L", *(f"d_{name}" for name in network.weights)]
        return printers.language(language).code(network.gradient().substitute(dict(numbers)), outputs=outputs)
    return printers.language(language).code(_loss(network, numbers))


@lru_cache(maxsize=8)
def _loss(network: Network, numbers: Numbers) -> Program:
    return network.program().substitute(dict(numbers))
