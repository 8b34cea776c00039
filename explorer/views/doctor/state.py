"""What the address of /doctor holds: what somebody told, and the facts that were put right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from explorer.doctor import Facts, understand
from explorer.views.fields import Flag, Reader, Text
from explorer.views.view import Written, written

TOLD = "told"
"""The name of the text in the address."""
EXAMPLE = "Loss stuck at 2.302, 10 classes"
"""What is told before anybody has told anything."""
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
    "dtype": "The type in which the loss is computed: float32, float16, bfloat16 or float64.",
    "framework": "PyTorch, Keras, JAX, scikit-learn, XGBoost or Caffe.",
    "reduction": "How the losses of a batch become one: mean, sum or none.",
    "smoothing": "Of the labels, from 0 to below 1.",
    "margin": "Of the loss, 0 or more.",
    "steps": "Over how many steps gradients are accumulated.",
}
FACTS = {name: Text(f"is_{name}", name.capitalize(), help=said) for name, said in _HELP.items()}
"""Fact of `explorer.doctor.diagnose` -> its field, empty where what the text tells holds."""
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
    """

    told: str = EXAMPLE
    facts: tuple[tuple[str, str], ...] = ()
    constants: bool = False
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
            return Understood(understand(self.told, **held), tuple(sentences))
        except ValueError as error:
            return Understood(understand(**held), (str(error), *sentences))

    def write(self) -> Written:
        """As `View.state`."""
        told = {} if self.told == EXAMPLE else {TOLD: [self.told or NOTHING]}
        return told | written(*((FACTS[name], text) for name, text in self.facts), (CONSTANTS, self.constants))


def read(reader: Reader) -> State:
    """Return the state that an address gives."""
    told = reader.text(TOLD) if TOLD in reader.given else EXAMPLE
    if told == IN_FILE:
        reader.refuse(LEFT_OUT)
        told = ""
    return state(told, {name: reader.take(field) for name, field in FACTS.items()}, constants=reader.take(CONSTANTS))


def state(told: str, facts: dict[str, str], *, constants: bool) -> State:
    """Return the state of what is told, and of facts of which some are empty."""
    return State(told.strip(), tuple((name, text.strip()) for name, text in facts.items() if text.strip()), constants)
