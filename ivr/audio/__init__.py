"""A helpline's sentences become clips that a telephone can play.

catalog      which clips there are, which are missing, stale or damaged (standard library only: the web server reads it)
wording      may this text be spoken at all
engines/     who speaks: one file for each engine, and a list of which engine reads which language
telephone    from an engine's samples to 8 kHz mono mu-law, all clips equally loud
levels       how loud, in dBFS, and where the speech starts and ends
quality      checks that need no listener; `rates` holds the bounds of each language
clip_status     by whom each clip text is spoken, and what is missing
timing       how long each clip text takes
recordings   human voices: who said what, when, with whose consent (standard library only)
importing    takes a recording in; `room` judges its noise and takes it off both ends
wav          clips put one behind the other (standard library only)
sounds · line  which sound speaks each text; content, clips and sounds loaded together, and which languages are ready
listening/   has the clips heard by a recogniser: can they be understood?
build        makes what is missing, moves it into place, prunes the rest
"""
