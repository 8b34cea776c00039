"""The budget: a task ends within it, whatever it does, and others notice nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest
import sympy

from explorer.core.algebra import budget
from explorer.core.algebra.budget import PROCESSES, Task, run, submit

ROOT = Path(__file__).resolve().parents[3]
ENDLESS = "while True: pass"
ENDLESS_STEP = "sum(__import__('itertools').repeat(0))"
"""One step, in C: Python handles no signal meanwhile."""
OVER_MEMORY = "^The operation was stopped: it needed more than 1 GB of memory.$"


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    """The server has imported what it needs before the time is taken."""
    run(int, seconds=60)


def script(source: str, seconds: float = budget.SECONDS) -> Task[None]:
    """Set a program to work in a process of its own, with names of its own."""
    return submit(exec, source, {"__name__": "script"}, seconds=seconds)


def process(path: Path, source: str, seconds: float = 60.0) -> tuple[Task[None], int]:
    """Set a program to work that first tells, by a file, which process it has."""
    task = script(f"import os, pathlib\npathlib.Path({str(path)!r}).write_text(f'{{os.getpid()}}.')\n{source}", seconds)
    assert within(10, lambda: path.exists() and path.read_text().endswith("."))
    return task, int(path.read_text()[:-1])


def within(seconds: float, condition: Any) -> bool:
    """Return whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while not (true := condition()) and time.monotonic() < end:
        time.sleep(0.01)
    return bool(true)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# --- What comes back ---


def test_a_task_gives_what_its_function_returns() -> None:
    x = sympy.Symbol("x", positive=True)
    task = submit(sympy.diff, sympy.log(x), x)
    assert task.result() == 1 / x
    assert task.done
    assert task.wait(0)


def test_a_big_result_comes_back_whole() -> None:
    assert run(bytes, 20_000_000) == bytes(20_000_000)
    assert run(eval, "list(range(10**6))") == list(range(10**6))


def test_what_a_function_raises_is_raised_and_its_cause_tells_where() -> None:
    with pytest.raises(ZeroDivisionError, match="^division by zero$") as caught:
        run(eval, "1 / 0")
    assert 'File "<string>", line 1, in <module>' in str(caught.value.__cause__)


def test_recursion_that_is_too_deep_is_an_error_like_others() -> None:
    with pytest.raises(RecursionError):
        script("def f(x): return f(x)\nf(1)").result()


def test_an_argument_or_a_result_that_is_too_deep_is_an_error_like_others() -> None:
    deep: list[Any] = []
    for _ in range(10_000):
        deep = [deep]
    with pytest.raises(RecursionError):
        run(len, deep)
    with pytest.raises(RecursionError):
        run(eval, "__import__('functools').reduce(lambda inner, _: [inner], range(10_000), [])")


def test_an_argument_or_a_result_that_cannot_be_copied_is_an_error_like_others() -> None:
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        run(lambda: 1)
    with pytest.raises(TypeError, match="pickle"):
        run(eval, "(i for i in [])")


@pytest.mark.parametrize(
    "source",
    [
        "class Odd(Exception): pass\nraise Odd('so')",
        "class Odd(Exception): pass\nerror = Odd('so')\nerror.__reduce_ex__ = lambda _: (int, ('no number',))\nraise error",
    ],
    ids=["written", "read"],
)
def test_an_error_that_cannot_be_copied_is_told_in_words(source: str) -> None:
    with pytest.raises(RuntimeError, match="^script.Odd: so"):
        script(source).result()


def test_a_task_leaves_nothing_for_the_next_one() -> None:
    script("import builtins; builtins.mark = 1").result()
    with pytest.raises(NameError):
        run(eval, "mark")


# --- What it may not do ---


@pytest.mark.parametrize(
    ("source", "seconds", "said"),
    [(ENDLESS, 0.5, "0.5 seconds"), (ENDLESS_STEP, 1, "1 second")],
    ids=["Python", "C"],
)
def test_a_task_that_does_not_end_is_stopped(tmp_path: Path, source: str, seconds: float, said: str) -> None:
    task, pid = process(tmp_path / "pid", source, seconds)
    with pytest.raises(TimeoutError, match=rf"^The operation was stopped after {re.escape(said)}\.$"):
        task.result()
    assert within(10, lambda: not alive(pid))


@pytest.mark.parametrize(
    "source",
    [
        "bytearray(2 * 10**9)",
        "kept = []\nwhile True: kept.append(bytes(10**6))",
        "import numpy\nnumpy.ones(2 * 10**8)",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    ],
    ids=["at once", "bit by bit", "NumPy", "killed"],
)
def test_a_task_that_needs_too_much_memory_or_is_killed_is_over_its_memory(source: str) -> None:
    with pytest.raises(MemoryError, match=OVER_MEMORY):
        script(source, seconds=30).result()


def test_a_task_may_add_nearly_all_the_memory_of_its_budget() -> None:
    assert run(eval, f"len(bytes({budget.BYTES * 9 // 10}))") == budget.BYTES * 9 // 10


def test_the_longer_a_task_computes_the_lower_is_its_priority() -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    busy = "[None for _ in iter(lambda: __import__('time').process_time() < 0.4, False)]"
    priority = "__import__('os').getpriority(0, 0)"
    first, later = run(eval, f"{priority}, {busy} and {priority}", seconds=30)
    assert first == min(own + 5, 19)
    assert later > first or later == 19


# --- Others ---


def test_a_cancelled_task_loses_its_process(tmp_path: Path) -> None:
    task, pid = process(tmp_path / "pid", ENDLESS)
    assert not task.wait(0.01)
    assert not task.done
    task.cancel()
    assert task.done
    with pytest.raises(CancelledError, match=r"^The operation was cancelled\.$"):
        task.result()
    assert within(10, lambda: not alive(pid))


def test_a_task_may_be_cancelled_at_any_moment() -> None:
    for wait in range(20):
        task = submit(time.sleep, 60, seconds=60)
        time.sleep(0.001 * wait)
        task.cancel()
    assert within(10, lambda: budget._slots._value == PROCESSES)


def test_a_task_that_has_ended_cannot_be_cancelled() -> None:
    task = submit(max, 2, 3)
    assert task.wait(10)
    task.cancel()
    assert task.result() == 3


def test_others_work_on_while_tasks_hang_and_die() -> None:
    hanging = [script(ENDLESS, seconds=60) for _ in range(3)]
    script("import os; os._exit(1)")
    assert [run(abs, -k) for k in range(10)] == list(range(10))
    hanging[0].cancel()
    assert run(max, 2, 3) == 3
    assert [task.done for task in hanging] == [True, False, False]
    for task in hanging:
        task.cancel()


def test_a_task_waits_for_its_turn_and_need_not() -> None:
    assert within(10, lambda: budget._slots._value == PROCESSES)  # what an earlier test cancelled may hold one still
    working = [submit(time.sleep, 60, seconds=60) for _ in range(PROCESSES)]
    assert within(10, lambda: budget._slots._value == 0)
    next_one, other = submit(max, 2, 3), submit(max, 2, 3)
    assert not next_one.wait(0.2)
    other.cancel()
    assert other.done
    working[0].cancel()
    assert next_one.result() == 3
    for task in working:
        task.cancel()


def test_a_task_that_gets_no_turn_in_time_says_so() -> None:
    assert within(10, lambda: budget._slots._value == PROCESSES)
    working = [submit(time.sleep, 60, seconds=60) for _ in range(PROCESSES)]
    assert within(10, lambda: budget._slots._value == 0)
    with pytest.raises(
        TimeoutError, match=r"^Too many operations are at work: none had ended after 0\.5 seconds\. Try again\.$"
    ):
        run(max, 2, 3, seconds=0.5)
    assert not any(task.done for task in working)
    for task in working:
        task.cancel()


@pytest.mark.parametrize("source", [ENDLESS, ENDLESS_STEP], ids=["Python", "C"])
def test_nobody_waits_until_a_task_that_has_used_its_budget_ends_itself(source: str) -> None:
    it_never_will = "import signal; signal.setitimer(signal.ITIMER_REAL, 0)\n"
    tasks = [script(it_never_will + source, seconds=1) for _ in range(PROCESSES)]
    for task in tasks:
        assert task.wait(60)
        with pytest.raises(TimeoutError, match=r"^The operation was stopped after 1 second\.$"):
            task.result()
    assert budget._LATE < 1


def test_without_its_server_a_task_still_ends_and_the_next_one_has_another(tmp_path: Path) -> None:
    server = run(os.getppid)
    task, pid = process(tmp_path / "pid", ENDLESS, seconds=0.5)
    os.kill(server, signal.SIGKILL)
    os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)
    assert run(os.getppid, seconds=60) != server  # it imports SymPy first
    with pytest.raises(TimeoutError):
        task.result()
    assert within(10, lambda: not alive(pid))


# --- The process that they work for ---


STARTING = "budget.warm()"
HANGING = f"""\
print(budget.run(max, 2, 3))
for _ in range(24): budget.submit(eval, {ENDLESS_STEP!r}, seconds=60)
time.sleep(0.5)"""


@pytest.mark.parametrize(("source", "printed"), [(STARTING, ""), (HANGING, "3\n")], ids=["starting", "hanging"])
def test_an_interpreter_ends_at_once_and_silently_with_all_processes_and_none_of_them_runs_its_script(
    tmp_path: Path, source: str, printed: str
) -> None:
    # Each process has the environment of the one that started it, and so is found by a mark in it.
    path, mark = tmp_path / "script.py", f"MARK={tmp_path}"
    path.write_text(f"import time\nfrom explorer.core.algebra import budget\nprint('main')\n{source}\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MARK": str(tmp_path)}
    command = [sys.executable, "-W", "error", str(path)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30)
    assert (ended.stdout, ended.stderr, ended.returncode) == (f"main\n{printed}", "", 0)
    assert within(4, lambda: not marked(mark))


OTHER = """\
import multiprocessing
print(__name__, flush=True)
if __name__ == "__main__":
    from explorer.core.algebra import budget
    print(budget.run(max, 2, 3), flush=True)
    process = multiprocessing.get_context("spawn").Process(target=print, args=("other",))
    process.start()
    process.join()
"""


def test_a_process_that_is_no_task_is_started_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(OTHER)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, str(path)], env=environment, capture_output=True, text=True, timeout=30, check=True)
    assert ended.stdout.split() == ["__main__", "3", "__mp_main__", "other"]


def marked(mark: str) -> list[int]:
    """Return the processes that have a mark in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if re.search(rf"(^|\0){re.escape(mark)}(\0|$)", path.read_text(errors="replace")):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found
