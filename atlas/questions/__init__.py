"""The questions, a theme a module, in the order in which the pages show them."""

from collections.abc import Iterable

from atlas.questions import (
    borders,
    extremes,
    labels,
    learners,
    masks,
    means,
    relatives,
    sizes,
    smoothing,
)
from atlas.questions.question import Question

THEMES = (
    means,
    labels,
    borders,
    masks,
    extremes,
    smoothing,
    relatives,
    sizes,
    learners,
)
QUESTIONS: tuple[Question, ...] = tuple(
    question for theme in THEMES for question in theme.QUESTIONS
)


def questions_for(ways: Iterable[str]) -> list[Question]:
    """Return what a family is asked, whose learners have these ways to a maximum."""
    return [*QUESTIONS, *map(learners.maximum, ways)]
