"""The call, pure: event + place + situation -> steps. No web, no carrier, no settings, no clock.

pages · announcements   what callers hear: on each page in each state; between pages and at the end
say · choices           a prompt of a page and who speaks it; the keys of a menu
engine                  the way in: what the caller meets next
language_list · menus   the list of languages; menus and answers: which keys lead where, what follows silence
desks · transfers       a desk's page and key 0; the way to a desk
endings                 how calls end
places · steps          where a call is and what happened there; what happens next
situation · matching    the world at one moment; which desks callers hear of, and which can be reached
all_situations          every combination of open and closed desks
notices                 what staff let callers hear at the start about a desk that is closed or has other hours
withdrawal              what falls silent with a fact that is no longer true
opening_times           when a closed desk opens again, as callers hear it
"""
