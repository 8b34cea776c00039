"""The report on rows: each analysis is computed when first asked for, and kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.core.losses import Loss
from explorer.rows.analyses import (
    agreeing,
    alone,
    class_temperature,
    classes,
    curves,
    mass,
    odds,
    positions,
    summary,
    temperature,
    together,
    worst,
)
from explorer.rows.analyses.agreeing import Mean
from explorer.rows.analyses.calibration import Calibration, by_class, check_bins, judged
from explorer.rows.analyses.classes import Cells, Part
from explorer.rows.analyses.curves import Curves
from explorer.rows.analyses.odds import Odds
from explorer.rows.analyses.positions import Positions
from explorer.rows.analyses.scans import number, single, spread
from explorer.rows.analyses.scores import scored, sigmoid, surprise
from explorer.rows.analyses.summary import Histogram, Summary
from explorer.rows.analyses.temperature import Logits, TemperatureCurve
from explorer.rows.analyses.together import Together
from explorer.rows.analyses.worst import Above, By, Row
from explorer.rows.expressions import ROW
from explorer.rows.layouts.canonical import complete, strays
from explorer.rows.losses import found, per_row
from explorer.rows.reading.engine import stored
from explorer.rows.spec import Layout, Table

T = TypeVar("T")
WRITTEN = 25
"""So many bytes what is computed of a row takes on disk."""
ROUNDING = 1e-12
"""How far from the probability that a loss stands for a prediction may be by rounding."""


@dataclass(frozen=True, eq=False)
class Report:
    """Analyses of rows under a loss. Only rows that count are looked at, each with its weight.

    Attributes
    ----------
    table : Table
        The rows.
    bins : int
        Bins of calibration.
    loss : Loss, str or None
        One that fits the rows, or its name; by default the usual one.
    numbers : mapping, optional
        Parameter of the loss -> number.
    """

    table: Table
    bins: int = 15
    loss: Loss | str | None = None
    numbers: Mapping[str, float] | None = None

    @cached_property
    def chosen(self) -> Loss:
        """The loss that is meant."""
        return self.loss if isinstance(self.loss, Loss) else found(self.table.layout, self.loss)

    @cached_property
    def usual(self) -> bool:
        """Whether the loss is the one that people mean, so that its numbers are nats where there are classes or tokens."""
        return self.chosen.name == found(self.table.layout, None).name and not self.numbers

    @cached_property
    def rows(self) -> ibis.Table:
        """The rows that count, with their `loss`; nothing computed."""
        if self._surprising:
            return self.scored
        rows = per_row(self.table, self.chosen, self.numbers)
        return rows.mutate(loss=rows.loss.cast("float64"))  # some engines call a column an integer that begins with THEN 0

    @cached_property
    def scored(self) -> ibis.Table:
        """The same with what `scores.scored` adds; of classes alone."""
        layout = self.table.layout
        if self._surprising:
            return surprise(scored(self.table.counted, layout), layout)
        return scored(self.rows, layout)

    @property
    def digest(self) -> ibis.Table:
        """What most is asked of: the same, of several classes without the predictions where it is worth to write it down."""
        return self._best._all if self._stored is None else self._stored

    @cached_property
    def _stored(self) -> ibis.Table | None:
        """What is computed of each row from the scores of several classes, under the usual loss, in a file of our own."""
        raw = self.table.raw
        if raw is None or ROW not in raw.columns or not self._surprising or self.table.layout.kind != "classes":
            return None
        rows = replace(self, table=self.table.numbered).scored
        rows = rows.select("row", "weight", "truth", "predicted", "confidence", "given", "loss")
        return stored(rows, WRITTEN * int(single(raw.aggregate(rows=raw.count()))["rows"]))

    @cached_property
    def faults(self) -> dict[str, int]:
        """Why rows do not count -> how many."""
        return {} if self.sound else summary.faults(self.table.rows)

    @cached_property
    def _every(self) -> Report | None:
        """The same over rows that are not looked at for whether they count; None where some do not, or it is not known."""
        raw = self.table.raw
        whole = raw is not None and single(raw.aggregate(rows=raw.count()))["rows"] == self.count
        below = self._bounded or (self.odds is not None and self.odds.below)
        return replace(self, table=complete(self.table, below=below)) if whole else None

    @property
    def sound(self) -> Report | None:
        """A report on the same rows without a look at which of them count, once it is known that all do."""
        known = vars(self).get("together") is not None or "summary" in vars(self)
        return self._every if known else None

    @cached_property
    def odds(self) -> Odds | None:
        """Rows of two classes in cells, from one scan; None of others: soft targets, another loss."""
        layout = self.table.layout
        if not self.usual or not odds.fits(layout):
            return None
        found = odds.counted(self._unfiltered if self._bounded else self.table.counted, layout)
        return None if found.rounded(layout) or (found.left and not self._bounded) else found

    @cached_property
    def _bounded(self) -> bool:
        """Whether rows of two classes are known to have no number out of bounds: then NULL or NaN tells which do not count."""
        outside = strays(self.table)
        return outside is not None and not single(outside.aggregate(rows=outside.count()))["rows"]

    @property
    def _unfiltered(self) -> ibis.Table:
        """All rows of two classes, none of them looked at for whether it counts; bounded ones."""
        return complete(self.table, below=True).counted

    def _alone(self, ask: Callable[[ibis.Table, Layout], T | None]) -> T | None:
        """What is asked for, as long as no scan has told it with all else, and if one tells it alone for less."""
        layout = self.table.layout
        if "together" in vars(self) or not self.usual or layout.weight or not odds.fits(layout) or not self._bounded:
            return None
        return ask(self._unfiltered, layout)

    @cached_property
    def _losses(self) -> dict[str, float] | None:
        """Sums of the losses of two classes, where a scan of their own has told them."""
        return self._alone(alone.losses)

    @cached_property
    def _sides(self) -> NDArray[np.int64] | None:
        """Rows of two classes by target and class predicted, shape (2, 2), where a scan of their own has told them."""
        return self._alone(alone.sides)

    @cached_property
    def together(self) -> Together | None:
        """What one scan tells of classes; None where there are none, or many."""
        layout = self.table.layout
        if self.odds is not None:
            return odds.together(self.odds, layout)
        return together.together(self.digest, layout, usual=self.usual) if together.fits(layout) else None

    @cached_property
    def summary(self) -> Summary:
        """Counts, and the means of the loss."""
        if self._losses is not None:
            return alone.summarise(self._losses)
        return self.together.summary if self.together else summary.summarise(self.digest, self.table.layout)

    @property
    def count(self) -> int:
        """How many rows count."""
        return self.summary.count

    @property
    def infinite(self) -> int:
        """How many of them have an infinite loss."""
        return self.summary.infinite

    @property
    def undefined(self) -> int:
        """How many of them have no loss: NaN."""
        return self.summary.undefined

    @property
    def mean_loss(self) -> float:
        """The mean over every row or token; infinite if one is, and then mean_finite says what the others have."""
        return self.summary.mean_loss

    @property
    def mean_finite(self) -> float:
        """The mean over those whose loss is finite."""
        return self.summary.mean_finite

    @property
    def mean_of_means(self) -> float:
        """The mean over examples of the means over their tokens; that of rows, where rows are no tokens."""
        clustered = self.table.layout.kind == "tokens"
        return self.summary.mean_of_means if clustered else self.summary.mean_loss

    @property
    def standard_error(self) -> float:
        """Of mean_finite."""
        return self.summary.standard_error

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of mean_finite."""
        return self.summary.low, self.summary.high

    @property
    def bits(self) -> float | None:
        """mean_loss in bits; None where the loss is not in nats."""
        nats = self.usual and self.table.layout.kind != "regression"
        return self.mean_loss / math.log(2) if nats else None

    @property
    def perplexity(self) -> float | None:
        """exp(mean_loss) of tokens; None of others."""
        return float(math.exp(min(self.mean_loss, 700.0))) if self.table.layout.kind == "tokens" else None

    @cached_property
    def accuracy(self) -> float | None:
        """The part of rows whose likeliest class is the true one; None where there are no classes."""
        if not self._of_classes:
            return None
        if self._sides is not None:
            return float(np.trace(self._sides)) / (float(self._sides.sum()) or math.nan)
        return self.together.accuracy if self.together else summary.accuracy(self.digest)

    @cached_property
    def floor(self) -> float | None:
        """The least mean of the usual loss that one prediction for all rows reaches; None of tokens.

        The entropy of the base rates, in nats; of regression the variance of targets.
        """
        if (found := self._alone(alone.floor)) is not None:
            return found
        return self.together.floor if self.together else summary.floor(self.digest, self.table.layout)

    def worst_share(self, fraction: float = 0.01) -> float:
        """Return which part of all finite loss the worst rows carry, a fraction of them by weight."""
        known = self.histogram  # first, as the summary may follow from what it takes
        return summary.worst_share(self._within, self.summary, fraction, known)

    @cached_property
    def histogram(self) -> Histogram:
        """Per-row losses in cells of equal width on a logarithmic scale."""
        return (self.together.histogram if self.together else None) or summary.histogram(self.digest)

    @cached_property
    def positions(self) -> Positions:
        """Where rows lie on the curve of their loss."""
        return self.together.places if self.together else positions.positions(self.digest, self.table.layout)

    @cached_property
    def libraries(self) -> tuple[Mean, ...]:
        """The mean of the usual loss as libraries compute it; none of rows without classes."""
        if self._losses is not None:
            found = alone.libraries(self._losses, self._unfiltered, self.table.layout)
            if found is not None:
                return found
        if self.odds is not None:
            return self.odds.means(self.digest, self.table.layout)
        if self.together and self.usual:
            return self.together.libraries
        return agreeing.means(self.digest if self.usual else per_row(self._best.table), self.table.layout)

    @cached_property
    def calibration(self) -> Calibration | None:
        """Of the positive class, or of the class predicted where there are several; None where there are no classes."""
        if not self._of_classes:
            return None
        check_bins(self.bins)
        scores = self.together.scores if self.together else None
        if scores is None or scores.size % self.bins:
            return Calibration.of(self.digest, self.table.layout, self.bins, self._by_class)
        rows, layout = judged(self.digest, self.table.layout), self.table.layout
        if self.odds is None:
            return Calibration(rows, layout, self.bins, scores, None, self._by_class)
        found = partial(mass.quantiles, self.odds, self._best.table.counted, layout)
        return Calibration(rows, layout, self.bins, scores, self.odds.scores(0), self._by_class, found)

    def _by_class(self, size: int) -> ibis.Table:
        return by_class(self._best.scored, self.table.layout, size)

    @cached_property
    def temperature(self) -> float | None:
        """The number by which raw scores are best divided, for the least mean of the usual loss.

        inf where the flattest prediction is best, 0 where the sharpest is; None where there are no classes.
        """
        if not self._of_classes:
            return None
        if self.table.layout.kind == "binary":
            found = temperature.binary_temperature(self.logits)
            rough = self._tempered is not None and self._tempered.reaches(odds.BROAD)
            if not 0 < found < (math.inf if rough else temperature.COARSE):
                return found
            rows = self._best.table.counted
            return temperature.binary_temperature_near(rows, temperature.logit(rows, self.table.layout), rows.t, found)
        return class_temperature.class_temperature(self._best.scored, self.table.layout)

    @cached_property
    def temperature_curve(self) -> TemperatureCurve | None:
        """What temperatures do to the mean of the usual loss and to calibration; None where there are no classes."""
        if not self._of_classes:
            return None
        if self.table.layout.kind == "binary":
            return temperature.binary_curve(self.logits_at_best, self.bins)
        layout, usual = self.table.layout, self if self.usual else replace(self, loss=None, numbers=None)
        sample = spread(self._best._numbered.scored, self.count, class_temperature.sample_size(layout))
        return class_temperature.class_curve(self._best.scored, sample, layout, self.bins, usual.summary.finite)

    @cached_property
    def logits(self) -> Logits:
        """The cells of logits of binary rows; none lies across an edge of bins at temperature 1."""
        return self._logits() if self._tempered is None else self._tempered.logits

    @cached_property
    def logits_at_best(self) -> Logits:
        """The same, and none lies across an edge at the best temperature either; that may take another scan."""
        best = self.temperature or 1.0
        if not math.isfinite(best) or best == 1:
            return self.logits
        if self._tempered is None:
            return self._logits(best)
        return self._tempered.cut(self._best.table.counted, self.table.layout, best, self.bins).logits

    @property
    def _tempered(self) -> Odds | None:
        """The cells of rows, if they tell what temperatures do."""
        return None if self.odds is None or self.odds.reaches(odds.WIDE) else self.odds

    def _logits(self, *others: float) -> Logits:
        """The cells of logits, cut at temperature 1 and at others."""
        rows, layout = self._best.table.counted, self.table.layout
        z = temperature.logit(rows, layout)
        predicted = rows.p if layout.scale == "probability" else sigmoid(z)
        predictions = [predicted, *(sigmoid(z / number(T)) for T in others)]
        return temperature.logits(rows, z, rows.t, predictions, hard=bool(layout.labels))

    @cached_property
    def cells(self) -> Cells | None:
        """What was taken for what, with losses; None where there are no classes."""
        if self.together:
            return self.together.cells
        return classes.cells(self.digest, self.table.layout) if self._of_classes else None

    @property
    def confusion(self) -> NDArray[np.float64] | NDArray[np.int64] | None:
        """Rows, or their weights where there are any, of true classes (rows) taken for others (columns), shape (K, K).

        Of more than 100 classes the most frequent and the others together: `cells.names` names them. None where there are none.
        """
        if self._sides is not None:
            return self._sides
        if self.cells is None:
            return None
        return self.cells.weight if self.table.layout.weight else self.cells.count

    @property
    def by_class(self) -> tuple[Part, ...] | None:
        """The classes, in the order of `confusion`; None where there are none."""
        return self.cells.parts if self.cells else None

    @cached_property
    def by_group(self) -> tuple[Part, ...] | None:
        """The groups, the heaviest first; None where rows have none."""
        if not self.table.layout.group:
            return None
        return classes.by_group(self._best._all, self.table.layout)

    def curves(self, name: str | None = None) -> Curves | None:
        """Return the curves of a class against the rest, of the last one by default; None where there are no classes."""
        if not self._of_classes:
            return None
        known = self.table.layout.classes or ("0", "1")
        k = known.index(name) if name in known else len(known) - 1
        if name is not None and name not in known:
            raise ValueError(f"A class must be one of {', '.join(known[:20])}; got {name}.")
        if k not in self._curves:
            own = (lambda: self.logits) if self.table.layout.kind == "binary" and k == 1 else None
            self._curves[k] = curves.curves(self._best.scored, self.table.layout, k, own)
        return self._curves[k]

    @property
    def auc(self) -> float | None:
        """The area under the receiver operating characteristic of binary rows; None of others."""
        found = self.curves() if self.table.layout.kind == "binary" else None
        return found.auc if found else None

    @cached_property
    def worst(self) -> list[Row]:
        """The 20 rows with the largest losses."""
        return self.worst_rows(20)

    def worst_rows(self, count: int = 20, by: By | None = None) -> list[Row]:
        """Return the rows with the largest losses, of each class or group if one asks for these."""
        least = None if by else self._least_of_worst(count)
        rows = self._each(least) if by != "group" else self._best._numbered._losing(least)._all
        return worst.worst(rows, self.table, count, by, least)

    def confidently_wrong(self, count: int = 20) -> list[Row]:
        """Return the rows that are predicted wrong, the surest first; none where there are no classes."""
        if not self._of_classes:
            return []
        least = self._least_of_worst(count) if self.usual else None  # then of binary rows the surest lose most
        rows = self._each(least if least is not None and least > math.log(2) else None)
        return worst.confidently_wrong(rows, self.table, count)

    def likely_wrong_label(self, count: int = 20) -> list[Row]:
        """Return the rows whose label is likely wrong, the likeliest first; none where there are no classes."""
        if not self._of_classes:
            return []
        thresholds = self.together.given if self.together else worst.mean_given(self.digest)
        layout, rows = self.table.layout, self._best._numbered
        least = self._least_of_worst(count) if self.usual and layout.kind == "binary" else None
        if least is not None and math.exp(-least) < min(0.5, *(1 - threshold for threshold in thresholds.values())):
            rows = rows._losing(least)  # each of them is likely wrong, and the likeliest lose most
        return worst.likely_wrong_label(rows.table.counted, self.table, thresholds, self._lost, count)

    def in_bin(self, k: int, count: int = 20, *, temperature: float = 1.0) -> list[Row]:
        """Return the rows of a bin of calibration at a temperature, the largest losses first; none without classes."""
        if not self._of_classes:
            return []
        rows = self._each() if temperature == 1 else self._best._numbered.scored
        return worst.in_bin(rows, self.table, k, self.bins, count, temperature=temperature)

    def above(self, threshold: float) -> Above:
        """Return how many rows have a larger loss, and how much of it they carry."""
        return worst.above(self.digest, threshold)

    def _least_of_worst(self, count: int) -> float | None:
        """A loss above 0 that so many rows reach, and few more; None where none is known, or would leave out no row."""
        together = vars(self).get("together")
        known = vars(self).get("histogram") or (together.histogram if together else None)
        if known:
            return summary.reached(known, count)
        return worst.reached(self._best.rows, count) if self._surprising and self.table.layout.kind == "binary" else None

    def _losing(self, low: float | None, high: float = math.inf) -> Report:
        """The same over fewer rows, where the prediction tells the loss: all whose loss lies from low to high, and others."""
        layout = self.table.layout
        if low is None or not self._surprising or layout.kind != "binary":
            return self
        given = math.exp(-max(high, 0)), math.exp(-max(low, 0))
        rows, size = self.table.counted, ROUNDING
        if layout.scale == "logit":
            size, far = ROUNDING * (1 + max(low, 0)), rows.z.abs()
            away = sorted(abs(end + math.log(-math.expm1(-end))) if 0 < end < math.inf else math.inf for end in (low, high))
        else:
            far = (rows.p - number(0.5)).abs()
            away = sorted(abs(end - 0.5) for end in given)
        least = 0 if given[0] < 0.5 < given[1] else away[0] - size
        near = rows.filter((far >= number(least)) & (far <= number(away[1] + size)))
        return replace(self, table=replace(self.table, unnumbered=near))

    def _within(self, cell: int, known: Histogram) -> ibis.Table:
        """The rows of a cell of a histogram."""
        low, high = summary.ends(known, cell)
        lost = self._best._losing(low, high).rows if self._stored is None else self._stored
        if self.odds is not None:
            keys = [number(key) for key in self.odds.keys(cell)]
            return odds.keyed(lost, self.table.layout).filter(lambda rows: rows.key.isin(keys))
        return lost.filter((lost.loss >= number(low)) & (lost.loss <= number(high)) & (summary.logarithmic(lost.loss) == cell))

    def _each(self, least: float | None = None) -> ibis.Table:
        """Rows that have numbers, to show single ones: where it saves work, those that lose at least so much."""
        if self._stored is not None:
            return self._stored
        if least is None or not self._bounded or self.table.layout.weight:
            return self._best._numbered._losing(least)._all
        rows = replace(self, table=complete(self.table, below=True))._numbered._losing(least)._all
        return rows.filter(rows.t.notnull())  # what lacks a prediction is none that loses so much

    def _lost(self, rows: ibis.Table) -> ibis.Table:
        """Rows of this table with their `loss`."""
        return per_row(Table(rows, self.table.layout, rows), self.chosen, self.numbers)

    @cached_property
    def _curves(self) -> dict[int, Curves]:
        return {}

    @cached_property
    def _numbered(self) -> Report:
        """The same over rows that have numbers, to show single ones."""
        return self if self.table.unnumbered is None else replace(self, table=self.table.numbered)

    @property
    def _best(self) -> Report:
        """What has the same rows with the least work."""
        return self.sound or self

    @property
    def _all(self) -> ibis.Table:
        return self.scored if self._of_classes else self.rows

    @property
    def _surprising(self) -> bool:
        """Whether the loss follows from the probability given to the truth, which is computed anyway."""
        layout = self.table.layout
        return self.usual and (layout.kind == "classes" or (layout.kind == "binary" and bool(layout.labels)))

    @property
    def _of_classes(self) -> bool:
        return self.table.layout.kind in {"binary", "classes"}
