"""The tables. None can hold a caller: whatever isn't a period, a word of ours, a short name or an amount is refused.

The constraints are the database's own, so that no later code can weaken them without changing them here. An older
database may also have a table `writers`, which nothing uses any more.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    func,
    select,
)
from sqlalchemy.schema import SchemaItem

from ivr.content.changes import FINGERPRINT_LETTERS
from ivr.database.count_events import KINDS
from ivr.database.vocabulary import MAX_DIGITS, MAX_LETTERS

ROLES = ("reviewer", "staff", "coordinator")  # each may do what those before it may
BROWSERS = ("Firefox", "Edge", "Chrome", "Safari", "")
HASHED = "$argon2id$"  # how every hash of a password begins
REASONS = ("holiday", "short-staffed", "emergency", "line-fault", "extra-hours", "other")
REASONS_TO_CLOSE = ("short-staffed", "line-fault", "holiday", "emergency", "other")
REASONS_TO_OPEN = ("extra-hours", "emergency", "other")
STATES = ("suggested", "approved", "published", "withdrawn")
PUBLICATION_STATES = ("checking", "published", "refused")
FACT_ANSWERS = ("true", "not-true", "unknown", "again")
MAX_PLACE, MAX_CONTENT = 160, 8000
MOST = 99_999_999  # of anything: eight digits; with a country code a telephone number has more


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC without a zone, whole seconds."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value else None


def _one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in words)})")


def _name(column: str, most: int = MAX_LETTERS) -> CheckConstraint:
    """Short, and with fewer digits than a telephone number, whatever stands between them."""
    return CheckConstraint(f"length({column}) <= {most} AND {_digits(column)} <= {MAX_DIGITS}")


def _digits(column: str) -> str:
    stripped = column
    for digit in range(10):
        stripped = f"replace({stripped}, '{digit}', '')"
    return f"(length({column}) - length({stripped}))"


def _whole(name: str, **options: Any) -> tuple[SchemaItem, ...]:  # noqa: ANN401 - those of Column
    """A column of whole numbers from 0 to MOST."""
    rules = CheckConstraint(f"{name} BETWEEN 0 AND {MOST}"), _sqlite(f"typeof({name}) = 'integer'")
    return Column(name, Integer, nullable=False, **options), *rules


def _moment(name: str, *, nullable: bool = False) -> tuple[SchemaItem, ...]:
    as_written = f"{name} IS NULL OR {name} IS strftime('%Y-%m-%d %H:%M:%S', {name}) || '.000000'"
    return Column(name, Moment, nullable=nullable), _sqlite(as_written)


def _minute(name: str) -> Column[int]:
    """Its rule is the column's own, so that it comes with it into a table of an older version."""
    rule = CheckConstraint(f"{name} BETWEEN 0 AND 1440 AND {name} = CAST({name} AS INTEGER)")
    return Column(name, Integer, rule)


def _sqlite(rule: str) -> CheckConstraint:
    """SQLite's columns take any type unless they are told not to."""
    return CheckConstraint(rule).ddl_if(dialect="sqlite")


metadata = MetaData()

version = Table("version", metadata, *_whole("number", primary_key=True))

counts = Table(
    "counts",
    metadata,
    Column("period", Date, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("name", String(MAX_LETTERS), primary_key=True),
    *_whole("amount"),
    _sqlite("period IS date(period)"),
    _one_of("kind", KINDS),
    _name("name"),
    # Sorted by their names, not by when they were first counted: that would tell what followed upon what in a call.
    sqlite_with_rowid=False,
)

overrides = Table(
    "overrides",
    metadata,
    *_whole("id", primary_key=True),
    Column("desk", String(MAX_LETTERS), nullable=False),
    Column("open", Boolean(create_constraint=True), nullable=False),
    *_moment("since"),
    *_moment("until", nullable=True),
    Column("reason", String(16), nullable=False),
    # Whether callers are told at the start of their call; empty in rows of an older version: they are not.
    Column("told", Boolean, CheckConstraint("told IN (false, true)")),  # the column's own, as _minute's is
    # Minutes of the day, if it holds at these hours of each day only; both 0: at the desk's usual ones.
    _minute("opens"),
    _minute("closes"),
    _name("desk"),
    _one_of("reason", REASONS),
    sqlite_autoincrement=True,
)

# Overrides that had begun when they were written: they hold from when they are known, whatever a machine's clock says.
begun = Table("begun", metadata, *_whole("override", primary_key=True))

# One row: the number of the last change by staff (in_force.py), and when it was by the database's clock.
edition = Table("edition", metadata, *_whole("number", primary_key=True), *_moment("at"))

workers = Table(
    "workers",
    metadata,
    *_whole("run", primary_key=True, autoincrement=False),
    *_whole("number", primary_key=True, autoincrement=False),
    *_whole("server"),
    *_whole("edition"),
    *_moment("at"),
)

# One row: the helpline whose counts and overrides these are, by its name without digits.
owner = Table("owner", metadata, Column("name", String(MAX_LETTERS), primary_key=True), _name("name"))

# Sessions of staff that were ended before their time, by a random number.
ended_sessions = Table("ended_sessions", metadata, *_whole("session", primary_key=True), *_moment("at"))

# People with a name and a password of their own. `invitation` is the random number of the link that is good now, or 0.
accounts = Table(
    "accounts",
    metadata,
    *_whole("id", primary_key=True),
    Column("name", String(MAX_LETTERS), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password", String(128), nullable=False),
    *_whole("invitation"),
    Column("seen", Date),
    _name("name"),
    _one_of("role", ROLES),
    CheckConstraint(f"password = '' OR substr(password, 1, {len(HASHED)}) = '{HASHED}'"),
    _sqlite("seen IS NULL OR seen IS date(seen)"),
    sqlite_autoincrement=True,  # a number is never used again, or an old session would be somebody else's
)

# Sessions of staff, by the same random number; `account` is 0 if CONSOLE_PASSWORD began it.
sessions = Table(
    "sessions",
    metadata,
    *_whole("number", primary_key=True, autoincrement=False),
    *_whole("account"),
    *_moment("began"),
    Column("browser", String(16), nullable=False),
    _one_of("browser", BROWSERS),
)

# Who changed what. `what` is a word of audit.py.
audit = Table(
    "audit",
    metadata,
    *_whole("id", primary_key=True),
    *_moment("at"),
    Column("who", String(MAX_LETTERS), nullable=False),
    Column("what", String(MAX_LETTERS), nullable=False),
    Column("about", String(MAX_LETTERS), nullable=False),
    _name("who"),
    _name("what"),
    _name("about"),
    sqlite_autoincrement=True,
)

# What staff changed in the content (ivr/content/changes.py): where, what the file said, and the new value as JSON.
changes = Table(
    "changes",
    metadata,
    *_whole("id", primary_key=True),
    Column("file", String(MAX_LETTERS), nullable=False),
    Column("place", String(MAX_PLACE), nullable=False),
    Column("base", String(FINGERPRINT_LETTERS), nullable=False),
    Column("value", String(MAX_CONTENT), nullable=False),
    Column("state", String(16), nullable=False),
    Column("who", String(MAX_LETTERS), nullable=False),
    *_moment("at"),
    _name("file"),
    _name("place", MAX_PLACE),
    CheckConstraint(f"length(base) = {FINGERPRINT_LETTERS} AND {_digits('base')} = 0"),
    CheckConstraint(f"length(value) <= {MAX_CONTENT}"),
    _one_of("state", STATES),
    _name("who"),
    sqlite_autoincrement=True,
)

# Editions of the content: asked for, checked in the background, then published or refused. `base` is the edition that
# was in force when it was asked for, 0 the files alone; `at` is when its check was last heard of.
publications = Table(
    "publications",
    metadata,
    *_whole("id", primary_key=True),
    *_whole("base"),
    Column("state", String(16), nullable=False),
    Column("opens", Boolean(create_constraint=True), nullable=False),
    *_whole("progress"),
    Column("findings", String(MAX_CONTENT), nullable=False),
    Column("who", String(MAX_LETTERS), nullable=False),
    *_moment("at"),
    # The edition to which it goes back; empty in others, and in rows of an older version.
    Column("back_to", Integer, CheckConstraint(f"back_to BETWEEN 0 AND {MOST}")),
    _one_of("state", PUBLICATION_STATES),
    CheckConstraint(f"length(findings) <= {MAX_CONTENT}"),
    _name("who"),
    sqlite_autoincrement=True,
)

# Which changes an edition consists of.
published = Table(
    "published",
    metadata,
    *_whole("publication", primary_key=True, autoincrement=False),
    *_whole("change", primary_key=True, autoincrement=False),
)

# At most one row: whether staff let the public in.
admission = Table(
    "admission",
    metadata,
    Column("open", Boolean(create_constraint=True), nullable=False),
    Column("who", String(MAX_LETTERS), nullable=False),
    *_moment("at"),
    _name("who"),
)

# What staff answered when they were asked whether a fact is still true; "again" with no fact begins a new round.
fact_answers = Table(
    "fact_answers",
    metadata,
    *_whole("id", primary_key=True),
    Column("fact", String(MAX_LETTERS), nullable=False),
    Column("answer", String(16), nullable=False),
    Column("who", String(MAX_LETTERS), nullable=False),
    *_moment("at"),
    _name("fact"),
    _one_of("answer", FACT_ANSWERS),
    _name("who"),
    sqlite_autoincrement=True,
)


def clock(connection: Connection) -> datetime:
    """The database's own, which is one for all machines."""
    found: datetime = connection.execute(select(func.now())).scalar_one()
    return found if found.tzinfo else found.replace(tzinfo=UTC)
