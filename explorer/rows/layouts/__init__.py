"""Which column of a table is what, and the table under the names that formulas have."""
