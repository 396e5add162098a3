"""The fixtures of the jobs: a browser, and PostgreSQL."""

from tests.browser import chromium, open_page  # noqa: F401 - fixtures
from tests.database.conftest import postgres  # noqa: F401 - a fixture
