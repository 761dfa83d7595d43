"""Quarantine: code that is wrong on purpose, so that pages can show it failing.

Nothing outside the pages, labs and tests that exhibit an error imports from here.
"""
