"""The staff's side: pages rendered by the server, and a telephone in the browser.

telephone         /phone: the page, and the address to which it sends each deed
own_line          the way from there into the line itself, without leaving the process
calls · states    a call is made anew from its deeds, which travel with the page, signed
showing · spoken  what happened since the last deed, as JSON; each sentence with its language
moments           a few telling moments for the clock of a demo, found in the desks' hours
guard             who may send deeds, and what a browser may load
words             what the pages say, in English and Japanese
files             templates/ and static/, for all pages of this room
"""
