"""What a chain of /algebra starts from: a loss, a network, or what somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from urllib.parse import urlencode

from explorer.core import algebra
from explorer.core.algebra import budget, rewriting
from explorer.core.algebra.layering import Layered
from explorer.core.algebra.naming import is_short
from explorer.core.algebra.operations import Outcome, outcome
from explorer.core.formulas import LOSSES
from explorer.core.network import Network
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
    help="As in Python or SymPy, t*log(p) + p**2, or as in the Wolfram Language, t Log[p] + p^2.",
)
FEATURES = (1.0, 0.5, -0.5, -1.0)
"""What a network's sliders of x1 ... open at."""
LOGITS = (1.0, 0.0, -1.0, 0.5, -0.5, 1.5, -1.5, 2.0, -2.0, 0.25)
"""What the sliders of z1 ... open at."""


@dataclass(frozen=True)
class LossStart:
    """A loss: its name as OF has it, and of one over classes how many and what is added, in the order of OPTIONS."""

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
    """What somebody typed."""

    text: str = TYPED.default

    @property
    def name(self) -> str:
        """What tells it from any other start."""
        return f"typed {self.text}"

    def write(self) -> Written:
        """Return what an address holds of it."""
        return written((START, "typed"), (TYPED, self.text))


Start: TypeAlias = LossStart | NetworkStart | TypedStart


class Begun(NamedTuple):
    """A start as the first stage of a chain, and where its sliders open: symbol -> number, where it has one."""

    stage: Stage
    opens: Mapping[str, float]


def has_classes(of: str) -> bool:
    """Whether a loss, as OF has it, is written out for classes."""
    return of.startswith("cross entropy")


def loss_start(of: str, classes: int, options: tuple[str, ...]) -> LossStart:
    """Return the loss that is asked for, whatever the order of the options."""
    return LossStart(of, classes, tuple(option for option in OPTIONS if option in options))


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
    return (loss_start(of, reader.take(CLASSES), reader.take(WITH)) if has_classes(of) else LossStart(of)), True


def _network(reader: Reader) -> Network:
    sizes, hidden, loss = reader.take(SIZES), reader.take(kind.HIDDEN), reader.take(kind.LOSS)
    try:
        return kind.network_of(sizes, hidden, loss)
    except ValueError as error:
        held = kind.network_of(SIZES.default, hidden, loss)
        reader.refuse(kind.refusal(error, held))
        return held


def _typed(reader: Reader) -> tuple[TypedStart, bool]:
    start = TypedStart(reader.take(TYPED))
    try:
        begin(start)
    except ValueError as error:
        reader.refuse(str(error))
        return TypedStart(), False
    return start, True


def begin(start: Start) -> Begun:
    """Return what a start is, worked out.

    Raises
    ------
    ValueError
        If what was typed cannot be read or worked with.
    """
    if isinstance(start, LossStart):
        return _loss_begun(start)
    if isinstance(start, NetworkStart):
        return _network_begun(start.network)
    begun = _typed_begun(start.text)
    if isinstance(begun, str):
        raise ValueError(begun)
    return begun


@lru_cache(maxsize=64)
def _loss_begun(start: LossStart) -> Begun:
    make, classes = LOSSES[start.of.replace(" ", "_")], start.classes
    program = make(classes, **{OPTIONS[option]: True for option in start.options}) if classes else make()
    opens = {f"t{k}": float(k == 1) for k in range(1, classes + 1)}
    opens |= {f"p{k}": 1 / classes for k in range(1, classes + 1)}
    opens |= {f"z{k}": logit for k, logit in enumerate(LOGITS, 1)}
    exact = Layered(program, (("L",),))  # finite wherever the loss is
    return _begun(outcome(rewriting.plain(program.inline(textbook=False)), exact), opens)


@lru_cache(maxsize=64)
def _network_begun(network: Network) -> Begun:
    example = dict(zip(network.inputs, FEATURES, strict=False)) | {
        name: float(k == 0) for k, name in enumerate(network.targets)
    }
    return _begun(outcome(Layered(network.program(), (("L",),))), example | network.random_weights(0))


@lru_cache(maxsize=256)
def _typed_begun(text: str) -> Begun | str:
    """What a text says, or why that is nothing. Text is short, but what it says may be slow to write."""
    try:
        expr = algebra.read(text)
        return _begun(outcome(expr) if is_short(expr) else budget.run(outcome, expr), {})
    except (ValueError, TimeoutError, MemoryError) as error:
        return str(error)
    except Exception as error:  # SymPy's, of whatever kind: the page stands
        return f"This expression cannot be worked with: {error}"


def _begun(outcome: Outcome, opens: Mapping[str, float]) -> Begun:
    return Begun(Stage(None, outcome), opens)
