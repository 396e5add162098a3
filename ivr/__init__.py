"""A telephone helpline: a folder of YAML and sounds, answered by telephone.

    errors      what can be wrong, said for whoever has to mend it
    config      settings, read once (environ: as they were meant; values, numbers: one of them)
    flow/       the call itself: pure functions over the loaded content
    phone/      a strict telephone made of HTTP; shares no code with the rest
    speech/     clips: which there are, and how they are made
    counts/     counters, never callers; what staff say about the desks
    voice/      signed webhooks, TwiML, sounds
    web/        what all pages in a browser share: layout, fonts, words
    webphone/   a telephone in the browser
    cards/      printed cards
    console/    pages for staff
    app         assembles the line
    cli/        the command `ivr`

A room imports only from rooms above it in this list; rooms of one height (phone, speech and counts; voice and
console) don't know each other.
"""
