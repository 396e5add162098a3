"""The line's account at Twilio: what is set there, whether it fits this line, and setting it.

rest      the few requests of Twilio's REST API, and what it refuses, as sentences
wiring    which addresses a number has to call, and what differs
doctor    puts all findings together, from:
  tokens · numbers · desk_numbers · reaching
ringing   a test call to a desk

Nothing here is part of answering a call. It was never run against the real service (docs/going-live.md).
"""
