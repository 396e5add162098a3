"""The line as Twilio meets it: signed webhooks, TwiML, and the sounds that it names.

routes                  a signed POST in, a document out, whatever happens
signature · parameters  whether a webhook comes from the carrier, and what it says
addresses               places in a call as addresses, and back
twiml                   steps as TwiML
not_open                whether the public may hear the line already
counting                counts beside an answer, never in its way
sounds                  the answers to those who fetch sounds
"""
