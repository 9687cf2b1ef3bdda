"""The table of fits: what the matcher found for a solution, whatever people decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.challenges.models import Challenge
from app.extensions import Base, utcnow
from app.solutions.models import Solution


class Fit(Base):
    """That a solution of a startup fits an open challenge, with the reasons.

    It is made from public texts only and knows nothing of suggestions, decisions or other
    solutions. ``parts`` and ``missing`` are those of ``Match``.
    """

    __tablename__ = "fit"
    __table_args__ = (UniqueConstraint("challenge_id", "solution_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    solution_id: Mapped[int] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), index=True
    )
    score: Mapped[float]
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)
    found_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow)

    challenge: Mapped[Challenge] = relationship(lazy="joined")
    solution: Mapped[Solution] = relationship(lazy="joined")
