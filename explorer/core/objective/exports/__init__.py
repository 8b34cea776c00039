"""Objectives printed as files that a library trains with: each complete, ready to save and to run.

To add a library: write a module like `lightgbm` with a `code` as `Printed` has it, list it in EXPORTS, and run what it
prints in tests/core/objective/test_exports.py.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from explorer.core.objective.exports import catboost, jax, keras, lightgbm, pytorch, scikit_learn, xgboost
from explorer.core.objective.exports.hessians import HESSIANS, LEAST, with_hessians
from explorer.core.objective.scores import Objective

__all__ = ["EXPORTS", "HESSIANS", "LEAST", "Export", "Printed", "with_hessians"]


class Printed(Protocol):
    """What prints an objective for a library.

    name is what the printed function is called, and what the others' names begin with; hessian is one of HESSIANS, and least
    what a Hessian is at least, other than the second derivative itself. Both count for boosting only.
    """

    def __call__(
        self, objective: Objective, *, hessian: str = HESSIANS[0], least: float = LEAST, name: str = "objective"
    ) -> str:
        """Return the file's text.

        Raises ValueError for a name or a Hessian that there is not, NotImplementedError where the library cannot have it.
        """


class Export(NamedTuple):
    """A library that trains with what is printed.

    Attributes
    ----------
    name : str
        As people know it.
    highlight : str
        What a code block calls the language.
    extension : str
        What follows the dot in the name of a file of it.
    code : callable
        Prints an objective.
    """

    name: str
    highlight: str
    extension: str
    code: Printed


EXPORTS: dict[str, Export] = {
    export.name: export
    for export in (
        Export("XGBoost", "python", "py", xgboost.code),
        Export("LightGBM", "python", "py", lightgbm.code),
        Export("CatBoost", "python", "py", catboost.code),
        Export("PyTorch", "python", "py", pytorch.code),
        Export("Keras", "python", "py", keras.code),
        Export("JAX", "python", "py", jax.code),
        Export("scikit-learn", "python", "py", scikit_learn.code),
    )
}
"""By name."""
