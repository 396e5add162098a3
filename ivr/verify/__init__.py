"""Checks the whole line before anyone calls it: `verify` is what `ivr check` runs.

walk                     every state that a call can reach, by the engine itself
call_checks · documents  what must hold for each answer
key_checks               what must hold for the keys pressed
endless · facts_heard    what must hold for all of them: every call ends, every fact can be heard
witness                  passes each answer to all of these, once
counterexample           the keys that lead to a broken check
edition_check            what an edition of staff's changes would break that was whole before
clips                    every clip text has a sound
budget · limits          how long callers wait, and which waits are over the limits
live · fetch_clips       what else has to be true before the public may call
voices · live_voices     the voices that are named exist; callers can follow them
places                   where in the files a problem belongs
"""
