"""Cross-entropy of a vocabulary in shards: on engines that exist, and what they send.

The engines are optional (`make frameworks`); what needs them is skipped where they are
absent. Each runs in processes of its own: `tests.shards`.
"""

import json
import math
import subprocess
import sys

import numpy as np
from numpy.testing import assert_allclose

from tests.frameworks import needed
from tests.markdown import DOCS, ROOT
from tests.shards.problem import D, K, N, expected

# What the page says of each way: by the words of its row
TORCH = {
    "one_round": "`torch.distributed`, states gathered and merged",
    "two_rounds": "`torch.distributed`, the maximum and then sums",
    "of_pytorch": "`torch`, its own `loss_parallel`",
}
JAX = {
    "shard_map": "`jax`, `shard_map` with `pmax` and `psum`",
    "class_index": "`jax`, the compiler’s choice for labels as class indices",
    "one_hot": "`jax`, the compiler’s choice for labels as distributions",
}
PAGE = (DOCS / "scale.md").read_text("utf-8")


def python(*arguments, said=None):
    """Run Python on its own, and return what it says."""
    answer = subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        cwd=ROOT,
        input=said,
        text=True,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def held(ways, machines):
    """Hold what machines found and sent to the plain code, and to the page."""
    losses, dX, dW = expected()
    for way, words in ways.items():
        found = [machine[way] for machine in machines]
        for one in found:  # each of them has these
            assert_allclose(one["losses"], losses, rtol=1e-14)
            assert_allclose(one["dX"], dX, atol=1e-15)
            assert sent(words, one["sent"]) in PAGE
        columns = [np.array(one["dW"]) for one in found]
        assert_allclose(np.concatenate(columns, axis=1), dW, atol=1e-15)


def sent(words, collectives):
    """Return the row for what was sent: for the losses first, then for the vectors."""
    *rounds, (_, vectors) = collectives
    assert vectors == [[N, D]]
    numbers = sum(math.prod(shape) for _, shapes in rounds for shape in shapes)
    assert numbers % N == 0
    return f"\n| {words} | {len(rounds)} | {numbers // N} | {D} |\n"


def test_the_page_says_of_what_it_counts_and_what_theory_asks_for():
    assert f"for {N} positions, vectors of {D} numbers and {K} tokens" in PAGE
    assert f"\n| theory, with merging as the operation | 1 | 3 | {D} |\n" in PAGE


def test_processes_of_torch_give_loss_and_gradients_and_send_what_the_page_says(
    tmp_path,
):
    needed("torch")
    python("-m", "tests.shards.with_torch", str(tmp_path))
    files = sorted(tmp_path.glob("*.json"))
    machines = [json.loads(file.read_text("utf-8")) for file in files]
    assert len(machines) == 4
    held(TORCH, machines)


def test_devices_of_jax_give_loss_and_gradients_and_send_what_the_page_says():
    needed("jax", "optax")
    held(JAX, [json.loads(python("-m", "tests.shards.with_jax"))])


def test_a_cluster_of_dask_gives_what_its_threads_give():
    needed("distributed")
    lab = (DOCS / "labs" / "shards.py").read_text("utf-8")
    lab = lab[: lab.index("# ## Why there are two plans")]
    for old, new in (
        ("ON_A_CLUSTER = False", "ON_A_CLUSTER = True"),
        ("N, D, K, H = 512, 16, 16384, 256", "N, D, K, H = 64, 16, 1024, 256"),
    ):
        assert lab.count(old) == 1
        lab = lab.replace(old, new)
    # A notebook has no file that its processes would begin by importing
    said = python("-c", "import sys; exec(sys.stdin.read())", said=lab)
    assert said.count("relative error below 1e-14: True") == 3
