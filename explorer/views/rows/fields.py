"""What may be set on /rows."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.core.domains import Input
from explorer.core.losses import Loss
from explorer.rows.analyses.worst import By
from explorer.rows.examples import EXAMPLES
from explorer.rows.losses import fitting
from explorer.rows.spec import Layout
from explorer.views.fields import Choice, Flag, Number, Text, Whole

DATA = Choice("data", "Made-up rows", tuple(EXAMPLES), help="To try the page, until it has rows of your own.", many=True)
COLUMNS = {
    "truth": Text("truth", "Target", help="The column of targets."),
    "prediction": Text("prediction", "Prediction", help="The column of predictions, or several with commas between them."),
    "scale": Text("scale", "Scale", help="What the predictions are."),
    "kind": Text("kind", "Kind", help="What the rows are."),
    "weight": Text("weight", "Weight", help="The column of weights."),
    "group": Text("group", "Group", help="The column of groups."),
    "identity": Text("identity", "Identity", help="The column that names each row."),
}
"""What was recognised, where somebody has changed it; "" leaves it as it was recognised."""
HERE, NONE = "here", "none"
"""What the address calls the rows of those that a server offers, and the choice of none of them."""
BINS = Number("bins", "Bins", 2.0, 50.0, 15.0, 1.0, help="Of the calibration, of equal width.")
TEMPERATURE = Number(
    "log_T", "Temperature T, as log10", -1.3, 1.3, 0.0, 0.01, help="T divides every logit: above 1, predictions are less sure."
)
LARGEST, CONFIDENT, LIKELY, OF_A_BIN = "Largest loss", "Confidently wrong", "Label likely wrong", "Of a bin"
WORST = "worst"
"""What the address calls which rows the table shows."""
BIN = Whole("bin", "Bin", 1, 50, 1, help="Whose rows the table shows, counted from the left.")
TOGETHER = "all together"
SPLITS: dict[str, By] = {"by class": "class", "by group": "group"}
"""What the largest losses may be taken of apart."""
CLASSES = Flag("classes", "Classes and groups", help="Loss, confusion and curves by class and by group.")
WEIGH = Flag("weigh", "What would another loss weigh?", help="Whose gradients grow under the chosen loss.")
LIBRARIES = Flag("libraries", "What do the libraries say?", help="The mean as scikit-learn, PyTorch and Keras compute it.")
RECOGNISED = Flag("recognised", "What was recognised", help="Which column is what, why, and what else it could be.")


def here(options: Iterable[str]) -> Choice:
    """Return the choice among the rows that a server offers, the first by default."""
    known = tuple(dict.fromkeys(options)) or (NONE,)
    return Choice(HERE, "Rows here", known, help="Files on this server.", many=True, allowed="a file that this server offers")


def threshold(layout: Layout) -> Number:
    """Return the slider of the threshold: on the probability given to the truth, or on the residual."""
    if layout.kind == "regression":
        return Number("residual", "Residual beyond", 0.0, 10.0, 1.0, 0.01, help="Rows farther off than this are counted.")
    return Number("threshold", "Truth given less than", 0.0, 1.0, 0.1, 0.001, help="Rows less sure of the truth are counted.")


def worst(layout: Layout) -> Choice:
    """Return the choice of which rows the table shows."""
    options = (LARGEST, CONFIDENT, LIKELY, OF_A_BIN) if layout.classes else (LARGEST,)
    return Choice(WORST, "Show", options, help="Which rows the table shows.")


def split(layout: Layout) -> Choice:
    """Return the choice whether the largest losses are those of all rows, or of each class or group."""
    known = {"class": bool(layout.classes), "group": bool(layout.group)}
    options = (TOGETHER, *(name for name, by in SPLITS.items() if known[by]))
    return Choice("split", "Largest", options, help="Of all rows, or some of each class or group.")


def losses(layout: Layout) -> Choice:
    """Return the choice of a loss for rows laid out so, by their titles."""
    titles = tuple(loss.title for loss in fitting(layout).values())
    return Choice("loss", "Loss", titles, help="Every number follows.", many=True, allowed="the title of a loss of such rows")


def chosen(layout: Layout, title: str) -> Loss:
    """Return the loss of a title."""
    return next(loss for loss in fitting(layout).values() if loss.title == title)


def parameters(loss: Loss) -> dict[str, Number]:
    """Return the slider of each parameter of a loss."""
    return {given.name: _slider(given) for given in loss.inputs if given.role == "parameter"}


def _slider(given: Input) -> Number:
    low, high = given.domain.shown
    return Number(
        given.name, given.said, low, high, given.start, given.domain.step, help=f"{given.said}: a parameter of the loss."
    )
