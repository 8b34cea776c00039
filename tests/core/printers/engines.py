"""Runs printed code: in the language itself where it is at hand, else on a stand-in written from its documentation.

A stand-in refuses what the real language refuses. To add a language: write a function as those of ENGINES and list it.
"""

from __future__ import annotations

import ast
import ctypes
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, nullcontext
from functools import cache, partial, reduce
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import special

from explorer.core import printers
from explorer.core.program import Program
from tests.core.helpers import javascript as run_javascript
from tests.core.printers import julia_stand_in, wolfram_stand_in

Results = dict[str, NDArray[np.float64]]


def run(source: str, **scope: Any) -> dict[str, Any]:
    """Run Python and return what it defines."""
    exec(source, scope)
    return scope


def rows(program: Program, values: Mapping[str, Any]) -> list[list[float]]:
    """Return the arguments of a program's function at each point."""
    columns = np.broadcast_arrays(*(np.asarray(values[s.name], float) for s in program.inputs))
    return np.atleast_2d(np.array(columns).T).tolist() if columns else [[]]


def by_name(program: Program, outputs: Sequence[str], found: Any) -> dict[str, Any]:
    """Return what a function has returned by its names, one of which stands for a lone value."""
    if outputs:
        assert list(found) == list(outputs)
        return dict(found)
    return {program.output.name: found}


def in_columns(results: Iterable[Mapping[str, Any]]) -> Results:
    """Return points' results as a column for each name."""
    each = list(results)
    return {name: np.array([float(result[name]) for result in each]) for name in each[0]}


# --- NumPy ---


def numpy(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Run printed NumPy on arrays."""
    with np.errstate(all="ignore"):
        loss = run(printers.numpy.code(program, outputs=outputs))["loss"]
        found = loss(*(np.asarray(values[s.name], float) for s in program.inputs))
    return {name: np.asarray(value, float) for name, value in by_name(program, outputs, found).items()}


# --- PyTorch ---


def _needs_tensors(function: Callable[..., Any], count: int = 1) -> Callable[..., Any]:
    """Return a function that refuses plain numbers among its first arguments, as those of torch do."""

    def checked(*arguments: Any, **options: Any) -> Any:
        assert all(isinstance(a, np.ndarray | np.generic) for a in arguments[:count]), f"{function} needs tensors"
        return function(*arguments, **options)

    return checked


def _stack(tensors: Any) -> Any:
    assert len({np.shape(tensor) for tensor in tensors}) == 1, "stack needs tensors of one shape"
    return np.stack([np.asarray(tensor) for tensor in tensors])


def _along(function: Callable[..., Any]) -> Callable[..., Any]:
    return _needs_tensors(lambda x, *, dim: function(x, axis=dim))


_CIRCULAR = ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh")
_OF_ONE = (*_CIRCULAR, "exp", "log", "log1p", "expm1", "sqrt", "abs", "sign", "floor", "ceil", "isfinite", "isinf")
TORCH = SimpleNamespace(
    **{name: _needs_tensors(getattr(np, name)) for name in _OF_ONE},
    float64=np.float64,
    inf=np.inf,
    detach=_needs_tensors(lambda x: x),
    asarray=_needs_tensors(np.asarray),
    round=_needs_tensors(np.round),
    pow=lambda base, x: _needs_tensors(partial(np.power, base))(x),
    tensor=lambda value, *, dtype: np.asarray(value, dtype),
    zeros_like=_needs_tensors(np.zeros_like),
    where=_needs_tensors(np.where),
    stack=_stack,
    broadcast_tensors=_needs_tensors(np.broadcast_arrays, 99),
    sort=_along(lambda x, axis: SimpleNamespace(values=np.sort(x, axis))),
    sum=_along(np.sum),
    amax=_along(np.max),
    argmax=_along(np.argmax),
    maximum=_needs_tensors(np.maximum, 2),
    minimum=_needs_tensors(np.minimum, 2),
    logaddexp=_needs_tensors(np.logaddexp, 2),
    clamp=_needs_tensors(np.clip),
    sigmoid=_needs_tensors(special.expit),
    relu=_needs_tensors(lambda z: np.maximum(z, 0.0)),
    erf=_needs_tensors(special.erf),
    erfc=_needs_tensors(special.erfc),
    lgamma=_needs_tensors(special.gammaln),
    digamma=_needs_tensors(special.digamma),
    polygamma=lambda n, x: _needs_tensors(partial(special.polygamma, n))(x),
    no_grad=nullcontext,
    nn=SimpleNamespace(functional=SimpleNamespace(leaky_relu=_needs_tensors(lambda z, slope: np.where(z > 0, z, slope * z)))),
)


def without_imports(source: str, *allowed: str) -> str:
    """Return Python without its imports of what a stand-in replaces; none but those allowed may be there."""
    tree = ast.parse(source)
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert found <= set(allowed)
    return "\n".join(line for line in source.splitlines() if not line.startswith(("import torch", "import jax")))


def pytorch(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Run printed PyTorch on a stand-in, on arrays for tensors."""
    source = without_imports(printers.pytorch.code(program, outputs=outputs), "torch", "math")
    with np.errstate(all="ignore"):
        found = run(source, torch=TORCH)["loss"](*(np.asarray(values[s.name], float) for s in program.inputs))
    tensors = by_name(program, outputs, found)
    assert all(isinstance(value, np.ndarray | np.generic) for value in tensors.values()), "a result is no tensor"
    return {name: np.asarray(value, float) for name, value in tensors.items()}


# --- JAX ---


def _reduced(x: Any, exponent_bits: int, mantissa_bits: int) -> Any:
    """Round floats to so many bits after the first one."""
    assert exponent_bits == 11
    mantissas, exponents = np.frexp(x)
    return np.ldexp(np.round(mantissas * 2.0 ** (mantissa_bits + 1)), exponents - (mantissa_bits + 1))


def jax(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Run printed JAX on a stand-in: jax.numpy is NumPy."""
    options: dict[str, bool] = {}
    module = SimpleNamespace(
        config=SimpleNamespace(update=options.__setitem__),
        nn=SimpleNamespace(sigmoid=special.expit, relu=lambda z: np.maximum(z, 0.0)),
        lax=SimpleNamespace(
            stop_gradient=lambda z: z,
            reduce_precision=_reduced,
            fori_loop=lambda low, high, f, x: reduce(lambda x, i: f(i, x), range(low, high), x),
        ),
        scipy=SimpleNamespace(special=special),
    )
    source = without_imports(printers.jax.code(program, outputs=outputs), "jax", "jax.numpy", "jax.scipy.special")
    with np.errstate(all="ignore"):
        found = run(source, jax=module, jnp=np)["loss"](*(np.asarray(values[s.name], float) for s in program.inputs))
    assert options == {"jax_enable_x64": True}
    return {name: np.asarray(value, float) for name, value in by_name(program, outputs, found).items()}


# --- JavaScript ---


def javascript(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Run printed JavaScript in V8, at one point after the other."""
    source = printers.javascript.code(program, outputs=outputs)
    found = run_javascript(f"(rows) => {{\n{source}\nreturn rows.map((row) => loss(...row));\n}}", rows(program, values))
    return in_columns(by_name(program, outputs, result) for result in found)


# --- C ---

C_FLAGS = ("-std=c99", "-O2", "-Wall", "-Wextra", "-Werror", "-pedantic")


def compiler() -> str:
    """Return the system's C compiler; a test fails without one."""
    found = shutil.which("cc")
    if found is None:
        pytest.fail("There is no C compiler: `make compiler` installs one.")
    return found


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="printed-c-")


@cache
def compiled(source: str) -> ctypes.CDLL:
    """Compile C without a warning and load it."""
    library = Path(_folder().name) / f"{len(list(Path(_folder().name).iterdir()))}.so"
    command = [compiler(), *C_FLAGS, "-shared", "-fPIC", "-x", "c", "-", "-o", str(library), "-lm"]
    made = subprocess.run(command, input=source, capture_output=True, text=True, timeout=60)
    assert made.returncode == 0, made.stderr
    return ctypes.CDLL(str(library))


def c(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Compile printed C and call it at one point after the other."""
    loss = compiled(printers.c.code(program, outputs=outputs)).loss
    loss.restype = None if len(outputs) > 1 else ctypes.c_double
    names = outputs or [program.output.name]
    result = (ctypes.c_double * len(names))()
    found = []
    for row in rows(program, values):
        arguments = [*map(ctypes.c_double, row)]
        if len(names) > 1:
            loss(*arguments, result)
            found.append(list(result))
        else:
            found.append([loss(*arguments)])
    return dict(zip(names, np.array(found).T, strict=True))


# --- Julia and the Wolfram Language ---


def julia(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Run printed Julia on a stand-in, at one point after the other."""
    module = julia_stand_in.Module(printers.julia.code(program, outputs=outputs))
    found = [module.call("loss", row) for row in rows(program, values)]
    if outputs:
        return in_columns(dict(zip(outputs, result.values(), strict=True)) for result in found)
    return in_columns({program.output.name: result} for result in found)


def wolfram(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Run printed Wolfram Language on a stand-in, at one point after the other."""
    kernel = wolfram_stand_in.Kernel(printers.wolfram.code(program, outputs=outputs))
    with np.errstate(all="ignore"):
        return in_columns(by_name(program, outputs, kernel.call("loss", row)) for row in rows(program, values))


# --- SQL ---


def _table(program: Program, values: Mapping[str, Any]) -> pd.DataFrame:
    """Return the points as a table, in the columns that SQL reads."""
    called = printers.sql.columns_of(program)
    table = pd.DataFrame(rows(program, values), columns=[called[s.name] for s in program.inputs])
    return table.assign(row_number=range(len(table)))


def _asked_for(program: Program, outputs: Sequence[str], found: Mapping[str, Any]) -> Results:
    called = printers.sql.columns_of(program)
    return {name: np.asarray(found[called[name]], float) for name in outputs or [program.output.name]}


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def sql(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Run printed SQL in DuckDB, on all points at once; what is NULL there is NaN."""
    _duckdb().register("rows", _table(program, values))
    found = _duckdb().sql(printers.sql.code(program, outputs=outputs)).fetchnumpy()
    return _asked_for(program, outputs, {name: np.ma.filled(column, np.nan) for name, column in found.items()})


def sqlite(program: Program, values: Mapping[str, Any], outputs: Sequence[str] = ()) -> Results:
    """Run printed SQL in SQLite, on all points at once; what is NULL there is NaN."""
    table = _table(program, values)
    with closing(sqlite3.connect(":memory:")) as connection:
        table.to_sql("rows", connection, index=False)
        cursor = connection.execute(printers.sql.code(program, outputs=outputs, dialect="sqlite"))
        names = [column[0] for column in cursor.description]
        return _asked_for(program, outputs, dict(zip(names, np.array(cursor.fetchall(), float).T, strict=True)))


Engine = Callable[[Program, Mapping[str, Any], Sequence[str]], Results]

ENGINES: dict[str, Engine] = {
    "NumPy": numpy,
    "PyTorch": pytorch,
    "JAX": jax,
    "JavaScript": javascript,
    "C": c,
    "Julia": julia,
    "Wolfram Language": wolfram,
    "SQL": sql,
}
"""Language -> (program, values by input, outputs) -> values by output, all of them columns. SymPy's source is no function."""
