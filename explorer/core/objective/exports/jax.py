"""JAX with optax: the loss of each example, with slopes of its own where they are others, and one step of training."""

from __future__ import annotations

from explorer.core.objective.exports.differentiable import core, given, has_own_slopes, imports, opened
from explorer.core.objective.exports.hessians import HESSIANS, LEAST
from explorer.core.objective.exports.parts import Parts, file
from explorer.core.objective.scores import Objective
from explorer.core.printers import jax


def code(objective: Objective, *, hessian: str = HESSIANS[0], least: float = LEAST, name: str = "objective") -> str:
    """Return a file of a loss of raw scores and targets, and of a step of training with an optimizer of optax.

    Raises
    ------
    ValueError
        If the name is none.
    NotImplementedError
        If JAX has no source for a function.
    """
    parts, lines, functions = core(Parts(objective, name, hessian, least), jax.code)
    made = [*functions, *([_sloped(parts)] if has_own_slopes(parts) else []), _function(parts), _training(parts)]
    note = "As those of optax, it is each example's own loss: its mean is taken where it is trained by."
    head = imports(lines, "import jax", "import optax")
    return file(opened(parts, "JAX and optax", _usage(parts), note), head, *made, _prediction(parts))


def _usage(parts: Parts) -> str:
    targets = ", targets" if parts.targets else ""
    after = f"\npredictions = {parts.name}_prediction(model(weights, features))" if parts.link else ""
    return f"""\
optimizer = optax.adam(1e-3)
state = optimizer.init(weights)
training = {parts.name}_training(model, optimizer)  # model(weights, features) gives raw scores
weights, state, loss = training(weights, state, features{targets}){after}"""


def _sloped(parts: Parts) -> str:
    moved = " + ".join(f'found["{step}"] * moved[{k}]' for k, step in enumerate(parts.objective.gradients))
    return f'''\
@jax.custom_jvp
def sloped(*arguments):
    """The loss of each example, with its own slopes by raw score."""
    return losses(*arguments)


@sloped.defjvp
def sloped_jvp(arguments, moved):
    found = slopes(*arguments)
    return losses(*arguments), {moved}'''


def _targets(parts: Parts) -> list[str]:
    if not parts.targets:
        return []
    if parts.takes_columns:
        return ["    targets = jnp.moveaxis(jnp.asarray(targets, scores.dtype), -1, 0)"]
    shape = "scores.shape[:-1]" if parts.classes > 1 else "scores.shape"
    checked = [
        f"    if jnp.shape(targets) != {shape}:",
        f'        raise ValueError(f"targets must have the shape {{{shape}}}; got {{jnp.shape(targets)}}.")',
    ]
    if parts.takes_class:
        shares = f"jax.nn.one_hot(targets, {parts.classes}, dtype=scores.dtype)"
        return [*checked, f"    targets = jnp.moveaxis({shares}, -1, 0)"]
    return [*checked, "    targets = jnp.asarray(targets, scores.dtype)"]


def _function(parts: Parts) -> str:
    shape = f"(..., {parts.classes})" if parts.classes > 1 else "(...)"
    targets = ", targets" if parts.targets else ""
    lines = [
        f"def {parts.name}(scores{targets}{parts.keywords}):",
        f'    """The loss of each example by its raw scores, shape {shape}."""',
        "    scores = jnp.asarray(scores)",
        *_targets(parts),
    ]
    for name in parts.names.values():
        lines.append(f"    {name} = jnp.asarray({name}, scores.dtype)")
    call = "sloped" if has_own_slopes(parts) else "losses"
    lines.append(f"    return {call}({given(parts, 'jnp.moveaxis(scores, -1, 0)')})")
    return "\n".join(lines)


def _training(parts: Parts) -> str:
    targets = ", targets" if parts.targets else ""
    return f'''\
def {parts.name}_training(model, optimizer{parts.keywords}):
    """A step of training: weights, state, features{targets} -> weights, state, mean loss."""

    @jax.jit
    def training(weights, state, features{targets}):
        def mean(weights):
            return jnp.mean({parts.name}(model(weights, features){targets}{parts.passed}))

        loss, gradient = jax.value_and_grad(mean)(weights)
        moved, state = optimizer.update(gradient, state, weights)
        return optax.apply_updates(weights, moved), state, loss

    return training'''


def _prediction(parts: Parts) -> str:
    if not parts.link:
        return ""
    found = "jnp.stack(list(link(*jnp.moveaxis(scores, -1, 0)).values()), -1)" if parts.classes > 1 else "link(scores)"
    return f'''\
def {parts.name}_prediction(scores):
    """What the model predicts by its raw scores."""
    return {found}'''
