"""SQL: queries that DuckDB and SQLite run and seven dialects read. That functions compute the same, `test_languages` says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import sqlglot
from numpy.typing import NDArray
from sympy import Integer, Symbol, log, sqrt, symbols

from explorer.core.functions import leaky_relu, logsumexp, relu, same, softplus, xlogy
from explorer.core.losses import LOSSES
from explorer.core.losses.spec import Loss
from explorer.core.printers import column_functions, sql
from explorer.core.printers.sql import DIALECTS
from explorer.core.program import Program
from tests.core.printers import engines
from tests.core.printers.shared import EDGES, L, agree, of

p, t, x, y, z1, z2, z3 = symbols("p t x y z1 z2 z3")
CROSS_ENTROPY = LOSSES["binary_cross_entropy"].program()
OF_THREE = Program((z1, z2, z3, t), ((L, logsumexp(z1, z2, z3) - sum(same(t, k) * z for k, z in enumerate((z1, z2, z3)))),))


def at_edges(loss: Loss, count: int = 40) -> dict[str, NDArray[np.float64]]:
    """Return points of a loss's domain: moderate, far out, and at its edges."""
    random = np.random.default_rng(3)
    values: dict[str, NDArray[np.float64]] = {}
    for group in loss.groups:
        drawn = [group[0].domain.draw(random, count, len(group))] if group[0].domain.joint else None
        each = drawn[0] if drawn else np.hstack([given.domain.draw(random, count) for given in group])
        values |= {given.name: each[:, k] for k, given in enumerate(group)}
    return values


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_and_its_slopes_are_those_of_the_core_at_the_edges_too(name: str) -> None:
    loss = LOSSES[name]
    program, values = loss.program().gradient(loss.predictions), at_edges(loss)
    slopes = [f"d_{x}" for x in loss.predictions]
    expected, found = program.evaluate(values, ["L", *slopes]), engines.sql(program, values, ["L", *slopes])
    agree(found["L"], expected["L"])
    for slope in slopes:
        agree(found[slope], expected[slope], absolute=1e-15 * len(slopes))  # terms cancel
    agree(engines.sqlite(program, values)["L"], expected["L"])


@pytest.mark.parametrize("name", EDGES)
def test_functions_agree_in_sqlite_where_a_guard_takes_the_place_of_floats(name: str) -> None:
    program, values = of(name)
    agree(engines.sqlite(program, values)["L"], program.evaluate(values)["L"])


@pytest.mark.parametrize(
    "name", ["xlogy", "xlog1py", "log_quotient", "sigmoid", "logistic_loss", "softplus", "expm1", "logsumexp"]
)
def test_a_plain_formula_in_place_of_a_stable_one_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {
        "xlogy": "def xlogy(x, y): return x * log(y)",
        "xlog1py": "def xlog1py(x, y): return 0 if x == 0 else x * log(1 + y)",
        "log_quotient": "def log_quotient(y): return log(y) // (y - 1)",
        "sigmoid": "def sigmoid(z): return exp(z) // (1 + exp(z))",
        "logistic_loss": "def logistic_loss(t, z): return t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z))",
        "softplus": "def softplus(z): return log(1 + exp(z))",
        "expm1": "def expm1(x): return exp(x) - 1",
        "logsumexp": "def logsumexp(a, b, c): return log(exp(a) + exp(b) + exp(c))",
    }
    monkeypatch.setitem(column_functions.SOURCES, name, plain[name])
    program, values = of(name)
    with pytest.raises(AssertionError):
        agree(engines.sql(program, values)["L"], program.evaluate(values)["L"])


@pytest.mark.parametrize(("function", "at"), [("log", 0.0), ("log", -1.0), ("sqrt", -1.0)])
def test_without_its_guard_duckdb_raises(function: str, at: float, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program((x,), ((L, {"log": log, "sqrt": sqrt}[function](x)),))
    agree(engines.sql(program, {"x": np.array([at])})["L"], -np.inf if at == 0 else np.nan)
    monkeypatch.setitem(column_functions.GUARDED, function, column_functions.FLOATS[function])
    with pytest.raises(duckdb.Error):
        engines.sql(program, {"x": np.array([at])})


@pytest.mark.parametrize("name", EDGES)
def test_functions_agree_with_every_guard_as_other_engines_need_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sql._FLOATS, "duckdb", {})
    program, values = of(name)
    agree(engines.sql(program, values)["L"], program.evaluate(values)["L"], absolute=1e-307)


@pytest.mark.parametrize("dialect", ["duckdb", "sqlite"])
def test_what_is_missing_makes_the_loss_missing(dialect: str) -> None:
    rows = pd.DataFrame({"p": [0.5, None, 0.5, 0.0], "t": [1.0, 1.0, None, 1.0]})
    with closing(sqlite3.connect(":memory:")) as lite, duckdb.connect() as duck:
        if dialect == "sqlite":
            rows.to_sql("rows", lite, index=False)
            found = lite.execute(sql.code(CROSS_ENTROPY, dialect=dialect)).fetchall()
        else:
            duck.execute(
                "CREATE TABLE rows (p FLOAT, t INTEGER); INSERT INTO rows VALUES (.5, 1), (NULL, 1), (.5, NULL), (0, 1)"
            )
            found = duck.sql(sql.code(CROSS_ENTROPY)).fetchall()
    assert [row[2] for row in found] == [pytest.approx(np.log(2), rel=1e-15), None, None, np.inf]


# --- As it reads ---


def test_sql_reads_step_by_step() -> None:
    a = Symbol("A")
    program = Program((x, y, z1), ((a, softplus(x - 1)), (L, a**2 + relu(a) / 3 - xlogy(Integer(2), y))))
    assert sql.code(program, "cost", ["L", "A", "y"]).splitlines() == [
        "WITH cost_inputs AS (",
        "  SELECT",
        "    CAST(x AS DOUBLE) AS x,",
        "    CAST(y AS DOUBLE) AS y",
        "  FROM rows",
        "), cost_1 AS (",
        "  SELECT",
        "    *,",
        '    x - 1 AS "A_1"',
        "  FROM cost_inputs",
        "), cost_2 AS (",
        "  SELECT",
        "    *,",
        '    EXP(-ABS("A_1")) AS "A_2"',
        "  FROM cost_1",
        "), cost_3 AS (",
        "  SELECT",
        "    *,",
        '    CASE WHEN "A_1" >= 0 THEN "A_1" WHEN "A_1" < 0 THEN 0 ELSE "A_1" + 0 END + '
        '(LN(1 + "A_2") + ("A_2" - (1 + "A_2" - 1)) / (1 + "A_2")) AS "A"',
        "  FROM cost_2",
        "), cost AS (",
        "  SELECT",
        "    x,",
        "    y,",
        '    "A" * "A" + 0.3333333333333333e0 * CASE WHEN "A" < 0 THEN 0 ELSE "A" END - 2 * CASE WHEN y = 0 THEN '
        """-CAST('inf' AS DOUBLE) WHEN y < 0 THEN CAST('NaN' AS DOUBLE) ELSE LN(y) END AS "L",""",
        '    "A"',
        "  FROM cost_3",
        ")",
        "SELECT * FROM cost",
    ]


def test_what_is_known_is_computed_at_once() -> None:
    program = Program((x,), ((L, xlogy(Integer(1), x) + softplus(Integer(0)) * x / 3),))
    assert "CASE WHEN x = 0 THEN -CAST('inf' AS DOUBLE)" in sql.code(program)
    assert "EXP" not in sql.code(program)


@pytest.mark.parametrize("dialect", DIALECTS.values())
def test_every_dialect_reads_every_function_and_knows_what_it_calls(dialect: str) -> None:
    steps = [(Symbol(name), of(name)[0].steps[0][1]) for name in EDGES]
    inputs = sorted({s for _, expr in steps for s in expr.free_symbols}, key=str)
    text = sql.code(Program(tuple(inputs), (*steps, (L, Integer(2)))), outputs=list(EDGES), dialect=dialect)
    tree = sqlglot.parse_one(text, read=dialect)
    assert not list(tree.find_all(sqlglot.exp.Command))
    called = {call.name.upper() for call in tree.find_all(sqlglot.exp.Anonymous)}
    assert called <= ({"IEEE_DIVIDE", "LN"} if dialect == "bigquery" else {"LN"})
    assert ("DOUBLE" in text) == (dialect not in {"sqlite", "bigquery", "clickhouse"})


def test_a_dialect_has_its_own_ways() -> None:
    text = {dialect: sql.code(CROSS_ENTROPY.gradient(["p"]), outputs=["d_p"], dialect=dialect) for dialect in DIALECTS.values()}
    assert text["postgres"].count("OFFSET 0") == text["postgres"].count(" AS (")
    assert text["sqlite"].count(" AS MATERIALIZED (") == text["sqlite"].count("FROM") - 1
    assert "9e999" in text["sqlite"]
    assert "mathematical functions" in text["sqlite"]
    assert "IEEE_DIVIDE(" in text["bigquery"]
    assert "0.01e0 *" in sql.code(Program((x,), ((L, leaky_relu(x)),)), dialect="spark")
    assert "Nullable(Float64)" in text["clickhouse"]
    with pytest.raises(ValueError, match=r"^A dialect must be one of duckdb, .*, clickhouse; got oracle\.$"):
        sql.code(CROSS_ENTROPY, dialect="oracle")


def test_columns_are_quoted_where_a_dialect_has_the_word_and_numbered_where_only_case_tells_them_apart() -> None:
    order, big, small = symbols("order E e")
    text = sql.code(Program((order, big, small), ((L, order * big + small),)))
    assert 'CAST("order" AS DOUBLE) AS "order"' in text
    assert 'CAST("E" AS DOUBLE) AS "E"' in text
    assert "CAST(e_2 AS DOUBLE) AS e_2" in text


# --- Added to a table ---


def _selected(query: str, **tables: str) -> Any:
    with duckdb.connect() as connection:
        for name, text in tables.items():
            connection.execute(f"CREATE TABLE {name} AS {text}")
        return connection.sql(query).df()


TABLE = "SELECT * FROM (VALUES (7, 0.25, 1, 'a'), (8, 0.5, 0, 'b')) AS rows(L_1, p, t, \"Name\")"


def test_a_selection_keeps_the_columns_of_the_source_and_adds_the_outputs_alone() -> None:
    found = _selected(sql.select(CROSS_ENTROPY), rows=TABLE)
    assert list(found) == ["L_1", "p", "t", "Name", "L"]
    assert list(found["L_1"]) == [7, 8]
    agree(found["L"], [np.log(4), np.log(2)])
    found = _selected(sql.select(CROSS_ENTROPY.gradient(["p"]), "scores", {"d_p": "slope"}, ["Name", "L_1"]), scores=TABLE)
    assert list(found) == ["Name", "L_1", "slope"]
    agree(found["slope"], [-4.0, 2.0])


def test_inputs_are_read_from_columns_and_arrays_of_other_names() -> None:
    table = "SELECT * FROM (VALUES (1, [0.0, 1000.0, -5.0]), (0, [2.0, NULL, 1.0])) AS rows(label, scores)"
    query = sql.select(OF_THREE, keep=["label"], columns={"z": "scores", "t": "label"}, arrays={"z": 3})
    found = _selected(query, rows=table)
    assert list(found) == ["label", "L"]
    assert found["L"][0] == 0
    assert np.isnan(found["L"][1])
    for dialect, first in {"spark": "scores[0]", "postgres": "scores[1]", "clickhouse": "scores[1]"}.items():
        assert f"CAST({first} AS" in sql.select(OF_THREE, keep=[], columns={"z": "scores"}, arrays={"z": 3}, dialect=dialect)


def test_what_a_selection_cannot_do_is_refused() -> None:
    with pytest.raises(ValueError, match=r'^keep must list columns in sqlite, which cannot leave any out; got "\*"\.$'):
        sql.select(CROSS_ENTROPY, dialect="sqlite")
    with pytest.raises(ValueError, match=r"^arrays must be empty in sqlite, which has none\.$"):
        sql.select(OF_THREE, keep=[], arrays={"z": 3}, dialect="sqlite")
    with pytest.raises(ValueError, match=r"^An output must not have the name of a column that is kept; got l\.$"):
        sql.select(CROSS_ENTROPY, keep=["l"])
    with pytest.raises(ValueError, match=r"^A name must be an input or a step of the program; got M\.$"):
        sql.select(CROSS_ENTROPY, outputs=["M"])
