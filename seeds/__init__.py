"""The demonstration data: read from ``content/`` and told through the platform's own verbs."""

from collections.abc import Callable


def load(report: Callable[[str], None]) -> None:
    """Load the demonstration data, unless it is there already."""
    report("nothing to load")
