"""Imported by each Python that tests start: this folder is in its PYTHONPATH (tests/served.py)."""

import os

# The check of an edition lets calls come first: while tests keep all cores busy, its turn would never come.
os.nice = lambda _by: 0
