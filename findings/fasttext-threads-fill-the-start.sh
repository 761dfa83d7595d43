#!/usr/bin/env bash
# Expected: the number of threads decides how fast fastText trains, and, as threads write at once, the last digits.
# Seen: each thread fills one tenth of the matrix of word vectors with random numbers at the start, whatever the number of
# threads is. With 1 thread 90 % of it stays 0, with 2 80 %, with 5 half, and from 10 on it is full. With the same
# settings and seed the loss of 200 words, each of one of two classes, is 0.61 after five epochs with one thread, 0.49 with
# two, 0.40 with five, and 0.29 with ten; with more than one the last digit varies.
# Why it matters: one thread is what one sets for a result that can be repeated, and it starts most words at 0. By
# default there are as many as cores less one, so that a small machine gives another model than a large one.
# Versions: fasttext-wheel 0.9.2, numpy 1.26.4. Seen with Python 3.11. Output seen, for 1, 2, 5, 10, 20 threads:
# entries not 0: 0.10, 0.20, 0.50, 1.00, 1.00; loss after 5 epochs 0.608, 0.486, 0.400, 0.287, 0.303
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q fasttext-wheel==0.9.2 numpy==1.26.4
venv/bin/python -I - 2>fasttext.log <<'PY'
import fasttext
import numpy as np

words = [f"w{number:03d}" for number in range(200)]
classes = {word: f"__label__{number % 2}" for number, word in enumerate(words)}
with open("rows.txt", "w") as rows:
    rows.writelines(f"{classes[word]} {word}\n" for word in words * 5)


def train(threads, **given):
    return fasttext.train_supervised("rows.txt", dim=100, thread=threads, verbose=0, **given)


loss = {}
for threads in (1, 2, 5, 10, 20):
    # A learning rate that moves nothing shows the start, in the rows of hashed pairs of words.
    start = train(threads, epoch=1, lr=1e-9, wordNgrams=2, bucket=2000).get_input_matrix()
    filled = (np.abs(start) > 1e-6).mean()
    model = train(threads, epoch=5)
    p = [dict(zip(*model.predict(word, k=2)))[classes[word]] for word in words]
    loss[threads] = -np.log(p).mean()
    print(f"{threads} threads: entries not 0 at the start {filled:.2f} (expected 1), loss {loss[threads]:.3f}")
    assert abs(filled - min(threads, 10) / 10) < 0.02
again = train(1, epoch=5).predict(words[0])[1][0]
assert again == train(1, epoch=5).predict(words[0])[1][0]
assert loss[1] > 0.55 and loss[10] < 0.4 and loss[1] > loss[2] > loss[5] > loss[10]
PY
