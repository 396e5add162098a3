"""A helpline's sentences become clips that a telephone can play.

catalog · manifest  which clips there are, which are missing, stale or damaged (standard library: the server reads it)
speakable    may this text be spoken at all
engines/     who speaks: one file for each engine, and a list of which engine reads which language
telephone_sound  from an engine's samples to 8 kHz mono mu-law, all clips equally loud
loudness · pauses  how loud, and where the speech starts and ends; pauses within it made shorter
quality · reading_rates  checks that need no listener, and the bounds of each language
clip_status     by whom each clip text is spoken, and what is missing
timing       how long each clip text takes
recordings   human voices: who said what, when, with whose consent (standard library only)
import_recording  takes a recording in: `cut_off` if it stopped in mid-file; `room_noise` judges its noise
wav          clips put one behind the other (standard library only)
sounds · line  which sound speaks each text; content, clips and sounds loaded together, and which languages are ready
listening/   has the clips heard by a recogniser: can they be understood?
build · make_clip · prune  makes what is missing, clip by clip, moves it into place, removes the rest
"""
