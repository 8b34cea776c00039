"""Recognises which column of a table is what, and renames them as formulas do."""
