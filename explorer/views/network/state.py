"""What the address of /network holds."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute

from explorer.core.network import Network
from explorer.views.fields import Choice, Flag, Reader, Some, Whole
from explorer.views.network import kind, rows, weights
from explorer.views.network.descent import RATE, RULE, TAKEN, VERSUS, Plan
from explorer.views.network.rows import DATA, EXAMPLE, PASTED, ROWS, SIZED, TABLE
from explorer.views.network.weights import CHOSEN, SURFACE, W
from explorer.views.view import Written, written

SEED = Whole(
    "seed",
    "Seed",
    0,
    9999,
    0,
    help="The number that the random weights follow from: the same seed gives the same weights.",
)
FORM = Choice(
    "form",
    "Form",
    ("layered", "backpropagation", "inline"),
    help="The formula layer by layer, its gradient by backpropagation, or the loss in one line.",
)
NUMBERS = Flag(
    "numbers",
    "Numbers put in",
    help="Put the present weights and the row shown into the formula; into code the weights only.",
)
AROUND = Flag("around", "Curvature and random directions")
TABLE_OF_WEIGHTS = Flag("weights", "All weights as a table")
IN_FILE = "file"
"""What the address of the page says of a text that it has no room for."""
NO_ROOM = "The link had no room for all of its view; open the saved file to see the rest."


def keep_field(network: Network) -> Some:
    """Return what asks for the names that stay letters."""
    return Some(
        "keep",
        "Keep as symbols",
        (*network.inputs, *network.targets, *network.weights),
        help="Names that stay letters while the others become numbers.",
        allowed="an input, a target or a weight of the network",
    )


@dataclass(frozen=True)
class State:
    """What the address of /network holds; where a part of it is not asked for, its default.

    Attributes
    ----------
    network : Network
    data : str
        An option of DATA.
    rows : int
        How many, of a set that may have any number.
    table : str
        Pasted rows, on one line.
    seed : int
        Of the random weights.
    example : tuple of float
        The one example's features, then its targets; empty where there are rows.
    row : int
        The row shown, from 1.
    start : tuple of float or None
        The weights at the start, finite, in the network's order; None for those of the seed.
    plan : Plan
        How the weights go down from there, and how many steps they have taken.
    chosen : str
        A hidden or output unit, or a weight.
    along, across : str
        The two weights that the pictures run along.
    surface : str
        "contour" or "3-D".
    form : str
        "layered", "backpropagation" or "inline".
    put_in : bool
        Whether numbers stand in the formula.
    keep : tuple of str
        Inputs, targets and weights that stay letters then.
    around, table_of_weights : bool
        Whether these parts of the page are open.
    """

    network: Network = attribute(
        default_factory=lambda: kind.network_of(kind.SIZES.default, kind.HIDDEN.default, kind.LOSS.default)
    )
    data: str = DATA.default
    rows: int = ROWS.default
    table: str = ""
    seed: int = SEED.default
    example: tuple[float, ...] = ()
    row: int = 1
    start: tuple[float, ...] | None = None
    plan: Plan = Plan()
    chosen: str = "h1_1"
    along: str = "w1_1_1"
    across: str = "w1_1_2"
    surface: str = SURFACE.default
    form: str = FORM.default
    put_in: bool = False
    keep: tuple[str, ...] = ()
    around: bool = False
    table_of_weights: bool = False
    page = "network"

    @property
    def solid(self) -> bool:
        """Whether the surface is drawn in three dimensions."""
        return self.surface != SURFACE.default

    @property
    def place(self) -> int | None:
        """The row shown, from 0; None where there is one example."""
        return None if self.data == EXAMPLE else self.row - 1

    @property
    def starting(self) -> weights.Weights:
        """The weights at the start."""
        if self.start is None:
            return self.network.random_weights(self.seed)
        return dict(zip(self.network.weights, self.start, strict=True))

    @property
    def shown(self) -> tuple[str, ...]:
        """The weights with a slider in sight."""
        return weights.shown_weights(self.network, self.chosen, self.along, self.across)

    def write(self) -> Written:
        """As `View.state`; the weights and the pasted rows in full, however long."""
        network, held = self.network, kind.written_kind(self.network)
        example = zip(rows.example_fields(network), self.example, strict=self.data == EXAMPLE)
        held |= written((DATA, self.data), (ROWS, self.rows), (SEED, self.seed), *example)
        held |= {TABLE: [self.table]} if self.table else {}
        held |= {} if self.row == 1 else {"row": [str(self.row)]}
        held |= {} if self.start is None else {W: [weights.write(self.starting)]}
        held |= written((RULE, self.plan.rule), (RATE, self.plan.rate), (TAKEN, self.plan.steps), (VERSUS, self.plan.versus))
        held |= {} if self.chosen == weights.first_chosen(network) else {CHOSEN: [self.chosen]}
        return held | written(
            (weights.along_field(network, self.chosen), self.along),
            (weights.across_field(network, self.chosen, self.along), self.across),
            (SURFACE, self.surface),
            (FORM, self.form),
            (NUMBERS, self.put_in),
            (keep_field(network), self.keep),
            (AROUND, self.around),
            (TABLE_OF_WEIGHTS, self.table_of_weights),
        )


def read(reader: Reader) -> State:
    """Return the state that an address gives."""
    network = _network(reader)
    data, count, table, seed = _data(reader, network)
    example: tuple[float, ...] = ()
    row = 1
    if data == EXAMPLE:
        example = tuple(map(reader.take, rows.example_fields(network)))
    else:
        row = reader.take(rows.row_field(len(rows.rows_of(network, data, count, table)[0])))
    start = _start(reader, network, seed)
    plan = Plan(reader.take(RULE), reader.take(RATE), reader.take(TAKEN), reader.take(VERSUS))
    chosen = _chosen(reader, network)
    along = reader.take(weights.along_field(network, chosen))
    across = reader.take(weights.across_field(network, chosen, along))
    surface, form, put_in = reader.take(SURFACE), reader.take(FORM), reader.take(NUMBERS)
    keep = reader.take(keep_field(network)) if put_in else ()
    around, table_of_weights = reader.take(AROUND), reader.take(TABLE_OF_WEIGHTS)
    if IN_FILE in map(reader.text, (W, TABLE)):
        reader.refuse(NO_ROOM)
    return State(
        network, data, count, table, seed, example, row, start, plan, chosen, along, across, surface, form, put_in, keep,
        around, table_of_weights,
    )  # fmt: skip


def _network(reader: Reader) -> Network:
    sizes, hidden, loss = reader.take(kind.SIZES), reader.take(kind.HIDDEN), reader.take(kind.LOSS)
    try:
        return kind.network_of(sizes, hidden, loss)
    except ValueError as error:
        network = kind.network_of(kind.SIZES.default, hidden, loss)
        reader.refuse(kind.refusal(error, network))
        return network


def _data(reader: Reader, network: Network) -> tuple[str, int, str, int]:
    """The data's name, how many rows, those that are pasted, and the seed."""
    data = reader.take(DATA)
    count = reader.take(ROWS) if data in SIZED else ROWS.default
    seed = reader.take(SEED)
    table = reader.text(TABLE) if data == PASTED else ""
    table = "" if table == IN_FILE else table
    if data != EXAMPLE:
        try:
            rows.rows_of(network, data, count, table)
        except ValueError as error:
            reader.refuse(rows.refusal(error))
            return DATA.default, ROWS.default, "", seed
    return data, count, table, seed


def _start(reader: Reader, network: Network, seed: int) -> tuple[float, ...] | None:
    text = reader.text(W)
    if text in ("", IN_FILE):
        return None
    try:
        given = weights.read(network, text)
    except ValueError as error:
        reader.refuse(weights.refusal(error, seed))
        return None
    return start_of(network, seed, given)


def start_of(network: Network, seed: int, given: weights.Weights) -> tuple[float, ...] | None:
    """Return weights as a State has them: None for those of the seed."""
    return None if given == network.random_weights(seed) else tuple(given.values())


def _chosen(reader: Reader, network: Network) -> str:
    name = reader.text(CHOSEN)
    if name and not weights.can_be_chosen(network, name):
        reader.refuse(weights.choice_refusal(network, name))
    return name if weights.can_be_chosen(network, name) else weights.first_chosen(network)
