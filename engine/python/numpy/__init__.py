"""NumPy for the page's Python: arrays of numpy-ts, under NumPy's names.

Only what hands over is here: operators, indexing, dtypes, and the arguments that NumPy
names. What this module does not name is asked of numpy-ts by its name.
"""

from numpy._core import *
from numpy._core import _handed_over
from numpy import linalg, ma, random, typing

__version__ = "numpy-ts 1.7.0"


def __getattr__(name):
    return _handed_over(name)
