"""What a pilot measures: from a baseline to a target, read now and then."""
