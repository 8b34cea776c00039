"""A loss that somebody types on /losses: how its text is read, what each symbol is, and which numbers it may have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from sympy import Expr

from explorer.core.algebra import budget
from explorer.core.algebra.naming import is_short
from explorer.core.comparison import worked_through
from explorer.core.domains import Input, Role
from explorer.core.losses import Loss, proposed
from explorer.core.losses.typed import of_steps, steps_of, without
from explorer.views import reading
from explorer.views.fields import SHOWN, Choice, Reader, Text
from explorer.views.losses.reserved import is_reserved
from explorer.views.view import Written, written

TYPED = Text(
    "typed",
    "Your own loss",
    help=r"As in Python, t*log(p) + p**2, in the Wolfram Language, t Log[p] + p^2, or in LaTeX, t \log p + p^2.",
)
ROLE, DOMAIN = "role_", "domain_"
"""Go before a symbol in the names of what it is and of what it may be."""
MOST = 40
"""The most symbols of a loss that the page takes."""
ASKED = 12
"""Of how many symbols the page asks what they are; the others are what they are taken for."""
ENDLESS = f"This loss takes more than {budget.SECONDS:g} seconds to be worked out: write a shorter one."
ROLES: tuple[Role, ...] = ("prediction", "target", "parameter")
_VECTOR = "shares of 1"
"""The kind of domain that only entries of a vector have."""
_STRANGER = "The link's {} was ignored: {}."


@dataclass(frozen=True)
class Own:
    """A typed loss; what is as proposed is left out.

    Attributes
    ----------
    text : str
    answers : str
        To what the text leaves open, as `reading.understood` takes them.
    by : str
        The symbol that is predicted.
    roles, kinds : tuple of (symbol, str)
        What symbols are, and the kinds of their domains.
    """

    text: str
    answers: str = ""
    by: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()

    @property
    def loss(self) -> Loss:
        """The loss; raise ValueError where it cannot be one."""
        return _made(self)

    @property
    def expr(self) -> Expr:
        """What the text says."""
        return reading.found(self.text, self.answers).expr

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What its symbols are and may be, the prediction first."""
        asked = Symbols(self.expr)
        by = self.by or asked.by.default
        return asked.inputs(by, asked.roles_with(by, self.roles), self.kinds)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on how the text was read."""
        return reading.notes(reading.found(self.text, self.answers), self.loss.inputs)

    def write(self) -> Written:
        """Return what an address holds of it."""
        answered = (part.split(".", 1) for part in self.answers.split("~") if part)
        held = written((TYPED, self.text)) | {reading.PREFIX + key: [option] for key, option in answered}
        held |= {BY: [self.by]} if self.by else {}
        held |= {ROLE + symbol: [role] for symbol, role in self.roles}
        return held | {DOMAIN + symbol: [kind] for symbol, kind in self.kinds}


BY = "by"


@dataclass(frozen=True)
class Symbols:
    """What is asked of the symbols of an expression, one question after the other."""

    expr: Expr

    @property
    def by(self) -> Choice:
        """Which is predicted."""
        names = _names(self.expr)
        allowed = "a symbol of the expression"
        return Choice(BY, "Predicted", names, "The symbol that curves run over.", allowed, _predicted(self.expr), many=True)

    def roles(self, by: str) -> dict[str, Choice]:
        """What each other symbol is."""
        return {
            name: Choice(ROLE + name, f"{name} is a", ROLES, f"What {name} is in your loss.", opens=role, many=True)
            for name, role in list(_roles(self.expr, by).items())[:ASKED]
            if name != by
        }

    def roles_with(self, by: str, changed: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Return what every symbol is where some are not what is proposed."""
        return _roles(self.expr, by) | dict(changed)

    def kinds(self, by: str, roles: Mapping[str, str]) -> dict[str, Choice]:
        """Which numbers each symbol may be; of a vector its first entry asks for all."""
        found = {}
        inputs = self.inputs(by, roles)
        asked = {given.group or given.name: given for given in reversed(inputs[:ASKED])}
        for given in reversed(asked.values()):
            options = tuple(kind for kind in proposed.KINDS if _may_be(given, kind))
            help = f"Which numbers {given.name} may be."
            opens = proposed.kind_of(given.domain)
            found[given.name] = Choice(DOMAIN + given.name, f"{given.name} may be", options, help, opens=opens, many=True)
        return found

    def inputs(self, by: str, roles: Mapping[str, str], kinds: Iterable[tuple[str, str]] = ()) -> tuple[Input, ...]:
        """Return what a loss of this expression takes."""
        return proposed.in_roles(self.expr, by, cast("Mapping[str, Role]", roles), dict(kinds))


def _may_be(given: Input, kind: str) -> bool:
    """Whether a symbol may run over a kind of domain: what is predicted changes without steps."""
    if kind == _VECTOR:
        return bool(given.group)
    return given.role != "prediction" or proposed.KINDS[kind].step < 1


def own(text: str, answer: Callable[[Choice], str], choose: Callable[[Choice], str]) -> Own:
    """Return what somebody has typed, with what is chosen of it.

    Parameters
    ----------
    answer, choose : callable
        A choice -> the option that is chosen: of how the text is read, and of what symbols are.

    Raises
    ------
    ValueError
        If the text cannot be read, or be a loss.
    """
    answers = reading.answers(text, answer)
    expr = reading.found(text, answers).expr
    check(expr)
    asked = Symbols(expr)
    by = choose(asked.by)
    roles = _chosen(asked.roles(by), choose)
    kinds = _chosen(asked.kinds(by, asked.roles_with(by, roles)), choose)
    return Own(text, answers, by if by != asked.by.default else "", roles, kinds)


def _chosen(fields: Mapping[str, Choice], choose: Callable[[Choice], str]) -> tuple[tuple[str, str], ...]:
    """What is chosen for each symbol, where it is not what is proposed."""
    chosen = {name: choose(field) for name, field in fields.items()}
    return tuple((name, option) for name, option in chosen.items() if option != fields[name].default)


def problem(text: str) -> str:
    """Return why a text cannot be read, or be a loss; "" where it can, whatever it leaves open."""
    try:
        check(reading.found(text, "").expr)
    except ValueError as error:
        return str(error)
    return ""


def check(expr: Expr) -> None:
    """Raise ValueError where an expression can be no loss for its symbols."""
    count = len(expr.free_symbols)
    if not count:
        raise ValueError("A loss must have a symbol that is predicted, such as p; this is a number.")
    if count > MOST:
        raise ValueError(f"A loss on this page may have at most {MOST} symbols; got {count}.")


def read_own(reader: Reader, made: Callable[[Own], Loss] = lambda found: found.loss) -> Own | None:
    """Return what an address has typed; None where that is nothing, or no loss.

    Parameters
    ----------
    made : callable
        Returns the loss that a page takes it for; raises ValueError where it takes none.
    """
    text = reader.take(TYPED)
    if not text.strip():
        return None
    refused = len(reader.refused)
    try:
        found = own(text, reader.take, reader.take)
        made(found)
    except ValueError as error:
        del reader.refused[refused:]
        reader.refuse(str(error))
        return None
    for sentence in strangers(found, reader.given).values():
        reader.refuse(sentence)
    return found


def strangers(found: Own, given: Iterable[str]) -> dict[str, str]:
    """Return for each name in an address that says what a symbol is, and asks for none, a sentence that says so."""
    said = reading.strangers(found.text, found.answers, given)
    asked = Symbols(found.expr)
    by = found.by or asked.by.default
    kinds = asked.kinds(by, asked.roles_with(by, found.roles))
    known = {field.name for field in (*asked.roles(by).values(), *kinds.values())}
    for name in given:
        symbol = name.removeprefix(ROLE).removeprefix(DOMAIN)
        if symbol != name and name not in known:
            why = f"{symbol} is what is predicted" if name == ROLE + by else f"nothing is asked of {symbol[:SHOWN]}"
            said[name] = _STRANGER.format(name[:SHOWN], why)
    return said


@lru_cache(maxsize=256)
def _names(expr: Expr) -> tuple[str, ...]:
    return tuple(_roles(expr, _predicted(expr)))


@lru_cache(maxsize=256)
def _predicted(expr: Expr) -> str:
    return next(given.name for given in proposed.proposed(expr))


@lru_cache(maxsize=256)
def _roles(expr: Expr, by: str) -> dict[str, str]:
    names = [symbol.name for symbol in expr.free_symbols]
    return {**proposed.roles(expr, by, proposed.target(sorted(names), by))}


@lru_cache(maxsize=128)
def _made(found: Own) -> Loss:
    """The loss. What fails is not kept: another time the machine may be less busy."""
    try:
        expr, inputs = without(found.expr, found.inputs, is_reserved)
        steps = steps_of(expr, inputs) if is_short(expr) else budget.run(worked_through, expr, inputs)
        return of_steps(steps, expr, inputs)
    except (TimeoutError, MemoryError):
        raise ValueError(ENDLESS) from None
    except ValueError:
        raise
    except Exception as error:  # SymPy's, of whatever kind: the page stands
        raise ValueError(f"This expression cannot be worked with: {error}") from None
