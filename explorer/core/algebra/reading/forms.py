"""What looks like a function call but is none: an index, a sum over a range, a mean over rows, cases."""

from __future__ import annotations

from sympy import Integer, S

from explorer.core.algebra.reading.tokens import cut, refuse
from explorer.core.algebra.reading.tree import (
    Call,
    Cases,
    Compared,
    Inverse,
    Listed,
    Logic,
    Name,
    Node,
    Number,
    Product,
    Series,
    Sum,
)

_OVER = {"OverHat": "hat", "OverTilde": "tilde", "OverBar": "bar"}
_SUMS = ("sum", "reduce_sum", "nansum", "Total")
_MEANS = ("mean", "average", "reduce_mean", "nanmean", "Mean")
_AXES = ("axis", "dim", "keepdim", "keepdims", "dims")
"""Over which rows or entries a mean is taken, which one row does not show."""
_ORDERS = ("p", "ord")
"""What the order of a norm is called."""
_OF_LISTS = ("logsumexp", "reduce_logsumexp", "max", "min", "amax", "amin")
"""Functions of the entries of a list."""
ARRAYS = ("stack", "array", "asarray", "tensor", "constant", "convert_to_tensor")
"""What makes an array of a list, or of a number."""
COMPARISONS = {
    **dict.fromkeys(("less", "lt", "Less", "Lt"), "<"), **dict.fromkeys(("less_equal", "le", "LessEqual", "Le"), "<="),
    **dict.fromkeys(("greater", "gt", "Greater", "Gt"), ">"),
    **dict.fromkeys(("greater_equal", "ge", "GreaterEqual", "Ge"), ">="),
    **dict.fromkeys(("equal", "eq", "Equal", "Eq"), "=="), **dict.fromkeys(("not_equal", "ne", "Unequal", "Ne"), "!="),
}  # fmt: skip
"""What tf.less(x, y), SymPy's Lt(x, y) and their kin compare by."""
LOGIC = {"logical_and": "and", "logical_or": "or", "logical_not": "not", "And": "and", "Or": "or", "Not": "not"}
_FLOATS = ("float", "float16", "float32", "float64")
_CHOICES = ("where", "Where", "If", "Which", "Piecewise", "cases", "switch")
_BOUNDS = {
    **dict.fromkeys(("min", "a_min", "min_value", "lower"), "low"),
    **dict.fromkeys(("max", "a_max", "max_value", "upper"), "high"),
}


def understood(call: Call) -> Node:
    """Return what a call stands for: itself where it is a function of numbers."""
    if call.name in ("clip", "clamp") and (call.keywords or len(call.arguments) == 2):
        return _clipped(call)
    if call.name in ("norm", "Norm") and (order := _order(call)) is not None:
        return _norm(call, order)
    if call.name == "logsumexp" and len(call.arguments) == 2:
        call = Call(call.at, call.start, call.end, call.name, (*without_axis(call.name, [*call.arguments]),), call.keywords)
    for name, value in call.keywords:
        if name in _AXES and call.name in (*_SUMS, *_MEANS, *_OF_LISTS, *ARRAYS):
            continue
        refuse(f"{cut(name)}= is not read: leave it out", value.start)
    if call.name in COMPARISONS and len(call.arguments) == 2:
        return Compared(call.at, call.start, call.end, call.arguments, (COMPARISONS[call.name],))
    if call.name in LOGIC and len(call.arguments) == (1 if LOGIC[call.name] == "not" else 2):
        return Logic(call.at, call.start, call.end, LOGIC[call.name], call.arguments)
    if call.name == "Subscript":
        return _subscripted(call)
    if call.name in _OVER:
        below = _name_of(call)
        return Name(call.at, call.start, call.end, below.text + _OVER[call.name], below.indices)
    if call.name in ("Sum", "Product", "prod") and len(call.arguments) == 2 and isinstance(call.arguments[1], Listed):
        return _series(call, call.arguments[1])
    if call.name in (*_SUMS, *_MEANS, "Sum"):
        return _total(call)
    if call.name in ARRAYS:
        return _array(call)
    if call.name in _CHOICES:
        return _cases(call)
    if call.name in (*_FLOATS, "Rational"):
        return _converted(call)
    return call


def without_axis(name: str, arguments: list[Node]) -> list[Node]:
    """Arguments of an array's function without the axis, a whole number that stands second: torch.logsumexp([a, b], 0)."""
    if name in ("logsumexp", "reduce_logsumexp") and len(arguments) == 1 and not isinstance(arguments[0], Listed):
        refuse(f"{name} is of several numbers: write {name}(z1, z2, z3)", arguments[0].start)
    if name not in _OF_LISTS or len(arguments) != 2:
        return arguments
    what, axis = arguments
    if not _is_number(axis, whole=True):
        return arguments
    if not isinstance(what, Listed):
        refuse(f"A whole number is an axis there: write {name}(a, b) with what stands along it", axis.start)
    return [what]


def _order(call: Call) -> Node | None:
    """The order of a norm, if it has one: what stands behind p= or ord=, or second; of norm(x, y) only a number does."""
    match call:
        case Call(arguments=(_,), keywords=((name, order),)) if name in _ORDERS:
            return order
        case Call(arguments=(_, order), keywords=()) if call.name == "Norm" or _is_number(order):
            return order
    return None


def _norm(call: Call, order: Node) -> Node:
    """Norm[{a, b}, 1], norm(x, 2) and norm([a, b], p=1)."""
    what = call.arguments[0]
    items = what.items if isinstance(what, Listed) else (what,)
    if items and isinstance(order, Number) and order.exact == 2:
        return Call(call.at, call.start, call.end, "Norm", items)
    if items and isinstance(order, Number) and order.exact == 1:
        return Sum(call.at, call.start, call.end, tuple(Call(one.at, one.start, one.end, "abs", (one,)) for one in items))
    refuse("Of the norms those of the orders 1 and 2 are read; the root of x^2 + y^2 is hypot(x, y)", order.start)


def _is_number(node: Node, *, whole: bool = False) -> bool:
    """Whether a number is written, perhaps with a sign."""
    parts = node.factors if isinstance(node, Product) else (node,)
    return all(isinstance(part, Number) and (part.exact.is_Integer or not whole) for part in parts)


def _name_of(call: Call) -> Name:
    name = call.arguments[0] if call.arguments else None
    if not isinstance(name, Name):
        refuse(f"{call.name} takes a name: write {call.name}[x, 1]", call.at)
    return name


def _subscripted(call: Call) -> Name:
    name = _name_of(call)
    indices = []
    for argument in call.arguments[1:]:
        if isinstance(argument, Name) and not argument.indices:
            indices.append(argument.text)
        elif isinstance(argument, Number) and argument.exact.q == 1 and 0 <= argument.exact < 10**6:
            indices.append(str(argument.exact))
        else:
            refuse("An index may be a letter, a number or a word", argument.start)
    return Name(call.at, call.start, call.end, name.text, (*name.indices, *indices), True)


def _series(call: Call, over: Listed) -> Series:
    """Sum[f, {i, 1, 3}], {i, 3} or {i, n}."""
    index, *ends = over.items or (None,)
    if not isinstance(index, Name) or index.indices or len(ends) not in (1, 2):
        refuse(f"What {call.name} runs over is not read: write {call.name}[x[i], {{i, 1, 3}}]", over.start)
    low, high = (ends[0], ends[1]) if len(ends) == 2 else (None, ends[0])
    first = _whole(low, over) if low is not None else 1
    kind = "sum" if call.name == "Sum" else "product"
    if isinstance(high, Name) and not high.indices:
        return Series(call.at, call.start, call.end, kind, call.arguments[0], index.text, first, None, high.text)
    return Series(call.at, call.start, call.end, kind, call.arguments[0], index.text, first, _whole(high, over))


def _whole(node: Node, over: Listed) -> int:
    if isinstance(node, Product) and len(node.factors) == 2 and isinstance(node.factors[0], Number):
        return int(node.factors[0].exact) * _whole(node.factors[1], over)
    if not isinstance(node, Number) or node.exact.q != 1 or abs(node.exact) > 10**9:
        refuse("The ends of a sum may be whole numbers, or the last one a name", over.start)
    return int(node.exact)


def _total(call: Call) -> Node:
    """The sum or the mean of a list, or over rows."""
    if len(call.arguments) != 1:
        refuse(f"{call.name} takes one argument, over rows, or a list: {call.name}([a, b])", call.at)
    (what,) = call.arguments
    kind = "mean" if call.name in _MEANS else "sum"
    if not isinstance(what, Listed):
        return Series(call.at, call.start, call.end, kind, what)
    if not what.items:
        refuse(f"{call.name} of an empty list is no number", call.at)
    total = Sum(call.at, call.start, call.end, what.items)
    if kind == "sum":
        return total
    count = Number(call.at, call.start, call.end, Integer(len(what.items)))
    return Product(call.at, call.start, call.end, (total, Inverse(call.at, call.start, call.end, count)))


def _cases(call: Call) -> Cases:
    """where(c, a, b), If[c, a, b], Which[c, a, True, b], Piecewise[{{a, c}}, b], Piecewise((a, c), (b, True))."""
    arguments = list(call.arguments)
    pairs: list[tuple[Node, Node]] = []
    otherwise: Node | None = None
    if call.name == "Piecewise":
        if arguments and isinstance(arguments[0], Listed) and arguments[0].items and isinstance(arguments[0].items[0], Listed):
            first, *rest = arguments
            assert isinstance(first, Listed)
            arguments, otherwise = list(first.items), rest[0] if len(rest) == 1 else None
            otherwise = otherwise or Number(call.at, call.start, call.end, S.Zero)  # as the Wolfram Language has it
            if len(rest) > 1:
                refuse("Piecewise takes a list of pairs, and what holds otherwise", call.at)
        for pair in arguments:
            if not isinstance(pair, Listed) or len(pair.items) != 2:
                refuse("Each case of Piecewise is a pair: (value, condition)", pair.start)
            pairs.append((pair.items[0], pair.items[1]))
    elif call.name in ("where", "Where", "If", "switch"):
        if len(arguments) != 3:
            refuse(f"{call.name} takes 3 arguments, a condition and two values; got {len(arguments)}", call.at)
        pairs, otherwise = [(arguments[1], arguments[0])], arguments[2]
    elif call.name == "cases":
        pairs = [(arguments[k], arguments[k + 1]) for k in range(0, len(arguments) - 1, 2)]
        otherwise = arguments[-1] if len(arguments) % 2 else None
    else:
        pairs = [(arguments[k + 1], arguments[k]) for k in range(0, len(arguments) - 1, 2)]
    if pairs and otherwise is None and (call.name == "cases" or _is_true(pairs[-1][1])):
        otherwise = pairs.pop()[0]
    if otherwise is None:
        refuse(f"{call.name} needs a value that holds otherwise", call.at)
    return Cases(call.at, call.start, call.end, tuple(pairs), otherwise)


def _array(call: Call) -> Node:
    if len(call.arguments) != 1:
        refuse(f"{call.name} takes one list: write {call.name}([a, b])", call.at)
    return call.arguments[0]


def _is_true(node: Node) -> bool:
    return isinstance(node, Name) and node.text == "True"


def _clipped(call: Call) -> Node:
    """clamp(x, min=0), and clamp(x, 0)."""
    node: Node = call.arguments[0] if call.arguments else call
    if len(call.arguments) == 2 and all(name in _BOUNDS and _BOUNDS[name] == "high" for name, _ in call.keywords):
        node = Call(call.at, call.start, call.end, "max", call.arguments)
    elif len(call.arguments) != 1:
        refuse(f"{call.name} takes 3 arguments, or x with min= and max=", call.at)
    for name, value in call.keywords:
        if name not in _BOUNDS:
            refuse(f"{cut(name)}= is not read: write min= and max=", value.start)
        if not (isinstance(value, Name) and value.text == "None"):
            bound = "max" if _BOUNDS[name] == "low" else "min"
            node = Call(call.at, call.start, call.end, bound, (node, value))
    return node


def _converted(call: Call) -> Node:
    if call.name in _FLOATS and len(call.arguments) == 1:
        return call.arguments[0]
    if call.name == "Rational" and len(call.arguments) == 2:
        below = Inverse(call.at, call.start, call.end, call.arguments[1])
        return Product(call.at, call.start, call.end, (call.arguments[0], below))
    refuse(f"{call.name} is not read so: write the number", call.at)
