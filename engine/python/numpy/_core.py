"""The arrays themselves: see the package."""

import builtins

import _arrays
from _engine import _isinstance  # the built-in one: no type of NumPy is asked for here
from jsffi import to_js

inf = float("inf")
nan = float("nan")
e = 2.718281828459045
pi = 3.141592653589793
euler_gamma = 0.5772156649015329
newaxis = None


class _Slices:
    """Slices, which MicroPython makes of brackets alone."""

    def __getitem__(self, index):
        return index


_sliced = _Slices()
_all = _sliced[:]
_SCALED = 2.0**1000  # arrays.js says why


def _number(answer):
    """Return what arrays.js let out, as a number."""
    if type(answer) in (int, float, bool):
        return answer
    return float(answer) if type(answer) is str else answer[0] * _SCALED


_bound = {}  # to look a function up takes longer than to call it


def _ask(name, *given):
    """Call a function of arrays.js; what it refused is raised here."""
    function = _bound.get(name)
    if function is None:
        function = _bound[name] = getattr(_arrays, name)
    answer = function(*given)
    if answer is None:
        _raise_failure()
    return answer


def _raise_failure():
    failure = _arrays.failure()
    if failure:
        kind, said = failure.split(":", 1)
        raise getattr(builtins, kind)(said)


# dtypes

_SIZES = {
    "bool": 1,
    "int8": 1,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "uint8": 1,
    "uint16": 2,
    "uint32": 4,
    "uint64": 8,
    "float16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
}
_SHORT = {
    "?": "bool",
    "b": "int8",
    "i": "int32",
    "l": "int64",
    "q": "int64",
    "e": "float16",
    "f": "float32",
    "d": "float64",
    "F": "complex64",
    "D": "complex128",
    "f2": "float16",
    "f4": "float32",
    "f8": "float64",
    "c8": "complex64",
    "c16": "complex128",
    "i1": "int8",
    "i2": "int16",
    "i4": "int32",
    "i8": "int64",
    "u1": "uint8",
    "u2": "uint16",
    "u4": "uint32",
    "u8": "uint64",
    "int": "int64",
    "float": "float64",
    "complex": "complex128",
    "half": "float16",
    "single": "float32",
    "double": "float64",
    "intp": "int64",
}
_ORDER = "buifc"


class dtype:
    """The kind of an array's numbers: dtype("float64")."""

    def __init__(self, of):
        self.name = _dtype_name(of)
        self.kind = self.name[0]
        self.itemsize = _SIZES[self.name]

    @property
    def type(self):
        return _TYPES[self.name]

    def __repr__(self):
        return "dtype('{}')".format(self.name)

    def __str__(self):
        return self.name

    def __eq__(self, other):
        try:
            return self.name == _dtype_name(other)
        except TypeError:
            return False

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.name)


class _Type:
    """A scalar type, or a kind of them: np.float64, np.floating.

    Not a class, since MicroPython's classes take no subscript; `isinstance` of the
    page's Python knows it.
    """

    def __init__(self, name, kinds):
        self.__name__ = name
        self.kinds = kinds

    def __call__(self, value=0):
        return generic(array(value, dtype=self.__name__)._handle)

    def __getitem__(self, parameters):
        return self

    def __or__(self, other):
        return (self, other)

    def __ror__(self, other):
        return (other, self)

    def __repr__(self):
        return "<class 'numpy.{}'>".format(self.__name__)

    def holds(self, value):
        if not isinstance(value, generic):
            return False
        name = value.dtype.name
        return name == self.__name__ if self.kinds is None else name[0] in self.kinds


_TYPES = {name: _Type(name, None) for name in _SIZES}
bool_ = _TYPES["bool"]
int8, int16, int32, int64 = (_TYPES["int" + n] for n in ("8", "16", "32", "64"))
uint8, uint16, uint32, uint64 = (_TYPES["uint" + n] for n in ("8", "16", "32", "64"))
float16, float32, float64 = (_TYPES["float" + n] for n in ("16", "32", "64"))
complex64, complex128 = _TYPES["complex64"], _TYPES["complex128"]
intp = int_ = int64
half, single, double = float16, float32, float64
number = _Type("number", "iufc")
integer = _Type("integer", "iu")
signedinteger = _Type("signedinteger", "i")
unsignedinteger = _Type("unsignedinteger", "u")
inexact = _Type("inexact", "fc")
floating = _Type("floating", "f")
complexfloating = _Type("complexfloating", "c")


def _dtype_name(of):
    if of is None:
        return "float64"
    if _isinstance(of, dtype):
        return of.name
    if _isinstance(of, _Type):
        if of.kinds is None:
            return of.__name__
        raise TypeError("{!r} is not the type of one kind of numbers".format(of))
    if of is float:
        return "float64"
    if of is int:
        return "int64"
    if of is bool:
        return "bool"
    if of is complex:
        return "complex128"
    if _isinstance(of, str):
        name = _SHORT.get(of, of)
        if name in _SIZES:
            return name
    raise TypeError("data type {!r} not understood".format(of))


_DTYPES = {name: dtype(name) for name in _SIZES}
_WEAK = {bool: "b", int: "i", float: "f", complex: "c"}


def _operands(given):
    """Return arrays, and numbers with their kind, as arrays.js takes them."""
    operands = []
    for value in given:
        weak = _WEAK.get(type(value))
        if weak is None:
            operands.append(
                value._handle if _isinstance(value, _Array) else asarray(value)._handle
            )
            operands.append("")
        else:
            operands.append(
                to_js([value.real, value.imag]) if weak == "c" else float(value)
            )
            operands.append(weak)
    return operands


def result_type(*given):
    given = [
        zeros((), g)
        if _isinstance(g, (dtype, _Type, str)) or g in (float, int, bool, complex)
        else g
        for g in given
    ]
    return dtype(_ask("common", *_operands(given)))


def _promoted(first, second):
    return first if first == second else result_type(dtype(first), dtype(second)).name


promote_types = result_type


def _kind_of(value):
    return {bool: "bool", int: "int64", float: "float64", complex: "complex128"}[
        type(value)
    ]


# making arrays


def _flatten(values, flat, depth, shape):
    """Collect the numbers of nested sequences, and the one shape that they have."""
    if _isinstance(values, _Array):
        if values.ndim == 0:
            flat.append(values.item())
            if len(shape) != depth:
                raise ValueError(_RAGGED)
            return
        values = values.tolist()
    if type(values) in (list, tuple, range) or hasattr(values, "__next__"):
        if len(shape) == depth:
            if flat:
                raise ValueError(_RAGGED)
            shape.append(len(values))
        elif len(shape) < depth or shape[depth] != len(values):
            raise ValueError(_RAGGED)
        if not values:
            while len(shape) > depth + 1:
                raise ValueError(_RAGGED)
        for value in values:
            _flatten(value, flat, depth + 1, shape)
        return
    if len(shape) != depth:
        raise ValueError(_RAGGED)
    flat.append(values)


_RAGGED = (
    "setting an array element with a sequence. The requested array has an "
    "inhomogeneous shape"
)


def array(values, dtype=None, copy=True, ndmin=0):
    """Return an array of numbers in nested sequences."""
    if _isinstance(values, _Array):
        made = values._handle
        name = values.dtype.name if dtype is None else _dtype_name(dtype)
        if copy or name != values.dtype.name:
            made = _ask("cast", made, name)
        made = ndarray(made)
    else:
        flat, shape = [], []
        _flatten(values, flat, 0, shape)
        if len(flat) == 1 and type(flat[0]) is _Things:
            return values
        name = None if dtype is None else _dtype_name(dtype)
        made = _filled(flat, shape, name, values)
        if made is None:
            return _Things(flat, tuple(shape))
        made = ndarray(made)
    while made.ndim < ndmin:
        made = made[None]
    return made


class _Things:
    """An array of what are no numbers: it can be looked at, and refused."""

    def __init__(self, flat, shape):
        self.shape, self.ndim, self.size = shape, len(shape), len(flat)
        self.dtype = object.__new__(dtype)
        self.dtype.kind, self.dtype.name = "O", "object"
        kinds = {type(value) for value in flat}
        if kinds == {bytes}:
            width = builtins.max([len(value) for value in flat])
            self.dtype.kind, self.dtype.name = "S", "|S{}".format(width or 1)
        elif str in kinds and not kinds - {str, bytes, bool, int, float, complex}:
            # The widths that NumPy gives to numbers
            width = {bool: 5, int: 21, float: 32, complex: 64}
            width = builtins.max(
                [width.get(type(value)) or len(value) for value in flat]
            )
            self.dtype.kind, self.dtype.name = "U", "<U{}".format(width or 1)
            flat = [
                value.decode() if type(value) is bytes else str(value) for value in flat
            ]
        self.flat = flat

    def __str__(self):
        if not self.ndim:
            return str(self.flat[0])
        return "[" + " ".join([repr(value) for value in self.flat]) + "]"


def _dtypes_within(values):
    if _isinstance(values, _Array):
        return [values.dtype.name]
    if type(values) in (list, tuple):
        return [name for value in values for name in _dtypes_within(value)]
    return []


def _filled(flat, shape, name, values):
    known = name
    if known is None:
        known = "bool" if flat else "float64"
        for value in flat:
            if type(value) not in _WEAK:
                return None
            known = _promoted(known, _kind_of(value))
            if known == "complex128":
                break
        strong = _dtypes_within(values)
        if (strong and len(strong) == len(flat)) or (
            len(strong) > 0 and known[0] == strong[0][0]
        ):
            known = strong[0]
            for other in strong[1:]:
                known = _promoted(known, other)
    if known[0] == "c":
        parts = []
        for value in flat:
            value = complex(value)
            parts.append(value.real)
            parts.append(value.imag)
        numbers = parts
    elif known == "bool":
        numbers = [1.0 if value else 0.0 for value in flat]
    elif known[0] in "iu":
        numbers = [float(int(value)) for value in flat]
    else:
        numbers = [float(value) for value in flat]
    return _ask("make", to_js(numbers), to_js(list(shape)), known)


def asarray(values, dtype=None, copy=False):
    """Return the array itself, or one of nested sequences."""
    if _isinstance(values, ndarray) and (dtype is None or values.dtype == dtype):
        return values
    return array(values, dtype, copy=copy)


asanyarray = asarray


def ascontiguousarray(values, dtype=None):
    a = asarray(values, dtype)
    return a if _arrays.strided(a._handle) else a.copy()


def _shape(shape):
    if _isinstance(shape, _Array):
        shape = shape.tolist()
    return to_js(
        [int(n) for n in shape] if type(shape) in (tuple, list) else [int(shape)]
    )


def full(shape, fill_value, dtype=None):
    value = array(fill_value, dtype)
    return ndarray(_ask("full", _shape(shape), value._handle, value.dtype.name))


def zeros(shape, dtype=float):
    return full(shape, 0, dtype)


def ones(shape, dtype=float):
    return full(shape, 1, dtype)


empty = zeros


def full_like(a, fill_value, dtype=None, shape=None):
    a = asarray(a)
    return full(a.shape if shape is None else shape, fill_value, dtype or a.dtype)


def zeros_like(a, dtype=None, shape=None):
    return full_like(a, 0, dtype, shape)


def ones_like(a, dtype=None, shape=None):
    return full_like(a, 1, dtype, shape)


empty_like = zeros_like


def eye(N, M=None, k=0, dtype=float):
    return ndarray(_ask("call", "eye", N, N if M is None else M, k, _dtype_name(dtype)))


identity = eye


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    start, stop, step = [_plain(value) for value in (start, stop, step)]
    if dtype is None:
        whole = type(start) is int and type(stop) is int and type(step) is int
        dtype = int64 if whole else array([start, stop, step]).dtype
    made = _ask(
        "call", "arange", float(start), float(stop), float(step), _dtype_name(dtype)
    )
    return ndarray(made)


def _plain(value):
    """Return a number as one of Python."""
    return value.item() if _isinstance(value, _Array) else value


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    steps = (num - 1) if endpoint else num
    start, stop = asarray(start, float), asarray(stop, float)
    if num == 0:
        return zeros(0)
    made = arange(0.0, float(num))
    if steps:
        step = (stop - start) / steps
        made = made * step + start
        if endpoint and num > 1:
            made[-1] = stop
    else:
        made = made * 0.0 + start
    return made if dtype is None else made.astype(dtype)


# arrays


def _axes(axis):
    if axis is None:
        return None
    return to_js(list(axis)) if type(axis) is tuple else axis


def _defers(value):
    """Whether the value takes functions of arrays into its own hands."""
    return not _isinstance(value, _Array) and hasattr(value, "__array_ufunc__")


class ufunc:
    """A function of numbers, entry by entry, under NumPy's rules of dtype."""

    def __init__(self, name, nin, theirs=None, kinds="", to=None):
        self.__name__ = name
        self.nin = nin
        self._theirs = theirs or name
        self._kinds = kinds  # of dtypes that become float64 first
        self._to = to

    def __repr__(self):
        return "<ufunc '{}'>".format(self.__name__)

    def __call__(self, *given, **options):
        if options or len(given) != self.nin:
            return self._called(given, options)
        operands = []
        for value in given:
            kind = type(value)
            if kind is ndarray or kind is generic:
                operands.append(value._handle)
                operands.append("")
            elif kind is float:
                operands.append(value)
                operands.append("f")
            elif kind is int:
                operands.append(float(value))
                operands.append("i")
            else:
                return self._called(given, options)
        answer = _element(_ask("ufunc", self._theirs, self._kinds, *operands))
        return answer.astype(self._to) if self._to else answer

    def _called(self, given, options):
        """Answer what is not asked of arrays and real numbers alone."""
        if len(given) > self.nin:
            options["out"] = given[self.nin]
            given = given[: self.nin]
        if len(given) < self.nin:
            raise TypeError(
                "{}() takes from {} to {} positional arguments but {} were "
                "given".format(self.__name__, self.nin, self.nin + 1, len(given))
            )
        for value in given:
            if _defers(value):
                return value.__array_ufunc__(self, "__call__", *given, **options)
        place = options.pop("out", None)
        where = options.pop("where", True)
        wanted = options.pop("dtype", None)
        if options:
            raise TypeError(
                "{}() takes no argument {!r}".format(self.__name__, next(iter(options)))
            )
        if wanted:
            given = [asarray(value, wanted) for value in given]
        answer = _element(_ask("ufunc", self._theirs, self._kinds, *_operands(given)))
        if self._to:
            answer = answer.astype(self._to)
        if place is not None:
            if type(place) is tuple:
                place = place[0]
            if where is True:
                place[...] = answer
            else:
                place[where] = broadcast_to(answer, place.shape)[where]
            return place
        return answer

    def at(self, a, indices, values=None):
        sign = {"add": 1, "subtract": -1}.get(self.__name__)
        if sign is None:
            raise TypeError("{}.at is not in the page's NumPy".format(self.__name__))
        _ask(
            "accumulate", a._handle, asarray(values)._handle, sign, *_parts(a, indices)
        )

    def reduce(self, a, axis=0, keepdims=False):
        method = {
            "add": "sum",
            "multiply": "prod",
            "maximum": "max",
            "minimum": "min",
            "logical_and": "all",
            "logical_or": "any",
        }.get(self.__name__)
        if method:
            return getattr(asarray(a), method)(axis=axis, keepdims=keepdims)
        a = moveaxis(asarray(a), axis, 0)
        total = a[0]
        for row in a[1:]:
            total = self(total, row)
        return total

    def outer(self, a, b):
        a, b = asarray(a), asarray(b)
        return self(a.reshape(a.shape + (1,) * b.ndim), b)


def _common(given):
    """Return arrays of one dtype."""
    given = [value if type(value) in _WEAK else asarray(value) for value in given]
    name = result_type(*given).name
    return [asarray(value).astype(name, copy=False)._handle for value in given]


def _element(handle):
    """Return an array, or a scalar where no axes are left."""
    return ndarray(handle) if handle.ndim else generic(handle, ())


def _lengths(handle):
    text = handle.lengths
    return tuple([int(n) for n in text.split(",")]) if text else ()


class _Array:
    """What arrays and scalars have in common."""

    def __init__(self, handle, shape=None):
        self._handle = handle
        self._shape = shape  # asked for once, as the dtype: a question costs time
        self._dtype = None

    @property
    def shape(self):
        if self._shape is None:
            self._shape = _lengths(self._handle)
        return self._shape

    @property
    def dtype(self):
        if self._dtype is None:
            self._dtype = _DTYPES[self._handle.dtype]
        return self._dtype

    @property
    def ndim(self):
        return self._handle.ndim

    @property
    def size(self):
        product = 1
        for n in self.shape:
            product *= n
        return product

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.size * self.itemsize

    @property
    def T(self):
        return self.transpose()

    @property
    def real(self):
        return real(self)

    @property
    def imag(self):
        return imag(self)

    @property
    def flat(self):
        return self.ravel()

    def __len__(self):
        shape = self.shape
        if not shape:
            raise TypeError("len() of unsized object")
        return shape[0]

    def __iter__(self):
        if not self.shape:
            raise TypeError("iteration over a 0-d array")
        return (self[i] for i in range(len(self)))

    def __bool__(self):
        if self.size != 1:
            raise ValueError(
                "The truth value of an array with more than one element is ambiguous. "
                "Use a.any() or a.all()"
            )
        return bool(self.item())

    # Not __float__: MicroPython's floats would ask it in 0.1 * array, and take a number
    def _float(self):
        if self.size != 1 or self.ndim:
            raise TypeError(
                "only 0-dimensional arrays can be converted to Python scalars"
            )
        number = self.item()
        return number.real if type(number) is complex else float(number)

    def __int__(self):
        if self.size != 1 or self.ndim:
            raise TypeError(
                "only 0-dimensional arrays can be converted to Python scalars"
            )
        return int(self.item())

    def __index__(self):
        if self.dtype.kind not in "iu" or self.ndim:
            raise TypeError(
                "only integer scalar arrays can be converted to a scalar index"
            )
        return int(self.item())

    def _complex(self):
        return complex(self.item())

    def __repr__(self):
        return _arrays.text(self._handle, isinstance(self, generic), False)

    def __str__(self):
        return _arrays.text(self._handle, isinstance(self, generic), True)

    def __format__(self, spec):
        if not self.ndim:
            return format(self.item(), spec) if spec else str(self)
        if spec:
            raise TypeError(
                "unsupported format string passed to numpy.ndarray.__format__"
            )
        return str(self)

    def __hash__(self):
        if self.ndim:
            raise TypeError("unhashable type: 'numpy.ndarray'")
        return hash(self.item())

    def item(self, *place):
        if place:
            return self[place if len(place) > 1 else place[0]].item()
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return _python(_ask("item", self._handle, 0), self.dtype.kind)

    def tolist(self):
        kind = self.dtype.kind
        flat = [_python(one, kind) for one in _ask("list", self._handle)]
        if not self.shape:
            return flat[0]
        for n in reversed(self.shape[1:]):
            flat = (
                [flat[i : i + n] for i in range(0, len(flat), n)]
                if n
                else [[] for _ in range(self.shape[0])]
            )
        return flat

    # operators: the ufuncs further down

    def __neg__(self):
        return negative(self)

    def __pos__(self):
        return self.copy()

    def __abs__(self):
        return absolute(self)

    def __invert__(self):
        return logical_not(self) if self.dtype.kind == "b" else invert(self)

    def __getitem__(self, index):
        return _get(self, index)

    def astype(self, dtype, copy=True):
        name = _dtype_name(dtype)
        if not copy and name == self.dtype.name:
            return self
        return type(self)(_ask("cast", self._handle, name))

    def copy(self):
        return type(self)(_ask("copy", self._handle))

    def reshape(self, *shape):
        if len(shape) == 1 and type(shape[0]) in (tuple, list):
            shape = shape[0]
        wanted = [int(n) for n in shape]
        if -1 in wanted:
            rest = 1
            for n in wanted:
                rest *= n if n != -1 else 1
            wanted[wanted.index(-1)] = self.size // rest if rest else 0
        product = 1
        for n in wanted:
            product *= n
        if product != self.size:
            raise ValueError(
                "cannot reshape array of size {} into shape {}".format(
                    self.size, tuple(shape)
                )
            )
        return ndarray(_ask("call", "reshape", self._handle, to_js(wanted)))

    def ravel(self):
        return self.reshape(-1)

    def flatten(self):
        return self.reshape(-1).copy()

    def transpose(self, *axes):
        if len(axes) == 1 and type(axes[0]) in (tuple, list):
            axes = axes[0]
        axes = to_js(list(axes)) if axes else None
        return type(self)(
            _ask("call", "transpose", self._handle, *([axes] if axes else []))
        )

    def swapaxes(self, first, second):
        return swapaxes(self, first, second)

    def squeeze(self, axis=None):
        return squeeze(self, axis)

    def fill(self, value):
        self[...] = value

    def round(self, decimals=0):
        return round_(self, decimals)

    def clip(self, min=None, max=None):
        return clip(self, min, max)

    def dot(self, other):
        return dot(self, other)

    def nonzero(self):
        return nonzero(self)

    def repeat(self, repeats, axis=None):
        return repeat(self, repeats, axis)

    def take(self, indices, axis=None):
        return take(self, indices, axis)

    def sort(self, axis=-1):
        self[...] = sort(self, axis)

    def argsort(self, axis=-1):
        return argsort(self, axis)

    def cumsum(self, axis=None):
        return cumsum(self, axis)

    def trace(self):
        return trace(self)

    def conj(self):
        return conj(self)

    def sum(self, axis=None, dtype=None, out=None, keepdims=False):
        return _reduce("sum", self, axis, keepdims, dtype, out)

    def prod(self, axis=None, dtype=None, out=None, keepdims=False):
        return _reduce("prod", self, axis, keepdims, dtype, out)

    def mean(self, axis=None, dtype=None, out=None, keepdims=False):
        a = self if dtype is None else self.astype(dtype)
        if a.dtype.kind in "biu":
            a = a.astype(float)
        total = a.sum(axis=axis, keepdims=keepdims)
        answer = total / (a.size // builtins.max(total.size, 1))
        if out is not None:
            out[...] = answer
        return answer

    def max(self, axis=None, out=None, keepdims=False):
        return _reduce("max", self, axis, keepdims, None, out)

    def min(self, axis=None, out=None, keepdims=False):
        return _reduce("min", self, axis, keepdims, None, out)

    def all(self, axis=None, out=None, keepdims=False):
        return _reduce("all", self, axis, keepdims, None, out)

    def any(self, axis=None, out=None, keepdims=False):
        return _reduce("any", self, axis, keepdims, None, out)

    def argmax(self, axis=None, keepdims=False):
        return _positions("argmax", self, axis, keepdims)

    def argmin(self, axis=None, keepdims=False):
        return _positions("argmin", self, axis, keepdims)

    def var(self, axis=None, ddof=0, keepdims=False):
        deviation = self - self.mean(axis=axis, keepdims=True)
        squares = (deviation * conj(deviation)).real
        total = squares.sum(axis=axis, keepdims=keepdims)
        return total / (self.size / builtins.max(total.size, 1) - ddof)

    def std(self, axis=None, ddof=0, keepdims=False):
        return sqrt(self.var(axis, ddof, keepdims))


class ndarray(_Array):
    """An array of numpy-ts."""

    def __setitem__(self, index, value):
        value = (value if _isinstance(value, _Array) else asarray(value))._handle
        if _basic(index):
            _ask("assign", _viewed(self, index), value)
        else:
            _ask("put", self._handle, value, *_parts(self, index))

    def __class_getitem__(cls, of):
        return cls


class generic(_Array):
    """A scalar: one number with a dtype."""

    def __setitem__(self, index, value):
        raise TypeError(
            "'numpy.{}' object does not support item assignment".format(self.dtype)
        )


def _python(answer, kind):
    """Return the Python number of an entry."""
    if kind == "c":
        return complex(float(_number(answer[1])), float(_number(answer[2])))
    if kind == "b":
        return bool(answer)
    value = _number(answer)
    return float(value) if kind == "f" else int(value)


# indexing


def _basic(index):
    parts = index if type(index) is tuple else (index,)
    for part in parts:
        if part is None or part is Ellipsis or type(part) in (int, slice):
            continue
        if _isinstance(part, generic) and part.dtype.kind in "iu":
            continue
        return False
    return True


def _spelled(a, index):
    """Return the parts of an index, one for each axis; Ellipsis is spelled out."""
    parts = list(index) if type(index) is tuple else [index]
    used = 0
    for part in parts:
        if part is None or part is Ellipsis:
            continue
        used += part.ndim if _mask(part) and part.ndim else 1
    if used and type(a) is generic:
        raise IndexError("invalid index to scalar variable.")
    if used > a.ndim:
        raise IndexError(
            "too many indices for array: array is {}-dimensional, but {} were "
            "indexed".format(a.ndim, used)
        )
    spelled, seen = [], False
    for part in parts:
        if part is Ellipsis:
            if seen:
                raise IndexError("an index can only have a single ellipsis ('...')")
            seen = True
            spelled += [_all] * (a.ndim - used)
        else:
            spelled.append(part)
    if not seen:
        spelled += [_all] * (a.ndim - used)
    return spelled


def _mask(part):
    return _isinstance(part, _Array) and part.dtype.kind == "b"


def _part(part):
    if part is None:
        return None
    if type(part) is slice:
        return to_js(
            [
                None if end is None else int(end)
                for end in (part.start, part.stop, part.step)
            ]
        )
    if _isinstance(part, ndarray) or _mask(part):
        return part._handle
    return int(part)


def _parts(a, index):
    """Return the parts of an index as arrays.js takes them."""
    if type(index) is list:
        index = asarray(index)
    if type(index) is tuple:
        index = tuple(
            [asarray(part) if type(part) in (list, range) else part for part in index]
        )
    return [_part(part) for part in _spelled(a, index)]


def _viewed(a, index):
    return _ask("view", a._handle, *[_part(part) for part in _spelled(a, index)])


def _get(a, index):
    if type(index) is int and a._handle.ndim:
        return _element(_ask("view", a._handle, index))
    if _basic(index):
        found = _element(_viewed(a, index))
        whole = index is Ellipsis or (type(index) is tuple and Ellipsis in index)
        return ndarray(found._handle, ()) if whole and not found.shape else found
    return _element(_ask("at", a._handle, *_parts(a, index)))


# functions


def _reduce(name, a, axis, keepdims, dtype=None, out=None):
    if dtype is not None:
        a = a.astype(dtype)
    axes = () if axis is None else axis if type(axis) is tuple else (axis,)
    if axis == ():
        return a.copy()
    answer = _element(_ask("reduce", name, a._handle, keepdims, *axes))
    if out is not None:
        out[...] = answer
        return out
    return answer


def _positions(name, a, axis, keepdims):
    a = asarray(a)
    if a.size == 0:
        raise ValueError("attempt to get {} of an empty sequence".format(name))
    answer = _ask(
        "call",
        name,
        (a if a.ndim else a.reshape(1))._handle,
        *([] if axis is None else [axis]),
    )
    answer = _element(answer).astype(int)
    if keepdims:
        axes = range(a.ndim) if axis is None else [axis % a.ndim]
        answer = asarray(answer).reshape(
            [1 if i in axes else n for i, n in enumerate(a.shape)]
        )
    return answer


def _reducing(name):
    def function(a, axis=None, dtype=None, out=None, keepdims=False):
        if not _isinstance(a, _Array) and hasattr(a, "__array_function__"):
            return getattr(a, name)(*([] if axis is None else [axis]))
        return _reduce(name, asarray(a), axis, keepdims, dtype, out)

    return function


sum = _reducing("sum")
prod = _reducing("prod")


def mean(a, axis=None, dtype=None, out=None, keepdims=False):
    return asarray(a).mean(axis, dtype, out, keepdims)


max = amax = _reducing("max")
min = amin = _reducing("min")
all = _reducing("all")
any = _reducing("any")


def argmax(a, axis=None, keepdims=False):
    return asarray(a).argmax(axis, keepdims)


def argmin(a, axis=None, keepdims=False):
    return asarray(a).argmin(axis, keepdims)


def var(a, axis=None, ddof=0, keepdims=False):
    return asarray(a).var(axis, ddof, keepdims)


def std(a, axis=None, ddof=0, keepdims=False):
    return asarray(a).std(axis, ddof, keepdims)


_OF_FLOATS = "biu"  # whole numbers become floats first
for _name in (
    "exp exp2 expm1 log log2 log10 log1p sqrt cbrt sin cos tan arcsin arccos arctan "
    "sinh cosh tanh arcsinh arccosh arctanh rint floor ceil trunc"
).split():
    globals()[_name] = ufunc(_name, 1, kinds=_OF_FLOATS)
for _name in "isnan isinf isfinite isneginf isposinf signbit".split():
    globals()[_name] = ufunc(_name, 1, kinds=_OF_FLOATS)
for _name in "negative absolute sign square conj logical_not invert reciprocal".split():
    globals()[_name] = ufunc(_name, 1)
for _name in "logaddexp logaddexp2 hypot arctan2 copysign nextafter".split():
    globals()[_name] = ufunc(_name, 2, kinds=_OF_FLOATS)
divide = true_divide = ufunc("divide", 2, kinds=_OF_FLOATS)
for _name in (
    "add subtract multiply power floor_divide remainder maximum minimum fmax fmin "
    "equal not_equal less less_equal greater greater_equal "
    "logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor "
    "left_shift right_shift"
).split():
    globals()[_name] = ufunc(_name, 2)
abs = fabs = absolute
mod = remainder
pow = power
bitwise_not = invert
conjugate = conj


def _operator(function, reflected=False):
    def method(self, other):
        if type(other) not in (int, float, bool, complex) and not _isinstance(
            other, (_Array, list, tuple)
        ):
            if not _defers(other):
                return NotImplemented
        return function(other, self) if reflected else function(self, other)

    return method


_IN_PLACE_TOO = {
    "add": add,
    "sub": subtract,
    "mul": multiply,
    "truediv": divide,
    "floordiv": floor_divide,
    "mod": remainder,
    "pow": power,
    "and": bitwise_and,
    "or": bitwise_or,
}
_OTHERS = {"xor": bitwise_xor, "lshift": left_shift, "rshift": right_shift}
for _operation, _function in list(_IN_PLACE_TOO.items()) + list(_OTHERS.items()):
    setattr(_Array, "__{}__".format(_operation), _operator(_function))
    setattr(_Array, "__r{}__".format(_operation), _operator(_function, True))
for _operation, _function in {
    "lt": less,
    "le": less_equal,
    "gt": greater,
    "ge": greater_equal,
    "eq": equal,
    "ne": not_equal,
}.items():
    setattr(_Array, "__{}__".format(_operation), _operator(_function))


def _in_place(function):
    def method(self, other):
        answer = function(self, other)
        if not _isinstance(self, ndarray):
            return answer
        if _ORDER.index(answer.dtype.kind) > _ORDER.index(self.dtype.kind):
            raise TypeError(
                "Cannot cast ufunc '{}' output from dtype('{}') to dtype('{}')".format(
                    function.__name__, answer.dtype, self.dtype
                )
            )
        self[...] = answer
        return self

    return method


for _operation, _function in _IN_PLACE_TOO.items():
    setattr(_Array, "__i{}__".format(_operation), _in_place(_function))


_PRODUCT = "(n?,k),(k,m?)->(n?,m?)"


def matmul(a, b):
    for value in (a, b):
        if _defers(value):
            return value.__array_ufunc__(matmul, "__call__", a, b)
    a, b = asarray(a), asarray(b)
    for place, one in enumerate((a, b)):
        if not one.ndim:
            raise ValueError(
                "matmul: Input operand {} does not have enough dimensions (has 0, "
                "gufunc core with signature {} requires 1)".format(place, _PRODUCT)
            )
    rows = b.shape[-2 if b.ndim > 1 else 0]
    if a.shape[-1] != rows:
        raise ValueError(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with "
            "gufunc signature {} (size {} is different from {})".format(
                _PRODUCT, rows, a.shape[-1]
            )
        )
    return _element(_ask("together", "matmul", a._handle, b._handle))


def _at(a, b):
    if type(a) is generic and type(b) is generic:
        raise TypeError(
            "unsupported operand type(s) for @: 'numpy.{}' and 'numpy.{}'".format(
                a.dtype, b.dtype
            )
        )
    return matmul(a, b)


_Array.__matmul__ = lambda self, other: _at(self, other)
_Array.__rmatmul__ = lambda self, other: _at(other, self)


def _converted(value):
    """Return what numpy-ts takes for a value."""
    if _isinstance(value, _Array):
        return value._handle
    if _isinstance(value, (dtype, _Type)) or value in (float, int, bool, complex):
        return _dtype_name(value)
    if type(value) is tuple and builtins.all(type(one) is int for one in value):
        return to_js(list(value))
    if type(value) in (list, tuple):
        return asarray(value)._handle
    if type(value) is int:
        return float(value)
    return value


def _returned(answer):
    """Return an answer of numpy-ts as Python has it."""
    if type(answer) in (int, float, str, bool) or answer is None:
        return answer
    kind = _ask("kind", answer)
    if kind == "array":
        return _element(answer)
    if kind == "list":
        return tuple(_returned(one) for one in answer)
    return answer


def _handed_over(name):
    """Return numpy-ts's own function of this name."""
    if not _arrays.has(name):
        raise AttributeError("the page's NumPy has no {!r}".format(name))

    def function(*given):
        return _returned(_ask("call", name, *[_converted(value) for value in given]))

    return function


def _of_array(name):
    def function(a, *given):
        return _returned(
            _ask(
                "call",
                name,
                asarray(a)._handle,
                *[_converted(v) for v in given if v is not None],
            )
        )

    return function


for _name in (
    "swapaxes moveaxis expand_dims flip roll trace diag diagonal tril triu "
    "argsort sort unique cumprod diff flatnonzero count_nonzero median "
    "percentile quantile"
).split():
    globals()[_name] = _of_array(_name)


def _of_two(name):
    def function(a, b):
        return _returned(_ask("together", name, asarray(a)._handle, asarray(b)._handle))

    return function


for _name in "outer inner kron cross dot vdot".split():
    globals()[_name] = _of_two(_name)


def reshape(a, shape):
    return asarray(a).reshape(shape)


def transpose(a, axes=None):
    return asarray(a).transpose(*(axes or ()))


def ravel(a):
    return asarray(a).ravel()


def squeeze(a, axis=None):
    a = asarray(a)
    axes = range(a.ndim) if axis is None else axis if type(axis) is tuple else (axis,)
    axes = [one % a.ndim for one in axes]
    return a.reshape([n for i, n in enumerate(a.shape) if not (n == 1 and i in axes)])


def shape(a):
    return asarray(a).shape


def ndim(a):
    return asarray(a).ndim


def size(a):
    return asarray(a).size


def copy(a):
    return asarray(a).copy()


def real(a):
    a = asarray(a)
    return _element(_ask("call", "real", a._handle)) if a.dtype.kind == "c" else a


def imag(a):
    a = asarray(a)
    return (
        _element(_ask("call", "imag", a._handle))
        if a.dtype.kind == "c"
        else zeros_like(a)
    )


def round_(a, decimals=0):
    a = asarray(a)
    if a.dtype.kind in "biu":
        return a if a.ndim else generic(a._handle)
    if decimals == 0:
        return rint(a)
    factor = 10.0 ** builtins.abs(decimals)
    scaled = rint(a * factor if decimals > 0 else a / factor)
    return scaled / factor if decimals > 0 else scaled * factor


around = round = round_


def where(condition, x=None, y=None):
    condition = asarray(condition)
    if x is None:
        return nonzero(condition)
    return _element(_ask("where", condition._handle, *_operands([x, y])))


def nonzero(a):
    a = asarray(a)
    places = [i for i, value in enumerate(a.ravel().tolist()) if value]
    columns = []
    for n in reversed(a.shape):
        columns.append(array([i % n for i in places], int))
        places = [i // n for i in places]
    return tuple(reversed(columns))


def argwhere(a):
    columns = nonzero(a)
    return (
        stack(columns, axis=1) if columns else zeros((1 if asarray(a) else 0, 0), int)
    )


def unravel_index(index, shape):
    index, found = asarray(index), []
    for n in reversed(shape):
        found.append(index % n)
        index = index // n
    found = [one if one.ndim else generic(asarray(one)._handle) for one in found]
    return tuple(reversed(found))


def broadcast_shapes(*shapes):
    shapes = [shape if type(shape) is tuple else (shape,) for shape in shapes]
    most = builtins.max([len(shape) for shape in shapes] or [0])
    result = []
    for i in range(most):
        lengths = [shape[i - most] for shape in shapes if i - most >= -len(shape)]
        wanted = [n for n in lengths if n != 1] or [1]
        if builtins.any(n != wanted[0] for n in wanted):
            raise ValueError(
                "shape mismatch: objects cannot be broadcast to a single shape."
            )
        result.append(wanted[0])
    return tuple(result)


def broadcast_to(a, shape):
    a = asarray(a)
    shape = tuple(shape) if type(shape) in (tuple, list) else (shape,)
    if broadcast_shapes(a.shape, shape) != shape:
        raise ValueError(
            "operands could not be broadcast together with remapped shapes "
            "{} {}".format(a.shape, shape)
        )
    return ndarray(_ask("broadcast", a._handle, _shape(shape)))


def broadcast_arrays(*given):
    given = [asarray(a) for a in given]
    shape = broadcast_shapes(*[a.shape for a in given])
    return tuple(broadcast_to(a, shape) for a in given)


def take_along_axis(a, indices, axis=-1):
    a = asarray(a)
    return ndarray(_ask("along", a._handle, asarray(indices)._handle, axis))


def put_along_axis(a, indices, values, axis):
    _ask("putAlong", a._handle, asarray(values)._handle, asarray(indices)._handle, axis)


def take(a, indices, axis=None):
    a = asarray(a)
    if axis is None:
        return a.ravel()[indices]
    return a[tuple([_all] * (axis % a.ndim) + [asarray(indices)])]


def _joined(name, given, axis):
    given = [asarray(a) for a in given]
    kept = result_type(*given).name
    handles = [_ask("cast", a._handle, kept) for a in given]
    return ndarray(_ask("call", name, to_js(handles), axis))


def concatenate(given, axis=0):
    if axis is None:
        return _joined("concatenate", [ravel(a) for a in given], 0)
    return _joined("concatenate", given, axis)


def stack(given, axis=0):
    return _joined("stack", given, axis)


def vstack(given):
    return concatenate([a if a.ndim > 1 else a[None] for a in map(asarray, given)])


def hstack(given):
    given = [asarray(a) for a in given]
    return concatenate(given, 0 if given[0].ndim < 2 else 1)


def column_stack(given):
    return concatenate(
        [a if a.ndim > 1 else a[:, None] for a in map(asarray, given)], 1
    )


def split(a, sections, axis=0):
    a = asarray(a)
    length = a.shape[axis]
    if type(sections) is int:
        if length % sections:
            raise ValueError("array split does not result in an equal division")
        width = length // sections
        cuts = [i * width for i in range(1, sections)]
    else:
        cuts = [int(cut) for cut in sections]
    ends = [0] + cuts + [length]
    before = (_all,) * (axis % a.ndim)
    return [a[before + (_sliced[s:t],)] for s, t in zip(ends, ends[1:])]


def array_split(a, sections, axis=0):
    n = asarray(a).shape[axis]
    cuts = [
        n // sections * i + builtins.min(i, n % sections) for i in range(1, sections)
    ]
    return split(a, cuts, axis)


def repeat(a, repeats, axis=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), 0
    repeats = asarray(repeats)
    counts = broadcast_to(repeats, (a.shape[axis],)).tolist()
    return take(
        a, array([i for i, n in enumerate(counts) for _ in range(n)], int), axis
    )


def tile(a, reps):
    a = asarray(a)
    reps = tuple(reps) if type(reps) in (tuple, list) else (reps,)
    most = builtins.max(a.ndim, len(reps))
    lengths = (1,) * (most - a.ndim) + a.shape
    reps = (1,) * (most - len(reps)) + reps
    apart = [n for length in lengths for n in (1, length)]
    spread = [n for pair in zip(reps, lengths) for n in pair]
    a = broadcast_to(a.reshape(apart), spread)
    return a.reshape([n * length for n, length in zip(reps, lengths)])


def clip(a, a_min=None, a_max=None):
    a = asarray(a)
    if a_min is not None:
        a = maximum(a, a_min)
    return a if a_max is None else minimum(a, a_max)


def cumsum(a, axis=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), 0
    return ndarray(_ask("call", "cumsum", a._handle, axis))


def searchsorted(a, v, side="left"):
    found = _ask("call", "searchsorted", *_common([asarray(a), asarray(v)]), side)
    return _element(found).astype(int)


def bincount(x, weights=None, minlength=0):
    x = asarray(x)
    length = builtins.max(minlength, int(x.max()) + 1 if x.size else 0)
    counts = zeros(length, int if weights is None else float)
    add.at(counts, x, 1 if weights is None else weights)
    return counts


def einsum(subscripts, *operands):
    name = result_type(*[asarray(a) for a in operands])
    operands = [asarray(a).astype(name) for a in operands]
    if "..." in subscripts:
        subscripts = _without_dots(subscripts, operands)
    return _returned(_ask("call", "einsum", subscripts, *[a._handle for a in operands]))


def _without_dots(subscripts, operands):
    """Spell out the axes that three dots stand for."""
    inputs, output = subscripts.replace(" ", "").split("->")
    free = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in subscripts]
    spelled, most = [], 0
    for part, a in zip(inputs.split(","), operands):
        if "..." in part:
            n = a.ndim - (len(part) - 3)
            most = builtins.max(most, n)
            part = part.replace("...", "".join(free[len(free) - n :]))
        spelled.append(part)
    return (
        ",".join(spelled)
        + "->"
        + output.replace("...", "".join(free[len(free) - most :]))
    )


def tensordot(a, b, axes=2):
    a, b = asarray(a), asarray(b)
    if type(axes) is int:
        mine, theirs = list(range(a.ndim - axes, a.ndim)), list(range(axes))
    else:
        mine, theirs = [[one] if type(one) is int else list(one) for one in axes]
    mine = [one % a.ndim for one in mine]
    theirs = [one % b.ndim for one in theirs]
    kept = [i for i in range(a.ndim) if i not in mine]
    others = [i for i in range(b.ndim) if i not in theirs]
    n = 1
    for one in mine:
        n *= a.shape[one]
    left = a.transpose(*(kept + mine)).reshape(-1, n)
    right = b.transpose(*(theirs + others)).reshape(n, -1)
    return (left @ right).reshape(
        [a.shape[i] for i in kept] + [b.shape[i] for i in others]
    )


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(isclose(a, b, rtol, atol, equal_nan).all())


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = asarray(a), asarray(b)
    near = (absolute(a - b) <= atol + rtol * absolute(b)) & isfinite(b) | (a == b)
    return near | (isnan(a) & isnan(b)) if equal_nan else near


def array_equal(a, b):
    a, b = asarray(a), asarray(b)
    return a.shape == b.shape and bool((a == b).all())


def frexp(x):
    x = asarray(x, None)
    if x.dtype.kind != "f":
        x = x.astype(float)
    mantissa, exponent = _ask("call", "frexp", x._handle)
    return _element(mantissa).astype(x.dtype), _element(exponent).astype(int32)


def ldexp(x, exponent):
    x = asarray(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    # In two steps, since 2**exponent itself may be no double
    exponent = asarray(exponent).astype(int)
    first = clip(exponent, -1000, 1000)
    rest = exponent - first
    wide = (
        x.astype(float)
        * power(2.0, first.astype(float))
        * power(2.0, rest.astype(float))
    )
    return wide.astype(x.dtype)


class vectorize:
    """A function of one number, entry by entry."""

    def __init__(self, function, otypes=None):
        self.function = function
        self.otypes = otypes

    def __call__(self, *given):
        given = broadcast_arrays(*given)
        columns = [a.ravel().tolist() for a in given]
        values = [self.function(*row) for row in zip(*columns)]
        made = array(values, self.otypes[0] if self.otypes else None).reshape(
            given[0].shape
        )
        return made if made.ndim else generic(made._handle)


class finfo:
    """What a dtype of floats can hold."""

    _known = {}  # noqa: RUF012

    def __new__(cls, of):
        name = of.dtype.name if _isinstance(of, _Array) else _dtype_name(of)
        name = {"complex64": "float32", "complex128": "float64"}.get(name, name)
        found = cls._known.get(name)
        if found is None:
            found = cls._known[name] = object.__new__(cls)
            found._of(name)
        return found

    def _of(self, name):
        bits, least, most = {
            "float16": (10, -14, 15),
            "float32": (23, -126, 127),
            "float64": (52, -1022, 1023),
        }[name]
        make = _TYPES[name]
        self.dtype = dtype(name)
        self.bits = 8 * _SIZES[name]
        self.nmant, self.minexp, self.maxexp = bits, least, most + 1
        self.eps = make(2.0**-bits)
        self.max = make((2.0 - 2.0**-bits) * 2.0**most)
        self.min = make(-self.max.item())
        self.tiny = self.smallest_normal = make(2.0**least)
        self.smallest_subnormal = make(2.0 ** (least - bits))


class iinfo:
    """What a dtype of whole numbers can hold."""

    def __init__(self, of):
        name = _dtype_name(of)
        bits = 8 * _SIZES[name]
        self.min = 0 if name[0] == "u" else -(2 ** (bits - 1))
        self.max = 2**bits - 1 if name[0] == "u" else 2 ** (bits - 1) - 1


class errstate:
    """Floating-point warnings, of which the page's NumPy gives none."""

    def __init__(self, **modes):
        for mode in modes.values():
            if mode not in ("ignore", "warn"):
                raise ValueError("the page's NumPy cannot {} here".format(mode))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def issubdtype(first, second):
    first = dtype(first)
    return first.kind in second.kinds if second.kinds else first == dtype(second)
