"""Which engine can read which language: those whose phonemes were found to match the text (READS), and no others.

An engine that doesn't know a language still makes well-formed sound (letter names, or another language's words), which
passes every check of the sound. Only this list protects callers from that. In further languages, which nobody has
compared, a helpline may take an engine by its own word (`reads`) if the engine's maker lists the language
(unverified.json).
"""

import json
from collections.abc import Container, Mapping
from pathlib import Path

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
# What their makers list beyond READS: by engine, the voice of each language. Nobody here has compared or heard them.
LISTED: Mapping[str, Mapping[str, str]] = {
    engine: listed["codes"]
    for engine, listed in json.loads(Path(__file__).with_name("unverified.json").read_text("utf-8")).items()
}


def reads(engine: str, language: str) -> bool:
    return language in READS.get(engine, frozenset())


def is_unverified(engine: str, language: str) -> bool:
    """Of a clip's engine: whether nobody but the helpline that has the clip says that it reads the language."""
    return engine in READS and not reads(engine, language)


def listed_code(engine: str, language: str) -> str:
    """By which voice an engine speaks a language that only its maker says it reads, or nothing.

    A country's variety that isn't listed (de-LI) is spoken by the voice of the language.
    """
    codes = LISTED.get(engine, {})
    base, _, region = language.partition("-")
    return codes.get(language) or (codes.get(base, "") if len(region) in (2, 3) else "")


def why_not(engine: str, language: str, own_word: Container[str] = ()) -> str:
    """Why an engine may not speak a language and what would be right, or nothing.

    `own_word`: the engines that the helpline itself says read it.
    """
    if reads(engine, language) or (engine in own_word and listed_code(engine, language)):
        return ""
    if listed_code(engine, language):
        return (
            f"{engine} reads {language} by what its maker says, unverified here: "
            f"write reads: {{{language}: {engine}}} in helpline.yaml once you have listened to it."
        )
    able = ", ".join(name for name in READS if reads(name, language)) or "none yet"
    listed = ", ".join(name for name in LISTED if listed_code(name, language))
    unverified = f" Unverified, for `reads`: {listed}." if listed else ""
    return f"{engine} isn't known to read {language}; engines that do: {able}.{unverified}"
