"""Tax numbers, official codes, and the register they are looked up in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calls.municipalities import codes, queries, tax_ids
from app.calls.municipalities.register import BadRegister, take_in
from app.commands.cli import init_commands
from app.domain.vocabulary import Country
from app.extensions import db
from app.organizations.places import PLACES

AR, BR, CL, UY = Country


@pytest.mark.parametrize(
    ("country", "typed", "number", "written"),
    [
        (AR, "30-99900158-7", "30999001587", "30-99900158-7"),
        (AR, "30999001587", "30999001587", "30-99900158-7"),
        (BR, "16.727.230/0001-97", "16727230000197", "16.727.230/0001-97"),
        (BR, "12.abc.345/01de-35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
        (CL, "69.070.100-6", "690701006", "69.070.100-6"),
        (UY, "21-100342-001-7", "211003420017", "21-100342-001-7"),
    ],
)
def test_tax_numbers_are_kept_plain_and_shown_as_written(country, typed, number, written):
    assert tax_ids.clean(country, typed) == number
    assert tax_ids.shown(country, number) == written


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        (AR, "30-99900158-1"),
        (AR, "16.727.230/0001-97"),
        (BR, "16.727.230/0001-98"),
        (BR, "12.ABC.345/01DE-36"),
        (CL, "69.070.100-7"),
        (UY, "21-100342-001-8"),
        (AR, ""),
        (AR, "x" * 5000),
        (BR, "١٢٣٤٥٦٧٨٩٠١٢٣٤"),
    ],
)
def test_wrong_tax_numbers_are_noticed(country, typed):
    assert tax_ids.clean(country, typed) is None
    assert tax_ids.shown(country, typed) == typed


@pytest.mark.parametrize(
    ("country", "typed", "code", "region"),
    [
        (AR, "060007", "060007", "AR-B"),
        (AR, "60007", "060007", "AR-B"),
        (AR, " 30 0112", "300112", "AR-E"),
        (BR, "3550308", "3550308", "BR-SP"),
        (BR, "2201919", "2201919", "BR-PI"),
        (CL, "1101", "01101", "CL-TA"),
        (CL, "13101", "13101", "CL-RM"),
        (UY, "0502", "0502", "UY-CO"),
        (UY, "05", "05", "UY-CO"),
    ],
)
def test_official_codes_tell_the_place(country, typed, code, region):
    assert codes.clean(country, typed) == code
    assert codes.is_possible(country, code)
    assert codes.region_of(country, code) == region
    assert region in PLACES[country]


@pytest.mark.parametrize(
    ("country", "code"),
    [(AR, "030007"), (AR, "06000"), (BR, "3550309"), (CL, "17101"), (UY, "2001"), (AR, "06000x")],
)
def test_impossible_codes_are_noticed(country, code):
    assert not codes.is_possible(country, code)


@given(st.sampled_from(list(Country)), st.text(max_size=12))
def test_whatever_is_typed_is_answered(country, text):
    assert codes.is_possible(country, codes.clean(country, text)) in (True, False)
    assert tax_ids.shown(country, tax_ids.clean(country, text) or text) or text == ""


@pytest.mark.parametrize("country", Country)
def test_every_place_has_a_code(country):
    known = {codes.region_of(country, f"{number:02d}") for number in range(100)} - {""}
    assert known == set(PLACES[country])


REGISTER = """municipio_id,municipio_nombre,municipio_lat,municipio_lon,provincia_id
060007,VILLA DEL EJEMPLO,-37.1,-63.0,06
300112,La Prueba,-31.3,-58.0,30
"""


def test_a_register_is_taken_in_and_corrected(app):
    assert not queries.is_loaded(AR)
    first = take_in(REGISTER.splitlines(), AR)
    again = take_in(["\ufeffid,nombre,poblacion", "60007,Villa Nueva,1200"], AR)
    db.session.commit()
    assert (first.added, first.changed, first.total) == (2, 0, 2)
    assert (again.added, again.changed, again.total) == (0, 1, 2)
    assert queries.is_loaded(AR)
    assert not queries.is_loaded(BR)
    one = queries.by_code(AR, "060007")
    assert (one.name, one.region, one.region_name) == ("Villa Nueva", "AR-B", "Buenos Aires")
    assert one.population == 1200
    assert queries.by_code(AR, "300112").name == "La Prueba"
    assert queries.by_code(BR, "060007") is None


def test_capitals_become_a_name(app):
    take_in(REGISTER.splitlines(), AR)
    assert queries.by_code(AR, "060007").name == "Villa del Ejemplo"


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2", "id,nombre\n990007,Nada", "id,nombre\n060007,", "id,nombre\n\x00,x"]
)
def test_what_is_no_register_is_refused_whole(app, text):
    with pytest.raises(BadRegister):
        take_in(text.splitlines(), AR)


def test_the_command_says_what_it_did(app, tmp_path):
    init_commands(app)
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(REGISTER, encoding="utf-8")
    bad.write_text(REGISTER + "990000,Nowhere,0,0,99\n", encoding="utf-8")
    run = app.test_cli_runner().invoke
    refused = run(args=["municipalities", "import", str(bad), "--country", "AR"])
    assert (refused.exit_code, queries.is_loaded(AR)) == (1, False)
    assert "line 4" in refused.output
    done = run(args=["municipalities", "import", str(good), "--country", "AR"])
    assert (done.exit_code, done.output) == (0, "2 added, 0 corrected; 2 in all\n")
    db.session.rollback()
    assert queries.is_loaded(AR)
