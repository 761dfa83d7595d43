"""The checker, given what a fuzzer makes of the formulas of this site: `make fuzz`.

``target`` runs in a process of its own, in which atheris follows which branches of
``mathcheck`` an input takes and keeps what takes new ones; ``seeds`` are what it begins
with, ``measure`` says what must hold for every input, and ``__main__`` tries again,
without the fuzzer, what did not seem to.
"""
