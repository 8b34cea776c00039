"""The charts of /categorical and the table of its batch."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.core.batch import Cells, Example
from explorer.core.program import Program
from explorer.figures.categorical import classes_figure, slice_figure, triangle_figure
from explorer.views.categorical import fields
from explorer.views.categorical.batch import right
from explorer.views.categorical.numbers import Numbers
from explorer.views.categorical.state import State
from explorer.views.markup import quantity
from explorer.views.table import Table, TableRow
from explorer.views.view import Chart


def charts(state: State, program: Program, numbers: Numbers) -> Iterator[Chart]:
    """Yield the triangle of three classes, the bars of each class, and the loss along one logit."""
    names, by, name = state.names, state.layout.by, state.names[state.along - 1]
    sliders = fields.each(by, names, state.prediction)
    limits = {slider.name: slider.limits for slider in sliders}
    if state.setting.has_triangle:
        yield Chart(
            key="triangle-chart",
            title="Loss of every prediction",
            alt="The loss over all distributions of three classes, with the prediction and the way down",
            filename="cross-entropy-triangle",
            figure=triangle_figure(program, numbers.values, numbers.all, names, tuple(limits)),
            program=program,
            values=numbers.values,
            limits=limits,
            rows=numbers.rows,
            writes=False,
        )
    yield Chart(
        key="classes-chart",
        title="Loss and its parts by class",
        alt="For each class: prediction and target, share of the loss, and gradients; above them the loss and its floor",
        filename="cross-entropy-classes",
        figure=classes_figure(program, numbers.values, numbers.all, names),
        program=program,
        values=numbers.values,
        limits=limits,
        rows=numbers.rows,
        each=("row_L",),
    )
    yield Chart(
        key="slice-chart",
        title=f"Loss along the logit of {name}",
        alt=f"Loss along the logit of class {name}, with its tangent and its floor",
        filename="cross-entropy-slice",
        figure=slice_figure(program, numbers.values, numbers.all, name, f"z{state.along}" if by == "z" else None),
        program=program,
        values=numbers.values,
        limits=limits,
        rows=numbers.rows,
        writes=False,
    )


def table(state: State, numbers: Numbers) -> Table:
    """Return the batch with the loss of each row, and whether it is right."""
    layout, batch = state.layout, state.batch
    losses = iter(enumerate(numbers.row_losses))

    def results(i: int, example: Example) -> tuple[str, str]:
        if example.problem or example.ignored:
            return ("ignored" if example.ignored else "—", "—")
        if i == batch.chosen:
            return quantity("L", numbers.all["L"]), quantity("right", numbers.all["right"], trim=True)
        row, loss = next(losses)
        return quantity("row_L", loss, row=row), str(right(example))

    rows = (
        TableRow(
            _padded(example.cells, layout.width),
            results(i, example),
            f"Row {i + 1}: {example.problem}" if example.problem else "",
            not example.problem,
        )
        for i, example in enumerate(batch.examples)
    )
    every = range(1, layout.classes + 1)
    targets = [f"k (from {layout.base})"] if layout.index else [f"t {name}" for name in state.names]
    moving = [None] if layout.index else [f"t{k}" for k in every]
    return Table(
        key="examples",
        label="Batch of examples",
        columns=(*(f"{layout.by} {name}" for name in state.names), *targets),
        results=("loss", "right"),
        rows=tuple(rows),
        chosen=batch.chosen,
        live=(*(f"{layout.by}{k}" for k in every), *moving),
    )


def _padded(cells: Cells, width: int) -> Cells:
    return (*cells, *[""] * (width - len(cells)))
