"""Forms of organizations as a person fills them."""


def form(**changes):
    """Return what a person sends to register an organization."""
    fields = {
        "kind": "city",
        "name": "San José",
        "full_name": "Intendencia de San José",
        "country": "UY",
        "subdivision": "UY-SJ",
        "lang": "es",
        "website": "https://sanjose.example",
        "summary": "Una intendencia del sur.",
        "population": "119714",
    }
    return {**fields, **changes}
