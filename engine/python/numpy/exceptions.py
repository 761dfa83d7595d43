"""What NumPy raises besides Python's exceptions."""

from numpy._bridge import AxisError  # noqa: F401
