"""What a chain of /algebra starts from: a loss, a network, or what somebody types."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlencode

from explorer.core import formulas
from explorer.core.algebra import budget, rewriting
from explorer.core.algebra.execution import outcome
from explorer.core.algebra.layering import Layered
from explorer.core.algebra.naming import is_short
from explorer.core.domains import Inputs, Logit, Simplex, guessed, vector
from explorer.core.losses import LOSSES, Loss
from explorer.core.network import Network
from explorer.core.program import Program
from explorer.views import reading
from explorer.views.algebra.stage import Stage
from explorer.views.fields import Choice, Reader, Some, Text, Whole
from explorer.views.network import kind
from explorer.views.view import Written, written

START = Choice(
    "start",
    "Start from",
    ("loss", "network", "typed"),
    help="Where the steps begin: a loss, a network or your own expression.",
)
OF = Choice(
    "of",
    "Loss",
    tuple(name.replace("_", " ") for name in LOSSES),
    help="The loss to take apart.",
    allowed="one of the losses listed",
    opens="binary cross entropy",
    many=True,
)
CLASSES = Whole("classes", "Classes", 2, 10, 3, help="How many classes the loss is written out for.")
OPTIONS = {"label smoothing": "smoothing", "class weights": "weights", "focal factor": "focal"}
WITH = Some("with", "With", tuple(OPTIONS), help="What is added to the loss; each brings its own symbols.")
SIZES = replace(kind.SIZES, default="2-3-1")
TYPED = Text(
    "typed",
    "Typed expression",
    "t*log(1 + exp(-z)) + (1 - t)*log(1 + exp(z))",
    help=r"As in Python, t*log(p) + p**2, in the Wolfram Language, t Log[p] + p^2, or in LaTeX, t \log p + p^2.",
)
PIXELS = 4
"""How many pixels a loss of a mask is written out for."""
FEATURES = (1.0, 0.5, -0.5, -1.0)
"""What a network's sliders of x1 ... open at."""
LOGITS = (1.0, 0.0, -1.0, 0.5, -0.5, 1.5, -1.5, 2.0, -2.0, 0.25)
"""What the sliders of z1 ... of a cross-entropy open at."""


@dataclass(frozen=True)
class LossStart:
    """A loss: its name as OF has it, and of one over classes how many and what is added to it, in the order of OPTIONS."""

    of: str = OF.default
    classes: int = 0
    options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What tells it from any other start."""
        return f"{self.of} {self.classes} {' '.join(self.options)}"

    def write(self) -> Written:
        """Return what an address holds of it."""
        more = written((CLASSES, self.classes), (WITH, self.options)) if self.classes else {}
        return written((OF, self.of)) | more


@dataclass(frozen=True)
class NetworkStart:
    """The loss of a network."""

    network: Network

    @property
    def name(self) -> str:
        """What tells it from any other start."""
        return repr(self.network)

    def write(self) -> Written:
        """Return what an address holds of it."""
        return START.write("network") | kind.written_kind(self.network, SIZES.default)


@dataclass(frozen=True)
class TypedStart:
    """What somebody typed, and the answers to what it leaves open, as `reading.understood` takes them."""

    text: str = TYPED.default
    answers: str = ""

    @property
    def name(self) -> str:
        """What tells it from any other start."""
        return f"typed {self.text} {self.answers}"

    def write(self) -> Written:
        """Return what an address holds of it."""
        answered = (part.split(".", 1) for part in self.answers.split("~") if part)
        return written((START, "typed"), (TYPED, self.text)) | {reading.PREFIX + key: [option] for key, option in answered}


Start: TypeAlias = LossStart | NetworkStart | TypedStart


def has_classes(of: str) -> bool:
    """Whether a loss, as OF has it, is written out for classes."""
    return "classes" in _made_for(of)


def has_options(of: str) -> bool:
    """Whether something can be added to a loss, as OF has it."""
    return set(OPTIONS.values()) <= _made_for(of)


def loss_start(of: str, classes: int, options: tuple[str, ...]) -> LossStart:
    """Return the loss that is asked for, whatever the order of the options."""
    return LossStart(of, classes, tuple(option for option in OPTIONS if option in options))


def _listed(of: str) -> Loss:
    return LOSSES[of.replace(" ", "_")]


@cache
def _made_for(of: str) -> frozenset[str]:
    """What a loss is made for, or can be told besides."""
    variant = _listed(of).variant
    return frozenset(inspect.signature(variant).parameters) if variant else frozenset()


def address_of(network: Network) -> str:
    """Return what stands after the question mark in the address of a chain that starts from a network."""
    return urlencode(NetworkStart(network).write(), doseq=True)


def read(reader: Reader) -> tuple[Start, bool]:
    """Return the start that an address gives, and whether it is what was asked for: no chain goes on from another one."""
    asked = reader.take(START)
    if asked == "network":
        return NetworkStart(_network(reader)), True
    if asked == "typed":
        return _typed(reader)
    of = reader.take(OF)
    classes, options = reader.take(CLASSES) if has_classes(of) else 0, reader.take(WITH) if has_options(of) else ()
    return loss_start(of, classes, options), True


def _network(reader: Reader) -> Network:
    sizes, hidden, loss = reader.take(SIZES), reader.take(kind.HIDDEN), reader.take(kind.LOSS)
    try:
        return kind.network_of(sizes, hidden, loss)
    except ValueError as error:
        held = kind.network_of(SIZES.default, hidden, loss)
        reader.refuse(kind.refusal(error, held))
        return held


def _typed(reader: Reader) -> tuple[TypedStart, bool]:
    text = reader.take(TYPED)
    try:
        start = TypedStart(text, reading.answers(text, reader.take))
        begin(start)
    except ValueError as error:
        reader.refuse(str(error))
        return TypedStart(), False
    for sentence in reading.strangers(text, start.answers, reader.given).values():
        reader.refuse(sentence)
    return start, True


def begin(start: Start) -> Stage:
    """Return a start as the first stage of a chain, worked out.

    Raises
    ------
    ValueError
        If what was typed cannot be read or worked with.
    """
    if isinstance(start, LossStart):
        return _loss_begun(start)
    if isinstance(start, NetworkStart):
        return _network_begun(start.network)
    begun = _typed_begun(start.text, start.answers)
    if isinstance(begun, str):
        raise ValueError(begun)
    return begun


@lru_cache(maxsize=64)
def _loss_begun(start: LossStart) -> Stage:
    loss = _loss(start)
    program = _program(start, loss)
    exact = Layered(program, (("L",),))  # finite wherever the loss is
    return Stage(None, outcome(rewriting.plain(program.inline(textbook=False)), exact, inputs=_inputs(start, loss)))


def _loss(start: LossStart) -> Loss:
    """The loss that a start means; the catalogue's own where that is not made for a number of something."""
    loss, made_for = _listed(start.of), _made_for(start.of)
    told: dict[str, Any] = {OPTIONS[option]: True for option in start.options}
    told |= {"classes": start.classes} if "classes" in made_for else {"pixels": PIXELS} if "pixels" in made_for else {}
    return loss.variant(**told) if loss.variant and told else loss


def _program(start: LossStart, loss: Loss) -> Program:
    """The loss as a program; those of `formulas` as they stand there, with one logarithm that all classes share."""
    if make := formulas.LOSSES.get(loss.name):
        options = {OPTIONS[option]: True for option in start.options}
        return make(start.classes, **options) if start.classes else make()
    return loss.program()


def _inputs(start: LossStart, loss: Loss) -> Inputs:
    """What the symbols of a start stand for, and where their sliders open: as links have had it, those of `formulas`."""
    if loss.name not in formulas.LOSSES:
        return Inputs(loss.inputs)
    classes = start.classes
    either = (*vector("p", Simplex(), (1 / classes,) * classes), *vector("z", Logit(), LOGITS[:classes])) if classes else ()
    opens = {given.name: given.start for given in either} | {f"t{k}": float(k == 1) for k in range(1, classes + 1)}
    own = (replace(given, start=opens.get(given.name, guessed(given.name).start)) for given in loss.inputs)
    return Inputs(either).with_more(*own)


@lru_cache(maxsize=64)
def _network_begun(network: Network) -> Stage:
    opens = dict(zip(network.inputs, FEATURES, strict=False)) | network.random_weights(0) | {network.targets[0]: 1.0}
    inputs = Inputs(tuple(replace(given, start=opens.get(given.name, 0.0)) for given in network.known.known))
    return Stage(None, outcome(Layered(network.program(), (("L",),)), inputs=inputs))


@lru_cache(maxsize=256)
def _typed_begun(text: str, answers: str) -> Stage | str:
    """What a text says, or why that is nothing. Text is short, but what it says may be slow to write."""
    try:
        read = reading.found(text, answers)
        made = outcome(read.expr) if is_short(read.expr) else budget.run(outcome, read.expr)
        return Stage(None, made, notes=reading.notes(read))
    except (ValueError, TimeoutError, MemoryError) as error:
        return str(error)
    except Exception as error:  # SymPy's, of whatever kind: the page stands
        return f"This expression cannot be worked with: {error}"
