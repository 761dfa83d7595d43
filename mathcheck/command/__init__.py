"""The pages of a project: which there are, what is known of them, how it is told."""
