"""Which engine can read which language: those whose phonemes were found to match the text, and no others.

An engine that doesn't know a language still makes well-formed sound (letter names, or another language's words), which
passes every check of the sound. Only this list protects callers from that.
"""

_EVERYWHERE = "ar bn en es fr id ko ms ne pt ru si ur vi"

# espeak-ng: zh from 1.52 on; ar only with vowel marks, which the engine requires.
READS: dict[str, frozenset[str]] = {
    "gtts": frozenset(f"{_EVERYWHERE} ja km my th tl zh-Hans zh-Hant".split()),
    "espeak-ng": frozenset(f"{_EVERYWHERE} fa zh-Hans zh-Hant".split()),
    "kokoro": frozenset(["en", "es", "fr", "id", "ja", "ms", "pt", "tl", "ur", "zh-Hans", "zh-Hant"]),
    "rhvoice": frozenset({"ru"}),
    "open-jtalk": frozenset({"ja"}),
    # As its maker lists them; not compared with a text yet.
    "azure": frozenset(f"{_EVERYWHERE} fa ja km mn my th tl zh-Hans zh-Hant".split()),
}


def reads(engine: str, language: str) -> bool:
    return language in READS.get(engine, frozenset())


def why_not(engine: str, language: str) -> str:
    """The message for somebody who listed an engine for a language that it can't read."""
    able = ", ".join(name for name in READS if reads(name, language)) or "none yet"
    return f"{engine} isn't known to read {language}; engines that do: {able}."
