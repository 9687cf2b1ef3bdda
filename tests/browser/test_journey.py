"""The main job in a browser: a newcomer takes a new challenge from draft to a finished pilot.

Three people (city, startup, coordination), in each language; nothing is prepared but the
coordination's own account, as on the first day of a new installation.
"""

import re
from datetime import date, timedelta

import pytest

from app.domain.states import OrganizationStatus
from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.extensions import db, utcnow
from app.organizations.models import Membership, Organization, User
from tests.browser.words import AGREEMENT, CHALLENGE, CLOSING, SOLUTION, SUBMISSION

PASSWORD = "correct horse battery 26"


@pytest.fixture
def coordination(platform):
    """The coordination's first account, as the command for a new installation makes it."""
    with platform.app_context():
        from flask_security import hash_password

        organization = Organization(
            kind=OrganizationKind.COORDINATION,
            slug="coordinacion",
            name="Coordinación",
            country=Country.ARGENTINA,
            lang=Language.SPANISH,
            status=OrganizationStatus.VERIFIED,
        )
        user = User(
            email="coordina@red.example",
            name="Clara Coordina",
            password=hash_password(PASSWORD),
            fs_uniquifier="coordination-journey",
            confirmed_at=utcnow(),
            membership=Membership(organization=organization, role=Role.OWNER),
        )
        db.session.add(user)
        db.session.commit()
        db.session.remove()
    return "coordina@red.example"


def sign_in(reader, email):
    reader.open("/login")
    reader.fill(email=email, password=PASSWORD)
    reader.send()


def register(reader, worker, email, name, lang):
    """Open an account, confirm it from the mailbox page, and sign in."""
    reader.open("/register")
    reader.fill(name=name, email=email, password=PASSWORD, language=lang)
    if reader.page.locator("[name=password_confirm]").count():
        reader.fill(password_confirm=PASSWORD)
    reader.send()
    worker()
    follow_mail(reader, email, "/confirm/")
    sign_in(reader, email)


def follow_mail(reader, email, part):
    """Open the newest mail to ``email`` and follow its link that contains ``part``."""
    reader.open(f"/mailbox/?recipient={email}")
    reader.page.locator("main a[href^='/mailbox/']:not([href*='?'])").first.click()
    reader.settled()
    reader.page.locator(f"main a[href*='{part}']").first.click()
    reader.settled()


def join_as(reader, kind, name, lang, country):
    """Create the page of one's organization."""
    reader.open("/organizations/new")
    reader.fill(kind=kind, name=name, country=country, lang=lang, summary=f"{name} (journey)")
    reader.send()
    return path_of(reader, r"/organizations/[a-z0-9-]+")


def path_of(reader, pattern):
    """Return the path of the page, which must look like ``pattern``."""
    path = reader.page.evaluate("location.pathname")
    found = re.match(pattern, path)
    assert found, f"{path} is not {pattern}"
    return found.group(0)


def local(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


def post_challenge(city, lang):
    city.open("/challenges/new")
    now = utcnow() - timedelta(hours=3)
    city.fill(
        **CHALLENGE[lang],
        lang=lang,
        sector="waste",
        size_value="340",
        data_sensitivity="internal",
        required_languages=[lang],
        budget_kind="paid",
        budget_amount="12000000",
        currency="BRL" if lang == "pt" else "ARS",
        pilot_weeks="12",
        opens_at=local(now - timedelta(days=1)),
        closes_at=local(now + timedelta(days=20)),
    )
    city.fill(
        **{
            "criteria-0-baseline": "340",
            "criteria-0-target": "200",
            "criteria-0-direction": "down",
        }
    )
    city.send()
    path = path_of(city, r"/challenges/[0-9a-z]{12}")
    city.act("submit")
    return path


def post_solution(startup, lang, country):
    startup.open("/solutions/new")
    startup.fill(
        **SOLUTION[lang],
        lang=lang,
        sector="waste",
        trl="8",
        languages=[lang],
        countries=[country],
        model_family="computer_vision",
        decision_role="recommends",
        hosting="country",
    )
    startup.send()
    path = path_of(startup, r"/solutions/[0-9a-z]{12}")
    startup.act("submit")
    return path


def apply_to(startup, challenge, lang):
    startup.open(challenge)
    startup.page.locator(f"a[href='{challenge}/submissions/new']").first.click()
    startup.settled()
    choose = startup.page.locator("select[name^=solution]")
    if choose.count():
        choose.select_option(index=choose.locator("option").count() - 1)
    startup.fill(**SUBMISSION[lang])
    startup.send()
    startup.act("submit")


def agree(coordinator, city, startup, challenge):
    """Approve the match at the desk; both sides accept."""
    coordinator.open(challenge.replace("/challenges/", "/matches/desk/"))
    coordinator.page.locator("main a[href^='/matches/']:not([href*='desk'])").first.click()
    coordinator.settled()
    match = path_of(coordinator, r"/matches/[0-9a-z]{12}")
    coordinator.act("approve")
    for side in (city, startup):
        side.open("/work")
        side.page.locator(f"main a[href='{match}']").first.click()
        side.settled()
        side.act("accept")
    return match


def open_and_sign(city, startup, match, lang):
    city.open(match)
    city.act("pilot")
    pilot = path_of(city, r"/pilots/[0-9a-z]{12}")
    city.open(f"{pilot}/agreement")
    start = date.today()
    city.fill(
        **AGREEMENT[lang],
        starts_on=start.isoformat(),
        ends_on=(start + timedelta(weeks=12)).isoformat(),
        cost_amount="0",
    )
    city.send()
    for number in (1, 2, 3):
        city.open(f"{pilot}/milestones/new")
        due = start + timedelta(weeks=3 * number)
        city.fill(title=f"{number}. {AGREEMENT[lang]['title']}"[:100], due_on=due.isoformat())
        city.send()
    city.open(pilot)
    city.act("send_agreement")
    for name, side in (("city", city), ("startup", startup)):
        side.open(pilot)
        side.act(f"signatures/{name}")
    return pilot


def carry_out(city, startup, pilot, lang):
    for number in (1, 2, 3):
        startup.open(pilot)
        startup.page.locator("main a[href*='/milestones/']:not([href$='/new'])").nth(
            number - 1
        ).click()
        startup.settled()
        milestone = path_of(startup, r"/pilots/milestones/[0-9a-z]{12}")
        startup.act("begin")
        startup.open(f"{milestone}/deliver")
        startup.fill(evidence=SUBMISSION[lang]["plan"])
        startup.send()
        city.open(milestone)
        city.act("accept")
    startup.open(f"{pilot}/reports/new")
    today = date.today()
    startup.fill(
        period_from=(today - timedelta(days=14)).isoformat(),
        period_to=today.isoformat(),
        done=SUBMISSION[lang]["approach"],
        next_steps=SUBMISSION[lang]["plan"],
    )
    startup.send()
    startup.act("submit")
    report = path_of(startup, r"/pilots/reports/[0-9a-z]{12}")
    city.open(report)
    city.act("accept")
    city.open(f"{pilot}/indicators/1/readings")
    city.fill(on=today.isoformat(), value="190")
    city.send()


def close(city, pilot, lang):
    city.open(pilot)
    city.act("begin_closing")
    city.open(f"{pilot}/closing")
    city.fill(**CLOSING[lang], decision="scale", in_use="yes")
    city.send()
    city.open(pilot)
    city.act("finish")


@pytest.mark.parametrize("lang", ["es", "pt", "en"])
def test_from_draft_to_finished_pilot(reader, worker, coordination, lang):
    country = "BR" if lang == "pt" else "AR"
    coordinator = reader(lang, "coordinator")
    city, startup = reader(lang, "city"), reader(lang, "startup")
    sign_in(coordinator, coordination)
    register(city, worker, "ana@ciudad.example", "Ana Núñez", lang)
    city_page = join_as(city, "city", "Villa Puente", lang, country)
    register(startup, worker, "leo@startup.example", "Léo Araújo", lang)
    startup_page = join_as(startup, "startup", "Arco Norte", lang, country)
    for page in (city_page, startup_page):
        coordinator.open(page)
        coordinator.act("verify")
    challenge = post_challenge(city, lang)
    solution = post_solution(startup, lang, country)
    for page in (challenge, solution):
        coordinator.open("/work")
        coordinator.page.locator(f"main a[href='{page}']").first.click()
        coordinator.settled()
        coordinator.act("publish")
    worker()
    apply_to(startup, challenge, lang)
    worker()
    city.open(f"{challenge}/submissions")
    match = agree(coordinator, city, startup, challenge)
    pilot = open_and_sign(city, startup, match, lang)
    carry_out(city, startup, pilot, lang)
    close(city, pilot, lang)
    visitor = reader(lang)
    visitor.open(pilot)
    assert CLOSING[lang]["lessons"] in visitor.text()
    assert AGREEMENT[lang]["city_duties"] not in visitor.text()
    for path in (
        "/",
        "/challenges/",
        "/solutions/",
        "/pilots/",
        "/organizations/",
        city_page,
        startup_page,
        challenge,
        solution,
        "/how-matching-works",
        "/privacy",
        "/accessibility",
    ):
        visitor.open(path)
    visitor.open(city_page)
    assert "2026" in visitor.text() or str(date.today().year) in visitor.text()
    coordinator.open("/commitments/")
    coordinator.open("/matches/desk")
