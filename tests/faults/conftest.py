"""A line that most of the faults here befall, one after another: it has to get over each of them."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.cast import ROOT
from tests.database.line import ANOTHER_ACCOUNT
from tests.faults.server import Server


@pytest.fixture(scope="package")
def one(tmp_path_factory) -> Server:
    """Its clips are links, to be lost."""
    folder = tmp_path_factory.mktemp("line")
    shutil.copytree(ROOT / "prompts", folder / "prompts")
    shutil.copytree(ROOT / "audio", folder / "audio", copy_function=os.symlink)
    with Server(folder, folder / "prompts") as server:
        yield server


@pytest.fixture
def line(one: Server) -> Server:
    return one.until_ready()


@pytest.fixture
def counted(monkeypatch) -> None:
    """From now on calls are not the project's own telephone's."""
    monkeypatch.setattr("ivr.simulator.leg.ACCOUNT", ANOTHER_ACCOUNT)
