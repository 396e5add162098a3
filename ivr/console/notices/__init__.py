"""Notices: what callers hear right after they have chosen their language."""
