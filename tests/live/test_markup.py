"""Markup of numbers that move."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from explorer.core.digits import exact_text
from explorer.views.markup import quantity


@given(st.floats())
def test_the_plain_number_reads_back_exactly(value: float) -> None:
    back = float(exact_text(value).replace("Infinity", "inf"))
    assert back == value or (math.isnan(back) and math.isnan(value))


def test_a_quantity_names_its_step_and_holds_the_plain_number() -> None:
    assert quantity("d_p", -5.0, digits=4, trim=True, bracket=True, tag="mn") == (
        '<mn data-quantity="d_p" data-value="-5" data-digits="4" data-trim="true" data-bracket="true">(−5)</mn>'
    )


def test_a_power_of_ten_stands_in_brackets_where_they_are_asked_for() -> None:
    assert ">(1×10⁻²⁰)<" in quantity("p", 1e-20, trim=True, bracket=True)
    assert ">1×10⁻²⁰<" in quantity("p", 1e-20, trim=True)


def test_markup_in_a_name_is_escaped() -> None:
    assert "<script" not in quantity("<script>", 1.0)
