"""The verbs of the committee, each in the module of what it is about."""

from app.calls.committee.assignment import assign, entrust, preview_assignment
from app.calls.committee.conflicts import declare_conflict, lift_conflict
from app.calls.committee.consensus import agree, open_consensus, reopen
from app.calls.committee.members import appoint_chair, invite, join, remove, resend
from app.calls.committee.reminding import remind
from app.calls.committee.reviews import Opinion, act, save_scores, submit

__all__ = [
    "Opinion",
    "act",
    "agree",
    "appoint_chair",
    "assign",
    "declare_conflict",
    "entrust",
    "invite",
    "join",
    "lift_conflict",
    "open_consensus",
    "preview_assignment",
    "remind",
    "remove",
    "reopen",
    "resend",
    "save_scores",
    "submit",
]
