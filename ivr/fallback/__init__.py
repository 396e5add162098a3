"""The last resort: what the line tells, as files that any web server can serve while the line itself is down.

parts       what is told to callers of one language, in the order of the menus
documents   each part as steps, and how one leads to the next without reading a digit
export      all of it as TwiML and sounds in a folder
served      whether a web server answers with just that folder
"""
