"""What waits, the history, going back, and how far an edition is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.wrappers import Response

from ivr.console.changes import changes_page
from ivr.console.changes.described import voice_of
from ivr.console.changes.publishing import publish_saved
from ivr.console.sign_in import auth
from ivr.console.sign_in.auth import COORDINATOR, STAFF, Person
from ivr.database.in_force import Worker, read_edition, write_down
from ivr.database.publications import begin_going_back, publish, read_publication, refuse, report_progress, withdraw
from ivr.database.tables import changes, edition, publications
from tests.cast import loaded
from tests.console.changed import WHERE, ChangedLine
from tests.database.line import connected
from tests.staff import text_of, token

LONG_AGO = datetime.now(UTC) - timedelta(minutes=5)


@pytest.fixture
def line(changed_line) -> ChangedLine:
    return changed_line


def asked(line: ChangedLine, number: int):
    with connected(line.url) as connection:
        return read_publication(connection, number)


def test_an_edition_is_followed_from_its_check_to_every_worker(line):
    browser = line.browser()
    assert browser.get("/console/changes/1").status_code == 404
    number = line.begin(line.add(line.change("Our night clinic."), by="Aiko"))
    with connected(line.url) as connection:
        report_progress(connection, number, 12_000)
    page = browser.get(f"/console/changes/{number}")
    told = text_of(page)
    assert "Being checked" in told
    assert "12,000 answers looked at" in told
    assert "The night clinic. " in told
    assert "Our night clinic." in told
    assert "Aiko" in told
    assert 'href="/console/changes/1">Look again' in page.text
    with connected(line.url) as connection:
        assert publish(connection, number)
    assert "It is being applied" in text_of(browser.get(f"/console/changes/{number}"))
    with connected(line.url) as connection:
        write_down(connection, Worker(), read_edition(connection))
    page = browser.get(f"/console/changes/{number}")
    assert "Published, and in force" in text_of(page)
    for again in ("data-again", "again.js", "Look again"):
        assert again not in page.text
    with connected(line.url) as connection:
        connection.execute(update(edition).values(number=edition.c.number + 1, at=LONG_AGO))
    assert "Not in force: 1 of 1 programs" in text_of(browser.get(f"/console/changes/{number}"))
    line.publish(line.change("Your night clinic."))
    assert "since replaced by a later version" in text_of(browser.get(f"/console/changes/{number}"))


def test_a_refused_edition_says_in_words_why_and_leads_to_the_sentence(line):
    number = line.begin(line.add(line.change("Our night clinic.")))
    found = [
        {"rule": "sentence-too-long", "message": "112", "file": "text/en.yaml", "place": "prompts/welcome/name/text/1"},
        {"rule": "too-long-notice", "message": "9 s", "file": "helpline.yaml", "place": "fill/notice/es"},
        {"rule": "bad-hours", "message": "x", "file": "desks.yaml", "place": "desks/nurse/hours"},
        {"rule": "language-lost", "message": "es", "file": "text/es.yaml"},
        {"rule": "a-rule-of-tomorrow", "message": "said exactly"},
    ]
    with connected(line.url) as connection:
        refuse(connection, number, found)
    page = line.browser().get(f"/console/changes/{number}")
    told = text_of(page)
    for words in (
        "Not published",
        "longer than 100 characters",
        "The notice is too long",
        "The check found a mistake.",
        "Sentence: English welcome/name",
        "Notice: Spanish",
        "Usual hours NURSE",
        "Language: Spanish",
    ):
        assert words in told
    assert "said exactly" in told
    for address in ("/console/changes/text/en/welcome", "/console/desks"):
        assert f'href="{address}"' in page.text
    japanese = text_of(line.browser().get(f"/console/changes/{number}?lang=ja"))
    assert "100字を超える文があります" in japanese


def test_changes_of_all_kinds_are_shown_in_words_and_lead_to_their_page(line):
    notice = {"text": "Cerrado.", "from": "2026-12-01", "to": "2026-12-05"}
    line.add(line.change(["free"], "helpline.yaml", ("withdrawn",)))
    line.add(line.change(notice, "helpline.yaml", ("fill", "notice", "es")))
    line.add(line.change("2026-12-01", "helpline.yaml", ("holidays_verified_until",)))
    line.add(line.change(["es"], "helpline.yaml", ("accepted_voices",)))
    line.add(line.change({"monday-friday": ["09:00-12:00"]}, "desks.yaml", ("desks", "nurse", "hours")))
    line.add(line.change({"text": "No. 2", "gloss": "two", "spoken": "number two"}))
    page = line.browser().get("/console/changes")
    told = text_of(page)
    for words in (
        "Facts that callers are no longer told",
        "free: A visit is free of charge.",
        "Notice: Spanish Español approved",
        "Cerrado. From Tue 1 Dec 2026 to Sat 5 Dec 2026",
        "Holidays compared until approved Before nothing After Tue 1 Dec 2026",
        "Voices accepted for now approved Before nothing After Spanish",
        "Usual hours NURSE approved",
        "Before Monday to Thursday: 09:00 to 12:00 and 13:30 to 18:00 Friday: 09:00 to 12:00",
        "After Monday to Friday: 09:00 to 12:00 Saturday to Sunday: closed",
        "What the speech engine reads instead: number two",
    ):
        assert words in told
    for address in ("still-true", "notices", "holidays", "desks"):
        assert f'href="/console/{address}">Look at it' in page.text
    japanese = text_of(line.browser().get("/console/changes?lang=ja"))
    for words in (
        "通常の時間 NURSE",
        "月曜日から木曜日: 09:00から12:00までと13:30から18:00まで",
        "土曜日から日曜日: 休み",
        "2026年12月1日",
    ):
        assert words in japanese
    for raw in ("monday-", ".yaml", "holidays_verified", "accepted_voices", "fill", "spoken:", "to:"):
        assert raw not in told + japanese
    line.add(line.change("Nuestra clínica de noche.", "text/es.yaml", WHERE))
    assert "What it is to say" not in text_of(line.browser().get("/console/changes"))


def test_what_no_page_makes_is_shown_as_it_stands_in_the_file(line):
    line.add(line.change({"every day": "from nine"}, "desks.yaml", ("desks", "nurse", "hours")))
    line.add(line.change("tell", "desks.yaml", ("desks", "nurse", "status")))
    told = text_of(line.browser().get("/console/changes"))
    assert "every day: from nine" in told
    assert "Desk nurse, status approved Before transfer After tell" in told


def test_a_check_that_died_is_repeated_by_a_button(line):
    number = line.begin(line.add(line.change("Our night clinic.")))
    with connected(line.url) as connection:
        connection.execute(update(publications).values(at=LONG_AGO))
    browser = line.browser()
    page = browser.get(f"/console/changes/{number}")
    assert "interrupted" in text_of(page)
    answer = browser.post(f"/console/changes/{number}/again", data={"csrf_token": token(page)})
    assert answer.location == f"/console/changes/{number + 1}"
    assert asked(line, number + 1).state == "checking"
    again = browser.post(f"/console/changes/{number}/again", data={"csrf_token": token(page)})
    assert again.status_code == 409
    assert "being checked at this moment" in text_of(again)


def test_one_that_was_overtaken_is_published_upon_the_other(line):
    mine, theirs = line.change("Our night clinic."), line.change("Night nurses.", where=("name",))
    number = line.begin(line.add(mine))
    with connected(line.url) as connection:
        connection.execute(update(publications).values(at=LONG_AGO))
    line.publish(theirs)
    with connected(line.url) as connection:
        assert not publish(connection, number)
    browser = line.browser()
    page = browser.get(f"/console/changes/{number}")
    assert "Somebody else published meanwhile" in text_of(page)
    again = browser.post(f"/console/changes/{number}/again", data={"csrf_token": token(page)}).location
    with connected(line.url) as connection:
        assert publish(connection, int(again.rpartition("/")[2]))
    assert (line.said(), line.said("name")) == (mine.value, theirs.value)


def do(browser, what: str, *chosen: int, page: str = "/console/changes"):
    form = {"csrf_token": token(browser.get(page)), "do": what, "change": [str(each) for each in chosen]}
    return browser.post(page, data=form)


def states(line: ChangedLine) -> list[str]:
    with connected(line.url) as connection:
        return list(connection.scalars(select(changes.c.state).order_by(changes.c.id)))


def test_what_waits_is_approved_declined_and_published_together(line):
    first = line.add(line.change("Our night clinic."), by="Aiko", approved=False)
    second = line.add(line.change("Night nurses.", where=("name",)), by="Ken", approved=False)
    third = line.add(line.change("Two.", where=("keys", "2")), by="Ken")
    browser = line.browser()
    page = browser.get("/console/changes")
    for words in ("Aiko", "Ken", "The night clinic.", "Our night clinic.", "suggested", "approved"):
        assert words in text_of(page)
    assert [ticked(page, number) for number in (first, second, third)] == [False, False, True]
    assert "Approved." in text_of(browser.get(do(browser, f"approve-{first}").location))
    assert "Withdrawn." in text_of(browser.get(do(browser, f"withdraw-{second}").location))
    assert states(line) == ["approved", "withdrawn", "approved"]
    nothing = do(browser, "publish")
    assert (nothing.status_code, "Tick at least one" in text_of(nothing)) == (422, True)
    number = int(do(browser, "publish", first, second, third).location.rpartition("/")[2])
    page = browser.get("/console/changes")
    assert text_of(page).count("being checked") > 2
    assert f'value="withdraw-{first}"' not in page.text
    late = do(browser, f"withdraw-{first}")
    assert (late.status_code, "are being checked at this moment" in text_of(late)) == (409, True)
    assert "History" in text_of(late)
    with connected(line.url) as connection:
        assert publish(connection, number)
    assert states(line) == ["published", "withdrawn", "published"]


def test_what_was_withdrawn_meanwhile_is_not_published(line, monkeypatch):
    number = line.add(line.change("Our night clinic."))

    def late(*asked: Any) -> Response:
        with connected(line.url) as connection:
            withdraw(connection, (number,))
        return publish_saved(*asked)

    monkeypatch.setattr(changes_page, "publish_saved", late)
    answer = do(line.browser(), "publish", number)
    assert (answer.status_code, "Nothing was done" in text_of(answer)) == (409, True)
    assert (states(line), asked(line, 1)) == (["withdrawn"], None)


def ticked(page, number: int) -> bool:
    return "checked" in page.text.partition(f'name="change" value="{number}"')[2].partition(">")[0]


def test_an_edition_says_who_suggested_approved_and_published_it_and_who_went_back(line, monkeypatch):
    first = line.add(line.change("Our night clinic."), by="Hanako", approved=False)
    browser = line.browser()
    monkeypatch.setattr(auth, "DEMO", Person("Aiko", COORDINATOR))
    assert "Suggested by: Hanako , " in text_of(browser.get("/console/changes"))
    do(browser, f"approve-{first}")
    assert re.search(
        r"Suggested by: Hanako , [^·]* · Approved by: Aiko , \w+ \d", text_of(browser.get("/console/changes"))
    )
    own = line.add(line.change("Night nurses.", where=("name",)), by="Ken")
    number = line.begin(first, own, by=auth.FIRST.name)
    assert "Publication requested by: First coordinator , " in text_of(browser.get(f"/console/changes/{number}"))
    with connected(line.url) as connection:
        assert publish(connection, number)
        connection.execute(update(publications).values(at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC)))
        back = begin_going_back(connection, 0, "Mei")
        assert publish(connection, back)
        again = begin_going_back(connection, number, "Mei")
        refuse(connection, again, [])
    for path in ("/console/changes", f"/console/changes/{number}"):
        told = text_of(browser.get(path))
        assert "Published by: First coordinator , Tue 1 Dec 2026, 04:30" in told
        assert "Suggested by: Hanako , " in told
        assert "Approved by: Aiko , " in told
        assert "Changed by: Ken , " in told
    told = text_of(browser.get("/console/changes"))
    assert "Went back to the files · Published by: Mei , " in told
    assert f"Went back to version {number} · Publication requested by: Mei , " in told
    assert told.count("Went back") == 2
    assert "Went back to the files · Published by: Mei , " in text_of(browser.get(f"/console/changes/{back}"))
    assert "公開: 最初のコーディネーター , " in text_of(browser.get("/console/changes?lang=ja"))
    history = browser.get("/console/people/history?lang=en")
    assert f"approved a change {first}" in text_of(history)
    assert f'published a version</td><td><a href="/console/changes/{number}">Version {number}</a>' in history.text


NOTICES = {language: ("fill", "notice", language) for language in ("en", "es", "fr")}


def notices(line: ChangedLine, by: str, *languages: str) -> list[int]:
    said = {language: line.change(f"{language}.", "helpline.yaml", NOTICES[language]) for language in languages}
    return [line.add(each, by=by, approved=False) for each in said.values()]


def test_what_one_person_made_together_is_approved_and_withdrawn_by_one_button(line):
    numbers = notices(line, "Mei", "en", "es", "fr")
    alone = line.add(line.change("Our night clinic."), by="Mei", approved=False)
    browser, all_of_them = line.browser(), ",".join(map(str, numbers))
    page = browser.get("/console/changes")
    assert "Notice 3 changes Mei Approve all 3 Decline all 3" in text_of(page)
    assert 'aria-label="Approve all 3: Notice 3 changes Mei"' in page.text
    assert "3件すべて承認する" in text_of(line.browser().get("/console/changes?lang=ja"))
    assert all(f'value="approve-{each}"' in page.text for each in (*numbers, alone))
    assert "Approved." in text_of(browser.get(do(browser, f"approve-{all_of_them}").location))
    assert states(line) == ["approved", "approved", "approved", "suggested"]
    page = browser.get("/console/changes")
    assert [ticked(page, number) for number in (*numbers, alone)] == [True, True, True, False]
    assert "Notice 3 changes Mei Withdraw all 3" in text_of(page)
    assert "Approve all" not in text_of(page)
    assert do(browser, f"withdraw-{all_of_them}").status_code == 303
    assert states(line) == ["withdrawn", "withdrawn", "withdrawn", "suggested"]
    assert do(browser, "approve-1,x").status_code == 400
    assert do(browser, "approve-").status_code == 400


def test_none_is_approved_or_withdrawn_if_one_was_changed_meanwhile(line):
    english, spanish, french = notices(line, "Mei", "en", "es", "fr")
    browser = line.browser()
    notices(line, "Mei", "es")
    for action in ("approve", "withdraw"):
        late = do(browser, f"{action}-{english},{spanish},{french}")
        assert (late.status_code, "Nothing was done" in text_of(late)) == (409, True)
    assert states(line) == ["suggested", "withdrawn", "suggested", "suggested"]
    do(browser, f"approve-{english}")
    assert do(browser, f"approve-{english},{french}").status_code == 409, "a colleague approved it"
    assert states(line)[2] == "suggested"


def test_what_two_people_changed_is_left_out_of_the_button_and_refused_if_it_comes_meanwhile(line):
    english, spanish, french = notices(line, "Mei", "en", "es", "fr")
    (rival,) = notices(line, "Ken", "en")
    browser = line.browser()
    page = browser.get("/console/changes")
    assert f'value="approve-{spanish},{french}"' in page.text
    assert text_of(page).count("Somebody changed the same words, too") == 2
    late = do(browser, f"approve-{english},{spanish},{french}")
    assert (late.status_code, states(line)) == (409, ["suggested"] * 4)
    assert do(browser, f"approve-{rival}").status_code == 303


def test_two_versions_of_the_same_words_are_shown_and_not_published_together(line):
    one = line.add(line.change("Our night clinic."), by="Aiko")
    two = line.add(line.change("Your night clinic."), by="Ken")
    browser = line.browser()
    page = browser.get("/console/changes")
    assert text_of(page).count("Somebody changed the same words, too") == 2
    assert not ticked(page, one) | ticked(page, two)
    both = do(browser, "publish", one, two)
    assert (both.status_code, "Two changes of the same words" in text_of(both)) == (422, True)
    with connected(line.url) as connection:
        assert publish(connection, line.begin(two))
    page = text_of(line.browser().get("/console/changes"))
    assert "The words in force were changed after this was written" in page
    assert states(line) == ["approved", "published"]


def test_a_new_version_of_the_same_person_takes_the_place_of_the_last_one(line):
    line.add(line.change("Our night clinic."), by="Aiko")
    line.add(line.change("Your night clinic."), by="Aiko")
    assert states(line) == ["withdrawn", "approved"]


def test_what_a_new_release_contradicts_is_set_aside_and_let_go_by_a_button(line):
    kept = line.publish(line.change("Our night clinic."), line.change("Night nurses.", where=("name",)))
    waiting = line.add(line.change("This night clinic."))
    file = line.folder / "text/en.yaml"
    file.write_text(file.read_text().replace("name: The night clinic.", "name: That night clinic."))
    assert line.said() == "That night clinic."
    browser = line.browser()
    page = browser.get("/console/changes")
    aside = text_of(page).partition("Set aside")[2].partition("History")[0]
    assert "The file says now That night clinic. The change said Our night clinic." in aside
    assert "can't be published" in text_of(page)
    assert f'name="change" value="{waiting}"' not in page.text
    answer = do(browser, "drop-1")
    with connected(line.url) as connection:
        assert publish(connection, int(answer.location.rpartition("/")[2]))
    page = text_of(line.browser().get("/console/changes"))
    assert "Set aside" not in page
    assert line.said("name") == "Night nurses."
    assert kept


def test_all_that_was_set_aside_is_let_go_by_one_button(line):
    line.publish(line.change("Our night clinic."), line.change("Night nurses.", where=("name",)))
    file = line.folder / "text/en.yaml"
    changed = file.read_text().replace("name: The night clinic.", "name: That night clinic.")
    file.write_text(changed.replace("name: English", "name: Englisch"))
    browser = line.browser()
    page = browser.get("/console/changes")
    assert "Let all 2 go" in text_of(page)
    answer = do(browser, "drop-1,2")
    with connected(line.url) as connection:
        assert publish(connection, int(answer.location.rpartition("/")[2]))
    assert "Set aside" not in text_of(line.browser().get("/console/changes"))


def test_going_back_asks_first_and_leads_through_the_check(line):
    one = line.publish(line.change("Our night clinic."))
    line.publish(line.change("Your night clinic."), line.change("Night nurses.", where=("name",)))
    browser = line.browser()
    page = browser.get("/console/changes")
    assert page.text.count("/back") == 2  # to the first version, and to the files
    asks = browser.get(f"/console/changes/{one}/back")
    told = text_of(asks)
    assert "Before Your night clinic. After Our night clinic." in told
    assert "Before Night nurses. After English" in told
    form = {"csrf_token": token(asks), "in_force": "1"}
    late = browser.post(f"/console/changes/{one}/back", data=form)
    assert (late.status_code, "Another version was published meanwhile" in text_of(late)) == (409, True)
    answer = browser.post(f"/console/changes/{one}/back", data={**form, "in_force": "2"})
    with connected(line.url) as connection:
        assert publish(connection, int(answer.location.rpartition("/")[2]))
    assert (line.said(), line.said("name")) == ("Our night clinic.", "English")
    assert states(line) == ["published", "withdrawn", "withdrawn"]
    assert browser.get("/console/changes/99/back").status_code == 404


def test_a_language_without_a_voice_waits():
    served = loaded().helpline
    assert [voice_of(served, name) for name in ("en", "ne", "mn")] == ["carrier", "waits", ""]


def test_without_a_database_the_pages_say_so(line):
    browser = line.serve(DATABASE_URL="").test_client()
    for path in ("/console/changes", "/console/changes/text/en/welcome"):
        assert "set DATABASE_URL" in text_of(browser.get(path))
    down = line.serve(DATABASE_URL="sqlite:////nowhere/ivr.db").test_client()
    for path in ("/console/changes", "/console/changes/1"):
        page = down.get(path)
        assert page.status_code == 503
        assert "The database doesn't answer" in text_of(page)


def test_who_may_only_suggest_withdraws_their_own_words_and_nothing_else(line, monkeypatch):
    mine = line.add(line.change("Our night clinic."), by="Mei", approved=False)
    theirs = line.add(line.change("Night nurses.", where=("name",)), by="Ken", approved=False)
    line.publish(line.change("Two, please.", where=("keys", "2")))
    browser = line.browser()
    monkeypatch.setattr(auth, "DEMO", Person("Mei", STAFF))
    page = browser.get("/console/changes")
    for button in ("publish", f"approve-{mine}", f"withdraw-{theirs}"):
        assert f'value="{button}"' not in page.text
    for refused in ("publish", f"approve-{mine}", f"withdraw-{theirs}", "drop-3"):
        assert do(browser, refused, mine).status_code in (400, 403), refused
    assert do(browser, f"withdraw-{mine},{theirs}").status_code == 403
    assert do(browser, f"withdraw-{mine}").status_code == 303
    assert states(line) == ["withdrawn", "suggested", "published"]
    together = notices(line, "Mei", "en", "es")
    page = browser.get("/console/changes")
    assert "Withdraw all 2" in text_of(page)
    assert "Approve all" not in text_of(page)
    assert do(browser, f"withdraw-{together[0]},{together[1]}").status_code == 303
