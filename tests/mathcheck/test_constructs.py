r"""Each construct of the language, once right and once wrong."""

import pytest

from tests.mathcheck.pages import check, held, said

# A name, a formula that holds, and one that does not
CONSTRUCTS = {
    "sum with limits": (r"\sum_{k=1}^{K} p_k = 1", r"\sum_{k=1}^{K} p_k = 0"),
    "sum without limits": (r"\sum_k p_k = 1", r"\sum_k z_k = 1"),
    "sum over what a definition has": (r"\sum_l p_l = 1", r"\sum_l p_l = K"),
    "sum over what a value has": (
        r"\sum_l \operatorname{softmax}(u + v)_l (S z)_l = (S z)^\top \operatorname{softmax}(u + v)",
        r"\sum_l \operatorname{softmax}(u + v)_l = K",
    ),
    "sum over columns": (
        r"\sum_l e^{X_{nl}} = \sum_{l=1}^{D} e^{X_{nl}}",
        r"\sum_l e^{X_{nl}} = e^{X_{n1}}",
    ),
    "sum without one index": (
        r"\sum_{k \ne c} p_k = 1 - p_c",
        r"\sum_{k \ne c} p_k = 1",
    ),
    "sum over a set": (r"\sum_{r \in \{0, 1\}} r = 1", r"\sum_{r \in \{0, 1\}} r = 2"),
    "substack": (
        r"\sum_{\substack{k=1 \\ k \ne c}}^{K} p_k = 1 - p_c",
        r"\sum_{\substack{k=1 \\ k \ne c}}^{K} p_k = p_c",
    ),
    "upper limit that varies": (
        r"\sum_{k=1}^{j} 1 = j",
        r"\sum_{k=1}^{j} 1 = K",
    ),
    "product": (r"\prod_{k=1}^{K} e^{z_k} = e^{\sum_{k=1}^{K} z_k}",
                r"\prod_{k=1}^{K} e^{z_k} = \sum_{k=1}^{K} e^{z_k}"),
    "Iverson bracket above": (
        r"\prod_{k=1}^{K} q_k^{[c = k]} = q_c",
        r"\prod_{k=1}^{K} q_k^{[c \ne k]} = q_c",
    ),
    "Iverson bracket behind": (
        r"\sum_{k=1}^{K} q_k [k = c] = q_c",
        r"\sum_{k=1}^{K} q_k [k \in \{1, c\}] = q_c",
    ),
    "maximum": (r"\max_k z_k \ge z_j", r"\max_k z_k > z_j"),
    "maximum of two": (r"\max(x, 0) = \frac{x + |x|}{2}", r"\max(x, 0) = x"),
    "argmax of an index": (r"\arg\max_k p_k = \arg\max_k z_k",
                           r"\arg\max_k p_k = \arg\min_k z_k"),
    "argmax of a distribution": (
        r"\arg\max_k q_k = \arg\max_k \log q_k",
        r"\arg\max_k q_k = \arg\max_k (1 - q_k)",
    ),
    "argmax over a set": (
        r"\arg\max_{m \in \{0, 2, 5\}} (m - 2)^2 = 5",
        r"\arg\max_{m \in \{0, 2, 5\}} (m - 2)^2 = 3",
    ),
    "argmax of a vector": (
        r"\arg\min_u \lVert u - z \rVert^2 = z", r"\arg\min_u \lVert u - z \rVert^2 = v"
    ),
    "underset": (
        r"\underset{x}{\operatorname{arg\,max}}\; -(x - t)^2 = t",
        r"\underset{x}{\operatorname{arg\,max}}\; -(x - t)^2 = -t",
    ),
    "fraction": (r"\frac{e^{z_k}}{\sum_m e^{z_m}} = p_k", r"\frac{z_k}{\sum_m z_m} = p_k"),
    "partial derivative": (r"\frac{\partial p_k}{\partial z_j} = p_k (\delta_{kj} - p_j)",
                           r"\frac{\partial p_k}{\partial z_j} = p_j (\delta_{kj} - p_j)"),
    "derivative on one line": (
        r"\partial p_k / \partial z_j = p_j (\delta_{kj} - p_k)",
        r"\partial p_k / \partial z_j = p_j (\delta_{kj} + p_k)",
    ),
    "subscript derivative": (r"\partial_{z_j} L = p_j - y_j", r"\partial_{z_j} L = y_j - p_j"),
    "operator": (r"\frac{\partial}{\partial x} \left[ x^3 \right] = 3 x^2",
                 r"\frac{\partial}{\partial x} \left[ x^3 \right] = x^2"),
    "second derivative": (r"\frac{\partial^2 L}{\partial z_j \partial z_k} = p_j (\delta_{jk} - p_k)",
                          r"\frac{\partial^2 L}{\partial z_j \partial z_k} = p_j \delta_{jk}"),
    "derivative in a direction": (
        r"\left. \frac{d}{dr} A(z + r u) \right|_{r=0} = p^\top u",
        r"\left. \frac{d}{dr} A(z + r u) \right|_{r=0} = p^\top z",
    ),
    "total derivative": (r"\frac{d}{dx} e^{2 x} = 2 e^{2 x}", r"\frac{d}{dx} e^{2 x} = e^{2 x}"),
    "gradient": (r"\nabla_z L = p - y", r"\nabla_z L = y - p"),
    "Kronecker product with a product": (
        r"S \otimes u v^\top = S \otimes (u v^\top)",
        r"S \otimes u v^\top = S \otimes (v u^\top)",
    ),
    "Kronecker product with an identity": (
        r"\operatorname{vec}(S S) = (I \otimes S) \operatorname{vec}(S)",
        r"\operatorname{vec}(S S) = (S \otimes I) \operatorname{vec}(S)",
    ),
    "entrywise product with a product": (
        r"u \odot S v = \operatorname{diag}(u) S v",
        r"u \odot S v = S (u \odot v)",
    ),
    "derivative of a determinant": (
        r"\nabla_S \log |\det S| = S^{-\top} \quad \text{if } \det S \ne 0",
        r"\nabla_S \log |\det S| = S^{-1} \quad \text{if } \det S \ne 0",
    ),
    "derivative of an inverse": (
        r"\nabla_S (u^\top S^{-1} v) = -S^{-\top} u v^\top S^{-\top} \text{ if } \det S \ne 0",
        r"\nabla_S (u^\top S^{-1} v) = S^{-\top} u v^\top S^{-\top} \text{ if } \det S \ne 0",
    ),
    "extreme eigenvalues": (
        r"\lambda_{\max}(\operatorname{diag}(p) - p p^\top) \le \frac12",
        r"\lambda_{\min}(\operatorname{diag}(p) - p p^\top) > 0",
    ),
    "gradient of a matrix": (r"\nabla_S \operatorname{tr}(S^\top S) = 2 S",
                             r"\nabla_S \operatorname{tr}(S^\top S) = S"),
    "Hessian": (r"\nabla^2_z L = \operatorname{diag}(p) - p p^\top",
                r"\nabla^2_z L = \operatorname{diag}(p)"),
    "Jacobian": (r"\frac{\partial p}{\partial z} = \operatorname{diag}(p) - p p^\top",
                 r"\frac{\partial p}{\partial z} = \operatorname{diag}(p) + p p^\top"),
    "chain rule through a defined symbol": (
        r"\frac{\partial L}{\partial p_k} = -\frac{y_k}{p_k}",
        r"\frac{\partial L}{\partial p_k} = -\frac{p_k}{y_k + 1}",
    ),
    "differential": (r"\mathrm{d}A(z) = p^\top \mathrm{d}z", r"\mathrm{d}A(z) = z^\top \mathrm{d}z"),
    "prime": (r"f'(x) = \frac{d}{dx} f(x)", r"f'(x) = f(x)"),
    "chain rule of any function": (r"\frac{d}{dx} f(x^2) = 2 x f'(x^2)",
                                   r"\frac{d}{dx} f(x^2) = f'(x^2)"),
    "integral": (r"\int_0^1 r^2 \,\mathrm{d}r = \frac{1}{3}", r"\int_0^1 r^2 \,\mathrm{d}r = 1"),
    "infinite integral": (r"\int_{-\infty}^{\infty} e^{-r^2} dr = \sqrt{\pi}",
                          r"\int_{-\infty}^{\infty} e^{-r^2} dr = \pi"),
    "limit": (r"\lim_{s \to 0^+} s \log s = 0", r"\lim_{s \to 0^+} s \log s = 1"),
    "expectation": (r"\mathbb{E}_{k \sim p}[z_k] = p^\top z", r"\mathbb{E}_{k \sim p}[z_k] = 1"),
    "expectation of one-hot labels": (r"\mathbb{E}_{y \sim p}[y] = p", r"\mathbb{E}_{y \sim p}[y] = z"),
    "variance": (r"\operatorname{Var}_p(z) = \sum_k p_k (z_k - p^\top z)^2",
                 r"\operatorname{Var}_p(z) = \sum_k p_k z_k^2"),
    "norms": (r"\lVert z \rVert_2^2 = z^\top z", r"\lVert z \rVert_1 = z^\top z"),
    "Frobenius norm": (r"\lVert X \rVert_F^2 = \operatorname{tr}(X^T X)",
                       r"\lVert X \rVert_F = \operatorname{tr}(X^T X)"),
    "cases": (r"\delta_{kj} = \begin{cases} 1 & \text{if } k = j \\ 0 & \text{otherwise} \end{cases}",
              r"\delta_{kj} = \begin{cases} 0 & \text{if } k = j \\ 1 & \text{otherwise} \end{cases}"),
    "indicator": (r"\mathbf{1}[k = j] = \delta_{kj}", r"\mathbf{1}[k \ne j] = \delta_{kj}"),
    "Iverson bracket": (r"[k = j] = \delta_{kj}", r"[k \le j] = \delta_{kj}"),
    "unit vector": (r"e_c^\top z = z_c", r"e_c^\top z = z_j"),
    "ones and identity": (r"(I - \mathbf{1} p^\top) \mathbf{1} = 0", r"(I + \mathbf{1} p^\top) \mathbf{1} = 0"),
    "written vector": (r"z = (z_1, \dots, z_K)", r"z = (u_1, \dots, u_K)"),
    "component of a bracket": (r"(S z)_j = \sum_k S_{jk} z_k", r"(S z)_j = \sum_k S_{kj} z_k"),
    "transpose": (r"(S^\top)_{jk} = S_{kj}", r"S^\top = S"),
    "inverse": (r"S^{-1} S = I \text{ if } \det S \ne 0", r"S^{-1} S = S"),
    "Hadamard product": (r"(z \odot u)_k = z_k u_k", r"(z \odot u)_k = z_k"),
    "inner product": (r"\langle z, u \rangle = z^\top u", r"\langle z, u \rangle = z^\top z"),
    "Kronecker product": (r"\operatorname{tr}(S \otimes S) = \operatorname{tr}(S)^2",
                          r"\operatorname{tr}(S \otimes S) = \operatorname{tr}(S)"),
    "root": (r"\sqrt{x^2} = |x|", r"\sqrt{x^2} = x"),
    "quotient that is whole": (r"\sum_{r=1}^{49/49} r = 1", r"\sum_{r=1}^{49/49} r = 2"),
    "power 0": (r"\frac{d}{dx} (x^0 x) = 1", r"\frac{d}{dx} (x^0 x) = 0"),
    "function of a row": (r"\max(z^\top) = \max_k z_k", r"\max(z^\top) = z_1"),
    "divergence of rows": (
        r"\operatorname{KL}(q^\top, y^\top) = \operatorname{KL}(q, y)",
        r"\operatorname{KL}(q^\top, y^\top) = \operatorname{KL}(y, q)",
    ),
    "logarithm to a base": (r"\log_2 8 = 3", r"\log_2 8 = 4"),
    "approximation": (r"-\log 0.5 \approx 0.6931", r"-\log 0.5 \approx 0.6932"),
    "proportional": (r"p_k \propto e^{z_k}", r"p_k \propto z_k"),
    "Loewner order": (r"p p^\top \preceq \operatorname{diag}(p)", r"p p^\top \succeq \operatorname{diag}(p)"),
    "member of a set": (r"p_k \in (0, 1]", r"z_k \in (0, 1)"),
    "condition": (r"p_j = 1 - \sum_{k \ne c} p_k \qquad \text{if } j = c",
                  r"p_j = \sum_{k \ne c} p_k \qquad \text{if } j = c"),
    "condition in brackets": (r"\delta_{kj} = 0 \qquad (k \ne j)", r"\delta_{kj} = 1 \qquad (k \ne j)"),
    "condition on a size": (r"p_1 + p_2 = 1 \qquad \text{if } K = 2", r"p_1 = 1 \qquad \text{if } K = 2"),
    "condition on a real number": (r"e^{x} = 1 \qquad \text{if } x = 0", r"e^{x} = 0 \qquad \text{if } x = 0"),
    "two conditions": (r"\delta_{kj} + \delta_{jc} = 0 \qquad \text{if } k \ne j \text{ and } j \ne c",
                       r"\delta_{kj} + \delta_{kc} = 0 \qquad \text{if } k \ne j \text{ and } j \ne c"),
    "condition with a function": (r"s > 1 \qquad \text{if } \log s > 0", r"s < 1 \qquad \text{if } \log s > 0"),
    "aligned chain": (r"\begin{aligned} A(z) &= \log \sum_k e^{z_k} \\ &= z_j - \log p_j \end{aligned}",
                      r"\begin{aligned} A(z) &= \log \sum_k e^{z_k} \\ &= z_j + \log p_j \end{aligned}"),
    "rows with conditions": (
        r"\begin{align*} \delta_{kj} &= 1 && \text{if } k = j \\ \delta_{kj} &= 0 && \text{if } k \ne j \end{align*}",
        r"\begin{align*} \delta_{kj} &= 1 && \text{if } k \ne j \\ \delta_{kj} &= 0 && \text{if } k = j \end{align*}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_right_formula_holds(tmp_path, name):
    found = check(tmp_path, f"$${CONSTRUCTS[name][0]}$$")
    assert found
    assert held(found), said(found)


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_wrong_formula_is_refuted(tmp_path, name):
    found = check(tmp_path, f"$${CONSTRUCTS[name][1]}$$")
    assert {f.status for f in found} - {"holds"} == {"refuted"}, said(found)
