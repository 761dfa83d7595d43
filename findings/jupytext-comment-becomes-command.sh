#!/usr/bin/env bash
# Expected: a Python script in the percent format, read as a notebook, keeps its comments; only a comment that
# was made of a magic (`# %matplotlib inline`) is turned back into one.
# Seen: jupytext takes a comment for a command that it once commented out when its first word is one of a handful
# of shell words (copy, echo, ls, cat ...), or when it is one word with a question mark. The comment loses its `#`,
# also in the middle of a statement, and the notebook's cell is no Python any more. The option comment_magics=False
# keeps all comments.
# Why it matters: "# copy the logits", "# why?" and "# echo of z" are ordinary comments. The script runs; the
# notebook made of it stops with a syntax error or asks the shell, and only the notebook's reader sees it.
# Versions: jupytext 1.19.6, nbformat as it installs. Seen with Python 3.11. Output seen:
# '# copy the logits' -> 'copy the logits'; '# why?' -> 'why?'; '# echo of z' -> 'echo of z' (expected: unchanged);
# '# load the logits' and '# is it p - y?' unchanged; with comment_magics=False all unchanged
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q jupytext==1.19.6
venv/bin/python -I - <<'PY'
import ast

import jupytext
from jupytext.config import JupytextConfiguration


def cell(comment, **options):
    script = f"# %%\nz = [\n    1,\n{comment}\n    2,\n]\n"
    config = JupytextConfiguration(**options)
    return jupytext.reads(script, fmt="py:percent", config=config).cells[0].source


def is_python(source):
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


for comment in ("# copy the logits", "# why?", "# echo of z"):
    line = cell(comment).splitlines()[2]
    print(f"{comment!r} -> {line!r} (expected unchanged)")
    assert line == comment.removeprefix("# ") and not is_python(cell(comment))
for comment in ("# load the logits", "# is it p - y?"):
    print(f"{comment!r} -> {cell(comment).splitlines()[2]!r}")
    assert cell(comment).splitlines()[2] == comment and is_python(cell(comment))
for comment in ("# copy the logits", "# why?", "# echo of z"):
    assert cell(comment, comment_magics=False).splitlines()[2] == comment
print("with comment_magics=False all unchanged")
PY
