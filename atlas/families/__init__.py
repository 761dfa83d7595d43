"""The libraries, a family a module: its pins, and how each form is written in it."""
