"""Cross-entropy of a vocabulary in shards, by PyTorch's processes.

    python -m tests.shards.with_torch FOLDER

writes FOLDER/0.json, FOLDER/1.json, ...: what each process found, and what it sent.
"""

import json
import sys
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch._dynamo  # of which DTensor has need: once, and not in each process
import torch.distributed as dist
from torch.autograd.profiler import profile
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.tensor import DTensor, Replicate, Shard
from torch.distributed.tensor.parallel import loss_parallel

from snippets.scale import (
    logsumexp_of,
    merge_logsumexp,
    shard_gradient,
    shard_logit,
    shard_state,
)
from tests.shards.problem import K, N, layer

PROCESSES = 4
H = K // PROCESSES


def two_rounds(X: Any, W: Any, labels: Any, start: int) -> Any:
    """Reduce first the maxima, then the sums and the true logits."""
    Z = X @ W
    y = start + torch.arange(H) == labels[:, None]
    mu = Z.max(dim=1).values
    dist.all_reduce(mu, dist.ReduceOp.MAX)
    e = torch.exp(Z - mu[:, None])
    sums = torch.stack([e.sum(dim=1), torch.where(y, Z, 0).sum(dim=1)])
    dist.all_reduce(sums)
    total, own = sums
    G = (e / total[:, None] - y.double()) / N
    dX = G @ W.T
    dist.all_reduce(dX)
    return mu - own + total.log(), dX, X.T @ G


def one_round(X: Any, W: Any, labels: Any, start: int) -> Any:
    """Share the states, and let each process merge all of them."""
    X, W, labels = X.numpy(), W.numpy(), labels.numpy()
    Z = X @ W
    part = torch.from_numpy(np.array([*shard_state(Z), shard_logit(Z, labels, start)]))
    parts = [torch.empty_like(part) for _ in range(PROCESSES)]
    dist.all_gather(parts, part)
    state = reduce(merge_logsumexp, [(m.numpy(), s.numpy()) for m, s, _ in parts])
    own = sum(true.numpy() for _, _, true in parts)
    G = shard_gradient(Z, state, labels, start) / N
    dX = torch.from_numpy(G @ W.T)
    dist.all_reduce(dX)
    return logsumexp_of((state[0] - own, state[1])), dX, X.T @ G


def of_pytorch(X: Any, W: Any, labels: Any, start: int) -> Any:
    """Let PyTorch’s own `loss_parallel` do it, and autograd."""
    mesh = init_device_mesh("cpu", (PROCESSES,))
    x = DTensor.from_local(X, mesh, [Replicate()]).requires_grad_()
    w = DTensor.from_local(W, mesh, [Shard(1)]).requires_grad_()
    with loss_parallel():
        losses = torch.nn.functional.cross_entropy(x @ w, labels, reduction="none")
        losses.mean().backward()
    return losses.to_local().detach(), x.grad.full_tensor(), w.grad.to_local()


def work(rank: int, folder: str) -> None:
    """Be one of the processes."""
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo", init_method=f"file://{folder}/meet", rank=rank, world_size=PROCESSES
    )
    start = H * rank
    X, W, labels = map(torch.from_numpy, layer())
    shard = W[:, start : start + H].contiguous()
    found = {}
    for way in (two_rounds, one_round, of_pytorch):
        with profile(use_kineto=False, record_shapes=True) as seen:
            losses, dX, dW = map(np.asarray, way(X, shard, labels, start))
        found[way.__name__] = {
            "sent": [
                (event.name.removeprefix("gloo:"), event.input_shapes)
                for event in seen.function_events
                if event.name.startswith("gloo:")
            ],
            "losses": losses.tolist(),
            "dX": dX.tolist(),
            "dW": dW.tolist(),
        }
    Path(folder, f"{rank}.json").write_text(json.dumps(found), "utf-8")
    dist.destroy_process_group()


if __name__ == "__main__":
    # Forked, so that what was imported is there
    torch.multiprocessing.start_processes(
        work, (sys.argv[1],), nprocs=PROCESSES, start_method="fork"
    )
