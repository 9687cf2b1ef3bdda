"""The catalogue, the page and the form of a solution."""

import pytest

from app.domain.states import SolutionStatus
from app.domain.vocabulary import Country, ModelFamily, Sector
from app.solutions.models import Solution
from app.solutions.rules import missing_parts
from tests.solutions.build import described, public_good, solution, typed

S = SolutionStatus


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Rutas", "Voz", "Consulta"}),
        ("q=camiones", {"Rutas"}),
        ("q=RECORRÍDOS", {"Rutas"}),
        ("q=vozclara", {"Voz"}),
        ("q=fundacion+abierta", {"Consulta"}),
        ("q=vozclara+camiones", set()),
        ("sector=health", {"Voz"}),
        ("sector=health&sector=waste", {"Rutas", "Voz"}),
        ("sector=unheard", {"Rutas", "Voz", "Consulta"}),
        ("country=BR", {"Voz"}),
        ("country=CL", {"Rutas", "Consulta"}),
        ("country=XX", {"Rutas", "Voz", "Consulta"}),
        ("kind=public_good", {"Consulta"}),
        ("kind=startup", {"Rutas", "Voz"}),
        ("maturity=early", {"Voz"}),
        ("maturity=in_use", {"Rutas"}),
        ("language=en", {"Consulta"}),
        ("language=es&language=en", {"Rutas", "Consulta"}),
        ("model=speech", {"Voz"}),
        ("page=99", {"Rutas", "Voz", "Consulta"}),
    ],
)
def test_the_catalogue_is_searched_and_narrowed(people, browser, query, titles):
    solution(people.startup(), title="Rutas", languages=["es"], countries=["CL"])
    solution(
        people.startup(country=Country.BRAZIL, name="Vozclara"),
        title="Voz",
        sector=Sector.HEALTH,
        summary="Atiende llamadas.",
        description="Escucha y anota.",
        problems_solved="Llamadas perdidas.",
        use_cases="Contestar turnos",
        model_family=ModelFamily.SPEECH,
        trl=3,
        languages=["pt"],
        countries=["UY"],
    )
    words = dict.fromkeys(("summary", "description", "problems_solved", "use_cases"), "Encuestas")
    solution(
        None,
        title="Consulta",
        sector=Sector.TRANSPARENCY,
        trl=5,
        languages=["en"],
        countries=["CL"],
        **words,
    )
    page = browser().get(f"/solutions/?{query}").text
    assert {name for name in ("Rutas", "Voz", "Consulta") if f">{name}</a>" in page} == titles


def test_facets_count_what_each_value_holds(people, browser):
    solution(people.startup(), countries=["AR", "CL"], languages=["es", "pt"])
    solution(people.startup(country=Country.BRAZIL), countries=["CL"], languages=["pt"])
    page = " ".join(browser().get("/solutions/").text.split())
    counts = {
        words: f'{words}</span> <span class="facet__count">{count}<' in page
        for words, count in (
            ("Argentina", 1),
            ("Brazil", 1),
            ("Chile", 2),
            ("Portuguese", 2),
            ("Spanish", 1),
        )
    }
    assert counts == dict.fromkeys(counts, True)
    assert "Uruguay" not in page


def test_every_order_of_the_list_answers(people, browser):
    low = solution(people.startup(), title="Zeta", trl=2)
    high = solution(people.startup(), title="Alfa", trl=9)
    first = {"new": high, "updated": high, "mature": high, "title": high}
    for order, expected in first.items():
        page = browser().get(f"/solutions/?sort={order}").text
        assert page.index(expected.public_id) < page.index(low.public_id)


def test_the_page_says_what_a_city_must_know(people, browser):
    thing = solution(people.startup(), references="Rafaela, desde 2024")
    page = browser().get(f"/solutions/{thing.public_id}").text
    for words in (
        "Planificar recorridos de residuos",
        "Recommends; a person decides",
        "La jefa de turno confirma",
        "TRL 7 of 9",
        "A prototype works in a city",
        "Spanish, Portuguese",
        "Argentina, Uruguay",
        "Rafaela, desde 2024",
        "Updated less than an hour ago",
        "Written in Spanish",
    ):
        assert words in page
    assert "History" not in page
    assert "Quality of the text" not in page


def test_what_is_written_stays_text(people, browser):
    startup = people.startup()
    thing = solution(startup, title="<b>x</b>", use_cases="<script>alert(1)</script>")
    for page in (
        f"/solutions/{thing.public_id}",
        "/solutions/",
        f"/solutions/{thing.public_id}/edit",
    ):
        text = browser(startup).get(page).text
        assert "<script>alert" not in text
        assert "<b>x</b>" not in text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://code.example/x",
        "https://",
        "https://nowhere",
        "https://user@code.example/",
        "https://code.example/a b",
        "https://code.example:notaport/",
        "//code.example/",
    ],
)
def test_only_addresses_of_web_pages_are_kept(people, browser, address):
    answer = browser(people.startup()).post("/solutions/new", typed(website=address))
    assert answer.status_code == 422
    assert "Write the address of a web page" in answer.text


def test_an_address_without_its_scheme_gets_one(people, browser):
    startup = people.startup()
    made = browser(startup).post("/solutions/new", typed(website="rutas.example/ciudades"))
    assert made.status_code == 302
    page = browser(startup).get(made.headers["Location"]).text
    assert 'href="https://rutas.example/ciudades"' in page


def test_the_form_keeps_what_was_typed_when_something_is_wrong(people, browser):
    answer = browser(people.startup()).post(
        "/solutions/new", typed(title="", description="Mucho texto escrito", trl="12")
    )
    assert answer.status_code == 422
    assert "Mucho texto escrito" in answer.text


def test_a_startup_is_not_asked_who_looks_after_it(people, browser):
    assert 'name="steward"' not in browser(people.startup()).get("/solutions/new").text
    assert 'name="steward"' in browser(people.coordinator()).get("/solutions/new").text


def _missing(**changes):
    values = described(**changes)
    return {part.name for part in missing_parts(Solution(organization_id=1, **values))}


def test_the_gate_asks_only_for_what_applies(app):
    assert _missing() == set()
    assert _missing(repository_url="https://code.example/x", licence="") == {"licence"}
    card = {"data_origin": "", "human_oversight": "", "hosting": None, "limits": ""}
    assert _missing(decision_role=None, **card) == {"decision_role", *card}
    assert _missing(model_family=ModelFamily.NO_AI, decision_role=None, **card) == set()
    assert _missing(model_family=ModelFamily.NO_AI, ai_purpose="") == {"ai_purpose"}
    assert _missing(model_family=None) == {"model_family"}
    every = {"summary": "", "description": "", "use_cases": "", "trl": None}
    assert _missing(languages=[], countries=[], **every) == {*every, "languages", "countries"}
    good = Solution(organization_id=None, **public_good(steward="", licence="", repository_url=""))
    assert {part.name for part in missing_parts(good)} == {"steward", "licence", "repository"}


def test_a_startups_page_lists_what_the_reader_may_see(people, browser):
    startup = people.startup()
    solution(startup, title="A la vista")
    solution(startup, S.DRAFT, title="En el taller")
    address = f"/organizations/{startup.organization.slug}"
    for reader, titles in (
        (None, {"A la vista"}),
        (people.startup(), {"A la vista"}),
        (startup, {"A la vista", "En el taller"}),
        (people.coordinator(), {"A la vista", "En el taller"}),
    ):
        page = browser(reader).get(address).text
        assert {name for name in ("A la vista", "En el taller") if name in page} == titles


def test_what_is_not_published_is_listed_for_those_it_concerns_only(people, browser):
    startup = people.startup()
    titles = {
        solution(startup, S.DRAFT, title="Taller propio").title,
        solution(startup, S.SUSPENDED, title="Suspendida propia").title,
        solution(None, S.DRAFT, title="Bien en preparación").title,
        solution(people.startup(), S.IN_REVIEW, title="Ajena en revisión").title,
        solution(people.startup(), S.DRAFT, title="Ajena en el taller").title,
    }
    seen = {
        None: set(),
        people.city(): set(),
        startup: {"Taller propio", "Suspendida propia"},
        people.coordinator(): {"Suspendida propia", "Bien en preparación", "Ajena en revisión"},
    }
    for reader, expected in seen.items():
        page = browser(reader).get("/solutions/").text
        assert {title for title in titles if title in page} == expected
