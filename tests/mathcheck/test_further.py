r"""Where statements are tried: at all sizes, far out, where bounds are tight.

One statement a line: those that hold are sharp, those that do not are slightly off, or
off at one class, at many, at one point, far out, or where few points are.
"""

import pytest

from tests.mathcheck.pages import check, held, lines, said

PREAMBLE = r"""# Test

$K, N \in \mathbb{N}$, $j, k \in \{1,\dots,K\}$, $z, u, v \in \mathbb{R}^K$,
$x, t \in \mathbb{R}$, $p, q \in \Delta^{K-1}$, $a, b \in \mathbb{R}_{>0}$,
$s, r \in (0, 1)$, $A \in \mathbb{R}^{K \times K}$, $g \in \mathbb{R}_{>0}^K$,
$m := \operatorname{softmax}(z)$, $o := \operatorname{softmax}(u)$,
$\sigma(x) := \frac{1}{1+e^{-x}}$, $H(q) := -\sum_{k=1}^K q_k \log q_k$,
$D(p, q) := \sum_{k=1}^K p_k \log \frac{p_k}{q_k}$,
$V(p, q) := \sum_{k=1}^K |p_k - q_k|$, $F(z) := \log \sum_{k=1}^K e^{z_k}$,
$h(s) := -s \log s - (1-s) \log(1-s)$,
$d(s, r) := s \log \frac{s}{r} + (1-s) \log \frac{1-s}{1-r}$, where $0 \log 0 := 0$.

"""
RIGHT = r"""
D(p,q) \ge 0
D(p,q) \ge \frac12 V(p,q)^2
V(p,q)^2 \le 2 D(p,q)
d(s,r) \ge 2 (s-r)^2
d(s,r) \ge 0
-\sum_{k=1}^K p_k \log q_k \ge H(p)
H(q) \le \log K
H(q) \ge 0
h(s) \le \log 2
h(s) \le 2 \sqrt{s (1-s)} \log 2
h(s) \ge 4 s (1-s) \log 2
h(s) \ge 2 \min(s, 1-s) \log 2
F(z) \ge \max_k z_k
F(z) \le \max_k z_k + \log K
F(z) \ge \frac1K \sum_{k=1}^K z_k + \log K
\log a \le a - 1
\log a \ge 1 - \frac1a
e^x \ge 1 + x
e^x > x
x^2 + t^2 \ge 2 x t
(x+t)^2 \le 2 x^2 + 2 t^2
x t \le \frac{x^2 + t^2}{2}
\sqrt{a b} \le \frac{a+b}{2}
\frac{2 a b}{a + b} \le \sqrt{a b}
\sqrt{a + b} \le \sqrt a + \sqrt b
\sqrt{a + b} \ge \frac{\sqrt a + \sqrt b}{\sqrt 2}
(u^\top v)^2 \le u^\top u\; v^\top v
|u^\top v| \le \lVert u \rVert_2 \lVert v \rVert_2
|u^\top v| \le \lVert u \rVert_1 \lVert v \rVert_\infty
\lVert u + v \rVert_2 \le \lVert u \rVert_2 + \lVert v \rVert_2
\lVert u \rVert_2 \le \lVert u \rVert_1
\lVert u \rVert_1 \le \sqrt K \lVert u \rVert_2
\lVert u \rVert_\infty \le \lVert u \rVert_2
\lVert u \rVert_2 \le \sqrt K \lVert u \rVert_\infty
\lVert u \rVert_1 \le K \lVert u \rVert_\infty
\lVert u - v \rVert_2 \ge \lVert u \rVert_2 - \lVert v \rVert_2
\sigma(x)(1-\sigma(x)) \le \frac14
|\sigma(x) - \sigma(t)| \le \frac14 |x - t|
|\tanh(x) - \tanh(t)| \le |x - t|
\lVert m - o \rVert_2 \le \lVert z - u \rVert_2
\lVert m - o \rVert_2 \le \frac12 \lVert z - u \rVert_2
F(z) - F(u) \le \max_k (z_k - u_k)
F(z) \ge F(u) + \sum_{k=1}^K o_k (z_k - u_k)
F(z) \le F(u) + \sum_{k=1}^K o_k (z_k - u_k) + \frac12 \lVert z - u\rVert_2^2
F(z) \le F(u) + \sum_{k=1}^K o_k (z_k - u_k) + \frac14 \lVert z - u\rVert_2^2
F(\frac{z+u}{2}) \le \frac{F(z) + F(u)}{2}
\log(1 + e^x) \ge \max(x, 0)
\log(1 + e^x) \le \max(x, 0) + \log 2
\log(1+e^x) \ge \frac{x}{2} + \log 2
\log(1 + e^x) \le \log 2 + \frac{x}{2} + \frac{x^2}{8}
1 - m_k \le -\log m_k
m_k > 0
m_k \le 1
\sum_{k=1}^K m_k^2 \ge \frac1K
\sum_{k=1}^K q_k^2 \le 1
\sum_{k=1}^K q_k^2 \le \max_k q_k
\max_k q_k \ge \frac1K
H(q) \ge -\log \max_k q_k
H(q) \ge -\log \sum_{k=1}^K q_k^2
H(q) \ge 1 - \sum_{k=1}^K q_k^2
\sum_{k=1}^K q_k (1 - q_k) \le 1 - \frac1K
\sum_{k=1}^K \sqrt{p_k q_k} \le 1
V(p,q) \le 2
D(p, q) \ge -2 \log \sum_{k=1}^K \sqrt{p_k q_k}
\frac12 V(p,q) \le \sqrt{1 - e^{-D(p,q)}}
\frac12 V(p,q) \le 1 - \frac12 e^{-D(p,q)}
D(p,q) \le \log(1 + \sum_k \frac{(p_k - q_k)^2}{q_k}) \text{ if } \min_k q_k > 0
D(p,q) \le \sum_{k=1}^K \frac{(p_k - q_k)^2}{q_k} \text{ if } \min_k q_k > 0
\sum_{k=1}^K (\sqrt{p_k} - \sqrt{q_k})^2 \le V(p,q)
\sum_{k=1}^K (\sqrt{p_k} - \sqrt{q_k})^2 \le D(p,q)
H(\frac{p+q}{2}) \ge \frac{H(p) + H(q)}{2}
H(\frac{p+q}{2}) \le \frac{H(p) + H(q)}{2} + \log 2
\sum_{k=1}^K g_k \log (K g_k) \ge \sum_{k=1}^K g_k \log \sum_{j=1}^K g_j
\left(\prod_{k=1}^K g_k\right)^{1/K} \le \frac1K \sum_{k=1}^K g_k
\frac{K}{\sum_{k=1}^K 1/g_k} \le \left(\prod_{k=1}^K g_k\right)^{1/K}
\sum_{k=1}^K g_k \sum_{k=1}^K \frac{1}{g_k} \ge K^2
\sum_{k=1}^K q_k \log g_k \le \log \sum_{k=1}^K q_k g_k
e^{\sum_{k=1}^K q_k z_k} \le \sum_{k=1}^K q_k e^{z_k}
\left(\sum_{k=1}^K q_k z_k\right)^2 \le \sum_{k=1}^K q_k z_k^2
\sum_{k=1}^K q_k z_k^2 - \left(\sum_{k=1}^K q_k z_k\right)^2 \ge 0
a^s b^{1-s} \le s a + (1-s) b
\frac{a^3}{3} + \frac{2 b^{3/2}}{3} \ge a b
(1 + a)^3 \ge 1 + 3 a
(1 + a)^{1/3} \le 1 + \frac{a}{3}
\log(1 + a) \le \frac{a}{\sqrt{1+a}}
\log(1 + a) \ge \frac{2 a}{2 + a}
\frac{a - b}{\log a - \log b} \ge \sqrt{a b} \text{ if } a > b
|\sin x| \le |x|
\cos x \ge 1 - \frac{x^2}{2}
\frac{e^x + e^{-x}}{2} \le e^{x^2/2}
s e^{x (1-s)} + (1-s) e^{-x s} \le e^{x^2/8}
(\tanh x)^2 \le (\tanh x) x
x \tanh x \le x^2
-s \log s \le \frac1e
a \log a \ge -\frac1e
a \log a \ge a - 1
s (1 - s) \le \frac14
s^2 (1-s) \le \frac{4}{27}
u^\top A^\top A u \ge 0
A^\top A \succeq 0
\operatorname{diag}(q) - q q^\top \succeq 0
\operatorname{diag}(q) - q q^\top \preceq \frac12 I
q q^\top \preceq \operatorname{diag}(q)
\operatorname{diag}(m) - m m^\top \preceq I
\operatorname{tr}(A^\top A) \ge \frac{1}{K} \operatorname{tr}(A)^2
(x - 1)^2 + 0.0001 > 0
e^{-x^2} > 0
x^2 + 2025.01 > 90 x
e^x \ne 0
x^2 + 1 \ne 0
1 + e^x \ne 1
\log(1+e^x) \ne x
\sigma(x) \ne 1
2 + \sin x \ne 0
x^2 + t^2 + 1 \ne x t
F(z) \ne z_k \text{ if } K > 1
\sum_{k=1}^K m_k = 1
\log m_k = z_k - F(z)
\sigma(-x) = 1 - \sigma(x)
\frac{\partial F}{\partial z_k} = m_k
\log(1+e^x) - \log(1 + e^{-x}) = x
\tanh x = 2 \sigma(2x) - 1
\sqrt{x^2} = |x|
\max(x,t) = \frac{x + t + |x - t|}{2}
\sum_{k=1}^K k = \frac{K(K+1)}{2}
\sum_{k=1}^K k^3 = \left(\frac{K(K+1)}{2}\right)^2
\sum_{k=0}^{K} 2^k = 2^{K+1} - 1
\prod_{k=1}^K k = K!
\sum_{k=1}^K (2 k - 1) = K^2
\cosh^2 x - \sinh^2 x = 1
(x + t)(x - t) = x^2 - t^2
a^{\log b} = b^{\log a}
\log(a b) = \log a + \log b
e^{x + t} = e^x e^t
\frac{1}{1+e^{-x}} = \frac{e^x}{1+e^x}
\log \frac{s}{1-s} = \log s - \log(1-s)
\sigma\left(\log \frac{s}{1-s}\right) = s
\operatorname{softmax}(z + x \mathbf 1) = m
\operatorname{softmax}(z)_k = \frac{1}{\sum_{j=1}^K e^{z_j - z_k}}
\max_k q_k \ge q_j
x^4 - 2 x^2 + 1 \ge 0
a^2 > 0.9801 \text{ if } a > 0.99
\max(x, 0) = x\, \mathbf 1[x \ge 0]
|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}
\max(0, x) = \frac{x + |x|}{2}
e^x \le x + e^x \text{ if } x \ge 0
\frac{|x|}{x} = 1 \text{ if } x > 0
\lVert \frac{1}{\lVert z \rVert_2} z \rVert_2 = 1 \text{ if } z_1 \ne 0
\sqrt{a^2 b^2} = a b
\frac{a}{a + b} + \frac{b}{a + b} = 1
\frac{e^x - e^{-x}}{2} = \sinh x
(1 - s)(1 + s) = 1 - s^2
\sqrt{x^2 + 1} - x = \frac{1}{\sqrt{x^2 + 1} + x}
\log\left(e^{a} \cdot e^{b}\right) = a + b
\prod_{k=1}^K e^{z_k} = e^{\sum_{k=1}^K z_k}
\arg\max_k m_k = \arg\max_k z_k
\sum_{k=1}^K q_k^2 \le \sum_{k=1}^K q_k
\frac{p_k}{p_k + q_k} \le 1 \text{ if } q_k > 0
a^{s} a^{1-s} = a
|x t| = |x| |t|
\min(x, t) + \max(x, t) = x + t
\lVert u \rVert_2^2 = u^\top u
\log \sigma(x) = -\log(1 + e^{-x})
\log \frac{\sigma(x)}{1 - \sigma(x)} = x
\arg\min_x (x - t)^2 = t
\arg\min_x \left((x-t)^2 + 3\right) = \arg\min_x 2 (x-t)^2
"""
WRONG = r"""
D(p,q) \ge 0.5003 V(p,q)^2
V(p,q)^2 \le 1.999 D(p,q)
d(s,r) \ge 2.001 (s-r)^2
D(p,q) \le 25
D(p,q) \le 200
-\sum_{k=1}^K p_k \log q_k \ge 1.0002 H(p)
H(q) \le 2.1
H(q) \le 3.9
H(q) \le 0.9999 \log K
H(q) \ge 0.0001
h(s) \le 0.6931
h(s) \le 0.9999 \log 2
h(s) \ge 4.001 s (1-s) \log 2
F(z) \ge \max_k z_k + 0.0001
F(z) \le \max_k z_k + 3
F(z) \le \max_k z_k + 0.9995 \log K
F(z) \ge \frac1K \sum_{k=1}^K z_k + 1.0003\log K
\log a \le 1.0001 a - 1.0001
\log a \ge 1.0002 - \frac1a
e^x \ge 1.0003 + x
e^x \ge 2.7185 x
x^2 + 2000 \ge 90 x
x^2 + 2024.9 \ge 90 x
x^2 + 249999.9 \ge 1000 x
x^2 + t^2 \ge 2.0003 x t
(x+t)^2 \le 1.9995 x^2 + 2 t^2
\sqrt{a b} \le 0.4998 (a+b)
\sqrt{a + b} \ge \frac{\sqrt a + \sqrt b}{1.414}
|u^\top v| \le 0.9998 \lVert u \rVert_2 \lVert v \rVert_2
\lVert u \rVert_1 \le 2.2 \lVert u \rVert_2
\lVert u \rVert_1 \le 7 \lVert u \rVert_2
\lVert u \rVert_1 \le 0.9999 \sqrt K \lVert u \rVert_2
\lVert u \rVert_2 \le 0.9998 \sqrt K \lVert u \rVert_\infty
\lVert u \rVert_2 \le 3.9 \lVert u \rVert_\infty
\lVert u \rVert_2 \le 0.9999 \lVert u \rVert_1
\sigma(x)(1-\sigma(x)) \le 0.2499
|\sigma(x) - \sigma(t)| \le 0.2499 |x - t|
|\tanh(x) - \tanh(t)| \le 0.9997 |x - t|
\lVert m - o \rVert_2 \le 0.4995 \lVert z - u \rVert_2
\lVert m - o \rVert_1 \le 0.999 \lVert z - u \rVert_\infty
F(z) \le F(u) + \sum_{k=1}^K o_k (z_k - u_k) + 0.2495 \lVert z - u\rVert_2^2
F(z) \ge F(u) + 1.0003 \sum_{k=1}^K o_k (z_k - u_k)
\log(1 + e^x) \le \max(x, 0) + 0.6931
\log(1+e^x) \ge \frac{x}{2} + 0.6932
\log(1 + e^x) \le \log 2 + \frac{x}{2} + 0.1249 x^2
1 - m_k \le -0.9999 \log m_k
m_k > 10^{-20}
m_k \ge 10^{-9}
-\log m_k \le 700
\sum_{k=1}^K m_k^2 \ge 0.1
\max_k q_k \ge 0.2
\sum_{k=1}^K q_k^2 \le 0.9999
\sum_{k=1}^K q_k^2 \ge \frac{1.0003}{K}
\sum_{k=1}^K q_k (1 - q_k) \le 0.9
V(p,q) \le 1.9999
D(p, q) \ge -2.002 \log \sum_{k=1}^K \sqrt{p_k q_k}
\frac12 V(p,q) \le 0.998\sqrt{1 - e^{-D(p,q)}}
D(p,q) \le 0.999 \log\left(1 + \sum_{k=1}^K \frac{(p_k - q_k)^2}{q_k}\right)
D(p,q) \le 0.5 \sum_{k=1}^K \frac{(p_k - q_k)^2}{q_k}
\sum_{k=1}^K (\sqrt{p_k} - \sqrt{q_k})^2 \le 0.4999 V(p,q)
\sum_{k=1}^K (\sqrt{p_k} - \sqrt{q_k})^2 \le 0.499 D(p,q)
H(\frac{p+q}{2}) \le \frac{H(p) + H(q)}{2} + 0.69
\left(\prod_{k=1}^K g_k\right)^{1/K} \le \frac{0.9998}K \sum_{k=1}^K g_k
\sum_{k=1}^K g_k \sum_{k=1}^K \frac{1}{g_k} \ge 1.0003 K^2
e^{\sum_{k=1}^K q_k z_k} \le 0.9997 \sum_{k=1}^K q_k e^{z_k}
a^s b^{1-s} \le 0.9999 s a + (1-s) b
\frac{a^3}{3} + \frac{2 b^{3/2}}{3} \ge 1.0002 a b
(1 + a)^3 \ge 1 + 3.001 a
(1 + a)^{1/3} \le 1 + \frac{a}{3.001}
\log(1 + a) \le 0.9997 \frac{a}{\sqrt{1+a}}
\log(1 + a) \ge \frac{2.0004 a}{2 + a}
|\sin x| \le 0.9999 |x|
\cos x \ge 1 - 0.4999 x^2
\frac{e^x + e^{-x}}{2} \le e^{0.4999 x^2}
s e^{x (1-s)} + (1-s) e^{-x s} \le e^{0.1249 x^2}
-s \log s \le 0.3678
a \log a \ge -0.3678
s^2 (1-s) \le 0.1481
\operatorname{diag}(q) - q q^\top \preceq 0.4999 I
\operatorname{diag}(m) - m m^\top \preceq 0.4998 I
1.0001 q q^\top \preceq \operatorname{diag}(q)
A^\top A \succeq 0.0001 I
A + A^\top \preceq 2 \lVert A \rVert_F I - 0.01 I
A^\top A \preceq 0.999 \lVert A \rVert_F^2 I
\operatorname{tr}(A^\top A) \ge \frac{1.0003}{K} \operatorname{tr}(A)^2
x \ne 0.123
x^2 \ne 2
e^x \ne 5
x^3 + x \ne 7
\sin x \ne 0.3
\sigma(x) \ne 0.777
F(z) \ne 0
p \ne q
x + t \ne 17.3
\log a \ne 0.3
h(s) \ne 0.5
H(q) \ne 0.4
x^2 - 2 x + 1 \ne 0
x^2 + t^2 \ne 2 x t \text{ if } x > 3
(x - 1.234)^2 > 0
\max(a, 10^{-8}) = a
\max(s, 10^{-7}) = s
\min(s, 1 - 10^{-7}) = s
\log(s + 10^{-7}) = \log s
\log(a + 10^{-12}) = \log a
\max(q_k, 10^{-15}) = q_k
\log(m_k + 10^{-7}) = \log m_k
\min(x, 10^5) = x
\max(x, -10^7) = x
\max(-100, \log s) = \log s
\max(-100, \log m_k) = \log m_k
\sigma(\min(\max(x, -36), 36)) = \sigma(x)
\log(1+e^{\min(x, 50)}) = \log(1+e^x)
\sqrt{x^2 + 10^{-10}} = |x|
\frac{x}{|x| + 10^{-9}} = \frac{x}{|x|} \text{ if } x \ne 0
\frac{z_k}{\max(\lVert z\rVert_2, 10^{-12})} \lVert z \rVert_2 = z_k
x + \max(0, x - 1500) = x
\mathbf 1[|x - 3.7| < 10^{-6}] = 0
x + \mathbf 1[x > 10^{10}] = x
\sum_{k=1}^K (k-1)(k-2)(k-3)(k-4)(k-5) = 0
\sum_{k=1}^K (k-1)(k-2)(k-3)(k-4)(k-5)(k-6)(k-7) = 0
\prod_{i=1}^{12} (K - i) = 0
K \le 1000
K \le 10^6
\log K \le 11
K! \le 10^{12}
\sum_{k=1}^K \frac1k \le 4.5
\sum_{k=1}^K \frac1k \le 8
2^K \ge K^2
K^2 \ge K + 2
2^K \le 1000 K^3
H(q) \ge 0.1 \log K - 0.01
K \ge 2
\log K > 0
\frac{1}{K} < 1
a \ge 0.99 \cdot 10^{-5}
\frac{1}{a} \le 10^{15}
x^2 \le 10^{30}
e^{-a} \ge 10^{-200}
\arg\min_x \left((x - t)^2 + 10^{-6} x\right) = t
\arg\min_x \left((x - t)^2 + 10^{-6} x\right) = \arg\min_x (x-t)^2
\arg\max_q \left(H(q) + 10^{-6} q_1\right) = \frac{1}{K} \mathbf 1
\arg\max_k (z_k + 10^{-6} u_k) = \arg\max_k z_k
\arg\max_k (z_k + 10^{-9} k) = \arg\max_k z_k
a^2 > 0.99 \text{ if } a > 0.99 \text{ and } a < 0.9999
x \ge 150 \text{ if } x^2 > 22000
x^2 + t^2 \ge 10^{-4} \text{ if } |x| + |t| < 0.012
"""
DECLARED = {
    r"$K \in \mathbb{N}_{\ge 2}$": True,
    r"$K \in \mathbb{N}_{>1}$": True,
    r"$K \in \{2, 3, \dots\}$": True,
    r"$K \in \mathbb{N}$": False,
    r"$K \in \mathbb{N}_{\ge 1}$": False,
    r"$K \in \{1, 2, \dots\}$": False,
}


@pytest.mark.parametrize("formula", lines(RIGHT))
def test_sharp_statement_holds(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert held(found), said(found)


@pytest.mark.parametrize("formula", lines(WRONG))
def test_statement_that_is_slightly_off_is_refuted(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert {finding.status for finding in found} == {"refuted"}, said(found)


@pytest.mark.parametrize(("declaration", "right"), DECLARED.items())
def test_size_starts_where_its_declaration_says(tmp_path, declaration, right):
    (found,) = check(tmp_path, r"$$\frac{1}{K} < 1$$", f"# T\n\n{declaration}.\n\n")
    assert found.status == ("holds" if right else "refuted"), found.detail


def test_what_has_no_value_at_one_class_is_refused_with_the_repair(tmp_path):
    wrong = r"$$\frac{K}{K - 1} = 1 + \frac{1}{K - 1}$$"
    (found,) = check(tmp_path, wrong, PREAMBLE)
    assert found.status == "refused"
    assert (
        r"write \text{if } K \ge 2, or declare K \in \mathbb{N}_{\ge 2}" in found.detail
    )
    (mended,) = check(tmp_path, wrong[:-2] + r" \quad \text{if } K \ge 2$$", PREAMBLE)
    assert mended.status == "holds"


def test_tick_says_up_to_which_size(tmp_path):
    found = check(
        tmp_path, r"$$\sum_{k=1}^K m_k = 1, \quad H(q) \le \log K$$", PREAMBLE
    )
    one, order = (finding.detail for finding in found)
    assert "K = 1 to 4, 64" in one
    assert "K = 1 to 5, 7, 8, 16, 64" in order


def test_tick_says_if_it_costs_too_much_to_go_on(tmp_path):
    triple = r"$$\sum_{i=1}^K \sum_{j=1}^K \sum_{k=1}^K z_i u_j v_k = 0 \cdot K$$"
    right = triple.replace(r"= 0 \cdot K", "= " + r"\sum_{i=1}^K z_i "
                           r"\sum_{i=1}^K u_i \sum_{i=1}^K v_i")  # fmt: skip
    (found,) = check(tmp_path, right, PREAMBLE)
    assert found.status == "holds"
    assert found.detail.endswith("tried up to K = 16"), found.detail
