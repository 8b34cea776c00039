"""The masks of the overlap losses in an address: what is painted over the start, and which shape is true."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explorer.core.losses.overlap import PIXELS
from explorer.views.fields import SHOWN, Choice, Given, Text

SIDE = math.isqrt(PIXELS)
START = "."
"""A pixel that nobody has painted: it is what the loss starts with, which need not be a whole tenth."""
TENTHS = "0123456789x"
"""A painted pixel, in tenths."""


@dataclass(frozen=True)
class Pixels:
    """A mask in a line of text, row by row, a character a pixel; "" is the default."""

    name: str
    label: str
    letters: str
    allowed: str
    help: str = ""

    @property
    def text(self) -> Text:
        """The line of text that holds it."""
        return Text(self.name, self.label, help=self.help)

    def checked(self, text: str) -> tuple[str, list[str]]:
        """Return what holds of a text, and why it is not taken where it is no mask."""
        if len(text) == PIXELS and set(text) <= set(self.letters):
            return text if set(text) != {START} else "", []
        said = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        sentence = f"{self.label} must be {PIXELS} characters, {self.allowed}; got “{said}”. The default is shown."
        return "", [sentence] if text else []

    def read(self, given: Given) -> tuple[str, list[str]]:
        """As Field."""
        text, repeated = self.text.read(given)
        value, sentences = self.checked(text)
        return value, repeated + sentences

    def write(self, value: str) -> dict[str, list[str]]:
        """As Field."""
        return self.text.write(value)


MASK = Pixels(
    "mask",
    "Painted mask",
    TENTHS + START,
    f"for each pixel its tenths from 0 to 9, x for 1, or {START} where it is not painted",
    help="The painted pixels, row by row: 0 to 9 are tenths, x is 1, a dot is not painted.",
)
TRUTH = Pixels(
    "truth",
    "Own target",
    "01",
    "0 or 1 for each pixel",
    help="A target of your own in place of the shape, row by row, 0 or 1 for each pixel; empty, the shape is the target.",
)
BRUSH = Choice(
    "brush",
    "Brush",
    ("1", "0.8", "0.6", "0.4", "0.2"),
    help="The probability that a hand paints; on a pixel that is nearer to it than to 0 it paints 0.",
)


def _ring(row: float, column: float) -> bool:
    return 2.0 < math.hypot(row, column) < 3.7


def _dots(row: float, column: float) -> bool:
    return min(math.hypot(row + 2, column + 2), math.hypot(row - 2, column - 2)) < 1.2


def _line(row: float, column: float) -> bool:
    return abs(row - column) < 0.5


_SHAPES: Mapping[str, Callable[[float, float], bool]] = {"Ring": _ring, "Two dots": _dots, "Line": _line}
"""Whether a pixel belongs to a shape, by how far its middle lies below and right of the mask's middle."""
SHAPE = Choice("shape", "Target", ("Disc", *_SHAPES), help="What is true: the pixels within the outline.")


def predicted(mask: str, starts: Mapping[str, float]) -> dict[str, float]:
    """Return the probability of each pixel of a painted mask; starts has what they are unless painted."""
    shades = mask or START * PIXELS
    return {
        name: starts[name] if shade == START else TENTHS.index(shade) / 10
        for name, shade in ((f"p{k}", shade) for k, shade in enumerate(shades, 1))
    }


def true(shape: str, truth: str) -> dict[str, float]:
    """Return what is true of each pixel, where that is not as the loss starts."""
    if truth:
        return {f"t{k}": float(pixel) for k, pixel in enumerate(truth, 1)}
    inside = _SHAPES.get(shape)
    if inside is None:
        return {}
    places = (divmod(k, SIDE) for k in range(PIXELS))
    middle = (SIDE - 1) / 2
    return {f"t{k}": float(inside(row - middle, column - middle)) for k, (row, column) in enumerate(places, 1)}


def painted(mask: str, moved: Mapping[str, float]) -> str:
    """Return a mask with some pixels painted, to the nearest tenth."""
    shades = list(mask or START * PIXELS)
    for name, value in moved.items():
        shades[int(name[1:]) - 1] = TENTHS[round(10 * value)]
    return "".join(shades)
