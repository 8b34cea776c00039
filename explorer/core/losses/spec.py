"""A Loss: a formula with its inputs, names and source; its Program computes it.

A loss over classes, negatives or pixels is made for one number of them, and knows how to be made for another: `variant`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from inspect import signature
from itertools import groupby
from typing import Any, TypeAlias

from sympy import Expr, Symbol

from explorer.core.checks import FloatArray
from explorer.core.domains import Input
from explorer.core.program import Program

Formula: TypeAlias = Callable[..., Expr | Mapping[str, Expr] | Program]
"""Of a loss's inputs, a symbol each and a vector as a tuple of them: the loss, or its steps with L the last, or a Program."""


@dataclass(frozen=True)
class Loss:
    """A loss.

    Attributes
    ----------
    name : str
        As LOSSES lists it.
    title : str
        As people call it.
    family : str
        One of FAMILIES.
    inputs : tuple of Input
        In the order of the program's. The options of a loss (delta, tau, gamma ...) are inputs with role "parameter".
    by : str
        The input that is predicted, and a curve runs over; of a vector its first entry.
    formula : Formula
        The loss in a form that floats can compute.
    textbook : callable
        The loss as its source defines it, where that is another form: of the same arguments, an expression. What formula gives
        is held against it in 50 digits.
    written : callable
        The loss as people write it, where textbook is split so that digits can compute it.
    about : str
        One sentence: what it is for.
    aliases : tuple of str
        Under which people search for it.
    references : tuple of str
        What defines it.
    numeric, numeric_gradient : callable
        A function by hand, of the inputs in their order, and its slope by the prediction, where there are.
    sloped : callable
        The program `with_slopes`, where slopes are known in a better form than by reverse mode.
    variant : callable
        Of a number of classes, negatives or pixels, and of options: the loss made for them.
    unit : str
        Of its value.
    """

    name: str
    title: str
    family: str
    inputs: tuple[Input, ...]
    by: str
    formula: Formula = field(compare=False, repr=False)
    textbook: Callable[..., Expr] | None = field(default=None, compare=False, repr=False)
    written: Callable[..., Expr] | None = field(default=None, compare=False, repr=False)
    about: str = field(default="", repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    references: tuple[str, ...] = field(default=(), repr=False)
    numeric: Callable[..., FloatArray] | None = field(default=None, compare=False, repr=False)
    numeric_gradient: Callable[..., FloatArray] | None = field(default=None, compare=False, repr=False)
    sloped: Callable[[], Program] | None = field(default=None, compare=False, repr=False)
    variant: Callable[..., Loss] | None = field(default=None, compare=False, repr=False)
    unit: str = ""

    def __post_init__(self) -> None:
        """Check that what is predicted is an input."""
        if self.by not in {given.name for given in self.inputs}:
            raise ValueError(f"{self.name} must be predicted by one of its inputs; got {self.by}.")

    def input(self, name: str) -> Input:
        """Return the input of that name."""
        return next(given for given in self.inputs if given.name == name)

    def names(self, *roles: str) -> tuple[str, ...]:
        """Return the names of the inputs that have one of some roles."""
        return tuple(given.name for given in self.inputs if given.role in roles)

    @property
    def predictions(self) -> tuple[str, ...]:
        """The names of what is predicted: one, or the entries of vectors."""
        return self.names("prediction")

    @property
    def starts(self) -> dict[str, float]:
        """Input -> where it starts."""
        return {given.name: given.start for given in self.inputs}

    @property
    def is_curve(self) -> bool:
        """Whether one number is predicted, so that a curve says all."""
        return len(self.predictions) == 1

    @property
    def groups(self) -> tuple[tuple[Input, ...], ...]:
        """The inputs, those of one vector together, as the formula takes them."""
        return tuple(tuple(entries) for _, entries in groupby(self.inputs, lambda given: given.group or given.name))

    def program(self, **options: Any) -> Program:
        """Return the loss as a program.

        Parameters
        ----------
        options
            Numbers for inputs of the loss, which then are no inputs of the program any more; all else goes to `variant`: how
            many classes, negatives or pixels, and what is added to the loss.

        Raises
        ------
        ValueError
            If the loss has no such option, or a number lies outside its input's domain.
        """
        of_variant = signature(self.variant).parameters if self.variant else ()
        if self.variant and (made := {name: options.pop(name) for name in of_variant if name in options}):
            return self.variant(**made).program(**options)
        if unknown := set(options) - set(self.starts):
            raise ValueError(f"{self.name} has no option {min(unknown)}; it has {', '.join((*of_variant, *self.starts))}.")
        for name, number in options.items():
            if not self.input(name).domain.holds(number):
                raise ValueError(f"{name} must be {self.input(name).domain.allowed}; got {number:g}.")
        return self._program.substitute(options) if options else self._program

    @cached_property
    def _program(self) -> Program:
        made = self.formula(*self.arguments)
        if isinstance(made, Program):
            return made
        steps = made if isinstance(made, Mapping) else {"L": made}
        inputs = tuple(Symbol(given.name) for given in self.inputs)
        return Program(inputs, tuple((Symbol(name), expr) for name, expr in steps.items()))

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What formula and textbook are called with: symbols, and tuples of them."""
        symbols = (tuple(Symbol(given.name) for given in entries) for entries in self.groups)
        return tuple(entries if group[0].group else entries[0] for group, entries in zip(self.groups, symbols, strict=True))

    @cached_property
    def plain(self) -> Expr:
        """The loss as a textbook has it: one expression in the inputs."""
        return self.textbook(*self.arguments) if self.textbook else self.program().inline()

    @cached_property
    def shown(self) -> Expr:
        """The loss as a page shows it."""
        return self.written(*self.arguments) if self.written else self.plain

    @cached_property
    def with_slopes(self) -> Program:
        """The program with d_<name> for each prediction, and of a curve the curvature d2_<name>."""
        if self.sloped:
            return self.sloped()
        sloped = self.program().gradient(self.predictions)
        return sloped.gradient([self.by], of=f"d_{self.by}", prefix="d2_") if self.is_curve else sloped
