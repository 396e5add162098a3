"""The pages that the line shows in a browser, rendered by the server.

cards · numbers · sheet   what is printed to be handed out, so that a caller reaches a language with one tap
card_pages                the same at /cards
fonts                     letters for many scripts, served by the line itself
"""
