"""The loss of each row: a loss of the catalogue over the columns of a Table, printed as SQL and run where the rows are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import ibis
from ibis.expr import operations as ops
from sympy import Abs, Add, Expr, Float, Max, Min, Symbol, exp, log, sqrt

from explorer.core.domains import Between, Class, Domain, Input, Labels, Logit, Probability, Real, Simplex
from explorer.core.functions import logit, logsumexp, same, sigmoid, xmuly
from explorer.core.losses import LOSSES, Loss
from explorer.core.printers import sql
from explorer.core.program import Program
from explorer.rows.analyses.scores import scored, surprise
from explorer.rows.portable import portable
from explorer.rows.spec import Layout, Table

FAMILY = {"binary": "binary", "classes": "classes", "regression": "regression"}
"""Kind of rows -> the family of losses that are over such."""
TOKEN_SURPRISE = Loss(
    "token_surprise",
    "Surprise of a token",
    "tokens",
    (Input("logp", Between(-1e300, 0.0, (-10.0, 0.0), open_high=False), -1.0, "prediction", "Log probability"),),
    "logp",
    lambda logp: -logp,
    about="How improbable the model thought the token, in nats.",
    unit="nats",
)
LEAST, MOST = Float(1e-300), Float(1 - 2**-53)
"""The probabilities next to 0 and 1 at which slopes are taken."""
TINY = Float(1e-150)
"""What is smaller in size counts as this in a gradient's length: its square is a float still, for else some engines stop."""
FAR = Float(36.0)
"""The logit at which slopes by way of a probability are taken where it is farther out: 1 - p is a float still."""
BEYOND = Float(1e15)
"""The logit that stands for those of probabilities 0 and 1: a loss that grows with it is infinite there."""
DIALECTS = {"pyspark": "spark"}
"""What Ibis calls an engine -> what it calls its SQL, where these differ."""
NAMED = 100
"""With more classes a query that names each is too long to be made."""
_ALL = "of_all"
"""Of a program over logits: the step with the logarithm of the sum of their exponentials."""


def fitting(layout: Layout) -> dict[str, Loss]:
    """Return the losses that rows laid out so can be given to, by their names; the one that people mean stands first.

    Of more than NAMED classes it is the only one: the others name each class in a query.
    """
    if layout.kind == "tokens":
        return {TOKEN_SURPRISE.name: TOKEN_SURPRISE}
    first = _usual(layout)
    few = len(layout.classes) <= NAMED
    others = [name for name, loss in LOSSES.items() if few and name != first and _fits(loss, layout)]
    return {name: _made(name, layout) for name in (first, *others)}


def default(layout: Layout) -> Loss:
    """Return the loss that people mean for rows laid out so."""
    return next(iter(fitting(layout).values()))


def found(layout: Layout, name: str | None) -> Loss:
    """Return the loss of a name that rows laid out so can be given to, the default one for None.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    known = fitting(layout)
    if name is not None and name not in known:
        raise ValueError(f"A loss of {layout.kind} rows must be one of {', '.join(known)}; got {name}.")
    return known[name] if name else default(layout)


def program(layout: Layout, loss: Loss, numbers: Mapping[str, float] | None = None) -> Program:
    """Return a loss as a program over the columns of a Table laid out so.

    Parameters
    ----------
    layout : Layout
    loss : Loss
        One of `fitting`.
    numbers : mapping
        Parameter -> number, where it is not the loss's own start.

    Raises
    ------
    ValueError
        If the loss has no such parameter, or a number lies outside its domain.
    """
    return _program(layout, loss.name, tuple(sorted((numbers or {}).items())))


def slopes(layout: Layout, loss: Loss, numbers: Mapping[str, float] | None = None) -> Program:
    """Return the program with a last step G more: the length of the loss's gradient by the raw scores.

    Of rows with probabilities those are their logits; of regression and tokens the predictions themselves.
    """
    made = program(layout, loss, numbers)
    if layout.kind in {"regression", "tokens"}:
        (over,) = _columns(layout, layout.scale)
        return made.gradient([over]).extended({"G": Abs(Symbol(f"d_{over}"))})
    own, before = _own(layout, loss)
    raw = _taken(layout, loss, numbers or {}).gradient(own)
    slope = [Symbol(f"d_{name}") for name in own]
    if loss.by.startswith("p"):
        p = [Symbol(name) for name in own]
        mean = Add(*(p_k * d_k for p_k, d_k in zip(p, slope, strict=True)))
        slope = [p_k * (d_k - (mean if len(p) > 1 else p_k * d_k)) for p_k, d_k in zip(p, slope, strict=True)]
    length = Abs(slope[0]) if len(slope) == 1 else sqrt(Add(*(Max(TINY, Abs(d_k)) ** 2 for d_k in slope)))
    return _after(before, raw, (*_columns(layout, layout.scale), "t")).extended({"G": length})


def per_row(
    table: Table, loss: Loss | None = None, numbers: Mapping[str, float] | None = None, *, slope: bool = False
) -> ibis.Table:
    """Return the rows that count, with a column `loss` more, and with `slope` if asked; nothing is computed yet.

    Parameters
    ----------
    table : Table
    loss : Loss
        One of `fitting`; by default the usual one.
    numbers : mapping
        Parameter of the loss -> number.
    slope : bool
        Whether the length of the gradient by the raw scores is wanted too.
    """
    chosen = loss or default(table.layout)
    if table.layout.wide and chosen.name == _usual(table.layout) and not numbers and not slope:
        rows = surprise(scored(table.counted, table.layout), table.layout)
        return rows.select(*table.counted.columns, "loss")
    rows = _unlisted(table.counted, table.layout) if table.layout.wide else table.counted
    lost = _with(rows, program(table.layout, chosen, numbers), "L", "loss")
    if table.layout.scale == "probability" and not chosen.by.startswith("p"):
        lost = lost.mutate(loss=(lost.loss > float(BEYOND) / 1e9).ifelse(float("inf"), lost.loss))
    lost = _with(lost, slopes(table.layout, chosen, numbers), "G", "slope") if slope else lost
    return lost.drop(*_columns(table.layout, table.layout.scale)) if table.layout.wide else lost


def _unlisted(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Rows with a column more for each class, whose predictions stand in a list."""
    names = _columns(layout, layout.scale)
    return rows.mutate(**{name: rows[names[0][0]][k] for k, name in enumerate(names)})


def _with(rows: ibis.Table, made: Program, step: str, name: str) -> ibis.Table:
    """Rows with a step of a program as a column more."""
    rows = portable(rows)  # what SQL is written over is asked for its columns as it stands
    source = ibis.util.gen_name("rows")  # an alias is a view: one of the same name would take its place
    engine = rows.get_backend().name
    dialect = DIALECTS.get(engine, engine)
    inner = ibis.util.gen_name(name)  # Spark and Ibis mix up queries of one name, even within others
    text = sql.select(made, source, outputs=(step,), keep=rows.columns, dialect=dialect, name=inner)
    schema = ibis.schema(dict(rows.schema()) | {step: "float64"})  # known, so that no engine is asked for it
    return ops.SQLStringView(rows.alias(source).op(), text, schema).to_expr().rename({name: step})


@lru_cache(maxsize=64)
def _program(layout: Layout, name: str, numbers: tuple[tuple[str, float], ...]) -> Program:
    loss = TOKEN_SURPRISE if layout.kind == "tokens" else _made(name, layout)
    return _over(layout, loss, dict(numbers))


def _over(layout: Layout, loss: Loss, numbers: Mapping[str, float]) -> Program:
    """The program of a loss over the columns of a Table."""
    if layout.kind == "tokens":
        return loss.program()
    if layout.kind == "regression":
        return _settled(loss, numbers).substitute({loss.by: Symbol("y")})
    if layout.kind == "classes" and loss.name == _usual(layout) and not numbers:
        return _surprise(layout)
    _, before = _own(layout, loss, clipped=False)
    return _after(before, _taken(layout, loss, numbers), (*_columns(layout, layout.scale), "t"))


def _surprise(layout: Layout) -> Program:
    """The usual loss of classes: of one target each, so that one logarithm does, where a distribution takes one a class."""
    columns, t = [Symbol(name) for name in _columns(layout, layout.scale)], Symbol("t")
    true = Add(*(xmuly(same(t, k), column) for k, column in enumerate(columns)))
    known = Symbol("of_true")
    loss = logsumexp(*columns) - known if layout.scale == "logit" else -log(known)
    return Program((*columns, t), ((known, true), (Symbol("L"), loss)))


def _settled(loss: Loss, numbers: Mapping[str, float]) -> Program:
    """The program of a loss with numbers for its parameters."""
    starts = {given.name: given.start for given in loss.inputs if given.role in {"parameter", "weight"}}
    return loss.program(**starts | dict(numbers))


def _taken(layout: Layout, loss: Loss, numbers: Mapping[str, float]) -> Program:
    """The program of a loss over its own predictions, each under the name that `_own` gives it, and the column t."""
    made, t = _settled(loss, numbers), Symbol("t")
    own, _ = _own(layout, loss)
    made = made.substitute(dict(zip(loss.predictions, map(Symbol, own), strict=True)))
    if layout.kind == "binary":
        target = loss.input("t").domain
        return made.substitute({"t": 2 * t - 1}) if isinstance(target, Labels) and target.low < 0 else made
    each = {name: same(t, k) for k, name in enumerate(loss.names("target"))} if "t1" in loss.starts else {}
    return made.substitute(each)


def _own(layout: Layout, loss: Loss, *, clipped: bool = True) -> tuple[list[str], dict[str, Expr]]:
    """The predictions that a loss takes, and the steps that give them from the columns of a Table.

    clipped keeps probabilities away from 0 and 1 as far as floats do, so that slopes are finite.
    """
    columns = [Symbol(name) for name in _columns(layout, layout.scale)]
    own = [f"own_{name.name}" for name in columns]
    wants = "probability" if loss.by.startswith("p") else "logit"
    before = dict[str, Expr]()
    given: list[Expr] = list(columns)
    if layout.scale == "probability" and clipped:
        given = [Max(LEAST, Min(MOST, p)) for p in columns]
    if layout.scale == "logit" and clipped and wants == "probability":
        given = [Max(-FAR, Min(FAR, z)) for z in columns]
    if layout.scale == "probability" and wants == "logit":
        given = [logit(p) if len(columns) == 1 else log(p) for p in given]
        given = given if clipped else [Max(-BEYOND, Min(BEYOND, z)) for z in given]
    elif layout.scale == "logit" and wants == "probability" and len(columns) == 1:
        given = [sigmoid(given[0])]
    elif layout.scale == "logit" and wants == "probability":
        before[_ALL] = logsumexp(*columns)
        given = [exp(Max(-FAR, z - Symbol(_ALL)) if clipped else z - Symbol(_ALL)) for z in columns]
    return own, before | dict(zip(own, given, strict=True))


def _after(before: Mapping[str, Expr], made: Program, inputs: tuple[str, ...]) -> Program:
    """A program after steps that give what it takes."""
    steps = (*((Symbol(name), expr) for name, expr in before.items()), *made.steps)
    used = set[Symbol]().union(*(expr.free_symbols for _, expr in steps))
    return Program(tuple(Symbol(name) for name in inputs if Symbol(name) in used), steps, made.output)


def _columns(layout: Layout, scale: str) -> tuple[str, ...]:
    """The columns of predictions on a scale."""
    letter = {"probability": "p", "logit": "z", "value": "y", "log probability": "logp"}[scale]
    return tuple(f"{letter}{k}" for k in range(1, len(layout.classes) + 1)) if layout.kind == "classes" else (letter,)


def _usual(layout: Layout) -> str:
    scores = layout.scale == "logit"
    if layout.kind == "regression":
        return "squared_error"
    name = "binary_cross_entropy" if layout.kind == "binary" else "cross_entropy"
    return f"{name}_with_logits" if scores else name


def _made(name: str, layout: Layout) -> Loss:
    """The loss of that name for as many classes as the rows have."""
    loss = LOSSES[name]
    return loss.variant(len(layout.classes)) if layout.kind == "classes" and loss.variant else loss


def _fits(loss: Loss, layout: Layout) -> bool:
    """Whether rows hold what a loss is given."""
    if loss.family != FAMILY[layout.kind]:
        return False
    if layout.kind == "classes":
        return all(isinstance(given.domain, Simplex | Logit | Class | Domain) for given in loss.inputs)
    target: Domain = loss.input("t").domain
    hard = bool(layout.labels)
    if layout.kind == "binary":
        return hard or isinstance(target, Probability)
    return loss.is_curve and isinstance(loss.input(loss.by).domain, Real) and isinstance(target, Real)
