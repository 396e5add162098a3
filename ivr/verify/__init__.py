"""The whole line, proved before anyone calls it: `prove` is what `ivr check` runs.

walk              every state that a call can reach, by the engine itself
checks · documents  what has to hold of each answer
endless · told    what has to hold of all together: every call ends, every fact can be heard
witness           sees each answer once, for all of these
counterexample    the keys that lead to where a check is broken
clips             every line that can be spoken has a sound
budget · limits   how long callers wait, and what of it is too long
live · fetched    what else has to be true before the public may call
places            where in the files something is mended
"""
