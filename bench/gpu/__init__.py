"""Cross-entropy kernels on a GPU, measured: ``python -m bench.gpu OUT.json``.

Each part runs in a process of its own and writes its answers; ``record`` keeps beside
each question the guess that was written down before the run.
"""
