"""The last resort: what the line says, as files that any web server can serve while the line itself is down.

parts       what callers of one language hear, in the order of the menus
documents   each part as steps, and how they lead on without reading a digit
export      everything as TwiML and sounds in a folder
served      whether a web server serves exactly that folder
"""
