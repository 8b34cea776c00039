"""How numbers are written in columns of text (%, commas, thousands, brackets), and how they become numbers.

To add a form: a Form in FORMS. A column has a form if every value in it fits, and at least one fits nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.rows.reading.numbers import MISSING

_SAMPLE = 1000
"""How many rows are looked at before a whole column is."""


@dataclass(frozen=True)
class Form:
    """A way to write numbers.

    Attributes
    ----------
    fits : str
        A regular expression that every value must fit whole.
    tells : str
        One that a value at least must fit whole, as others could be written otherwise.
    number : callable
        A column of such text to one of numbers.
    note : str
        What was done, as the end of a sentence.
    """

    fits: str
    tells: str
    number: Callable[[Any], Any]
    note: str


def _as_number(column: Any) -> Any:
    return column.try_cast("float64")


_PLAIN = r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?"
FORMS = (
    Form(_PLAIN, _PLAIN, _as_number, "written with spaces or signs of typesetting, are numbers"),
    Form(
        r"[-+]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][-+]?[0-9]+)? *%",
        r".*%",
        lambda column: column.re_replace(" *%$", "").replace(",", ".").try_cast("float64") / 100,
        "written with %, were divided by 100",
    ),
    Form(
        r"[-+]?([0-9]*,?[0-9]+)([eE][-+]?[0-9]+)?",
        r"[-+]?([0-9]*,([0-9]{1,2}|[0-9]{4,})|0*,[0-9]+)([eE][-+]?[0-9]+)?",
        lambda column: column.replace(",", ".").try_cast("float64"),
        "have a decimal comma",
    ),
    Form(
        r"[-+]?([1-9][0-9]{0,2}(,[0-9]{3})+|[0-9]+)(\.[0-9]*)?",
        r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*|,[0-9]{3})|[0-9]+\.[0-9]+",
        lambda column: column.replace(",", "").try_cast("float64"),
        "have commas between thousands",
    ),
    Form(
        r"[-+]?([1-9][0-9]{0,2}([. ][0-9]{3})+|[0-9]+)(,[0-9]*)?",
        r"[-+]?[1-9][0-9]{0,2}([. ][0-9]{3})+(,[0-9]*|[. ][0-9]{3})|[0-9]+,([0-9]{1,2}|[0-9]{4,})",
        lambda column: column.replace(".", "").replace(" ", "").replace(",", ".").try_cast("float64"),
        "have a decimal comma, and points or spaces between thousands",
    ),
    Form(
        r"\[[^\[\]]*[0-9][^\[\]]*\]",
        rf"\[\s*{_PLAIN}([\s,]+{_PLAIN})+\s*\]",
        lambda column: (
            column.re_replace(r"^\[[\s,]*|[\s,]*\]$", "")
            .re_replace(r"[\s,]+", ",")
            .split(",")
            .map(lambda entry: entry.try_cast("float64"))
        ),
        "are lists of numbers",
    ),
)
"""The forms, the surest first."""


def cleaned(column: Any) -> Any:
    """Return a column of text without what typesetting puts for a space and a minus."""
    return column.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-").strip()


def _cleaned(value: str) -> str:
    return value.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-").strip()


def forms_of(table: Any, columns: Sequence[str]) -> dict[str, Form]:
    """Return the columns of text that hold numbers in one of FORMS: a sample says which may, and all rows which do."""
    if not columns:
        return {}
    rows = table.select(*columns).limit(_SAMPLE).to_pyarrow().to_pydict()
    likely: dict[str, list[int]] = {}
    for column in columns:
        given = {_cleaned(value) for value in rows[column] if value is not None and _cleaned(value).lower() not in MISSING}
        fitting = [k for k, form in enumerate(FORMS) if given and all(re.fullmatch(form.fits, value) for value in given)]
        if fitting:
            likely[column] = fitting
    asked = {}
    for place, (column, fitting) in enumerate(likely.items()):
        word = cleaned(table[column])
        given = ~word.lower().isin(MISSING)
        asked[f"given_{place}"] = given.sum()
        for k in fitting:
            asked[f"fits_{place}_{k}"] = (given & word.re_search(f"^({FORMS[k].fits})$")).sum()
            asked[f"tells_{place}_{k}"] = (given & word.re_search(f"^({FORMS[k].tells})$")).sum()
    found = table.aggregate(**asked).to_pyarrow().to_pylist()[0] if asked else {}
    return {
        column: FORMS[k]
        for place, (column, fitting) in enumerate(likely.items())
        for k in reversed(fitting)  # the first stays
        if found[f"fits_{place}_{k}"] == found[f"given_{place}"] and found[f"tells_{place}_{k}"]
    }
