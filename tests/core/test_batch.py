"""A batch as text: what is typed or pasted comes back as it was, is read exactly, and can change its layout."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax

from explorer.core.batch import PREDICTION, Cells, Example, Layout, clean, convert, join, pasted, read, split, write
from tests.core.helpers import close, several

P3 = Layout("p", 3)
P3T = Layout("p", 3, index=False)
Z2 = Layout("z", 2)
Z2T = Layout("z", 2, index=False)

CELL = st.one_of(st.text(max_size=6), st.sampled_from(["", "0.5", "-3", "1e-7", "0,5", "−1", " 2 ", "1 0", "_", ";"]))
NUMBER = st.floats(allow_nan=False, allow_infinity=False)


def reading(row: str, layout: Layout) -> Example:
    """Read one row, given as its stored text."""
    (cells,) = split(row)
    return read(cells, layout)


# --- Text ---


@several
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=4))
def test_stored_cells_come_back_clean_and_stay_as_they_are(rows: list[list[str]]) -> None:
    stored = split(join(rows))
    assert stored == [tuple("" if clean(cell) == "_" else clean(cell) for cell in row) for row in rows]
    assert split(join(stored)) == stored


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        (";; ;", []),
        ("0.7 0.1 0.2 0;0.1 0.5 0.4 1", [("0.7", "0.1", "0.2", "0"), ("0.1", "0.5", "0.4", "1")]),
        ("  1   2 ;", [("1", "2")]),
        ("_ 1;2 _", [("", "1"), ("2", "")]),
    ],
)
def test_rows_are_apart_by_semicolons_and_cells_by_spaces(text: str, rows: list[Cells]) -> None:
    assert split(text) == rows


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        (" 0.5 ", "0.5"),
        ("0,5", "0.5"),
        ("−2", "-2"),
        ("1 0", "1_0"),
        ("1;0", "1_0"),
        ("a\t\nb", "a_b"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_cell_is_stored_with_a_plain_minus_a_decimal_point_and_nothing_that_separates(cell: str, stored: str) -> None:
    assert clean(cell) == stored


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("0.7\t0.1\t0\n0.1\t0.5\t1", [("0.7", "0.1", "0"), ("0.1", "0.5", "1")]),
        ("0.7\t0.1\t0\r\n0.1\t0.5\t1\r\n", [("0.7", "0.1", "0"), ("0.1", "0.5", "1")]),
        ("0,7\t0,1\t0", [("0.7", "0.1", "0")]),
        ("0.7\t\t0", [("0.7", "", "0")]),
        ("0.7\t0.1\t", [("0.7", "0.1")]),
        ("0,7 0,1 0,2 0", [("0.7", "0.1", "0.2", "0")]),
        ("0,25", [("0.25",)]),
        ("0,1\n0,2", [("0.1",), ("0.2",)]),
        ("1,0,0", [("1", "0", "0")]),
        ("\t0.1", [("", "0.1")]),
        ("0.7,0.1,0", [("0.7", "0.1", "0")]),
        ("0.7, 0.1, 0\n", [("0.7", "0.1", "0")]),
        ("0.7;0.1;0", [("0.7", "0.1", "0")]),
        ("0,7 ; 0,1 ; 0", [("0.7", "0.1", "0")]),
        ("0.7 0.1  0", [("0.7", "0.1", "0")]),
        (" 0.7 −0.1 ", [("0.7", "-0.1")]),
        ("1 2\n\n \n3 4\n\n", [("1", "2"), ("3", "4")]),
        ("0.5", [("0.5",)]),
        ("", []),
    ],
)
def test_a_pasted_block_is_parted_by_tabs_or_semicolons_or_else_commas_and_spaces(text: str, rows: list[Cells]) -> None:
    assert pasted(text) == rows


# --- Reading ---


@pytest.mark.parametrize(
    ("row", "layout", "example"),
    [
        ("0.7 0.1 0.2 0", P3, Example(("0.7", "0.1", "0.2", "0"), (0.7, 0.1, 0.2), (1.0, 0.0, 0.0), 0)),
        ("1 0 .5 2", P3, Example(("1", "0", ".5", "2"), (1.0, 0.0, 0.5), (0.0, 0.0, 1.0), 2)),
        ("1 0 1e-3 3", replace(P3, base=1), Example(("1", "0", "1e-3", "3"), (1.0, 0.0, 0.001), (0.0, 0.0, 1.0), 3)),
        ("-20 +20 1", Z2, Example(("-20", "+20", "1"), (-20.0, 20.0), (0.0, 1.0), 1)),
        ("-1. 2 0.25 0.5", Z2T, Example(("-1.", "2", "0.25", "0.5"), (-1.0, 2.0), (0.25, 0.5))),
        ("0 1 -100", replace(Z2, ignored=-100), Example(("0", "1", "-100"), (0.0, 1.0), (0.0, 0.0), -100, ignored=True)),
        ("0 1 1", replace(Z2, ignored=1), Example(("0", "1", "1"), (0.0, 1.0), (0.0, 0.0), 1, ignored=True)),
        ("0 1 0 1", replace(Z2T, ignored=-100), Example(("0", "1", "0", "1"), (0.0, 1.0), (0.0, 1.0))),
    ],
)
def test_a_row_is_read(row: str, layout: Layout, example: Example) -> None:
    assert reading(row, layout) == example


@pytest.mark.parametrize(
    ("row", "layout", "problem"),
    [
        ("0.7 0.1 0", P3, "A row must hold 3 probabilities and a class index, 4 numbers; got 3."),
        ("1 2 0 1 0", Z2T, "A row must hold 2 logits and 2 targets, 4 numbers; got 5."),
        ("0.7 x 0.2 0", P3, "p2 must be a number; got x."),
        ("0.7 0.1 _ 0", P3, "p3 must be a number; got nothing."),
        ("0.7 0.1 0.2 _", P3, "k must be a number; got nothing."),
        ("1_0 0 0", Z2, "z1 must be a number; got 1_0."),
        ("nan 0 0", Z2, "z1 must be a number; got nan."),
        ("0 -inf 0", Z2, "z2 must be a number; got -inf."),
        ("0 Infinity 0", Z2, "z2 must be a number; got Infinity."),
        ("0 1e999 0", Z2, "z2 must be a number; got 1e999."),
        ("0 0x10 0", Z2, "z2 must be a number; got 0x10."),
        ("0.7 0.1 1.2 0", P3, "p3 must lie in [0, 1]; got 1.2."),
        ("-0.1 0.1 0.2 0", P3, "p1 must lie in [0, 1]; got -0.1."),
        ("1.000000001 0 0 0", P3, "p1 must lie in [0, 1]; got 1.000000001."),
        ("0 2e6 0", Z2, "z2 must lie in [-1e+06, 1e+06]; got 2e+06."),
        ("0 1 0 2", Z2T, "t2 must lie in [0, 1]; got 2."),
        ("0.7 0.1 0.2 3", P3, "k must lie in [0, 2]; got 3."),
        ("0.7 0.1 0.2 0", replace(P3, base=1), "k must lie in [1, 3]; got 0."),
        ("0.7 0.1 0.2 -100", P3, "k must lie in [0, 2]; got -100."),
        ("0.7 0.1 0.2 1.5", P3, "k must be whole numbers; got 1.5."),
        ("0.7 0.1 0.2 1.5", replace(P3, ignored=-100), "k must be whole numbers; got 1.5."),
    ],
)
def test_a_row_that_cannot_be_read_keeps_its_cells_and_says_why(row: str, layout: Layout, problem: str) -> None:
    (cells,) = split(row)
    assert read(cells, layout) == Example(cells, problem=problem)


@several
@given(numbers=st.lists(NUMBER, max_size=5))
def test_written_numbers_read_back_exactly(numbers: list[float]) -> None:
    cells = write(numbers)
    assert list(map(float, cells)) == numbers
    assert split(join([cells])) == ([cells] if cells else [])


@several
@given(z=st.lists(st.floats(*PREDICTION["z"]), min_size=2, max_size=2), t=st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_a_written_row_reads_back_exactly(z: list[float], t: list[float]) -> None:
    example = read(write([*z, *t]), Z2T)
    assert (list(example.prediction), list(example.target)) == (z, t)


# --- Another layout ---


@pytest.mark.parametrize(
    ("row", "old", "new", "converted"),
    [
        ("0.7 0.1 0.2 2", P3, P3, "0.7 0.1 0.2 2"),
        ("0.7 0.1 0.2 2", P3, replace(P3, base=1), "0.7 0.1 0.2 3"),
        ("0.7 0.1 0.2 3", replace(P3, base=1), P3, "0.7 0.1 0.2 2"),
        ("0.7 0.1 0.2 2", P3, P3T, "0.7 0.1 0.2 0 0 1"),
        ("0.7 0.1 0.2 0 1 0", P3T, replace(P3, base=1), "0.7 0.1 0.2 2"),
        ("0.7 0.1 0.2 0.2 0.3 0.5", P3T, P3, "0.7 0.1 0.2 2"),
        ("0.7 0.1 0.2 1", P3, Layout("p", 4), "0.7 0.1 0.2 0 1"),
        ("-1 2 1", Z2, Layout("z", 4), "-1 2 -1 -1 1"),
        ("0.7 0.1 0.2 0.2 0.3 0.5", P3T, Layout("p", 4, index=False), "0.7 0.1 0.2 0 0.2 0.3 0.5 0"),
        ("0.7 0.1 0.2 0.2 0.3 0.5", P3T, Layout("p", 2, index=False), "0.875 0.125 0.4 0.6"),
        ("0.7 0.1 0.2 2", P3, Layout("p", 2), "0.875 0.125 2"),
        ("0.7 0.1 0.2 -100", replace(P3, ignored=-100), replace(P3, base=1, ignored=-100), "0.7 0.1 0.2 -100"),
        ("0 1 0", P3, Layout("z", 3), "0 1 0"),
        ("0.7 x 0.2 0", P3, P3T, "0.7 x 0.2 0"),
        ("1 0 1 0", Layout("p", 3), Layout("z", 3), "0 -1000 0 0"),
        ("0 0 0", Z2, Layout("p", 2), "0.5 0.5 0"),
        ("1e-15 1 0", Layout("p", 2), Layout("p", 2, base=1), "1e-15 1 1"),
    ],
)
def test_a_row_is_kept_in_another_layout(row: str, old: Layout, new: Layout, converted: str) -> None:
    assert join([convert(reading(row, old), old, new)]) == converted


@several
@given(p=st.lists(st.floats(1e-8, 1), min_size=3, max_size=3))
def test_probabilities_become_their_logarithms(p: list[float]) -> None:
    converted = read(convert(read(write([*p, 0]), P3), P3, Layout("z", 3)), Layout("z", 3))
    close(converted.prediction, np.log(p), relative=1e-11, absolute=1e-11)


@several
@given(z=st.lists(st.floats(*PREDICTION["z"]), min_size=3, max_size=3), temperature=st.floats(0.1, 10))
def test_logits_become_their_softmax_at_the_temperature(z: list[float], temperature: float) -> None:
    logits = Layout("z", 3)
    converted = read(convert(read(write([*z, 0]), logits), logits, P3, temperature), P3)
    close(converted.prediction, softmax(np.array(z) / temperature), relative=1e-9)
    assert math.isclose(sum(converted.prediction), 1, abs_tol=1e-9)


@several
@given(data=st.data(), by=st.sampled_from("pz"), classes=st.integers(2, 5), index=st.booleans(), base=st.integers(0, 1))
def test_a_row_survives_a_change_of_what_targets_are_and_back(
    data: st.DataObject, by: str, classes: int, index: bool, base: int
) -> None:
    layout = Layout(by, classes, index, base)
    other = data.draw(st.sampled_from([replace(layout, base=1 - base), replace(layout, index=True)]))
    prediction: list[Any] = data.draw(st.lists(st.floats(*PREDICTION[by]), min_size=classes, max_size=classes))
    place = data.draw(st.integers(0, classes - 1))
    example = read(write([*prediction, *([place + base] if index else np.eye(classes)[place])]), layout)
    there = read(convert(example, layout, other), other)
    assert (there.prediction, there.target) == (example.prediction, example.target)
    assert read(convert(there, other, layout), layout) == example


def test_fractions_percentages_and_decimal_commas_are_read_in_a_row() -> None:
    (cells,) = pasted("0,5 1 / 4 25 % 0")
    assert read(cells, Layout("p", 3)).prediction == (0.5, 0.25, 0.25)
    (cells,) = pasted("1/2\t1/4\t25%\t0")
    assert read(cells, Layout("p", 3)).prediction == (0.5, 0.25, 0.25)
    assert clean("20 %") == "20%"
    assert clean("1 / 3") == "1/3"


def test_what_is_left_of_a_distribution_sums_to_1_again() -> None:
    def cut(text: str) -> tuple[float, ...]:
        old, new = Layout("p", 3, index=False), Layout("p", 2, index=False)
        row = read(convert(read(text.split(), old), old, new), new)
        return (*row.prediction, *row.target)

    assert cut("0.7 0.1 0.2 0.5 0 0.5") == (0.875, 0.125, 1, 0)
    assert cut("0.7 0.1 0.3 1 0 0") == (0.7, 0.1, 1, 0)  # was no distribution before
    assert cut("0 0 1 0.5 0.5 0") == (0, 0, 0.5, 0.5)
