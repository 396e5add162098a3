"""`ivr changes`: what is in force and what waits, the files written, and the check of an edition."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from ivr.audio.line import load_line
from ivr.cli.main import group
from ivr.cli.yaml_export import write_into
from ivr.database.admission import is_admitted
from ivr.database.publications import begin_publication, read_publication
from ivr.database.tables import publications
from ivr.verify.verify import Report
from tests.console.changed import ChangedLine
from tests.database.line import connected

FIGURES = ("states", "answers", "documents", "prompts", "facts", "languages")


@pytest.fixture
def line(tmp_path) -> ChangedLine:
    return ChangedLine(tmp_path)


@pytest.fixture(autouse=True)
def impolite(monkeypatch):
    """The check would make this whole process wait for all others until the end of the tests."""
    asked = []
    monkeypatch.setattr("os.nice", asked.append)
    return asked


def run(line: ChangedLine, *words: str):
    return CliRunner().invoke(
        group, ["--helpline", str(line.folder), "changes", *words], env={"DATABASE_URL": line.url}
    )


def test_changes_are_listed_by_what_became_of_them(line):
    assert "Nobody has changed anything." in run(line, "list").output
    line.publish(line.change("Our night clinic."), line.change("Night nurses.", where=("name",)))
    line.add(line.change("Two, please.", where=("keys", "2")), by="Ken", approved=False)
    file = line.folder / "text/en.yaml"
    file.write_text(file.read_text().replace("name: English", "name: Englisch"))
    told = run(line, "list").output.splitlines()
    assert [each.partition(" (")[0] for each in told] == [
        "in force: text/en.yaml prompts/welcome/name",
        "set aside, the file has changed: text/en.yaml name",
        "suggested: text/en.yaml keys/2",
    ]
    assert "(Ken, " in told[-1]


def test_exported_files_and_rows_agree(line):
    line.publish(line.change("Our night clinic."), line.change(None, "helpline.yaml", ("confirmed_on",)))
    line.publish(line.change("2026-12-01", "helpline.yaml", ("confirmed_on",)))
    before = {path: path.read_text() for path in line.folder.rglob("*.yaml")}
    assert run(line, "export").exit_code == 0
    changed = {path.name for path, text in before.items() if path.read_text() != text}
    assert changed == {"en.yaml", "helpline.yaml"}
    assert "    name: Our night clinic.\n" in (line.folder / "text/en.yaml").read_text()
    assert "confirmed_on: 2026-12-01\n" in (line.folder / "helpline.yaml").read_text()
    assert "The files say all of it already." in run(line, "export").output
    assert "in force, and in the file" in run(line, "list").output


def test_what_was_set_aside_is_not_written(line):
    line.publish(line.change("Our night clinic."))
    file = line.folder / "text/en.yaml"
    file.write_text(file.read_text().replace("name: The night clinic.", "name: That night clinic."))
    answer = run(line, "export")
    assert "not written, since the file has changed: text/en.yaml prompts/welcome/name" in answer.output
    assert "That night clinic." in file.read_text()


def state(line: ChangedLine, number: int):
    with connected(line.url) as connection:
        return read_publication(connection, number)


def test_an_edition_is_published_if_the_check_finds_nothing_and_refused_if_it_does(line, impolite):
    good, bad = line.change("Our night clinic."), line.change(f"The night clinic{' here' * 20}.")
    number = line.begin(line.add(good))
    assert f"Version {number} is published." in run(line, "publish", str(number)).output
    assert impolite == [10]  # calls come first
    assert state(line, number).state == "published"
    assert state(line, number).progress == 0 or state(line, number).progress > 1000
    refused = line.begin(line.add(bad))
    answer = run(line, "publish", str(refused))
    assert answer.exit_code != 0
    (found,) = state(line, refused).findings
    assert (found["rule"], found["file"]) == ("sentence-too-long", "text/en.yaml")
    assert found["place"].startswith("prompts/welcome/name")
    assert line.said() == good.value


def test_what_was_wrong_before_stands_in_nobodys_way_unless_nothing_can_be_loaded(line):
    """A budget that the files themselves exceed; then a file that is broken under the running line."""
    write_into(line.folder / "helpline.yaml", line.change("1", "helpline.yaml", ("limits", "notice")))
    write_into(line.folder / "helpline.yaml", line.change("Hello. " * 5, "helpline.yaml", ("fill", "notice", "en")))
    number = line.begin(line.add(line.change("Night nurses.", "text/es.yaml", ("name",))))
    run(line, "publish", str(number))
    assert state(line, number).state == "published"
    write_into(line.folder / "text/en.yaml", line.change(f"The night clinic{' here' * 20}."))
    number = line.begin(line.add(line.change("Noche", "text/es.yaml", ("name",))))
    run(line, "publish", str(number))
    assert [each["rule"] for each in state(line, number).findings] == ["sentence-too-long"]


def test_a_check_that_fails_is_told(line, monkeypatch):
    monkeypatch.setattr("ivr.verify.edition_check.load_line", lambda *_: 1 / 0)
    number = line.begin(line.add(line.change("Our night clinic.")))
    assert run(line, "publish", str(number)).exit_code != 0
    assert [each["rule"] for each in state(line, number).findings] == ["crash"]


def test_an_edition_opens_the_line_once_it_is_published(line):
    with connected(line.url) as connection:
        number = begin_publication(connection, [], "Aiko", opens=True)
    run(line, "publish", str(number))
    with connected(line.url) as connection:
        assert is_admitted(connection) is True


def test_a_number_that_nobody_asked_for_is_refused(line):
    assert "nobody asked for a version 7" in str(run(line, "publish", "7").exception)


def test_one_that_was_overtaken_says_so(line):
    number = line.begin(line.add(line.change("Our night clinic.")))
    with connected(line.url) as connection:
        connection.execute(update(publications).values(state="refused"))
    line.publish(line.change("Night nurses.", where=("name",)))
    with connected(line.url) as connection:
        connection.execute(update(publications).where(publications.c.id == number).values(state="checking"))
    assert "overtaken" in str(run(line, "publish", str(number)).exception)
    assert [each["rule"] for each in state(line, number).findings] == ["overtaken"]


def test_the_check_lays_what_staff_published_over_the_files(line, tmp_path, monkeypatch):
    checked = []

    def verify(folder, changes):
        checked.append(changes)
        return Report(load_line(folder, changes), figures=dict.fromkeys(FIGURES, 1))

    change = line.change("Another night clinic.")
    line.publish(change)
    monkeypatch.setattr("ivr.cli.check.verify", verify)
    nowhere = f"sqlite:///{tmp_path / 'nowhere' / 'ivr.db'}"
    told = [
        CliRunner().invoke(group, ["--helpline", str(line.folder), "check"], env={"DATABASE_URL": url})
        for url in (line.url, "", nowhere)
    ]
    assert checked == [(change,), (), ()]
    assert "without what staff published" in told[2].output
    assert [each.exit_code for each in told] == [0, 0, 0]
