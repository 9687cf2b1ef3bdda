"""The provinces, states, regions and departments of the countries, by their ISO 3166-2 codes."""

from collections.abc import Mapping

from app.domain.vocabulary import Country

_LISTS = {
    Country.ARGENTINA: """B Buenos Aires|K Catamarca|H Chaco|U Chubut|C Ciudad de Buenos Aires
X Córdoba|W Corrientes|E Entre Ríos|P Formosa|Y Jujuy|L La Pampa|F La Rioja|M Mendoza|N Misiones
Q Neuquén|R Río Negro|A Salta|J San Juan|D San Luis|Z Santa Cruz|S Santa Fe|G Santiago del Estero
V Tierra del Fuego, Antártida e Islas del Atlántico Sur|T Tucumán""",
    Country.BRAZIL: """AC Acre|AL Alagoas|AP Amapá|AM Amazonas|BA Bahia|CE Ceará
DF Distrito Federal|ES Espírito Santo|GO Goiás|MA Maranhão|MT Mato Grosso|MS Mato Grosso do Sul
MG Minas Gerais|PA Pará|PB Paraíba|PR Paraná|PE Pernambuco|PI Piauí|RJ Rio de Janeiro
RN Rio Grande do Norte|RS Rio Grande do Sul|RO Rondônia|RR Roraima|SC Santa Catarina|SP São Paulo
SE Sergipe|TO Tocantins""",
    Country.CHILE: """AN Antofagasta|AR La Araucanía|AP Arica y Parinacota|AT Atacama|AI Aysén
BI Biobío|CO Coquimbo|LI O'Higgins|LL Los Lagos|LR Los Ríos|MA Magallanes|ML Maule
RM Metropolitana de Santiago|NB Ñuble|TA Tarapacá|VS Valparaíso""",
    Country.URUGUAY: """AR Artigas|CA Canelones|CL Cerro Largo|CO Colonia|DU Durazno|FS Flores
FD Florida|LA Lavalleja|MA Maldonado|MO Montevideo|PA Paysandú|RN Río Negro|RV Rivera|RO Rocha
SA Salto|SJ San José|SO Soriano|TA Tacuarembó|TT Treinta y Tres""",
}


def _read(country: Country, text: str) -> dict[str, str]:
    entries = (entry.partition(" ") for entry in text.replace("\n", "|").split("|"))
    return {f"{country.value}-{code}": name for code, _, name in entries}


PLACES: Mapping[Country, Mapping[str, str]] = {
    country: _read(country, text) for country, text in _LISTS.items()
}


def country_of(code: str) -> Country | None:
    """Return the country in which ``code`` lies, if it is one of ours."""
    return next((country for country, names in PLACES.items() if code in names), None)


def place_name(code: str) -> str:
    """Return the name of a subdivision, empty when unknown."""
    country = country_of(code)
    return "" if country is None else PLACES[country][code]
