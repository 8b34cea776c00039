"""The losses as numbers: `numeric` has each with its gradient, on arrays; `reduction` one number for each example."""

from explorer.core.losses.numeric import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_with_logits,
    cross_entropy_with_logits_gradient,
    index_cross_entropy,
    index_cross_entropy_gradient,
    index_cross_entropy_with_logits,
    index_cross_entropy_with_logits_and_gradient,
    index_cross_entropy_with_logits_gradient,
    squared_error,
    squared_error_gradient,
)
from explorer.core.losses.reduction import FORMS, Form, example_losses, form_for, mean_loss

__all__ = [
    "FORMS",
    "Form",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "cross_entropy_with_logits",
    "cross_entropy_with_logits_gradient",
    "example_losses",
    "form_for",
    "index_cross_entropy",
    "index_cross_entropy_gradient",
    "index_cross_entropy_with_logits",
    "index_cross_entropy_with_logits_and_gradient",
    "index_cross_entropy_with_logits_gradient",
    "mean_loss",
    "squared_error",
    "squared_error_gradient",
]
