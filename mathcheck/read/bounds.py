r"""What stands below and above a sum: k=1, j, k, i < j, 1 \le j < k \le K, k : y_k = 1.

Of a relation between two indices, such as j < k, the second one runs too, if the body
has it and nothing else in the statement does; see `shared` in the parser.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from mathcheck.read.conditions import RELATIONS, condition
from mathcheck.read.cursor import ACCENTS, STYLED, levels, text_of, top_level
from mathcheck.read.lexer import Token, mark
from mathcheck.read.names import read_marked, read_name
from mathcheck.read.parser import Parser
from mathcheck.read.parts import Axes, axes, axes_of
from mathcheck.read.problems import Problem, UndefinedError
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.scripts import Scripts
from mathcheck.read.signs import DOWN, MIRRORED, ORDER, UP
from mathcheck.read.syntax import (
    Both,
    Bound,
    Chosen,
    Indexed,
    Infinity,
    Member,
    Naturals,
    Node,
    Number,
    Range,
    Relation,
    Symbol,
)
from mathcheck.read.tree import symbols, together

MEMBERSHIP = (r"\in", r"\notin")
SIGNS = (*RELATIONS, *MEMBERSHIP)
ALIKE = (r"\mid", "|", ":", ";")  # what stands between an index and its condition


def limits(
    parser: Parser, below: list[Token], above: list[Token], at: int
) -> list[Bound]:
    """Read what stands below and above the sign."""
    groups = divided(both_signs(unstacked(below)))
    if not all(groups):
        raise parser.refuse("an index or its condition is missing below the sign", at)
    parts = [part for group in groups for part in spread(joined_lists(group))]
    names: list[str] = []
    conditions: list[Node] = []
    for part in parts:
        if top_level(part, SIGNS):
            with parser.having(fresh=True):  # the index may be new
                found = parser.isolated(part, condition)
            if isinstance(found, Both) and found.any:
                raise parser.refuse("`or` below a sum is not read", at)
            conditions += found.conditions if isinstance(found, Both) else [found]
        elif not conditions:
            names += parser.isolated(part, index_names)
        else:
            raise parser.refuse("an index stands before its conditions", at)
    if names and above and not ends_so(parser, names, above):
        raise parser.refuse(
            f"an upper limit without a lower one; write {names[0]}=1 below", at
        )
    if names:
        bound = [Bound(n, domain=own_set(parser, n, at), at=at) for n in names]
        rest = conditions
    else:
        high = parser.whole(above) if above else None
        bound, rest = first_limit(parser, conditions, high, at)
    check_own_limit(parser, bound, at)
    for node in rest:
        for name in sorted(symbols(node) - {b.name for b in bound}):
            parser.require(name, at)
    last = bound[-1]
    joined = [*([last.condition] if last.condition else []), *rest]
    if joined:
        bound[-1] = replace(last, condition=together(joined, at=at), at=at)
    return bound


def unstacked(below: list[Token]) -> list[Token]:
    r"""Return limits without \substack or \atop; rows become conditions."""
    first = below[0].text if below else ""
    if first == r"\substack":
        below = below[2:-1] if text_of(below[1:2]) == "{" else below[1:]
    elif first == r"\begin{subarray}":
        start = next((i for i, t in enumerate(below) if t.text == "}"), 0) + 1
        below = below[start:-1]
    return [
        Token("mark", ",", t.at, t.end)
        if (t.kind == "break" and t.text == r"\\") or t.text == r"\atop"
        else t
        for t in below
    ]


def both_signs(below: list[Token]) -> list[Token]:
    r"""Return s \in \{-1, 1\} for s = \pm 1."""
    if [t.text for t in below[1:3]] != ["=", r"\pm"] or len(below) < 4:
        return below
    at, value = below[1].at, below[3:]
    member, opener, closer = (
        Token("command", text, at, at) for text in (r"\in", r"\{", r"\}")
    )
    both = [mark("-", at), *value, mark(",", at), *value]
    return [below[0], member, opener, *both, closer]


def divided(below: list[Token]) -> list[list[list[Token]]]:
    """Split limits at the sign between an index and its condition, then at commas."""
    groups: list[list[list[Token]]] = [[[]]]
    for depth, token in levels(below):
        before = not any(top_level(part, SIGNS) for part in groups[-1])
        bar = token.text in ALIKE and (before or token.text not in ("|", r"\mid"))
        if depth == 0 and token.is_sign and bar:
            groups.append([[]])
        elif depth == 0 and token.is_sign and token.text == ",":
            groups[-1].append([])
        elif token.kind != "break":
            groups[-1][-1].append(token)
    return [[part for part in group if part] for group in groups]


def joined_lists(parts: list[list[Token]]) -> list[list[Token]]:
    r"""Join what a comma does not separate: k = 1, \dots, K and i, j \in S."""
    result: list[list[Token]] = []
    for part in parts:
        open_list = bool(result) and (
            part[0].text == r"\dots"
            or result[-1][-1].text == r"\dots"
            or (
                not top_level(result[-1], SIGNS)
                and top_level(part, (*MEMBERSHIP,))
                and not top_level(part, RELATIONS)
            )
        )
        if open_list:
            result[-1] += [mark(",", part[0].at), *part]
        else:
            result.append([*part])
    return result


def spread(parts: list[list[Token]]) -> list[list[Token]]:
    r"""Write out for each index what is said of several: j, k = 1, 1 \le j, k \le K."""
    result: list[list[Token]] = []
    waiting: list[list[Token]] = []  # indices without a relation of their own yet
    start: list[Token] = []  # the 1 \le before the first of them
    for position, part in enumerate(parts):
        signs = [i for i, t in enumerate(part) if t.is_sign and t.text in SIGNS]
        following = parts[position + 1 :]
        more = any(top_level(later, SIGNS) for later in following)
        letter = len(part) <= 2 and part[0].kind == "letter"
        if not signs and letter and more:
            waiting.append(part)
            continue
        single = len(signs) == 1 and part[signs[0]].text in UP
        if single and following and closes(following) and not waiting:
            start, last = part[: signs[0] + 1], part[signs[0] + 1 :]
            waiting.append(last)
            continue
        if signs and waiting and part[signs[0]].text in ("=", *UP):
            end = part[signs[0] :]
            result += [[*start, *each, *end] for each in (*waiting, part[: signs[0]])]
            waiting, start = [], []
            continue
        result += [*waiting, part]
        waiting = []
    return [*result, *waiting]


def closes(parts: list[list[Token]]) -> bool:
    r"""Say whether j, k \le K goes on with what 1 \le i has begun."""
    for part in parts:
        signs = [i for i, t in enumerate(part) if t.is_sign and t.text in SIGNS]
        if signs:
            letter = all(t.kind == "letter" or t.text == "'" for t in part[: signs[0]])
            return letter and len(signs) == 1 and part[signs[0]].text in UP
        if part[0].kind != "letter":
            return False
    return False


def index_names(parser: Parser) -> list[str]:
    """Read the indices of a sum without limits: k, or n, k, or nk."""
    names = []
    while not parser.done:
        if parser.here.kind == "words" and parser.here.text in ("all", "every"):
            parser.take()
        token = parser.here
        if token.kind != "letter" and not parser.at(r"\mathbf", *ACCENTS):
            raise parser.refuse(f"{parser.shown} is not an index")
        names.append(read_marked(parser))
        parser.skip(",")
    return names


def ends_so(parser: Parser, names: list[str], above: list[Token]) -> bool:
    r"""Say whether an upper limit is the one of the index's own set: \sum_i^K."""
    if len(names) != 1:
        return False
    meaning = parser.scope.plain(names[0])
    space = meaning.space if isinstance(meaning, Variable) else None
    return isinstance(space, Range) and space.high == parser.whole(above)


def own_set(parser: Parser, name: str, at: int, other: str = "") -> Node:
    """Return the set in which an index was declared, or the one it is compared with.

    An index with a prime has the set of that without.
    """
    for known in (name, name.rstrip("'"), other):
        for meaning in parser.scope.meanings(known) if known else ():
            # \min_b, where b is defined besides: any value of what it is declared as
            own = meaning.variable if isinstance(meaning, Definition) else meaning
            if own and not own.family:
                return own.space
    found = counted_in(parser, name)
    if found is not None:
        return found
    raise UndefinedError(
        f"{name} is not declared here, so it has no range below this sign; "
        f"declare it, or write {name}=1 below the sign and its end above",
        at,
    )


def counted_in(parser: Parser, index: str) -> Node | None:
    r"""Return what an index counts: components of x in x_i and x(i), columns in Z_{ni}.

    The superscript of x^{(n)}_i has an axis of its own, in front of that of i.
    """
    with parser.lookahead():
        while not parser.done:
            start = parser.position
            named = parser.here.kind in ("letter", "name") or parser.at(*STYLED)
            if not named and not parser.at("("):
                parser.take()
                continue
            name = read_name(parser) if named else ""
            with parser.lookahead():  # what is looked through has more indices in it
                given, every = indexed_axes(parser, name, start)
            parser.position += not named
            for letter, counted in zip(given, every, strict=False):
                if letter == index and counted is not None:
                    return counted
    return None


def indexed_axes(parser: Parser, name: str, start: int) -> tuple[list[str], Axes]:
    """Return what stands as the indices of a name or a bracket, and their ranges."""
    scripts = Scripts(parser) if name else None
    given = scripts.below if scripts else []
    every: Axes = ()
    if scripts:
        known = parser.scope.spelling(name + "'" * scripts.primes)
        meaning = parser.scope.plain(known)
        family = meaning.family if isinstance(meaning, Variable) else ()
        above = len(scripts.take_samples(parser))
        every = (*family, *axes_of(parser.scope, meaning))[above:]
    if parser.at("(") and not given:
        given, end = parser.enclosed, parser.closing(parser.position)
        if parser.tokens[end + 1].text == "_":  # softmax(z)_i, (W x)_i
            whole = parser.tokens[start : end + 1]
            parser.position = end + 1
            given = parser.following()
            with suppress(Problem):
                node = parser.isolated(whole, Parser.expression)
                every = axes(parser.scope, node)
    return [t.text for t in given if t.text != ","], every


def first_limit(
    parser: Parser, conditions: list[Node], high: Node | None, at: int
) -> tuple[list[Bound], list[Node]]:
    """Return what the first conditions say is bound, and the others."""
    first, *rest = conditions
    if isinstance(first, Member):
        found = []
        while isinstance(first, Member) and isinstance(first.element, Symbol):
            if high is not None:
                raise parser.refuse("expected an index and its set below the sign", at)
            found.append(of_member(parser, first, at))
            if not (rest and isinstance(rest[0], Member) and new_index(rest[0], found)):
                return found, rest
            first, *rest = rest
        raise parser.refuse("expected an index and its set below the sign", at)
    assert isinstance(first, Relation)
    found, extra = of_relation(parser, first, high, at)
    for position, further in enumerate(rest):
        if not isinstance(further, Relation) or not counts(further, found):
            return found, extra + rest[position:]
        more, others = of_relation(parser, further, high, at)
        found, extra = found + more, extra + others
    return found, extra


def new_index(member: Member, bound: list[Bound]) -> bool:
    """Say whether a membership tells of a further index what it runs over."""
    element = member.element
    return isinstance(element, Symbol) and element.name not in [b.name for b in bound]


def counts(relation: Relation, bound: list[Bound]) -> bool:
    """Say whether a relation gives a further index its first number."""
    names = [b.name for b in bound]
    left, *_ = relation.sides
    plain = relation.operators == ("=",) and isinstance(left, Symbol)
    chain = len(relation.operators) > 1 and set(relation.operators) <= set(ORDER)
    inner = relation.sides[1] if chain else left
    return (plain or chain) and isinstance(inner, Symbol) and inner.name not in names


def of_member(parser: Parser, member: Member, at: int) -> Bound:
    r"""Return the index of k \in S, or of k \notin S."""
    element = member.element
    assert isinstance(element, Symbol)
    if member.inside:
        return Bound(element.name, domain=member.space, at=at)
    whole = member.space.whole if isinstance(member.space, Chosen) else None
    domain = whole or own_set(parser, element.name, at)
    return Bound(element.name, domain=domain, condition=member, at=at)


def of_relation(
    parser: Parser, relation: Relation, high: Node | None, at: int
) -> tuple[list[Bound], list[Node]]:
    """Return the indices that a relation binds, and what it says of them besides."""
    left, *others = relation.sides
    operators = relation.operators
    if len(operators) > 1 and set(operators) <= set(ORDER):
        return of_chain(parser, relation, at)
    if not isinstance(left, Symbol):  # \sum_{y_i = k}: of all such i
        inner = [p.indices for p in left.parts if isinstance(p, Indexed)]
        found = set[str]().union(*(symbols(i) for indices in inner for i in indices))
        every = {n for n in found if parser.is_index(n)}
        own = every - {*parser.bound} or (set() if symbols(others[0]) else every)
        if len(own) != 1 or high is not None:
            raise parser.refuse(
                "which index is summed over cannot be told; write it before its "
                r"condition, as in \sum_{i : y_i = k}",
                at,
            )
        (name,) = own
        return [Bound(name, domain=own_set(parser, name, at), at=at)], [relation]
    if len(operators) > 1:
        raise parser.refuse(
            "which indices differ can be read in two ways; write each pair, as in "
            r"\substack{j \ne i \\ k \ne i}",
            at,
        )
    name, right = left.name, others[0]
    if operators == ("=",) and high is not None:
        for free in symbols(right):
            parser.require(free, at)
        return [Bound(name, right, high, at=at)], []
    if name in symbols(right):
        raise parser.refuse(f"{name} is compared with itself below the sign", at)
    if operators[0] in (r"\ne", *ORDER):
        return compared(parser, name, relation, high, at)
    if isinstance(right, Symbol) and parser.is_index(right.name):
        domain = own_set(parser, name, at, right.name)  # \sum_{j = i}: j is i
        return [Bound(name, domain=domain, at=at)], [relation]
    raise parser.refuse(
        f"which index is summed over can be read in two ways; write {name}=1 below "
        "the sign and the end above it",
        at,
    )


def compared(
    parser: Parser, name: str, relation: Relation, high: Node | None, at: int
) -> tuple[list[Bound], list[Node]]:
    r"""Return the index of k \ne c, j < k, n \ge 0; both, if both of them run."""
    right, operator = relation.sides[1], relation.operators[0]
    if high is not None:
        if operator != r"\ne":
            raise parser.refuse(
                f"write {name}=1 below the sign if {name} counts up to its end", at
            )
        require_all(parser, symbols(right), at)
        one = Number("1", at=at)  # \sum_{j \ne i}^{C}: from the first to C
        return [Bound(name, one, high, condition=relation, at=at)], []
    other = right.name if isinstance(right, Symbol) else ""
    if isinstance(right, Number) and operator in DOWN:
        return [unbounded(parser, name, right, operator, at)], []
    run = other in parser.running
    bound = [Bound(name, domain=own_set(parser, name, at, other), at=at)]
    if run:
        bound.append(Bound(other, domain=own_set(parser, other, at, name), at=at))
    else:
        require_all(parser, symbols(right), at)
        if other and other not in parser.bound:
            parser.shared.setdefault(other, operator)
    return bound, [relation]


def require_all(parser: Parser, names: frozenset[str], at: int) -> None:
    """Raise for a name that nothing declares."""
    for name in sorted(names):
        parser.require(name, at)


def unbounded(
    parser: Parser, name: str, right: Number, operator: str, at: int
) -> Bound:
    r"""Return the index of n \ge 0, which was declared without an end."""
    meaning = parser.scope.plain(name)
    if meaning is not None and not isinstance(
        getattr(meaning, "space", None), Naturals
    ):
        raise parser.refuse(
            f"where {name} ends can be read in two ways; write {name}={right.text} "
            "below the sign and the end above it",
            at,
        )
    low = int(right.text) + (operator == ">")
    return Bound(name, Number(str(low), at=at), Infinity(at=at), at=at)


def of_chain(
    parser: Parser, relation: Relation, at: int
) -> tuple[list[Bound], list[Node]]:
    r"""Return the indices of 1 \le j < k \le K, each with the outer limits."""
    sides, operators = relation.sides, relation.operators
    if operators[0] in DOWN:
        sides, operators = sides[::-1], tuple(MIRRORED[o] for o in operators[::-1])
    low, *inner, high = sides
    if not set(operators) <= {*UP}:
        raise parser.refuse("a chain of limits goes in one direction", at)
    names = [side.name for side in inner if isinstance(side, Symbol)]
    ends = symbols(low) | symbols(high)
    if len(names) < len(inner) or ends & set(names):
        raise parser.refuse("expected an index between its limits", at)
    require_all(parser, ends, at)
    bound = [Bound(name, low, high, at=at) for name in names]
    needless = len(inner) == 1 and operators == (r"\le", r"\le")
    return bound, [] if needless else [Relation(operators, sides, at=at)]


def check_own_limit(parser: Parser, bound: list[Bound], at: int) -> None:
    """Refuse an index that is its own limit."""
    for b in bound:
        for limit in (b.low, b.high):
            if limit is not None and b.name in symbols(limit):
                raise parser.refuse(
                    f"{b.name} is the index and its own limit; use two letters", at
                )
