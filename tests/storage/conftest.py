"""The two kinds of place where an engagement can be kept, and a user without special rights."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = os.environ.get("CRMPLAN_TEST_POSTGRES", "")
NOBODY = 65534


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Give an empty place for one engagement."""
    if request.param == "sqlite":
        yield tmp_path / "client.crmplan"
        return
    if not SERVER:
        pytest.skip("set CRMPLAN_TEST_POSTGRES to the address of a database for tests")
    yield from _schema_of_its_own()


def _schema_of_its_own() -> Iterator[str]:
    address = sa.make_url(SERVER).set(drivername="postgresql+psycopg")
    name = f"crmplan_test_{uuid.uuid4().hex}"
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        own = address.update_query_dict({"options": f"-csearch_path={name}"})
        yield own.render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """Give a folder that is filled by the test, then closed by ``close_folder``.

    The superuser may write everywhere, so such a test acts as nobody while it runs.
    """
    folder = Path(tempfile.mkdtemp(prefix="crmplan-test-"))
    superuser = hasattr(os, "geteuid") and os.geteuid() == 0
    if superuser:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        folder.chmod(0o700)
        if superuser:
            os.seteuid(0)
        shutil.rmtree(folder)
