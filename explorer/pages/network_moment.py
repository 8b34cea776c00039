"""What /network shows at one moment: its weights and data, and the numbers that follow from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st

from explorer.core import dense
from explorer.core.checks import FloatArray
from explorer.core.landscape import Descent
from explorer.core.network import Network
from explorer.core.network_view import NetworkView, network_view
from explorer.core.sweeps import averaged
from explorer.pages.network_setting import Setting
from explorer.pages.network_text import Numbers

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Moment:
    """One moment of the page.

    Attributes
    ----------
    setting : Setting
    example : dict
        The one example's features and targets by name; empty where there are rows.
    place : int or None
        The row that is shown, from 0; None where there is one example.
    along, across : str
        The weights that the pictures run along.
    weights : dict
        Weight -> number.
    path : Descent
        How they came there from the start.
    """

    setting: Setting
    example: Mapping[str, float]
    place: int | None
    along: str
    across: str
    weights: dict[str, float]
    path: Descent

    @property
    def network(self) -> Network:
        """The network asked for."""
        return self.setting.network

    @property
    def view(self) -> NetworkView:
        """Its program and formulas."""
        return network_view(self.network, self.along)

    @property
    def values(self) -> dict[str, float]:
        """What does not change from row to row: the weights, and the one example."""
        return {**self.weights, **self.example}

    @property
    def data(self) -> tuple[FloatArray, FloatArray]:
        """Features and targets, a row each."""
        return data(self.setting, self.example)

    @cached_property
    def numbers(self) -> Numbers:
        """Each step's number in the row that is shown, and its mean over the rows."""
        (x, t), row, program = self.data, self.place or 0, self.view.program
        names = (*self.network.inputs, *self.network.targets)
        of_row = dict(zip(names, (*x[row].tolist(), *t[row].tolist()), strict=True))
        steps = [step.name for step, _ in program.steps]
        there = averaged(program, steps, {**self.weights, **of_row, "u": 0.0}, {}, {})
        rows = self.setting.rows
        mean = averaged(program, steps, {**self.values, "u": 0.0}, {}, rows) if rows else there
        return Numbers(
            {**self.values, **{name: float(value) for name, value in mean.items()}},
            {**self.weights, **of_row, **{name: float(value) for name, value in there.items()}},
            self.place,
            frozenset(self.weights),
        )

    def check(self) -> None:
        """Hold the program against the numeric core, and show any disagreement."""
        loss, gradient = dense.loss_and_gradient(self.network, dense.vector(self.network, self.weights), *self.data)
        core = {"L": float(loss)} | {f"d_{name}": slope for name, slope in dense.named(self.network, gradient).items()}
        for name, theirs in core.items():
            ours = self.numbers.mean[name]
            if not (math.isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE) or ours != ours and theirs != theirs):
                st.error(f"{name} disagrees: the formula gives {ours!r}, the numeric core {theirs!r}.")


def data(setting: Setting, example: Mapping[str, float]) -> tuple[FloatArray, FloatArray]:
    """Return the rows' features and targets; of one example a row of each."""
    if setting.x is not None and setting.t is not None:
        return setting.x, setting.t
    network = setting.network
    return np.array([[example[name] for name in network.inputs]]), np.array([[example[name] for name in network.targets]])
