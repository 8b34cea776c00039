"""How much may be typed."""

LENGTH = 2_000
"""Characters that an expression may have."""
NESTING = 60
"""Brackets and exponents that may stand inside one another."""
DIGITS = 30
"""Digits that a number may have."""
NAME = 40
"""Characters that a name may have."""
TERMS = 100
"""Terms that a sum over a stated range may have."""
PARTS = 10_000
"""Parts of what is typed that may be looked at, each as often as a sum repeats it."""
QUESTIONS = 8
"""Questions that are asked of one text."""
