"""What `ivr check --live` finds out about the host of the last resort."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.fallback.export import make, write
from ivr.fallback.served import objections
from tests.cast import line_with, offered, without
from tests.fallback.host import Careless, Host, served
from tests.served import free_port

pytestmark = pytest.mark.slow

# A helpline of two languages, so that few files are asked for.
FEW = without(*(name for name in offered() if name not in ("ja", "en")), "my", "km", "mn")


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def folder(tmp_path: Path, port: int) -> Path:
    write(make(line_with(FEW), f"http://127.0.0.1:{port}"), tmp_path)
    return tmp_path


def told(folder: Path, port: int, host: type[Host] = Host) -> list[str]:
    with served(folder, port, host) as url:
        return list(objections(line_with(FEW), f"{url}/index.xml"))


def test_a_host_that_has_all_of_it_gets_no_objection(folder, port):
    assert told(folder, port) == []


def test_a_host_that_gives_documents_by_get_is_told_why_that_is_wrong(folder, port):
    (problem,) = told(folder, port, Careless)
    assert problem == (
        f"FALLBACK_URL: http://127.0.0.1:{port}/index.xml answers GET, which would put callers' numbers into its logs; "
        "it must refuse that"
    )


@pytest.mark.parametrize("lost", ["en/main.xml", "audio/en/free.*.wav"])
def test_a_file_that_was_not_copied_is_told(folder, port, lost):
    (there,) = folder.glob(lost)
    there.unlink()
    (problem,) = told(folder, port)
    assert f"{there.relative_to(folder)} answers 404" in problem
    assert "export it again" in problem


def test_a_document_that_says_what_the_line_no_longer_says_is_told(folder, port):
    (folder / "en/main.xml").write_text("<Response><Hangup/></Response>")
    (problem,) = told(folder, port)
    assert problem.startswith(f"FALLBACK_URL: http://127.0.0.1:{port}/en/main.xml is not what the line says now")


class WrongTypes(Host):
    extensions_map = {".xml": "application/octet-stream", ".wav": "audio/wav"}  # noqa: RUF012


def test_a_type_that_a_carrier_refuses_is_told(folder, port):
    (problem,) = told(folder, port, WrongTypes)
    assert "index.xml is application/octet-stream, not " in problem


class Moved(Host):
    def do_HEAD(self) -> None:  # noqa: N802 - the standard library's name
        self.send_response(302)
        self.send_header("Location", "https://elsewhere.example/")
        self.end_headers()


def test_sounds_that_are_elsewhere_by_now_are_told(folder, port):
    problems = told(folder, port, Moved)
    assert problems
    assert all(".wav answers 302 to HEAD" in problem for problem in problems)


def test_a_host_that_is_not_there_is_told_once(port):
    (problem,) = objections(line_with(FEW), f"http://127.0.0.1:{port}/index.xml")
    assert problem.endswith("index.xml cannot be reached (ConnectionError)")


def test_an_address_that_is_not_the_first_document_is_told(port):
    (problem,) = objections(line_with(FEW), f"http://127.0.0.1:{port}")
    assert problem.endswith("right would end with /index.xml")
