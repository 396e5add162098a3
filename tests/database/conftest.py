"""Databases to count in: a file, and a real PostgreSQL that can be stopped and started."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from pathlib import Path

import pytest

from tests.database.line import sqlite_url
from tests.missing import do_without

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on a machine without XDG_RUNTIME_DIR it says which folder it takes instead
        import pgserver
        from pgserver.postgres_server import pg_ctl
except ImportError:
    pgserver = None


class Postgres:
    """A server of our own, reached by a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        self.server = pgserver.get_server(folder, cleanup_mode="stop")
        self.server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        self.databases = 0

    def url(self, database: str = "postgres") -> str:
        return self.server.get_uri(database)

    def new_database(self) -> str:
        self.databases += 1
        name = f"line{self.databases}"
        self.server.psql(f"CREATE DATABASE {name};")
        return self.url(name)

    def stop(self) -> None:
        """Whoever is connected is cut off."""
        pg_ctl(["-w", "-m", "fast", "stop"], pgdata=self.server.pgdata, user=self.server.system_user)

    def start(self) -> None:
        self.server.ensure_postgres_running()


@pytest.fixture(scope="session")
def postgres():
    """Where pgserver has no wheel its tests do without."""
    if pgserver is None:
        do_without("postgresql: pgserver is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = Postgres(folder)
    yield server
    server.server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """An empty database, as DATABASE_URL names it."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    return request.getfixturevalue("postgres").new_database()
