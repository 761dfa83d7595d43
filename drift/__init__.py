"""Faults, planted one at a time where the site could drift, and what notices them."""
