"""From a confirmed match to a finished pilot: agreement, milestones, indicators, reports."""
