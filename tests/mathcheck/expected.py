"""Pages as other people would write them, right formulas and wrong ones.

They restate published derivations in the notation of their authors. A comment before a
formula says what has to become of it; without one it has to hold, as what its signs say
it is: a definition, a claim, ... The signs are read here with regular expressions, so
that it is not the checker who says what it had to find.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mathcheck.page.finding import CLAIMS, Finding
from mathcheck.source.blocks import Element
from mathcheck.source.lines import Lines
from mathcheck.source.reading import read_file
from tests.mathcheck.pages import said

EXPECT = re.compile(r"<!-- expect: (\w+) -->\s*\Z")

# Relations that claim nothing, because a word before them supposes: "if $i=j$"
SUPPOSED = {
    "agresti.md": (r"J \ge 2",),
    "arcface.md": (r"\mathbf{x} \neq 0",),
    "bendersky.md": ("i=j", r"i\neq j"),
    "boyd.md": ("x_i > 0",),
    "bradley_terry.md": (r"m \ge 2",),
    "bohning.md": (r"\sum_{k=1}^K y_k = 1",),
    "casella_berger.md": (r"n \ge 2",),
    "cover_thomas.md": ("a > 1", "b > 1", "p_x > 0", "q_x > 0"),
    "cs231n.md": ("k = y_i", r"j \ne y"),
    "ctc.md": (r"K \ge 2", r"a \neq b", "y^t_k > 0"),
    "d2l.md": ("P = Q",),
    "d3pm.md": (r"\pi_k > 0", "q_k > 0"),
    "dirichlet.md": ("x_i > 0",),
    "dkd.md": (r"C \ge 2",),
    "dlbook.md": ("P = Q",),
    "dpo.md": (r"\pi_{\text{ref}}(y) > 0", r"\pi(y) > 0"),
    "ee376a.md": ("p_i > 0", "q_i > 0"),
    "entmax.md": ("p_i > 0", "y_j > 0"),
    "esl.md": (r"K \ge 2",),
    "exponential_family.md": (r"K \ge 2",),
    "gan.md": ("p_r(x) > 0", "p_g(x) > 0"),
    "gmm_em.md": ("q_c > 0",),
    "grpo.md": (r"G \ge 2", r"\pi_{\mathrm{ref}}(o) > 0"),
    "gumbel.md": (r"\pi_i > 0",),
    "hedge.md": ("x_i > 0",),
    "hmm.md": (r"\pi_i > 0", "a_{ij} > 0", "b_i(m) > 0"),
    "infonce.md": (r"u \neq 0", r"v \neq 0"),
    "jensen_shannon.md": (r"\pi_i > 0",),
    "keras_losses.md": (r"\hat{y}_k > 0",),
    "label_noise.md": (r"c \ge 2",),
    "label_smoothing.md": ("p_k > 0",),
    "lectures.md": ("p_k, q_k > 0",),
    "likelihood_appendix.md": (r"n \ge 2",),
    "logit_adjustment.md": (r"L \ge 2", r"\pi_y > 0", r"\eta_y > 0"),
    "mackay.md": ("f = 0.1", "p_i > 0"),
    "matrix_notes.md": ("n = 2",),
    "mi_bounds.md": ("q_y(x) > 0",),
    "mixup.md": (r"\epsilon = 0.1",),
    "murphy.md": ("C = 3",),
    "nce.md": ("p(w) > 0", "q(w) > 0"),
    "nielsen.md": ("j = k", r"j \neq k"),
    "nt_xent.md": (
        r"\boldsymbol{z}_k \neq 0",
        r"\boldsymbol{u} \neq 0",
        r"\boldsymbol{v} \neq 0",
    ),
    "optax.md": (r"j \ne c",),
    "ordinal.md": (r"c \ge 2", r"\pi_k > 0", r"\theta_1 < \theta_2"),
    "orpo.md": (r"\pi(y) > 0", r"\pi_{\text{ref}}(y) > 0"),
    "perplexity.md": ("P(x) > 0", "Q(x) > 0"),
    "polyanskiy_wu.md": ("P(x) > 0", "Q(x) > 0", "P_x > 0", "Q_x > 0", "Q'_y > 0"),
    "ppo.md": (r"\pi_{\text{old}}(a) > 0", "p(x) > 0", "q(x) > 0"),
    "ranking.md": (r"m \ge 2",),
    "renyi.md": ("p_i > 0", r"\alpha \ne 1", "P_i > 0", "Q_i > 0"),
    "scoring_rules.md": ("p_i > 0", "q_i > 0"),
    "simpo.md": (r"\pi(y) > 0", r"\pi_{\text{ref}}(y) > 0"),
    "speculative.md": (r"K \ge 2", "q(x) > 0", r"\alpha = 0.8"),
    "statsmodels.md": ("a < b",),
    "symmetric_ce.md": ("q_k > 0", "p_k > 0", "A < 0", "A = -2"),
    "tensorflow.md": ("x < 0", "q = 1"),
    "train.md": (r"J \ge 2",),
    "tsallis.md": ("p_i > 0", r"q \ne 1"),
    "vae.md": ("q_z > 0",),
    "wiki_aic.md": ("n > k + 1", "e_i > 0"),
    "wiki_conditional_entropy.md": (r"m \ge 2",),
    "wiki_cross_entropy.md": ("p = q", r"q_i = \frac{1}{K}", r"\lambda = 1", "q = p"),
    "wiki_gibbs.md": ("q_i > 0",),
    "wiki_lse.md": ("y_i > 0",),
    "wiki_multinomial_distribution.md": ("p_i > 0", r"k \ge 2"),
    "wiki_pinsker.md": ("P(i) > 0", "Q(i) > 0"),
    "wiki_softmax.md": ("K = 2",),
}

CONDITION = re.compile(
    r"(?:\\text ?\{\s*(?:if|for)\b|\\forall\b).*?(?=\\\\|\\end|:|\Z)", re.DOTALL
)
NO_BRACKETS = re.compile(
    r"\\(?:begin|end)\{(?:align|aligned|equation|gathered|split)\*?\}"
    r"|\\(?:left|right|[Bb]igg?[lr]?)(?![a-z])\.?"
)
BRACKETED = re.compile(
    r"\\begin\{(?:cases|\w*matrix)\}.*?\\end\{(?:cases|\w*matrix)\}"
    r"|\\\{[^{}]*?\\\}|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}",
    re.DOTALL,
)
IMPLYING = re.compile(
    r"\\(?:iff|implies|impliedby|Rightarrow|Leftrightarrow|Longrightarrow"
    r"|Longleftrightarrow)(?![A-Za-z])"
)
BOXED = re.compile(r"\\boxed\s*\{(.*)\}\s*\Z", re.DOTALL)
CASES = re.compile(r"=\s*\\begin\{cases\}(.*?)\\end\{cases\}", re.DOTALL)
SEPARATOR = re.compile(r"\\q?quad|\\hspace|,")
# What a statement is: the first of these that has a sign in it
SIGNS = {
    "definition": re.compile(r"\A(?!.*\\in\b.*:=).*:=", re.DOTALL),  # no x \in S := ...
    "approximation": re.compile(r"\\approx\b"),
    "inequality": re.compile(
        r"<|>|\\(?:[lg]e|[lg]eq|[lg]eqslant|neq?|preceq|succeq|propto)(?![A-Za-z])"
    ),
    "claim": re.compile(r"(?<!:)=(?!\s*\\in\b)"),
    "declaration": re.compile(r"\\in(?![A-Za-z])|:"),
}


def kinds(latex: str) -> set[str]:
    """Say what the statements of a formula are, by the signs outside of brackets."""
    if IMPLYING.search(latex):
        return {"claim"}
    latex = BOXED.sub(r"\1", latex)
    rest = NO_BRACKETS.sub(" ", CONDITION.sub(" ", latex))
    while (inner := BRACKETED.sub(" ", rest)) != rest:
        rest = inner
    found = set()
    for statement in SEPARATOR.split(rest):
        found |= {next((k for k, sign in SIGNS.items() if sign.search(statement)), "")}
        if re.search(r":=.*(?<!:)=", statement, re.DOTALL):  # p := a = b
            found.add("claim")
    for inside in CASES.findall(latex):  # what is said of the value of a case
        for row in inside.split(r"\\"):
            value = row.partition("&")[0]
            said = (k for k in ("inequality", "claim") if SIGNS[k].search(value))
            found |= set(itertools.islice(said, 1))
    return found - {""} or {"mention"}


@dataclass(frozen=True)
class Case:
    """A formula of the corpus: where it stands, what it is, what is to become of it."""

    where: str
    latex: str
    offset: int
    kinds: set[str]
    status: str

    def wrong(self, found: list[Finding]) -> str:
        """Say what became of it, if that is not what is expected."""
        right = {finding.status for finding in found} == {self.status}
        if self.status in ("holds", "refuted"):
            right &= {finding.kind for finding in found} == self.kinds
        if self.status == "holds":
            claims = [finding for finding in found if finding.kind in CLAIMS]
            right &= all(f.points > 0 and f.steps > 0 for f in claims)
        return "" if right else f"{self.where}: {self.latex}: {said(found)}"


def cases(path: Path) -> Iterator[Case]:
    """Yield the formulas of a page, each with what is expected of it."""
    text = read_file(path)
    lines = Lines(text.source)
    for item in text.reading.items:
        if isinstance(item, Element):
            start = text.source[: item.offset].rstrip("$[(\\ \n\t")
            line = text.source.rfind("\n", 0, item.offset - 1) + 1
            expected = EXPECT.search(start) or EXPECT.search(text.source[:line])
            where = f"{path.name}:{lines.place(item.offset)[0]}"
            status = expected[1] if expected else "holds"
            if item.mark:
                status = "refuted-on-purpose"
            supposed = item.latex in SUPPOSED.get(path.name, ())
            wanted = {"mention"} if supposed else kinds(item.latex)
            if status in CLAIMS:
                wanted, status = {status}, "holds"
            yield Case(where, item.latex, item.offset, wanted, status)
