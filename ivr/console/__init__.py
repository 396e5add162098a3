"""The pages that the line shows in a browser, rendered by the server.

files             templates/ and static/, for all pages of this room
phrases/          what the pages say, in English and Japanese: a module for each page
guard             what a browser may load, and who may send JSON
public_path       links where the public address has a path

pages             /console: the pages for staff, each in a module that adds its routes to one guarded list
shown             what the pages are given: the helpline as it is served, settings, database, clips, findings
sign_in · door    the password, the session, who is turned away, and the way in
attempts          how often a password may be tried
now · hearing     /console: what callers meet this minute
counted · tables  /console/calls: charts and tables of a month, CSV
menu · picture    /console/menu: the call flow as a tree of places
spots · spot      all places; one of them, with its keys and what is said there, from ivr/flow/pages.py
cases             the states of the desks in which that is shown
lines             one line with its meaning, sound and seconds
prompts · board   /console/prompts: languages by prompts, and a page for each prompt
desks · saying    /console/desks: closing and opening them, a calendar, "what if it were ...?"
openings · dates  when desks are open; days and moments as staff read and type them

telephone         /phone: the page, and the address to which it sends each deed
own_line          the way from there into the line itself, without leaving the process
calls · states    a call is made anew from its deeds, which travel with the page, signed
showing · spoken  what happened since the last deed, as JSON; each sentence with its language
moments           a few telling moments for the clock of a demo, found in the desks' hours

cards · numbers · sheet   what is printed to be handed out, so that a caller reaches a language with one tap
card_pages                the same at /cards
fonts                     letters for many scripts, served by the line itself
"""
