"""NLTK: its maximum-entropy classifier, and its probabilities.

Its logarithms are to base 2, those of the classifier's weights too: it has no softmax
to base e. GIS takes no numbers, but for categories; MEGAM and TADM are not here; and
`nltk.probability.log_likelihood` asks for distributions, over which it cannot go.
"""

from __future__ import annotations

import math

import numpy as np
from nltk.classify import MaxentClassifier
from nltk.classify.maxent import TypedMaxentFeatureEncoding
from nltk.classify.util import log_likelihood
from nltk.probability import DictionaryProbDist, sum_logs
from nltk.probability import entropy as entropy_of

from atlas.families.asking import Array, Told, form, told

PINS = ["nltk==3.10.4", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"NLTK": {}}
WAYS = (
    "MaxentClassifier, IIS, with numbers as features",
    "MaxentClassifier, IIS, with numbers as features, max_iter = 2000",
)
Examples = list[tuple[dict[str, float], float]]


def _row(row: Array) -> dict[str, float]:
    return {f"x{place}": value for place, value in enumerate(row.tolist())}


def _examples(x: Array, y: Array) -> Examples:
    return [(_row(row), label) for row, label in zip(x, y.tolist(), strict=True)]


def _log_odds(classifier: MaxentClassifier, at: float) -> float:
    """Return the log-odds of the second class, in nats."""
    said = classifier.prob_classify({"x0": at})
    first, second = sorted(said.samples())
    return (said.logprob(second) - said.logprob(first)) * math.log(2)


@form("nltk.probability.sum_logs(z)")
def logsumexp(z: Array) -> Told:
    return told(sum_logs(z.tolist()))


@form("nltk.probability.entropy(DictionaryProbDist(q))")
def entropy(q: Array) -> Told:
    return told(entropy_of(DictionaryProbDist(dict(enumerate(q.tolist())))))


@form("-DictionaryProbDist(p).logprob(label)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    if len(p) != 1:
        return {"absent": "more than one example"}
    predicted = DictionaryProbDist(dict(enumerate(p[0].tolist())))
    return told(-predicted.logprob(labels[0].item()))


def _trained(x: Array, y: Array, **options: int) -> MaxentClassifier:
    """Return a classifier that takes numbers as numbers, and has a constant."""
    rows = _examples(x, y)
    encoding = TypedMaxentFeatureEncoding.train(rows, alwayson_features=True)
    return MaxentClassifier.train(rows, trace=0, encoding=encoding, **options)


def _weights(classifier: MaxentClassifier, features: int) -> Array:
    """Return weights, a row a class: of what is always on, and of the features."""
    encode, ones = classifier._encoding.encode, _row(np.ones(features))
    found = []
    for label in sorted(classifier.labels()):
        *slopes, on = encode(ones, label)
        found.append([classifier.weights()[place] for place, _ in [on, *slopes]])
    return np.array(found)


@form("MaxentClassifier.train(rows, encoding=TypedMaxentFeatureEncoding.train(rows))")
def coefficients(x: Array, y: Array) -> Told:
    return told(_weights(_trained(x, y), x.shape[1]) * np.log(2))  # in nats


@form("MaxentClassifier.train(rows).prob_classify(x)")
def slope(x: Array, y: Array, penalty: str = "none") -> Told:  # it has no other
    classifier = MaxentClassifier.train(_examples(x, y), trace=0)
    return told((_log_odds(classifier, 1.0) - _log_odds(classifier, -1.0)) / 2)


@form("MaxentClassifier.train(rows).prob_classify(x)")
def intercept(x: Array, y: Array) -> Told:
    return told(_log_odds(MaxentClassifier.train(_examples(x, y), trace=0), 0.0))


@form("nltk.classify.util.log_likelihood(MaxentClassifier.train(rows), rows)")
def reported(x: Array, y: Array) -> Told:
    rows = _examples(x, y)
    return told(log_likelihood(MaxentClassifier.train(rows, trace=0), rows))


@form("MaxentClassifier.train(rows).prob_classify(x).prob(label)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    classifier = MaxentClassifier.train(_examples(x, y), trace=0)
    said = [classifier.prob_classify(_row(row)) for row in at]
    return told([one.prob(max(y.tolist())) for one in said])


@form("MaxentClassifier.train(rows).prob_classify(x).prob(label)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return probability_of_the_second(x, y, x[:1])


@form("MaxentClassifier.train(rows).prob_classify(x)")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    said = _trained(x, y).prob_classify(_row(at[0]))
    return told([said.prob(label) for label in sorted(said.samples())])


@form("MaxentClassifier.train(rows, encoding=encoding).weights()")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    scores = _weights(_trained(x, y), x.shape[1]) @ np.array([1, *x[0]])
    return told(
        [np.exp(scores) / np.exp(scores).sum(), probabilities(x, y, x)["value"]]
    )


def maximum(x: Array, y: Array, way: str) -> Told:
    classifier = _trained(x, y, **({"max_iter": 2000} if "max_iter" in way else {}))
    return told(_weights(classifier, x.shape[1]) * np.log(2))
