"""Everything that a state of /network determines: data, descent, present weights and numbers, each computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from explorer.core import dense
from explorer.core.checks import FloatArray
from explorer.core.landscape import Descent, Measures
from explorer.core.network import Network
from explorer.core.network_view import NetworkView, network_view
from explorer.views.network import descent, kind, rows
from explorer.views.network.remark import Remark
from explorer.views.network.rows import EXAMPLE, Data
from explorer.views.network.state import State
from explorer.views.network.text import Numbers
from explorer.views.view import disagreements

ROUNDED = 8 * np.finfo(float).eps
"""By what part of a weight the sums of two derivations may differ."""


@dataclass(frozen=True)
class Moment:
    """A state, and what follows from it."""

    state: State

    @property
    def network(self) -> Network:
        """The network."""
        return self.state.network

    @property
    def view(self) -> NetworkView:
        """Its program and formulas."""
        return network_view(self.network, self.state.along)

    @cached_property
    def data(self) -> Data:
        """Features and targets, a row each."""
        return data_of(self.state)

    @cached_property
    def path(self) -> Descent:
        """The way down, from the start to the present weights."""
        return descent.way(self.network, self.state.starting, self.data, self.state.plan)

    @cached_property
    def weights(self) -> dict[str, float]:
        """The present weights."""
        steps = self.path.weights
        return dense.named(self.network, steps[-1]) if len(steps) else self.state.starting

    @cached_property
    def example(self) -> dict[str, float]:
        """The one example's features and targets by name; none where there are rows."""
        if self.state.data != EXAMPLE:
            return {}
        return dict(zip((*self.network.inputs, *self.network.targets), self.state.example, strict=True))

    @property
    def values(self) -> dict[str, float]:
        """What does not change from row to row: the weights, and the one example."""
        return {**self.weights, **self.example}

    @cached_property
    def columns(self) -> dict[str, FloatArray]:
        """The data by the program's inputs, of one example as well."""
        return dict(zip((*self.network.inputs, *self.network.targets), np.hstack(self.data).T.copy(), strict=True))

    @cached_property
    def rows(self) -> dict[str, list[float]]:
        """The data's columns by the program's inputs; none of one example."""
        return {} if self.example else {name: column.tolist() for name, column in self.columns.items()}

    @cached_property
    def numbers(self) -> Numbers:
        """Each step's number in the row that is shown, and its mean over the rows."""
        steps = self.view.program.evaluate({**self.weights, **self.columns, "u": 0.0})
        by_row = [name for name, value in steps.items() if value.ndim]
        table = np.stack([*self.columns.values(), *(steps[name] for name in by_row)])
        there = table[:, self.state.place or 0].tolist()
        with np.errstate(all="ignore"):
            means = table.mean(axis=1).tolist()
        same = self.weights | {name: float(value) for name, value in steps.items() if not value.ndim}
        names = (*self.columns, *by_row)
        mean = same | {name: x for name, x in zip(names, means, strict=True) if self.example or name not in self.columns}
        return Numbers(mean, same | dict(zip(names, there, strict=True)), self.state.place, frozenset(self.weights))

    @cached_property
    def paths(self) -> dict[str, Descent]:
        """The way, and that of the other loss if both are compared."""
        return descent.compared(self.network, self.state.starting, self.path, self.data, self.state.plan)

    @cached_property
    def measures(self) -> Mapping[str, Measures]:
        """What ways are worth that are compared."""
        return descent.measured(self.network, self.paths, self.data)

    @property
    def report(self) -> list[Remark]:
        """What there is to say of the descent."""
        return descent.report(self.state.plan, self.paths, self.measures)

    @property
    def remarks(self) -> list[Remark]:
        """What there is to say of the network and its data."""
        said = [
            Remark(kind.warning(self.network), "warning"),
            Remark(rows.remark(self.network, self.state.data)),
            Remark(rows.awaited(self.network, self.state.data, self.state.table)),
        ]
        return [remark for remark in said if remark.sentence]

    def disagreements(self) -> tuple[str, ...]:
        """Hold the program against the numeric core, as near as rounding of the weights lets the two be."""
        theta = dense.vector(self.network, self.weights)
        core = self._core(theta)
        if not disagreements(self.numbers.mean, core):
            return ()
        beside = self._core(theta * (1 + np.random.default_rng(0).uniform(-ROUNDED, ROUNDED, (16, theta.size))))
        moved = {name: np.nan_to_num(abs(beside[name] - core[name]), nan=np.inf).max() for name in core}
        within = {name: 4 * float(by) for name, by in moved.items()}  # sixteen draws need not find the farthest
        return disagreements(self.numbers.mean, core, within=within)

    def _core(self, theta: FloatArray) -> dict[str, Any]:
        """Loss and slopes at weights of shape (..., weights), by the numeric core."""
        loss, gradient = dense.loss_and_gradient(self.network, theta, *self.data)
        return {"L": loss} | {f"d_{name}": gradient[..., place] for place, name in enumerate(self.network.weights)}


def data_of(state: State) -> Data:
    """Return the features and targets of a state, a row each."""
    if state.data == EXAMPLE:
        return rows.example_of(state.network, state.example)
    return rows.rows_of(state.network, state.data, state.rows, state.table)
