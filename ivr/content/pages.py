"""The names of the pages that helplines have, beside their own menus."""

LANGUAGES = "languages"
PERSON = "person"
DESK = "desk."
# Where an option ends the call; the name of the prompt that is said follows.
HANG_UP = "hang_up."
