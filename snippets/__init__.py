"""The code that the pages show: one module a page, one function a displayed formula.

The last axis is the class; any leading axes are the batch. One number comes out as
NumPy's scalar, several as an array.
An argument's name says what it is: ``labels`` are class indices, ``y`` is what is true
in numbers, a distribution or an outcome, and ``target`` is either of the first two.
What is predicted comes first, then what is true, then options: ``(z, target)``,
``(p, labels)``, ``(mu, sigma, y)``. Entropies and divergences of two distributions keep
the order of their formula: H(q, p), KL(q ‖ p).
Losses are in nats and not reduced: logits of shape ``(..., K)`` give losses ``(...)``.
A dtype of float32 stays float32; whole numbers become float64, float16 float32.
Input that the mathematics does not cover raises ``ValueError`` and is named there.
"""
