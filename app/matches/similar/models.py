"""The table of resemblances between challenges."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.challenges.models import Challenge
from app.extensions import Base, utcnow


class Resemblance(Base):
    """That a challenge, which may be a draft, resembles another one, which is public.

    ``shared`` lists what both ask for, the weightiest first, as ``[its words, the other's words]``;
    it may quote a draft, so it belongs to those who may read ``challenge``.
    """

    __tablename__ = "resemblance"
    __table_args__ = (UniqueConstraint("challenge_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), index=True
    )
    score: Mapped[float]
    shared: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    found_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow)

    challenge: Mapped[Challenge] = relationship(foreign_keys=challenge_id)
    other: Mapped[Challenge] = relationship(foreign_keys=other_id, lazy="joined")
