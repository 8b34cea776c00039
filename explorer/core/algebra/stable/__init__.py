"""Plain formulas in stable functions: the way back from `functions.textbook`, to what is computed and exported."""

from __future__ import annotations

from explorer.core.algebra.stable.recognising import recognised as stable

__all__ = ["stable"]
