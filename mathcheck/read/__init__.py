"""LaTeX to statements: tokens, expressions, and what an element says."""
