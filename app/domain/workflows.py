"""Which states exist and how each thing moves between them: the tables of the whole platform.

One table a kind of thing. A row of a table is written ``row(action, from, to, permission)`` and
reads: *from any of these, who holds this permission may do this, and then it is that*. What the
clock decides (a challenge open or closed, a milestone overdue, a proposal expired) is not here: it
is derived from timestamps where it is needed. The tables of calls for members stand in
``call_workflows.py``. ``docs/rules.md`` is generated from both files.
"""

from app.domain.call_workflows import CALL_WORKFLOWS
from app.domain.permissions import Permission
from app.domain.states import (
    ChallengeAction,
    ChallengeStatus,
    MatchAction,
    MatchStatus,
    MilestoneAction,
    MilestoneStatus,
    OrganizationAction,
    OrganizationStatus,
    PilotAction,
    PilotStatus,
    ReportAction,
    ReportStatus,
    SolutionAction,
    SolutionStatus,
    SubmissionAction,
    SubmissionStatus,
)
from app.domain.tuning_workflow import TUNING
from app.domain.vocabulary import AbandonReason, DeclineReason, DismissalReason
from app.domain.workflow import Workflow, row

_O, _OA, _P = OrganizationStatus, OrganizationAction, Permission
ORGANIZATION = Workflow(
    "organization",
    _O,
    _OA,
    _O.PENDING,
    (_O.PENDING, _O.VERIFIED),
    (
        row(_OA.VERIFY, (_O.PENDING, _O.REFUSED), _O.VERIFIED, _P.ORGANIZATION_VERIFY),
        row(_OA.REFUSE, _O.PENDING, _O.REFUSED, _P.ORGANIZATION_VERIFY, needs_reason=True),
        row(_OA.SUSPEND, _O.VERIFIED, _O.SUSPENDED, _P.ORGANIZATION_VERIFY, needs_reason=True),
        row(_OA.RESTORE, _O.SUSPENDED, _O.VERIFIED, _P.ORGANIZATION_VERIFY, needs_reason=True),
    ),
)


_C, _CA = ChallengeStatus, ChallengeAction
_UNDER_WAY = (_C.DRAFT, _C.IN_REVIEW, _C.CHANGES_REQUESTED, _C.PUBLISHED)
_SETTLED = (_C.RESOLVED, _C.NO_AWARD, _C.CANCELLED)
CHALLENGE = Workflow(
    "challenge",
    _C,
    _CA,
    _C.DRAFT,
    (_C.DRAFT, _C.IN_REVIEW, _C.PUBLISHED, _C.MATCHED, _C.PILOTING, _C.RESOLVED),
    (
        row(_CA.SUBMIT, (_C.DRAFT, _C.CHANGES_REQUESTED), _C.IN_REVIEW, _P.CHALLENGE_SUBMIT),
        row(_CA.PUBLISH, _C.IN_REVIEW, _C.PUBLISHED, _P.CHALLENGE_REVIEW),
        row(
            _CA.REQUEST_CHANGES,
            _C.IN_REVIEW,
            _C.CHANGES_REQUESTED,
            _P.CHALLENGE_REVIEW,
            needs_reason=True,
        ),
        row(_CA.MATCH, _C.PUBLISHED, _C.MATCHED, _P.CHALLENGE_PROGRESS),
        row(_CA.START_PILOT, _C.MATCHED, _C.PILOTING, _P.CHALLENGE_PROGRESS),
        row(_CA.RESOLVE, _C.PILOTING, _C.RESOLVED, _P.CHALLENGE_PROGRESS),
        row(_CA.REOPEN, (_C.MATCHED, _C.PILOTING), _C.PUBLISHED, _P.CHALLENGE_PROGRESS),
        row(
            _CA.DECLARE_VOID,
            _C.PUBLISHED,
            _C.NO_AWARD,
            _P.CHALLENGE_REVIEW,
            needs_reason=True,
            final=True,
        ),
        row(
            _CA.CANCEL,
            _UNDER_WAY,
            _C.CANCELLED,
            _P.CHALLENGE_CLOSE,
            needs_reason=True,
            final=True,
        ),
        row(_CA.ARCHIVE, _SETTLED, _C.ARCHIVED, _P.CHALLENGE_CLOSE, final=True),
    ),
)


_S, _SA = SolutionStatus, SolutionAction
SOLUTION = Workflow(
    "solution",
    _S,
    _SA,
    _S.DRAFT,
    (_S.DRAFT, _S.IN_REVIEW, _S.PUBLISHED),
    (
        row(_SA.SUBMIT, (_S.DRAFT, _S.CHANGES_REQUESTED), _S.IN_REVIEW, _P.SOLUTION_SUBMIT),
        row(_SA.PUBLISH, _S.IN_REVIEW, _S.PUBLISHED, _P.SOLUTION_REVIEW),
        row(
            _SA.REQUEST_CHANGES,
            _S.IN_REVIEW,
            _S.CHANGES_REQUESTED,
            _P.SOLUTION_REVIEW,
            needs_reason=True,
        ),
        row(_SA.SUSPEND, _S.PUBLISHED, _S.SUSPENDED, _P.SOLUTION_REVIEW, needs_reason=True),
        row(_SA.RESTORE, _S.SUSPENDED, _S.PUBLISHED, _P.SOLUTION_REVIEW),
        row(
            _SA.WITHDRAW,
            (_S.DRAFT, _S.IN_REVIEW, _S.CHANGES_REQUESTED, _S.PUBLISHED),
            _S.WITHDRAWN,
            _P.SOLUTION_EDIT,
        ),
        row(_SA.REVISE, _S.WITHDRAWN, _S.DRAFT, _P.SOLUTION_EDIT),
    ),
)


_B, _BA = SubmissionStatus, SubmissionAction
_STANDING = (_B.SUBMITTED, _B.SHORTLISTED, _B.ALTERNATE)
SUBMISSION = Workflow(
    "submission",
    _B,
    _BA,
    _B.DRAFT,
    (_B.DRAFT, _B.SUBMITTED, _B.SHORTLISTED, _B.CHOSEN),
    (
        row(_BA.SUBMIT, _B.DRAFT, _B.SUBMITTED, _P.SUBMISSION_EDIT),
        row(_BA.WITHDRAW, (_B.DRAFT, *_STANDING), _B.WITHDRAWN, _P.SUBMISSION_EDIT),
        row(_BA.REVISE, _B.WITHDRAWN, _B.DRAFT, _P.SUBMISSION_EDIT),
        row(_BA.SHORTLIST, (_B.SUBMITTED, _B.ALTERNATE), _B.SHORTLISTED, _P.SUBMISSION_ASSESS),
        row(_BA.SET_ASIDE, (_B.SUBMITTED, _B.SHORTLISTED), _B.ALTERNATE, _P.SUBMISSION_ASSESS),
        row(
            _BA.REJECT,
            _STANDING,
            _B.NOT_CHOSEN,
            _P.SUBMISSION_ASSESS,
            needs_reason=True,
            final=True,
        ),
        row(_BA.CHOOSE, _STANDING, _B.CHOSEN, _P.SUBMISSION_PROGRESS),
        row(_BA.REOPEN, _B.CHOSEN, _B.SHORTLISTED, _P.SUBMISSION_PROGRESS),
    ),
)


_M, _MA = MatchStatus, MatchAction
MATCH = Workflow(
    "match",
    _M,
    _MA,
    _M.SUGGESTED,
    (_M.SUGGESTED, _M.APPROVED, _M.PROPOSED, _M.CONFIRMED),
    (
        row(_MA.APPROVE, _M.SUGGESTED, _M.APPROVED, _P.MATCH_DECIDE),
        row(
            _MA.DISMISS,
            (_M.SUGGESTED, _M.APPROVED),
            _M.DISMISSED,
            _P.MATCH_DECIDE,
            reasons=DismissalReason,
        ),
        row(
            _MA.RECONSIDER,
            (_M.DISMISSED, _M.EXPIRED, _M.DECLINED),
            _M.SUGGESTED,
            _P.MATCH_DECIDE,
            needs_reason=True,
        ),
        row(_MA.PROPOSE, _M.APPROVED, _M.PROPOSED, _P.MATCH_PROGRESS),
        row(_MA.CONFIRM, _M.PROPOSED, _M.CONFIRMED, _P.MATCH_PROGRESS),
        row(
            _MA.DECLINE_AS_CITY,
            _M.PROPOSED,
            _M.DECLINED,
            _P.MATCH_CONSENT_CITY,
            reasons=DeclineReason,
            final=True,
        ),
        row(
            _MA.DECLINE_AS_STARTUP,
            _M.PROPOSED,
            _M.DECLINED,
            _P.MATCH_CONSENT_STARTUP,
            reasons=DeclineReason,
            final=True,
        ),
        row(_MA.EXPIRE, _M.PROPOSED, _M.EXPIRED, _P.MATCH_PROGRESS),
        row(_MA.RELEASE, _M.CONFIRMED, _M.RELEASED, _P.MATCH_PROGRESS),
    ),
)


_PI, _PA = PilotStatus, PilotAction
PILOT = Workflow(
    "pilot",
    _PI,
    _PA,
    _PI.PREPARING,
    (_PI.PREPARING, _PI.SIGNING, _PI.RUNNING, _PI.CLOSING, _PI.FINISHED),
    (
        row(_PA.SEND_AGREEMENT, _PI.PREPARING, _PI.SIGNING, _P.PILOT_RUN),
        row(_PA.RETURN_AGREEMENT, _PI.SIGNING, _PI.PREPARING, _P.PILOT_WORK, needs_reason=True),
        row(_PA.START, _PI.SIGNING, _PI.RUNNING, _P.PILOT_OVERSEE),
        row(_PA.PAUSE, _PI.RUNNING, _PI.PAUSED, _P.PILOT_RUN, needs_reason=True),
        row(_PA.RESUME, _PI.PAUSED, _PI.RUNNING, _P.PILOT_RUN),
        row(_PA.BEGIN_CLOSING, _PI.RUNNING, _PI.CLOSING, _P.PILOT_RUN),
        row(_PA.FINISH, _PI.CLOSING, _PI.FINISHED, _P.PILOT_DECIDE, final=True),
        row(
            _PA.ABANDON,
            (_PI.PREPARING, _PI.SIGNING, _PI.RUNNING, _PI.PAUSED),
            _PI.NOT_CARRIED_OUT,
            _P.PILOT_DECIDE,
            reasons=AbandonReason,
            final=True,
        ),
    ),
)

_MI, _MIA = MilestoneStatus, MilestoneAction
_OPEN = (_MI.PLANNED, _MI.IN_PROGRESS, _MI.RETURNED)
MILESTONE = Workflow(
    "milestone",
    _MI,
    _MIA,
    _MI.PLANNED,
    (_MI.PLANNED, _MI.IN_PROGRESS, _MI.DELIVERED, _MI.ACCEPTED),
    (
        row(_MIA.BEGIN, _MI.PLANNED, _MI.IN_PROGRESS, _P.PILOT_DELIVER),
        row(_MIA.DELIVER, (_MI.IN_PROGRESS, _MI.RETURNED), _MI.DELIVERED, _P.PILOT_DELIVER),
        row(_MIA.RETURN, _MI.DELIVERED, _MI.RETURNED, _P.PILOT_ACCEPT, needs_reason=True),
        row(_MIA.ACCEPT, _MI.DELIVERED, _MI.ACCEPTED, _P.PILOT_ACCEPT),
        row(
            _MIA.CANCEL,
            _OPEN,
            _MI.CANCELLED,
            _P.PILOT_ACCEPT,
            needs_reason=True,
            final=True,
        ),
    ),
)


_R, _RA = ReportStatus, ReportAction
REPORT = Workflow(
    "report",
    _R,
    _RA,
    _R.DRAFT,
    (_R.DRAFT, _R.SUBMITTED, _R.ACCEPTED),
    (
        row(_RA.SUBMIT, (_R.DRAFT, _R.RETURNED), _R.SUBMITTED, _P.PILOT_DELIVER),
        row(_RA.RETURN, _R.SUBMITTED, _R.RETURNED, _P.PILOT_ACCEPT, needs_reason=True),
        row(_RA.ACCEPT, _R.SUBMITTED, _R.ACCEPTED, _P.PILOT_ACCEPT),
    ),
)

WORKFLOWS: tuple[Workflow, ...] = (
    ORGANIZATION,
    *CALL_WORKFLOWS,
    CHALLENGE,
    SOLUTION,
    SUBMISSION,
    MATCH,
    TUNING,
    PILOT,
    MILESTONE,
    REPORT,
)
