"""Which origins may frame the application: what the variable may hold, and what a start says to anything else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from benchmarks.server import ROOT, free_port
from explorer.server.embed import VARIABLE, frame_ancestors


@pytest.mark.parametrize(
    ("origins", "allowed"),
    [
        ("", "'self'"),
        (" ,\n", "'self'"),
        ("https://example.org", "'self' https://example.org"),
        (
            "https://a.example, http://b.example:8000\thttp://localhost",
            "'self' https://a.example http://b.example:8000 http://localhost",
        ),
        ("https://*.example.org:443,http://127.0.0.1:80", "'self' https://*.example.org:443 http://127.0.0.1:80"),
        ("HTTPS://Xn--Bcher-kva.Example", "'self' HTTPS://Xn--Bcher-kva.Example"),
    ],
)
def test_origins_follow_the_applications_own(origins: str, allowed: str) -> None:
    assert frame_ancestors(origins) == allowed


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*",
        "https://a.*.example",
        "https:",
        "example.org",
        "//example.org",
        "ftp://example.org",
        "data:text/html",
        "javascript://example.org",
        "https://example.org/",
        "https://example.org/course",
        "https://example.org?course",
        "https://example.org#course",
        "https://somebody@example.org",
        "https://example.org:",
        "https://example.org:0",
        "https://example.org:65536",
        "https://example.org:*",
        "https://example..org",
        "https://-example.org",
        "https://bücher.example",
        "https://example.org:８０",
        "https://[::1]:80",
        "'none'",
        "'self'",
        '"https://example.org"',
        "https://example.org;script-src",
        "https://example.org;",
        "https://example.org\x00",
    ],
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match="LOSS_EXPLORER_EMBED") as refused:
        frame_ancestors(f"https://good.example {origin}")
    assert str(refused.value) == (
        "LOSS_EXPLORER_EMBED lists origins, each like https://example.org, https://*.example.org or http://localhost:8000;"
        f" got {origin!r}."
    )


def test_a_bad_variable_ends_the_start_with_a_sentence() -> None:
    command = [sys.executable, "-m", "explorer", "run", "--port", str(free_port())]
    environment = {**os.environ, VARIABLE: "https://example.org/course"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "LOSS_EXPLORER_EMBED lists origins, each like https://example.org, https://*.example.org or http://localhost:8000;"
        " got 'https://example.org/course'.\n"
    )
