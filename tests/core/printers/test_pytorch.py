"""PyTorch: source that runs as it stands, on a stand-in that refuses what torch refuses."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Abs, Symbol, log

from explorer.core import functions
from explorer.core.network import Network
from explorer.core.printers import pytorch
from explorer.core.program import Program
from tests.core.helpers import close
from tests.core.printers import engines
from tests.core.printers.shared import NETWORKS, L, points, x


@pytest.mark.parametrize("name", NETWORKS)
def test_pytorch_code_of_a_network_computes_its_loss_of_numbers_too(name: str) -> None:
    program = NETWORKS[name].program()
    alone = {name: column[0] for name, column in points(NETWORKS[name]).items()}
    close(engines.pytorch(program, alone)["L"], program.evaluate(alone)["L"])


@pytest.mark.parametrize("name", ["lambda", "torch", "math", "xmuly", "abs", "loss"])
def test_any_name_may_stand_in_pytorch_code(name: str) -> None:
    program = Program((Symbol(name), x), ((L, functions.xmuly(x, Symbol(name)) / log(2) + Abs(x)),))
    inner = engines.without_imports(pytorch.code(program), "torch", "math")
    close(engines.run(inner, torch=engines.TORCH)["loss"](np.array(2.0), np.array(3.0)), 6 / np.log(2) + 3)


def test_pytorch_code_holds_only_what_the_loss_needs() -> None:
    source = pytorch.code(Network((1, 2), output="softmax", loss="index").gradient(), "surprise")
    called = ["import torch", "def xmuly(x, y):", "def same(x, y):", "def logsumexp(*z):", "def shift(*z):", "def surprise("]
    found = [line for line in source.splitlines() if line.startswith(("def", "import"))]
    assert [line.split("  #")[0] for line in found[:-1]] == called[:-1]
    assert found[-1] == "def surprise(x1, w1_1_1, w1_2_1, b1_1, b1_2, t1):"
    assert "y1 =" not in source
    assert "d_" not in source
    assert "    c1 = same(t1, 0)\n" in source
    assert source.endswith("    L = l1 + l2\n    return L\n")
