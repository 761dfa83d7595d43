"""Names of types, which say nothing while code runs."""


class _Name:
    """A name that may be parametrised, joined with others, and asked of nothing."""

    def __getitem__(self, parameters):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self


ArrayLike = DTypeLike = NDArray = _Name()
