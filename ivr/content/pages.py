"""The names of the pages that helplines have, beside their own menus, and of two places that are shown with them."""

LANGUAGES = "languages"
PERSON = "person"
DESK = "desk."
# Where an option ends the call; the name of the prompt that is said follows.
HANG_UP = "hang_up."
# No pages of the engine: what is said on the way to a desk, and how calls end.
TRANSFER, ENDINGS = ".transfer", ".endings"
