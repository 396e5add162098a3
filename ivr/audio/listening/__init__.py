"""Has the clips heard by a recogniser, Whisper base, as the telephone plays them.

recogniser   what it hears: the language, the text, and which key (extra `listening`)
comparing    how far the text is from the sentence, in a form fit for comparison
hearings     audio/heard.json: what was heard of each clip (standard library only: the tests read it)
measures     what that says about each language and engine, and which languages can be measured at all
hear         hears the clips that weren't heard yet
"""
