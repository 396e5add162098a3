"""The call, pure: event + place + situation -> steps. No web, no carrier, no settings, no clock.

engine                  the way in: what the caller meets next
places · steps          where a call is and what happened there; what shall happen next
situation · matching    the world at one moment; which desks a caller is told of, and which can be reached
opening_times           when a closed desk opens again, as one caller hears it
language_list · menus   the list of languages; menus and answers
desks · transfers       a desk's page and key 0; the way to a desk
say · endings           what is said to one caller; how calls end
"""
