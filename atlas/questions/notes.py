"""What is surprising about the answers to a question, in Markdown, by its name."""

NOTES = {
    "gradient-of-the-mean": "Thinc’s `CategoricalCrossentropy` returns the sum of "
    "the squares of its gradient as the loss: it is at most 2, and falls as 1/N. "
    "Training uses the gradient, which is right.",
    "class-weights-distribution": "In PyTorch the same labels have different losses as "
    "distributions and as indices, since only for indices is the sum divided by "
    "the weights.",
    "example-weights-by-default": "TensorFlow.js counts the weights that are not 0, "
    "so that the weights 1 and 3 divide the sum by 2, and not by 4.",
    "one-ignored": "PaddlePaddle leaves out the label −100 by default, and still "
    "counts it in the divisor.",
    "all-ignored": "A mean over nothing is 0/0. Where only the value is NaN a step "
    "does no harm, and the logged average is lost; where NaN reaches the gradient, "
    "the weights are lost.",
    "no-weight-left": "PyTorch keeps the gradient at 0 if all examples are ignored, "
    "and not if all weights that count are 0.",
    "sum-of-two": "For labels that do not sum to 1 the gradient is p times their "
    "sum, minus y. TensorFlow’s kernel returns p − y for any labels, and says in "
    "its documentation that this is then no gradient; MLX subtracts the largest "
    "logit once, which cancels only if the labels sum to 1.",
    "label-minus-one": "Where arrays are indexed from the end by negative numbers, "
    "a missing label, −1, becomes the last class.",
    "label-too-large": "JAX fills in NaN for what lies outside an array. The "
    "gradient is computed without it, stays finite, and pushes down every class.",
    "labels-as-rows": "Transformers chooses the loss by the type of the labels: "
    "floating point means several labels an example, and so binary losses.",
    "one-label-for-two": "Broadcasting makes one label fit any number of examples.",
    "labels-as-a-distribution": "Broadcasting again: if there are as many examples "
    "as classes, a vector of class indices has the shape of one distribution for "
    "all.",
    "binary-soft-label": "Whether a label between 0 and 1 is rounded, compared with "
    "0, or used as a share is rarely documented. statsmodels and River write the "
    "loss for labels ±1, and put 2y − 1 into it, which is right for 0 and 1 alone.",
    "binary-column": "This is the most common silent mistake of all: a model "
    "returns a column, the labels are a vector, and their difference is a matrix.",
    "truth-impossible-gradient": "Where a probability is clipped, its slope is 0, "
    "so that the worst mistake is the only one that is never corrected.",
    "binary-certain": "TensorFlow adds 10⁻⁷ to the probability, and so the loss of "
    "a certain right answer is −ln(1 + 10⁻⁷), which is below 0.",
    "masked-distribution": "The label 0 times the logarithm −∞ is NaN, though the "
    "term is 0 in the limit. The gradient p − y has no such product, and is right.",
    "all-masked-logsumexp": "Log-sum-exp of nothing is −∞, and its gradient, "
    "softmax, is 0/0.",
    "mistake-of-100": "PaddlePaddle cuts logits off at 64 below the largest one; "
    "the metrics of LightGBM and XGBoost cut probabilities off at 10⁻¹⁵ and 10⁻¹⁶, "
    "so that very wrong and extremely wrong look alike.",
    "smoothing": "Both are called label smoothing, with the same ε.",
    "float16-many-classes": "The sum of 70 000 ones is more than 65 504, the "
    "largest number in float16; libraries that sum in float32 are right.",
    "float16-65520": "The number of rows is itself a float16, and infinite from 65 "
    "520 on: [a lab](labs/half_mean.py) watches a model stop.",
    "float16-300000": "Now the sum of the losses is infinite too, and ∞/∞ is NaN.",
    "float16-matrix": "On a CPU, PyTorch adds up in the type of the logits.",
    "float32-million": "A plain sum in float32 loses digits with every addition: "
    "after a million rows MLX has two left. The others sum in pairs, in blocks, or "
    "in float64.",
    "default-penalty": "A penalty that nobody asked for is the rule in machine "
    "learning, and the exception in statistics.",
    "separable": "The likelihood of separable data has no maximum. What comes back "
    "tells when the search gave up.",
    "penalised-intercept": "An intercept that is penalised, or a search that stops "
    "when the slopes no longer change, moves the predicted share away from the "
    "observed one. SGDClassifier’s steps are random; other seeds give other signs.",
    "penalty-and-copies": "If the loss is a sum, the same penalty means less with "
    "more data; if it is a mean, it means the same.",
    "weights-and-penalty": "In SGDClassifier a weight multiplies the step, so that "
    "large weights overshoot.",
    "reported": "The same fit, and six numbers. NLTK takes the logarithm of the "
    "mean probability, which is not the mean of the logarithms.",
    "reported-penalty": "`deviance()` of R’s `multinom` contains the penalty, and "
    "so does an AIC that is computed from it.",
    "labels-from-one": "LightGBM’s binary objective takes every label above 0 for "
    "positive.",
    "soft-labels": "R’s `glm` and XGBoost treat a share as a share; others cut it "
    "to a whole number, or take it for the name of a class.",
    "coefficients-and-predictions": "`coef_` of XGBoost’s linear booster puts the "
    "weights of a feature where those of a class should stand. NLTK’s weights are "
    "logarithms to the base 2.",
    "only-one-label": "fastText adds 10⁻⁵ to a probability of 1.",
    "missing-feature": "Trees learn in which direction a missing value goes; where "
    "none was missing in training, each library has a direction of its own.",
    "missing-in-training": "One missing value makes the sum of all gradients NaN; "
    "the search then ends where it began, at one half, and says nothing.",
    "units-and-penalty": "A penalty on coefficients depends on the units of the "
    "features, unless they are scaled first.",
    "contrast-three-of-a-kind": "The paper on SimCLR considers pairs only, and can be "
    "extended to three in both ways.",
    "contrast-learned": "Optax subtracts the largest similarity of a vector, that of "
    "its partner. The sum over the others is then 0 in float32, and a part of the "
    "gradient is 0 times the slope of its logarithm: NaN. The loss is 0, and the next "
    "step spoils all weights.",
    "contrast-cold": "Here that sum is all that the far pair has. PyTorch Metric "
    "Learning adds the smallest number to each probability, so that no pair costs more "
    "than 87 nats, and in float16 more than 10; the slope of such pairs is nearly 0.",
    "contrast-table": "VideoPrism takes probabilities for the logits of binary losses, "
    "and so its loss is never below ln(1 + 1/e) + (N − 1) ln 2.",
    "sampled-softmax": "Where those that were drawn are corrected alone, it estimates "
    "the loss over all classes; with the true class corrected too, the minimiser is "
    "right for each number of draws.",
    "sampled-truth-twice": "Of equal hits TensorFlow finds one alone. Its samplers "
    "draw without replacement, unless they are told `unique=False`.",
    "preference-smoothed": "The argument is for the losses `robust` and `exo_pair` "
    "alone. With the usual one it was conservative DPO in earlier versions of TRL, and "
    "is now ignored without a warning.",
    "preference-tokens": "So a long answer counts more; for IPO, below, it does not.",
    "fenchel-young": "What depends on the label alone changes no gradient, but the "
    "number is then no distance from the label, and can be negative.",
    "pairwise": "The documentation has a sum. The mean is over the pairs of all lists, "
    "so that a ranking of ten counts as much as fifteen rankings of three.",
}
