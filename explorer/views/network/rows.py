"""The data of a network: a set by name, pasted rows, or one example on sliders."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from explorer.core import datasets
from explorer.core.checks import FloatArray
from explorer.core.datasets import DATASETS, dataset, read_rows
from explorer.core.network import Network
from explorer.views.fields import Choice, Number, Whole

EXAMPLE, PASTED = "one example", "pasted rows"
SIZED = ("line", "moons", "spirals")
"""The data sets that may have any number of rows."""
CORNERS = ("XOR", "AND", "OR")
FEATURE = (-3.0, 3.0)
DATA = Choice(
    "data",
    "Data",
    (*DATASETS, EXAMPLE, PASTED),
    help="The rows that the loss is averaged over.",
    allowed="one of " + ", ".join((*DATASETS, EXAMPLE, PASTED)),
    many=True,
)
ROWS = Whole("rows", "Rows", *datasets.ROWS, 100, help="How many rows the data set has.")
TABLE = "table"
"""What the address calls pasted rows."""
_ROW = "The row of the data whose numbers stand in the diagram, beside it and in the formula."
_ONE_LINE = str.maketrans({"\n": "⏎", "\t": "⇥", "\r": None})
"""What stands in the address for the ends of lines and for tabs, so that the text stays on one line there."""
_ONE_LINE_BACK = str.maketrans({"⏎": "\n", "⇥": "\t"})

Data = tuple[FloatArray, FloatArray]
"""Features and targets, shapes (rows, inputs) and (rows, targets)."""


def row_field(rows: int) -> Whole:
    """Return what asks for the row shown, of so many, counted from 1."""
    return Whole("row", "Row shown", 1, rows, 1, help=_ROW)


def example_fields(network: Network) -> tuple[Number, ...]:
    """Return what asks for the one example: its features, then its targets."""
    features = (Number(name, name, *FEATURE, 1.0, 0.01, help="An input of the one example.") for name in network.inputs)
    if network.loss == "index":
        last = float(max(len(network.outputs) - 1, 1))
        index = Number("t1", "t1", 0.0, last, 0.0, 1.0, help="The class of the one example, counted from 0.")
        return (*features, index)
    low, high = FEATURE if network.loss == "squared" else (0.0, 1.0)
    targets = (
        Number(name, name, low, high, float(k == 0), 0.01, help="A target of the one example.")
        for k, name in enumerate(network.targets)
    )
    return (*features, *targets)


def on_one_line(pasted: str) -> str:
    """Return pasted rows as the address has them."""
    return pasted.strip("\n").translate(_ONE_LINE)


def in_lines(table: str) -> str:
    """Return rows of the address as they were pasted."""
    return table.translate(_ONE_LINE_BACK)


def awaited(network: Network, name: str, table: str) -> str:
    """Return what to paste where nothing is yet; "" elsewhere."""
    if name != PASTED or in_lines(table).strip():
        return ""
    low, high = datasets.ROWS
    columns = ", ".join((*network.inputs, *network.targets))
    return f"Paste {low} to {high} rows of {columns}, with commas, tabs or spaces between. XOR is shown until then."


def remark(network: Network, name: str) -> str:
    """Return what to say of a data set that means little to a network; "" of any other."""
    return f"{name} of one input is that input: the target is x1." if name in CORNERS and network.sizes[0] == 1 else ""


def refusal(error: ValueError) -> str:
    """Return why rows were not taken, and what is shown."""
    return f"{error} XOR is shown."


@lru_cache(maxsize=32)
def rows_of(network: Network, name: str, rows: int, table: str) -> Data:
    """Return the rows of a set, or those pasted, the same arrays at each call: not to be changed.

    Raises
    ------
    ValueError
        If the set or the text does not fit the network.
    """
    if name != PASTED:
        return dataset(name, network, rows)
    return dataset("XOR", network) if awaited(network, name, table) else read_rows(in_lines(table), network)


def example_of(network: Network, example: tuple[float, ...]) -> Data:
    """Return the one example as a row of features and a row of targets."""
    count = len(network.inputs)
    return np.array([example[:count]]), np.array([example[count:]])
