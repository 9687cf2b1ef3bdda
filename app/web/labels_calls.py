"""Words for the states, acts and closed lists of calls for members.

The context (``call``, ``application`` ...) lets Spanish and Portuguese agree in gender.
"""

from enum import StrEnum

from flask_babel import lazy_pgettext as _lp
from flask_babel.speaklater import LazyString

from app.domain import call_states as s
from app.domain import call_vocabulary as v

CALL_LABELS: dict[type[StrEnum], dict[str, LazyString]] = {
    s.CallStatus: {
        "draft": _lp("call", "Draft"),
        "published": _lp("call", "Published"),
        "evaluating": _lp("call", "In evaluation"),
        "preliminary": _lp("call", "Preliminary result"),
        "final": _lp("call", "Final result"),
        "suspended": _lp("call", "Suspended"),
        "cancelled": _lp("call", "Cancelled"),
        "void": _lp("call", "No award"),
        "archived": _lp("call", "Archived"),
    },
    s.CallAction: {
        "publish": _lp("call", "Publish"),
        "evaluate": _lp("call", "Begin the evaluation"),
        "issue_preliminary": _lp("call", "Issue the preliminary result"),
        "issue_final": _lp("call", "Issue the final result"),
        "take_back_preliminary": _lp("call", "Take back the preliminary result"),
        "take_back_final": _lp("call", "Take back the final result"),
        "suspend": _lp("call", "Suspend"),
        "resume": _lp("call", "Resume"),
        "cancel": _lp("call", "Cancel the call"),
        "declare_void": _lp("call", "Close with no award"),
        "archive": _lp("call", "Archive"),
    },
    s.ApplicationStatus: {
        "draft": _lp("application", "Draft"),
        "submitted": _lp("application", "Submitted"),
        "withdrawn": _lp("application", "Withdrawn"),
        "correcting": _lp("application", "Correction requested"),
        "admitted": _lp("application", "Eligible"),
        "not_admitted": _lp("application", "Not eligible"),
        "selected": _lp("application", "Selected"),
        "waitlisted": _lp("application", "On the waiting list"),
        "not_selected": _lp("application", "Not selected"),
    },
    s.ApplicationAction: {
        "submit": _lp("application", "Submit"),
        "withdraw": _lp("application", "Withdraw"),
        "revise": _lp("application", "Take up again"),
        "request_correction": _lp("application", "Ask for a correction"),
        "resubmit": _lp("application", "Send the correction"),
        "end_correction": _lp("application", "End the correction"),
        "admit": _lp("application", "Admit"),
        "not_admit": _lp("application", "Do not admit"),
        "reconsider": _lp("application", "Examine again"),
        "select": _lp("application", "Select"),
        "waitlist": _lp("application", "Put on the waiting list"),
        "leave_out": _lp("application", "Do not select"),
        "promote": _lp("application", "Select from the waiting list"),
    },
    s.ReviewStatus: {
        "assigned": _lp("review", "Assigned"),
        "accepted": _lp("review", "In progress"),
        "recused": _lp("review", "Recused"),
        "submitted": _lp("review", "Submitted"),
        "reopened": _lp("review", "Reopened"),
        "released": _lp("review", "Released"),
    },
    s.ReviewAction: {
        "accept": _lp("review", "Accept"),
        "recuse": _lp("review", "Recuse myself"),
        "submit": _lp("review", "Submit"),
        "reopen": _lp("review", "Reopen"),
        "release": _lp("review", "Release"),
        "reassign": _lp("review", "Assign again"),
    },
    s.ConsensusStatus: {
        "open": _lp("consensus", "Open"),
        "agreed": _lp("consensus", "Agreed"),
    },
    s.ConsensusAction: {
        "agree": _lp("consensus", "Record the consensus"),
        "reopen": _lp("consensus", "Reopen"),
    },
    s.ResultStatus: {
        "proposed": _lp("result", "Proposed"),
        "approved": _lp("result", "Approved"),
        "withdrawn": _lp("result", "Withdrawn"),
    },
    s.ResultAction: {
        "approve": _lp("result", "Approve"),
        "withdraw": _lp("result", "Withdraw"),
    },
    s.AppealStatus: {
        "filed": _lp("appeal", "Filed"),
        "upheld": _lp("appeal", "Upheld"),
        "rejected": _lp("appeal", "Rejected"),
        "withdrawn": _lp("appeal", "Withdrawn"),
    },
    s.AppealAction: {
        "uphold": _lp("appeal", "Uphold"),
        "reject": _lp("appeal", "Reject"),
        "withdraw": _lp("appeal", "Withdraw"),
    },
    s.EnrolmentStatus: {
        "offered": _lp("enrolment", "Awaiting signature"),
        "signed": _lp("enrolment", "Signed"),
        "active": _lp("enrolment", "Member"),
        "suspended": _lp("enrolment", "Suspended"),
        "ended": _lp("enrolment", "Ended"),
        "declined": _lp("enrolment", "Declined"),
        "lapsed": _lp("enrolment", "Lapsed"),
    },
    s.EnrolmentAction: {
        "sign": _lp("enrolment", "Sign the adhesion"),
        "return": _lp("enrolment", "Return for correction"),
        "confirm": _lp("enrolment", "Confirm the membership"),
        "found": _lp("enrolment", "Enrol as a founding member"),
        "decline": _lp("enrolment", "Decline the seat"),
        "lapse": _lp("enrolment", "Release the seat"),
        "suspend": _lp("enrolment", "Suspend"),
        "restore": _lp("enrolment", "Restore"),
        "end": _lp("enrolment", "End the membership"),
    },
    v.CallDate: {
        "opens_at": _lp("call date", "Applications open"),
        "questions_close_at": _lp("call date", "Questions close"),
        "closes_at": _lp("call date", "Applications close"),
        "evaluation_closes_at": _lp("call date", "Evaluation ends"),
        "preliminary_at": _lp("call date", "Preliminary result"),
        "appeals_close_at": _lp("call date", "Appeals close"),
        "final_at": _lp("call date", "Final result"),
        "adhesion_closes_at": _lp("call date", "Adhesions close"),
    },
    v.CallPhase: {
        "upcoming": _lp("call phase", "Upcoming"),
        "open": _lp("call phase", "Open"),
        "closed": _lp("call phase", "Closed"),
        "evaluating": _lp("call phase", "In evaluation"),
        "preliminary": _lp("call phase", "Preliminary result"),
        "final": _lp("call phase", "Final result"),
        "suspended": _lp("call phase", "Suspended"),
        "cancelled": _lp("call phase", "Cancelled"),
        "void": _lp("call phase", "No award"),
    },
    v.DocumentKind: {
        "letter": _lp("document", "Letter of commitment"),
        "report": _lp("document", "Descriptive report"),
        "other": _lp("document", "Other document"),
    },
    v.PopulationBand: {
        "small": _lp("population", "Fewer than 50,000 inhabitants"),
        "medium": _lp("population", "50,000 to 249,999 inhabitants"),
        "large": _lp("population", "250,000 inhabitants or more"),
    },
    v.QuotaKind: {
        "reserve": _lp("quota", "At least"),
        "cap": _lp("quota", "At most"),
    },
    v.QuotaField: {
        "region": _lp("quota", "Province, state, region or department"),
        "population": _lp("quota", "Population"),
    },
    v.TieBreak: {
        "earlier_submission": _lp("tie-break", "The earlier submission"),
        "smaller_population": _lp("tie-break", "The smaller population"),
        "lot": _lp("tie-break", "A draw by lot that anybody can repeat"),
    },
    v.Verdict: {
        "passed": _lp("verdict", "Met"),
        "failed": _lp("verdict", "Not met"),
        "to_correct": _lp("verdict", "To correct"),
    },
    v.Outcome: {
        "selected": _lp("application", "Selected"),
        "waitlisted": _lp("application", "On the waiting list"),
        "not_selected": _lp("application", "Not selected"),
    },
    v.OutcomeReason: {
        "merit": _lp("outcome", "By order of merit"),
        "reserved_seat": _lp("outcome", "By a reserved seat"),
        "quota_full": _lp("outcome", "The quota of its group is full"),
        "no_seat_left": _lp("outcome", "No seat left"),
        "below_cut_off": _lp("outcome", "Below the cut-off score"),
        "below_minimum": _lp("outcome", "Below the minimum of a criterion"),
        "no_quorum": _lp("outcome", "Reviews missing"),
    },
    v.RecusalReason: {
        "same_organization": _lp("recusal", "I belong, or belonged lately, to that organization"),
        "worked_together": _lp("recusal", "I worked with that city on a project"),
        "personal_tie": _lp("recusal", "Family or personal tie"),
        "financial_interest": _lp("recusal", "Financial interest"),
        "no_capacity": _lp("recusal", "No time before the deadline"),
        "other": _lp("recusal", "Another reason"),
    },
    v.ConflictHint: {
        "same_organization": _lp("hint", "Belongs to that city"),
        "same_affiliation": _lp("hint", "Named that city as their institution"),
        "same_region": _lp("hint", "Same province, state or department"),
        "same_domain": _lp("hint", "Same e-mail domain"),
        "former_partner": _lp("hint", "Shared a pilot with that city"),
    },
    v.ResultStage: {
        "preliminary": _lp("result", "Preliminary result"),
        "final": _lp("result", "Final result"),
    },
    v.Ballot: {
        "in_favour": _lp("vote", "In favour"),
        "against": _lp("vote", "Against"),
        "abstains": _lp("vote", "Abstains"),
    },
}
