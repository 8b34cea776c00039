"""The losses: LOSSES has each as an object; `typed` makes one of what somebody types.

`numeric` has some of them by hand, on arrays; `reduction` one number for an example.

To add a loss: write its formula in the module of its family, and an entry in that module's LOSSES.
"""

from explorer.core.losses.catalogue import FAMILIES, LOSSES, find, named
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
from explorer.core.losses.spec import Loss
from explorer.core.losses.typed import typed_loss

__all__ = [
    "FAMILIES",
    "FORMS",
    "LOSSES",
    "Form",
    "Loss",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "cross_entropy_with_logits",
    "cross_entropy_with_logits_gradient",
    "example_losses",
    "find",
    "form_for",
    "index_cross_entropy",
    "index_cross_entropy_gradient",
    "index_cross_entropy_with_logits",
    "index_cross_entropy_with_logits_and_gradient",
    "index_cross_entropy_with_logits_gradient",
    "mean_loss",
    "named",
    "squared_error",
    "squared_error_gradient",
    "typed_loss",
]
