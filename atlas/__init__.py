"""What the libraries really do: one set of questions, asked of every library.

``questions`` has each question with what an answer to it means, ``families`` how each
library is asked. A family runs in an environment of its own (``environment``), which
has its pinned packages and nothing of this project but ``asking``. ``python -m atlas``
asks them all, and keeps the answers in ``answers.json``, from which the pages are made.
"""
