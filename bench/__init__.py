"""What is measured side by side, and kept in files from which pages have their tables.

`loss` compares the loss and its gradient with other libraries, `site` a page of ours
with one that typesets its formulas in the browser, and `gpu` kernels on a GPU;
`machine` says where.
"""
