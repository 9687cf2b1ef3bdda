"""Appeals of cities against their place in the preliminary result."""
