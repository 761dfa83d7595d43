"""Statements on trial: points, relations, verdicts."""
