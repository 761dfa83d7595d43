"""NumPy for the page's Python: arrays of numpy-ts, under NumPy's names.

Only what hands over is here: operators, indexing, dtypes, and the arguments that NumPy
names. What this module does not name is asked of numpy-ts by its name.
"""

from numpy import linalg, ma, random, typing  # noqa: F401  (as NumPy has them)
from numpy._core import *  # noqa: F403
from numpy._core import _handed_over

__version__ = "numpy-ts 1.7.0"


def __getattr__(name):
    return _handed_over(name)
