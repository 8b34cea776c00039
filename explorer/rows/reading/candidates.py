"""Log probabilities of candidate tokens, as vLLM answers: from each list that of the token in the text.

An entry is null, or maps the ids of tokens to a number or to a record with `logprob`. Which of them the text has is known
where there is one, or where `prompt_token_ids` (of a prompt) or `token_ids` (of what was generated) say it.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

IDS = ("prompt_token_ids", "token_ids")
"""The fields with the ids of tokens; the first belongs to fields that start with prompt."""
_TOLD = (b'"prompt_logprobs"', b'"decoded_token"')
_WHOLE = 200_000_000
"""The largest list of objects, in bytes, that is rewritten; of lines there is no limit."""


class UnknownTokenError(ValueError):
    """Candidates of which nothing says which one the text has."""


def has_candidates(path: Path) -> bool:
    """Whether a file of JSON seems to hold candidates of tokens."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return any(whole.find(name) >= 0 for name in _TOLD)


def without_candidates(path: Path, target: Path, *, is_list: bool) -> Path:
    """Write a file in which each list of candidates is one of log probabilities, a line for a line; return it.

    Raises
    ------
    ValueError
        If a line is no JSON, or the file is one list too large for that.
    UnknownTokenError
        If nothing says which candidate the text has; the text names the line, as the end of a sentence.
    """
    with target.open("w", encoding="utf-8") as written:
        if is_list:
            if path.stat().st_size > _WHOLE:
                raise ValueError("is too large for one list; write an object a line.")
            json.dump([_told(entry, f"object {k}") for k, entry in enumerate(json.loads(path.read_bytes()), 1)], written)
            return target
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                written.write((json.dumps(_told(json.loads(line), f"line {number}")) if line.strip() else "") + "\n")
    return target


def _told(entry: Any, where: str) -> Any:
    return _chosen(entry, {}, where)


def _chosen(value: Any, ids: Mapping[str, Any], where: str, field: str = "") -> Any:
    """A value in which lists of candidates are lists of numbers; ids are those that stand in what is around it."""
    if isinstance(value, dict):
        near = {**ids, **{name: value[name] for name in IDS if isinstance(value.get(name), list)}}
        return {name: _chosen(inner, near, where, name) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    if not _are_candidates(value):
        return [_chosen(inner, ids, where, field) for inner in value]
    known = ids.get(IDS[0] if field.startswith("prompt") else IDS[1])
    if known is not None and len(known) != len(value):
        raise UnknownTokenError(f"has in {where} {len(value)} entries in {field!r} for {len(known)} ids of tokens.")
    return [_number(entry, None if known is None else str(known[k]), k, field, where) for k, entry in enumerate(value)]


def _are_candidates(value: list[Any]) -> bool:
    given = [entry for entry in value if entry is not None]
    return bool(given) and all(isinstance(e, dict) and e and all(name.isdecimal() for name in e) for e in given)


def _number(entry: dict[str, Any] | None, token: str | None, place: int, field: str, where: str) -> Any:
    """The log probability of the token that stands at a place."""
    if entry is None:
        return None
    if token is None and len(entry) > 1:
        told = IDS[0] if field.startswith("prompt") else IDS[1]
        raise UnknownTokenError(
            f"has in {where}, {field!r}, entry {place} (the first is 0), {len(entry)} tokens, and no {told!r} says which of "
            "them the text has: ask the server for return_token_ids, or for the token alone (prompt_logprobs=0)."
        )
    if token is not None and token not in entry:
        raise UnknownTokenError(
            f"has in {where}, {field!r}, entry {place} (the first is 0), no log probability of token {token}."
        )
    found = next(iter(entry.values())) if token is None else entry[token]
    return found.get("logprob") if isinstance(found, dict) else found
