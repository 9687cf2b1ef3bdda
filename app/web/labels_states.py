"""Words for the states and acts of ``app/domain/states.py``.

The context (``challenge``, ``match`` ...) lets Spanish and Portuguese agree in gender.
"""

from enum import StrEnum

from flask_babel import lazy_pgettext as _lp
from flask_babel.speaklater import LazyString

from app.domain import states as s

STATE_LABELS: dict[type[StrEnum], dict[str, LazyString]] = {
    s.OrganizationStatus: {
        "pending": _lp("organization", "Awaiting verification"),
        "verified": _lp("organization", "Verified"),
        "refused": _lp("organization", "Not accepted"),
        "suspended": _lp("organization", "Suspended"),
    },
    s.OrganizationAction: {
        "verify": _lp("organization", "Verify"),
        "refuse": _lp("organization", "Do not accept"),
        "suspend": _lp("organization", "Suspend"),
        "restore": _lp("organization", "Restore"),
    },
    s.ChallengeStatus: {
        "draft": _lp("challenge", "Draft"),
        "in_review": _lp("challenge", "In review"),
        "changes_requested": _lp("challenge", "Changes requested"),
        "published": _lp("challenge", "Published"),
        "matched": _lp("challenge", "Matched"),
        "piloting": _lp("challenge", "In pilot"),
        "resolved": _lp("challenge", "Resolved"),
        "no_award": _lp("challenge", "No award"),
        "cancelled": _lp("challenge", "Cancelled"),
        "archived": _lp("challenge", "Archived"),
    },
    s.ChallengeAction: {
        "submit": _lp("challenge", "Send for review"),
        "request_changes": _lp("challenge", "Ask for changes"),
        "publish": _lp("challenge", "Publish"),
        "match": _lp("challenge", "Match"),
        "start_pilot": _lp("challenge", "Start the pilot"),
        "resolve": _lp("challenge", "Resolve"),
        "reopen": _lp("challenge", "Reopen"),
        "declare_void": _lp("challenge", "Close with no award"),
        "cancel": _lp("challenge", "Cancel the challenge"),
        "archive": _lp("challenge", "Archive"),
    },
    s.SolutionStatus: {
        "draft": _lp("solution", "Draft"),
        "in_review": _lp("solution", "In review"),
        "changes_requested": _lp("solution", "Changes requested"),
        "published": _lp("solution", "Published"),
        "suspended": _lp("solution", "Suspended"),
        "withdrawn": _lp("solution", "Withdrawn"),
    },
    s.SolutionAction: {
        "submit": _lp("solution", "Send for review"),
        "request_changes": _lp("solution", "Ask for changes"),
        "publish": _lp("solution", "Publish"),
        "suspend": _lp("solution", "Suspend"),
        "restore": _lp("solution", "Restore"),
        "withdraw": _lp("solution", "Withdraw"),
        "revise": _lp("solution", "Take up again"),
    },
    s.SubmissionStatus: {
        "draft": _lp("submission", "Draft"),
        "submitted": _lp("submission", "Submitted"),
        "withdrawn": _lp("submission", "Withdrawn"),
        "shortlisted": _lp("submission", "Shortlisted"),
        "alternate": _lp("submission", "Alternate"),
        "chosen": _lp("submission", "Chosen"),
        "not_chosen": _lp("submission", "Not chosen"),
    },
    s.SubmissionAction: {
        "submit": _lp("submission", "Submit"),
        "withdraw": _lp("submission", "Withdraw"),
        "revise": _lp("submission", "Take up again"),
        "shortlist": _lp("submission", "Shortlist"),
        "set_aside": _lp("submission", "Keep as alternate"),
        "choose": _lp("submission", "Choose"),
        "reject": _lp("submission", "Do not choose"),
        "reopen": _lp("submission", "Reopen"),
    },
    s.MatchStatus: {
        "suggested": _lp("match", "Suggested"),
        "approved": _lp("match", "Approved, next in line"),
        "proposed": _lp("match", "Proposed to both sides"),
        "confirmed": _lp("match", "Confirmed"),
        "dismissed": _lp("match", "Dismissed"),
        "declined": _lp("match", "Declined"),
        "expired": _lp("match", "Expired"),
        "released": _lp("match", "Released"),
    },
    s.MatchAction: {
        "approve": _lp("match", "Approve"),
        "dismiss": _lp("match", "Dismiss"),
        "reconsider": _lp("match", "Reconsider"),
        "propose": _lp("match", "Propose"),
        "confirm": _lp("match", "Confirm"),
        "decline_as_city": _lp("match", "Decline as city"),
        "decline_as_startup": _lp("match", "Decline as startup"),
        "expire": _lp("match", "Expire"),
        "release": _lp("match", "Release"),
    },
    s.TuningStatus: {
        "trial": _lp("tuning", "Being tried"),
        "accepted": _lp("tuning", "In use"),
        "replaced": _lp("tuning", "Replaced"),
        "discarded": _lp("tuning", "Discarded"),
    },
    s.TuningAction: {
        "accept": _lp("tuning", "Put into use"),
        "discard": _lp("tuning", "Discard"),
        "replace": _lp("tuning", "Replace"),
    },
    s.PilotStatus: {
        "preparing": _lp("pilot", "Preparing"),
        "signing": _lp("pilot", "Agreement being signed"),
        "running": _lp("pilot", "Running"),
        "paused": _lp("pilot", "Paused"),
        "closing": _lp("pilot", "Closing"),
        "finished": _lp("pilot", "Finished"),
        "not_carried_out": _lp("pilot", "Not carried out"),
    },
    s.PilotAction: {
        "send_agreement": _lp("pilot", "Send the agreement for signature"),
        "return_agreement": _lp("pilot", "Return the agreement"),
        "start": _lp("pilot", "Start"),
        "pause": _lp("pilot", "Pause"),
        "resume": _lp("pilot", "Resume"),
        "begin_closing": _lp("pilot", "Begin closing"),
        "finish": _lp("pilot", "Finish the pilot"),
        "abandon": _lp("pilot", "Record as not carried out"),
    },
    s.MilestoneStatus: {
        "planned": _lp("milestone", "Planned"),
        "in_progress": _lp("milestone", "In progress"),
        "delivered": _lp("milestone", "Delivered"),
        "returned": _lp("milestone", "Returned"),
        "accepted": _lp("milestone", "Accepted"),
        "cancelled": _lp("milestone", "Cancelled"),
    },
    s.MilestoneAction: {
        "begin": _lp("milestone", "Begin"),
        "deliver": _lp("milestone", "Deliver"),
        "return": _lp("milestone", "Return"),
        "accept": _lp("milestone", "Accept"),
        "cancel": _lp("milestone", "Cancel the milestone"),
    },
    s.ReportStatus: {
        "draft": _lp("report", "Draft"),
        "submitted": _lp("report", "Submitted"),
        "returned": _lp("report", "Returned"),
        "accepted": _lp("report", "Accepted"),
    },
    s.ReportAction: {
        "submit": _lp("report", "Submit"),
        "return": _lp("report", "Return"),
        "accept": _lp("report", "Accept"),
    },
}
