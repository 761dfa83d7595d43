"""The quarantined gradient is wrong, in the way that the page says."""

import numpy as np
import pytest
from hypothesis import given

from snippets.gradient import cross_entropy_gradient
from snippets.softmax import softmax_jacobian
from snippets.wrong.gradient import wrong_two_case_gradient
from tests.draws import FLOAT_TYPES, logits_and_labels

Z = np.log([0.2, 0.3, 0.5])


def test_it_is_zero_where_the_true_gradient_is_not():
    np.testing.assert_allclose(wrong_two_case_gradient(Z, 2), [0, 0, -0.5])
    np.testing.assert_allclose(cross_entropy_gradient(Z, 2), [0.2, 0.3, -0.5])


@given(logits_and_labels(bound=20))
def test_it_is_right_at_the_true_class_only(case):
    z, labels = case
    at_label = np.expand_dims(labels, -1)
    wrong, right = wrong_two_case_gradient(z, labels), cross_entropy_gradient(z, labels)
    np.testing.assert_array_equal(
        np.take_along_axis(wrong, at_label, -1), np.take_along_axis(right, at_label, -1)
    )
    np.put_along_axis(right, at_label, 1, -1)
    assert (right > 0).all()  # elsewhere the true partial derivative is positive


def test_for_one_example_it_is_the_natural_gradient_up_to_length_and_shift():
    natural = np.linalg.pinv(softmax_jacobian(Z)) @ cross_entropy_gradient(Z, 2)
    wrong = wrong_two_case_gradient(Z, 2)
    centred = wrong - wrong.mean()
    cosine = natural @ centred / np.linalg.norm(natural) / np.linalg.norm(centred)
    assert cosine == pytest.approx(1, abs=1e-12)


def test_a_floating_dtype_is_kept():
    for dtype in FLOAT_TYPES:
        assert wrong_two_case_gradient(Z.astype(dtype), 2).dtype == dtype


def test_a_label_out_of_range_is_refused():
    with pytest.raises(ValueError, match=r"labels must be in 0\.\.2, got -1"):
        wrong_two_case_gradient(Z, -1)
