"""Links that people have kept: each opens at the numbers that it had before there were views."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from explorer.core.algebra import budget
from explorer.views.address import PAGES, view

KEPT: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "kept.json").read_text(encoding="utf-8"))
"""Address -> numbers that the page showed there in November 2026, as its markup held them."""


def test_every_page_has_links() -> None:
    assert len(KEPT) >= 60
    assert {address.split("?")[0].strip("/") for address in KEPT} == set(PAGES)


@pytest.fixture(scope="module", autouse=True)
def _patience() -> Iterator[None]:
    """Give a machine that runs other tests a minute for an operation: what it is held to is its result."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(budget, "run", partial(budget.run, seconds=60))
        yield


@pytest.mark.parametrize("address", KEPT)
def test_a_kept_link_opens_at_its_numbers(address: str) -> None:
    shown = view(address)
    for name, value in KEPT[address].items():
        expected = float(value.replace("Infinity", "inf"))
        assert shown.numbers[name] == pytest.approx(expected, rel=1e-9, abs=1e-300, nan_ok=True), name


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "http://[::1/x",
            "An address must begin with a page, one of /binary, /categorical, /network, /algebra, /losses, /objective, "
            "/rows, /doctor; got http://[::1/x.",
        ),
        (
            "/lessons?lesson=surprise",
            "Lessons are no view: `loss-explorer publish` writes them as pages, and `explorer.lessons` reads them.",
        ),
        ("/binary?" + "p=1&" * 1001, "An address may hold at most 1000 values."),
    ],
)
def test_an_address_that_cannot_be_read_is_refused(address: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        view(address)
