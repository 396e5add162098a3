"""The line as Twilio meets it: signed webhooks, TwiML, and the sounds that it names."""
