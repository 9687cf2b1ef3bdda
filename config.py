"""Settings, read from the environment (or a ``.env`` file) and checked before anything starts.

Production unless told otherwise: ``PUENTE_ENV`` is ``production`` (default), ``demo`` or ``test``.
The README lists every variable; a wrong one stops the start with one clear line.
"""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ENVIRONMENTS = ("production", "demo", "test")
LANGUAGES = ("es", "pt", "en")
MEGABYTE = 1024 * 1024
_KNOWN_SECRETS = {"", "secret", "changeme", "change-me", "dev", "password", "puente"}
_SHORTEST_SECRET = 32


class BadSettings(SystemExit):
    """A setting is missing or wrong; the message says which and what is expected."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"Puente cannot start: {problem}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to another."""

    environment: str
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    data_dir: Path
    base_url: str
    mail_server: str
    mail_port: int
    mail_username: str
    mail_password: str = field(repr=False)
    mail_use_tls: bool
    mail_sender: str
    contact_email: str
    rate_limit_storage: str
    consent_days: int
    trusted_proxies: int

    @property
    def demo(self) -> bool:
        """Demonstration data is loaded and marked on every page."""
        return self.environment == "demo"

    @property
    def production(self) -> bool:
        """The real thing: secrets are checked and cookies need HTTPS."""
        return self.environment == "production"

    @property
    def shows_mailbox(self) -> bool:
        """Mail stays on the platform, readable on the mailbox page of the demo."""
        return self.environment != "production" and not self.mail_server

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over HTTPS only."""
        return self.base_url.startswith("https://")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings.

    Args:
        environ: variables to read; the process's own when omitted.

    Raises:
        BadSettings: a value is missing, unknown or unsafe.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("DATA_DIR") or "var").resolve()
    environment = _one_of(env, "PUENTE_ENV", ENVIRONMENTS)
    secret_key = env.get("SECRET_KEY", "")
    if environment == "demo" and not secret_key:
        secret_key = _own_secret(data_dir)
    settings = Settings(
        environment=environment,
        secret_key=secret_key,
        database_url=_database_url(env.get("DATABASE_URL", ""), data_dir),
        data_dir=data_dir,
        base_url=env.get("BASE_URL", _local_address(env)).rstrip("/"),
        mail_server=env.get("MAIL_SERVER", ""),
        mail_port=_integer(env, "MAIL_PORT", 587),
        mail_username=env.get("MAIL_USERNAME", ""),
        mail_password=env.get("MAIL_PASSWORD", ""),
        mail_use_tls=_yes_no(env, "MAIL_USE_TLS", default=True),
        mail_sender=env.get("MAIL_SENDER", "Puente <no-reply@puente.example>"),
        contact_email=env.get("CONTACT_EMAIL", "coordinacion@puente.example"),
        rate_limit_storage=env.get("RATE_LIMIT_STORAGE", "memory://"),
        consent_days=_integer(env, "CONSENT_DAYS", 10),
        trusted_proxies=_integer(env, "TRUSTED_PROXIES", 0),
    )
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if settings.secret_key.lower() in _KNOWN_SECRETS:
        raise BadSettings("SECRET_KEY is missing or a well-known value; set a random one")
    if settings.production and len(settings.secret_key) < _SHORTEST_SECRET:
        raise BadSettings(f"SECRET_KEY is shorter than {_SHORTEST_SECRET} characters")
    if settings.production and not settings.mail_server:
        raise BadSettings("MAIL_SERVER is missing; people could not confirm their address")
    if urlsplit(settings.base_url).scheme not in ("http", "https"):
        raise BadSettings("BASE_URL must start with http:// or https://")
    if settings.consent_days < 1:
        raise BadSettings("CONSENT_DAYS must be at least 1")


def _own_secret(data_dir: Path) -> str:
    """Return the demo's own key, made once and kept where only its owner can read it."""
    path = data_dir / "secret-key"
    data_dir.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=data_dir, encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            # Linked when complete: of two processes that start together, one key stays.
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(file.name)
    return path.read_text(encoding="ascii")


def _local_address(env: Mapping[str, str]) -> str:
    return f"http://{env.get('HOST', '127.0.0.1')}:{env.get('PORT', '8000')}"


def _database_url(url: str, data_dir: Path) -> str:
    if not url:
        return f"sqlite:///{data_dir / 'puente.db'}"
    if url.startswith("postgres://"):
        return url.replace("postgres://", "postgresql://", 1)
    if url.split(":", 1)[0].split("+", 1)[0] not in ("sqlite", "postgresql"):
        raise BadSettings("DATABASE_URL must start with sqlite:// or postgresql://")
    return url


def _one_of(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name, allowed[0])
    if value not in allowed:
        raise BadSettings(f"{name} is {value!r}; expected one of {', '.join(allowed)}")
    return value


def _integer(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise BadSettings(f"{name} is {value!r}; expected a whole number")
    return int(value)


def _yes_no(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "yes" if default else "no").lower()
    if value not in ("yes", "no"):
        raise BadSettings(f"{name} is {value!r}; expected yes or no")
    return value == "yes"


def flask_config(settings: Settings) -> dict[str, Any]:
    """Return the settings as Flask and its extensions want to read them."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.environment == "test",
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
        "MAX_CONTENT_LENGTH": 12 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 1000,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": settings.secure_cookies,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "BABEL_DEFAULT_LOCALE": LANGUAGES[0],
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": settings.rate_limit_storage,
        "RATELIMIT_HEADERS_ENABLED": True,
        "RATELIMIT_ENABLED": settings.environment != "test",
    }
