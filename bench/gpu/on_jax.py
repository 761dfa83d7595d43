"""JAX, Optax and jax-cce on a GPU: precision of products, labels, many classes."""

import os
import time
from collections.abc import Callable
from functools import partial
from statistics import median

os.environ["XLA_PYTHON_CLIENT_PREALLOCATE"] = "false"  # before JAX is imported

import jax
import jax.numpy as jnp
import optax

from bench.gpu.record import Record

by_label = optax.softmax_cross_entropy_with_integer_labels
Z = jnp.log(jnp.array([[0.2, 0.3, 0.5]]))


def at_label(label: int) -> dict[str, object]:
    """Return the loss, plain and compiled, and the gradient, for one label."""
    y = jnp.array([label])
    return {
        "loss": float(by_label(Z, y)[0]),
        "compiled": float(jax.jit(by_label)(Z, y)[0]),
        "gradient": jax.grad(lambda z: by_label(z, y).sum())(Z)[0].tolist(),
    }


def by_precision() -> dict[str, list[float]]:
    """Take the loss of a float32 layer under each precision: relative errors."""
    N, D, V = 4096, 2048, 32768
    W = jax.random.normal(jax.random.key(1), (V, D)) / D**0.5
    y = jax.random.randint(jax.random.key(2), (N,), 0, V)
    H = jax.random.normal(jax.random.key(3), (N, D)) + 13.5 * W[y]

    def loss(W: jax.Array, H: jax.Array) -> jax.Array:
        return by_label(H @ W.T, y).mean()

    seen = {}
    with jax.default_matmul_precision("highest"):
        right, G = jax.jit(jax.value_and_grad(loss))(W, H)
    for precision in ("default", "bfloat16", "tensorfloat32", "float32"):
        with jax.default_matmul_precision(precision):
            # a new function each time: the precision is no part of jit's key
            value, g = jax.jit(jax.value_and_grad(partial(loss)))(W, H)
        error = jnp.linalg.norm(g - G) / jnp.linalg.norm(G)
        seen[precision] = [abs(float(value / right) - 1), float(error)]
    return seen


def many_classes(dtype: jnp.dtype, K: int) -> dict[str, object]:
    """Take the loss of K equal logits, ln K, plain and compiled."""
    z, y = jnp.zeros((2, K), dtype), jnp.array([0, K - 1])
    plain, compiled = by_label(z, y), jax.jit(by_label)(z, y)
    return {
        "type": str(plain.dtype),
        "plain": float(plain[0]),
        "compiled": float(compiled[0]),
        "compiled, sum of the gradient": float(
            jax.jit(jax.grad(lambda z: by_label(z, y).sum()))(z)[0].astype(float).sum()
        ),
    }


def many_rows(dtype: jnp.dtype) -> dict[int, list[float]]:
    """Take the mean over N rows of two equal logits, and its largest slope times N."""
    step = jax.jit(jax.value_and_grad(lambda z, y: by_label(z, y).mean()))
    seen = {}
    for N in (65519, 65520, 300000):
        value, g = step(jnp.zeros((N, 2), dtype), jnp.zeros(N, int))
        seen[N] = [float(value), float(jnp.abs(g.astype(float)).max()) * N]
    return seen


def underflow() -> dict[str, list[float]]:
    """Take small probabilities: exp(−90) and exp(−100) are subnormal in float32."""
    z = jnp.array([0.0, -86.0, -90.0, -100.0])
    seen = {"gpu": jax.nn.softmax(z).tolist()}
    with jax.default_device(jax.devices("cpu")[0]):
        seen["cpu"] = jax.nn.softmax(jnp.array(z.tolist())).tolist()
    return seen


def rounded(dtype: jnp.dtype) -> dict[str, float]:
    """Round logits to a narrower type and back: the largest change that is seen."""
    z = jax.random.normal(jax.random.key(4), (64, 1000))

    def change(z: jax.Array) -> jax.Array:
        return z.astype(dtype).astype("float32") - z

    fenced = jax.jit(lambda z: jax.lax.optimization_barrier(z.astype(dtype)))
    return {
        "plain": float(jnp.abs(change(z)).max()),
        "compiled": float(jnp.abs(jax.jit(change)(z)).max()),
        "compiled, fenced": float(jnp.abs(fenced(z).astype("float32") - z).max()),
    }


def as_fp8() -> dict[str, list[str]]:
    """Cast logits to FP8 and back: over the range, and −∞ as a mask."""
    z = jnp.array([1.0, 500.0, 1e5, -jnp.inf])
    return {
        f"{dtype.__name__}, {name}": [
            str(x)
            for x in cast(lambda z, d=dtype: z.astype(d).astype("float32"))(z).tolist()
        ]
        for dtype in (jnp.float8_e4m3fn, jnp.float8_e5m2)
        for name, cast in (("plain", lambda f: f), ("compiled", jax.jit))
    }


def beyond_int32() -> list[float]:
    """Take the last row's loss where there are more than 2³¹ logits."""
    V = 131072
    N = 2**31 // V + 16
    z = jax.random.normal(jax.random.key(0), (N, V), jnp.bfloat16)
    y = jnp.full(N, V - 1)
    alone = by_label(z[-1:].astype(float), y[-1:])[0]
    return [float(jax.jit(by_label)(z, y)[-1]), float(alone)]


def memory_and_time(loss: Callable[..., jax.Array]) -> dict[str, float]:
    """Measure loss and gradients of a bfloat16 layer, V = 65 536."""
    N, D, V = 4096, 1024, 65536
    H = jax.random.normal(jax.random.key(1), (N, D), jnp.bfloat16)
    W = jax.random.normal(jax.random.key(2), (V, D), jnp.bfloat16) / 32
    y = jax.random.randint(jax.random.key(3), (N,), 0, V)
    step = jax.jit(jax.value_and_grad(loss, (0, 1))).lower(H, W, y).compile()
    value, (_, G) = jax.block_until_ready(step(H, W, y))
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        jax.block_until_ready(step(H, W, y))
        times.append((time.perf_counter() - begun) * 1000)
    G = G.astype(jnp.float32)
    return {
        "loss": float(value),
        "temporary MB": step.memory_analysis().temp_size_in_bytes / 1e6,
        "ms": median(times),
        "slowest ms": max(times),
        "sum over classes of the weight gradient, beside its norm": float(
            jnp.linalg.norm(G.sum(0)) / jnp.linalg.norm(G)
        ),
    }


def all_logits(H: jax.Array, W: jax.Array, y: jax.Array) -> jax.Array:
    """Build all logits."""
    return by_label((H @ W.T).astype(jnp.float32), y).mean()


def by_blocks(H: jax.Array, W: jax.Array, y: jax.Array) -> jax.Array:
    """Build them by blocks."""
    from jax_cce import linear_cross_entropy

    return linear_cross_entropy(H, W, y)


def main() -> None:
    """Ask."""
    record = Record("on_jax", "jax jaxlib optax jax-cce")
    for label in (2, -1, 3, -100):
        guess = "0.693" if label in (2, -1) else "nan, gradient (0.2, 0.3, 0.5)"
        record.ask(f"label {label}", guess, partial(at_label, label))
    record.ask(
        "precision of products: relative errors of loss and gradient",
        "default as tensorfloat32: 1e-5 and 5e-4; bfloat16 1e-3, 5e-3; float32 0",
        by_precision,
    )
    for dtype in (jnp.float16, jnp.bfloat16):
        name = dtype.__name__
        for K in (50257, 70000):
            guess = "float16 inf at 70 000 plain, right compiled"
            record.ask(
                f"{K} equal logits, {name}", guess, partial(many_classes, dtype, K)
            )
        record.ask(
            f"mean over N rows, {name}", "0.693, slope 0.5", partial(many_rows, dtype)
        )
    record.ask("small probabilities", "GPU keeps subnormals, CPU has 0", underflow)
    for dtype in (jnp.bfloat16, jnp.float16, jnp.float8_e4m3fn):
        record.ask(
            f"float32 logits rounded to {dtype.__name__} and back: largest change",
            "0 when compiled: the two casts cancel; plain 0.008, 0.001, 0.1",
            partial(rounded, dtype),
        )
    record.ask("logits cast to FP8 and back", "e4m3fn nan, e5m2 inf", as_fp8)
    record.ask("last row of more than 2³¹ logits", "right", beyond_int32)
    record.ask(
        "all logits: memory and time",
        "2.7 GB, 15 ms",
        partial(memory_and_time, all_logits),
    )
    record.ask(
        "jax-cce: memory and time",
        "0.44 and 3 times those",
        partial(memory_and_time, by_blocks),
    )


if __name__ == "__main__":
    main()
