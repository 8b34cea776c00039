"""Every printed program computes in the real engines what the Program does, and its gradient by their own means."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
import pytest
import torch
from mpmath import mp
from numpy.typing import NDArray
from sympy import log, symbols

from explorer.core import functions, printers
from explorer.core.losses import LOSSES
from explorer.core.program import Program
from tests.core.helpers import VARIANTS, predictions
from tests.core.printers.shared import NETWORKS, points
from tests.engines import mathics_kernel
from tests.engines.conftest import Report

Columns = Mapping[str, NDArray[np.float64]]
ROWS = 8
MOST = 4
"""By how many inputs a printed gradient is run in Mathics, which is slow."""
NEAR, FINE = 1e-9, 1e-12
"""Within what numbers agree, relative to themselves and to the largest that stands in the point, or 1."""


@dataclass(frozen=True)
class Case:
    """A program, what is predicted, and points."""

    program: Program
    by: tuple[str, ...]
    at: Columns


def _of_formulas() -> dict[str, Case]:
    """The losses of `formulas`, with all their options: inside their domains, targets at their edges too."""
    random, found = np.random.default_rng(1), {}
    inside = {"p": (0.01, 0.99), "t": (0.01, 0.99), "z": (-9.0, 9.0), "y": (-9.0, 9.0), "e": (0.01, 0.9), "w": (0.1, 3.0)}
    inside |= {"g": (0.5, 3.0)}
    for name, program in VARIANTS.items():
        at = {s.name: random.uniform(*inside[s.name[0]], ROWS) for s in program.inputs}
        for target in (s.name for s in program.inputs if s.name[0] == "t"):
            at[target][-2:] = random.choice((0.0, 1.0), 2)
        found[name] = Case(program, tuple(predictions(program)), at)
    return found


def _of_catalogue() -> dict[str, Case]:
    random, found = np.random.default_rng(2), {}
    for name, loss in LOSSES.items():
        made = loss.variant(pixels=4) if loss.variant and "pixels" in inspect.signature(loss.variant).parameters else loss
        at: dict[str, NDArray[np.float64]] = {}
        for entries in made.groups:
            columns = entries[0].domain.moderate(random, ROWS, len(entries))
            at |= {given.name: columns[:, k] for k, given in enumerate(entries)}
        found[f"{name} of the catalogue"] = Case(made.program(), made.predictions, at)
    return found


def _of_networks() -> dict[str, Case]:
    return {
        f"network {name}": Case(network.program(), tuple(network.weights), points(network))
        for name, network in NETWORKS.items()
        if name not in {"deep", "wide"}
    }


def _of_choices() -> dict[str, Case]:
    """A choice whose other branch has no value, or no slope, at some of the points."""
    x, y, loss = symbols("x y L")
    inside = functions.where(functions.below(0, x), x * log(x) + functions.where(functions.below(x, 1), y, 1 / (x - 1)), y**2)
    at = {"x": np.array([-4.0, 0.0, 0.5, 2.0]), "y": np.array([1.0, 2.0, 3.0, 4.0])}
    return {"choice": Case(Program((x, y), ((loss, y * inside),)), ("x", "y"), at)}


CASES = _of_formulas() | _of_catalogue() | _of_networks() | _of_choices()
every_case = pytest.mark.parametrize("name", CASES)


def torch_answers(case: Case) -> dict[str, NDArray[np.float64]]:
    """Return L and each slope by torch.autograd."""
    scope: dict[str, Any] = {}
    exec(printers.pytorch.code(case.program), scope)
    tensors = {name: torch.tensor(case.at[name], dtype=torch.float64) for name in map(str, case.program.inputs)}
    for name in case.by:
        tensors[name].requires_grad_()
    loss = scope["loss"](*tensors.values())
    by = [tensors[name] for name in case.by]
    if loss.requires_grad:
        slopes = torch.autograd.grad(loss.sum(), by, allow_unused=True, materialize_grads=True)
    else:  # torch finds no slope at all in a loss made of steps alone
        slopes = tuple(map(torch.zeros_like, by))
    return {"L": loss.detach().numpy()} | {f"d_{name}": slope.numpy() for name, slope in zip(case.by, slopes, strict=True)}


def jax_answers(case: Case) -> dict[str, NDArray[np.float64]]:
    """Return L and each slope by jax.grad."""
    scope: dict[str, Any] = {}
    exec(printers.jax.code(case.program), scope)
    arrays = {name: jax.numpy.asarray(case.at[name]) for name in map(str, case.program.inputs)}

    def total(by: dict[str, Any]) -> Any:
        loss = scope["loss"](**{**arrays, **by})
        return loss.sum(), loss

    (_, loss), slopes = jax.value_and_grad(total, has_aux=True)({name: arrays[name] for name in case.by})
    return {"L": np.asarray(loss)} | {f"d_{name}": np.asarray(slope) for name, slope in slopes.items()}


def compare(case: Case, found: Mapping[str, NDArray[np.float64]]) -> tuple[int, float]:
    """Assert that what was found is what the program and its gradient say; return how much was compared, and how close."""
    expected = case.program.gradient(case.by).evaluate(case.at)
    largest, count = 0.0, 0
    size = np.maximum(1.0, np.max(np.abs(list(case.at.values())), axis=0))
    for name, theirs in found.items():
        ours, theirs = np.broadcast_to(expected[name], size.shape), np.broadcast_to(theirs, size.shape)
        for k in range(len(size)):
            if ours[k] == theirs[k] or (np.isnan(ours[k]) and np.isnan(theirs[k])):
                count += 1
                continue
            off = abs(ours[k] - theirs[k])
            at = {given: float(column[k]) for given, column in case.at.items()}
            assert off <= NEAR * abs(ours[k]) + FINE * size[k] or _is_kink(case, name, at, theirs[k]), (
                name,
                theirs[k],
                ours[k],
                at,
            )
            count += 1
            largest = max(largest, off / max(abs(ours[k]), size[k] * 1e-3))
    return count, float(largest)


def _is_kink(case: Case, name: str, at: Mapping[str, float], slope: float) -> bool:
    """Whether the slope jumps at a point, and the one found lies between those beside it."""
    if name == "L":
        return False
    by = name.removeprefix("d_")
    step = 1e-9 * max(1.0, abs(at[by]))
    beside = [float(case.program.gradient([by]).evaluate({**at, by: at[by] + h})[name]) for h in (-step, step)]
    return abs(beside[0] - beside[1]) > 1e-3 * (abs(beside[0]) + abs(beside[1])) and min(beside) <= slope <= max(beside)


@every_case
def test_pytorch(name: str, report: Report) -> None:
    count, largest = compare(CASES[name], torch_answers(CASES[name]))
    report.add("PyTorch", "printed programs and their gradients", count, largest)


@every_case
def test_jax(name: str, report: Report) -> None:
    count, largest = compare(CASES[name], jax_answers(CASES[name]))
    report.add("JAX", "printed programs and their gradients", count, largest)


@every_case
def test_mathics(name: str, report: Report) -> None:
    case, outputs = CASES[name], ["L", *(f"d_{by}" for by in CASES[name].by[:MOST])]
    mathics_kernel.define(case.program.gradient(case.by[:MOST]), outputs)
    few = _first_rows(case)
    found = [mathics_kernel.values(row) for row in _rows(few)]
    columns = {
        output: np.array(column, dtype=np.float64) for output, column in zip(outputs, zip(*found, strict=True), strict=True)
    }
    assert not any(number is None for row in found for number in row)
    count, largest = compare(few, columns)
    report.add("Mathics", "printed programs, and printed gradients", count, largest)


@pytest.mark.parametrize(
    "name", ["squared_error", "poisson_with_log_rate", "gamma", "tweedie", "gaussian", "exponential", "brier"]
)
def test_the_slope_that_mathics_derives(name: str, report: Report) -> None:
    case = CASES[f"{name} of the catalogue"]
    mathics_kernel.define(case.program)
    few = _first_rows(case)
    names = [str(s) for s in case.program.inputs]
    slopes = [mathics_kernel.slope(names, case.by[0], row) for row in _rows(few)]
    assert None not in slopes
    count, largest = compare(few, {f"d_{case.by[0]}": np.array(slopes, dtype=np.float64)})
    report.add("Mathics", "slopes by D, where it has an answer", count, largest)


def _first_rows(case: Case) -> Case:
    """Fewer points, for Mathics is slow."""
    return Case(case.program, case.by, {name: column[:3] for name, column in case.at.items()})


def _rows(case: Case) -> list[list[float]]:
    columns = [case.at[str(s)].tolist() for s in case.program.inputs]
    return [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("count", [2, 3])
def test_a_refined_logsumexp_has_its_digits_next_to_0(count: int) -> None:
    """Compiled too: a compiler must not take out what tells the rounding of a sum or a product."""
    names, random = symbols(f"a1:{count + 1}"), np.random.default_rng(count)
    beside = 10 ** random.uniform(-15, -0.5, 400) * random.choice([-1, 1], 400)
    rows = np.log(random.dirichlet(np.ones(count), 400)) + np.log1p(beside)[:, None]
    program = Program(names, ((symbols("L"), functions.refined(functions.logsumexp(*names), *names)),))
    with mp.workdps(60):
        exact = [mp.log(mp.fsum(map(mp.exp, map(mp.mpf, row)))) for row in rows.tolist()]
    in_torch: dict[str, Any] = {}
    exec(printers.pytorch.code(program), in_torch)
    tensors = [torch.tensor(column, requires_grad=True) for column in rows.T.copy()]
    value = in_torch["loss"](*tensors)
    value.sum().backward()
    in_jax: dict[str, Any] = {}
    exec(printers.jax.code(program), in_jax)
    answers = {
        "PyTorch": value.detach().numpy(),
        "PyTorch, mapped": torch.func.vmap(in_torch["loss"])(*tensors).detach().numpy(),
        "JAX": np.asarray(in_jax["loss"](*rows.T)),
        "JAX, compiled": np.asarray(jax.jit(in_jax["loss"])(*rows.T)),
        "JAX, mapped": np.asarray(jax.jit(jax.vmap(in_jax["loss"]))(*rows.T)),
    }
    for engine, found in answers.items():
        off = [float(abs(mp.mpf(v) - e)) / np.spacing(abs(float(e))) for v, e in zip(found.tolist(), exact, strict=True)]
        assert max(off) <= 4, engine
    shares = np.exp(rows - np.array([[float(e)] for e in exact]))
    slopes = jax.grad(lambda *a: in_jax["loss"](*a).sum(), argnums=0)(*rows.T)
    np.testing.assert_allclose(slopes, shares[:, 0], rtol=1e-14)
    np.testing.assert_allclose(tensors[0].grad, shares[:, 0], rtol=1e-14)
