"""Keras 3, on any of its backends: the loss of each example, and a keras.losses.Loss to compile and save a model with."""

from __future__ import annotations

from explorer.core.objective.exports.differentiable import core, given, has_own_slopes, imports, opened, places
from explorer.core.objective.exports.hessians import HESSIANS, LEAST
from explorer.core.objective.exports.parts import Parts, file
from explorer.core.objective.scores import Objective
from explorer.core.printers import keras


def code(objective: Objective, *, hessian: str = HESSIANS[0], least: float = LEAST, name: str = "objective") -> str:
    """Return a file of a loss of targets and raw scores, as a function and as a keras.losses.Loss.

    Raises
    ------
    ValueError
        If the name is none.
    NotImplementedError
        If Keras has no source for a function.
    """
    parts, lines, functions = core(Parts(objective, name, hessian, least), keras.code)
    made = [*functions, *([_sloped(parts)] if has_own_slopes(parts) else []), _function(parts), _class(parts)]
    head = imports(lines, "import keras", "from keras import ops")
    return file(opened(parts, "Keras 3", _usage(parts)), head, *made, _prediction(parts))


def _usage(parts: Parts) -> str:
    after = f"\npredictions = {parts.name}_prediction(model.predict(features))" if parts.link else ""
    return f"""\
model.compile(optimizer="adam", loss={parts.class_name}())
model.fit(features, targets){after}"""


def _sloped(parts: Parts) -> str:
    rest = f"arguments[{parts.classes}:]"
    return f'''\
@ops.custom_gradient
def sloped(*arguments):
    """The loss of each example, with its own slopes by raw score."""

    def gradient(*given, upstream=None):
        above = given[0] if upstream is None else upstream  # backends differ in how they give it
        found = slopes(*arguments)
        return (*(above * slope for slope in ({places(parts)},)), *map(ops.zeros_like, {rest}))

    return losses(*arguments), gradient'''


def _targets(parts: Parts) -> list[str]:
    if not parts.targets:
        return []
    if parts.takes_columns:
        return [f"    targets = ops.unstack(ops.cast(targets, scores.dtype), {len(parts.targets)}, axis=-1)"]
    shape = "ops.shape(scores)[:-1]" if parts.classes > 1 else "ops.shape(scores)"
    shaped = f"ops.reshape(targets, {shape})"
    if parts.takes_class:
        shares = f'ops.one_hot(ops.cast({shaped}, "int32"), {parts.classes}, dtype=scores.dtype)'
        return [f"    targets = ops.unstack({shares}, {parts.classes}, axis=-1)"]
    return [f"    targets = ops.cast({shaped}, scores.dtype)"]


def _function(parts: Parts) -> str:
    shape = f"(..., {parts.classes})" if parts.classes > 1 else "(...)"
    lines = [
        f"def {parts.name}(targets, scores{parts.keywords}):",
        f'    """The loss of each example by its raw scores, shape {shape}."""',
        "    scores = ops.convert_to_tensor(scores)",
        *_targets(parts),
    ]
    for name in parts.names.values():
        lines.append(f"    {name} = ops.convert_to_tensor({name}, scores.dtype)")
    call = "sloped" if has_own_slopes(parts) else "losses"
    lines.append(f"    return {call}({given(parts, f'ops.unstack(scores, {parts.classes}, axis=-1)')})")
    return "\n".join(lines)


def _class(parts: Parts) -> str:
    config = ", ".join(f'"{name}": self.{name}' for name in parts.names.values())
    returned = f"super().get_config() | {{{config}}}" if config else "super().get_config()"
    keywords = parts.keywords or ", *"
    return f'''\
@keras.saving.register_keras_serializable()
class {parts.class_name}(keras.losses.Loss):
    """{parts.objective.loss.title}."""

    def __init__(self{keywords}, reduction="sum_over_batch_size", name="{parts.name}", dtype=None):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
{parts.kept_by_self}
    def call(self, targets, scores):
        """The loss of each example."""
        return {parts.name}(targets, scores{parts.passed_by_self})

    def get_config(self):
        """What the loss is made of again."""
        return {returned}'''


def _prediction(parts: Parts) -> str:
    if not parts.link:
        return ""
    columns = f"ops.unstack(scores, {parts.classes}, axis=-1)"
    found = f"ops.stack(list(link(*{columns}).values()), axis=-1)" if parts.classes > 1 else "link(scores)"
    return f'''\
def {parts.name}_prediction(scores):
    """What the model predicts by its raw scores."""
    scores = ops.convert_to_tensor(scores)
    return {found}'''
