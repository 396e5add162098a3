"""The files of the last resort: complete, true to the content, and safe to write."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.cli.main import group
from ivr.errors import HelplineError
from ivr.fallback.documents import documents
from ivr.fallback.export import INDEX_PATH, LIST_OF_FILES, Export, make, write
from tests.cast import CINGA, FRESC, NUMBERS, ROOT, changed, helpline, line_with, loaded, offered

URL = "https://fallback.example/line"
LINKS = re.compile(r'action="([^"]*)"|<Redirect method="POST">([^<]*)<')
LAST = re.compile(rf'<Redirect method="POST">{URL}/([^<]*)</Redirect></Response>$')
SOUNDS = re.compile(r"<Play>([^<]*)<")


@cache
def made() -> Export:
    return make(loaded(), URL)


def text(name: str) -> str:
    return made().documents[name].decode()


def links(name: str) -> list[str]:
    """Where a document leads, as names of documents: by keys and by silence."""
    return [(action or silence).removeprefix(f"{URL}/") for action, silence in LINKS.findall(text(name))]


def test_every_document_can_be_reached_from_the_first_one_and_none_is_missing():
    found, ahead = set(), [INDEX_PATH.removeprefix("/")]
    while ahead:
        name = ahead.pop()
        found.add(name)
        ahead += set(links(name)) - found
    assert found == set(made().documents)


def test_silence_leads_from_every_document_to_a_goodbye():
    for name in made().documents:
        passed = []
        while not text(name).endswith("<Hangup /></Response>"):
            assert name not in passed
            passed.append(name)
            name = LAST.search(text(name))[1]
        last = SOUNDS.findall(text(name)) or re.findall(r"<Say[^>]*>([^<]*)<", text(name))
        goodbyes = {lines["goodbye"].sentences[-1] for lines in helpline().clip_texts.values()}
        assert "/goodbye." in last[-1] or last[-1] in goodbyes


def test_all_addresses_lie_below_the_one_that_was_given_and_every_sound_is_there():
    played = {sound for name in made().documents for sound in SOUNDS.findall(text(name))}
    assert {sound.removeprefix(f"{URL}/") for sound in played} == set(made().sounds)
    assert all(link in made().documents for name in made().documents for link in links(name))


def test_only_languages_that_callers_are_offered_are_there_and_twilio_speaks_what_has_no_clip():
    assert {name.partition("/")[0] for name in made().documents if "/" in name} == set(offered())
    assert made().languages == len(offered())
    assert '<Say language="fil-PH" voice="Google.fil-PH-Wavenet-A">' in text("tl/main.xml")


def test_there_is_time_to_press_a_key_after_a_language_and_after_an_option():
    for name, seconds in (("languages.xml", "2"), ("en/main/options.xml", "3")):
        assert set(re.findall(r'timeout="(\d+)"', text(name))) == {seconds}, name


def test_back_leads_to_the_options_of_the_page_above():
    assert "en/papers/options.xml" in links("en/group_a/options.xml")


def test_a_folder_that_is_served_has_every_sound_before_the_documents_that_play_it():
    names = [*made().files]
    assert names[: len(made().sounds)] == [*made().sounds]


def test_nobody_can_be_rung_and_no_setting_is_in_the_files(monkeypatch):
    for name, number in NUMBERS.items():
        monkeypatch.setenv(name, number)
    everything = b"".join(make(loaded(), URL).documents.values()).decode()
    assert "Dial" not in everything
    assert CINGA not in everything
    assert FRESC not in everything


def test_the_same_content_makes_the_same_bytes_in_the_same_order():
    again = make(line_with(helpline()), URL)
    assert list(again.files.items()) == list(made().files.items())


def test_what_was_withdrawn_is_not_told():
    without = make(line_with(changed(withdrawn=("F4",))), URL)
    assert any("/free." in name for name in made().sounds)
    assert not any("/free." in name for name in without.sounds)


def test_a_clip_that_is_lost_meanwhile_stops_the_export(tmp_path, monkeypatch):
    for source in helpline().audio_dir.iterdir():
        (tmp_path / source.name).symlink_to(source)

    def losing(line):
        (tmp_path / "en").unlink()
        return documents(line)

    monkeypatch.setattr("ivr.fallback.export.documents", losing)
    with pytest.raises(HelplineError, match=r"the clip .*/en/.* is lost"):
        make(line_with(replace(helpline(), audio_dir=tmp_path)), URL)


# The folder


SMALL = Export({"index.xml": b"<Response/>", "en/main.xml": b"<Response/>"}, {"audio/en/a.wav": b"RIFF"}, 1)


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_folder_holds_the_files_and_a_list_of_them(tmp_path):
    write(SMALL, tmp_path / "new")
    assert files(tmp_path / "new") == {**SMALL.files, LIST_OF_FILES: b"audio/en/a.wav\nen/main.xml\nindex.xml\n"}


def test_a_folder_that_was_made_so_is_replaced_and_what_is_no_longer_there_goes(tmp_path):
    write(SMALL, tmp_path)
    (tmp_path / "index.xml").write_bytes(b"old")
    fewer = Export({"index.xml": b"<Response/>"}, {}, 1)
    write(fewer, tmp_path)
    assert files(tmp_path) == {**fewer.files, LIST_OF_FILES: b"index.xml\n"}


def test_what_an_export_that_broke_off_has_left_goes_with_the_next(tmp_path, monkeypatch):
    write(SMALL, tmp_path)
    other = Export({"index.xml": b"<Response/>"}, {"audio/en/b.wav": b"RIFF"}, 1)

    def only_the_list(file: Path, content: bytes) -> None:
        if file.name != LIST_OF_FILES:
            raise OSError("disk full")
        file.write_bytes(content)

    with monkeypatch.context() as breaking:
        breaking.setattr("ivr.fallback.export.put_in_place", only_the_list)
        with pytest.raises(HelplineError, match="can't be written: disk full"):
            write(other, tmp_path)
    write(other, tmp_path)
    assert files(tmp_path).keys() == {*other.files, LIST_OF_FILES}


def test_what_somebody_put_beside_it_stays(tmp_path):
    write(SMALL, tmp_path)
    (tmp_path / ".htaccess").write_text("mine")
    write(Export({"index.xml": b"<Response/>"}, {}, 1), tmp_path)
    assert files(tmp_path)[".htaccess"] == b"mine"


def test_a_folder_of_somebody_elses_is_refused_and_nothing_in_it_is_touched(tmp_path):
    (tmp_path / "index.xml").write_text("mine")
    with pytest.raises(HelplineError, match="holds something else and was not touched"):
        write(SMALL, tmp_path)
    assert files(tmp_path) == {"index.xml": b"mine"}


def test_a_list_that_names_files_elsewhere_does_not_delete_them(tmp_path):
    (tmp_path / "mine").write_text("mine")
    write(SMALL, tmp_path / "made")
    (tmp_path / "made" / LIST_OF_FILES).write_text("../mine\nindex.xml\n")
    write(SMALL, tmp_path / "made")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(HelplineError):
        write(SMALL, tmp_path / "file")


# The command


def ivr(target: Path, url: str) -> Result:
    return CliRunner().invoke(
        group, ["--helpline", str(ROOT / "prompts"), "fallback", "export", str(target), "--url", url]
    )


def test_the_command_tells_what_it_made_and_what_to_set(tmp_path):
    done = ivr(tmp_path / "new", "http://127.0.0.1:8080/")
    assert done.exit_code == 0, done.output
    assert f"documents in {len(offered())} languages" in done.output
    assert "FALLBACK_URL=http://127.0.0.1:8080/index.xml" in done.output
    assert len(files(tmp_path / "new")) == len(made().files) + 1


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://fallback.example", "https"),
        ("fallback.example", "https"),
        ("", "--url is empty; right would be https://host"),
        (
            "https://fallback.example.org/index.xml",
            "--url: right would be https://fallback.example.org, without /index.xml",
        ),
    ],
)
def test_an_address_that_callers_could_not_be_sent_to_is_refused(tmp_path, url, told):
    done = ivr(tmp_path / "new", url)
    assert done.exit_code == 1
    assert told in str(done.exception)
    assert not (tmp_path / "new").exists()


def test_content_that_nobody_has_confirmed_is_not_made_for_the_public(tmp_path, monkeypatch):
    monkeypatch.setattr("ivr.cli.fallback.load_line", lambda _folder, _changes: line_with(changed(confirmed_on=None)))
    done = ivr(tmp_path / "new", URL)
    assert done.exit_code == 1
    assert "confirmed_on is empty: confirm first" in str(done.exception)
    today = datetime.now(helpline().about.time_zone).date()
    confirmed = line_with(changed(confirmed_on=min(today, date(2021, 10, 1))))
    monkeypatch.setattr("ivr.cli.fallback.load_line", lambda _folder, _changes: confirmed)
    assert ivr(tmp_path / "new", URL).exit_code == 0
