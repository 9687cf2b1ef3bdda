"""Table of municipalities as the statistics office of each country lists them."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.vocabulary import Country
from app.extensions import Base
from app.lifecycle import EnumString, one_of


class Municipality(Base):
    """One municipality of an official register (INDEC, IBGE, CUT ...).

    ``region`` is its ISO 3166-2 code (``AR-B``), as in ``Organization.subdivision``.
    """

    __tablename__ = "municipality"
    __table_args__ = (UniqueConstraint("country", "code"), one_of("country", Country))

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[Country] = mapped_column(EnumString(Country))
    code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(160), index=True)
    region: Mapped[str] = mapped_column(String(10), default="")
    region_name: Mapped[str] = mapped_column(String(80), default="")
    population: Mapped[int | None]
