"""The search: what readers type, and the page and the section that answer.

In node it is asked everything, with the very worker of a page; in the browser, what a
reader sees.
"""

import json
import re
import subprocess

import pytest

from tests.axe import AXE, CONTRAST, inaccessible
from tests.markdown import ROOT
from typeset.search import SearchError, data, entries, sections, write

# A query, the page that comes first, and a section that is among its first three links;
# where none is named, the page itself is what was looked for
TABLE = """
p-y                        | gradient/        | what-the-gradient-says
p − y                      | gradient/        | what-the-gradient-says
why is the gradient p - y  | gradient/        | what-the-gradient-says
∇L = p − y                 | gradient/        |
log p                      | information/     | surprise
logsumexp                  | softmax/         | log-sum-exp
log sum exp                | softmax/         | log-sum-exp
softmax                    | softmax/         | softmax
gradient                   | gradient/        | what-the-gradient-says
cross entropy vs mse       | scoring/         | one-logit
MSE                        | scoring/         | one-logit
bce                        | binary/          | the-loss-of-one-logit
nll                        | likelihood/      | the-likelihood-of-a-data-set
BCEWithLogitsLoss          | binary/          | the-loss-of-one-logit
ignore_index               | backpropagation/ | padding
masked logits nan          | faq/             | nan-when-i-mask-classes
class weights average      | soft_labels/     | two-means-of-a-batch
pytorch weights mean       | soft_labels/     | two-means-of-a-batch
focal loss                 | gradient/        | exercise-5
softmax jacobian           | softmax/         | the-jacobian-of-softmax
KL                         | information/     | divergence
KL(q || p)                 | information/     | divergence
perplexity                 | information/     | bits-and-perplexity
temperature                | soft_labels/     | temperature
label smoothing            | soft_labels/     | label-smoothing
hessian                    | curvature/       | the-hessian-entry-by-entry
fisher                     | fisher/          | the-fisher-information
numerical stability        | numerics/        |
one hot                    | glossary/        | one-hot
multi label                | binary/          | many-labels-at-once
likelihood                 | likelihood/      | the-likelihood-of-a-data-set
calibration                | scoring/         | calibration
infonce                    | contrast/        | one-positive-among-n
dpo                        | contrast/        | preference-without-a-reward-model
logit adjustment           | contrast/        | rare-classes
how is this checked        | checked/         |
σ                          | binary/          | the-sigmoid
y log p                    | information/     | cross-entropy
sigmoid(z) - y             | binary/          | gradient-curvature-minimum
∇                          | gradient/        | what-the-gradient-says
entropy                    | information/     | entropy
sparsemax                  | origins/         | sparsemax
gumbel trick               | origins/         | sampling-by-noise
prior shift                | origins/         | when-the-priors-change
loss nan                   | numerics/        | why-is-my-loss-nan
loss: nan?                 | numerics/        | why-is-my-loss-nan
log of zero                | numerics/        | zero-times-minus-infinity
conformal prediction       | asymptotics/     | sets-instead-of-probabilities
AIC                        | asymptotics/     | training-loss-and-test-loss
Wald test                  | asymptotics/     | three-tests-of-one-hypothesis
Pinsker                    | asymptotics/     | a-small-divergence-means-close-probabilities
reverse KL                 | asymptotics/     | two-directions
dark knowledge             | soft_labels/     | distillation
argmax                     | likelihood/      | minimising-one-is-maximising-the-other
two-class softmax          | binary/          | one-logit-or-two
softmax vs sigmoid         | binary/          | softmax-or-sigmoids
mean or sum                | backpropagation/ | sum-or-mean
Why isn't the gradient zero for wrong classes? | faq/ | why-is-the-gradient-not-zero-for-the-wrong-classes
do i need softmax before crossentropyloss | faq/ | must-i-apply-softmax-before-crossentropyloss
is cross entropy convex    | curvature/       | convex-but-not-strictly
what is a good loss value  | information/     | what-is-a-good-value
learning rate              | curvature/       | how-long-a-step-is-safe
gradient check             | numerics/        | checking-a-derivative-by-a-difference
weight decay               | existence/       | an-l2-penalty-gives-one-minimum
sofmax jacobain            | softmax/         | the-jacobian-of-softmax
crossentropy               | information/     | cross-entropy
logits                     | binary/          | what-a-logit-is
dL/dz                      | gradient/        | proof-3-by-cases-done-right
newton's method            | curvature/       | newtons-method
chain rule                 | gradient/        | proof-2-the-chain-rule-through-the-probabilities
"""  # noqa: E501
QUERIES = [
    tuple(cell.strip() for cell in line.split(" | "))
    for line in TABLE.replace("|\n", "| \n").strip("\n").splitlines()
]
LINKS = ".md-search-result__item:first-child .md-search-result__link"
SHOWN = """(links) => links.filter((link) => link.checkVisibility())
  .map((link) => link.href)"""


def asked(site, queries):
    """Ask the built site's search in node; return all that it says."""
    run = subprocess.run(
        ["node", str(ROOT / "tests" / "search.mjs"), str(site)],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def typed(text):
    """Return what is in the box while a text is typed."""
    return [text[:length] for length in range(1, len(text) + 1)]


def test_no_beginning_of_a_word_throws(site):
    """The theme says so in the console when a query throws, and finds nothing."""
    said = asked(site, "prefixes")
    assert len(said["answers"]) > 5000
    assert said["warnings"] == []
    # By a sign alone nothing is asked
    nothing = [answer["query"] for answer in said["answers"] if not answer["pages"]]
    assert [query for query in nothing if re.match(r"\w", query)] == []


def test_lunr_finds_the_words_of_the_index_and_no_others(site):
    """It throws at a word that it finds and that nobody wrote."""
    said = asked(site, [])
    assert len(said["words"]) > 3000
    assert said["found"] == said["words"]


def test_nothing_throws_while_it_is_typed(site):
    queries = [text for query, *_ in QUERIES[::4] for text in typed(query)]
    queries += [
        "title:p^",
        "~",
        "+ -",
        "a:b",
        "p^2*",
        '"label smoothing',
        "\\",
        "*",
        "-p",
    ]
    assert asked(site, queries)["warnings"] == []


def test_no_result_shows_tex(site):
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    raw = re.compile(r"\\(?:[a-zA-Z]{2,}|[()\[\]])|\$[^$ ][^$]*\$|_\{|\^\{")
    shown = [
        (section["location"], found[0])
        for section in index["docs"]
        for found in raw.finditer(
            " ".join([section["title"], section["text"], *section["names"]])
        )
    ]
    assert shown == []


def test_the_index_stays_small(site):
    """A reader who searches waits for it; it had 627 kB before formulas were text.

    The chapters say their claims in short since, more questions have answers, and the
    libraries have pages of their own. New chapters add some 40 kB each, which is 10 kB
    on the way to a reader.
    """
    assert (site / "search/search_index.json").stat().st_size < 1_100_000


def test_a_result_is_an_excerpt(site):
    found = asked(site, ["scoring squared error or cross-entropy", "mse", "p-y", "bce"])
    texts = [one["text"] for answer in found["answers"] for page in answer["pages"]
             for one in page]  # fmt: skip
    assert len(texts) > 20
    assert max(text.count("<p>") + text.count("<pre>") for text in texts) <= 2


@pytest.fixture(scope="module")
def searching(browser, address):
    """Open a page with the search box ready; what goes wrong fails the tests."""
    page, problems = browser.new_page(), []
    page.on(
        "console", lambda m: m.type in ("error", "warning") and problems.append(m.text)
    )
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    yield page
    page.close()
    assert problems == []


@pytest.mark.parametrize(("query", "name", "section"), QUERIES)
def test_a_query_finds_the_page_that_answers_it(
    searching, address, query, name, section
):
    found = shown(searching, query)
    expected = address + name + (f"#{section}" if section else "")
    said = (
        f"“{query}” finds {[link.removeprefix(address) for link in found[:3]]}, and "
        f"not {expected.removeprefix(address)}; if that answers it better, change the "
        "row of TABLE in tests/test_search.py, otherwise name the section that is "
        "meant in typeset/search.toml"
    )
    assert found[0].startswith(address + name), said
    assert expected in found[:3], said


def shown(page, query):
    """Return the links of the first page that is found, without what they mark."""
    box = page.get_by_role("textbox", name="Search")
    box.fill("")
    box.press("End")
    page.locator(".md-search-result__link").first.wait_for(state="detached")
    box.fill(query)
    box.press("End")  # the theme looks into its box when a key goes up
    page.locator(".md-search-result__link").first.wait_for()
    links = page.locator(LINKS).evaluate_all(SHOWN)
    return [re.sub(r"\?h=[^#]*", "", link) for link in links]


def test_enter_opens_the_best_section_and_marks_its_words(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("bce")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/binary/?h=*#the-loss-of-one-logit")
    page.locator("mark", has_text="binary").first.wait_for()
    page.close()


def test_arrows_go_through_the_results_and_what_is_begun_is_suggested(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("perplex")
    page.locator(".md-search__suggest", has_text="perplexity").wait_for()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)  # the results are asked for anew
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    page.close()


def test_a_formula_that_was_found_is_marked_in_the_result(searching):
    shown(searching, "p_c - 1")
    marks = searching.locator(f"{LINKS} mark")
    assert marks.first.is_visible()
    assert " ".join(marks.all_inner_texts()).startswith("p_c − 1")


# --- what is indexed ------------------------------------------------------------------


def test_the_source_of_a_formula_is_in_no_index():
    """A typeset formula has it for those who copy; it is neither text nor code."""
    page = (
        "<h1>Softmax</h1><p>Let <mjx-container><svg></svg><mjx-assistive-mml><math>"
        '<semantics><mi>p</mi><annotation encoding="application/x-tex">\\nabla p'
        "</annotation></semantics></math></mjx-assistive-mml></mjx-container> be.</p>"
        '<p><annotation encoding="application/x-tex">\\sum</annotation></p>'
    )
    [section] = sections(page)
    assert section.blocks == ["<p>Let be.</p>"]


def test_a_docstring_is_left_out_and_its_function_is_not():
    [section] = sections(
        '<h1>A</h1><pre><code>def f(x):\n    <span class="sa">r</span>'
        '<span class="sd">"""$\\sum$."""</span>\n'
        "    return x</code></pre>"
    )
    assert section.blocks == ["<pre><code>def f(x):\n    return x</code></pre>"]


def test_an_exercise_with_an_anchor_is_a_section_of_its_own():
    page = (
        '<h1>A</h1><p>One.</p><h2 id="exercises">Exercises</h2><p>Two.</p>'
        '<details class="question" id="focal"><summary>5. Focal loss</summary>'
        "<p>Three.</p></details><p>Four.</p>"
    )
    found = {entry["location"]: entry for entry in entries(page, "a/", "A", "", ROOT)}
    assert found["a/#focal"]["title"] == "5. Focal loss"
    assert "Three" in found["a/#focal"]["text"]
    assert "Two" in found["a/#exercises"]["text"]
    assert "Four" in found["a/#exercises"]["text"]
    assert found["a/#exercises"]["names"] == ["5. Focal loss"]


def test_names_of_a_section_that_is_not_there_are_refused(tmp_path):
    index = tmp_path / "search_index.json"
    index.write_text('{"config": {}, "docs": []}')
    with pytest.raises(SearchError, match=r"search\.toml: there is no section \S+/"):
        write(index, [{"location": "softmax/", "names": []}], ROOT)


def test_names_are_those_of_sections_that_the_site_has(site):
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    places = {section["location"] for section in index["docs"]}
    assert set(data(ROOT)["names"]) <= places


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_marked_on_a_page_can_be_read(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    context.add_init_script(AXE.read_text("utf-8"))
    page = context.new_page()
    page.goto(f"{address}gradient/?h=gradient+softmax")
    page.locator("mark", has_text="softmax").first.wait_for()
    marks = {"include": [["mark"]]}
    assert inaccessible(page, CONTRAST, marks) == []
    context.close()
