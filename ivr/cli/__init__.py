"""The command `ivr`, a file for each of its commands, which `main` imports when they are called (`lazy_group`).

editions · server       the line as `serve` serves it: replaced when staff publish; gunicorn with the line in it
recordings · listen     `ivr audio` with people's voices, and with a recogniser
keypad · walk           a call typed and printed; the way of a synthetic caller, for `probe`
published               what staff published, for commands that look at what callers hear
yaml_export             changes by staff, written into the YAML
terminal                what a terminal can't show
"""
