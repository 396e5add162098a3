"""The command line: `ivr`, a module for each command."""

import os

# gunicorn takes this setting of ours as its own while it is imported, and breaks on an empty one, as .env.example has it.
_given = os.environ.pop("WEB_CONCURRENCY", None)
import gunicorn.config  # noqa: E402, F401

if _given is not None:
    os.environ["WEB_CONCURRENCY"] = _given
