"""Tables of solutions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.actors import Subject
from app.domain.states import SolutionStatus
from app.domain.vocabulary import DecisionRole, Hosting, Language, ModelFamily, Sector
from app.domain.workflows import SOLUTION
from app.lifecycle import EnumString, Lifecycle, one_of
from app.organizations.models import Organization
from app.search_text import Searchable

EDITABLE = frozenset(
    {
        SolutionStatus.DRAFT,
        SolutionStatus.CHANGES_REQUESTED,
        SolutionStatus.PUBLISHED,
        SolutionStatus.SUSPENDED,
    }
)


class Solution(Searchable, Lifecycle):
    """Something that solves problems of cities: a startup's, or a public good (no startup)."""

    __tablename__ = "solution"
    workflow = SOLUTION
    searched_columns = (
        "title",
        "summary",
        "use_cases",
        "problems_solved",
        "description",
        "steward",
    )

    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    lang: Mapped[Language] = mapped_column(EnumString(Language))
    sector: Mapped[Sector] = mapped_column(EnumString(Sector), index=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(400), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    problems_solved: Mapped[str] = mapped_column(Text, default="")
    use_cases: Mapped[str] = mapped_column(String(600), default="")
    trl: Mapped[int | None]
    ai_purpose: Mapped[str] = mapped_column(Text, default="")
    decision_role: Mapped[DecisionRole | None] = mapped_column(EnumString(DecisionRole))
    model_family: Mapped[ModelFamily | None] = mapped_column(EnumString(ModelFamily))
    data_origin: Mapped[str] = mapped_column(Text, default="")
    human_oversight: Mapped[str] = mapped_column(Text, default="")
    hosting: Mapped[Hosting | None] = mapped_column(EnumString(Hosting))
    limits: Mapped[str] = mapped_column(Text, default="")
    licence: Mapped[str] = mapped_column(String(120), default="")
    repository_url: Mapped[str] = mapped_column(String(300), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    countries: Mapped[list[str]] = mapped_column(JSON, default=list)
    references: Mapped[str] = mapped_column(Text, default="")
    sdgs: Mapped[list[int]] = mapped_column(JSON, default=list)
    steward: Mapped[str] = mapped_column(String(200), default="")
    source_id: Mapped[str] = mapped_column(String(120), default="")
    published_at: Mapped[datetime | None]

    organization: Mapped[Organization | None] = relationship(lazy="joined")

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """Closed lists and the scale of maturity (TRL 1 to 9)."""
        return (
            one_of("sector", Sector),
            CheckConstraint("trl IS NULL OR trl BETWEEN 1 AND 9", name="trl_on_scale"),
        )

    @property
    def is_editable(self) -> bool:
        """It may be rewritten: it is not before the coordination nor withdrawn."""
        return self.status in EDITABLE

    @property
    def is_public_good(self) -> bool:
        """It belongs to no startup."""
        return self.organization_id is None

    @property
    def subject(self) -> Subject:
        """The startup's own; everybody's while published."""
        own = frozenset() if self.organization_id is None else frozenset({self.organization_id})
        return Subject(
            startup_id=self.organization_id,
            party_ids=own,
            is_public=self.status is SolutionStatus.PUBLISHED,
        )
