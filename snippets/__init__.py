"""The code that the pages show: one module a page, one function a displayed formula.

The last axis is the class; any leading axes are the batch.
Losses are in nats and not reduced: logits of shape ``(..., K)`` give losses ``(...)``.
A dtype of float32 stays float32; whole numbers become float64, float16 float32.
Input that the mathematics does not cover raises ``ValueError`` and is named there.
"""
