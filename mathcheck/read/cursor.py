"""A place in a list of tokens, and what every part of the parser does there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mathcheck.read.lexer import Token
from mathcheck.read.problems import RefusedError

T = TypeVar("T")


BRACKETS = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\langle": r"\rangle"}


class Cursor:
    """Reads tokens from left to right; the last one is always of kind `end`."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0

    @property
    def here(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.position]

    def ahead(self, count: int = 1) -> Token:
        """Return a token further on."""
        return self.tokens[min(self.position + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Read one token."""
        token = self.here
        if token.kind != "end":
            self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Say whether one of these marks or commands stands here."""
        return self.here.text in texts and self.here.kind not in (
            "words",
            "end",
            "name",
        )

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

    @property
    def done(self) -> bool:
        """Whether everything is read."""
        return self.here.kind == "end"

    @property
    def shown(self) -> str:
        """What stands here, for a message."""
        return self.here.text or "the end"

    def refuse(self, message: str, at: int | None = None) -> RefusedError:
        """Return a refusal of what stands here, or there."""
        return RefusedError(message, self.here.at if at is None else at)

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

    def isolated(self, tokens: list[Token], read: Callable[[], T]) -> T:
        """Read these tokens, and nothing but these, in the same way."""
        end = tokens[-1].at + len(tokens[-1].text) if tokens else self.here.at
        outer, place = self.tokens, self.position
        self.tokens, self.position = [*tokens, Token("end", "", end)], 0
        try:
            found = read()
            if not self.done:
                raise self.refuse(f"cannot read {self.shown} here")
            return found
        finally:
            self.tokens, self.position = outer, place

    def argument(self) -> list[Token]:
        r"""Take the argument of a command: a group in braces, or one token.

        Of a number it is one digit: \frac12 is a half.
        """
        if self.done:
            raise self.refuse("an argument is missing")
        if self.at("{"):
            stop = self.closing(self.position)
            inner = self.tokens[self.position + 1 : stop]
            self.position = stop + 1
            return inner
        token = self.take()
        if token.kind == "number" and len(token.text) > 1:
            rest = Token("number", token.text[1:], token.at + 1)
            self.position -= 1
            self.tokens = [
                *self.tokens[: self.position],
                rest,
                *self.tokens[self.position + 1 :],
            ]
            token = Token("number", token.text[0], token.at)
        if token.text in (
            r"\mathbf",
            r"\mathbb",
            r"\mathcal",
            r"\hat",
            r"\bar",
            r"\tilde",
        ):
            return [token, *self.braced()]
        return [token]

    def braced(self) -> list[Token]:
        """Take an argument with its braces, if it has them."""
        start = self.position
        self.argument()
        return self.tokens[start : self.position]

    def group_starts(self, *texts: str) -> bool:
        """Say whether the group that opens here begins with one of these."""
        return self.at("{") and self.ahead().text in texts

    def group_texts(self) -> str:
        """Return what stands in the argument of the command here."""
        start = self.position
        self.take()
        found = "".join(token.text for token in self.argument())
        self.position = start
        return found

    def group_texts_here(self) -> str:
        """Return what stands in the argument here, without taking it."""
        start = self.position
        found = "".join(token.text for token in self.argument())
        self.position = start
        return found
