"""Settings: checked before anything starts, with one clear line each."""

import stat

import pytest

from config import BadSettings, flask_config, load_settings

SECRET = "s" * 40
PRODUCTION = {"SECRET_KEY": SECRET, "MAIL_SERVER": "smtp.example", "BASE_URL": "https://p.example"}


def load(tmp_path, **values):
    return load_settings({"DATA_DIR": str(tmp_path), **values})


def test_it_is_production_unless_told_otherwise(tmp_path):
    settings = load(tmp_path, **PRODUCTION)
    assert settings.production
    assert not settings.demo
    assert not settings.shows_mailbox
    assert settings.secure_cookies
    assert settings.database_url == f"sqlite:///{tmp_path / 'puente.db'}"
    assert flask_config(settings)["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY"),
        ({"SECRET_KEY": "ChangeMe"}, "SECRET_KEY"),
        ({"SECRET_KEY": "s" * 31}, "SECRET_KEY"),
        ({"MAIL_SERVER": ""}, "MAIL_SERVER"),
        ({"BASE_URL": "puente.example"}, "BASE_URL"),
        ({"BASE_URL": "ftp://puente.example"}, "BASE_URL"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"PUENTE_ENV": "prod"}, "PUENTE_ENV"),
        ({"MAIL_PORT": "many"}, "MAIL_PORT"),
        ({"MAIL_PORT": "-1"}, "MAIL_PORT"),
        ({"TRUSTED_PROXIES": "١"}, "TRUSTED_PROXIES"),
        ({"MAIL_USE_TLS": "perhaps"}, "MAIL_USE_TLS"),
        ({"CONSENT_DAYS": "0"}, "CONSENT_DAYS"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path, wrong, named):
    with pytest.raises(BadSettings, match=named):
        load(tmp_path, **{**PRODUCTION, **wrong})


def test_secrets_are_not_shown(tmp_path):
    values = {**PRODUCTION, "MAIL_PASSWORD": "hunter2", "DATABASE_URL": "postgresql://u:pw99@h/d"}
    shown = repr(load(tmp_path, **values))
    assert SECRET not in shown
    assert "hunter2" not in shown
    assert "pw99" not in shown


@pytest.mark.parametrize(
    "url", ["postgresql://h/d", "postgresql+psycopg://h/d", "sqlite:///x.db", "sqlite:////x.db"]
)
def test_both_databases_are_known(tmp_path, url):
    assert load(tmp_path, **PRODUCTION, DATABASE_URL=url).database_url == url


def test_the_short_name_of_postgresql_is_understood(tmp_path):
    url = load(tmp_path, **PRODUCTION, DATABASE_URL="postgres://h/d").database_url
    assert url == "postgresql://h/d"


def test_the_demo_makes_its_own_key_once_and_keeps_it_to_itself(tmp_path):
    first = load(tmp_path / "var", PUENTE_ENV="demo")
    second = load(tmp_path / "var", PUENTE_ENV="demo")
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
    assert load(tmp_path / "other", PUENTE_ENV="demo").secret_key != first.secret_key
    assert first.shows_mailbox


def test_production_never_makes_a_key_of_its_own(tmp_path):
    with pytest.raises(BadSettings):
        load(tmp_path, **{**PRODUCTION, "SECRET_KEY": ""})
    assert list(tmp_path.iterdir()) == []


def test_the_address_follows_host_and_port(tmp_path):
    settings = load(tmp_path, PUENTE_ENV="demo", HOST="0.0.0.0", PORT="9000")
    assert settings.base_url == "http://0.0.0.0:9000"
    assert not settings.secure_cookies
    assert load(tmp_path, **PRODUCTION).base_url == "https://p.example"
