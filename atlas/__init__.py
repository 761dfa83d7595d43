"""What the libraries really do: one set of questions, asked of every library.

``questions`` has each question with what an answer to it means, ``families`` how each
library is asked. A family runs in an environment of its own (``environment``), with its
pinned packages; of this project it needs nothing but ``families``. ``python -m atlas``
asks them all, and keeps the answers in ``answers.json``: the pages are made from it.
"""
