"""The pages that the line shows in a browser, rendered by the server.

pages             /console: the pages for staff, each in a module that adds its routes to one guarded list
sign_in · door    the password, the session, who is turned away, and the way in
attempts          how often a password may be tried
now · hearing     /console: what callers meet this minute
counted · tables  /console/calls: charts and tables of a month, CSV
menu · picture    /console/menu: the call flow as a tree of places
spots · spot      all places; one of them, with its keys and what is said there
lines             one line with its meaning, sound and seconds
prompts · board   /console/prompts: languages by prompts, and a page for each prompt
desks · saying    /console/desks: closing and opening them, a calendar, "what if it were ...?"
openings          when desks are open
"""
