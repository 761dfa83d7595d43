"""The measurement of the loss: its ways agree, and it says on which machine it ran."""

import json
import platform
import subprocess
import sys

from bench.machine import kind, versions
from tests.frameworks import needed
from tests.markdown import ROOT

# In a process of its own: it runs on one thread, and says so to the libraries
ONE_BATCH = """
import json
from bench import loss
loss.jax.config.update("jax_enable_x64", True)
print(json.dumps(loss.of_batch(20, 10, 3.0, "float64", rounds=3)))
"""


def test_a_batch_is_measured_by_every_way_once_all_agree():
    needed("torch", "optax")
    ran = subprocess.run(
        [sys.executable, "-c", ONE_BATCH],
        check=True,
        capture_output=True,
        cwd=ROOT,
        encoding="utf-8",
    )
    found = json.loads(ran.stdout)
    assert {"tiled", "plain", "textbook", "SciPy", "Optax", "PyTorch"} == {*found["ms"]}
    assert all(ms > 0 for ms in found["ms"].values())
    assert all(1 < most < 20 for most in found["peak over logits"].values())


def test_the_machine_is_told_by_kind_and_not_by_name():
    told = kind()
    assert told["processor"]
    assert told["cores"] >= 1
    assert told["system"] == platform.system()
    assert told["python"] == platform.python_version()
    assert platform.node() not in json.dumps(told)
    assert versions("numpy").keys() == {"numpy"}
