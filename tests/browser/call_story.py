"""What people do in the call beside the pages that the browser test goes through by hand.

Everything is done by the services, at the moment that the test's clock shows.
"""

from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask_security import hash_password
from sqlalchemy import select

from app.calls.applications import service as applications
from app.calls.applications.examination import check, items_to_check
from app.calls.applications.models import Application
from app.calls.committee import service as committee
from app.calls.committee.models import Review
from app.calls.models import Call
from app.calls.municipalities import tax_ids
from app.calls.results import queries as results
from app.calls.results import service as voting
from app.domain.call_states import ApplicationAction, ReviewAction, ReviewStatus
from app.domain.call_vocabulary import Ballot, ResultStage, Verdict
from app.domain.states import OrganizationStatus
from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.extensions import as_of, db
from app.files.typesetting import typeset
from app.files.uploads import Upload
from app.jobs.service import run_due
from app.lifecycle import Act
from app.organizations.models import Membership, Organization, User
from app.worker import CLOCKS

PASSWORD = "correct horse battery 26"
BY_HAND = "Villa Manual"
LEFT_OUT = "Villa sin carta"
# Name, province, inhabitants, and the score of each criterion (weights 40, 30, 20, 10).
CITIES = (
    ("Villa Uno", "B", 90_000, (5, 5, 5, 5)),
    ("Villa Dos", "B", 91_000, (5, 5, 5, 4)),
    ("Villa Tres", "B", 92_000, (5, 5, 4, 4)),
    ("Villa Cuatro", "B", 93_000, (5, 4, 5, 4)),
    ("Villa Cinco", "X", 94_000, (5, 4, 4, 4)),
    ("Villa Seis", "M", 95_000, (4, 5, 5, 3)),
    ("Villa Siete", "S", 96_000, (5, 4, 4, 2)),
    ("Villa Ocho", "E", 97_000, (5, 3, 5, 2)),
    ("Villa Nueve", "N", 98_000, (4, 4, 4, 4)),
    ("Villa Diez", "Q", 99_000, (4, 4, 4, 3)),
    ("Villa Once", "R", 100_000, (4, 4, 3, 3)),
    ("Villa Doce", "T", 101_000, (4, 4, 3, 2)),
    ("Villa Trece", "A", 102_000, (4, 3, 4, 2)),
    (BY_HAND, "L", 103_000, (4, 3, 3, 3)),
    ("Villa Quince", "J", 104_000, (4, 3, 3, 2)),
    ("Villa Dieciséis", "U", 105_000, (3, 4, 3, 3)),
    ("Villa Chica", "K", 20_000, (3, 3, 3, 3)),
    ("Villa Menor", "H", 21_000, (3, 3, 3, 3)),
    ("Villa Corte", "W", 106_000, (3, 3, 3, 2)),
    ("Villa Baja", "Z", 107_000, (3, 2, 3, 2)),
    ("Villa Mínimo", "D", 108_000, (1, 4, 4, 4)),
    (LEFT_OUT, "G", 109_000, ()),
)
SCORES = {name: scores for name, _place, _size, scores in CITIES}
_REGIONS = {"B": "06", "X": "14", "M": "50", "S": "82", "E": "30", "N": "54", "Q": "58", "R": "62"}
_REGIONS |= {"T": "90", "A": "66", "J": "70", "U": "26", "K": "10", "H": "22", "W": "18"}
_REGIONS |= {"L": "42", "Z": "78", "D": "74", "G": "86"}
TEXTS = {
    "legal_name": "Municipalidad de Villa Manual",
    "mayor_name": "Elba Ríos",
    "contact_name": "Ada Campos",
    "contact_role": "Directora de innovación",
    "contact_email": "ada@manual.example",
    "unit_name": "Dirección de Innovación",
    "unit_head": "Ada Campos",
    "team": "Seis personas.",
    "plan_title": "Plan Digital 2027",
    "plan_summary": "Trámites, datos y movilidad.",
    "experience": "Pronóstico de turnos en uso desde 2024.",
    "results": "La espera bajó de 30 a 12 días.",
    "challenges": "Anegamientos en dos barrios.",
    "capacity": "Dos personas y datos de diez años.",
    "ethics": "Cada sistema tiene responsable y ficha pública.",
    "letter_signer": "Elba Ríos",
    "letter_role": "Intendenta",
}


def ar(text: str) -> datetime:
    """Return a moment that the clocks of Buenos Aires show."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Argentina/Buenos_Aires"))


class Story:
    """The platform at a moment that the test sets."""

    def __init__(self, app) -> None:
        self.app = app
        self.now = ar("2025-11-20 10:00")
        serve = app.wsgi_app

        def serve_then(environ, start_response):
            with as_of(self.now):
                return serve(environ, start_response)

        app.wsgi_app = serve_then
        with app.app_context():
            self._password = hash_password(PASSWORD)
            sheet = {"lang": "es", "title": "Documento", "facts": [], "header": ["a"], "rows": []}
            self.paper = typeset("sample", {**sheet, "text": "Prueba", "digest": "ab" * 32})

    @contextmanager
    def acting(self):
        """Work with the database at the present moment of the story, and keep what was done."""
        with self.app.app_context(), as_of(self.now):
            yield
            db.session.commit()
            db.session.remove()

    def work(self) -> None:
        """Let the worker do what is due."""
        with self.acting():
            for look_at_the_clock in CLOCKS:
                look_at_the_clock()
            while run_due():
                pass

    def person(self, email: str, name: str, organization: Organization | None = None) -> User:
        """Return a person with an account, who owns ``organization``."""
        made = User(
            email=email,
            name=name,
            password=self._password,
            fs_uniquifier=email,
            confirmed_at=self.now,
        )
        if organization is not None:
            made.membership = Membership(organization=organization, role=Role.OWNER)
        db.session.add(made)
        db.session.flush()
        return made

    def organization(self, kind: OrganizationKind, name: str, place: str = "") -> Organization:
        """Return a verified organization of Argentina."""
        return Organization(
            kind=kind,
            slug=name.lower().replace(" ", "-").replace("é", "e").replace("í", "i"),
            name=name,
            country=Country.ARGENTINA,
            subdivision=f"AR-{place}" if place else "",
            lang=Language.SPANISH,
            status=OrganizationStatus.VERIFIED,
        )


def found_the_network(story: Story) -> str:
    """Let the coordination, the cities and the committee have their accounts."""
    with story.acting():
        network = story.organization(OrganizationKind.COORDINATION, "Coordinación")
        story.person("coordina@red.example", "Clara Coordina", network)
        for name, place, _size, _scores in CITIES:
            city = story.organization(OrganizationKind.CITY, name, place)
            story.person(f"ada@{city.slug}.example", "Ada Campos", city)
        for name in ("presidenta", "ana", "beto", "celia", "dario"):
            story.person(f"{name}@comite.example", name.title())
    return "coordina@red.example"


def call() -> Call:
    return db.session.scalars(select(Call)).unique().one()


def coordinator() -> User:
    return person_of("coordina@red.example")


def person_of(email: str) -> User:
    return db.session.scalars(select(User).where(User.email == email)).unique().one()


def application_of(name: str) -> Application:
    query = select(Application).join(Application.organization).where(Organization.name == name)
    return db.session.scalars(query).unique().one()


def others_apply(story: Story) -> None:
    """Let every city but the one of the browser apply, a minute after the other."""
    for number, (name, place, size, _scores) in enumerate(CITIES):
        if name != BY_HAND:
            story.now += timedelta(minutes=1)
            with story.acting():
                _apply(story, name, number, place, size)


def _apply(story: Story, name: str, number: int, place: str, size: int) -> None:
    actor = person_of(f"ada@{_slug(name)}.example").actor
    application, _made = applications.begin(call(), actor)
    values = {
        **TEXTS,
        "legal_name": f"Municipalidad de {name}",
        "tax_id": tax_ids.clean(Country.ARGENTINA, "30-00000101-1"),
        "official_code": f"{_REGIONS[place]}{9900 + number}",
        "region": f"AR-{place}",
        "population": size,
        "letter_date": "2025-12-01",
        "accepts_commitments": True,
    }
    evidence = {f"requirement:{one.id}": "Ordenanza 12." for one in application.call.requirements}
    applications.save(application, {**values, **evidence}, actor)
    for document in application.call.documents:
        paper = Upload("documento.pdf", story.paper, 1)
        applications.attach(application, document.id, paper, actor)
    applications.act(application, Act(ApplicationAction.SUBMIT), actor)


def _slug(name: str) -> str:
    query = select(Organization.slug).where(Organization.name == name)
    return db.session.scalars(query).one()


def others_are_examined(story: Story) -> None:
    """Admit everybody whom the browser did not, but for one whose letter is not the mayor's."""
    with story.acting():
        actor = coordinator().actor
        for name in SCORES:
            application = application_of(name)
            if application.number and application.status == "submitted":
                _examine(application, actor, admits=name != LEFT_OUT)


def _examine(application: Application, actor, *, admits: bool) -> None:
    for item in items_to_check(application):
        passed = admits or not item.key.startswith("document:")
        verdict = Verdict.PASSED if passed else Verdict.FAILED
        check(application, item.key, verdict, "" if passed else "No firma la intendencia.", actor)
    action = ApplicationAction.ADMIT if admits else ApplicationAction.NOT_ADMIT
    applications.act(application, Act(action, "" if admits else "Falta la firma."), actor)


def others_join(story: Story) -> None:
    """Let four more people join the committee."""
    with story.acting():
        for name in ("ana", "beto", "celia", "dario"):
            email = f"{name}@comite.example"
            details = (email, name.title(), "Ciudad fundadora", False)
            member = committee.invite(call(), *details, coordinator().actor)
            committee.join(member, person_of(email))


def reviews_of(email: str) -> list[Review]:
    query = select(Review).join(Review.user).where(User.email == email).order_by(Review.id)
    return list(db.session.scalars(query).unique())


def others_review(story: Story) -> None:
    """Send every review that is still to be sent."""
    waiting = (ReviewStatus.ASSIGNED, ReviewStatus.ACCEPTED)
    with story.acting():
        for review in db.session.scalars(select(Review)).unique().all():
            if review.status not in waiting:
                continue
            if review.status is ReviewStatus.ASSIGNED:
                committee.act(review, Act(ReviewAction.ACCEPT), review.user.actor)
            given = zip(call().criteria, SCORES[review.application.organization.name], strict=True)
            scores = {criterion.id: Decimal(score) for criterion, score in given}
            opinion = committee.Opinion(scores, feedback="Un plan claro; falta medir más.")
            committee.save_scores(review, opinion, review.user.actor, None)
            committee.submit(review, review.user.actor)


def others_vote(story: Story, stage: ResultStage) -> None:
    """Let the members without a conflict vote; one of them is against."""
    with story.acting():
        result = results.standing(call(), stage)
        assert result is not None
        barred = results.barred_from(call())
        for member in call().members:
            if member.user_id in barred or member.chair:
                continue
            against = member.email.startswith("dario")
            ballot = Ballot.AGAINST if against else Ballot.IN_FAVOUR
            voting.vote(
                result, ballot, "No comparto el cupo." if against else "", member.user.actor
            )
