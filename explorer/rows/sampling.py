"""A sample of rows, for a first answer where all of them take long."""

from __future__ import annotations

from explorer.rows.opening import Rows, open_rows

LARGE = 2_000_000
"""From so many rows on a sample answers first."""
SIZE = 200_000
"""About so many rows are in a sample."""


def sample(rows: Rows, size: int = SIZE) -> Rows | None:
    """Return a sample of whole blocks of rows, as an engine reads them; None where the engine is not this machine's.

    Parameters
    ----------
    rows : Rows
    size : int
        About how many; with fewer there are than that, all.
    """
    if rows.raw.get_backend().name != "duckdb":
        return None
    layout = rows.layout
    named = {"truth": layout.truth, "weight": layout.weight, "group": layout.group, "identity": layout.identity}
    given = {name: column for name, column in named.items() if column}
    kept = rows.raw.select(*dict.fromkeys((*given.values(), *layout.predictions)))
    drawn = kept.sample(min(1.0, size / max(rows.count, 1)), method="block").to_pyarrow()
    if not drawn.num_rows:
        return None
    found = open_rows(drawn, prediction=list(layout.predictions), kind=layout.kind, scale=layout.scale, **given)
    found.source = rows.source
    return found
