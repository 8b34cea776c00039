"""The maths of Loss Explorer: NumPy and SymPy only."""
