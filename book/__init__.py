"""The whole site as one PDF: its pages as the chapters of a book.

``chapters`` turns pages into chapters, ``document`` binds them, ``pdf`` prints them.
"""
