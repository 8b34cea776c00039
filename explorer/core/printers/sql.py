"""SQL: programs as queries over a table whose columns are the inputs, in doubles, a step a column.

SQL is printed as DuckDB reads it, and what another dialect writes otherwise is left to sqlglot. To add a dialect: list what
sqlglot calls it in DIALECTS, and in `_FLOATS` what is not guarded there.

Steps are queries one after the other, each with what the one before leaves it to compute. PostgreSQL and SQLite would write a
step out wherever it is used, and so double it with each query: there each query stands on its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

from sympy import Symbol

from explorer.core.expressions.code import usual
from explorer.core.expressions.python import Python
from explorer.core.functions import COMPOSED, SPECIAL, Composed
from explorer.core.printers import column_functions
from explorer.core.printers.columns import Columns, Term
from explorer.core.program import Program

SOURCES = column_functions.SOURCES

DIALECTS: dict[str, str] = {
    "DuckDB": "duckdb",
    "PostgreSQL": "postgres",
    "SQLite": "sqlite",
    "Spark": "spark",
    "BigQuery": "bigquery",
    "Snowflake": "snowflake",
    "ClickHouse": "clickhouse",
}
"""What people call a dialect -> what sqlglot and Ibis do."""

_IEEE = column_functions.FLOATS
_FLOATS: dict[str, dict[str, str]] = {
    "duckdb": {name: _IEEE[name] for name in ("exp", "power", "divide")},
    "sqlite": {name: _IEEE[name] for name in ("exp", "power")},
    "spark": {"exp": _IEEE["exp"]},
    "bigquery": {"divide": "def divide(x, y): return IEEE_DIVIDE(x, y)"},
    "clickhouse": _IEEE,
}
"""Dialect -> the functions that need no guard in it."""
_NOTES = {
    "sqlite": "Needs SQLite 3.35 or later with its mathematical functions. NaN is NULL there.",
    "postgres": "PostgreSQL raises an error where a product or a sum leaves the range of doubles.",
    "bigquery": "BigQuery raises an error where a product or a sum leaves the range of doubles.",
}

_RESERVED = frozenset(
    """all analyse analyze and anti any array as asc assert at authorization begin between binary both by case cast check
    cluster collate collation column commit concurrently connect constraint contains create cross cube current cursor
    database date default deferrable define delete desc describe distinct div do drop else end enum escape except
    exclude exists explain extract false fetch filter final following for foreign format freeze from full function
    global glob grant group grouping groups hash having if ignore ilike in index inner insert intersect interval into
    is isnull issue join key kill lambda lateral leading left like limit local localtime localtimestamp lookup map
    match merge minus mod natural new no not notnull null nulls of off offset on only or order outer over overlaps
    partition pivot placing pragma preceding prewhere primary proto qualify range recursive references regexp reindex
    replace respect returning revoke right rlike rollback rollup row sample select semi session session_user set
    settings show similar some start struct summarize symmetric system_user table tablesample then time timestamp to
    trailing transaction treat trigger true try try_cast unbounded union unique unknown unnest unpivot unsigned update
    user using vacuum values variadic verbose view virtual when whenever where window with within without xor""".split()  # noqa: SIM905
)
"""What one of the dialects reserves, or sqlglot reads as more than a name."""


class _Formula(Python):
    """Prints the formula that Columns reads."""

    language = "SQL"
    known_functions = usual()
    sources = dict.fromkeys(SOURCES, "")
    constants = {"Infinity": "inf", "NaN": "nan"}

    def __init__(self, symbols: Iterable[str]) -> None:
        super().__init__(symbols)
        self.names = {symbol: f"_{symbol}" for symbol in symbols}

    _print_where = Python._print_Function

    def made_of_others(self, expr: Composed) -> str:
        """Print a function that is made of others by its name: Columns looks up what that is."""
        if type(expr).__name__ not in _COMPOSED:
            raise NotImplementedError(f"{type(expr).__name__} cannot be written in {self.language}.")
        return self.call.format(type(expr).__name__, ", ".join(self.arguments(expr)))


_COMPOSED: dict[str, type[Composed]] = {
    function.__name__: function for function in (*COMPOSED, *SPECIAL) if issubclass(function, Composed)
}


@cache
def _composed(name: str, count: int) -> str:
    """A function that is made of others, of so many arguments, as Columns reads it."""
    parameters = [Symbol(f"z{k}") for k in range(count)]
    printer = _Formula([s.name for s in parameters])
    body = printer.assigned(_COMPOSED[name](*parameters).composed())
    return printer.definition.format(name=name, arguments=", ".join(printer.names.values()), body=body)


_OF_OTHERS = {name: partial(_composed, name) for name in _COMPOSED}


def quoted(name: str) -> str:
    """Return a name as SQL writes it: in quotes, unless every dialect reads it without."""
    plain = re.fullmatch("[a-z][a-z0-9_]*", name) and name not in _RESERVED
    return name if plain else '"{}"'.format(name.replace('"', '""'))


class _Names:
    """Names that are taken, whatever their case."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = {name.lower() for name in taken}

    def free(self, like: str) -> str:
        """Return a name like that one, and take it; a number at its end counts on."""
        name, stem = like, re.sub(r"_\d+$", "", like)
        number = 1
        while name.lower() in self.taken:
            number += 1
            name = f"{stem}_{number}"
        self.taken.add(name.lower())
        return name


def columns_of(program: Program) -> dict[str, str]:
    """Return the column that holds each input, and each step: its own name, numbered where only case tells two apart."""
    names = _Names()
    return {name: names.free(name) for name in program.symbols}


def code(program: Program, name: str = "loss", outputs: Sequence[str] = (), dialect: str = "duckdb") -> str:
    """Return a query over the table `rows` of columns that are called as the inputs are, ready to paste.

    name is what its result is called, so that other queries can follow. That has the inputs, and the outputs: the program's
    own if none are given. Columns that only case tells apart are numbered, as SQL takes them for one.
    """
    wanted = list(outputs or [program.output.name])
    given = [s.name for s in program.inputs_of(wanted)]
    called = columns_of(program)
    names = _Names(called.values())
    query = _Query(program, wanted, called, dialect, names.free)
    results = {called[output]: query.known[output] for output in dict.fromkeys([*given, *wanted])}
    tables = _Names({"rows"})
    last = tables.free(name)
    start = [_aliased(f"CAST({quoted(called[s])} AS DOUBLE)", quoted(called[s])) for s in given] or ["1 AS row_1"]
    layers = [*query.layers("rows", start, last, tables)]
    layers.append(
        (last, _listed([_aliased(query.text(term), quoted(alias)) for alias, term in results.items()]), quoted(layers[-1][0]))
    )
    note = f"-- {_NOTES[dialect]}\n" if dialect in _NOTES else ""
    return f"{note}{_written(layers, f'SELECT * FROM {quoted(last)}', dialect)}\n"


def select(
    program: Program,
    source: str = "rows",
    outputs: Sequence[str] | Mapping[str, str] = ("L",),
    keep: Literal["*"] | Sequence[str] = "*",
    dialect: str = "duckdb",
    *,
    columns: Mapping[str, str] | None = None,
    arrays: Mapping[str, int] | None = None,
    name: str = "loss",
) -> str:
    """Return a query that keeps columns of a source and adds outputs.

    Parameters
    ----------
    source : str
        A table, or what stands for one.
    outputs : names, or mapping
        Inputs and steps to add; step -> the column that it is called.
    keep : "*" or names
        The columns of the source that stay as they are. "*" is for dialects that can leave columns out again: all but
        PostgreSQL, SQLite and Spark.
    dialect : str
        One of DIALECTS' values.
    columns : mapping, optional
        Input -> column of the source, for those that are called otherwise there.
    arrays : mapping, optional
        Name -> length: {"z": 3} reads z1, z2, z3 from the array z, which `columns` may call otherwise as well.
    name : str
        What the names of its inner queries begin with.

    Raises
    ------
    ValueError
        If the dialect cannot do it, an output has the name of a column that is kept, or a name is no input or step.
    """
    results = dict(outputs) if isinstance(outputs, Mapping) else {output: output for output in outputs}
    kept = None if keep == "*" else list(keep)
    _check(dialect, kept, list(results.values()), bool(arrays))
    taken = _Names([*(kept or ()), *results.values(), *(columns or {}).values()])
    called = {name: taken.free(f"__{name}") for name in program.symbols}
    query = _Query(program, list(results), called, dialect, lambda like: taken.free(f"__{like}".replace("____", "__")))
    read = _reading(columns or {}, arrays or {})
    given = [_aliased(f"CAST({read(s.name)} AS DOUBLE)", quoted(called[s.name])) for s in program.inputs_of(results)]
    stay = ["*"] if kept is None else [quoted(name) for name in kept]
    tables = _Names({source})
    layers = query.layers(source, [*stay, *given], name, tables)
    table = quoted(layers[-1][0])
    if kept is None:
        inner = [quoted(called[s.name]) for s in program.inputs_of(results)] + query.earlier
        stay = [f"* EXCLUDE ({', '.join(inner)})"] if inner else ["*"]
    added = [_aliased(query.text(query.known[output]), quoted(alias)) for output, alias in results.items()]
    return _written(layers, f"SELECT\n{_listed([*stay, *added])}\nFROM {table}", dialect)


def _check(dialect: str, kept: list[str] | None, results: list[str], arrays: bool) -> None:
    if kept is None and dialect in {"postgres", "sqlite", "spark"}:
        raise ValueError(f'keep must list columns in {dialect}, which cannot leave any out; got "*".')
    if arrays and dialect == "sqlite":
        raise ValueError("arrays must be empty in sqlite, which has none.")
    clash = {name.lower() for name in kept or ()} & {name.lower() for name in results}
    if clash:
        raise ValueError(f"An output must not have the name of a column that is kept; got {min(clash)}.")


def _reading(called: Mapping[str, str], arrays: Mapping[str, int]) -> Callable[[str], str]:
    """What reads an input from the source."""
    entries = {f"{name}{k}": (name, k) for name, length in arrays.items() for k in range(1, length + 1)}

    def read(name: str) -> str:
        if name in entries and name not in called:
            array, k = entries[name]
            return f"{quoted(called.get(array, array))}[{k}]"
        return quoted(called.get(name, name))

    return read


Layers = list[tuple[str, str, str]]
"""Queries: the name of each, what it selects, and from what."""


@dataclass
class _Query:
    """The columns that some outputs of a program need."""

    program: Program
    outputs: Sequence[str]
    called: Mapping[str, str]
    dialect: str
    named: Callable[[str], str]

    def __post_init__(self) -> None:
        """Write every step that is needed."""
        if self.dialect not in DIALECTS.values():
            raise ValueError(f"A dialect must be one of {', '.join(DIALECTS.values())}; got {self.dialect}.")
        lite = self.dialect == "sqlite"
        infinity, missing = ("9e999", "NULL") if lite else ("CAST('inf' AS DOUBLE)", "CAST('NaN' AS DOUBLE)")
        functions = column_functions.GUARDED | _FLOATS.get(self.dialect, {}) | _OF_OTHERS
        self.columns = Columns(functions, infinity, missing, lambda like: quoted(self.named(like)))
        printer = _Formula(self.program.symbols)
        self.known = {s.name: Term(quoted(self.called[s.name]), simple=True) for s in self.program.inputs}
        for step, expr in self.program.needed(self.outputs):
            terms = {printer.names[name]: term for name, term in self.known.items()}
            name = self.called[step.name]
            self.known[step.name] = self.columns.add(name, quoted(name), printer.assigned(expr), terms)
        self.last = max((column.layer for column in self.columns.columns), default=0)

    @property
    def earlier(self) -> list[str]:
        """The columns before the last query."""
        return [column.name for column in self.columns.columns if column.layer < self.last]

    def text(self, term: Term) -> str:
        """Return a column as the last query writes it: by its name, or what it is if it comes with that query."""
        fresh = {column.name: column.text for column in self.columns.columns if column.layer == self.last}
        return fresh.get(term.text, term.text)

    def layers(self, source: str, start: list[str], name: str, tables: _Names) -> Layers:
        """Return the queries before the last one."""
        table = tables.free(f"{name}_inputs")
        layers = [(table, _listed(start), ".".join(map(quoted, source.split("."))))]
        for layer in range(1, self.last):
            added = [_aliased(column.text, column.name) for column in self.columns.columns if column.layer == layer]
            layers.append((tables.free(f"{name}_1"), _listed(["*", *added]), quoted(table)))
            table = layers[-1][0]
        return layers


def _aliased(text: str, alias: str) -> str:
    return text if text == alias else f"{text} AS {alias}"


def _listed(parts: Iterable[str]) -> str:
    return ",\n".join(f"  {part}" for part in parts)


def _written(layers: Layers, last: str, dialect: str) -> str:
    """Return the queries as one, in a dialect."""
    kind = " MATERIALIZED" if dialect == "sqlite" else ""
    alone = "\n  OFFSET 0" if dialect == "postgres" else ""
    parts = []
    for table, selected, source in layers:
        inner = "\n".join(f"  {line}" for line in f"SELECT\n{selected}\nFROM {source}".split("\n"))
        parts.append(f"{quoted(table)} AS{kind} (\n{inner}{alone}\n)")
    text = f"WITH {', '.join(parts)}\n{last}"
    return text if dialect == "duckdb" else _transpiled(text, dialect)


def _transpiled(text: str, dialect: str) -> str:
    import sqlglot  # noqa: PLC0415  # takes a while, and only other dialects than DuckDB need it
    from sqlglot import exp  # noqa: PLC0415

    tree = sqlglot.parse_one(text, read="duckdb")
    for node in tree.find_all(exp.Div, exp.Greatest):
        node.set("typed", True)  # doubles, guarded already
        node.set("safe", False)
        node.set("ignore_nulls", False)
    for number in tree.find_all(exp.Literal) if dialect == "spark" else ():
        if "." in number.name and "e" not in number.name:
            number.set("this", f"{number.name}e0")  # a decimal number may be what a double is then compared as
    return tree.sql(dialect=dialect, pretty=True)
