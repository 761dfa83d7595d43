"""A place in a list of tokens, and what every part of the parser does there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Self, TypeVar

from mathcheck.read.lexer import Token, mark
from mathcheck.read.problems import RefusedError

T = TypeVar("T")


BRACKETS = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\langle": r"\rangle",
            r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}  # fmt: skip
CLOSING = frozenset(BRACKETS.values())
STYLES = (r"\mathbf", r"\mathbb", r"\mathcal")
ACCENTS = (r"\hat", r"\bar", r"\tilde", r"\dot", r"\check", r"\breve", r"\mathring",
           r"\underline")  # fmt: skip
STYLED = (*STYLES, *ACCENTS)  # what belongs to the name after it


class Cursor:
    """Reads tokens from left to right; the last one is always of kind `end`."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0

    # --- what stands here ----------------------------------------------------------

    @property
    def here(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.position]

    def ahead(self, count: int = 1) -> Token:
        """Return a token further on."""
        return self.tokens[min(self.position + count, len(self.tokens) - 1)]

    def at(self, *texts: str) -> bool:
        """Say whether one of these marks or commands stands here."""
        return self.here.text in texts and self.here.is_sign

    @property
    def done(self) -> bool:
        """Whether everything is read."""
        return self.here.kind == "end"

    @property
    def shown(self) -> str:
        """What stands here, for a message."""
        return self.here.text or "the end"

    @property
    def enclosed(self) -> list[Token]:
        """What stands in the bracket that opens here."""
        return self.tokens[self.position + 1 : self.closing(self.position)]

    def closing(self, start: int) -> int:
        """Return the position of the bracket that closes the one at a position."""
        depth, opener = 0, self.tokens[start].text
        for position in range(start, len(self.tokens)):
            token = self.tokens[position]
            if token.kind not in ("words", "name", "end"):
                depth += (token.text == opener) - (token.text == BRACKETS[opener])
                if depth == 0:
                    return position
        raise RefusedError(f"{opener} is not closed", self.tokens[start].at)

    def refuse(self, message: str, at: int | None = None) -> RefusedError:
        """Return a refusal of what stands here, or there."""
        return RefusedError(message, self.here.at if at is None else at)

    # --- taking it -----------------------------------------------------------------

    def take(self) -> Token:
        """Read one token."""
        token = self.here
        if token.kind != "end":
            self.position += 1
        return token

    def skip(self, *texts: str) -> bool:
        """Read one of these, if it stands here."""
        found = self.at(*texts)
        self.position += found
        return found

    def expect(self, text: str) -> Token:
        """Read what has to stand here."""
        if not self.at(text):
            raise RefusedError(f"expected {text} before {self.shown}", self.here.at)
        return self.take()

    def bracketed(self) -> list[Token]:
        """Take the bracket that opens here; return what stands in it."""
        inner = self.enclosed
        self.position += len(inner) + 2
        return inner

    def argument(self) -> list[Token]:
        r"""Take the argument of a command: a group in braces, or one token.

        Of a number it is one digit: \frac12 is a half.
        """
        if self.done:
            raise self.refuse("an argument is missing")
        if self.at("{"):
            return self.bracketed()
        token = self.take()
        if token.kind == "number" and len(token.text) > 1:
            self.position -= 1
            token, rest = token.split()
            self.rewrite(1, [rest])
        if token.text == ".":
            repair = r"a dot alone is no number; put it in braces: \frac{.9}{2}"
            raise RefusedError(repair, token.at)
        return [token, *self.braced()] if token.text in STYLED else [token]

    def following(self) -> list[Token]:
        """Return the argument of the mark that stands here, which stays unread."""
        with self.lookahead():
            self.take()
            return self.argument()

    def braced(self) -> list[Token]:
        """Take an argument with its braces, if it has them."""
        start = self.position
        self.argument()
        return self.tokens[start : self.position]

    def rewrite(self, count: int, tokens: list[Token]) -> None:
        """Read these in the place of the next tokens, which others still may hold."""
        before, after = self.tokens[: self.position], self.tokens[self.position :]
        self.tokens = [*before, *tokens, *after[count:]]

    @contextmanager
    def lookahead(self) -> Iterator[None]:
        """Read ahead: what is read in between is still to be read afterwards."""
        tokens, position = self.tokens, self.position
        try:
            yield
        finally:
            self.tokens, self.position = tokens, position

    def attempt(self, read: Callable[[Self], T | None]) -> T | None:
        """Read in some way; where that finds nothing, nothing is read."""
        tokens, position = self.tokens, self.position
        found = read(self)
        if found is None:
            self.tokens, self.position = tokens, position
        return found

    def isolated(self, tokens: list[Token], read: Callable[[Self], T]) -> T:
        """Read these tokens, and nothing but these, in some way."""
        end = tokens[-1].end if tokens else self.here.at
        with self.lookahead():
            self.tokens, self.position = [*tokens, Token("end", "", end, end)], 0
            found = read(self)
            if not self.done:
                raise self.refuse(f"cannot read {self.shown} here")
            return found


def text_of(tokens: list[Token]) -> str:
    """Return the texts of tokens as one."""
    return "".join(token.text for token in tokens)


def levels(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    """Yield tokens, each with the number of brackets that are open after it."""
    depth = 0
    for token in tokens:
        if token.kind not in ("words", "name"):
            opens = token.text in BRACKETS or token.text.startswith(r"\begin{")
            closes = token.text in CLOSING or token.text.startswith(r"\end{")
            depth += opens - closes
        yield depth, token


def places(tokens: list[Token], texts: tuple[str, ...]) -> Iterator[int]:
    """Yield where one of these signs stands, outside all brackets."""
    for position, (depth, token) in enumerate(levels(tokens)):
        if depth == 0 and token.text in texts and token.is_sign:
            yield position


def top_level(tokens: list[Token], texts: tuple[str, ...]) -> bool:
    """Say whether one of these stands outside all brackets."""
    return next(places(tokens, texts), None) is not None


def before_sign(tokens: list[Token], texts: tuple[str, ...], sign: str) -> bool:
    """Say whether one of these stands before a sign, outside all brackets."""
    first = next(places(tokens, (*texts, sign)), None)
    return first is not None and tokens[first].text != sign


def cut_at(tokens: list[Token], *texts: str) -> list[list[Token]]:
    """Cut tokens at signs outside of all brackets."""
    cuts = [-1, *places(tokens, texts), len(tokens)]
    return [tokens[start + 1 : end] for start, end in pairwise(cuts)]


def joined(formulas: Sequence[Sequence[Token]]) -> list[Token]:
    """Return the formulas in words as one, with commas between them."""
    found: list[Token] = []
    for *inner, end in formulas:
        found += [*([mark(",", end.at)] if found else []), *inner]
    return found
