"""What the address of /rows holds: everything but the rows."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from explorer.core.calibration import TEMPERATURES, nearest
from explorer.core.losses import Loss
from explorer.rows import Rows, open_rows
from explorer.rows.analyses.worst import By
from explorer.views.fields import Number, Reader
from explorer.views.rows import fields
from explorer.views.rows.data import example, laid_out
from explorer.views.rows.fields import (
    BIN,
    BINS,
    CLASSES,
    COLUMNS,
    DATA,
    HERE,
    LARGEST,
    LIBRARIES,
    OF_A_BIN,
    RECOGNISED,
    SPLITS,
    TEMPERATURE,
    TOGETHER,
    WEIGH,
)
from explorer.views.rows.files import FILES, Gone
from explorer.views.view import Written, written


@dataclass(frozen=True)
class State:
    """What the address of /rows holds, and the rows that it is about.

    Attributes
    ----------
    rows : Rows
        Those of the address' data, or somebody's own, which no address holds.
    data : str
        The name of made-up rows; "" of somebody's own.
    files : tuple of str
        The names of files that somebody has dropped.
    columns : tuple of (str, str)
        What of the layout somebody has changed: a name of COLUMNS, and what it is.
    loss : str
        Its title; "" for the usual one.
    values : tuple of float
        Its parameters.
    bin_count : float
        Bins of the calibration.
    temperature : float
        Its logarithm to base 10.
    place : float or None
        The threshold, where somebody has set one.
    worst : str
        Which rows the table shows.
    split : str
        Whether those are of all together or of each class or group, where they are the largest losses.
    bin : int
        Whose rows those are, where they are a bin's.
    classes, weigh, libraries, recognised : bool
        What is open.
    here : str
        Which of the rows that a server offers somebody has chosen; "" of others.
    """

    rows: Rows = field(compare=False, repr=False)
    data: str = DATA.default
    columns: tuple[tuple[str, str], ...] = ()
    loss: str = ""
    values: tuple[float, ...] = ()
    bin_count: float = BINS.default
    temperature: float = TEMPERATURE.default
    place: float | None = None
    worst: str = LARGEST
    split: str = TOGETHER
    bin: int = BIN.default
    classes: bool = False
    weigh: bool = False
    libraries: bool = False
    recognised: bool = False
    files: tuple[str, ...] = ()
    here: str = ""
    page = "rows"

    def __post_init__(self) -> None:
        """Fill in the loss's parameters where they are not given."""
        if not self.values:
            object.__setattr__(self, "values", tuple(slider.default for slider in self.sliders.values()))

    @property
    def bins(self) -> int:
        """How many bins the calibration has."""
        return int(self.bin_count)

    @property
    def chosen_bin(self) -> int:
        """The bin whose rows the table shows, from 1; 0 where it shows others."""
        return self.bin if self.worst == OF_A_BIN and self.bin <= self.bins else 0

    @property
    def by(self) -> By | None:
        """Of what each has its rows in the table."""
        return SPLITS.get(self.split) if self.worst == LARGEST else None

    @property
    def shown_temperature(self) -> float:
        """The temperature that bins are shown at: of several classes there are only some, and the nearest is."""
        temperature = float(10**self.temperature)
        return float(TEMPERATURES[nearest(temperature)]) if self.rows.layout.kind == "classes" else temperature

    @property
    def threshold(self) -> float:
        """The threshold."""
        return fields.threshold(self.rows.layout).default if self.place is None else self.place

    @cached_property
    def chosen(self) -> Loss:
        """The loss."""
        return fields.chosen(self.rows.layout, self.loss or fields.losses(self.rows.layout).default)

    @cached_property
    def sliders(self) -> dict[str, Number]:
        """Parameter of the loss -> its slider."""
        return fields.parameters(self.chosen)

    @property
    def numbers(self) -> dict[str, float]:
        """Parameter of the loss -> its number."""
        return dict(zip(self.sliders, self.values, strict=True))

    @property
    def scans(self) -> Hashable:
        """What of it decides which scans of the rows are made."""
        seen = (self.worst, self.split, self.bin, self.bin_count, self.classes, self.weigh, self.libraries)
        return (self.loss, self.values, self.columns, *seen, self.shown_temperature if self.chosen_bin else None)

    def write(self) -> Written:
        """As `View.state`."""
        title = self.loss or fields.losses(self.rows.layout).default
        held = written((DATA, self.data)) if self.data else FILES.write(self.files)
        held |= {HERE: [self.here]} if self.here else {}
        held |= written(*((COLUMNS[name], text) for name, text in self.columns))
        held |= written((fields.losses(self.rows.layout), title), *zip(self.sliders.values(), self.values, strict=True))
        held |= written((BINS, self.bin_count), (TEMPERATURE, self.temperature))
        held |= written((fields.threshold(self.rows.layout), self.threshold))
        held |= written(
            (fields.worst(self.rows.layout), self.worst), (fields.split(self.rows.layout), self.split), (BIN, self.bin)
        )
        return held | written(
            (CLASSES, self.classes), (WEIGH, self.weigh), (LIBRARIES, self.libraries), (RECOGNISED, self.recognised)
        )


def read_own(reader: Reader, rows: Any) -> State:
    """Return the state that an address gives of somebody's own rows, as `explorer.rows.open_rows` takes them."""
    return _read(reader, rows if isinstance(rows, Rows) else open_rows(rows))


def read(reader: Reader) -> State | Gone:
    """Return the state that an address gives: of made-up rows, or of files that are not here."""
    files = reader.take(FILES)
    if not files and not reader.text(HERE):
        return _read(reader)
    given = tuple((name, tuple(texts)) for name, texts in reader.given.items() if name not in (FILES.name, DATA.name))
    return Gone(files, reader.take(DATA), given)


def _read(reader: Reader, own: Rows | None = None) -> State:
    """What an address says of rows: own ones, or made-up ones by their name."""
    data = "" if own else reader.take(DATA)
    columns = tuple((name, text) for name, known in COLUMNS.items() if (text := reader.take(known)))
    rows, said = laid_out(own or example(data), columns)
    if said:
        reader.refuse(said)
        columns = ()
    known = fields.losses(rows.layout)
    loss = reader.take(known)
    of_classes = bool(rows.layout.classes)
    worst, splits = reader.take(fields.worst(rows.layout)), fields.split(rows.layout)
    state = State(
        rows,
        data,
        columns,
        "" if loss == known.default else loss,
        bin_count=reader.take(BINS) if of_classes else BINS.default,
        temperature=reader.take(TEMPERATURE) if of_classes else TEMPERATURE.default,
        place=reader.take(fields.threshold(rows.layout)),
        worst=worst,
        split=reader.take(splits) if worst == LARGEST and splits.options[1:] else TOGETHER,
        bin=reader.take(BIN) if worst == OF_A_BIN else BIN.default,
        classes=of_classes and reader.take(CLASSES),
        weigh=of_classes and reader.take(WEIGH),
        libraries=of_classes and reader.take(LIBRARIES),
        recognised=reader.take(RECOGNISED),
        files=reader.take(FILES) if own else (),
        here=reader.text(HERE) if own else "",
    )
    values = tuple(reader.take(slider) for slider in state.sliders.values())
    return State(**{**{name: getattr(state, name) for name in state.__dataclass_fields__}, "values": values})
