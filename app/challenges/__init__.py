"""What cities ask for: briefs, their review and publication."""
