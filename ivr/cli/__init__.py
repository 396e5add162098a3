"""The command `ivr`, a file for each of its commands."""
