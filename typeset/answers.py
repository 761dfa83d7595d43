"""What the libraries answered, as pages write it."""

from collections.abc import Iterator
from typing import Any

SHOWN = 6  # numbers of an answer; of more only the shape is told


class AtlasError(Exception):
    """There are no answers to show, or one that nobody has understood."""


def digits(numbers: Any, count: int = 5) -> str:
    """Return numbers in so many digits, or of many how many they are."""
    flat = list(flattened(numbers))
    if len(flat) > SHOWN:
        return f"{len(flat)} numbers"
    if not isinstance(numbers, list):
        return "none" if numbers is None else f"{numbers:.{count}g}".replace("-", "−")
    while len(numbers) == 1 and isinstance(numbers[0], list):
        (numbers,) = numbers
    return f"[{', '.join(map(digits, numbers))}]"


def flattened(numbers: Any) -> Iterator[float]:
    """Yield the numbers of lists in lists."""
    if isinstance(numbers, list):
        for one in numbers:
            yield from flattened(one)
    elif numbers is not None:
        yield numbers
