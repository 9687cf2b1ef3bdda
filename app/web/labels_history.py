"""What was done, in the words of a history: one phrase for each act of the tables of states.

The context (``challenge, history`` ...) lets Spanish and Portuguese agree in gender.
"""

from enum import StrEnum

from flask_babel import lazy_pgettext as _lp
from flask_babel.speaklater import LazyString

from app.domain import call_states as c
from app.domain import states as s

DONE: dict[type[StrEnum], dict[str, LazyString]] = {
    s.OrganizationAction: {
        "verify": _lp("organization, history", "Verified"),
        "refuse": _lp("organization, history", "Not accepted"),
        "suspend": _lp("organization, history", "Suspended"),
        "restore": _lp("organization, history", "Restored"),
    },
    s.ChallengeAction: {
        "submit": _lp("challenge, history", "Sent for review"),
        "request_changes": _lp("challenge, history", "Changes asked for"),
        "publish": _lp("challenge, history", "Published"),
        "match": _lp("challenge, history", "Matched"),
        "start_pilot": _lp("challenge, history", "Pilot started"),
        "resolve": _lp("challenge, history", "Resolved"),
        "reopen": _lp("challenge, history", "Reopened"),
        "declare_void": _lp("challenge, history", "Closed with no award"),
        "cancel": _lp("challenge, history", "Cancelled"),
        "archive": _lp("challenge, history", "Archived"),
    },
    s.SolutionAction: {
        "submit": _lp("solution, history", "Sent for review"),
        "request_changes": _lp("solution, history", "Changes asked for"),
        "publish": _lp("solution, history", "Published"),
        "suspend": _lp("solution, history", "Suspended"),
        "restore": _lp("solution, history", "Restored"),
        "withdraw": _lp("solution, history", "Withdrawn"),
        "revise": _lp("solution, history", "Taken up again"),
    },
    s.SubmissionAction: {
        "submit": _lp("submission, history", "Submitted"),
        "withdraw": _lp("submission, history", "Withdrawn"),
        "revise": _lp("submission, history", "Taken up again"),
        "shortlist": _lp("submission, history", "Shortlisted"),
        "set_aside": _lp("submission, history", "Kept as alternate"),
        "choose": _lp("submission, history", "Chosen"),
        "reject": _lp("submission, history", "Not chosen"),
        "reopen": _lp("submission, history", "Reopened"),
    },
    s.MatchAction: {
        "approve": _lp("match, history", "Approved"),
        "dismiss": _lp("match, history", "Dismissed"),
        "reconsider": _lp("match, history", "Taken up again"),
        "propose": _lp("match, history", "Proposed to both sides"),
        "confirm": _lp("match, history", "Confirmed"),
        "decline_as_city": _lp("match, history", "Declined by the city"),
        "decline_as_startup": _lp("match, history", "Declined by the startup"),
        "expire": _lp("match, history", "Expired without an answer"),
        "release": _lp("match, history", "Released"),
    },
    s.TuningAction: {
        "accept": _lp("tuning, history", "Put into use"),
        "discard": _lp("tuning, history", "Discarded"),
        "replace": _lp("tuning, history", "Replaced"),
    },
    s.PilotAction: {
        "send_agreement": _lp("pilot, history", "Agreement sent for signature"),
        "return_agreement": _lp("pilot, history", "Agreement returned"),
        "start": _lp("pilot, history", "Started"),
        "pause": _lp("pilot, history", "Paused"),
        "resume": _lp("pilot, history", "Resumed"),
        "begin_closing": _lp("pilot, history", "Closing begun"),
        "finish": _lp("pilot, history", "Finished"),
        "abandon": _lp("pilot, history", "Recorded as not carried out"),
    },
    s.MilestoneAction: {
        "begin": _lp("milestone, history", "Begun"),
        "deliver": _lp("milestone, history", "Delivered"),
        "accept": _lp("milestone, history", "Accepted"),
        "cancel": _lp("milestone, history", "Cancelled"),
        "return": _lp("milestone, history", "Returned"),
    },
    s.ReportAction: {
        "submit": _lp("report, history", "Submitted"),
        "accept": _lp("report, history", "Accepted"),
        "return": _lp("report, history", "Returned"),
    },
    c.CallAction: {
        "publish": _lp("call, history", "Published"),
        "evaluate": _lp("call, history", "Evaluation begun"),
        "issue_preliminary": _lp("call, history", "Preliminary result approved"),
        "issue_final": _lp("call, history", "Final result approved"),
        "take_back_preliminary": _lp("call, history", "Preliminary result taken back"),
        "take_back_final": _lp("call, history", "Final result taken back"),
        "suspend": _lp("call, history", "Suspended"),
        "resume": _lp("call, history", "Resumed"),
        "cancel": _lp("call, history", "Cancelled"),
        "declare_void": _lp("call, history", "Closed with no award"),
        "archive": _lp("call, history", "Archived"),
    },
    c.ApplicationAction: {
        "submit": _lp("application, history", "Submitted"),
        "withdraw": _lp("application, history", "Withdrawn"),
        "revise": _lp("application, history", "Taken up again"),
        "request_correction": _lp("application, history", "Correction asked for"),
        "resubmit": _lp("application, history", "Correction sent"),
        "end_correction": _lp("application, history", "Correction ended"),
        "admit": _lp("application, history", "Admitted"),
        "not_admit": _lp("application, history", "Not admitted"),
        "reconsider": _lp("application, history", "Examined again"),
        "select": _lp("application, history", "Selected"),
        "waitlist": _lp("application, history", "Put on the waiting list"),
        "leave_out": _lp("application, history", "Not selected"),
        "promote": _lp("application, history", "Selected from the waiting list"),
    },
    c.ReviewAction: {
        "accept": _lp("review, history", "Accepted"),
        "recuse": _lp("review, history", "Recused"),
        "submit": _lp("review, history", "Submitted"),
        "reopen": _lp("review, history", "Reopened"),
        "release": _lp("review, history", "Released"),
        "reassign": _lp("review, history", "Assigned again"),
    },
    c.ConsensusAction: {
        "agree": _lp("consensus, history", "Agreed"),
        "reopen": _lp("consensus, history", "Reopened"),
    },
    c.ResultAction: {
        "approve": _lp("result, history", "Approved"),
        "withdraw": _lp("result, history", "Withdrawn"),
    },
    c.AppealAction: {
        "uphold": _lp("appeal, history", "Upheld"),
        "reject": _lp("appeal, history", "Rejected"),
        "withdraw": _lp("appeal, history", "Withdrawn"),
    },
    c.EnrolmentAction: {
        "sign": _lp("enrolment, history", "Adhesion signed"),
        "confirm": _lp("enrolment, history", "Membership confirmed"),
        "found": _lp("enrolment, history", "Enrolled as a founding member"),
        "decline": _lp("enrolment, history", "Seat declined"),
        "lapse": _lp("enrolment, history", "Seat released"),
        "suspend": _lp("enrolment, history", "Suspended"),
        "restore": _lp("enrolment, history", "Restored"),
        "end": _lp("enrolment, history", "Membership ended"),
        "return": _lp("enrolment, history", "Returned for correction"),
    },
}
