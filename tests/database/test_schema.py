"""No table can hold a caller: the database itself refuses it, in every column."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from ivr.config import read_database_url
from ivr.database import tables
from ivr.database.connection import database, engine
from ivr.database.count_events import KINDS
from ivr.database.creating import create
from ivr.database.tables import HASHED, metadata
from ivr.database.vocabulary import is_storable, vocabulary
from ivr.errors import HelplineError
from tests.cast import helpline
from tests.database.line import CALLER

DAY = date(2026, 11, 24)
MOMENT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ROWS = {
    "version": {"number": 1},
    "counts": {"period": DAY, "kind": "heard", "name": "booking.how", "amount": 3},
    "overrides": {
        "id": 7,
        "desk": "fresc",
        "open": False,
        "since": MOMENT,
        "until": MOMENT,
        "reason": "holiday",
        "opens": 600,
        "closes": 1439,
    },
    "begun": {"override": 7},
    "edition": {"number": 7, "at": MOMENT},
    "workers": {"run": 1, "number": 2, "server": 3, "edition": 4, "at": MOMENT},
    "ended_sessions": {"session": 7, "at": MOMENT},
    "owner": {"name": "A town's line"},
    "accounts": {
        "id": 7,
        "name": "Hanako",
        "role": "staff",
        "password": HASHED + "v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
        "invitation": 7,
        "seen": DAY,
    },
    "sessions": {"number": 7, "account": 1, "began": MOMENT, "browser": "Firefox"},
    "audit": {"id": 7, "at": MOMENT, "who": "Hanako", "what": "desk-closed", "about": "fresc"},
    "changes": {
        "id": 7,
        "file": "text/en.yaml",
        "place": "prompts/main.who/who",
        "base": "abcdefghijklmnop",
        "value": '"A sentence"',
        "state": "approved",
        "who": "Aiko",
        "at": MOMENT,
    },
    "publications": {
        "id": 7,
        "base": 6,
        "state": "checking",
        "opens": False,
        "progress": 12000,
        "findings": "[]",
        "who": "Aiko",
        "at": MOMENT,
        "back_to": 5,
    },
    "published": {"publication": 7, "change": 7},
    "admission": {"open": True, "who": "Aiko", "at": MOMENT},
    "fact_answers": {"id": 7, "fact": "F4", "answer": "not-true", "who": "Aiko", "at": MOMENT},
}
# What staff write for everybody to hear, and what the check says of it: public, and no caller's.
CONTENT = {("changes", "value"), ("publications", "findings")}
COLUMNS = [(table.name, column.name) for table in metadata.sorted_tables for column in table.columns]
GUARDED = [each for each in COLUMNS if each not in CONTENT]
SID = "CA0123456789abcdef0123456789abcdef"
WRITTEN = [CALLER, CALLER.removeprefix("+"), "090-1234-5678", "090 1234 5678", SID, "+99912345678"]


@pytest.fixture(scope="module")
def places(postgres, tmp_path_factory):
    """Both kinds of database, with the tables made."""
    urls = (postgres.new_database(), f"sqlite:///{tmp_path_factory.mktemp('db') / 'ivr.db'}")
    made = [engine(read_database_url({"DATABASE_URL": url})) for url in urls]
    for each in made:
        with each.begin() as connection:
            create(connection)
    yield made
    for each in made:
        each.dispose()


def test_every_table_is_tried():
    assert set(ROWS) == set(metadata.tables)


@pytest.mark.parametrize("name", [name for name in ROWS if name != "version"])
def test_what_belongs_into_a_table_is_taken(places, name):
    for made in places:
        with made.connect() as connection:
            connection.execute(insert(metadata.tables[name]).values(**ROWS[name]))


@pytest.mark.parametrize(("name", "column"), GUARDED, ids=[".".join(each) for each in GUARDED])
def test_no_column_takes_a_telephone_number_or_a_call_id(places, name, column):
    table = metadata.tables[name]
    for made in places:
        for value in (*WRITTEN, int(CALLER)):
            with made.connect() as connection:
                connection.execute(table.delete())
                connection.execute(insert(table).values(**ROWS[name]))
                literal = str(value) if isinstance(value, int) else f"'{value}'"
                with pytest.raises(DBAPIError):
                    connection.execute(text(f"UPDATE {name} SET {column} = {literal}"))


def test_no_column_is_of_a_type_without_bounds():
    kinds = {type(column.type).__name__ for table in metadata.sorted_tables for column in table.columns}
    assert kinds == {"Integer", "Date", "String", "Moment", "Boolean"}
    lengths = {(t.name, c.name): getattr(c.type, "length", None) for t in metadata.sorted_tables for c in t.columns}
    assert max(lengths[each] for each in CONTENT) == 8000
    assert all(length is None or length <= 160 for each, length in lengths.items() if each not in CONTENT)


def test_nothing_joins_a_language_to_a_topic_or_one_step_to_another():
    assert [column.name for column in tables.counts.columns] == ["period", "kind", "name", "amount"]
    words = vocabulary(helpline())
    assert not set(helpline().languages) & (words["entered"] | words["left"] | words["heard"])
    assert set(words) == set(KINDS)


def test_a_file_does_not_tell_in_which_order_things_were_first_counted(tmp_path):
    """In a month's first calls a language would stand right before the topics that were then asked for."""
    with database(f"sqlite:///{tmp_path / 'ivr.db'}") as connection, pytest.raises(DBAPIError, match="rowid"):
        connection.execute(text("SELECT rowid FROM counts"))


def test_prompts_that_only_some_languages_have_are_not_counted():
    prompts = helpline().prompts
    only_some = {name for name, prompt in prompts.items() if prompt.only_in}
    assert only_some
    assert not only_some & vocabulary(helpline())["heard"]


@pytest.mark.parametrize("name", ["9012345", "menu_2026_11_24", "x" * 65])
def test_a_menu_whose_name_could_be_a_number_is_not_counted(name):
    assert not is_storable(name)


def test_every_word_of_the_vocabulary_can_be_stored(places):
    for made in places:
        with made.connect() as connection:
            rows = [
                {"period": DAY, "kind": kind, "name": name, "amount": 1}
                for kind, names in vocabulary(helpline()).items()
                for name in names
            ]
            connection.execute(insert(tables.counts), rows)


def test_tables_that_a_later_version_made_are_left_alone(url):
    with database(read_database_url({"DATABASE_URL": url})) as connection:
        connection.execute(update(tables.version).values(number=99))
    with (
        pytest.raises(HelplineError, match="tables are of version 99, and this line knows 1"),
        database(read_database_url({"DATABASE_URL": url})),
    ):
        pass


def test_tables_are_made_once_and_then_kept(url):
    for hour in ("10", "11"):
        with database(read_database_url({"DATABASE_URL": url})) as connection:
            connection.execute(insert(tables.counts).values(period=DAY, kind="call", name=hour, amount=1))
    with database(read_database_url({"DATABASE_URL": url})) as connection:
        assert list(connection.scalars(select(tables.counts.c.name).order_by("name"))) == ["10", "11"]
