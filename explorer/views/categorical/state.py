"""What the address of /categorical holds: the setting, the batch, and what its sliders show of the chosen row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from explorer.core.batch import Cells, Layout
from explorer.core.categorical import OPTIONS, By, Option
from explorer.views.binary import AXES, BY
from explorer.views.categorical import batch, fields
from explorer.views.categorical.batch import IN_FILE, Batch
from explorer.views.fields import Field, Number, Reader, Whole
from explorer.views.view import Written, written

NO_ROOM = "The link had no room for its batch, so the page's own examples are shown; open the saved file to see the others."


@dataclass(frozen=True)
class Setting:
    """What is asked once, above the sliders. What is not asked at the other choices is as by default.

    Attributes
    ----------
    by : "probability" or "logit"
        How predictions are given.
    target : "class index" or "distribution"
        How targets are given.
    classes : int
    options : tuple of str
        The labels of those that are on, in their order.
    ignored : int
        Rows with this class index do not count.
    base : "0" or "1"
        The first class index.
    typed_names : str
        The classes' names as typed; "" where they are letters.
    """

    by: str = BY.default
    target: str = fields.TARGET.default
    classes: int = fields.CLASSES.default
    options: tuple[str, ...] = fields.OPTIONS.default
    ignored: int = fields.IGNORED.default
    base: str = fields.BASE.default
    typed_names: str = ""

    @property
    def has_index(self) -> bool:
        """Whether targets are class indices."""
        return self.target == fields.INDEX

    @property
    def can_ignore(self) -> bool:
        """Whether an index is ignored."""
        return self.has_index and fields.IGNORE in self.options

    @cached_property
    def layout(self) -> Layout:
        """What a row of the batch holds."""
        ignored = self.ignored if self.can_ignore else None
        return Layout(self.program_by, self.classes, self.has_index, int(self.base), ignored)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The classes' names."""
        return fields.class_names(self.typed_names, self.classes)[0]

    @property
    def program_by(self) -> By:
        """The program's name for a prediction."""
        return AXES[self.by]

    @property
    def has_triangle(self) -> bool:
        """Whether all distributions can be drawn."""
        return self.classes == 3

    @cached_property
    def program_options(self) -> frozenset[Option]:
        """The options that change the formula."""
        chosen = frozenset(option for option in OPTIONS if fields.LABELS[option] in self.options)
        return chosen if self.by == fields.LOGIT else chosen - {"temperature"}

    @property
    def scalars(self) -> tuple[Number, ...]:
        """The sliders of the options that are on, but for class weights."""
        of: dict[Option, Number] = {"smoothing": fields.EPSILON, "focal": fields.GAMMA, "temperature": fields.TEMPERATURE}
        return tuple(slider for option, slider in of.items() if option in self.program_options)

    @property
    def weights(self) -> tuple[Number, ...]:
        """The sliders of the class weights, if these are on."""
        return fields.each("w", self.names, [1.0] * self.classes) if "weights" in self.program_options else ()


@dataclass(frozen=True)
class State:
    """What the address of /categorical holds.

    Attributes
    ----------
    setting : Setting
    rows : tuple of tuples of str
        The batch as it is stored: cells as typed.
    row : int
        The chosen row, from 0.
    prediction : tuple of float, shape (classes,)
        Of the chosen row as the sliders have it: probabilities in [0, 1], or logits.
    target : int or tuple of float, shape (classes,)
        The same of its target: a class index, or a distribution.
    scalars, weights : tuple of float
        What the sliders of the setting's scalars and weights hold.
    along : int
        The class, from 1, whose logit the slice runs along and whose derivatives are written out.
    """

    setting: Setting = Setting()  # noqa: RUF009  # it is frozen
    rows: tuple[Cells, ...] = field(default_factory=lambda: batch.rows_of("", Setting().layout))
    row: int = 0
    prediction: tuple[float, ...] = (0.7, 0.1, 0.2)
    target: int | tuple[float, ...] = 0
    scalars: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    along: int = 1
    page = "categorical"

    @property
    def layout(self) -> Layout:
        """What a row of the batch holds."""
        return self.setting.layout

    @property
    def names(self) -> tuple[str, ...]:
        """The classes' names."""
        return self.setting.names

    @cached_property
    def stored(self) -> Batch:
        """The batch as it is stored."""
        return batch.stored(self.rows, self.layout, self.row)

    @cached_property
    def batch(self) -> Batch:
        """The batch with its chosen row as the sliders have it."""
        return batch.on_sliders(self.stored, self.prediction, self.target)

    @property
    def index(self) -> int | None:
        """The class index, if the target is one."""
        return self.target if isinstance(self.target, int) else None

    @property
    def shares(self) -> tuple[float, ...]:
        """The target as a distribution: 0 everywhere for an index that is no class."""
        if not isinstance(self.target, int):
            return self.target
        return tuple(float(k == self.target - self.layout.base) for k in range(self.layout.classes))

    @property
    def place(self) -> int | None:
        """The class that happened, counted from 1; None where the target is a distribution, or ignored."""
        place = None if self.index is None else self.index - self.layout.base + 1
        return place if place is not None and 1 <= place <= self.layout.classes else None

    def write(self) -> Written:
        """As `View.state`."""
        setting, text = self.setting, batch.text_of(self.rows, self.layout)
        asked: list[tuple[Field[Any], Any]] = [
            (BY, setting.by),
            (fields.TARGET, setting.target),
            (fields.CLASSES, setting.classes),
            (fields.OPTIONS, setting.options),
            (fields.IGNORED, setting.ignored),
            (fields.BASE, setting.base),
            (fields.NAMES, setting.typed_names),
        ]
        example = Controls(self.stored, self.names)
        asked += [(fields.Row(len(self.rows)), self.row)]
        asked += [(example.index, self.index)] if example.index else zip(example.target, self.shares, strict=True)
        asked += zip(example.prediction, self.prediction, strict=True)
        asked += zip((*setting.scalars, *setting.weights), (*self.scalars, *self.weights), strict=True)
        asked += [(fields.along(self.names), self.names[self.along - 1])]
        return ({"batch": [text]} if text else {}) | written(*asked)


class Controls:
    """The controls of a batch's chosen row, which open as the stored row has it; names are the classes'."""

    def __init__(self, stored: Batch, names: Sequence[str]) -> None:
        layout, held = stored.layout, stored.held
        self.prediction = fields.each(layout.by, names, held.prediction)
        self.target: tuple[Number, ...] = () if layout.index else fields.each("t", names, held.target)
        self.index: Whole | None = (
            fields.index_of(layout.base, layout.classes, held.k, layout.ignored) if layout.index else None
        )


def ordered(options: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of options in their order."""
    return tuple(option for option in fields.OPTIONS.options if option in options)


def read(reader: Reader) -> State:
    """Return the state that an address gives."""
    setting = _setting(reader)
    layout = setting.layout
    text = reader.text("batch")
    if text == IN_FILE:
        reader.refuse(NO_ROOM)
        text = ""
    rows = batch.rows_of(text, layout)
    row = reader.take(fields.Row(len(rows)))
    controls = Controls(batch.stored(rows, layout, row), setting.names)
    target = reader.take(controls.index) if controls.index else tuple(map(reader.take, controls.target))
    prediction = tuple(map(reader.take, controls.prediction))
    scalars, weights = (tuple(map(reader.take, sliders)) for sliders in (setting.scalars, setting.weights))
    along = setting.names.index(reader.take(fields.along(setting.names))) + 1
    return State(setting, rows, row, prediction, target, scalars, weights, along)


def _setting(reader: Reader) -> Setting:
    by, target, classes = reader.take(BY), reader.take(fields.TARGET), reader.take(fields.CLASSES)
    options = ordered(reader.take(fields.OPTIONS))
    has_index = target == fields.INDEX
    ignored = reader.take(fields.IGNORED) if has_index and fields.IGNORE in options else fields.IGNORED.default
    base = reader.take(fields.BASE) if has_index else fields.BASE.default
    typed = reader.take(fields.NAMES)
    _, problem = fields.class_names(typed, classes)
    if problem:
        reader.refuse(problem)
    return Setting(by, target, classes, options, ignored, base, "" if problem else typed)
