"""The whole line, proved before anyone calls it: `prove` is what `ivr check` runs.

situations      in which a call can be: who is open, who can be reached
walk            every state that a call can reach, by the engine itself
laws · endless  what has to hold in each of them, and of the way out of all
told            the facts that a caller can hear
clips           every line that can be spoken has a sound
timing · budget how long everything takes; limits of helpline.yaml hold it
counterexample  the keys that lead to where a law is broken
live            what else has to be true before the public may call
"""
