"""The page People: invitations, signing in by name, sessions that end elsewhere, and who changed what."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import get_args

import pytest
import time_machine
from argon2 import extract_parameters

from ivr.console.sign_in import passwords
from ivr.database import tables
from ivr.database.accounts import change_password, find_account
from ivr.database.audit import What
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext
from ivr.web.words import words_in
from tests.cast import app, helpline
from tests.database.line import connected, counting, sqlite_url
from tests.staff import PASSWORD, SECRET, SETTINGS, sign_in, stranger, text_of, token

OWN = "one of my own, quite long"
NAMES = iter(f"Person {letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    return sqlite_url(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="module")
def workers(url):
    """Two, which know of each other by the database only."""
    threads = [counting(url) for _worker in range(2)]
    for thread in threads:
        thread.start()
    environ = {**SETTINGS, "SECRET_KEY": SECRET, "DATABASE_URL": url}
    yield [app(helpline(), environ, thread) for thread in threads]
    for thread in threads:
        thread.stop()


@pytest.fixture(scope="module")
def boss(workers):
    browser = stranger(workers[0])
    sign_in(browser)
    return browser


def send(browser, path: str = "/console/people", **form: str):
    return browser.post(path, data={"csrf_token": token(browser.get("/console/people")), **form})


def link_on(page) -> str:
    """Below the line's own address."""
    return re.search(r'value="http://[^/"]+(/console/invitation/[^"]+)"', page.text)[1]


def invite(boss, name: str, role: str = "staff") -> str:
    return link_on(send(boss, do="invite", name=name, role=role))


def choose(browser, link: str, password: str = OWN):
    return browser.post(link, data={"csrf_token": token(browser.get(link)), "password": password})


def joined(boss, served, role: str = "staff"):
    """Somebody new, who has just used the link, by name and browser."""
    name, browser = next(NAMES), stranger(served)
    assert choose(browser, invite(boss, name, role)).status_code == 303
    return name, browser


def number_of(boss, name: str) -> str:
    return re.search(rf'<h3>{name}.*?name="account" value="(\d+)"', boss.get("/console/people").text, re.S)[1]


def is_in(browser) -> bool:
    return browser.get("/console/people").status_code == 200


def history(boss) -> str:
    return text_of(boss.get("/console/people/history"))


def test_a_link_shows_whom_it_invites_takes_a_password_and_works_once(boss, workers):
    link, browser = invite(boss, " Sato  Hana "), stranger(workers[1])
    assert "/console/invitation/" not in boss.get("/console/people").text
    page = browser.get(link)
    assert 'value="Sato Hana" autocomplete="username"' in page.text
    assert 'autocomplete="new-password"' in page.text
    assert "Staff: sees everything" in text_of(page)
    short = choose(browser, link, "too short")
    assert short.status_code == 422
    assert "At least 12 characters." in text_of(short)
    assert choose(browser, link).location == "/console/"
    assert "Sato Hana you Staff · last signed in" in text_of(browser.get("/console/people"))
    again = stranger(workers[0]).get(link)
    assert again.status_code == 410
    assert "no longer valid" in text_of(again)
    assert sign_in(stranger(workers[0]), OWN, name="ｓａｔｏ hana").status_code == 302
    for told in ("First coordinator invited Sato Hana: Staff", "Sato Hana chose a password", "Sato Hana signed in"):
        assert told in history(boss)


def test_whoever_took_too_long_to_choose_a_password_is_led_back_to_the_link(boss, workers):
    link = invite(boss, next(NAMES))
    stale = stranger(workers[1]).post(link, data={"csrf_token": "x", "password": OWN})
    assert stale.status_code == 400
    assert f'<a href="{link}">' in stale.text
    assert OWN not in stale.text


@pytest.mark.parametrize("meanwhile", ["later", "link", "end"])
def test_a_link_that_expired_was_replaced_or_withdrawn_is_refused_in_words(boss, workers, meanwhile):
    name = next(NAMES)
    link, browser = invite(boss, name), stranger(workers[1])
    form = {"csrf_token": token(browser.get(link)), "password": OWN}
    if meanwhile == "later":
        with time_machine.travel(datetime.now() + timedelta(days=7, minutes=1), tick=False):
            browser.environ_base["HTTP_COOKIE"] = ""
            assert stranger(workers[1]).get(link).status_code == 410
        return
    send(boss, do=meanwhile, account=number_of(boss, name))
    refused = browser.post(link, data=form)
    assert refused.status_code == 410
    assert "Ask a coordinator for a new one." in text_of(refused)
    assert stranger(workers[1]).get(link + "x").status_code == 410


def test_the_sign_in_does_not_tell_which_names_there_are(boss, workers, monkeypatch):
    name, _browser = joined(boss, workers[0])
    invite(boss, pending := next(NAMES))
    looked = []
    verify = passwords.PasswordHasher.verify
    monkeypatch.setattr(passwords.PasswordHasher, "verify", lambda *each: looked.append(each[1]) or verify(*each))
    answers = []
    for typed, password in ((name, "wrong"), (pending, ""), (pending, "wrong"), ("Nobody", "wrong"), (name, "")):
        answer = sign_in(stranger(workers[0]), password, name=typed)
        answers.append((answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 403
    assert len(looked) == 5  # each took as long
    assert all(extract_parameters(each) == extract_parameters(looked[0]) for each in looked)


def test_the_first_coordinators_password_works_whatever_name_is_typed(workers):
    browser = stranger(workers[1])
    assert sign_in(browser, PASSWORD, name="Nobody at all").status_code == 302
    assert "First coordinator you" in text_of(browser.get("/console/people"))
    assert "First coordinator signed in" in history(browser)


@pytest.mark.parametrize("do", ["role", "link", "end", "sessions"])
def test_whoever_is_changed_is_signed_out_at_every_worker(boss, workers, do):
    name, browser = joined(boss, workers[1])
    assert is_in(browser)
    send(boss, do=do, account=number_of(boss, name), role="coordinator")
    assert not is_in(browser)  # the answer waited for it
    again = sign_in(stranger(workers[1]), OWN, name=name)
    assert (again.status_code == 302) == (do in ("role", "sessions"))


def test_a_session_is_ended_from_another_device(boss, workers):
    name, telephone = joined(boss, workers[1])
    desk, third = stranger(workers[0]), stranger(workers[0])
    assert sign_in(desk, OWN, name=name, headers=FIREFOX).status_code == 302
    assert sign_in(third, OWN, name=name).status_code == 302
    shown = text_of(telephone.get("/console/people"))
    assert "Firefox" in shown
    assert "this browser" in shown
    (one, *_others) = re.findall(r'name="session" value="([1-9]\d*)"', telephone.get("/console/people").text)
    assert "The sessions were ended." in text_of(
        telephone.get(send(telephone, "/console/people/sessions", session=one).location)
    )
    assert (is_in(telephone), is_in(desk), is_in(third)).count(False) == 1
    send(telephone, "/console/people/sessions", session="0")
    assert (is_in(telephone), is_in(desk), is_in(third)) == (True, False, False)
    assert f"{name} ended sessions {name}" in history(boss)


def test_nobody_ends_a_session_of_somebody_else(boss, workers, url):
    _name, browser = joined(boss, workers[0])
    with connected(url) as connection:
        (others, *_) = connection.scalars(tables.sessions.select().where(tables.sessions.c.account == 0))
    send(browser, "/console/people/sessions", session=str(others))
    send(browser, "/console/people/sessions", session="0")
    assert is_in(boss)
    assert is_in(browser)
    for odd in ("", "x", "-1", "9" * 30):
        assert send(browser, "/console/people/sessions", session=odd).status_code == 400


def test_somebody_changes_their_password_and_is_signed_out_elsewhere(boss, workers):
    name, telephone = joined(boss, workers[1])
    desk, where, new = stranger(workers[0]), "/console/people/password", "another one of my own"
    sign_in(desk, OWN, name=name)
    assert f'href="{where}"' in telephone.get("/console/people").text
    for present, wished, told in ((OWN, "too short", "At least 12 characters."), (new, new, "isn't your present")):
        answer = send(telephone, where, present_password=present, new_password=wished)
        assert (answer.status_code, told in text_of(answer)) == (422, True)
    assert is_in(desk)
    done = send(telephone, where, present_password=OWN, new_password=new)
    assert "Your password was changed" in text_of(telephone.get(done.location))
    assert not is_in(desk)
    assert [sign_in(stranger(workers[0]), each, name=name).status_code for each in (OWN, new)] == [403, 302]
    assert f"{name} changed their password" in history(boss)
    told = [send(telephone, where, present_password="guess", new_password=new) for _guess in range(6)]
    assert [answer.status_code for answer in told] == [422] * 5 + [429]
    assert int(told[-1].headers["Retry-After"]) > 0


def test_the_first_coordinators_password_is_a_setting(boss):
    assert "CONSOLE_PASSWORD is a setting of the line" in text_of(boss.get("/console/people/password"))
    assert send(boss, "/console/people/password", present_password=PASSWORD, new_password=OWN).status_code == 409


def test_a_password_that_was_changed_meanwhile_is_not_changed(boss, workers, url):
    name, _browser = joined(boss, workers[0])
    with connected(url) as connection:
        account = find_account(connection, name)
        assert change_password(connection, account, hashed := passwords.hash_of(PASSWORD), kept=0)
        assert not change_password(connection, account, passwords.hash_of(OWN), kept=0)
        assert find_account(connection, name).password == hashed


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("+81 90 1234 5678", "without a telephone number"),
        ("console_password", "already has this name"),
        ("", "Type a name"),
    ],
)
def test_a_name_that_cannot_be_is_refused_beside_its_field(boss, name, told):
    answer = send(boss, do="invite", name=name, role="staff")
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert f'value="{name}"' in unescape(answer.text)


def test_what_no_form_of_ours_sends_is_refused(boss):
    for form in ({"do": "invite", "name": "X", "role": "owner"}, {"do": "rename", "account": "1"}, {"do": "end"}):
        assert send(boss, **form).status_code == 400
    assert "no such account" in text_of(boss.get(send(boss, do="end", account="99999").location))


def test_while_the_database_is_down_who_is_in_stays_in_and_only_the_first_password_works(boss, workers, monkeypatch):
    name, browser = joined(boss, workers[0])
    link = invite(boss, next(NAMES))

    def down(*_asked):
        raise HelplineError("The database can't be used")

    monkeypatch.setattr(PageContext, "ask", down)
    assert browser.get("/console/").status_code == 200
    assert "The database doesn't answer" in text_of(browser.get("/console/people"))
    assert boss.get("/console/people/history").location == "/console/people"
    assert send(boss, do="invite", name="X", role="staff").status_code == 503
    assert stranger(workers[0]).get(link).status_code == 503
    assert sign_in(stranger(workers[0])).status_code == 302
    guessing = stranger(workers[0])
    told = [sign_in(guessing, "guess", name=name) for _guess in range(6)]
    assert [answer.status_code for answer in told] == [503] * 5 + [429]
    assert "accounts can't be looked up" in text_of(told[0])


def test_a_line_without_a_database_says_so():
    sign_in(browser := stranger())
    assert "this line has none (DATABASE_URL)" in text_of(browser.get("/console/people"))


def test_who_closed_a_desk_is_in_the_history(boss, workers):
    name, browser = joined(boss, workers[1])
    form = {"state": "close", "span": "notice", "reason": "other"}
    page = browser.get("/console/desks")
    browser.post("/console/desks/fresc/change/check", data={"csrf_token": token(page), **form})
    (number,) = re.findall(r'name="take_back" value="(\d+)"', browser.get("/console/desks").text)
    browser.post("/console/desks", data={"csrf_token": token(page), "take_back": number})
    assert f"{name} undid a change of a desk FRESC" in history(boss)
    assert f"{name} closed a desk FRESC" in history(boss)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_word_of_the_history_is_shown_in_words(language):
    assert not [what for what in get_args(What) if f"did_{what}" not in words_in(language)]


def test_a_password_is_kept_as_a_hash_only(boss, workers, url):
    joined(boss, workers[0])
    with connected(url) as connection:
        kept = [row.password for row in connection.execute(tables.accounts.select()) if row.password]
    assert kept
    assert all(each.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and OWN not in each for each in kept)
    assert passwords.is_right(OWN, kept[0])
    assert not passwords.is_right(OWN + " ", kept[0])
    assert passwords.is_right("ｐ" * 12, passwords.hash_of("p" * 12))
