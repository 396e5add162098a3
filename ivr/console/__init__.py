"""The pages for staff, rendered by the server: a folder for each, with its view, forms, templates and static files.

pages              /console: which pages there are, and the one guard before all of them

home               /console: whether people can call, who answers, what there is to do; opens and closes the line
figures            /console/figures: a sentence and tables of a month or a year, CSV
call_flow          /console/menu: the call flow as a picture of places, and each place with what is said there
words_and_voices   /console/prompts: languages by prompts, and a page for each prompt
desks              /console/desks: closing and opening them, their usual hours, a calendar
notices            /console/notices: what callers hear at the start, about desks and in words of one's own
changes            /console/changes: correcting a sentence, publishing, the history, going back
still_true         /console/still-true, /console/confirm-facts: asked fact by fact, silenced, confirmed
holidays           /console/holidays: public holidays, to be compared with the official list
another_time       /console/another-time: what callers of any language hear at any moment
people             /console/people: accounts, invitations, sessions, and who changed what
sign_in            passwords, the session, who is turned away, and the ways in

Shared by several pages:

what_callers_hear  the engine's own answers at a moment
opening_times      when desks are open, at a moment and over a month
hours_words        the usual hours of a desk in words
publish_page       publishing what a page changed
unsent             what was typed into a form that came too late
prompt_texts       a prompt's text with its meaning, sound and seconds
"""
