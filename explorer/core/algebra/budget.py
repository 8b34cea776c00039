"""Runs a function in a process of its own, within a budget of time and memory: SymPy may never come to an end.

Each task has a fresh process, a fork of a server that has imported PRELOADED and does nothing else. To make tasks start sooner,
add what they import to PRELOADED.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from functools import cache
from itertools import count
from math import inf, nan
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Lock, Semaphore, Thread, Timer
from time import monotonic
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, concurrent

from explorer.core.algebra import copying
from explorer.core.algebra.without_main import CONTEXT

VARIABLE = "LOSS_EXPLORER_SECONDS"
"""The environment variable that says how long a task may take."""


def seconds(text: str) -> float:
    """Return what the environment says a task may take; a ValueError if that is no time."""
    try:
        found = float(text)
    except ValueError:
        found = nan
    if not 0 < found < inf:
        raise ValueError(f"{VARIABLE} is how many seconds an operation may take, such as 10; got {text!r}.")
    return found


SECONDS = seconds(os.environ.get(VARIABLE) or "5")
"""How long a task may take, from when it is asked for."""
BYTES = 1_000_000_000
"""Memory that a task may add to its process."""
PROCESSES = 8
"""How many tasks are at work at once; the next one waits until one of them has ended."""
PRELOADED = (
    "sympy",
    "sympy.integrals.manualintegrate",  # this and the next are what SymPy imports at first use: up to 0.15 s of a task
    "sympy.physics.units",
    "explorer.core.algebra.budget",  # and with it what its package imports
    "explorer.core.losses.facts.proofs",
)

_QUICK, _LONG = 0.2, 1.0  # seconds of computing after which a task gives way to others, and then to whoever wakes up
_GRACE = 1.0  # seconds after which a process that should have been ended ends itself
_LATE = 0.3  # seconds after which nobody waits any more for Pebble to have ended a process
_NAME = "loss-explorer-task"

T = TypeVar("T")

CONTEXT.set_forkserver_preload(list(PRELOADED))
_numbers = count()
_slots = Semaphore(PROCESSES)
_starting = Lock()
_closing = Event()


class Task(Generic[T]):
    """A function at work in a process of its own."""

    def __init__(self, function: Callable[..., T], args: tuple[Any, ...], seconds: float) -> None:
        self._seconds = seconds
        self._deadline = monotonic() + seconds
        self._name = f"{_NAME}-{next(_numbers)}"
        self._cancelled = False
        self._ended = Event()
        self._ending = Lock()
        self._outcome = b""
        self._late = Timer(seconds + _LATE, self._end, (_failure(_over_time(seconds)),))  # even if no process would start
        self._late.daemon = True
        self._late.start()
        # A thread, because a process starts only when there is a slot for it, and the first one when the server is ready.
        Thread(target=self._attend, args=(function, args), daemon=True).start()

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self._ended.is_set()

    def wait(self, seconds: float) -> bool:
        """Return whether it has ended, after at most so long."""
        return self._ended.wait(seconds)

    def result(self) -> T:
        """Return what the function returned, once it has.

        Raises
        ------
        TimeoutError
            If it was stopped because it took too long.
        MemoryError
            If it needed too much memory, or its process died.
        CancelledError
            If it was cancelled.
        BaseException
            Whatever the function raised.
        """
        self._ended.wait()
        if self._cancelled:
            raise CancelledError("The operation was cancelled.")
        returned, value, place = pickle.loads(self._outcome)
        if not returned:
            raise value from RuntimeError(place)
        result: T = value
        return result

    def cancel(self) -> None:
        """End its process."""
        if not self.done:
            self._cancelled = True
            self._ended.set()
            self._kill()

    def _attend(self, function: Callable[..., T], args: tuple[Any, ...]) -> None:
        try:
            call = copying.dumps((function, args))
            if not _slots.acquire(timeout=max(self._left(), 0.0)):
                raise _no_turn(self._seconds)
            try:
                outcome = self._made(call)
            finally:
                _slots.release()
        except BaseException as error:
            outcome = _failure(error)
        self._end(outcome)

    def _end(self, outcome: bytes) -> None:
        with self._ending:
            if self.done:
                return
            self._outcome = outcome
            self._ended.set()
        self._late.cancel()
        self._kill()

    def _left(self) -> float:
        return self._deadline - monotonic()

    def _made(self, call: bytes) -> bytes:
        with _starting:
            if _closing.is_set():
                self.cancel()
            if self._cancelled:
                return b""
            left = max(self._left(), 0.001)
            # Pebble reads context, though its annotations say mp_context.
            launch = concurrent.process(name=self._name, timeout=left, context=CONTEXT)  # type: ignore[call-overload]
            future: Future[bytes] = launch(_work)(call, left)
        if self.done:
            self._kill()  # as cancel() may have looked for the process before it was there
        try:
            return future.result(timeout=max(self._left(), 0.0) + _LATE)
        except (TimeoutError, ProcessExpired) as error:
            self._kill()
            late = isinstance(error, TimeoutError) or self._left() <= 0
            raise (_over_time(self._seconds) if late else _over_memory()) from None

    def _kill(self) -> None:
        # Not the future's cancel(), which makes Pebble's thread die of an InvalidStateError if the result is just coming in.
        for process in active_children():
            if process.name == self._name:
                process.kill()


def submit(function: Callable[..., T], *args: Any, seconds: float = SECONDS) -> Task[T]:
    """Set a function to work in a process of its own, and return at once.

    Parameters
    ----------
    function : callable
        One that can be imported by its name.
    args
        Copied into the process, as the result is copied back.
    seconds : float
        After so long it is stopped.
    """
    return Task(function, args, seconds)


def run(function: Callable[..., T], *args: Any, seconds: float = SECONDS) -> T:
    """Return what a function returns that works in a process of its own; see `submit` and `Task.result`.

    Examples
    --------
    >>> run(max, 2, 3)
    3
    """
    return submit(function, *args, seconds=seconds).result()


@cache
def warm() -> None:
    """Start the server in the background, so that no task has to wait for it."""
    submit(int)


def _over_time(seconds: float) -> TimeoutError:
    return TimeoutError(f"The operation was stopped after {seconds:g} second{'' if seconds == 1 else 's'}.")


def _no_turn(seconds: float) -> TimeoutError:
    return TimeoutError(f"Too many operations are at work: none had ended after {seconds:g} seconds. Try again.")


def _over_memory() -> MemoryError:
    return MemoryError(f"The operation was stopped: it needed more than {BYTES / 1e9:g} GB of memory.")


# --- In the process of a task ---


def _work(call: bytes, seconds: float) -> bytes:
    """Make a pickled call within the budget; return, pickled, whether it returned, what it returned or raised, and where."""
    gc.freeze()  # else a collection writes to all memory shared with the server, which copies it
    _restrain(seconds)
    try:
        with _limited():
            function, args = pickle.loads(call)
            return copying.dumps((True, function(*args), ""))
    except MemoryError:
        return _failure(_over_memory())
    except BaseException as error:
        return _failure(error)


def _failure(error: BaseException) -> bytes:
    place = "".join(traceback.format_exception(error, limit=-8))
    try:
        failure = copying.dumps((False, error, place))
        pickle.loads(failure)  # there are errors that can be written but not read
    except Exception:
        return copying.dumps((False, RuntimeError("".join(traceback.format_exception_only(error)).strip()), place))
    return failure


def _restrain(seconds: float) -> None:
    """Let this process end in time, even if nobody is left to end it, and leave the processor to others."""
    if sys.platform == "win32":  # there is none of this, and only Pebble looks at the time
        return
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # Pebble's own handler would wait for the end of a long step in C
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    os.nice(5)
    signal.signal(signal.SIGPROF, lambda *_: _give_way())
    signal.setitimer(signal.ITIMER_PROF, _QUICK, _LONG)


def _give_way() -> None:
    """Leave the processor to all others; when called again, compute only while nobody else does."""
    if os.getpriority(os.PRIO_PROCESS, 0) < 15:
        os.nice(15)
    elif sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def _limited() -> Iterator[None]:
    """Let this process add at most BYTES meanwhile."""
    if sys.platform != "linux":  # Windows has no such limit, and macOS does not keep it
        yield
        return
    import resource

    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = size + BYTES if hard == resource.RLIM_INFINITY else min(size + BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


# --- When this process ends ---


@atexit.register
def _close() -> None:
    """Let no process start any more: after this, multiprocessing ends those that there are."""
    with _starting:
        _closing.set()
