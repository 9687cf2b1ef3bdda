"""Revisions lead exactly to the models, back again, and never half-way, on both databases."""

import os
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, create_engine, inspect, text
from sqlalchemy.engine import make_url

from app.extensions import Base, db
from app.factory import create_app
from config import load_settings
from tests.challenges.build import challenge
from tests.people import People

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
CRASH = '''"""A revision for the test."""

import sqlalchemy as sa
from alembic import op

revision = "crash"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("colour", sa.String(10)))
    op.execute("UPDATE job SET colour = 'blue'")
    with op.batch_alter_table("organization") as batch:
        batch.alter_column("summary", new_column_name="abstract")
    {crash}


def downgrade() -> None:
    with op.batch_alter_table("organization") as batch:
        batch.alter_column("abstract", new_column_name="summary")
    with op.batch_alter_table("job") as batch:
        batch.drop_column("colour")
'''


@pytest.fixture(scope="module")
def server_database() -> str | None:
    """A PostgreSQL database of this module's own, where the suite runs on PostgreSQL."""
    asked = os.environ.get("PUENTE_TEST_DATABASE")
    if not asked:
        return None
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    url = make_url(asked)
    name = f"{url.database}_migrated_{worker}"
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def migrated(tmp_path, server_database):
    """The platform on a database without tables, inside its context."""
    settings = {
        "PUENTE_ENV": "test",
        "SECRET_KEY": "only-for-tests-" + "x" * 32,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": server_database or f"sqlite:///{tmp_path / 'migrated.db'}",
    }
    app = create_app(load_settings(settings))
    with app.app_context():
        if server_database:
            with db.engine.begin() as connection:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def scripts(tmp_path):
    """A copy of the revisions that a test may add to."""
    return shutil.copytree(MIGRATIONS, tmp_path / "migrations")


def _head() -> str:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _differences() -> list:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def _shape() -> dict:
    seen = inspect(db.engine)
    return {
        table: (
            sorted(column["name"] for column in seen.get_columns(table)),
            sorted(index["name"] for index in seen.get_indexes(table)),
            sorted(check["name"] for check in seen.get_check_constraints(table)),
            sorted(key["name"] for key in seen.get_foreign_keys(table)),
        )
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def _fill() -> None:
    people = People()
    challenge(people.city(), title="Un desafío que no debe perderse")
    people.startup()
    db.session.remove()


def _rows() -> dict:
    with db.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if table.name != "organization"]
        return {t.name: connection.execute(t.select()).fetchall() for t in tables}


def test_there_is_one_line_of_revisions():
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_the_revisions_lead_to_the_models(migrated):
    upgrade(str(MIGRATIONS))
    assert _differences() == []


def test_every_check_of_the_models_is_in_the_database(migrated):
    upgrade(str(MIGRATIONS))
    checked = 0
    for table in Base.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        present = {check["name"] for check in inspect(db.engine).get_check_constraints(table.name)}
        assert wanted <= present, table.name
        checked += len(wanted)
    assert checked > 10


def test_every_revision_goes_up_down_and_up_with_rows_in_the_tables(migrated):
    upgrade(str(MIGRATIONS))
    shape = _shape()
    _fill()
    for _ in ScriptDirectory(str(MIGRATIONS)).walk_revisions():
        downgrade(str(MIGRATIONS), "-1")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade(str(MIGRATIONS))
    assert _shape() == shape


def test_members_from_before_are_enrolled_and_their_organizations_stay_as_they_were(migrated):
    upgrade(str(MIGRATIONS), "0001")
    _insert_organizations()
    before = _organizations()
    for _ in range(2):
        upgrade(str(MIGRATIONS))
        query = "SELECT organization_id, coordination_id, cohort, since, status FROM enrolment"
        with db.engine.connect() as connection:
            rows = connection.execute(text(f"{query} ORDER BY organization_id")).all()
        assert [(*row[:3], str(row[3]), row[4]) for row in rows] == [
            (3, 2, "2024", "2024-11-27", "active"),
            (4, 1, "2026", "2026-01-05", "active"),
        ]
        db.engine.dispose()
        downgrade(str(MIGRATIONS), "0001")
        assert _organizations() == before


def _insert_organizations() -> None:
    """Two networks, a founding city, one without a date, one not verified, and a startup."""
    rows = [
        ("net-ar", "coordination", "AR", "verified", None, ""),
        ("net-br", "coordination", "BR", "verified", None, ""),
        ("recife", "city", "BR", "verified", "2024-11-27", "2024"),
        ("salto", "city", "UY", "suspended", None, ""),
        ("pending", "city", "AR", "pending", None, ""),
        ("startup", "startup", "AR", "verified", None, ""),
    ]
    names = "slug, kind, country, status, member_since, cohort"
    fixed = {
        "public_id": "",
        "version": 1,
        "name": "X",
        "full_name": "",
        "subdivision": "",
        "subdivision_name": "",
        "timezone": "UTC",
        "lang": "es",
        "summary": "",
        "website": "",
        "founder": False,
        "search_text": "",
        **dict.fromkeys(("created_at", "updated_at", "status_since"), "2026-01-05 12:00:00+00:00"),
    }
    columns = [*names.split(", "), *fixed]
    sql = f"INSERT INTO organization ({', '.join(columns)}) VALUES ({_places(columns)})"
    with db.engine.begin() as connection:
        for number, row in enumerate(rows, 1):
            known = {**dict(zip(names.split(", "), row, strict=True)), **fixed}
            connection.execute(text(sql), {**known, "public_id": f"organization{number}"[-12:]})


def _places(columns) -> str:
    return ", ".join(f":{column}" for column in columns)


def _organizations() -> list:
    with db.engine.connect() as connection:
        return connection.execute(text("SELECT * FROM organization ORDER BY id")).fetchall()


def test_a_revision_that_crashes_changes_nothing_and_can_be_run_again(migrated, scripts):
    upgrade(str(scripts))
    _fill()
    shape, rows = _shape(), _rows()
    broken = scripts / "versions" / "crash.py"
    broken.write_text(CRASH.format(head=_head(), crash="raise ArithmeticError('power cut')"))
    with pytest.raises(ArithmeticError, match="power cut"):
        upgrade(str(scripts))
    db.engine.dispose()
    assert _shape() == shape
    assert _rows() == rows
    broken.write_text(CRASH.format(head=_head(), crash="pass"))
    upgrade(str(scripts))
    assert "abstract" in _shape()["organization"][0]
    downgrade(str(scripts), "-1")
    assert _shape() == shape
    assert _rows() == rows


def test_foreign_keys_are_watched_again_after_a_migration(migrated):
    upgrade(str(MIGRATIONS))
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
