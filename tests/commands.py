"""Commands that tests run as somebody would in a shell."""

import subprocess


def ran(*command, **options):
    """Return how a command ended, and what it said, its faults among it."""
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    return done.returncode, done.stdout
