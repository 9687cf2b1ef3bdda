"""The closed lists of the field: countries, sectors, roles and kinds.

Values are stored in the database and appear in URLs, so a value never changes; the words people
read live in ``app/web/labels.py``, in three languages.
"""

from enum import StrEnum


class Country(StrEnum):
    """ISO 3166-1 codes of the countries whose networks use the platform."""

    ARGENTINA = "AR"
    BRAZIL = "BR"
    CHILE = "CL"
    URUGUAY = "UY"


class Language(StrEnum):
    """Languages of the interface and of what people write (ISO 639-1)."""

    SPANISH = "es"
    PORTUGUESE = "pt"
    ENGLISH = "en"


class OrganizationKind(StrEnum):
    """What an organization is on the platform."""

    CITY = "city"
    STARTUP = "startup"
    COORDINATION = "coordination"


class Role(StrEnum):
    """What a person may do inside their organization."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


class Sector(StrEnum):
    """Area of local government that a challenge or solution is about."""

    CITIZEN_SERVICE = "citizen_service"
    CULTURE_TOURISM = "culture_tourism"
    ECONOMY = "economy"
    EDUCATION = "education"
    EMERGENCIES = "emergencies"
    ENERGY = "energy"
    ENVIRONMENT = "environment"
    HEALTH = "health"
    INTERNAL_MANAGEMENT = "internal_management"
    MOBILITY = "mobility"
    PROCUREMENT = "procurement"
    PUBLIC_WORKS = "public_works"
    REVENUE = "revenue"
    SECURITY = "security"
    SOCIAL = "social"
    TRANSPARENCY = "transparency"
    URBAN_PLANNING = "urban_planning"
    WASTE = "waste"
    WATER = "water"


class BudgetKind(StrEnum):
    """How a city rewards the pilot of a challenge."""

    PAID = "paid"
    INCENTIVE = "incentive"
    UNPAID = "unpaid"


class Currency(StrEnum):
    """ISO 4217 codes accepted for amounts."""

    ARS = "ARS"
    BRL = "BRL"
    CLP = "CLP"
    UYU = "UYU"
    USD = "USD"


class DataSensitivity(StrEnum):
    """The most sensitive class among the data that a challenge makes available."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class DecisionRole(StrEnum):
    """What an AI solution does in a decision about people (AI card)."""

    NONE = "none"
    INFORMS = "informs"
    RECOMMENDS = "recommends"
    DECIDES = "decides"


class ModelFamily(StrEnum):
    """Kind of model behind an AI solution (AI card)."""

    RULES = "rules"
    STATISTICAL = "statistical"
    CLASSICAL_ML = "classical_ml"
    COMPUTER_VISION = "computer_vision"
    SPEECH = "speech"
    LANGUAGE_MODEL = "language_model"
    OPTIMIZATION = "optimization"
    NO_AI = "no_ai"


class Hosting(StrEnum):
    """Where an AI solution runs and keeps its data (AI card)."""

    CITY = "city"
    COUNTRY = "country"
    REGION = "region"
    ABROAD = "abroad"


class Direction(StrEnum):
    """Which way an indicator should move."""

    UP = "up"
    DOWN = "down"


class Frequency(StrEnum):
    """How often an indicator is read."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class PilotDecision(StrEnum):
    """What a city decides when a pilot closes."""

    SCALE = "scale"
    ADAPT = "adapt"
    STOP = "stop"


class Side(StrEnum):
    """The two parties whose consent confirms a match."""

    CITY = "city"
    STARTUP = "startup"


class DismissalReason(StrEnum):
    """Coded reasons of a coordinator for dismissing a suggested match."""

    OFF_TOPIC = "off_topic"
    TOO_IMMATURE = "too_immature"
    WRONG_COUNTRY_OR_LANGUAGE = "wrong_country_or_language"
    DATA_MISSING = "data_missing"
    LICENCE_OR_HOSTING = "licence_or_hosting"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    CAPACITY = "capacity"
    OTHER = "other"


class DeclineReason(StrEnum):
    """Coded reasons of a party for declining a proposed match."""

    NOT_A_FIT = "not_a_fit"
    NO_CAPACITY = "no_capacity"
    NO_BUDGET = "no_budget"
    TIMING = "timing"
    LEGAL = "legal"
    OTHER = "other"


class AbandonReason(StrEnum):
    """Why a pilot did not happen; published so that others learn."""

    BUDGET = "budget"
    PROCUREMENT = "procurement"
    LEGAL = "legal"
    DATA = "data"
    CHANGE_OF_GOVERNMENT = "change_of_government"
    SUPPLIER = "supplier"
    OTHER = "other"
