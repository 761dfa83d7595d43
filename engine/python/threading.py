"""Threads, which the page's Python has not."""


def __getattr__(name):
    raise RuntimeError("the page's Python has no threads")
