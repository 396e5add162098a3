"""`ivr audio record-sheet` and `ivr audio import`: human voices, from the sheet to the clip."""

from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

import click

from ivr.audio.reading_rates import READING_RATES, letters
from ivr.audio.recordings import Recordings, read_recordings
from ivr.cli.audio import languages_of, need_packages
from ivr.content.clip_text import ClipText
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.errors import HelplineError
from ivr.spreadsheet import spreadsheet

COLUMNS = ("id", "state", "seconds", "text", "meaning")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command("record-sheet")
@click.argument("language")
@click.option("--csv", "as_csv", is_flag=True, help="For a spreadsheet, instead of a page to print.")
@click.pass_obj
def record_sheet_command(folder: Path, *, language: str, as_csv: bool) -> None:
    """Print what a speaker of LANGUAGE has to read: every text with its id, meaning and approximate length."""
    helpline = load_helpline(folder)
    languages_of(helpline, [language])
    recordings = read_recordings(helpline.audio_dir)
    rows = [_row(helpline, clip_text, recordings) for clip_text in helpline.clip_texts.get(language, {}).values()]
    if not rows:
        raise HelplineError(f"There is no text in {language} yet: write text/{language}.yaml first.")
    click.echo(spreadsheet([COLUMNS, *rows]).encode() if as_csv else _page(rows), nl=False)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", required=True, help="Which language is spoken.")
@click.option("--prompt", required=True, help="The id of the text, from the record sheet.")
@click.option("--speaker", required=True, help="Who speaks: a name, or a mark that you can resolve.")
@click.option("--consent", required=True, type=DAY, help="The day on which the speaker agreed that callers hear it.")
@click.option("--recorded", type=DAY, help="The day of the recording, if it is a different one.")
@click.pass_obj
def import_command(
    folder: Path, *, file: Path, language: str, prompt: str, speaker: str, consent: datetime, recorded: datetime | None
) -> None:
    """Import a person's recording from FILE (WAV, FLAC, OGG, OPUS, MP3; M4A with ffmpeg); it replaces every clip."""
    need_packages()
    from ivr.audio.import_recording import Delivery, import_recording

    helpline = load_helpline(folder)
    languages_of(helpline, [language])
    clip_text = _clip_text(helpline, language, prompt)
    delivery = Delivery(file, speaker, (recorded or consent).date(), consent.date())
    clip = import_recording(helpline.audio_dir, clip_text, delivery)
    click.echo(f"{language} {prompt}: {clip.seconds:.1f} s by {speaker.rstrip('.')}. Restart the line to hear it.")


def _clip_text(helpline: Helpline, language: str, prompt: str) -> ClipText:
    clip_texts = helpline.clip_texts.get(language, {})
    if prompt not in clip_texts:
        near = get_close_matches(prompt, clip_texts)
        hint = f"did you mean {near[0]}?" if near else f"`ivr audio record-sheet {language}` lists all."
        raise HelplineError(f"There is no prompt {prompt!r} in {language}: {hint}")
    return clip_texts[prompt]


def _row(helpline: Helpline, clip_text: ClipText, recordings: Recordings) -> tuple[str, ...]:
    return (
        clip_text.prompt,
        _state(clip_text, recordings),
        _seconds(clip_text),
        clip_text.text,
        _meaning(helpline, clip_text),
    )


def _state(clip_text: ClipText, recordings: Recordings) -> str:
    recording = recordings.get((clip_text.language, clip_text.prompt))
    if recording is None:
        return ""
    return "recorded" if recording.says(clip_text) else "text changed"


def _seconds(clip_text: ClipText) -> str:
    rate = READING_RATES.get(clip_text.language)
    return f"{letters(clip_text.sentences) / rate:.0f}" if rate else ""


def _meaning(helpline: Helpline, clip_text: ClipText) -> str:
    """The glosses of its sentences; the clips of one prompt (``offer.1``, ``offer.2``) share them."""
    prompts = helpline.texts[clip_text.language].prompts
    parts = clip_text.prompt.split(".")
    names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    found = next((prompts[name] for name in names if name in prompts), {})
    return " ".join(sentence.gloss for sentence in found.values() if sentence.gloss)


def _page(rows: list[tuple[str, ...]]) -> str:
    """A paragraph for each: id and seconds, the text, its meaning."""
    blocks = []
    for prompt, state, seconds, text, meaning in rows:
        head = f"[ ] {prompt}" + f" ({seconds} s)" * bool(seconds) + f" - {state}" * bool(state)
        blocks.append("\n".join([head, f"    {text}", *([f"    = {meaning}"] if meaning else [])]) + "\n")
    return "\n".join(blocks)
