"""How revisions run: in one transaction, on SQLite too, so that a crash changes nothing.

Alembic believes that SQLite cannot roll back changes of tables. It can, given a real BEGIN, which
the engine of the application sends. While tables are copied to change them, foreign keys rest (the
copy would otherwise cascade deletions) and are checked before the commit.
"""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

migrate = current_app.extensions["migrate"]
engine = migrate.db.engine
on_sqlite = engine.dialect.name == "sqlite"


def plain_type(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write our own column types as the plain ones beneath, so that revisions outlive them."""
    if kind == "type" and isinstance(item, TypeDecorator):
        beneath = item.impl_instance
        if isinstance(beneath, sa.DateTime):
            return "sa.DateTime(timezone=True)"
        return f"sa.{beneath!r}"
    return False


def run(connection: Connection) -> None:
    """Run the revisions that are missing."""
    options = {**migrate.configure_args, "transactional_ddl": True, "render_item": plain_type}
    context.configure(connection=connection, target_metadata=migrate.db.metadata, **options)
    with context.begin_transaction():
        context.run_migrations()
        if on_sqlite:
            _check_foreign_keys(connection)


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        message = f"a migration broke a foreign key of table {broken[0]}, row {broken[1]}"
        raise RuntimeError(message)


def _foreign_keys(connection: Connection, state: str) -> None:
    # Straight to the driver: the setting has no effect inside a transaction.
    connection.connection.driver_connection.execute(f"PRAGMA foreign_keys = {state}")  # type: ignore[union-attr]  # it is connected


with engine.connect() as connection:
    if not on_sqlite:
        run(connection)
    else:
        _foreign_keys(connection, "OFF")
        try:
            run(connection)
        finally:
            connection.rollback()
            _foreign_keys(connection, "ON")
