r"""What a file says: the formulas, headings and words of a page, and its code."""
