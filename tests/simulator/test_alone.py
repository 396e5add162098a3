"""The telephone on its own: nothing has to be installed, and nothing of the line is needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

SIMULATOR = Path(__file__).parents[2] / "ivr" / "simulator"
CALL = """
import sys
from ivr.simulator import Call, HttpTransport, WsgiTransport, replay, save, write
from ivr.simulator.script import parse

def app(environ, start):
    start("200 OK", [("Content-Type", "text/xml")])
    return [b"<Response><Gather><Say>hello</Say></Gather></Response>"]

made = replay(parse("hear \\"hello\\"\\nwait"), WsgiTransport(app), "http://any.example/")
print(made.ended_by)
print(*sorted({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)))
"""


def test_a_copy_of_the_folder_works_where_nothing_is_installed(tmp_path: Path) -> None:
    """Python without site-packages: no Flask, no twilio, no pydantic, no requests."""
    shutil.copytree(SIMULATOR, tmp_path / "ivr" / "simulator")
    command = [sys.executable, "-S", "-W", "error", "-c", CALL]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path, env={})
    ended, modules = done.stdout.splitlines()
    assert ended == "ran out of verbs"
    assert modules == "__main__ ivr"
