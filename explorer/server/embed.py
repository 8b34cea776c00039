"""Who may show the application in a frame."""

from __future__ import annotations

import os
import re

VARIABLE = "LOSS_EXPLORER_EMBED"
"""The environment variable that lists the origins, separated by spaces or commas."""

_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_ORIGIN = re.compile(rf"https?://(\*\.)?{_LABEL}(\.{_LABEL})*(:(?P<port>[0-9]{{1,5}}))?", re.IGNORECASE | re.ASCII)
"""An origin as a Content-Security-Policy writes it; there is no way in it for an address of IPv6."""


def frame_ancestors(origins: str) -> str:
    """Return what the directive `frame-ancestors` allows: pages of the application's own origin, and those of origins.

    Parameters
    ----------
    origins : str
        Origins, separated by spaces or commas: a scheme (http or https), "://", a host, which may begin with "*." for all below
        it, and perhaps ":" and a port.

    Raises
    ------
    ValueError
        If one of them is anything else, such as an address with a path, or what would end the directive.

    Examples
    --------
    >>> frame_ancestors("https://example.org, https://*.example.edu:8443")
    "'self' https://example.org https://*.example.edu:8443"
    """
    listed = [origin for origin in re.split(r"[\s,]+", origins) if origin]
    for origin in listed:
        found = _ORIGIN.fullmatch(origin)
        if not found or not 0 < int(found["port"] or 80) < 65536:
            raise ValueError(
                f"{VARIABLE} lists origins, each like https://example.org, https://*.example.org or http://localhost:8000;"
                f" got {origin!r}."
            )
    return " ".join(["'self'", *listed])


def allowed() -> str:
    """Return what the environment lets `frame-ancestors` allow; end the process with a sentence if it lists no origins."""
    try:
        return frame_ancestors(os.environ.get(VARIABLE, ""))
    except ValueError as error:
        raise SystemExit(str(error)) from None
