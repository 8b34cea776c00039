"""Log probabilities of tokens: in lists, within the records of answers, or one a row."""

from __future__ import annotations

from explorer.rows.expressions import constant, entry, is_nested, number, token_list
from explorer.rows.layouts import names
from explorer.rows.layouts.facts import facts_of
from explorer.rows.layouts.names import key, shown
from explorer.rows.layouts.roles import find_companions
from explorer.rows.layouts.search import Search
from explorer.rows.portable import answer
from explorer.rows.spec import UNLIKELY, Layout


def has_tokens(search: Search, predictions: tuple[str, ...]) -> bool:
    """Whether there are log probabilities of tokens: within a record, in lists, or one a row with the example's name."""
    candidates = list(predictions) or [name for name in search.free if key(name) in (*names.LOG_PROBABILITY, *names.ANSWER)]
    records = [name for name in candidates if is_nested(search.raw[name]) and token_list(search.raw[name]) is not None]
    truth = [name for name in names.named(search.free, names.TRUTH) if not is_nested(search.raw[name])]
    if records:
        return not truth or not search.is_list(records[0]) or "token" in key(records[0]) or _lengths_differ(search, records[0])
    if any(search.is_number(name) and key(name) in names.LOG_PROBABILITY for name in candidates):
        return not truth and bool(names.named(search.free, names.EXAMPLE))
    if truth or predictions:
        return False
    lists = [name for name in search.free if token_list(search.raw[name]) is not None]
    known = {*lists, *names.identities(search.free), *names.named(search.free, names.TEXT)}
    return len(lists) == 1 and not names.named(lists, names.PREDICTION) and known >= set(search.free)


def _lengths_differ(search: Search, name: str) -> bool:
    """Whether lists have different lengths, as those of tokens; scores of classes have one."""
    shortest, longest = facts_of(search, [name]).lengths
    return shortest < longest


def recognise_tokens(search: Search, predictions: tuple[str, ...]) -> Layout:
    """Return the layout of rows that hold log probabilities of tokens."""
    usual = [*predictions] or [name for name in search.free if key(name) in (*names.LOG_PROBABILITY, *names.ANSWER)]
    nested = [name for name in usual or search.free if is_nested(search.raw[name]) and token_list(search.raw[name]) is not None]
    rows = [name for name in usual if search.is_number(name)]
    if not nested and not rows:
        raise ValueError(
            f"No log probabilities of tokens are recognised in the columns {shown(search.columns)}; expected logprobs."
        )
    column = (nested or rows)[0]
    if not predictions:
        because = "holds a list a row, one entry a token" if nested else "has a usual name, one token a row"
        search.predict([column], f"the column {column!r} {because}.", (nested + rows)[1:])
    search.reason("kind", "tokens", f"the column {column!r} holds log probabilities, and no column holds targets.")
    position = "" if nested else _token_rows(search)
    find_companions(search)
    _token_numbers(search, column)
    return search.layout("tokens", "log probability", position=position)


def _token_rows(search: Search) -> str:
    """Find the columns of examples and of positions, where each token has a row; return the latter."""
    if "identity" not in search.roles:
        found = names.named(search.free, names.EXAMPLE)
        if not found:
            raise ValueError(f"No column of {shown(search.columns)} says to which example a token belongs; expected example.")
        search.take(
            "identity", found[0], f"a column called {found[0]!r} usually says which example a token belongs to.", found[1:]
        )
    places = [name for name in names.named(search.free, names.POSITION) if search.is_number(name)]
    if places:
        search.take("position", places[0], f"a column called {places[0]!r} usually counts tokens.", ("order of the rows",))
    return places[0] if places else ""


def _token_numbers(search: Search, column: str) -> None:
    """Look at the log probabilities: above 0 they are none, and -9999 stands for very unlikely."""
    sample = search.sample
    if is_nested(sample[column]):
        listed = sample.select(listed=token_list(sample[column])).unnest("listed")
        logp = listed.select(logp=entry(listed.listed))
    else:
        logp = sample.select(logp=number(sample[column]))
    above, unlikely = (
        condition.cast("int64").sum() for condition in (logp.logp > constant(1e-5), logp.logp == constant(UNLIKELY))
    )
    ends = {"count": logp.logp.count(), "low": logp.logp.min(), "high": logp.logp.max()}
    found = answer(logp.aggregate(**ends, above=above, unlikely=unlikely)).to_pylist()[0]
    if not found["count"]:
        raise ValueError(f"The column {column!r} holds no log probability.")
    if found["above"] * 2 > found["count"]:
        raise ValueError(f"The column {column!r} holds numbers up to {found['high']:.4g}; log probabilities are at most 0.")
    because = f"numbers go from {found['low']:.4g} to {found['high']:.4g}."
    search.reason("scale", "log probability", because)
    if found["unlikely"]:
        because = f"{found['unlikely']} of {found['count']} are -9999, which stands for very unlikely: they count, shown apart."
        search.reason("unlikely", "-9999", because)
