"""Who may ask for what: every address with the lowest role that it is for, tried by everybody with GET and POST."""

from __future__ import annotations

import pytest

from ivr.console.sign_in import auth
from ivr.console.sign_in.auth import Person
from tests.cast import app, helpline
from tests.database.line import sqlite_url
from tests.staff import SETTINGS, sign_in, stranger, text_of, token

ANYBODY = ""
ROLES = (ANYBODY, "reviewer", "staff", "coordinator")
# A new address has to be thought about and written down here.
LOWEST = {
    ANYBODY: {
        *(
            "root.icon",
            "root.robots",
            "index",
            "alive",
            "ready",
            "staff.sign_in",
            "staff.invitation",
            "cards.sheets",
            "cards.fonts",
            "web.fonts",
        ),
    },
    "reviewer": {"staff.sign_out"},
    "staff": {
        *("staff.home", "staff.figures", "staff.figures_csv", "staff.call_flow", "staff.words_and_voices"),
        *(
            "staff.prompt",
            "staff.desks",
            "staff.people",
            "staff.end_sessions",
            "staff.own_password",
            "telephone.page",
            "telephone.call",
        ),
        *("staff.changes", "staff.edition", "staff.correct"),
        *("staff.another_time", "staff.desk_change", "staff.desk_check", "staff.desk_hours", "staff.hours_check"),
        "staff.notices",
        *("staff.still_true", "staff.fact", "staff.fact_preview", "staff.confirm", "staff.holidays"),
    },
    "coordinator": {
        *("staff.change_people", "staff.audit", "staff.open_line", "staff.close_line", "staff.accept_voices"),
        *("staff.back", "staff.try_again"),
        *("staff.ask_again", "staff.withdraw_fact", "staff.confirm_facts", "staff.verify_holidays"),
    },
}
FORMS = {
    "staff.desks": {"take_back": "99"},
    "staff.changes": {"do": "withdraw-99"},
    "staff.accept_voices": {"language": "ne"},
    "staff.change_people": {"do": "end", "account": "99"},
    "staff.end_sessions": {"session": "1"},
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return app(helpline(), {**SETTINGS, "DATABASE_URL": sqlite_url(tmp_path_factory.mktemp("roles"))})


@pytest.fixture(autouse=True)
def at_once(monkeypatch, no_check):
    """No worker is there that would have to hear of a session that ended."""
    for room in ("people.view", "sign_in.auth"):
        monkeypatch.setattr(f"ivr.console.{room}.are_ended_everywhere", lambda *_asked: True)


def rules(served):
    """Of pages: not of calls, and not of files, which lie open."""
    found = (each for each in served.url_map.iter_rules() if not each.endpoint.endswith(".static"))
    return [each for each in found if not each.endpoint.startswith(("voice.", "sound."))]


def signed_in(served, role: str, monkeypatch):
    """A browser of somebody with this role."""
    browser = stranger(served)
    with monkeypatch.context() as patched:
        patched.setattr("ivr.console.sign_in.view.FIRST", Person("Somebody", role, 7))
        sign_in(browser)
    return browser


def ask(browser, rule, method: str, form: dict[str, str]):
    path = browser.application.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "1"))
    if method == "POST" and rule.endpoint == "telephone.call":
        return browser.post(path, json={})
    return browser.open(path, method=method, data=form if method == "POST" else None)


def test_every_address_is_listed_with_the_lowest_role_that_it_is_for(served):
    listed = [endpoint for endpoints in LOWEST.values() for endpoint in endpoints]
    assert {rule.endpoint for rule in rules(served)} == set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("role", ["stranger", "signed out", *ROLES[1:]])
def test_nobody_gets_further_than_their_role(served, role, monkeypatch):
    browser = signed_in(served, role, monkeypatch) if role in ROLES else stranger(served)
    if role == "signed out":
        sign_in(browser)
        cookie = browser.get_cookie("staff").value
        browser.post("/console/sign-out", data={"csrf_token": token(browser.get("/console/"))})
        browser.set_cookie("staff", cookie)
    mine = ROLES.index(role) if role in ROLES else 0
    csrf = token(browser.get("/console/people")) if mine > 1 else "x"
    wrong = []
    for rule in rules(served):
        lowest = next(each for each in ROLES if rule.endpoint in LOWEST[each])
        if lowest == ANYBODY or rule.endpoint == "staff.sign_out":
            continue
        for method in {"GET", "POST"} & rule.methods:
            answer = ask(browser, rule, method, {"csrf_token": csrf, **FORMS.get(rule.endpoint, {})})
            away = answer.status_code == 302 and answer.location.startswith("/console/sign-in")
            expected = mine >= ROLES.index(lowest)
            refused = answer.status_code == 403 or (away and not mine)
            if refused == expected or answer.status_code == 400:
                wrong.append((rule.rule, method, answer.status))
    assert not wrong


def test_what_a_role_may_not_open_is_said_in_words_and_not_offered(served, monkeypatch):
    staff, reviewer = (signed_in(served, role, monkeypatch) for role in ("staff", "reviewer"))
    refused = staff.get("/console/people/history")
    assert "your role doesn't allow this" in text_of(refused)
    assert "Sign out" in text_of(refused)
    page = staff.get("/console/people").text
    assert "Invite somebody" not in page
    assert "/console/people/history" not in page
    assert 'href="/console/desks"' in page
    assert 'class="pages"' in (home := reviewer.get("/console/")).text
    assert home.status_code == 403
    assert 'href="/console/desks"' not in home.text
    assert reviewer.post("/console/sign-out", data={"csrf_token": token(home)}).status_code == 302


def test_a_session_of_an_unknown_role_is_none(served, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(auth, "ROLES", (*auth.ROLES, "owner"))
        browser = signed_in(served, "owner", monkeypatch)
    assert browser.get("/console/").status_code == 302
