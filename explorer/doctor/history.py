"""A History: losses in their order, with what was printed beside them; and what a curve of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from explorer.core.checks import FloatArray
from explorer.doctor import printed
from explorer.doctor.printed import Printed

FLAT = 0.015
"""Values that stray by no more than this part of their middle lie on a plateau."""
SPIKE = 1.3
"""By what factor a loss must leap above those before to be a spike."""
LEAST = 5
"""From how many losses on a curve says something."""

_NAMES = {
    "loss": "loss train_loss training_loss cost loss_step loss_epoch train_loss_epoch train_loss_step nll objective "
    "value trainloss running_loss batch_loss total_loss train/loss loss/train avg_loss mean_loss average_loss "
    "softmax_loss train-loss loss_train epoch_loss train-logloss train-mae train-rmse train-mlogloss train_cost tr_loss "
    "train_loss_avg avg_train_loss mse cross_entropy ce_loss g_loss loss_g generator_loss d_loss loss_d discriminator_loss "
    "critic_loss policy_loss actor_loss losses error",
    "val_loss": "val_loss validation_loss valid_loss eval_loss test_loss dev_loss val/loss eval/loss loss/val valloss "
    "vloss loss_val val_loss_epoch test-logloss test-mae test-rmse eval-logloss validation_0-logloss val_cost "
    "test/loss testing_loss test-mlogloss val_losses",
    "accuracy": "acc accuracy train_acc train_accuracy training_accuracy categorical_accuracy binary_accuracy "
    "sparse_categorical_accuracy train/accuracy train/acc train_acc_epoch acc_train training_acc top1 "
    "mean_token_accuracy",
    "val_accuracy": "val_acc val_accuracy validation_accuracy valid_acc valid_accuracy eval_accuracy test_acc test_accuracy "
    "val_binary_accuracy val_categorical_accuracy val_sparse_categorical_accuracy val/acc val/accuracy acc_val "
    "dev_acc validation_acc",
    "grad_norm": "grad_norm gradient_norm gnorm grad gradnorm global_norm",
    "rate": "lr learning_rate lr-sgd lr-adam lr-adamw rate",
    "step": "step epoch iteration iter global_step iterations steps batch",
    "margin": "rewards/margins reward_margin rewards_margins",
}
MANY = 1000
"""As many points of a long history are looked at for its shape."""
WIDEST = 40
"""As many losses before a leap are looked at."""

COLUMNS: dict[str, tuple[str, ...]] = {name: tuple(names.split()) for name, names in _NAMES.items()}
"""Column -> what logs call it."""
COLUMN_OF = {name: column for column, names in COLUMNS.items() for name in names}
_OF_A_ROW = COLUMN_OF | dict.fromkeys(("train", "training"), "loss") | dict.fromkeys(("val", "valid", "validation"), "val_loss")
"""The same of rows that are given, which are of losses alone."""


@dataclass(frozen=True)
class Spike:
    """A leap of the loss.

    Attributes
    ----------
    place : int
        Of its peak.
    factor : float
        By which it leapt.
    sharp : float
        The share of its height that one step made: waves of momentum take several.
    """

    place: int
    factor: float
    sharp: float


@dataclass(frozen=True)
class History:
    """Losses in their order; NaN where a column had nothing.

    Attributes
    ----------
    loss : array, shape (steps,)
    half : float
        By how much a loss may have been rounded.
    columns : mapping
        Column of COLUMNS but loss -> array, shape (steps,).
    """

    loss: FloatArray
    half: float = 0.0
    columns: Mapping[str, FloatArray] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many losses there are."""
        return int(self.loss.size)

    def column(self, name: str) -> FloatArray:
        """Return a column; empty where there is none."""
        return self.columns.get(name, np.empty(0))

    def last(self, name: str) -> float | None:
        """Return the last finite number of a column; None where there is none."""
        known = self.column(name)
        known = known[np.isfinite(known)]
        return float(known[-1]) if known.size else None

    @cached_property
    def finite(self) -> FloatArray:
        """The losses that are numbers."""
        return self.loss[np.isfinite(self.loss)]

    @cached_property
    def onset(self) -> int | None:
        """From where on every loss is NaN or infinite; None where the last one is a number."""
        bad = ~np.isfinite(self.loss)
        if not bad.size or not bad[-1]:
            return None
        good = np.flatnonzero(~bad)
        return int(good[-1]) + 1 if good.size else 0

    @cached_property
    def lone(self) -> int:
        """How many losses are NaN or infinite with numbers after them."""
        bad = ~np.isfinite(self.loss)
        return int(bad[: self.onset].sum()) if self.onset is not None else int(bad.sum())

    @cached_property
    def is_silent(self) -> bool:
        """Whether it begins with a loss of 0 and a gradient of NaN: so trainers print a loss that is NaN."""
        norm = self.column("grad_norm")
        return bool(norm.size and np.isnan(norm[0]) and self.loss[0] == 0)

    @cached_property
    def start(self) -> float:
        """Where it starts: the middle of the first few."""
        return float(np.median(self.finite[: max(1, self.finite.size // 20)])) if self.finite.size else np.nan

    @cached_property
    def tail(self) -> FloatArray:
        """The last third, at least three of them."""
        return self.finite[-max(3, self.finite.size // 3) :]

    @cached_property
    def end(self) -> float:
        """Where it ends: the middle of the last few."""
        return float(np.median(self.finite[-max(1, self.finite.size // 8) :])) if self.finite.size else np.nan

    @cached_property
    def least(self) -> float:
        """The least loss."""
        return float(self.finite.min()) if self.finite.size else np.nan

    @cached_property
    def plateau(self) -> Printed | None:
        """The level on which it ends, with its own scatter as rounding; None where it does not end on one."""
        if self.finite.size < 3:
            return None
        middle = float(np.median(self.tail))
        low, high = np.percentile(self.tail, [10, 90])
        early, late = np.array_split(self.tail, 2)
        drift = abs(float(np.mean(early)) - float(np.mean(late)))
        scatter = max(2 * FLAT * abs(middle), 2 * self.half)
        if high - low > 2 * scatter or drift > max(FLAT * abs(middle), 2 * self.half):
            return None
        error = float(np.std(self.tail)) / np.sqrt(self.tail.size)
        return Printed(middle, max(self.half, error))

    @cached_property
    def levels_off(self) -> bool:
        """Whether it has fallen, and in its last third by less than a twelfth of that: to something like a bound."""
        if self.finite.size < 6:
            return False
        values = self.smooth
        fall = float(values[0] - values.min())
        return fall > 0 and abs(float(values[-1] - values[-1 - max(2, values.size // 3)])) < fall / 12

    @cached_property
    def stuck(self) -> bool:
        """Whether it ends about where it began: it has not fallen by a tenth of its start, nor risen."""
        return self.plateau is not None and bool(0.9 * self.start <= self.end <= 1.1 * self.start)

    @cached_property
    def above_validation(self) -> float | None:
        """How many times as large as that of validation the loss of training is, in the middle; None where one is unknown."""
        validation = self.column("val_loss")
        both = np.isfinite(self.loss) & np.isfinite(validation) & (validation != 0) if validation.size else np.array([False])
        return float(np.median(self.loss[both] / validation[both])) if both.any() else None

    @cached_property
    def smooth(self) -> FloatArray:
        """The losses, each the middle of its neighbours; of a long history at most MANY of them."""
        values = self.finite
        if values.size > MANY:
            values = np.median(values[: values.size // MANY * MANY].reshape(MANY, -1), axis=1)
        width = max(1, values.size // 25)
        return values if width == 1 else _running_median(values, width // 2, width - 1 - width // 2)

    @cached_property
    def rising(self) -> float:
        """The share of its way up that it does not take back: 1 where it only rises."""
        steps = np.diff(self.smooth)
        way = float(np.abs(steps).sum())
        return float(steps.sum()) / way if way else 0.0

    @cached_property
    def swing(self) -> float:
        """How steps follow each other: near 1 in smooth waves, below 0 where each step undoes the one before."""
        return _swing(self.finite)

    @cached_property
    def relative_swing(self) -> float:
        """The same of steps relative to the loss, so that a long way down at the start does not outweigh the rest."""
        return _swing(np.log(self.finite)) if self.finite.size and self.finite.min() > 0 else self.swing

    @cached_property
    def waves(self) -> int:
        """How many times the smoothed curve turns after a way of a tenth of its range."""
        turns, way, edge = 0, 0, float(self.smooth[0]) if self.smooth.size else 0.0
        span = 0.1 * float(np.ptp(self.smooth)) if self.smooth.size else 0.0
        for value in map(float, self.smooth[:: max(1, self.smooth.size // 2000)]):
            if way >= 0 and value > edge or way <= 0 and value < edge:
                way, edge = (1 if value > edge else -1) if way == 0 else way, value
            elif abs(value - edge) > span > 0:
                turns, way, edge = turns + 1, -way, value
        return turns

    @cached_property
    def spikes(self) -> tuple[Spike, ...]:
        """The leaps after which the loss comes down again."""
        values = self.finite
        if values.size < LEAST or values.min() < 0:
            return ()
        window = min(max(3, values.size // 40), WIDEST)
        before = np.concatenate([values[:1], _running_median(values, window - 1, 0)[:-1]])
        noise = float(np.median(np.abs(np.diff(values)))) * 3
        above = values > SPIKE * before
        found: list[Spike] = []
        end, level = 0, 0.0
        for place in map(int, np.flatnonzero(above & (values - before > noise))):
            if place < max(end, 1) or place >= values.size - 1:
                continue
            level = float(before[place])
            after = np.flatnonzero(values[place : place + 4 * window] <= SPIKE * level)
            end = place + (int(after[0]) if after.size else 4 * window)
            peak = place + int(np.argmax(values[place : min(end, place + window)]))
            height = float(values[peak]) - level
            sharp = float(np.diff(values[place - 1 : peak + 1]).max()) / height if height > 0 else 0.0
            found.append(Spike(peak, float(values[peak]) / level if level else np.inf, sharp))
        back = len(found) > 1 or bool(found and values[-1] < SPIKE * max(level, self.half))
        return tuple(found) if back else ()

    @cached_property
    def frozen(self) -> int:
        """How many of the last losses are the same in every digit."""
        if not self.finite.size:
            return 0
        differs = np.flatnonzero(self.finite != self.finite[-1])
        return int(self.finite.size - (differs[-1] + 1 if differs.size else 0))

    @cached_property
    def drops_to_zero(self) -> bool:
        """Whether one step takes it from a loss to exactly 0, where it stays: what trainers log that leave NaN out."""
        ends = self.finite.size - self.frozen
        return bool(self.frozen >= 2 and ends > 0 and self.finite[-1] == 0 and self.finite[ends - 1] > 0.1)


def _swing(values: FloatArray) -> float:
    steps = np.diff(values)
    if steps.size < 4 or not np.any(steps):
        return 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        steps = steps / np.abs(steps).max()
        return float((steps[1:] * steps[:-1]).sum() / (steps * steps).sum())


def _running_median(values: FloatArray, before: int, after: int) -> FloatArray:
    """The middle of each value and so many before and after it."""
    padded = np.pad(values, (before, after), mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, before + after + 1), axis=1))


def of(entries: Iterable[Any]) -> History:
    """Return a history of numbers, or of mappings with names of COLUMNS.

    Raises
    ------
    ValueError
        If an entry is neither, or none holds a loss.
    """
    losses: list[Printed] = []
    rows: list[dict[str, float]] = []
    for place, entry in enumerate(entries, 1):
        if isinstance(entry, Mapping):
            row = _row(entry, place)
            if {"loss", "val_loss"} & row.keys():
                rows.append({name: number.value for name, number in row.items()})
                losses.append(row.get("loss", Printed(np.nan)))
        else:
            pair = isinstance(entry, tuple | list) and len(entry) == 2  # a step and its loss
            losses.append(_number(entry[1] if pair else entry, f"entry {place} of history"))
            rows.append({})
    return table(losses, rows)


def table(losses: list[Printed], rows: list[dict[str, float]]) -> History:
    """Return a history of losses and of what stands beside each.

    Raises
    ------
    ValueError
        If there are none.
    """
    if not losses:
        raise ValueError("history must hold losses: numbers, or mappings with a loss; got none.")
    names = sorted({name for row in rows for name in row} - {"loss"})
    held = {name: np.array([row.get(name, np.nan) for row in rows]) for name in names}
    values = np.array([number.value for number in losses])
    if len(rows) == len(losses) and rows[0].keys() | {"val_loss"} != {"val_loss"} and "val_loss" in held:
        values, held = _joined(values, held)
    halves = [number.half for number in losses if number.is_finite and number.half]
    return History(values, float(np.median(halves)) if halves else 0.0, held)


def _joined(values: FloatArray, held: dict[str, FloatArray]) -> tuple[FloatArray, dict[str, FloatArray]]:
    """Rows of an evaluation alone, as trainers log them, join the row of training before them."""
    alone = np.isnan(values) & ~np.isnan(held["val_loss"])
    if not alone.any() or alone.all():
        return values, held
    for place in np.flatnonzero(alone):
        before = place - 1
        while before >= 0 and alone[before]:
            before -= 1
        if before >= 0:
            for column in held.values():
                if np.isnan(column[before]):
                    column[before] = column[place]
    return values[~alone], {name: column[~alone] for name, column in held.items()}


def _row(entry: Mapping[Any, Any], place: int) -> dict[str, Printed]:
    row: dict[str, Printed] = {}
    named = {str(key).strip().lower().replace(" ", "_"): key for key in entry}
    for name in filter(named.__contains__, _OF_A_ROW):  # of two names of one column the plainer
        column, value = _OF_A_ROW[name], entry[named[name]]
        if column not in row and value is not None and not isinstance(value, Mapping | list):
            row[column] = _number(value, f"{named[name]} in entry {place} of history")
    return row


def _number(value: object, what: str) -> Printed:
    try:
        return printed.of(value)
    except (TypeError, ValueError):
        raise ValueError(f"{what} must be a number; got {str(value)[:40]}.") from None


def texts(rows: list[dict[str, str]]) -> History | None:
    """Return a history of rows as a log prints them, column -> number; None where none holds a loss."""
    names = sorted({name for row in rows[:2000] for name in row})
    columns = {name: np.array([_float(row.get(name)) for row in rows]) for name in names}
    if "val_loss" in columns:
        loss = columns.get("loss", np.full(len(rows), np.nan))
        loss, columns = _joined(loss, {name: column for name, column in columns.items() if name != "loss"})
        loss = columns["val_loss"] if not np.any(np.isfinite(loss)) and "loss" not in names else loss
    else:
        loss = columns.pop("loss", np.empty(0))
    halves = [
        printed.read(row["loss"]).half for row in rows[:200] if "loss" in row and _float(row["loss"]) == _float(row["loss"])
    ]
    return History(loss, float(np.median(halves)) if halves else 0.0, columns) if loss.size else None


def _float(text: str | None) -> float:
    if text is None:
        return float("nan")
    try:
        return float(text)
    except ValueError:
        return (
            float(printed.pointed(text).replace("∞", "inf"))
            if text.strip("+-−∞,.0123456789eE") == "" and text
            else float("nan")
        )
