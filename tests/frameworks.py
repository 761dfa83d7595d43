"""Libraries that only some tests compare with: `make frameworks` installs them."""

import importlib.util
import os

import pytest


def needed(*names):
    """Skip where these are not installed; where all are required, that is an error."""
    for name in names:
        if not importlib.util.find_spec(name):
            if os.environ.get("REQUIRE_FRAMEWORKS"):
                pytest.fail(f"{name} is not installed: make frameworks")
            pytest.skip(f"{name}: make frameworks")
