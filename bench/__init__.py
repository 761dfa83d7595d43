"""What is measured side by side, and kept in files from which pages have their tables.

`loss` compares the loss and its gradient with other libraries, `site` a page of ours
with one that typesets its formulas in the browser, and `gpu` kernels on a GPU.
`builds` measures how long the site takes to build, and `growth` how that grows with its
pages; `cost` counts the seconds, and `machine` says where.
"""
