"""Files of the database are for their owner only, whatever umask the command was started with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.database.line import connected, sqlite_url
from tests.served import Server, until


@pytest.fixture
def open_to_all():
    """What a shell usually has."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: f"{path.stat().st_mode & 0o777:o}" for path in folder.iterdir()}


def test_a_database_that_a_command_makes_is_for_its_owner_only(tmp_path, open_to_all):
    with connected(sqlite_url(tmp_path)):
        made = modes(tmp_path)
    assert {"600"} == {*made.values()}
    assert {name.rpartition(".db")[2] for name in made} == {"", "-wal", "-shm"}


def test_the_rights_of_a_database_that_is_there_are_left_alone(tmp_path, open_to_all):
    (tmp_path / "counts.db").touch(0o640)
    with connected(f"sqlite:///{tmp_path}/counts.db"):
        assert {*modes(tmp_path).values()} == {"640"}


def test_a_demo_keeps_its_folder_and_its_database_to_its_owner(tmp_path, open_to_all):
    with Server("--demo", TMPDIR=str(tmp_path)) as demo:
        demo.until_ready()
        (folder,) = tmp_path.glob("ivr-demo-*")
        until(lambda: len(modes(folder)) == 4)
        assert modes(tmp_path)[folder.name] == "700"
        assert {*modes(folder).values()} == {"600"}
