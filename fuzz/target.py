"""The process of the fuzzer: `python -m fuzz.target SECONDS FOLDER`.

What seems not to hold is left in `FOLDER/wrong`; what is reached, in `FOLDER/kept`.
"""

from __future__ import annotations

import hashlib
import random
import re
import resource
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mathcheck"], enable_loader_override=False):
    from fuzz.measure import Measure
    from fuzz.seeds import commands, formulas

PIECE = re.compile(r"\\(?:[A-Za-z]+|.)|\d+|\s+|.", re.DOTALL)
LONGEST = 600  # characters of an input
ADDRESSES = 6 * 2**30  # bytes; the machine is not ours alone


def main(seconds: int, folder: Path) -> None:
    """Fuzz for some seconds."""
    kept, wrong, first = (folder / name for name in ("kept", "wrong", "seeds"))
    for place in (kept, wrong, first):
        place.mkdir(parents=True, exist_ok=True)
    for text in formulas():
        (first / name_of(text)).write_text(text, "utf-8")
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    measure = Measure(folder)

    def one(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        if why := measure(text).wrong:
            place = wrong / name_of(text)
            place.write_text(text, "utf-8", "surrogatepass")
            print(f"{place.name}: {why}", flush=True)

    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", f"-max_len={2 * LONGEST}",
         "-timeout=3600", "-rss_limit_mb=0", "-print_final_stats=1", "-len_control=0",
         f"-artifact_prefix={folder}/",  # what takes too long is measured, not timed
         str(kept), str(first)],
        one, custom_mutator=mutated,
    )  # fmt: skip
    atheris.Fuzz()


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """Change an input in a few places: by its pieces, or by its bytes."""
    chance = random.Random(seed)
    if chance.random() < 0.2:
        return atheris.Mutate(data, most)
    pieces = PIECE.findall(data.decode("utf-8", "replace"))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        at = chance.randrange(len(pieces) + 1)
        to = min(len(pieces), at + chance.choice((0, 0, 1, 1, 2, 5, 12)))
        kind = chance.randrange(4)
        if kind == 0:  # something else there, or something more
            pieces[at:to] = [chance.choice(commands())]
        elif kind == 1:  # a part of it again
            pieces[at:at] = pieces[at:to] * chance.choice((1, 1, 2, 20))
        elif kind == 2:  # a part of it elsewhere
            moved, pieces[at:to] = pieces[at:to], []
            there = chance.randrange(len(pieces) + 1)
            pieces[there:there] = moved
        else:
            pieces[at:to] = []
    return "".join(pieces)[:LONGEST].encode()[:most]


def name_of(text: str) -> str:
    """Return a name for a file that holds a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
