"""Calls for members: one from its opening to the memberships, others half way or just begun."""

from seeds.calendar import Calendar
from seeds.calls import applicants, building, committee, examining, memberships, results, reviewing
from seeds.calls.papers import Papers


def plan(calendar: Calendar) -> None:
    """Let each part of the story put its acts into the calendar."""
    papers = Papers()
    for part in (building, committee, reviewing, results):
        part.plan(calendar)
    for handing_in in (applicants, examining, memberships):
        handing_in.plan(calendar, papers)
