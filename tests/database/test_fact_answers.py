"""What staff answered about facts: the newest counts, older ones are kept, and a new round asks again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from ivr.config import read_database_url
from ivr.database.connection import database
from ivr.database.fact_answers import add_answer, begin_again, is_answer, read_answers, remove_old_answers
from ivr.database.tables import FACT_ANSWERS, fact_answers

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def answers(connection, since=LONG_AGO):
    return {fact: (each.answer, each.by) for fact, each in read_answers(connection, since).items()}


def test_the_newest_answer_about_a_fact_counts_until_a_new_round_begins(url):
    with database(read_database_url({"DATABASE_URL": url})) as connection:
        add_answer(connection, "F4", "true", "Aiko")
        add_answer(connection, "F5", "unknown", "Aiko")
        add_answer(connection, "F4", "not-true", "Ben")
        assert answers(connection) == {"F4": ("not-true", "Ben"), "F5": ("unknown", "Aiko")}
        begin_again(connection, "Ben")
        assert answers(connection) == {}
        add_answer(connection, "F5", "true", "Ben")
        assert answers(connection) == {"F5": ("true", "Ben")}
        assert connection.scalar(select(func.count()).select_from(fact_answers)) == 5


def test_answers_from_before_a_moment_no_longer_count_and_old_ones_are_removed(url):
    now = datetime.now(UTC)
    with database(read_database_url({"DATABASE_URL": url})) as connection:
        for fact in ("F4", "F5"):
            add_answer(connection, fact, "true", "Aiko")
        old = fact_answers.c.fact == "F4"
        connection.execute(update(fact_answers).where(old).values(at=now - timedelta(days=61)))
        assert set(answers(connection, now - timedelta(days=60))) == {"F5"}
        assert set(answers(connection)) == {"F4", "F5"}
        remove_old_answers(connection, (now - timedelta(days=60)).date())
        assert set(answers(connection)) == {"F5"}


def test_an_answer_is_one_of_three():
    assert [word for word in FACT_ANSWERS if not is_answer(word)] == ["again"]
