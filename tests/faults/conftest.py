"""A line that most of the faults here befall, one after another: it has to get over each of them."""

from __future__ import annotations

import os
import shutil
from typing import NamedTuple

import pytest

from tests.cast import ROOT
from tests.database.line import ANOTHER_ACCOUNT
from tests.faults.nginx import TRUSTED, Nginx
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


class Fronted(NamedTuple):
    """A line that is called by the address of the nginx before it."""

    nginx: Nginx
    line: Server


@pytest.fixture(scope="package")
def fronted(tmp_path_factory):
    line = Server(tmp_path_factory.mktemp("line"), TRUSTED_PROXIES="1")
    with Nginx(tmp_path_factory.mktemp("nginx"), line.port) as nginx, pytest.MonkeyPatch.context() as patch:
        line.url = line.settings["PUBLIC_URL"] = nginx.url
        patch.setattr(TRUSTED, nginx.trusting)
        with line:
            yield Fronted(nginx, line.until_ready())
