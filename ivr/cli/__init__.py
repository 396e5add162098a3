"""The command `ivr`, a file for each of its commands."""

import os

# gunicorn takes this setting of ours for its own while it is imported, and breaks on an empty one (.env.example).
_given = os.environ.pop("WEB_CONCURRENCY", None)
import gunicorn.config  # noqa: E402, F401

if _given is not None:
    os.environ["WEB_CONCURRENCY"] = _given
