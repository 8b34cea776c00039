"""The loss of every row as a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from explorer.rows import open_rows
from explorer.rows.examples import EXAMPLES
from explorer.rows.export import write_losses


def test_the_file_has_each_row_with_its_loss(tmp_path: Path) -> None:
    made = EXAMPLES["Two classes"]()
    with open_rows(made) as rows:
        write_losses(rows.report(), tmp_path / "losses.csv")
    found = pd.read_csv(tmp_path / "losses.csv").sort_values("row")
    p, y = made["y_score"].to_numpy(), made["y_true"].to_numpy()
    assert found.row.tolist() == list(range(made.num_rows))
    np.testing.assert_allclose(found.loss, -np.log(np.where(y == 1, p, 1 - p)), rtol=1e-12, atol=1e-15)
