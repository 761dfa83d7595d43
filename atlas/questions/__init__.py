"""The questions, a theme a module, in the order in which the pages show them."""

from collections.abc import Iterable, Mapping

from atlas.questions import (
    borders,
    contrast,
    extremes,
    labels,
    learned,
    learners,
    maps,
    masks,
    means,
    preferences,
    rankings,
    relatives,
    rows,
    sizes,
    smoothing,
)
from atlas.questions.documented import documented
from atlas.questions.question import Question

THEMES = (
    means,
    labels,
    borders,
    masks,
    extremes,
    smoothing,
    relatives,
    maps,
    contrast,
    preferences,
    rankings,
    sizes,
    learners,
    learned,
    rows,
)
QUESTIONS: tuple[Question, ...] = tuple(
    question for theme in THEMES for question in theme.QUESTIONS
)


def questions_for(ways: Iterable[str], calls: Mapping[str, str]) -> list[Question]:
    """Return what a family is asked with these ways to a maximum, and these calls."""
    return [
        *QUESTIONS,
        *map(learners.maximum, ways),
        *(documented(name, code) for name, code in calls.items()),
    ]
