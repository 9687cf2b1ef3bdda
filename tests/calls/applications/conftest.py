"""A call with its cities and coordination, and an application that could be sent."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.calls.applications import service
from app.calls.applications.fields import items
from app.domain.call_states import ApplicationAction
from app.domain.call_vocabulary import CallPhase
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.files.uploads import Upload
from app.lifecycle import Act
from tests.calls import build

SAID = {
    "legal_name": "Municipalidad de Villa del Ejemplo",
    "tax_id": "30999001587",
    "official_code": "060007",
    "population": 42_000,
    "mayor_name": "María José Pérez",
    "contact_name": "Ana Referente",
    "contact_role": "Directora",
    "contact_email": "ana@villa.example",
    "unit_name": "Secretaría de Modernización",
    "unit_head": "Luis Modelo",
    "team": "Cuatro personas.",
    "plan_title": "Plan digital",
    "plan_summary": "Trámites en línea.",
    "experience": "Un asistente virtual en uso.",
    "results": "Menos espera.",
    "challenges": "Reclamos sin orden.",
    "capacity": "Dos días por semana.",
    "ethics": "Un reglamento.",
    "letter_signer": "Maria Jose Perez",
    "letter_role": "Intendenta",
    "letter_date": "2025-12-10",
    "accepts_commitments": True,
}


def said(call, **changes):
    """Return all that an application to ``call`` must say, by key."""
    answers = {one.key: "Ordenanza 12/2020" for one in items(call) if one.kind == "requirement"}
    return {**SAID, **answers, **changes}


def upload(name="informe.pdf", content=b"%PDF-1.7 uno", pages=2):
    return Upload(name, content, pages)


@pytest.fixture
def scene(people):
    """A call, its coordinator, and a city with an owner, an editor and a viewer."""

    def make(phase=CallPhase.OPEN, **changes):
        coordinator = people.coordinator()
        call = build.call(coordinator, phase=phase, **changes)
        owner = people.city(name="Villa del Ejemplo", subdivision="AR-B")
        city = owner.organization
        return SimpleNamespace(
            call=call,
            coordinator=coordinator,
            owner=owner,
            editor=people.person(city, Role.EDITOR),
            viewer=people.person(city, Role.VIEWER),
            neighbour=people.city(name="Otra Ciudad"),
        )

    return make


@pytest.fixture
def draft():
    """Begin the application of the city of a scene, complete unless ``changes`` say otherwise."""

    def make(scene, person=None, files=True, **changes):
        actor = (person or scene.owner).actor
        application, _made = service.begin(scene.call, actor)
        service.save(application, said(scene.call, **changes), actor)
        for place, document in enumerate(scene.call.documents if files else ()):
            file = upload(f"documento-{place}.pdf", b"%PDF-1.7 " + str(place).encode())
            service.attach(application, document.id, file, actor)
        db.session.commit()
        return application

    return make


@pytest.fixture
def act():
    """Let a person do something with an application."""

    def make(application, action, person, reason="", version=None):
        service.act(
            application, Act(ApplicationAction(action), reason, version=version), person.actor
        )
        db.session.commit()

    return make


@pytest.fixture
def sent(scene, draft, act):
    """An application that was sent, in a scene whose call has closed since."""

    def make(closed=True, **changes):
        place = scene(**changes)
        application = draft(place)
        act(application, "submit", place.owner)
        if closed:
            close(place.call)
        return place, application

    return make


def close(call, ago=timedelta(minutes=1)):
    """Let the call have closed, as when its date has passed."""
    call.opens_at = utcnow() - timedelta(days=30)
    call.questions_close_at = call.closes_at = utcnow() - ago
    db.session.commit()


def pdf_part(content, name="informe.pdf"):
    """Return a file as a test client posts it."""
    return (io.BytesIO(content), name, "application/pdf")
