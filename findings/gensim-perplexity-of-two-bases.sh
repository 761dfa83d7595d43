#!/usr/bin/env bash
# Expected: the perplexity that gensim's topic model reports is that of the words: four words, each a quarter of every document,
# have the perplexity 4, whatever base the logarithms have.
# Seen: the bound per word is in nats, -1.389, a little over ln 4, and the perplexity that is logged beside it is 2 to
# that power, 2.6, not e, which would be 4.01. No model of four equal words can have 2.6.
# Why it matters: the logged perplexity is the true one to the power 0.69, so that it looks better than any other library's
# for the same model (scikit-learn gives 4.01), and a bound taken as bits understates the cost by a factor 1.44.
# Versions: gensim 4.4.0, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1. Seen with Python 3.11. Output seen:
# bound -1.3890, logged 2.6, exp 4.0107; scikit-learn 4.0107 (expected 4)
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q gensim==4.4.0 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
venv/bin/python -I - <<'PY'
import io
import logging
import math
import re

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import LdaModel
from sklearn.decomposition import LatentDirichletAllocation

log = io.StringIO()
logger = logging.getLogger("gensim.models.ldamodel")
logger.setLevel(logging.INFO)
logger.addHandler(logging.StreamHandler(log))

documents = [list("abcd") * 50] * 20
words = Dictionary(documents)
corpus = [words.doc2bow(document) for document in documents]
model = LdaModel(corpus, num_topics=1, id2word=words, passes=20, random_state=0, eval_every=0)
bound = model.log_perplexity(corpus)
logged = float(re.findall(r"([\d.]+) perplexity estimate", log.getvalue())[-1])

counts = np.full((20, 4), 50.0)
peer = LatentDirichletAllocation(1, random_state=0).fit(counts).perplexity(counts)
print(f"bound {bound:.4f}, logged {logged}, exp {math.exp(-bound):.4f}; scikit-learn {peer:.4f} (expected 4)")
assert abs(math.exp(-bound) - 4) < 0.02 and abs(peer - 4) < 0.02
assert logged == round(2**-bound, 1) < 2.7
PY
