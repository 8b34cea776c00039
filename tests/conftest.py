"""What all tests share: CI draws the same examples at every run; elsewhere each run looks at others."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
