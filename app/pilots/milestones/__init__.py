"""Milestones of a pilot: what is delivered by a day, with its evidence."""
