"""Clips over HTTP: kept for ever by their hash, and never silence in place of a clip."""

from __future__ import annotations

import shutil
from dataclasses import replace
from urllib.parse import unquote

import pytest
from flask import Flask

from ivr.audio.line import line_of
from ivr.audio.sounds import HASH_DIGITS, Sounds
from ivr.errors import HelplineError
from ivr.webhooks.sounds import sound_pages
from tests.cast import NUMBERS, _app, app, call, helpline, loaded, with_clips


@pytest.fixture
def copied(tmp_path):
    """The helpline with an audio folder of its own, to be spoilt."""
    shutil.copytree(helpline().audio_dir, tmp_path / "audio")
    return replace(helpline(), audio_dir=tmp_path / "audio")


def path_of(line, prompt: str = "free") -> str:
    sound = (loaded() if line is helpline() else line_of(line)).sounds.find(f"en/{prompt}")
    return f"/audio/en/{prompt}.{sound.tag}.wav"


def get(path: str, **headers):
    return _app(tuple(NUMBERS.items())).test_client().get(path, headers=headers)


def test_a_clip_is_a_wav_that_may_be_kept_for_ever_and_tells_what_it_says():
    answer = get(path_of(helpline()))
    assert answer.status_code == 200
    assert answer.mimetype == "audio/wav"
    assert int(answer.headers["Content-Length"]) == len(answer.data) > 1000
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Prompt"] == "en/free"
    assert unquote(answer.headers["X-Prompt-Text"]) == "The vaccine costs nothing."


def test_a_clip_that_the_asker_has_is_not_sent_again():
    first = get(path_of(helpline()))
    again = get(path_of(helpline()), **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_head_tells_the_length_and_sends_nothing():
    answer = _app(tuple(NUMBERS.items())).test_client().head(path_of(helpline()))
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) > 1000


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=0-1", slice(0, 2)), ("bytes=44-", slice(44, None)), ("bytes=-10", slice(-10, None))],
)
@pytest.mark.parametrize("path", [path_of(helpline()), "/audio/en/free.0123456789ab.wav"])
def test_a_part_of_a_clip_is_sent_to_who_asks_for_it(asked, part, path):
    """Safari asks for two bytes first, and plays nothing where it gets all of them."""
    whole = get(path)
    assert whole.headers["Accept-Ranges"] == "bytes"
    answer = get(path, Range=asked)
    assert (answer.status_code, answer.data) == (206, whole.data[part])
    first = part.indices(len(whole.data))[0]
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(answer.data) - 1}/{len(whole.data)}"


def test_a_part_that_a_clip_does_not_have_is_refused():
    assert get(path_of(helpline()), Range="bytes=9999999-").status_code == 416


def test_the_hash_of_another_version_gets_the_present_clip_which_is_not_kept():
    answer = get("/audio/en/free.0123456789ab.wav")
    assert answer.status_code == 200
    assert answer.data == get(path_of(helpline())).data
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_clip_that_is_lost_under_a_running_server_is_replaced_by_an_apology(copied, caplog):
    client = app(copied).test_client()
    path = path_of(copied)
    apology = client.get(path_of(copied, "apology")).data
    shutil.rmtree(copied.audio_dir / "en")
    for _ in range(3):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.data == apology
        assert answer.headers["Cache-Control"] == "no-store"
    assert caplog.text.count("the clip en/free is lost") == 1


def test_a_clip_that_was_emptied_under_a_running_server_is_a_lost_one(copied):
    """As a disk without space leaves it."""
    client = app(copied).test_client()
    (copied.audio_dir / "en" / "free.wav").write_bytes(b"")
    assert client.get(path_of(helpline())).data == client.get(path_of(copied, "apology")).data


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("/audio/en/nothing.0123456789ab.wav", "en/apology"),
        ("/audio/vi/free.0123456789ab.wav", "vi/free"),  # made for a demo: the carrier's own voice says it now
        ("/audio/vi/nothing.0123456789ab.wav", "vi/apology"),
        ("/audio/xx/free.0123456789ab.wav", "ja/apology"),
        ("/audio/languages/9.0123456789ab.wav", "ja/apology"),
    ],
)
def test_a_prompt_that_only_another_version_plays_is_heard_if_it_is_there_or_replaced_by_an_apology(path, instead):
    """Its document may still be speaking, or the other of two servers made it."""
    answer = get(path)
    assert (answer.status_code, answer.headers["X-Prompt"]) == (200, instead)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/audio/manifest.json",
        "/audio/en/free.wav",
        "/audio/../pyproject.toml",
        "/audio/en/..%2f..%2fpyproject.0123456789ab.wav",
    ],
)
def test_what_is_not_a_prompt_is_not_found(path):
    assert get(path).status_code == 404


@pytest.mark.parametrize("spoil", ["delete", "truncate", "silence", "swap"])
def test_a_clip_that_is_missing_or_spoilt_is_spoken_by_twilio_instead(copied, spoil, caplog):
    clip = copied.audio_dir / "en" / "free.wav"
    content = clip.read_bytes()
    if spoil == "delete":
        clip.unlink()
    elif spoil == "truncate":
        clip.write_bytes(content[: len(content) // 2])
    elif spoil == "silence":
        clip.write_bytes(content[:80] + b"\xff" * (len(content) - 80))
    else:
        shutil.copy(copied.audio_dir / "en" / "coupon.wav", clip)
    made = call(keys="02", line=copied)
    said = [sound for sound in made.just_heard if sound.kind == "say"]
    assert [(sound.text, sound.language) for sound in said] == [("The vaccine costs nothing.", "en-US")]
    assert "en: 1 prompts without a clip, spoken by the carrier's voice" in caplog.text


def test_a_language_without_clips_and_without_a_voice_is_not_ready(copied):
    voiceless = {name: language.model_copy(update={"say": None}) for name, language in copied.languages.items()}
    about = copied.about.model_copy(update={"languages": voiceless, "first_languages": ("ja",)})
    (copied.audio_dir / "en" / "free.wav").unlink()
    line = replace(copied, about=about)
    assert line_of(line).helpline.ready == set(with_clips()) - {"en"}


def test_a_line_that_could_not_speak_its_first_language_does_not_start(copied):
    languages = {**copied.languages, "ja": copied.languages["ja"].model_copy(update={"say": None})}
    (copied.audio_dir / "ja" / "welcome.wav").unlink()
    line = replace(copied, about=copied.about.model_copy(update={"languages": languages}))
    with pytest.raises(HelplineError, match='"ja" has neither clips nor a voice for: welcome'):
        app(line)


def test_clips_are_fetched_from_the_address_that_is_configured_for_them():
    made = app(helpline(), {**NUMBERS, "AUDIO_URL": "https://cdn.example.org/sounds/"}).test_client()
    assert "https://cdn.example.org/sounds/ja/welcome." in _voice(made)


def _voice(client) -> str:
    from tests.webhooks.test_webhooks import post

    return post("/voice", client=client).text


def test_the_joined_list_is_a_sound_like_any_other():
    made = call()
    heard = next(sound for sound in made.heard if sound.prompt == "languages/1")
    answer = get(heard.url.removeprefix("http://127.0.0.1:8000"))
    assert answer.headers["Cache-Control"].endswith("immutable")
    parts = [call(keys=code).just_heard[0] for code in ("01", "02")]
    assert all(part.text.rstrip("。.") in unquote(answer.headers["X-Prompt-Text"]) for part in parts)


def test_a_document_of_the_edition_before_is_served_the_very_clip_that_it_names():
    line = loaded()
    text = line.helpline.clip_texts["ne"]["free"]
    changed = replace(text, sentences=("Something else.",), written="")
    texts = {**line.helpline.clip_texts, "ne": {**line.helpline.clip_texts["ne"], "free": changed}}
    clip = line.built.find(text)
    address = f"/audio/ne/free.{clip.sha256[:HASH_DIGITS]}.wav"
    pages = Flask(__name__)
    now = replace(line.helpline, clip_texts=texts)
    pages.register_blueprint(sound_pages(replace(line, helpline=now, sounds=Sounds(now, line.catalog))))
    answer = pages.test_client().get(address)
    assert answer.data == line.built.path(clip).read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    for other in ("/audio/ne/free.0123456789ab.wav", address.replace("/ne/", "/xx/")):
        assert pages.test_client().get(other).data != answer.data
