"""Preferences: the chosen answer of two, beside what a reference says of them."""

from collections.abc import Callable

import numpy as np

from atlas.questions.example import CONVENTION, RIGHT, WRONG
from atlas.questions.question import Question, Reading
from snippets.binary import binary_cross_entropy
from snippets.contrast import dpo_gradient, dpo_loss

THEME = "Preferences"
# Log-probabilities of a chosen and a rejected answer, of the policy and the reference
PAIR = {
    "chosen": [-1.0],
    "rejected": [-3.0],
    "reference_chosen": [-2.0],
    "reference_rejected": [-2.5],
}
D, V = 2.0, 0.5  # what they differ by
SCALE, DOUBT = 0.5, 0.1
MARGIN = SCALE * (D - V)
DPO = float(dpo_loss(D, V, SCALE))
TOKENS = {
    "chosen": [[-1.0, -1.0]],
    "rejected": [[-2.0, -4.0]],
    "reference_chosen": [-1.0],
    "reference_rejected": [-1.0],
}
FAR = {**PAIR, "chosen": [-2003.0], "reference_chosen": [-2.5]}


def doubted(margin: float) -> float:
    """Return the loss of a preference that is wrong with some probability."""
    return float(binary_cross_entropy(margin, 1 - DOUBT))


def preference(
    name: str, title: str, kind: str, *readings: Reading, **given: object
) -> Question:
    """Ask for a loss of the pair above."""
    arguments = {**PAIR, "scale": SCALE, "kind": kind, **given}
    section = "contrast#preference-without-a-reward-model"
    return Question(name, THEME, title, "preference", arguments, readings, section)


def by_tokens(
    name: str, title: str, kind: str, loss: Callable[[float], object]
) -> Question:
    """Ask for the loss of answers of two tokens, which differ by 4 in all."""
    arguments = {**TOKENS, "scale": SCALE, "kind": kind}
    readings = (
        Reading("the sum over its tokens", CONVENTION, loss(4.0)),
        Reading("their mean", CONVENTION, loss(2.0)),
    )
    section = "contrast#where-it-breaks"
    return Question(name, THEME, title, "preference", arguments, readings, section)


def square(d: float) -> float:
    """Return the loss of IPO."""
    return (d - 1 / (2 * SCALE)) ** 2


QUESTIONS = (
    preference(
        "preference",
        "DPO: log-odds of 2, of ½ under the reference, β = ½?",
        "sigmoid",
        Reading(
            f"{DPO:.4g}, with the right gradient",
            RIGHT,
            DPO,
            [dpo_gradient(D, V, SCALE)],
        ),
        Reading(f"{DPO:.4g}, with a wrong gradient", WRONG, DPO),
    ),
    Question(
        "preference-scale",
        THEME,
        "…and which β by default?",
        "preference_by_default",
        PAIR,
        tuple(
            Reading(f"{beta:g}", CONVENTION, dpo_loss(D, V, beta))
            for beta in (0.1, 0.2, 0.5, 1.0)
        ),
        "contrast#the-loss-and-its-gradient",
    ),
    Question(
        "preference-far",
        THEME,
        "…and if the chosen answer trails by 2000 nats, β = 1?",
        "preference",
        {**FAR, "scale": 1.0, "kind": "sigmoid"},
        (
            Reading("2000, with the slope −1", RIGHT, 2000.0, [-1.0]),
            Reading("not finite", WRONG, lambda x: ~np.isfinite(x)),
            Reading("cut off", WRONG, np.isfinite),
        ),
        "binary",
    ),
    preference(
        "preference-smoothed",
        "…with label smoothing of 0.1?",
        "sigmoid",
        Reading("a tenth of the other loss", CONVENTION, doubted(MARGIN)),
        Reading("nothing: it is ignored", CONVENTION, DPO),
        smoothing=DOUBT,
    ),
    preference(
        "preference-robust",
        "…as a “robust” one, a tenth of the preferences being wrong?",
        "robust",
        Reading(
            "the loss without them is estimated: it can be negative",
            CONVENTION,
            (
                (1 - DOUBT) * binary_cross_entropy(MARGIN, 1)
                - DOUBT * binary_cross_entropy(MARGIN, 0)
            )
            / (1 - 2 * DOUBT),
        ),
        Reading("the same as smoothing", CONVENTION, doubted(MARGIN)),
        smoothing=DOUBT,
    ),
    preference(
        "preference-square",
        "IPO of the same pair?",
        "ipo",
        Reading("(d − 1/(2β))²", CONVENTION, square(D - V)),
        Reading("(βd − ½)²", CONVENTION, (MARGIN - 0.5) ** 2),
    ),
    preference(
        "preference-hinge",
        "A hinge of the same pair?",
        "hinge",
        Reading("1 − βd, if it is above 0", CONVENTION, max(0.0, 1 - MARGIN)),
        Reading("1 − d, if it is above 0", CONVENTION, max(0.0, 1 - D + V)),
    ),
    by_tokens(
        "preference-tokens",
        "DPO of answers of two tokens: the log-probability of an answer is…",
        "sigmoid",
        lambda d: dpo_loss(d, 0.0, SCALE),
    ),
    by_tokens("preference-square-tokens", "…and for IPO?", "ipo", square),
)
