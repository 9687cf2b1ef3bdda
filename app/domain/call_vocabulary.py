"""The closed lists of calls for members: dates, documents, quotas, verdicts and reasons.

Values are stored in the database and appear in URLs, so a value never changes.
"""

from enum import StrEnum

_SMALL, _LARGE = 50_000, 250_000


class CallDate(StrEnum):
    """The dates of a call, in the order in which they come; each is a column of the call."""

    OPENS = "opens_at"
    QUESTIONS_CLOSE = "questions_close_at"
    CLOSES = "closes_at"
    EVALUATION_CLOSES = "evaluation_closes_at"
    PRELIMINARY = "preliminary_at"
    APPEALS_CLOSE = "appeals_close_at"
    FINAL = "final_at"
    ADHESION_CLOSES = "adhesion_closes_at"


class CallPhase(StrEnum):
    """What the clock and the acts of people make of a call, as the public reads it."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    EVALUATING = "evaluating"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    VOID = "void"


class DocumentKind(StrEnum):
    """What a required document is."""

    LETTER = "letter"
    REPORT = "report"
    OTHER = "other"


class PopulationBand(StrEnum):
    """Size of a municipality: below 50,000 inhabitants, below 250,000, or more."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @classmethod
    def of(cls, inhabitants: int) -> "PopulationBand":
        """Return the size of a municipality of so many inhabitants."""
        if inhabitants < _SMALL:
            return cls.SMALL
        return cls.MEDIUM if inhabitants < _LARGE else cls.LARGE


class QuotaKind(StrEnum):
    """Whether a quota keeps seats for a group or limits how many a group can take."""

    RESERVE = "reserve"
    CAP = "cap"


class QuotaField(StrEnum):
    """What a quota looks at."""

    REGION = "region"
    POPULATION = "population"


class TieBreak(StrEnum):
    """Ways to order equal totals besides the score of one criterion."""

    EARLIER_SUBMISSION = "earlier_submission"
    SMALLER_POPULATION = "smaller_population"
    LOT = "lot"


class Verdict(StrEnum):
    """What the coordination says of one requirement or document of an application."""

    PASSED = "passed"
    FAILED = "failed"
    TO_CORRECT = "to_correct"


class Outcome(StrEnum):
    """What a result says of one application."""

    SELECTED = "selected"
    WAITLISTED = "waitlisted"
    NOT_SELECTED = "not_selected"


class OutcomeReason(StrEnum):
    """Why an application stands where it stands."""

    MERIT = "merit"
    RESERVED_SEAT = "reserved_seat"
    QUOTA_FULL = "quota_full"
    NO_SEAT_LEFT = "no_seat_left"
    BELOW_CUT_OFF = "below_cut_off"
    BELOW_MINIMUM = "below_minimum"
    NO_QUORUM = "no_quorum"


class RecusalReason(StrEnum):
    """Why a member of the committee does not review an application."""

    SAME_ORGANIZATION = "same_organization"
    WORKED_TOGETHER = "worked_together"
    PERSONAL_TIE = "personal_tie"
    FINANCIAL_INTEREST = "financial_interest"
    NO_CAPACITY = "no_capacity"
    OTHER = "other"


class ConflictHint(StrEnum):
    """What makes one suspect a conflict of interest; a person decides whether it is one."""

    SAME_ORGANIZATION = "same_organization"
    SAME_AFFILIATION = "same_affiliation"
    SAME_REGION = "same_region"
    SAME_DOMAIN = "same_domain"
    FORMER_PARTNER = "former_partner"


class ResultStage(StrEnum):
    """The two results of a call."""

    PRELIMINARY = "preliminary"
    FINAL = "final"


class Ballot(StrEnum):
    """How a member of the committee votes on a result."""

    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    ABSTAINS = "abstains"
