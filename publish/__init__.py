"""What leaves this folder: a release, and the proof that a site can be built again."""
