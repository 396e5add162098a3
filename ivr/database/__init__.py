"""Counts, not callers: how the line is used, and what staff say about the desks, in a database.

passages          a step of a call becomes counters; pure
vocabulary        the closed lists of what can be counted
tally · retries   counts in memory, where a call leaves them without waiting
schema · database the tables, and the way to them
writing · cleaning  one upsert for each flush, exactly once; what is too old goes
overrides         desks closed or opened by staff
counts            the thread that carries counts there and overrides back
cells · months · reports · export    what is shown: small cells merged
"""
