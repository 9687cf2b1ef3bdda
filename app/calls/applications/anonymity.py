"""Who may know whose application it is while an anonymous call is being judged.

Everything that could tell it (the city's name, its region, people, addresses, the names of its
files) is left out for whoever :func:`hides_names` says, from pages, titles, search and downloads.
"""

from typing import Any

from flask_babel import lazy_pgettext as _lp

from app.calls.applications.models import Application
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.call_vocabulary import CallPhase
from app.domain.predicates import coordination, its_city, party

_TOLD = frozenset({CallPhase.PRELIMINARY, CallPhase.FINAL})


def hides_cities(call: Call, actor: Actor) -> bool:
    """Tell whether ``actor`` must not learn which cities applied to ``call``.

    In an anonymous call, until a result is public: the committee, even where its member is also of
    the coordination, and everybody who has no part in it. The coordination otherwise knows.
    """
    if not call.anonymous or actor.system or call.phase in _TOLD:
        return False
    if actor.id in call.committee_ids:
        return True
    return not (coordination(actor, call.subject) and party(actor, call.subject))


def hides_names(application: Application, actor: Actor) -> bool:
    """Tell whether ``actor`` must not learn whose application it is."""
    return hides_cities(application.call, actor) and not its_city(actor, application.subject)


def title_of(application: Application, actor: Actor) -> Any:
    """Return the city's name, or the number of the application where the name is hidden."""
    if hides_names(application, actor):
        return _lp("application", "Application %(number)s", number=application.number or "—")
    return application.organization.name
