"""PyTorch: a loss as a function and as a module, with an autograd.Function where the slopes are its own."""

from __future__ import annotations

from explorer.core.objective.exports.differentiable import core, given, has_own_slopes, imports, opened, places
from explorer.core.objective.exports.hessians import HESSIANS, LEAST
from explorer.core.objective.exports.parts import Parts, file
from explorer.core.objective.scores import Objective
from explorer.core.printers import pytorch


def code(objective: Objective, *, hessian: str = HESSIANS[0], least: float = LEAST, name: str = "objective") -> str:
    """Return a file of a loss of raw scores and targets, as a function and as a torch.nn.Module.

    Raises
    ------
    ValueError
        If the name is none.
    NotImplementedError
        If PyTorch has no source for a function.
    """
    parts, lines, functions = core(Parts(objective, name, hessian, least), pytorch.code)
    made = [*functions, *([_sloped(parts)] if has_own_slopes(parts) else []), _REDUCED, _function(parts), _module(parts)]
    return file(opened(parts, "PyTorch", _usage(parts)), imports(lines, "import torch"), *made, _prediction(parts))


_REDUCED = """\
def reduced(losses, reduction):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"reduction must be mean, sum or none; got {reduction}.")
    return losses.mean() if reduction == "mean" else losses.sum() if reduction == "sum" else losses"""


def _usage(parts: Parts) -> str:
    after = f"\npredictions = {parts.name}_prediction(model(features))" if parts.link else ""
    targets = ", targets" if parts.targets else ""
    return f"""\
criterion = {parts.class_name}()
loss = criterion(model(features){targets})
loss.backward(){after}"""


def _sloped(parts: Parts) -> str:
    rest = len(parts.value.inputs) - parts.classes
    return f'''\
class Sloped(torch.autograd.Function):
    """The loss of each example, with its own slopes by raw score."""

    @staticmethod
    def forward(context, *arguments):
        context.save_for_backward(*arguments)
        return losses(*arguments)

    @staticmethod
    def backward(context, above):
        found = slopes(*context.saved_tensors)
        return (*(above * slope for slope in ({places(parts)},)), *[None] * {rest})'''


def _targets(parts: Parts) -> list[str]:
    """Lines that check targets and bring them into the form that the printed functions take."""
    if not parts.targets:
        return []
    if parts.takes_columns:
        return ["    targets = torch.unbind(torch.as_tensor(targets, dtype=scores.dtype, device=scores.device), -1)"]
    shape = "scores.shape[:-1]" if parts.classes > 1 else "scores.shape"
    checked = [
        f"    if targets.shape != {shape}:",
        f'        raise ValueError(f"targets must have the shape {{tuple({shape})}}; got {{tuple(targets.shape)}}.")',
    ]
    if parts.takes_class:
        shares = f"torch.nn.functional.one_hot(torch.as_tensor(targets, dtype=torch.int64), {parts.classes})"
        one = f"    targets = {shares}"
        return [*checked, one, "    targets = torch.unbind(torch.as_tensor(targets, dtype=scores.dtype), -1)"]
    return [*checked, "    targets = torch.as_tensor(targets, dtype=scores.dtype, device=scores.device)"]


def _function(parts: Parts) -> str:
    several = parts.classes > 1
    shape = f"(..., {parts.classes})" if several else "(...)"
    targets = ", targets" if parts.targets else ""
    keywords = parts.keywords or ", *"
    lines = [
        f'def {parts.name}(scores{targets}{keywords}, reduction="mean"):',
        f'    """The mean loss of raw scores, shape {shape}; or their sum, or with none the loss of each example."""',
        *_targets(parts),
    ]
    for name in parts.names.values():
        lines.append(f"    {name} = torch.as_tensor({name}, dtype=scores.dtype, device=scores.device)")
    call = "Sloped.apply" if has_own_slopes(parts) else "losses"
    lines.append(f"    return reduced({call}({given(parts, 'torch.unbind(scores, -1)')}), reduction)")
    return "\n".join(lines)


def _module(parts: Parts) -> str:
    targets = ", targets" if parts.targets else ""
    keywords = parts.keywords or ", *"
    return f'''\
class {parts.class_name}(torch.nn.Module):
    """{parts.objective.loss.title}."""

    def __init__(self{keywords}, reduction="mean"):
        super().__init__()
{parts.kept_by_self}        self.reduction = reduction

    def forward(self, scores{targets}):
        """The loss of raw scores."""
        return {parts.name}(scores{targets}{parts.passed_by_self}, reduction=self.reduction)'''


def _prediction(parts: Parts) -> str:
    if not parts.link:
        return ""
    found = "torch.stack(list(link(*torch.unbind(scores, -1)).values()), -1)" if parts.classes > 1 else "link(scores)"
    return f'''\
def {parts.name}_prediction(scores):
    """What the model predicts by its raw scores."""
    return {found}'''
