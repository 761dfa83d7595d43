"""Notes of others, each with a side file of ours that declares its symbols."""
