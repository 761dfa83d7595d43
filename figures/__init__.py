"""The figures of the pages, a module for each page and a function for each figure."""
