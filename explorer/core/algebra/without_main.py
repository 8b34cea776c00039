"""Starts processes that do not import `__main__`, which would run Streamlit or the page again.

The standard library tells every process that it does not fork. Here only those of CONTEXT are told less.
"""

from __future__ import annotations

import sys
from importlib import import_module
from multiprocessing import get_all_start_methods, get_context, spawn
from multiprocessing.process import BaseProcess
from types import FunctionType, SimpleNamespace
from typing import Any

# Not a fork of this process: whatever lock one of its many threads held would stay locked in the fork.
_METHOD = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
_THEIRS: Any = get_context(_METHOD)
_STARTER = {"forkserver": "forkserver", "spawn": "spawn_win32" if sys.platform == "win32" else "spawn_posix"}[_METHOD]
_POPEN: Any = import_module(f"multiprocessing.popen_{_STARTER}").Popen
_LAUNCH = "__init__" if sys.platform == "win32" else "_launch"
"""The method that starts a process and tells it of this one."""


def _told(name: str) -> dict[str, Any]:
    """What a process is told of this one, but for `__main__`."""
    everything = spawn.get_preparation_data(name)
    return {key: everything[key] for key in everything if not key.startswith("init_main")}


def _telling_less(function: FunctionType) -> FunctionType:
    """The same function, with what it finds under the name of the module `spawn` telling less."""
    less = SimpleNamespace(**{**vars(spawn), "get_preparation_data": _told})
    return FunctionType(function.__code__, {**function.__globals__, "spawn": less}, function.__name__)


_popen = type("Popen", (_POPEN,), {_LAUNCH: _telling_less(getattr(_POPEN, _LAUNCH))})


class Process(_THEIRS.Process):  # type: ignore[misc]  # which class it is depends on the system
    """A process that is not told of `__main__`."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:
        return _popen(process_obj)


class _Context(type(_THEIRS)):  # type: ignore[misc]
    Process = Process


CONTEXT: Any = _Context()
"""Starts such processes; a context of `multiprocessing`."""
