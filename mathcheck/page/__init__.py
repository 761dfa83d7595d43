"""A page on trial: what its formulas declare and claim, and what became of each."""
