from tests.browser import chromium, line, open_page  # noqa: F401 - fixtures
