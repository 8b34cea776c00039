"""What /losses shows of estimates: the constant, and the line, at which each loss is least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from explorer.core import estimate as estimates
from explorer.core import fit as fits
from explorer.core.comparison import Comparison
from explorer.core.losses import Loss
from explorer.core.statistics import statements
from explorer.figures.estimate import estimate_figure, fit_figure
from explorer.views.losses.text import mark
from explorer.views.markup import quantity, still, table
from explorer.views.view import Chart


@dataclass(frozen=True)
class Part:
    """What a part of the page adds to the view."""

    charts: tuple[Chart, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    layout: tuple[tuple[tuple[str, ...], ...], ...] = ()


def of_estimate(shown: Comparison) -> tuple[Loss, ...]:
    """Return the losses that estimate a constant."""
    kind = estimates.kind(shown.losses[0])
    return estimates.together(shown.losses, kind) if kind else ()


def of_fit(shown: Comparison) -> tuple[Loss, ...]:
    """Return the losses that a line can be fitted by."""
    return tuple(loss for loss in shown.losses if fits.can_fit(loss))


def has_dots(shown: Comparison) -> bool:
    """Whether targets are dots on an axis; else they are ones and zeros."""
    return estimates.kind(shown.losses[0]) == "real"


def bounds(shown: Comparison, count: int) -> tuple[float, float]:
    """Return how far dots may lie."""
    return estimates.estimate(of_estimate(shown), count).axis


def estimate(shown: Comparison, numbers: Mapping[str, float], dots: Sequence[float], rate: float) -> Part:
    """Return the mean loss of each loss over a constant, and where it is least.

    Parameters
    ----------
    numbers : mapping
        Input of the comparison -> number.
    dots : sequence of float
        The targets, where they are real.
    rate : float
        How many of the targets are ones, where they are ones and zeros.
    """
    losses = of_estimate(shown)
    of = estimates.estimate(losses, len(dots) if has_dots(shown) else 0)
    given = of.start("even") | dict(zip(of.dots, dots, strict=True) if of.count else {estimates.RATE.name: rate}.items())
    solved = of.solved(given | _parameters(shown, losses, of.parameters, numbers))
    chart = Chart(
        key="estimate-chart",
        title="Mean loss of a constant",
        alt=f"Mean loss over the one constant that is predicted: {', '.join(loss.title for loss in losses)}; its least marked",
        filename="estimate",
        figure=estimate_figure(solved),
        program=of.program,
        values=solved.values,
        limits=dict.fromkeys(of.dots, of.axis),
        rows={name: tuple(map(float, column)) for name, column in solved.rows.items()},
        cells=of.cells,
    )
    rows = [
        (mark(shown.losses.index(loss), loss), quantity(f"best{k}", place.at, digits=5, trim=True), still(said))
        for k, (loss, place, said) in enumerate(zip(losses, solved.places, statements(solved), strict=True), 1)
    ]
    found = {name: value for name, value in solved.values.items() if name.startswith(("best", "least"))}
    text = table("What each loss estimates", ("Loss", "Least at", "That is"), rows, kind="live-losses live-said")
    return Part((chart,), {"estimates": text}, found, ((("estimates",), ("estimate-chart",)),))


def fit(shown: Comparison, numbers: Mapping[str, float], points: Sequence[float]) -> Part:
    """Return the line that each loss fits to some points.

    Parameters
    ----------
    numbers : mapping
        Input of the comparison -> number.
    points : sequence of float
        x and y of each point in turn.
    """
    losses = of_fit(shown)
    of = fits.fit(losses, len(points) // 2)
    across, up = (of.cells[column] for column in of.cells)
    given = of.start() | dict(zip(across, points[::2], strict=True)) | dict(zip(up, points[1::2], strict=True))
    solved = of.solved(given | _parameters(shown, losses, of.parameters, numbers))
    chart = Chart(
        key="fit-chart",
        title="A line by each loss",
        alt=f"Points, and the line with the least mean loss: {', '.join(loss.title for loss in losses)}",
        filename="fit",
        figure=fit_figure(solved),
        program=of.program,
        values=solved.values,
        limits=dict.fromkeys((*across, *up), fits.ACROSS),
        rows={name: tuple(map(float, column)) for name, column in solved.rows.items()},
        cells=of.cells,
    )
    found = {
        name: value for name, value in solved.numbers.items() if name.startswith(("fit_slope", "fit_intercept", "fit_least"))
    }
    rows = [
        (
            mark(shown.losses.index(loss), loss) + still(f"<small>{said}</small>" if said else ""),
            *(quantity(f"{name}{k}", found[f"{name}{k}"], digits=4, trim=True) for name in ("fit_slope", "fit_intercept")),
        )
        for k, (loss, said) in enumerate(zip(losses, solved.statements, strict=True), 1)
    ]
    text = table("The line of each loss", ("Loss", "Slope", "At x = 0"), rows, kind="live-losses")
    return Part((chart,), {"lines": text}, found, ((("lines",), ("fit-chart",)),))


def _parameters(
    shown: Comparison, losses: Sequence[Loss], named: Sequence[Mapping[str, object]], numbers: Mapping[str, float]
) -> dict[str, float]:
    """The losses' parameters as the page's sliders have them, by their names in a program of estimates."""
    places = [shown.losses.index(loss) for loss in losses]
    return {
        str(symbol): numbers[shown.own(place, own)]
        for place, names in zip(places, named, strict=True)
        for own, symbol in names.items()
    }
