"""Expressions as code: what the languages share, and the two that every Program speaks itself, NumPy and JavaScript.

Nothing here knows a Program: it stands above this, and `printers`, which prints one in each language, above it.
"""
