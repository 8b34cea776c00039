"""What /network writes: its numbers and lines of formulas, which move with the sliders."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sympy import Symbol

from explorer.core.digits import subscripted
from explorer.core.network import Network
from explorer.core.network_view import Line, NetworkView, quantity_of
from explorer.views import formula
from explorer.views.markup import Readout, equals, quantity, readout_table

MEAN = "The loss averaged over all rows of the data, which the descent makes smaller."
RIGHT = "The share of rows whose class the network predicts: the largest output, of equals the first; for a sigmoid, y above ½."


@dataclass(frozen=True)
class Numbers:
    """The settled numbers of a network.

    Attributes
    ----------
    mean : mapping
        Step -> its mean over the rows.
    row : mapping
        Input or step -> its number in the row that is shown.
    place : int or None
        That row, from 0; None where there is one example only.
    fixed : collection of str
        The inputs that are the same in every row.
    """

    mean: Mapping[str, float]
    row: Mapping[str, float]
    place: int | None
    fixed: Collection[str]

    def of_row(self, name: str) -> int | None:
        """Return the row to name in the markup of a number: none for a weight."""
        return None if name in self.fixed else self.place

    def show(self, name: str, *, digits: int = 6, trim: bool = False, bracket: bool = False, tag: str = "span") -> str:
        """Return the number of the row that is shown."""
        return quantity(name, self.row[name], digits=digits, trim=trim, bracket=bracket, tag=tag, row=self.of_row(name))


def readouts(network: Network, numbers: Numbers, rows: int) -> str:
    """The loss, how often the network is right, and the row that is shown."""
    lines = []
    if rows:
        count = f"{rows}\u00a0row{'s' * (rows > 1)}"
        lines.append(Readout("Mean loss L", quantity("L", numbers.mean["L"]), count, MEAN))
    if rows and "right" in numbers.mean:
        lines.append(Readout("Share right", quantity("right", numbers.mean["right"], digits=4, trim=True), "", RIGHT))
    predicted = " ".join(numbers.show(y, digits=4) for y in network.outputs)
    wanted = " ".join(numbers.show(t, digits=4, trim=True) for t in network.targets)
    which = "Loss L" if numbers.place is None else f"Row {numbers.place + 1}: loss"
    lines += [
        Readout(which, numbers.show("L"), wide=True),
        Readout("prediction y", predicted, meaning="What the network says of this row.", wide=True),
        Readout("target t", wanted, meaning="What it should have said.", wide=True),
    ]
    return readout_table(lines)


def against(network: Network, numbers: Numbers) -> str:
    """How steep cross-entropy and squared error are in the logit of the first output."""
    if network.output != "sigmoid":
        return ""
    z = f"z{network.layers[-1]}_1"
    alone = " of this output alone" if len(network.outputs) > 1 else ""
    ratio = f", ratio {numbers.show('slope_ratio', digits=3)}" if numbers.row["slope_squared"] else ""
    return (
        f"<p>Slope{alone} in the logit "
        f"{subscripted(z)} = {numbers.show(z, digits=4, trim=True)}: cross-entropy {numbers.show('slope_binary')}, "
        f"squared error {numbers.show('slope_squared')}{ratio}.</p>"
    )


def lines(
    shown: Iterable[Line], numbers: Numbers | None, kept: Collection[str], depending: Callable[[str], bool], label: str
) -> str:
    """Lines of a formula: as symbols, or with numbers put in but for what is kept.

    depending says whether a step depends on what is kept; then it has no number either.
    """

    def put_in(name: str, bracket: bool) -> str:
        step = quantity_of(Symbol(name))
        if numbers is None or step in kept or depending(step):
            return formula.letter(name)
        return numbers.show(step, digits=4, trim=True, bracket=bracket, tag="mn")

    def result(line: Line) -> str:
        if numbers is None or depending(line.name):
            return ""
        return numbers.show(line.name, digits=5, trim=True, tag="mn")

    def signs(line: Line) -> list[str]:
        if numbers is None or depending(line.name):
            return []
        places, row = [*(line.values or [line.name] * len(line.forms)), line.name], numbers.row
        return [equals(a, row[a], b, row[b], row=numbers.place) for a, b in pairwise(places)]

    leaf = None if numbers is None else put_in
    body = "".join(formula.line(line.symbol, line.forms, leaf, result(line), signs(line)) for line in shown)
    body += "" if numbers is None else formula.limits()
    return f"<div class='live-worked live-layers' tabindex='0' role='group' aria-label='{label}'>{body}</div>"


def shown_by_row(network: Network, view: NetworkView) -> tuple[str, ...]:
    """Return the steps that the page shows row by row."""
    shown = (*view.layered, *view.backward)
    names = [
        *(line.name for line in shown),
        *(value for line in shown for value in line.values if value != line.name),
        "inline",
    ]
    names += [f"d_{weight}" for weight in network.weights]
    names += [name for name in ("slope_binary", "slope_squared", "slope_ratio") if name in view.program.symbols]
    return (*network.inputs, *network.targets, *names)
