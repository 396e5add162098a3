"""The names of the pages that every helpline has, beside its own menus."""

LANGUAGES = "languages"
PERSON = "person"
DESK = "desk."
