"""The objective as a file that a library trains with."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from explorer.core.objective import Objective
from explorer.core.objective.exports import EXPORTS


@lru_cache(maxsize=64)
def printed(own: Objective, library: str, taken: str, least: float) -> str:
    """Return the file's text; raise NotImplementedError where the library cannot have it."""
    return EXPORTS[library].code(own, hessian=taken, least=least, name=name(own))


def name(own: Objective) -> str:
    """Return what the function is called."""
    made = re.sub(r"\W+", "_", own.loss.name if own.loss.name != "typed" else "my_loss").strip("_")
    return made


def block(code: str) -> str:
    """Return code as markup."""
    return f"<pre style='white-space: pre-wrap; overflow-wrap: anywhere'><code>{escape(code)}</code></pre>"
