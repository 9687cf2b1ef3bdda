"""What people do with their accounts, through the pages."""

from flask_security import hash_password

from tests.organizations.mail import last_link
from tests.people import PASSWORD

NEW_PASSWORD = "another long password"


def with_password(people, user=None, password=PASSWORD, **values):
    """Return a person (a new one without organization by default) who has a password."""
    from app.extensions import db

    person = user or people.person(**values)
    person.password = hash_password(password)
    db.session.commit()
    return person


def register(browser, email, name="Ana Prueba", password=PASSWORD, language="es", **more):
    """Send the form of a new account."""
    fields = {"email": email, "name": name, "password": password, "language": language, **more}
    return browser.post("/register", fields)


def registered(browser, email, **values):
    """Register and confirm an address."""
    assert register(browser, email, **values).status_code == 302
    return browser.get(last_link(email))


def sign_in(browser, email, password=PASSWORD, **more):
    """Send the form of the sign-in page."""
    return browser.post("/login", {"email": email, "password": password, **more})


def is_signed_in(browser) -> bool:
    """Tell whether the browser may open the profile."""
    return browser.get("/profile").status_code == 200
