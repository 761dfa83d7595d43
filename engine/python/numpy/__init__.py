"""NumPy for the page's Python: arrays of numpy-ts, under NumPy's names.

Only what hands over is here: operators, indexing, dtypes, and the arguments that NumPy
names. What these modules do not name is asked of numpy-ts by its name.
"""

from numpy._array import generic, ndarray  # noqa: F401
from numpy._dtypes import *  # noqa: F403
from numpy._functions import *  # noqa: F403
from numpy._functions import _handed_over
from numpy._making import *  # noqa: F403
from numpy._reducing import *  # noqa: F403
from numpy._shapes import *  # noqa: F403
from numpy._ufuncs import *  # noqa: F403

inf = float("inf")
nan = float("nan")
e = 2.718281828459045
pi = 3.141592653589793
euler_gamma = 0.5772156649015329
newaxis = None
__version__ = "numpy-ts 1.7.0"


def __getattr__(name):
    if name in ("linalg", "ma", "random", "typing", "exceptions"):
        return __import__("numpy." + name, None, None, ("*",))
    return _handed_over(name)
