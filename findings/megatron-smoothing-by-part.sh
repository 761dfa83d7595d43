#!/usr/bin/env bash
# Expected: Megatron's cross-entropy of logits that are split by class over several processes is the same number in
# each of them, and the same however many they are; its gradient sums to zero over the classes.
# Seen: with label_smoothing it is not. The mean of the log-probabilities, and the number of classes that spreads the
# smoothed mass, are taken over the part of one process. With 8 classes over 2 processes the two report different
# losses, neither of them that of 1 process, and the gradient sums to -0.13. Without smoothing all agree.
# Why it matters: tensor parallelism is meant to change where a sum is computed, not what. The loss that a run logs is that
# of one rank, and a run resumed with another number of processes goes on with another loss.
# Versions: megatron-core 0.16.1, torch 2.13.0, numpy 2.4.6; gloo. Seen with Python 3.11. Output seen:
# 1 process, smoothing 0.1: loss 3.3309 (right); 2 processes: losses 3.2928 and 3.3428, gradient sums to -0.1333 (right: 0)
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q --no-deps megatron-core==0.16.1
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6 packaging==26.3
cat >split.py <<'PY'
import sys

import torch
import torch.distributed as dist

LOGITS = [0.5, -1.0, 2.0, 0.0, 1.5, -0.5, -2.0, 1.0]


def main(rank, processes, store):
    dist.init_process_group("gloo", init_method=f"file://{store}{processes}", rank=rank, world_size=processes)
    from megatron.core import parallel_state
    from megatron.core.tensor_parallel import vocab_parallel_cross_entropy

    parallel_state.initialize_model_parallel(tensor_model_parallel_size=processes)
    found = {}
    for eps in (0.0, 0.1):
        z = torch.tensor(LOGITS).view(1, 1, -1)
        part = z.chunk(processes, -1)[rank].clone().requires_grad_()
        # a copy, since the function overwrites float32 logits
        loss = vocab_parallel_cross_entropy(part.clone(), torch.tensor([[5]]), eps)
        loss.sum().backward()
        total = part.grad.sum()
        dist.all_reduce(total)
        losses = [torch.zeros(1) for _ in range(processes)]
        dist.all_gather(losses, loss.detach().view(1))
        found[eps] = [round(loss.item(), 4) for loss in losses], round(total.item(), 4)
    if rank == 0:
        logp = torch.log_softmax(torch.tensor(LOGITS), 0)
        rest = 0.1 * (logp.sum() - logp[5]) / 7  # the smoothed mass on the 7 others
        right = {0.0: -logp[5].item(), 0.1: (-0.9 * logp[5] - rest).item()}
        for eps, (losses, total) in found.items():
            print(f"{processes} processes, smoothing {eps}: losses {losses} (expected {right[eps]:.4f}), gradient sums to {total} (expected 0)")
            agrees = all(abs(loss - right[eps]) < 1e-3 for loss in losses) and abs(total) < 1e-3
            assert agrees == (processes == 1 or eps == 0.0)
        if processes > 1:
            assert len(set(found[0.1][0])) == processes
    dist.destroy_process_group()


if __name__ == "__main__":
    for processes in (1, 2):
        torch.multiprocessing.spawn(main, (processes, sys.argv[1]), nprocs=processes)
PY
venv/bin/python -W ignore split.py "$tmp/store" 2>errors || { cat errors; exit 1; }
