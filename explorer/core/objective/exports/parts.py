"""What the exports share: the arguments of an objective, in words and in Python, and its functions, each printed once."""

from __future__ import annotations

import builtins
import keyword
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sympy import Symbol

from explorer.core.domains import Class, Input, Logit
from explorer.core.expressions.code import free_names
from explorer.core.objective.exports.hessians import HESSIANS, LEAST, with_hessians
from explorer.core.objective.scores import Objective
from explorer.core.program import Program

OWN = frozenset(
    """above arguments call columns context data double dtype features float64 forward found given gradient half hessian jax jnp
    keras link losses math mean model moved name np ops optax optimizer reduced reduction rows sample_weight scores self
    sloped slopes state steps targets torch train training value weighted weights zero""".split()  # noqa: SIM905  # shorter than quoted words
)
"""Names that printed files use themselves."""
LINKS = {
    "logistic": "the logistic function of the raw score",
    "softmax": "the softmax of the raw scores",
    "exp": "the exponential of the raw score",
}
"""Link -> what it makes, in words."""


@dataclass(frozen=True)
class Parts:
    """An objective as files print it.

    Attributes
    ----------
    objective : Objective
    name : str
        What the function is called.
    hessian : str
        One of HESSIANS.
    least : float
        What a Hessian is at least.
    """

    objective: Objective
    name: str
    hessian: str = HESSIANS[0]
    least: float = LEAST

    def __post_init__(self) -> None:
        """Check the name."""
        if not self.name.isidentifier() or keyword.iskeyword(self.name):
            raise ValueError(f"name must be a name of Python; got {self.name}.")

    # --- What the formula takes ---

    @property
    def classes(self) -> int:
        """How many raw scores an example has."""
        return len(self.objective.scores)

    @cached_property
    def targets(self) -> tuple[Input, ...]:
        """What happened: one input, the entries of a vector, or none."""
        return tuple(given for given in self.objective.inputs if given.role == "target")

    @cached_property
    def parameters(self) -> tuple[Input, ...]:
        """All else: what becomes a keyword."""
        return tuple(given for given in self.objective.inputs if given.role not in ("prediction", "target"))

    @property
    def takes_class(self) -> bool:
        """Whether targets are shares of every class, which are given as the index of one."""
        return len(self.targets) == self.classes > 1 and all(given.domain.joint for given in self.targets)

    @property
    def takes_columns(self) -> bool:
        """Whether an example has several targets that are no classes."""
        return len(self.targets) > 1 and not self.takes_class

    @property
    def is_of_one_example(self) -> bool:
        """Whether the raw scores are one, or those of the classes: not of a pair, or of the pixels of a picture."""
        is_class = self.takes_class or (len(self.targets) == 1 and isinstance(self.targets[0].domain, Class))
        return not self.takes_columns and (self.classes == 1 or is_class)

    def refuse_several_examples(self, library: str) -> None:
        """Raise NotImplementedError where boosting has no place for the raw scores or the targets."""
        if not self.is_of_one_example:
            raise NotImplementedError(
                f"{library} takes one label an example, and a raw score for it or for each class; "
                f"{self.objective.loss.title} takes others together."
            )

    # --- As programs ---

    @cached_property
    def program(self) -> Program:
        """Loss, gradient and Hessian. Its inputs, as those of the others, are raw scores, then targets, then parameters."""
        return self._in_order(with_hessians(self.objective, self.hessian, self.least)[0], self.objective.scores)

    @property
    def hessians(self) -> tuple[str, ...]:
        """The steps that are taken for the Hessian."""
        return with_hessians(self.objective, self.hessian, self.least)[1]

    @property
    def by_prediction(self) -> Program:
        """The loss by the predictions, which have the place of the raw scores."""
        return self._in_order(self.objective.loss.program(), self.objective.loss.predictions)

    @property
    def sloped(self) -> Program:
        """The loss and its slopes by the raw scores."""
        return self._in_order(self.objective.value.gradient(self.objective.scores), self.objective.scores)

    @property
    def value(self) -> Program:
        """The loss by the raw scores alone."""
        return self._in_order(self.objective.value, self.objective.scores)

    def _in_order(self, program: Program, first: tuple[str, ...]) -> Program:
        names = (*first, *(given.name for given in (*self.targets, *self.parameters)))
        return Program(tuple(map(Symbol, names)), program.steps, program.output)

    @property
    def link(self) -> Program | None:
        """Raw scores -> predictions; None where they are the same."""
        if self.objective.link == "identity":
            return None
        steps = tuple((Symbol(name), expr) for name, expr in self.objective.predicted.items())
        return Program(tuple(map(Symbol, self.objective.scores)), steps, steps[0][0])

    # --- As Python ---

    @cached_property
    def names(self) -> dict[str, str]:
        """Parameter -> its keyword in Python."""
        taken = OWN | {self.name} | set(dir(builtins))
        return free_names(
            (given.name for given in self.parameters), lambda word: word in taken or keyword.iskeyword(word), "_", "_"
        )

    @property
    def keywords(self) -> str:
        """How a function's parameters end: ", *, delta=1.0"."""
        given = "".join(f", {self.names[one.name]}={one.start!r}" for one in self.parameters)
        return f", *{given}" if given else ""

    @property
    def positions(self) -> str:
        """How a call by position ends: ", delta"."""
        return "".join(f", {self.names[given.name]}" for given in self.parameters)

    @property
    def passed(self) -> str:
        """How a call by keyword ends: ", delta=delta"."""
        return "".join(f", {self.names[given.name]}={self.names[given.name]}" for given in self.parameters)

    @property
    def passed_by_self(self) -> str:
        """How a method's call by keyword ends: ", delta=self.delta"."""
        return "".join(f", {self.names[given.name]}=self.{self.names[given.name]}" for given in self.parameters)

    @property
    def kept_by_self(self) -> str:
        """The lines of a constructor that keep the parameters, each with its end."""
        return "".join(f"        self.{name} = {name}\n" for name in self.names.values())

    @property
    def class_name(self) -> str:
        """The function's name as that of a class."""
        made = "".join(part[:1].upper() + part[1:] for part in self.name.split("_"))
        return made if made not in ("", self.name) else f"{made}Loss"

    def free(self, blocks: Iterable[str]) -> Parts:
        """Return the same with a name that none of some printed functions has, as focal is the name of one."""
        defined = {block.partition("(")[0].removeprefix("def ") for block in blocks if block.startswith("def ")}
        name = self.name
        while name in defined | OWN or any(f"{name}_{end}" in defined for end in ("metric", "loss", "prediction")):
            name += "_"
        return Parts(self.objective, name, self.hessian, self.least)

    @property
    def start(self) -> float:
        """The raw score that training starts at: 0, but where predictions are above 0 and no link makes them so."""
        given = self.objective.inputs[0]
        is_size = given.domain.low >= 0 and math.isinf(given.domain.high) and len(self.objective.scores) == 1
        return given.start if is_size else 0.0

    # --- In words ---

    @property
    def scores_said(self) -> str:
        """A sentence on what the raw scores are."""
        objective = self.objective
        predictions = objective.loss.predictions
        if objective.link != "identity":
            what = LINKS[objective.link]
            return (
                f"The model gives raw scores; the prediction {', '.join(predictions)} is {what}, applied here and nowhere else."
            )
        if all(isinstance(objective.loss.input(name).domain, Logit) for name in predictions):
            return "The model gives raw scores: logits, so that its last layer applies no sigmoid or softmax."
        return "The model gives raw scores: the predictions themselves."

    @property
    def bounds_said(self) -> tuple[str, ...]:
        """A sentence on raw scores that must be above 0, if they must."""
        return ("Raw scores must stay above 0, and nothing keeps them there: the link exp does.",) if self.start else ()

    @property
    def targets_said(self) -> str:
        """What targets are, to end a sentence."""
        if not self.targets:
            return "not read"
        if self.takes_class:
            return f"the index of a class, from 0 to {self.classes - 1}"
        if self.takes_columns:
            return f"in columns {', '.join(given.name for given in self.targets)}"
        domain = self.targets[0].domain
        if isinstance(domain, Class):
            return f"the index of a class, from 0 to {domain.high:g}"
        return domain.allowed

    @property
    def hessian_said(self) -> str:
        """Sentences on the Hessian."""
        least = f"at least {self.least:g}"
        if self.hessian == "Gauss-Newton":
            return f"Hessian: the curvature by the prediction times the squared slope of the link, {least}."
        if self.hessian != HESSIANS[0]:
            return f"Hessian: the {'size of the ' if self.hessian == 'absolute' else ''}second derivative, {least}."
        known = dict(self.program.steps)
        if all(known[Symbol(step)].is_zero for step in self.hessians):
            return (
                "Hessian: the second derivative. It is 0 everywhere, so that no tree finds a split: print it clipped instead."
            )
        return "Hessian: the second derivative."


def blocks(*printed: str) -> list[str]:
    r"""Return the imports and functions of printed code, each once.

    Examples
    --------
    >>> blocks("import a\n\n\ndef f(): ...\n", "import a\n\n\ndef g(): ...\n")
    ['import a', 'def f(): ...', 'def g(): ...']
    """
    return list(dict.fromkeys(block.strip("\n") for text in printed for block in text.split("\n\n\n")))


def file(*parts: str) -> str:
    """Return parts as a file: two empty lines between them, and a line's end."""
    return "\n\n\n".join(part.strip("\n") for part in parts if part) + "\n"
