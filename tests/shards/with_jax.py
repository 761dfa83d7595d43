"""Cross-entropy of a vocabulary in shards, on eight devices of JAX.

    python -m tests.shards.with_jax

says as JSON what was found, and which collectives are in the compiled programs.
"""

import json
import os
import re
from typing import Any

DEVICES = 8
os.environ["XLA_FLAGS"] = f"--xla_force_host_platform_device_count={DEVICES}"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
import optax  # noqa: E402
from jax import lax  # noqa: E402
from jax.sharding import AxisType, NamedSharding, PartitionSpec  # noqa: E402

from tests.shards.problem import K, layer  # noqa: E402

jax.config.update("jax_enable_x64", True)
MESH = jax.make_mesh((DEVICES,), ("vocab",), axis_types=(AxisType.Auto,))
WHOLE, COLUMNS = PartitionSpec(), PartitionSpec(None, "vocab")


def on_one_device(X: Any, W: Any, labels: Any) -> Any:
    """Return the losses: what each device does, with its columns of W."""
    Z = X @ W
    H = Z.shape[1]
    y = lax.axis_index("vocab") * H + jnp.arange(H) == labels[:, None]
    # The maximum cancels, and the derivative of `pmax` is not known to JAX
    mu = lax.pmax(lax.stop_gradient(Z.max(axis=1)), "vocab")
    total = lax.psum(jnp.exp(Z - mu[:, None]).sum(axis=1), "vocab")
    own = lax.psum(jnp.where(y, Z, 0).sum(axis=1), "vocab")
    return mu - own + jnp.log(total)


def shard_map(X: Any, W: Any, labels: Any) -> Any:
    """Return the losses, by rounds that are written down."""
    specs = (WHOLE, COLUMNS, WHOLE)
    on_all = jax.shard_map(on_one_device, mesh=MESH, in_specs=specs, out_specs=WHOLE)
    return on_all(X, W, labels)


def class_index(X: Any, W: Any, labels: Any) -> Any:
    """Return the losses, and let the compiler find the rounds."""
    return optax.softmax_cross_entropy_with_integer_labels(X @ W, labels)


def one_hot(X: Any, W: Any, labels: Any) -> Any:
    """Return the losses likewise, of labels that are distributions."""
    return optax.softmax_cross_entropy(X @ W, jax.nn.one_hot(labels, K))


def collectives(text: str) -> list[tuple[str, list[list[int]]]]:
    """Return what a compiled program sends: by which operation, and the shapes."""
    names = "all-reduce|all-gather|all-to-all|reduce-scatter|collective-permute"
    found = re.findall(rf"= (\(.*?\)|\S+) ({names})(?:-start)?\(", text)
    return [
        (name, [json.loads(f"[{shape}]") for shape in re.findall(r"\[(.*?)\]", shapes)])
        for shapes, name in found
    ]


def main() -> None:
    """Say what each way finds and sends."""
    X, W, labels = (
        jax.device_put(array, NamedSharding(MESH, spec))
        for array, spec in zip(layer(), (WHOLE, COLUMNS, WHOLE), strict=True)
    )
    found = {}
    for way in (shard_map, class_index, one_hot):

        def loss_and_losses(*given: Any, way: Any = way) -> Any:
            losses = way(*given)
            return losses.mean(), losses

        step = jax.value_and_grad(loss_and_losses, (0, 1), has_aux=True)
        compiled = jax.jit(step).lower(X, W, labels).compile()
        (_, losses), (dX, dW) = compiled(X, W, labels)
        found[way.__name__] = {
            "sent": collectives(compiled.as_text()),
            "losses": np.asarray(losses).tolist(),
            "dX": np.asarray(dX).tolist(),
            "dW": np.asarray(dW).tolist(),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
