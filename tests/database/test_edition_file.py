"""The edition that a machine keeps for a start without a database."""

from __future__ import annotations

import pytest

from ivr.content.changes import Change
from ivr.database.edition_file import edition_file, keep, kept
from ivr.database.publications import Edition

EDITION = Edition(7, (Change("text/en.yaml", ("a", "b"), "x" * 16, {"text": ["言葉"], "gloss": None}),))


def test_what_is_kept_is_read_again(tmp_path):
    file = tmp_path / "edition.json"
    assert kept(file) == Edition()
    keep(file, EDITION)
    assert kept(file) == EDITION
    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.parametrize("damaged", ["", "{", "[]", "[1]", '[1, [["a"]]]', '["x", []]', "null", "\x00"])
def test_a_damaged_file_is_told_and_the_files_alone_are_served(tmp_path, damaged, caplog):
    file = tmp_path / "edition.json"
    file.write_text(damaged)
    assert kept(file) == Edition()
    assert "can't be read" in caplog.text


def test_a_folder_that_can_t_be_written_is_told_and_no_more(tmp_path, caplog):
    file = tmp_path / "nothing" / "edition.json"
    keep(file, EDITION)
    assert "callers hear the files alone" in caplog.text
    assert kept(file) == Edition()


def test_it_lies_where_systemd_keeps_the_line_s_state_or_beside_the_database(tmp_path, monkeypatch):
    assert edition_file(tmp_path / "ivr.db") == tmp_path / "ivr.edition.json"
    monkeypatch.setenv("STATE_DIRECTORY", f"{tmp_path}/state:/other")
    assert edition_file(tmp_path / "ivr.db") == tmp_path / "state" / "ivr.edition.json"
