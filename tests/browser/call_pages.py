"""The pages of a call, gone through by hand: each function is what one person does on them."""

import hashlib

from tests.browser.call_story import (
    BY_HAND,
    SCORES,
    TEXTS,
    others_vote,
    reviews_of,
)
from tests.browser.test_journey import follow_mail, path_of, sign_in

SECTIONS = {
    "identity": (
        "legal_name",
        "mayor_name",
        "contact_name",
        "contact_role",
        "contact_email",
    ),
    "unit": ("unit_name", "unit_head", "team"),
    "plan": ("plan_title", "plan_summary"),
    "experience": ("experience", "results"),
    "challenges": ("challenges", "capacity"),
    "ethics": ("ethics",),
    "requirements": (),
    "letter": ("letter_signer", "letter_role"),
    "documents": (),
    "commitments": (),
}
MORE = {
    "identity": {"tax_id": "30-00000101-1", "official_code": "429901", "population": "103000"},
    "letter": {"letter_date": "2025-12-01"},
}


def press(reader, place):
    """Press the button of the first form whose address holds ``place``."""
    form = reader.page.locator(f"main form[method='post'][action*='{place}']").first
    form.locator("button").click()
    reader.settled()


def follow(reader, address):
    """Follow the first link of the page whose address holds ``address``."""
    reader.page.locator(f"main a[href*='{address}']").first.click()
    reader.settled()


def row_of(reader, name):
    """Return what the row of a city says in the tables of a result."""
    return reader.page.locator("main tr", has_text=name).first.inner_text()


def publish_a_call(coordinator):
    """Begin from the pattern, try the rules and publish."""
    coordinator.open("/calls/new")
    coordinator.fill(source="pattern:AR", year="2026")
    coordinator.send()
    path = path_of(coordinator, r"/calls/[0-9a-z]{12}")
    coordinator.fill(contact_email="convocatoria@red.example", final_at="2026-01-26T12:00:00")
    coordinator.fill(
        evaluation_closes_at="2026-01-16T18:00:00",
        preliminary_at="2026-01-19T12:00:00",
        appeals_close_at="2026-01-23T18:00:00",
        adhesion_closes_at="2026-02-27T18:00:00",
    )
    coordinator.send()
    coordinator.open(f"{path}/simulator")
    coordinator.open(f"{path}/desk")
    coordinator.act("publish")
    return path


def apply_by_hand(city, path, story):
    """Write every section, hand in both documents, look it over and send it."""
    city.open(path)
    press(city, "/applications/begin/")
    application = path_of(city, r"/applications/[0-9a-z]{12}")
    city.open(f"{application}/sections/identity")
    for section, names in SECTIONS.items():
        assert city.page.evaluate("location.pathname").endswith(f"/{section}")
        city.fill(**{name: TEXTS[name] for name in names}, **MORE.get(section, {}))
        for empty in city.page.locator("main textarea[name^=requirement_]").all():
            empty.fill("Ordenanza 12 de 2020.")
        for document in city.page.locator("main input[type=file]").all():
            paper = {"name": "documento.pdf", "mimeType": "application/pdf", "buffer": story.paper}
            document.set_input_files(paper)
        if section == "commitments":
            city.page.locator("[name=accepts_commitments]").check()
        city.send()
    city.open(f"{application}/preview")
    city.act("submit")
    assert "AR-2026-0001" in city.text()
    answer = city.page.request.get(city.address + f"{application}/receipt.pdf")
    assert answer.body().startswith(b"%PDF-")
    return application


def examine_by_hand(coordinator, application):
    coordinator.open(f"{application}/examination")
    for met in coordinator.page.locator("main [name^=verdict_]").all():
        choose(met, "passed")
    coordinator.send()
    coordinator.act("admit")


def choose(control, value):
    """Choose in a select, or the radio button that has that value."""
    if control.evaluate("e => e.tagName") == "SELECT":
        control.select_option(value)
    elif control.get_attribute("value") == value:
        control.check()


def move_dates(coordinator, path):
    """Let the results come in March, saying why."""
    coordinator.open(f"{path}/dates")
    coordinator.fill(
        evaluation_closes_at="2026-02-13T18:00:00",
        preliminary_at="2026-02-18T12:00:00",
        appeals_close_at="2026-02-25T18:00:00",
        final_at="2026-03-06T10:00:00",
        adhesion_closes_at="2026-04-10T18:00:00",
        reason="Llegaron más postulaciones de las previstas.",
        decided_by="Coordinación general",
    )
    coordinator.send()


def invite_and_join(coordinator, chair, path, story):
    """Invite who presides; they join by the link in the mail."""
    members = path.replace("/calls/", "/committee/calls/") + "/members"
    coordinator.open(members)
    details = {"email": "presidenta@comite.example", "name": "Presidenta"}
    coordinator.fill(**details, affiliation="Universidad de prueba")
    coordinator.page.locator("[name=chair]").check()
    coordinator.send()
    story.work()
    sign_in(chair, "presidenta@comite.example")
    follow_mail(chair, "presidenta@comite.example", "/committee/invitations/")
    chair.page.locator("main form[method=post] button").last.click()
    chair.settled()


def assign(coordinator, path):
    """Look at the plan and apply it."""
    coordinator.open(path.replace("/calls/", "/committee/calls/") + "/assignment")
    press(coordinator, "/assignment")


def recuse(reader, email, story, reason):
    """Recuse oneself from the first application on one's list."""
    sign_in(reader, email)
    reader.open("/committee/")
    with story.acting():
        review = next(one for one in reviews_of(email) if city_of(one) != BY_HAND)
        address = f"/committee/reviews/{review.public_id}"
    reader.open(address)
    reader.act("recuse", "Lo digo antes de leerla.", code=reason)


def city_of(review):
    return review.application.organization.name


def review_by_hand(chair, story):
    """Accept everything and score the first application beside its rubric."""
    chair.open("/committee/")
    press(chair, "/accept-all")
    follow(chair, "/write")
    address = path_of(chair, r"/committee/reviews/[0-9a-z]{12}")
    with story.acting():
        mine = reviews_of("presidenta@comite.example")
        name = next(city_of(one) for one in mine if address.endswith(one.public_id))
    names = dict.fromkeys(
        one.get_attribute("name") for one in chair.page.locator("[name^=score_]").all()
    )
    chair.fill(**{key: str(score) for key, score in zip(names, SCORES[name], strict=True)})
    chair.fill(feedback="Un plan claro.", comment="Buena evidencia.")
    chair.page.locator("button[name=send][value='1']").click()
    chair.settled()


def settle(coordinator, chair, path, stage, story):
    """Propose a result, vote on it, approve it and let the letters be read."""
    coordinator.open(f"{path}/desk")
    press(coordinator, f"/results/{stage}")
    result = path_of(coordinator, r"/results/[0-9a-z]{12}")
    others_vote(story, stage)
    chair.open(result)
    chair.fill(ballot="in_favour")
    chair.send()
    chair.act("approve")
    story.work()
    coordinator.open(f"{result}/letters/")
    press(coordinator, "/letters/reviewed")
    return result


def read_everything(coordinator, chair, path):
    """Open the views of the committee and the coordination that nothing is done on."""
    committee = path.replace("/calls/", "/committee/calls/")
    for page in ("progress", "differences", "conflicts", "members"):
        chair.open(f"{committee}/{page}")
    coordinator.open("/work")
    coordinator.open(f"/applications/of{path.removeprefix('/calls')}")


def appeal_and_uphold(city, chair, application):
    """Appeal against one criterion; the chair upholds it and records the new score."""
    place = application.replace("/applications/", "/results/places/")
    city.open(place)
    follow(city, "/appeal")
    city.page.locator("[name=criteria]").nth(1).check()
    city.fill(grounds="El proyecto de la página 2 no fue considerado.")
    city.send()
    appeal = path_of(city, r"/appeals/[0-9a-z]{12}")
    chair.open(appeal)
    chair.act("uphold", "La evidencia está en el informe y no se la consideró.")
    follow(chair, "/consensus")
    chair.page.locator("[name^=score_]").nth(1).fill("4.5")
    chair.fill(reasons="Con el proyecto a la vista corresponde más puntaje.")
    chair.send()


def check_minutes(visitor, chair, result):
    """Download the minutes and compare them with the digest on the page."""
    visitor.open(result)
    digest = visitor.page.locator("#minutes code").inner_text()
    answer = chair.page.request.get(chair.address + f"{result}/minutes")
    assert answer.status == 200
    assert hashlib.sha256(answer.body()).hexdigest() == digest.strip()


def sign_and_confirm(city, coordinator, story):
    """Sign the adhesion with its document; the coordination confirms it."""
    city.open("/work")
    follow(city, "/enrolments/")
    enrolment = path_of(city, r"/enrolments/[0-9a-z]{12}")
    city.open(f"{enrolment}/sign")
    city.fill(signer="Elba Ríos", role="Intendenta", signed_on="2026-03-06")
    paper = {"name": "adhesion.pdf", "mimeType": "application/pdf", "buffer": story.paper}
    city.page.locator("input[type=file]").set_input_files(paper)
    city.send()
    coordinator.open(enrolment)
    coordinator.act("confirm")
