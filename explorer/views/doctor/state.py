"""What the address of /doctor holds: what somebody told, and the facts that were put right."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from explorer.doctor import Facts, Finding, findings, understand
from explorer.doctor.kinds import DTYPES, FRAMEWORKS, KINDS, REDUCTIONS
from explorer.views.fields import Flag, Reader, Text
from explorer.views.view import Written, written

TOLD = "told"
"""The name of the text in the address."""
EXAMPLE = "Loss stuck at 2.302, 10 classes"
"""What is told before anybody has told anything."""
MOST = 5
"""As many findings are shown."""
NOTHING = " "
"""What the address holds where nothing is told."""
IN_FILE = "file"
"""What the address says of a text that it has no room for."""
LEFT_OUT = "The text was too long for the link, so it is not here. Paste it again."

_HELP = {
    "loss": "The loss that you ask about, as it is printed.",
    "kind": "Binary, classes, regression, contrastive, hinge, CTC and others.",
    "classes": "How many classes there are.",
    "batch": "How many examples are in a batch.",
    "accuracy": "From 0 to 1, or in percent.",
    "share": "Of the targets, the share of one of two classes: from 0 to 1, or in percent.",
    "dtype": "The type in which the loss is computed: float32, float16, bfloat16 or float64.",
    "framework": "PyTorch, Keras, JAX, scikit-learn, XGBoost or Caffe.",
    "reduction": "How the losses of a batch become one: mean, sum or none.",
    "smoothing": "Of the labels, from 0 to below 1.",
    "margin": "Of the loss, 0 or more.",
    "steps": "Over how many steps gradients are accumulated.",
}
FACTS = {name: Text(f"is_{name}", name.capitalize(), help=said) for name, said in _HELP.items()}
"""Fact of `explorer.doctor.diagnose` -> its field, empty where what the text tells holds."""
OPTIONS: dict[str, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "dtype": tuple(DTYPES),
    "framework": tuple(FRAMEWORKS),
    "reduction": tuple(REDUCTIONS),
    "smoothing": ("0", "0.05", "0.1", "0.2"),
    "steps": ("1", "2", "4", "8", "16", "32"),
}
"""Fact -> what is usually there, to choose from; others can be typed."""
CONSTANTS = Flag("constants", "Constants worth knowing")


class Understood(NamedTuple):
    """What was understood, and a sentence for each thing that was not."""

    facts: Facts
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """What the address of /doctor holds.

    Attributes
    ----------
    told : str
        A number, a sentence or a log.
    facts : tuple of (str, str)
        A fact of FACTS, and what somebody has put there.
    constants : bool
        Whether the table of constants is open.
    rows : Rows or None
        Somebody's own predictions and targets, which no address holds; an example is told only where there are none.
    """

    told: str = EXAMPLE
    facts: tuple[tuple[str, str], ...] = ()
    constants: bool = False
    rows: Any = field(default=None, compare=False, repr=False)
    page = "doctor"

    @cached_property
    def understood(self) -> Understood:
        """The facts; one that cannot be is left out, with a sentence."""
        held, sentences = {}, []
        for name, text in self.facts:
            try:
                understand(**{name: text})
                held[name] = text
            except ValueError as error:
                sentences.append(str(error))
        try:
            return Understood(understand(self.told, rows=self.rows, **held), tuple(sentences))
        except ValueError as error:
            return Understood(understand(rows=self.rows, **held), (str(error), *sentences))

    @cached_property
    def found(self) -> list[Finding]:
        """What explains them, likeliest first."""
        return findings(self.understood.facts)[:MOST]

    def write(self) -> Written:
        """As `View.state`."""
        told = {} if self.told == first(self.rows) else {TOLD: [self.told or NOTHING]}
        return told | written(*((FACTS[name], text) for name, text in self.facts), (CONSTANTS, self.constants))


def first(rows: Any) -> str:
    """Return what is told before anybody has told anything."""
    return EXAMPLE if rows is None else ""


def read_own(reader: Reader, rows: Any) -> State:
    """Return the state that an address gives beside somebody's own rows, as `explorer.rows.open_rows` takes them."""
    from explorer.doctor import from_rows  # here, as rows bring a database along

    return read(reader, from_rows.opened(rows))


def read(reader: Reader, own: Any = None) -> State:
    """Return the state that an address gives, beside somebody's own rows where there are any."""
    told = reader.text(TOLD) if TOLD in reader.given else first(own)
    if told == IN_FILE:
        reader.refuse(LEFT_OUT)
        told = ""
    return state(told, {name: reader.take(line) for name, line in FACTS.items()}, constants=reader.take(CONSTANTS), rows=own)


def state(told: str, facts: dict[str, str], *, constants: bool, rows: Any = None) -> State:
    """Return the state of what is told, of facts of which some are empty, and of somebody's own rows."""
    held = tuple((name, text.strip()) for name, text in facts.items() if text.strip())
    return State(told.strip(), held, constants, rows)
