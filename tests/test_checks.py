"""What the shared checks say of bad input, and that they leave good input alone."""

import numpy as np
import pytest

from snippets import _checks


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (np.inf, "t must be finite, got inf"),
        ([0, 1, np.nan], "t must be finite, got nan at index 2"),
        ([[0, 1], [-np.inf, 3]], "t must be finite, got -inf at index (1, 0)"),
    ],
)
def test_a_bad_value_is_named_with_its_place(value, said):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole text is compared
        _checks.finite("t", value)
    assert str(error.value) == said


def test_what_is_right_already_is_not_copied():
    single = np.ones((2, 2), np.float32)
    assert _checks.floats("z", single) is single
    X, W = np.ones((3, 2)), np.ones((2, 4))
    assert all(a is b for a, b in zip(_checks.layer(X, W), (X, W), strict=True))


@pytest.mark.parametrize("kinds", ["fd", "df"])
def test_inputs_and_weights_come_in_the_wider_of_their_two_dtypes(kinds):
    X, W = (np.ones((1, 1), kind) for kind in kinds)
    assert [a.dtype for a in _checks.layer(X, W)] == [np.float64] * 2


def test_the_largest_logit_that_is_allowed_is_half_of_the_largest_number():
    limit = np.finfo(float).max / 2
    assert _checks.logits([limit, -limit]).tolist() == [limit, -limit]
    with pytest.raises(
        ValueError, match=r"^logits must be at most 8\.99e\+307 in size"
    ):
        _checks.logits([0, np.nextafter(limit, np.inf)])


NAMED = {
    "^W must be real numbers, got": lambda: _checks.like("W", ["a"], np.ones(1)),
    "^logits must be finite for at least one class": (
        lambda: _checks.logits([-np.inf, -np.inf])
    ),
    r"^z must be real numbers, got <U1$": lambda: _checks.floats(
        "z", np.array([], "U")
    ),
    "^z must have no masked entries, got 2$": (
        lambda: _checks.floats("z", np.ma.masked_less([1.0, -1.0, -2.0], 0))
    ),
    "^X must be finite, got nan": lambda: _checks.layer([[np.nan]], [[1.0]]),
    "^labels must be a rectangular array": lambda: _checks.labels([[0], [0, 1]], 3),
    r"^labels must have shape \(2, 3\), got \(2,\)$": (
        lambda: _checks.true_classes([0, 1], np.zeros((2, 3, 4)))
    ),
    "^labels must be classes whose logit is not -inf, got 1 at index 0$": (
        lambda: _checks.true_classes([1], np.array([[0.0, -np.inf]]))
    ),
}


@pytest.mark.parametrize(("said", "call"), NAMED.items())
def test_the_argument_that_is_wrong_is_named(said, call):
    with pytest.raises(ValueError, match=said):
        call()
