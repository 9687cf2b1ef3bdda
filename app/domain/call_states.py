"""Every state and every act of calls for members; ``call_workflows.py`` joins them.

Values are stored in the database and named in URLs, so a value never changes.
"""

from enum import StrEnum


class CallStatus(StrEnum):
    """States of a call; published is upcoming, open or closed by the clock.

    A preliminary or final result is approved by the chair and shows when its date comes.
    """

    DRAFT = "draft"
    PUBLISHED = "published"
    EVALUATING = "evaluating"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    VOID = "void"
    ARCHIVED = "archived"


class CallAction(StrEnum):
    """Acts on a call."""

    PUBLISH = "publish"
    EVALUATE = "evaluate"
    ISSUE_PRELIMINARY = "issue_preliminary"
    ISSUE_FINAL = "issue_final"
    TAKE_BACK_PRELIMINARY = "take_back_preliminary"
    TAKE_BACK_FINAL = "take_back_final"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    DECLARE_VOID = "declare_void"
    ARCHIVE = "archive"


class ApplicationStatus(StrEnum):
    """States of a city's application to a call.

    What a result says of it is set only once that result is published.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    CORRECTING = "correcting"
    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"
    SELECTED = "selected"
    WAITLISTED = "waitlisted"
    NOT_SELECTED = "not_selected"


class ApplicationAction(StrEnum):
    """Acts on an application."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REVISE = "revise"
    REQUEST_CORRECTION = "request_correction"
    RESUBMIT = "resubmit"
    END_CORRECTION = "end_correction"
    ADMIT = "admit"
    NOT_ADMIT = "not_admit"
    RECONSIDER = "reconsider"
    SELECT = "select"
    WAITLIST = "waitlist"
    LEAVE_OUT = "leave_out"
    PROMOTE = "promote"


class ReviewStatus(StrEnum):
    """States of the review of one application by one member of the committee."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    RECUSED = "recused"
    SUBMITTED = "submitted"
    REOPENED = "reopened"
    RELEASED = "released"


class ReviewAction(StrEnum):
    """Acts on a review."""

    ACCEPT = "accept"
    RECUSE = "recuse"
    SUBMIT = "submit"
    REOPEN = "reopen"
    RELEASE = "release"
    REASSIGN = "reassign"


class ConsensusStatus(StrEnum):
    """States of the consensus on one application."""

    OPEN = "open"
    AGREED = "agreed"


class ConsensusAction(StrEnum):
    """Acts on a consensus."""

    AGREE = "agree"
    REOPEN = "reopen"


class ResultStatus(StrEnum):
    """States of a result of a call; approved is published by the clock."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class ResultAction(StrEnum):
    """Acts on a result."""

    APPROVE = "approve"
    WITHDRAW = "withdraw"


class AppealStatus(StrEnum):
    """States of a city's appeal against the preliminary result."""

    FILED = "filed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class AppealAction(StrEnum):
    """Acts on an appeal."""

    UPHOLD = "uphold"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class EnrolmentStatus(StrEnum):
    """States of a city's membership of the coalition."""

    OFFERED = "offered"
    SIGNED = "signed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"
    DECLINED = "declined"
    LAPSED = "lapsed"


class EnrolmentAction(StrEnum):
    """Acts on a membership."""

    SIGN = "sign"
    RETURN = "return"
    CONFIRM = "confirm"
    FOUND = "found"
    DECLINE = "decline"
    LAPSE = "lapse"
    SUSPEND = "suspend"
    RESTORE = "restore"
    END = "end"
