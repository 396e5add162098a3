"""How long what staff have confirmed is believed."""

from datetime import timedelta

# The facts: after CONFIRMED_FOR the line may not go live again, from CONFIRM_SOON on staff are reminded.
CONFIRMED_FOR, CONFIRM_SOON = timedelta(days=180), timedelta(days=150)
# How far ahead somebody has to have compared the public holidays, and had better have.
HOLIDAYS_NEEDED, HOLIDAYS_WISHED = timedelta(days=60), timedelta(days=365)
