"""`python -m mathcheck` is the command `mathcheck`."""

import sys

from mathcheck.command.main import main

if __name__ == "__main__":
    sys.exit(main())
