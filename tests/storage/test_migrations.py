"""From an older schema to the newest: nothing lost, a copy kept, all or nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import crmplan
from crmplan.errors import (
    EngagementDamagedError,
    EngagementError,
    EngagementLockedError,
    EngagementNewerError,
    NotAnEngagementError,
)
from crmplan.storage import create_engagement, open_engagement
from crmplan.storage.migrations import migrate
from crmplan.storage.schema import SCHEMA, create_tables, stamped_schema
from crmplan.storage.tables import METADATA

from .engagements import NOON, answer, small_engagement

TO_SCHEMA_1 = (
    "ALTER TABLE responses DROP COLUMN ratings",
    "DROP TABLE entries",
    "ALTER TABLE settings DROP COLUMN status_on",
    "DROP TABLE history",
    "UPDATE alembic_version SET version_num = '0001'",
)


def engine_at(place: Path | str) -> sa.Engine:
    """Reach the tables past the store."""
    if isinstance(place, Path):
        return sa.create_engine(f"sqlite:///{place}")
    return sa.create_engine(place)


def make_older(place: Path | str) -> None:
    """Turn an engagement into one of schema 1."""
    engine = engine_at(place)
    with engine.begin() as connection:
        for statement in TO_SCHEMA_1:
            connection.exec_driver_sql(statement)
        if isinstance(place, Path):
            connection.exec_driver_sql("PRAGMA user_version=1")
    engine.dispose()


def columns_and_rules(connection: sa.Connection) -> dict[str, object]:
    """Describe all tables of a database, except for the order of their columns."""
    inspector = sa.inspect(connection)
    by_name = {"key": lambda one: str(one["name"])}
    return {
        name: (
            sorted((one["name"], str(one["type"]), one["nullable"]) for one in columns),
            inspector.get_pk_constraint(name),
            sorted(inspector.get_foreign_keys(name), **by_name),
            sorted(inspector.get_unique_constraints(name), **by_name),
            sorted(inspector.get_check_constraints(name), **by_name),
            inspector.get_table_options(name),
        )
        for name in inspector.get_table_names()
        for columns in [inspector.get_columns(name)]
    }


def test_all_migrations_give_the_tables_of_a_new_engagement(place: Path | str) -> None:
    engine = engine_at(place)
    with engine.connect() as connection:
        with connection.begin():
            migrate(connection, to=SCHEMA)
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        assert stamped_schema(connection) == SCHEMA
        migrated = columns_and_rules(connection)
        connection.rollback()
        with connection.begin():
            METADATA.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
        with connection.begin():
            create_tables(connection)
        assert columns_and_rules(connection) == migrated
    engine.dispose()


def test_an_older_engagement_is_brought_up_to_date(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        store.save(answer("a"), by="Anna", at=NOON)
        whole = store.read()
    make_older(place)

    with open_engagement(place) as store:
        assert (store.read(), store.history()) == (whole, ())
        store.save(answer("b"), by="Anna", at=NOON)
        assert len(store.history()) == 1


def test_a_newer_engagement_is_refused(place: Path | str) -> None:
    create_engagement(place, small_engagement()).close()
    engine = engine_at(place)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
        if isinstance(place, Path):
            connection.exec_driver_sql("PRAGMA user_version=99")
    engine.dispose()

    with pytest.raises(EngagementNewerError) as caught:
        open_engagement(place)

    assert (caught.value.found, caught.value.known) == (99, SCHEMA)


def test_a_place_without_engagement_is_told(place: Path | str) -> None:
    if isinstance(place, Path):
        sqlite3.connect(place).execute("CREATE TABLE a (b)").connection.close()

    with pytest.raises(NotAnEngagementError):
        open_engagement(place)


def test_an_engagement_that_somebody_else_writes_to_is_locked(place: Path | str) -> None:
    create_engagement(place, small_engagement()).close()

    with open_engagement(place) as other, open_engagement(place, wait_seconds=0.1) as store:
        with other.transaction(), pytest.raises(EngagementLockedError):
            store.save(answer("a"), by="Anna", at=NOON)
        store.save(answer("a"), by="Anna", at=NOON)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Give a file of schema 1."""
    path = tmp_path / "a.crmplan"
    create_engagement(path, small_engagement()).close()
    make_older(path)
    return path


def number_and_revision(path: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(path)) as connection:
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        return number, connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def test_a_copy_is_kept_before_a_file_is_migrated(older: Path) -> None:
    open_engagement(older).close()

    copy = older.with_name("a.crmplan.before-v4")
    assert sorted(older.parent.iterdir()) == [older, copy]
    assert (number_and_revision(older), number_and_revision(copy)) == ((4, "0004"), (1, "0001"))
    open_engagement(copy).close()


def test_an_earlier_copy_is_kept_too(older: Path) -> None:
    older.with_name("a.crmplan.before-v4").write_bytes(b"precious")

    open_engagement(older).close()

    assert older.with_name("a.crmplan.before-v4").read_bytes() == b"precious"
    assert number_and_revision(older.with_name("a.crmplan.before-v4.2")) == (1, "0001")


def test_number_and_revision_of_a_new_file_are_in_step(tmp_path: Path) -> None:
    create_engagement(tmp_path / "a.crmplan", small_engagement()).close()

    assert number_and_revision(tmp_path / "a.crmplan") == (SCHEMA, f"{SCHEMA:04d}")


def test_an_older_file_that_is_only_read_stays_as_it_is(older: Path) -> None:
    before = older.read_bytes()

    with open_engagement(older, read_only=True) as store:
        assert (store.read(), store.history()) == (small_engagement(), ())

    assert older.read_bytes() == before
    assert list(older.parent.iterdir()) == [older]


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("CREATE TABLE history (id INTEGER)", EngagementError),  # stops the migration half-way
        ("ALTER TABLE settings ADD COLUMN more", EngagementDamagedError),  # is seen at its end
    ],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    older: Path, statement: str, error: type[EngagementError]
) -> None:
    with closing(sqlite3.connect(older)) as connection:
        connection.execute(statement.replace("more", "more TEXT"))
    before = older.read_bytes()

    with pytest.raises(error):
        open_engagement(older)

    assert older.read_bytes() == before


def test_alembic_is_imported_only_to_migrate(tmp_path: Path) -> None:
    create_engagement(tmp_path / "a.crmplan", small_engagement()).close()
    program = (
        "import sys; from crmplan.storage import open_engagement;"
        "open_engagement(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules or 'sqlalchemy.orm' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.crmplan")],
        cwd=Path(crmplan.__file__).parents[1],
        check=False,
    )

    assert done.returncode == 0
