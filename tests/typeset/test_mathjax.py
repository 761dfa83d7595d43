"""One formula through MathJax: what comes back, what is remembered, what is refused."""

import json
import re
import subprocess
from random import Random

import pytest
from bs4 import BeautifulSoup

from typeset import mathjax
from typeset.mathjax import Formula, MathJax, NotInstalledError, TexError


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory):
    started = MathJax(tmp_path_factory.mktemp("memory"))
    yield started
    started.close()


def test_a_formula_becomes_svg_with_hidden_mathml(typesetter):
    typeset = typesetter(Formula(r"p_j - \delta_{jc}", display=False))
    assert "<svg" in typeset.html
    assert "<math>" in typeset.html
    assert "data-mml" not in typeset.html
    assert {"NCM-I-1D45D", "NCM-I-1D6FF"} <= set(typeset.glyphs)  # p and δ


def test_what_tex_escapes_in_words_is_shown_without_its_backslash(typesetter):
    html = typesetter(Formula(r"x \text{ is 100\% of R\&D}", display=True)).html
    words = BeautifulSoup(html, "html.parser").find("math").get_text()
    assert "100% of R&D" in words.replace("\xa0", " ")


def test_the_picture_keeps_the_tex_of_each_symbol_and_the_mathml_none(typesetter):
    html = typesetter(Formula(r"\hat y_k \odot \operatorname{f}(z)", display=True)).html
    picture, mathml = html.split("<mjx-assistive-mml")
    for tex in (r"\hat y", "k", r"\odot", r"\operatorname{f}", "z"):
        assert f' data-latex="{tex}"' in picture
    assert "data-latex" not in mathml


def test_rows_of_a_derivation_stand_further_apart_than_those_of_a_matrix(typesetter):
    rows = r"a \\ b \\ c"
    apart, matrix = (
        typesetter(Formula(rf"\begin{{{name}}} {rows} \end{{{name}}}", display=True))
        for name in ("aligned", "matrix")
    )
    assert apart.height > 1.05 * matrix.height


def test_a_sign_that_a_row_goes_on_with_stands_between_two_operands(typesetter):
    def width(row):
        tex = rf"\begin{{aligned}} a &= b \\ {row} \end{{aligned}}"
        return typesetter(Formula(tex, display=True)).width

    assert (
        width(r"&\quad + ccc") == width(r"&\quad {} + ccc") > width(r"&\quad {+} ccc")
    )
    first = r"&:= \\ &\quad {}-ccc", r"&:= \\ &\quad -ccc"
    assert width(first[0]) > width(first[1])  # there it is the sign of what follows


def test_no_line_ends_within_short_brackets_or_with_one_that_opens(typesetter):
    def breaks(tex):
        html = typesetter(Formula(tex, display=False)).html
        return html.count("<mjx-break")

    for short in ("(-b)", "(b - c)", "(1 - 2 b)^2", r"\left( 1 - b \right)", "D(p, q)"):
        assert breaks(f"a + {short}") == 1
    assert breaks(r"D(y \,\|\, p)") == 0
    assert breaks("a + |b - c|") == 1
    assert breaks("p(y | x + z) - p(y | x - z)") == 1  # no bars of a pair
    long = "b c d e f g + h i k l m"
    assert breaks(f"a + ({long})") == breaks(f"a + (-{long})") == 2


def by_steps(outlines):
    """Let node rewrite outlines as those of glyphs are rewritten."""
    script = """
      const {bySteps} = await import(process.argv[1]);
      const given = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
      console.log(JSON.stringify(given.map((one) => {
        try { return bySteps(one); } catch (error) { return `Error: ${error.message}`; }
      })));
    """
    module = (mathjax.HERE / "outline.mjs").as_uri()
    done = subprocess.run(
        [
            mathjax.node(),
            "--input-type=commonjs",
            "-e",
            f"(async()=>{{{script}}})()",
            module,
        ],
        input=json.dumps(outlines),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)


def drawn(steps):
    """Follow the steps of an outline; return its places, as absolute commands."""
    x = y = start_x = start_y = 0
    found = []
    for command, numbers in re.findall(r"([a-z])([^a-z]*)", steps):
        values = [int(n) for n in re.findall(r"-?\d+", numbers)]
        size = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "z": 0}[command]
        if command == "z":
            x, y = start_x, start_y
            found.append(("Z",))
        while values:
            step, values = values[:size], values[size:]
            step = {"h": [*step, 0], "v": [0, *step]}.get(command, step)
            places = [n + (y if i % 2 else x) for i, n in enumerate(step)]
            x, y = places[-2:]
            if command == "m":
                start_x, start_y = x, y
            found.append(({"m": "M", "c": "C"}.get(command, "L"), *places))
    return found


def test_an_outline_by_steps_is_the_same_outline():
    random = Random(5)
    outlines, expected = [], []
    for _ in range(300):
        places = [("M", random.randint(-9, 9), random.randint(-9, 9))]
        for _ in range(random.randint(0, 12)):
            command = random.choice("MLLLCCZ")
            size = {"M": 2, "L": 2, "C": 6, "Z": 0}[command]
            places.append((command, *(random.randint(-9, 9) for _ in range(size))))
        expected.append(places)
        outlines.append("".join(c + " ".join(map(str, n)) for c, *n in places))
    found = by_steps(outlines)
    assert [drawn(steps) for steps in found] == expected
    assert by_steps(["M5 5L9 5L9-2L12-1C1 2 3 4 5 6Z"]) == [
        "m5 5h4v-7l3 1c-11 3-9 5-7 7z"
    ]


def test_an_outline_that_cannot_be_rewritten_is_refused():
    refused = by_steps(["M1.5 2", "M1 2Q3 4 5 6", "M1 2L3", "m1 2"])
    assert all(said.startswith("Error: an outline of whole") for said in refused)


def placed(html, glyph):
    """Return where a glyph of a formula stands, and its scale."""
    x, y, scale = 0.0, 0.0, 1.0
    part = BeautifulSoup(html, "html.parser").find("use", href=f"#{glyph}")
    for one in (part, *part.parents):
        if one.name in ("use", "g") and "scale(1 -1)" not in one.get("transform", ""):
            moves = one.get("transform", "")
            by = re.search(r"scale\((.*?)\)", moves)
            to = re.search(r"translate\(([^ )]+)(?: ([^)]+))?\)", moves)
            factor = float(by[1]) if by else 1.0
            right, up = map(float, to.groups("0")) if to else (0.0, 0.0)
            x, y, scale = right + factor * x, up + factor * y, factor * scale
    return x, y, scale


def test_a_group_that_only_moves_its_parts_gives_way_to_them(typesetter):
    html = typesetter(Formula(r"\frac{a}{b} + z_{x_{y}}", display=True)).html
    assert not re.search(r'<g(?: transform="[^"]*")?>', html)
    (_, a, _), (_, b, _) = (placed(html, f"NCM-I-1D44{n}") for n in "EF")
    assert a > 0 > b  # upwards, in TeX as in PostScript
    chain = [placed(html, f"NCM-I-1D46{n}") for n in "756"]  # z, x, y
    assert chain == sorted(chain, key=lambda one: (one[0], -one[1], -one[2]))
    assert [scale for _, _, scale in chain] == pytest.approx([1, 0.707, 0.5], abs=1e-3)


def test_an_invisible_character_is_not_drawn(typesetter):
    typeset = typesetter(Formula(r"\log p", display=False))
    assert "\u2061" in typeset.html  # "apply function", for who listens
    assert typeset.html.count("<use") == len("logp")


def test_a_display_formula_is_set_as_one(typesetter):
    typeset = typesetter(Formula(r"\sum_{k=1}^{K} y_k", display=True))
    assert 'display="block"' in typeset.html


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\frac{a}{", "Missing close brace"),
        (r"\nosuchcommand", r"Undefined control sequence \\nosuchcommand"),
        (r"a^b^c", "Double exponent"),
        (r"\begin{aligned} a", "Missing .*end{aligned}"),
    ],
)
def test_a_tex_error_is_an_error(typesetter, tex, message):
    with pytest.raises(TexError, match=message):
        typesetter(Formula(tex, display=True))
    assert typesetter(
        Formula("x", display=False)
    ).glyphs  # and the next one still works


def test_what_was_typeset_once_needs_no_node_again(typesetter, monkeypatch):
    formula = Formula("a + b", display=False)
    first, stylesheet = typesetter(formula), typesetter.stylesheet
    monkeypatch.setattr(mathjax, "node", lambda: pytest.fail("node was started"))
    again = MathJax(typesetter.memory.folder)
    assert again(formula) == first
    assert again.stylesheet == stylesheet


@pytest.mark.parametrize(
    "tex",
    [
        r"\renewcommand{\log}{\operatorname{lb}} \log 8",
        r"\newcommand{\foo}{1} \foo",
        r"\def\log{1} \log",
        r"\let\log\sin",
        r"\require{cancel}",
    ],
)
def test_a_formula_cannot_change_what_others_mean(typesetter, tex):
    with pytest.raises(TexError, match="Undefined control sequence"):
        typesetter(Formula(tex, display=False))
    log = typesetter(Formula(r"\log 8 + 1", display=False))
    assert "<mi>log</mi>" in log.html


def test_commands_of_the_field_are_known(typesetter):
    for tex in (r"\boldsymbol{\theta}", r"a \coloneqq b", r"\substack{a \\ b}"):
        assert typesetter(Formula(tex, display=True)).glyphs


@pytest.mark.parametrize("left", ["", "{", "{}", '{"html": "x"'])
def test_a_memory_that_is_not_whole_is_made_anew(typesetter, left):
    formula = Formula("s + t", display=False)
    typeset = typesetter(formula)
    for kept in typesetter.memory.folder.iterdir():
        kept.write_text(left)
    assert typesetter(formula) == typeset
    assert "mjx-container" in typesetter.stylesheet


def test_a_node_that_died_is_started_again(tmp_path, monkeypatch):
    # Node itself, not the wrapper that starts it: that one's death node survives
    found = subprocess.run(
        [mathjax.node(), "-p", "process.execPath"], check=True, capture_output=True
    )
    monkeypatch.setattr(mathjax, "node", lambda: found.stdout.decode().strip())
    typesetter = MathJax(tmp_path)
    typesetter(Formula("u + 1", display=False))
    first, _ = typesetter._started
    first.kill()
    first.wait()
    assert typesetter(Formula("u + 2", display=False)).glyphs
    assert typesetter._started[0] is not first
    typesetter.close()


def test_inline_and_display_are_remembered_apart(typesetter):
    inline, display = (typesetter(Formula("q", display=d)) for d in (False, True))
    assert inline != display


def test_another_version_of_mathjax_remembers_nothing(typesetter, monkeypatch):
    formula = Formula("r", display=False)
    assert typesetter(formula).glyphs
    assert typesetter.stylesheet
    newer = MathJax(typesetter.memory.folder)
    newer._maker += "newer"
    assert newer._key("stylesheet") not in newer.memory
    monkeypatch.setattr(newer, "_ask", lambda _: {"html": "anew", "glyphs": {}})
    assert newer(formula).html == "anew"


def test_a_missing_mathjax_is_named_with_its_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(mathjax, "HERE", tmp_path)
    with pytest.raises(NotInstalledError, match="make setup"):
        mathjax.node()
