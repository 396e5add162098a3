"""Tests in a real browser: Debian's chromium.

Where it isn't installed they are skipped and the run's last lines say so; on a build server, which sets CI, they fail.
"""

from __future__ import annotations

import re
import shutil
import threading
from contextlib import contextmanager

import pytest
from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.cast import NUMBERS, _app
from tests.missing import do_without
from tests.served import free_port

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Quiet(WSGIRequestHandler):
    def log_request(self, *_args):
        """Says nothing about requests."""


@contextmanager
def serving(app: Flask, port: int):
    """The address at which a browser finds it."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def line():
    """The address of a demo whose desks have numbers."""
    port = free_port()
    with serving(_app((*NUMBERS.items(), ("PORT", str(port)))), port) as address:
        yield address


@pytest.fixture(scope="package")
def chromium():
    """One for all files of a room; no longer, since Playwright's loop is in the way of a test that runs its own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        do_without("browser: chromium isn't installed")
    try:
        playwright = sync_playwright().start()
    except Exception:  # noqa: BLE001 - all that it says is that its driver is gone
        do_without("browser: Playwright's driver doesn't start (on Debian: apt install libatomic1)")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()
    playwright.stop()


@pytest.fixture
def open_page(chromium):
    """Opens a page; afterwards it has asked nobody else for anything, and complained of nothing but refusals."""
    contexts, complaints = [], []

    def complain(message):
        if message.type == "error" and not re.search("403|409|422", message.text):
            complaints.append(message.text)

    def opened(url: str, width: int, height: int = 844, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", complain)
        own = "/".join(url.split("/")[:3])
        page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(own) else None)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, complaints
