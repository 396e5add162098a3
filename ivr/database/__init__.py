"""Counts, not callers: how the line is used; and what staff say, change and publish, in a database.

count_events       what a step of a call adds to the counts; pure
vocabulary         the closed lists of what can be counted
tally              counts in memory, where a call leaves them without waiting
tables · connection  the tables, and the way to them
creating           the tables made, extended and claimed
asking             questions of pages, which wait two seconds at most
stored_counts      counts in their table: added to, read by the month, removed when old
desk_overrides     desks closed or opened by staff, in their table
fact_answers       what staff answered: which facts are still true
override_span      what staff type about a desk, and what it means
admission          whether staff opened the line to the public, or closed it
changes            what staff said of the content, suggested or published, in their table
publications       editions of the content: asked for, checked, published, gone back to
edition_file       the edition that this machine served last, for a start without the database
in_force           whether every worker follows the last change by staff
sessions           sessions of staff: whose they are, and those that were ended
accounts           people with a name and a password of their own, and their invitations
audit              who changed what, and when
database_thread    in each worker: writes counts, reads overrides; calls find both in memory
no_database        what the line asks of its database, and the stand-in where there is none
periods            months, years, and the days or weeks that a month is divided into
reports            the figures of a month or year, rounded, for pages, files and `ivr counts`
"""
