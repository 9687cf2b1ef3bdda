"""Words for the closed lists of ``app/domain/vocabulary.py``."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from flask_babel.speaklater import LazyString

from app.domain import vocabulary as v

VOCABULARY_LABELS: dict[type[StrEnum], dict[str, LazyString]] = {
    v.Country: {
        "AR": _l("Argentina"),
        "BR": _l("Brazil"),
        "CL": _l("Chile"),
        "UY": _l("Uruguay"),
    },
    v.Language: {"es": _l("Spanish"), "pt": _l("Portuguese"), "en": _l("English")},
    v.OrganizationKind: {
        "city": _l("City"),
        "startup": _l("Startup"),
        "coordination": _l("Coordination"),
    },
    v.Role: {"owner": _l("Owner"), "editor": _l("Editor"), "viewer": _l("Reader")},
    v.Sector: {
        "citizen_service": _l("Citizen service"),
        "culture_tourism": _l("Culture and tourism"),
        "economy": _l("Economic development and jobs"),
        "education": _l("Education"),
        "emergencies": _l("Emergencies and civil protection"),
        "energy": _l("Energy and public lighting"),
        "environment": _l("Environment and green spaces"),
        "health": _l("Health"),
        "internal_management": _l("Internal management"),
        "mobility": _l("Mobility and transport"),
        "procurement": _l("Public procurement"),
        "public_works": _l("Public works and maintenance"),
        "revenue": _l("Municipal revenue"),
        "security": _l("Public safety"),
        "social": _l("Social development and care"),
        "transparency": _l("Transparency and participation"),
        "urban_planning": _l("Urban planning and cadastre"),
        "waste": _l("Waste and cleaning"),
        "water": _l("Water and sanitation"),
    },
    v.BudgetKind: {
        "paid": _l("Paid pilot"),
        "incentive": _l("Incentive in kind"),
        "unpaid": _l("No payment"),
    },
    v.Currency: {
        "ARS": _l("Argentine pesos"),
        "BRL": _l("Brazilian reais"),
        "CLP": _l("Chilean pesos"),
        "UYU": _l("Uruguayan pesos"),
        "USD": _l("US dollars"),
    },
    v.DataSensitivity: {
        "open": _l("Open data"),
        "internal": _l("Internal data, no persons"),
        "personal": _l("Personal data"),
        "sensitive": _l("Sensitive personal data"),
    },
    v.DecisionRole: {
        "none": _l("No part in decisions about people"),
        "informs": _l("Informs a person who decides"),
        "recommends": _l("Recommends; a person decides"),
        "decides": _l("Decides by itself"),
    },
    v.ModelFamily: {
        "rules": _l("Rules"),
        "statistical": _l("Statistical model"),
        "classical_ml": _l("Classical machine learning"),
        "computer_vision": _l("Computer vision"),
        "speech": _l("Speech recognition"),
        "language_model": _l("Language model"),
        "optimization": _l("Optimization"),
        "no_ai": _l("No AI"),
    },
    v.Hosting: {
        "city": _l("On the city's own servers"),
        "country": _l("In the city's country"),
        "region": _l("In Latin America"),
        "abroad": _l("Outside Latin America"),
    },
    v.Direction: {"up": _l("should rise"), "down": _l("should fall")},
    v.Frequency: {
        "weekly": _l("Every week"),
        "fortnightly": _l("Every two weeks"),
        "monthly": _l("Every month"),
    },
    v.PilotDecision: {"scale": _l("Scale"), "adapt": _l("Adapt"), "stop": _l("Stop")},
    v.Side: {"city": _l("City"), "startup": _l("Startup")},
    v.DismissalReason: {
        "off_topic": _l("It is about something else"),
        "too_immature": _l("Not mature enough for this challenge"),
        "wrong_country_or_language": _l("Country or language does not fit"),
        "data_missing": _l("The data it needs is not there"),
        "licence_or_hosting": _l("Licence or hosting does not fit"),
        "conflict_of_interest": _l("Conflict of interest"),
        "capacity": _l("One side has no capacity now"),
        "other": _lp("reason", "Another reason"),
    },
    v.DeclineReason: {
        "not_a_fit": _l("It does not fit the problem"),
        "no_capacity": _l("No capacity in these months"),
        "no_budget": _l("No budget"),
        "timing": _l("Not the right moment"),
        "legal": _l("Legal obstacle"),
        "other": _lp("reason", "Another reason"),
    },
    v.AbandonReason: {
        "budget": _l("Budget"),
        "procurement": _l("Procurement"),
        "legal": _l("Legal"),
        "data": _l("Data"),
        "change_of_government": _l("Change of government"),
        "supplier": _l("Supplier"),
        "other": _lp("reason", "Another reason"),
    },
}
