"""What gives a symbol a set to be drawn from, or a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mathcheck.read import dots
from mathcheck.read.beyond import is_beyond
from mathcheck.read.braces import name_here
from mathcheck.read.bracketed import bracketed_name, within_signs
from mathcheck.read.calls import separator
from mathcheck.read.claims import Statement, check_end, unread
from mathcheck.read.cursor import STYLED
from mathcheck.read.italic import join_declared
from mathcheck.read.letters import refuse_late_index
from mathcheck.read.lexer import Token
from mathcheck.read.members import member, text_here
from mathcheck.read.names import (
    is_divergence,
    is_word,
    read_accented,
    read_name,
    refuse_relation,
    with_script,
)
from mathcheck.read.orders import order_of
from mathcheck.read.parser import Parser
from mathcheck.read.parts import axes_of, by_number, has_parts
from mathcheck.read.problems import Problem, RefusedError, UndefinedError
from mathcheck.read.scope import Definition, Meaning, Scope, Variable, components
from mathcheck.read.scripts import (
    Scripts,
    indices_of,
    lengthened,
    sample_index,
    script_text,
)
from mathcheck.read.sets import space
from mathcheck.read.subscripts import (
    Divided,
    divided,
    marked,
    with_marks,
    with_plain_indices,
)
from mathcheck.read.syntax import (
    ONE,
    Call,
    Cases,
    Dots,
    Finite,
    Indexed,
    Interval,
    Maps,
    Member,
    Naturals,
    Node,
    Number,
    Range,
    Relation,
    Symbol,
)
from mathcheck.read.tree import symbols, together


@dataclass
class Pattern:
    """What stands on the left of a declaration or a definition."""

    name: str
    indices: list[Node] = field(default_factory=list)
    parameters: list[str] | None = None
    squared: list[str] = field(default_factory=list)
    members: dict[str, Node] = field(default_factory=dict)  # by the name as parameter
    root: str = ""  # what the name is the square of, as s of s^2
    samples: int = 0  # how many of the indices are superscripts, which count examples
    signs: tuple[str, ...] = ()  # between the parameters
    inner: list[Token] = field(default_factory=list)  # what stands in the brackets
    base: str = ""  # the name without its order
    place: Node | None = None  # of a member beyond the family of that name
    order: str = ""  # a real number that stands as the index: \alpha in D_\alpha
    whole: str = ""  # of what it is a component, if its subscript is of numbers


def pattern(parser: Parser) -> Pattern:
    """Read a name that may be new, with its indices and its parameters."""
    at = parser.here.at
    join_declared(parser)
    name = within_signs(parser, new=True)
    signs = name or parser.here.kind in ("letter", "name")
    if not signs and not parser.at(*STYLED):
        raise parser.refuse("only a symbol can be declared or defined")
    name = name or read_accented(parser)
    base, order, place = name, "", None
    scripts = Scripts(parser)
    below, indices = scripts.below, []
    whole = name if by_number(below) else ""
    if below:
        below = with_plain_indices(parser.scope, below)
        label = new_label(parser.scope, name, below)
        if label:
            name, below = label
        letters = [t for t in with_marks(below) if t.text not in (",", "{", "}")]
        declared = [counts(parser.scope, t) for t in letters]
        full = lengthened(name, "_", below)
        if is_divergence(below):
            name = full
        elif is_beyond(parser.scope, name, below):
            place, name = parser.whole(below), full
        elif all(declared) and letters and not parser.scope.known(full):
            indices = indices_of(parser, below, {len(letters)})
        elif lists_indices(letters) and any(declared):
            missing = letters[declared.index(False)]
            if missing.text == "_":  # p_{y_n}
                raise RefusedError("what has an index as its index", missing.at)
            if missing.text in ("+", "-"):
                raise RefusedError(
                    f"a recursion is not read; define {name} for any index, or write "
                    f"{lengthened(name, '_', below)} = ... as a condition",
                    missing.at,
                )
            raise UndefinedError(f"{missing.text} is not declared here", missing.at)
        else:
            refuse_relation(below)
            name, order = full, order_of(parser.scope, below)
        scripts.below = []
    samples: list[Node] = []
    for above in [*scripts.above]:
        index: Node | None = None
        if len(above) == 1:
            if counts(parser.scope, above[0]) and not parser.scope.known(name):
                index = parser.whole(above)  # y^t, which has no power yet
                samples.append(index)
                scripts.above.remove(above)
            continue
        layer = above[0].text == "[" and not parser.scope.known(above[1].text)
        names = above_name(parser.scope, name, above)
        if len(above) == 3 and above[1].kind == "letter" and not (layer or names):
            parser.require(above[1].text, above[1].at)
            index = sample_index(parser, above)
        if index is not None:
            samples.append(index)
            scripts.above.remove(above)
    for above in [a for a in scripts.above if above_name(parser.scope, name, a)]:
        name = lengthened(name, "^", above)
        scripts.above.remove(above)
    with parser.having(fresh=True):
        name = with_script(parser, name, scripts)
    inverse = [script_text(above) for above in scripts.above] == ["-1"]
    if inverse and parser.at("("):
        name = lengthened(name, "^", scripts.above.pop())
    root = ""
    if not scripts.primes and parser.at(":="):
        if [script_text(above) for above in scripts.above] == ["2"]:
            root, name = name, lengthened(name, "^", scripts.above.pop())
    if scripts.above or scripts.primes:
        if scripts.primes:
            name += "'" * scripts.primes
        else:
            raise parser.refuse("only a symbol can be declared or defined", at)
    found = Pattern(
        name, [*samples, *indices], samples=len(samples), root=root, whole=whole
    )
    if name.startswith(base + "_"):
        found.base, found.order, found.place = base, order, place
    if parser.at("(", "[") and of_value(parser):
        found.name = bracketed_name(name, parser.bracketed())
    elif parser.at("(", "["):
        found.inner = parser.enclosed
        if nothing_varies(parser.scope, found.inner) and not parser.scope.known(name):
            found.name = bracketed_name(name, parser.bracketed())  # \alpha_1(2)
            return found
        found.parameters, found.signs = parameters(parser, found)
        if parser.at("^") and len(parser.following()) == 3:
            parser.take()
            index = sample_index(parser, parser.argument())
            found.indices += [index] if index else []
        if parser.skip("_"):
            found.indices += indices_of(parser, parser.argument(), {1, 2})
    return found


def of_value(parser: Parser) -> bool:
    r"""Say whether brackets hold the value of a known function: J[\sigma(z)]."""
    inner = parser.enclosed
    if [t.text for t in inner[1:2]] != ["("] or inner[-1].text != ")":
        return False
    try:
        node = parser.isolated(inner, Parser.expression)
    except Problem:
        return False
    known = isinstance(node, Call) and parser.scope.arities(node.function)
    return bool(known)


def lists_indices(letters: list[Token]) -> bool:
    """Say whether letters of a subscript are indices, and no label such as LK."""
    capitals = all(t.text.isupper() and len(t.text) == 1 for t in letters)
    return len(letters) > 1 and letters[0].kind == "letter" and not capitals


def above_name(scope: Scope, name: str, above: list[Token]) -> bool:
    r"""Say whether a superscript names what is declared or defined: q^{(T)}, y^{LS}.

    A real number cannot count examples; what is not known is no power. Of what is known
    already ^T is the transpose, else it may be a name: p^S and p^T, or R^2 without R.
    """
    if above[0].kind == "number" and len(above) == 1:
        return not scope.known(name)
    if above[0].text in STYLED and len(above) == 4:  # p^{\mathcal{T}}
        return True
    if len(above) == 3 and above[0].text == "(" and above[1].kind == "letter":
        known = scope.plain(above[1].text)
        return isinstance(getattr(known, "space", None), Interval)
    if len(above) == 1 and (is_word(above[0]) or above[0].kind == "letter"):
        turns = above[0].text == "T" and scope.known(name)
        power = above[0].kind == "letter" and scope.known(above[0].text)
        return not (turns or (power and above[0].text != "T"))
    letters = all(t.kind == "letter" for t in above) and len(above) > 1
    return letters and not any(scope.known(t.text) for t in above)


def new_label(scope: Scope, name: str, below: list[Token]) -> Divided | None:
    """Return a subscript as a label and indices, if its name is no family itself."""
    if scope.known(lengthened(name, "_", below)):
        return None
    known = scope.in_section(name)
    count = len([t for t in below if t.kind in ("letter", "number", "name")])
    full = isinstance(known, Variable) and len(known.family) + known.components >= count
    for labelled, indices in (
        marked(name, below) if full else divided(scope, name, below)
    ):
        letters = [t for t in with_marks(indices) if t.text not in (",", "{", "}")]
        if letters and all(counts(scope, t) for t in letters):
            return labelled, indices
    return None


def counts(scope: Scope, token: Token) -> bool:
    """Say whether a letter is declared as an index, with an end or without."""
    return token.kind == "letter" and scope.counts(token.text)


def parameters(parser: Parser, found: Pattern) -> tuple[list[str], tuple[str, ...]]:
    """Read the parameters of a function that is defined, and the signs between them."""
    signs: list[str] = []

    def read_all(parser: Parser) -> list[str]:
        names = [parameter(parser, found)]
        while sign := separator(parser):
            signs.append(sign)
            names.append(parameter(parser, found))
        return names

    names = parser.isolated(parser.bracketed(), read_all)
    if len(set(names)) < len(names):
        raise parser.refuse("two parameters of the same name")
    return names, tuple(signs)


def nothing_varies(scope: Scope, inner: list[Token]) -> bool:
    r"""Say whether brackets belong to a name, as in p(\emptyset): nothing varies.

    What is given behind a bar means nothing else then: p(\emptyset \mid x).
    """
    bar = next((i for i, t in enumerate(inner) if t.text in ("|", r"\mid")), len(inner))
    fixed = (",", r"\emptyset", r"\varnothing")
    return (
        bar > 0
        and all(t.kind == "number" or t.text in fixed for t in inner[:bar])
        and not any(scope.known(scope.spelling(t.text)) for t in inner[bar:])
    )


def parameter(parser: Parser, found: Pattern) -> str:
    r"""Read one parameter; it may be a square, \sigma^2, or a member, x_i."""
    if vector := parser.attempt(all_components):
        return vector
    start = parser.position
    if (found_member := parser.attempt(member)) is not None:
        name = f"any {text_here(parser, start)}"
        found.members[name] = found_member
        return name
    if parser.here.kind not in ("letter", "name") and not parser.at(*STYLED):
        raise parser.refuse("the parameters of a definition must be symbols")
    name = read_accented(parser)
    with parser.having(fresh=True):
        name = with_script(parser, name, scripts := Scripts(parser))
    if [script_text(above) for above in scripts.above] == ["2"]:
        found.squared.append(name)
        scripts.above = []
    if scripts.below or scripts.above:
        raise parser.refuse("the parameters of a definition must be symbols")
    return name


def all_components(parser: Parser) -> str | None:
    r"""Read x_1, \dots, x_n, if these are all components of a vector x."""
    inner = parser.tokens[parser.position : -1]
    dots = [i for i, t in enumerate(inner) if t.text == r"\dots"]
    if not dots or [t.text for t in inner[dots[0] - 3 : dots[0]]] != ["_", "1", ","]:
        return None
    start = parser.position
    name = read_name(parser)
    parser.position = start + dots[0] + 1
    last = read_accented(parser) if parser.skip(",") else ""
    if last == name and parser.skip("_"):
        every = Range(ONE, parser.whole(parser.argument()))
        whole = parser.scope.spelling(name)
        if axes_of(parser.scope, parser.scope.plain(whole)) == (every,):
            return whole
    return None


def declared_map(parser: Parser, at: int, end: int) -> Statement:
    r"""Read f : \mathbb{R}^D \to (0, 1)."""
    patterns = [pattern(parser)]
    while parser.skip(","):
        patterns.append(pattern(parser))
    parser.expect(":")
    sources = [space(parser)]
    while parser.skip(r"\times"):
        sources.append(space(parser))
    parser.expect(r"\to")
    target = space(parser)
    if not parser.done or any(p.indices or p.parameters for p in patterns):
        raise unread(parser)
    domain = Maps(tuple(sources), target, at=at)
    implicit_sizes(domain, parser.scope)
    maps = tuple(Variable(p.name, domain) for p in patterns)
    return Statement("declaration", at, end, declares=maps)


def declaration(
    parser: Parser, at: int, end: int, concludes: bool, inline: bool
) -> list[Statement]:
    """Read a membership: it declares, unless it is about what is already known."""
    patterns: list[Pattern] = []
    try:
        patterns.append(pattern(parser))
        while parser.skip(","):
            patterns.append(pattern(parser))
        simple = (
            parser.at(r"\in")
            and all(p.parameters is None for p in patterns)
            and not all(is_part(parser.scope, p, concludes, inline) for p in patterns)
        )
    except RefusedError:
        simple = False
    if not simple:
        parser.position = 0
        return [membership(parser, at, end)]
    parser.expect(r"\in")
    domain, wider, named = spaces(parser)
    patterns = [as_spelt(parser.scope, p, concludes, inline) for p in patterns]
    new = [p for p in patterns if not is_claim(parser.scope, p, concludes, inline)]
    refuse_twice(new, at)
    claims: list[Node] = []
    for p in patterns:
        if p not in new:
            element: Node = Symbol(p.name, at=at)
            element = (
                Indexed(element, tuple(p.indices), at=at) if p.indices else element
            )
            claims.append(Member(element, domain, at=at))
    implicit_sizes(domain, parser.scope, {p.name for p in new})
    result = []
    if new:
        meanings: list[Meaning] = [*named]
        for p in new:
            if isinstance(domain, Range | Naturals) and not p.indices:
                refuse_late_index(parser.scope, p.name, at)
            family = tuple(index_space(parser.scope, index) for index in p.indices)
            if isinstance(domain, Finite) and varies(parser.scope, domain):
                meanings += one_of(p, domain, at)
            else:
                meanings.append(Variable(p.name, domain, family, p.samples))
        result.append(Statement("declaration", at, end, declares=tuple(meanings)))
    if wider is not None:
        claims += [Member(Symbol(p.name, at=at), wider, at=at) for p in new]
    if claims:
        result.append(Statement("claim", at, end, together(claims, at=at)))
    return result


def refuse_twice(patterns: list[Pattern], at: int) -> None:
    r"""Refuse one name twice in a list: c_k and c_{\mathrm{k}} would be the same."""
    names = [(p.name, len(p.indices)) for p in patterns]
    for position, (name, _) in enumerate(names):
        if names[position] in names[:position]:
            first = patterns[names.index(names[position])]
            if first.indices != patterns[position].indices:
                raise RefusedError(
                    f"{name} is one family, whichever letter its index is; give the "
                    "other one a letter of its own, or declare a single one",
                    at,
                )
            raise RefusedError(
                f"{name} stands twice in this list; upright and italic letters "
                "are one name, so choose another",
                at,
            )


def spaces(parser: Parser) -> tuple[Node, Node | None, list[Definition]]:
    r"""Read a set, the wider one that it is in, and the name that it gets here.

    So in y \in \mathcal{Y} = \{1, \dots, K\} and y \in \{0, 1\} \subset \mathbb{R}.
    """
    named: list[Definition] = []
    with parser.lookahead():
        name = name_here(parser)
        names = bool(name) and parser.at("=", ":=") and not parser.scope.known(name)
    if names:
        name_here(parser)
        parser.take()
    domain = space(parser)
    if names:
        named.append(Definition(name, domain))
    elif parser.skip("=", ":=") and domain != space(parser):
        raise parser.refuse("the two sets are not the same as they are written")
    wider = space(parser) if parser.skip(r"\subset", r"\subseteq") else None
    check_end(parser)
    return domain, wider, named


def varies(scope: Scope, domain: Finite) -> bool:
    """Say whether the elements of a set depend on more than sizes and indices."""
    meanings = map(scope.plain, symbols(domain))
    return any(
        meaning is not None
        and not isinstance(getattr(meaning, "space", None), Naturals)
        for meaning in meanings
    )


def one_of(found: Pattern, domain: Finite, at: int) -> list[Meaning]:
    """Return what v in {x_1, ..., x_N} means: v is the x of a number that is drawn."""
    if found.indices:
        raise RefusedError("a family in a set of symbols is not read", at)
    place = Symbol(f"place of {found.name}", at=at)
    last = domain.items[-1]
    if any(isinstance(item, Dots) for item in domain.items):
        run = dots.pattern(domain.items[:-2], last, at)
        drawn = Variable(place.name, Range(run.low, run.high, at=at))
        body = run.entry(place)
    else:
        numbers = [Number(str(i), at=at) for i in range(1, len(domain.items) + 1)]
        drawn = Variable(place.name, Range(numbers[0], numbers[-1], at=at))
        rows = [
            (item, Relation(("=",), (place, number), at=at))
            for item, number in zip(domain.items, numbers, strict=True)
        ]
        body = Cases(tuple(rows), at=at)
    return [drawn, Definition(found.name, body)]


def as_spelt(scope: Scope, found: Pattern, concludes: bool, inline: bool) -> Pattern:
    r"""Return a component under the name of what it is one of: p_k, of \mathbf{p}."""
    name = scope.spelling(found.name, indexed=True)
    if not found.indices or name == found.name:
        return found
    whole = replace(found, name=name)
    return whole if is_claim(scope, whole, concludes, inline) else found


def is_part(scope: Scope, found: Pattern, concludes: bool, inline: bool) -> bool:
    """Say whether a name is that of a component of what is known here: J_{11}."""
    if not found.whole or scope.known(found.name):
        return False
    whole = scope.spelling(found.whole, indexed=True)
    known = scope.plain(whole) if concludes else scope.in_section(whole)
    if known is None and not inline:
        on_page = scope.on_page(whole)
        known = on_page if isinstance(on_page, Definition) else None
    return has_parts(scope, known)


def is_claim(scope: Scope, found: Pattern, concludes: bool, inline: bool) -> bool:
    """Say whether a membership is about something that is known, and claims.

    In another section than that of its declaration it declares the symbol anew, unless
    the words before it conclude: "hence $p_k in (0, 1)$". What the page has defined is
    declared anew in a sentence only, as in "Let $y in {0, 1}$".
    """
    known = scope.plain(found.name) if concludes else scope.in_section(found.name)
    if known is None and not inline:
        known = scope.on_page(found.name)
        return isinstance(known, Definition)
    if known is None:
        return False
    if isinstance(known, Definition):
        return True
    if not found.indices:
        return concludes and not known.family
    sets = tuple(index_space(scope, index) for index in found.indices)
    members, sets = sets[: len(known.family)], sets[len(known.family) :]
    if members != known.family or not sets:
        return members == known.family
    sizes = getattr(known.space, "sizes", None) or (getattr(known.space, "size", None),)
    return components(known.space) == len(sets) and all(
        isinstance(s, Range) and s.high == n for s, n in zip(sets, sizes, strict=False)
    )


def index_space(scope: Scope, index: Node) -> Node:
    """Return the set of an index."""
    meaning = scope.plain(index.name) if isinstance(index, Symbol) else None
    if not isinstance(meaning, Variable) or not isinstance(
        meaning.space, Range | Naturals
    ):
        raise RefusedError("a family needs a declared index", index.at)
    return meaning.space


def membership(parser: Parser, at: int, end: int) -> Statement:
    """Read a claim that something is in a set."""
    elements = [parser.expression()]
    while parser.skip(","):
        elements.append(parser.expression())
    parser.expect(r"\in")
    domain = space(parser)
    check_end(parser)
    for name in sorted(named(domain)):
        parser.require(name, domain.at)
    found = [Member(element, domain, at=at) for element in elements]
    return Statement("claim", at, end, together(found, at=at))


def implicit_sizes(domain: Node, scope: Scope, own: set[str] | None = None) -> None:
    """Declare the sizes that a set names and nothing has declared."""
    for name in sorted(named(domain)):
        if name in (own or set()):
            raise RefusedError(f"{name} is in its own set", domain.at)
        if not scope.known(name):
            scope.add(Variable(name, Naturals(), ()))


def named(domain: Node) -> set[str]:
    """Return the symbols in a set, without the functions that it calls: [0, log K]."""
    called = {part.function for part in domain.parts if isinstance(part, Call)}
    return {*symbols(domain)} - called
