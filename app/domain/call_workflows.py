"""How a call for members and all that belongs to it moves between its states.

Read like ``workflows.py``, which joins these tables to the others. The clock opens and closes the
form, freezes the rules and shows an approved result; none of that is a row here.
"""

from app.domain.call_states import (
    AppealAction,
    AppealStatus,
    ApplicationAction,
    ApplicationStatus,
    CallAction,
    CallStatus,
    ConsensusAction,
    ConsensusStatus,
    EnrolmentAction,
    EnrolmentStatus,
    ResultAction,
    ResultStatus,
    ReviewAction,
    ReviewStatus,
)
from app.domain.call_vocabulary import RecusalReason
from app.domain.permissions import Permission
from app.domain.workflow import Workflow, row

_P = Permission
_C, _CA = CallStatus, CallAction
CALL = Workflow(
    "call",
    _C,
    _CA,
    _C.DRAFT,
    (_C.DRAFT, _C.PUBLISHED, _C.EVALUATING, _C.PRELIMINARY, _C.FINAL),
    (
        row(_CA.PUBLISH, _C.DRAFT, _C.PUBLISHED, _P.CALL_MANAGE, final=True),
        row(_CA.EVALUATE, _C.PUBLISHED, _C.EVALUATING, _P.CALL_MANAGE),
        row(_CA.ISSUE_PRELIMINARY, _C.EVALUATING, _C.PRELIMINARY, _P.CALL_PROGRESS),
        row(_CA.TAKE_BACK_PRELIMINARY, _C.PRELIMINARY, _C.EVALUATING, _P.CALL_PROGRESS),
        row(_CA.ISSUE_FINAL, _C.PRELIMINARY, _C.FINAL, _P.CALL_PROGRESS),
        row(_CA.TAKE_BACK_FINAL, _C.FINAL, _C.PRELIMINARY, _P.CALL_PROGRESS),
        row(
            _CA.SUSPEND,
            (_C.PUBLISHED, _C.EVALUATING),
            _C.SUSPENDED,
            _P.CALL_MANAGE,
            needs_reason=True,
        ),
        row(_CA.RESUME, _C.SUSPENDED, _C.PUBLISHED, _P.CALL_MANAGE, needs_reason=True),
        row(
            _CA.CANCEL,
            (_C.DRAFT, _C.PUBLISHED, _C.EVALUATING, _C.SUSPENDED),
            _C.CANCELLED,
            _P.CALL_MANAGE,
            needs_reason=True,
            final=True,
        ),
        row(
            _CA.DECLARE_VOID,
            (_C.PUBLISHED, _C.EVALUATING),
            _C.VOID,
            _P.CALL_MANAGE,
            needs_reason=True,
            final=True,
        ),
        row(_CA.ARCHIVE, _C.FINAL, _C.ARCHIVED, _P.CALL_MANAGE, final=True),
    ),
)

_A, _AA = ApplicationStatus, ApplicationAction
_DECIDED = (_A.SELECTED, _A.WAITLISTED, _A.NOT_SELECTED)
APPLICATION = Workflow(
    "application",
    _A,
    _AA,
    _A.DRAFT,
    (_A.DRAFT, _A.SUBMITTED, _A.ADMITTED, _A.SELECTED),
    (
        row(_AA.SUBMIT, _A.DRAFT, _A.SUBMITTED, _P.APPLICATION_EDIT),
        row(_AA.WITHDRAW, (_A.DRAFT, _A.SUBMITTED), _A.WITHDRAWN, _P.APPLICATION_EDIT),
        row(_AA.REVISE, _A.WITHDRAWN, _A.DRAFT, _P.APPLICATION_EDIT),
        row(
            _AA.REQUEST_CORRECTION,
            _A.SUBMITTED,
            _A.CORRECTING,
            _P.APPLICATION_ASSESS,
            needs_reason=True,
        ),
        row(_AA.RESUBMIT, _A.CORRECTING, _A.SUBMITTED, _P.APPLICATION_EDIT),
        row(_AA.END_CORRECTION, _A.CORRECTING, _A.SUBMITTED, _P.APPLICATION_ASSESS),
        row(_AA.ADMIT, _A.SUBMITTED, _A.ADMITTED, _P.APPLICATION_ASSESS),
        row(
            _AA.NOT_ADMIT,
            _A.SUBMITTED,
            _A.NOT_ADMITTED,
            _P.APPLICATION_ASSESS,
            needs_reason=True,
        ),
        row(
            _AA.RECONSIDER,
            (_A.ADMITTED, _A.NOT_ADMITTED),
            _A.SUBMITTED,
            _P.APPLICATION_ASSESS,
            needs_reason=True,
        ),
        row(_AA.SELECT, _A.ADMITTED, _A.SELECTED, _P.APPLICATION_PROGRESS),
        row(_AA.WAITLIST, _A.ADMITTED, _A.WAITLISTED, _P.APPLICATION_PROGRESS),
        row(_AA.LEAVE_OUT, _A.ADMITTED, _A.NOT_SELECTED, _P.APPLICATION_PROGRESS),
        row(_AA.PROMOTE, _A.WAITLISTED, _A.SELECTED, _P.APPLICATION_PROGRESS),
    ),
)

_R, _RA = ReviewStatus, ReviewAction
# One that was sent is taken back only where a conflict of interest comes to light.
_STANDING = (_R.ASSIGNED, _R.ACCEPTED, _R.REOPENED, _R.SUBMITTED)
REVIEW = Workflow(
    "review",
    _R,
    _RA,
    _R.ASSIGNED,
    (_R.ASSIGNED, _R.ACCEPTED, _R.SUBMITTED),
    (
        row(_RA.ACCEPT, _R.ASSIGNED, _R.ACCEPTED, _P.REVIEW_WRITE),
        row(_RA.SUBMIT, (_R.ACCEPTED, _R.REOPENED), _R.SUBMITTED, _P.REVIEW_WRITE),
        row(_RA.RECUSE, _STANDING, _R.RECUSED, _P.REVIEW_WRITE, reasons=RecusalReason),
        row(_RA.REOPEN, _R.SUBMITTED, _R.REOPENED, _P.REVIEW_CHAIR, needs_reason=True),
        row(_RA.RELEASE, _STANDING, _R.RELEASED, _P.REVIEW_OVERSEE),
        row(_RA.REASSIGN, _R.RELEASED, _R.ASSIGNED, _P.REVIEW_OVERSEE),
    ),
)

_K, _KA = ConsensusStatus, ConsensusAction
CONSENSUS = Workflow(
    "consensus",
    _K,
    _KA,
    _K.OPEN,
    (_K.OPEN, _K.AGREED),
    (
        row(_KA.AGREE, _K.OPEN, _K.AGREED, _P.REVIEW_CHAIR),
        row(_KA.REOPEN, _K.AGREED, _K.OPEN, _P.REVIEW_CHAIR, needs_reason=True),
    ),
)

_S, _SA = ResultStatus, ResultAction
RESULT = Workflow(
    "result",
    _S,
    _SA,
    _S.PROPOSED,
    (_S.PROPOSED, _S.APPROVED),
    (
        row(_SA.APPROVE, _S.PROPOSED, _S.APPROVED, _P.RESULT_APPROVE, final=True),
        row(
            _SA.WITHDRAW,
            (_S.PROPOSED, _S.APPROVED),
            _S.WITHDRAWN,
            _P.RESULT_APPROVE,
            needs_reason=True,
        ),
    ),
)

_L, _LA = AppealStatus, AppealAction
APPEAL = Workflow(
    "appeal",
    _L,
    _LA,
    _L.FILED,
    (_L.FILED, _L.UPHELD),
    (
        row(_LA.UPHOLD, _L.FILED, _L.UPHELD, _P.APPEAL_DECIDE, needs_reason=True, final=True),
        row(_LA.REJECT, _L.FILED, _L.REJECTED, _P.APPEAL_DECIDE, needs_reason=True, final=True),
        row(_LA.WITHDRAW, _L.FILED, _L.WITHDRAWN, _P.APPLICATION_EDIT, final=True),
    ),
)

_E, _EA = EnrolmentStatus, EnrolmentAction
ENROLMENT = Workflow(
    "enrolment",
    _E,
    _EA,
    _E.OFFERED,
    (_E.OFFERED, _E.SIGNED, _E.ACTIVE),
    (
        row(_EA.SIGN, _E.OFFERED, _E.SIGNED, _P.ENROLMENT_SIGN),
        row(_EA.RETURN, _E.SIGNED, _E.OFFERED, _P.ENROLMENT_MANAGE, needs_reason=True),
        row(_EA.CONFIRM, _E.SIGNED, _E.ACTIVE, _P.ENROLMENT_MANAGE),
        row(_EA.FOUND, _E.OFFERED, _E.ACTIVE, _P.ENROLMENT_MANAGE, needs_reason=True),
        row(
            _EA.DECLINE,
            (_E.OFFERED, _E.SIGNED),
            _E.DECLINED,
            _P.ENROLMENT_SIGN,
            needs_reason=True,
            final=True,
        ),
        row(_EA.LAPSE, _E.OFFERED, _E.LAPSED, _P.ENROLMENT_MANAGE, needs_reason=True, final=True),
        row(_EA.SUSPEND, _E.ACTIVE, _E.SUSPENDED, _P.ENROLMENT_MANAGE, needs_reason=True),
        row(_EA.RESTORE, _E.SUSPENDED, _E.ACTIVE, _P.ENROLMENT_MANAGE, needs_reason=True),
        row(
            _EA.END,
            (_E.ACTIVE, _E.SUSPENDED),
            _E.ENDED,
            _P.ENROLMENT_MANAGE,
            needs_reason=True,
            final=True,
        ),
    ),
)

CALL_WORKFLOWS: tuple[Workflow, ...] = (
    CALL,
    APPLICATION,
    REVIEW,
    CONSENSUS,
    RESULT,
    APPEAL,
    ENROLMENT,
)
