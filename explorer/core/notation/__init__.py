"""Expressions in mathematical notation: LaTeX to take away, and MathML that a page keeps alive.

To give a function a notation of its own: write `_print_<its name>` in `shared.Alike` if both show it in the same way, else in
each printer. What has none is shown by its textbook form.
"""

from explorer.core.notation.as_latex import latex, latex_steps
from explorer.core.notation.as_mathml import Leaf, mathml

__all__ = ["Leaf", "latex", "latex_steps", "mathml"]
