"""The pages that the line shows in a browser, rendered by the server.

pages             /console: the pages for staff, each in a module that adds its routes to one guarded list
shown             what the pages are given: the helpline as it is served, settings, counts, clips, findings
sign_in           the password, the session, and who is turned away
attempts          how often a password may be tried
guard             what a browser may load
phrases/          what the pages say, in English and Japanese: a module for each page
files             templates/ and static/, for all pages of this room
"""
