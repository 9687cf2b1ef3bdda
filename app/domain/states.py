"""Every state and every act of the platform, by kind of thing; ``workflows.py`` joins them.

Values are stored in the database and named in URLs, so a value never changes.
"""

from enum import StrEnum


class OrganizationStatus(StrEnum):
    """States of an organization."""

    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"
    SUSPENDED = "suspended"


class OrganizationAction(StrEnum):
    """Acts on an organization."""

    VERIFY = "verify"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    RESTORE = "restore"


class ChallengeStatus(StrEnum):
    """States of a challenge; published is upcoming, open or closed by the clock."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    PUBLISHED = "published"
    MATCHED = "matched"
    PILOTING = "piloting"
    RESOLVED = "resolved"
    NO_AWARD = "no_award"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class ChallengeAction(StrEnum):
    """Acts on a challenge."""

    SUBMIT = "submit"
    REQUEST_CHANGES = "request_changes"
    PUBLISH = "publish"
    MATCH = "match"
    START_PILOT = "start_pilot"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    DECLARE_VOID = "declare_void"
    CANCEL = "cancel"
    ARCHIVE = "archive"


class SolutionStatus(StrEnum):
    """States of a solution."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class SolutionAction(StrEnum):
    """Acts on a solution."""

    SUBMIT = "submit"
    REQUEST_CHANGES = "request_changes"
    PUBLISH = "publish"
    SUSPEND = "suspend"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    REVISE = "revise"


class SubmissionStatus(StrEnum):
    """States of a startup's submission to a challenge."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    SHORTLISTED = "shortlisted"
    ALTERNATE = "alternate"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"


class SubmissionAction(StrEnum):
    """Acts on a submission."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REVISE = "revise"
    SHORTLIST = "shortlist"
    SET_ASIDE = "set_aside"
    CHOOSE = "choose"
    REJECT = "reject"
    REOPEN = "reopen"


class MatchStatus(StrEnum):
    """States of a match. Approved ones wait their turn as alternates; one at a time is proposed."""

    SUGGESTED = "suggested"
    APPROVED = "approved"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    DECLINED = "declined"
    EXPIRED = "expired"
    RELEASED = "released"


class MatchAction(StrEnum):
    """Acts on a match."""

    APPROVE = "approve"
    DISMISS = "dismiss"
    RECONSIDER = "reconsider"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    DECLINE_AS_CITY = "decline_as_city"
    DECLINE_AS_STARTUP = "decline_as_startup"
    EXPIRE = "expire"
    RELEASE = "release"


class TuningStatus(StrEnum):
    """States of a version of the matcher's settings; those that it ships with need none."""

    TRIAL = "trial"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    DISCARDED = "discarded"


class TuningAction(StrEnum):
    """Acts on a version of the matcher's settings."""

    ACCEPT = "accept"
    DISCARD = "discard"
    REPLACE = "replace"


class PilotStatus(StrEnum):
    """States of a pilot."""

    PREPARING = "preparing"
    SIGNING = "signing"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSING = "closing"
    FINISHED = "finished"
    NOT_CARRIED_OUT = "not_carried_out"


class PilotAction(StrEnum):
    """Acts on a pilot."""

    SEND_AGREEMENT = "send_agreement"
    RETURN_AGREEMENT = "return_agreement"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    BEGIN_CLOSING = "begin_closing"
    FINISH = "finish"
    ABANDON = "abandon"


class MilestoneStatus(StrEnum):
    """States of a milestone of a pilot; overdue is derived from its due date."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class MilestoneAction(StrEnum):
    """Acts on a milestone."""

    BEGIN = "begin"
    DELIVER = "deliver"
    RETURN = "return"
    ACCEPT = "accept"
    CANCEL = "cancel"


class ReportStatus(StrEnum):
    """States of a progress report of a pilot."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class ReportAction(StrEnum):
    """Acts on a progress report."""

    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
