"""YAML becomes checked content."""
