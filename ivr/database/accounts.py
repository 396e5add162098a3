"""People with a name and a password of their own, and the links that invite them.

An account is made by an invitation and has no password until its link is used, once. A new link takes the password
away again. Whatever changes an account ends its sessions in the same transaction.
"""

from dataclasses import dataclass, field
from datetime import date
from secrets import randbelow
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from ivr.database.audit import record
from ivr.database.sessions import Session, add_session, end_sessions_of
from ivr.database.tables import MOST, accounts
from ivr.database.vocabulary import is_storable
from ivr.errors import HelplineError


class NameTakenError(HelplineError):
    """Somebody else has this name."""


@dataclass(frozen=True)
class Account:
    """`password` is its hash, empty while the person is invited; `seen` is the day of the last sign-in."""

    number: int
    name: str
    role: str
    password: str = field(repr=False)
    invitation: int = field(repr=False)
    seen: date | None


def read_name(text: str) -> str:
    """A person's name as it is kept; empty if it can't be one, or could be a telephone number."""
    name = " ".join(normalize("NFKC", text).split())
    return name if name.isprintable() and is_storable(name) else ""


def read_accounts(connection: Connection) -> tuple[Account, ...]:
    return tuple(map(_read, connection.execute(select(accounts).order_by(accounts.c.name))))


def find_account(connection: Connection, name: str) -> Account | None:
    """By a name as `read_name` gives it, in capitals or not."""
    return next((each for each in read_accounts(connection) if each.name.casefold() == name.casefold()), None)


def find_by_number(connection: Connection, number: int) -> Account | None:
    row = connection.execute(select(accounts).where(accounts.c.id == number)).first()
    return _read(row) if row else None


def find_invited(connection: Connection, number: int, invitation: int) -> Account | None:
    """Whom a link invites; None if it was used, replaced or withdrawn."""
    row = connection.execute(select(accounts).where(_invites(number, invitation))).first()
    return _read(row) if row else None


def invite(connection: Connection, by: str, name: str, role: str) -> Account:
    """A new account, whose link is good from now on; raises NameTakenError."""
    if find_account(connection, name):
        raise NameTakenError(name)
    values = {"name": name, "role": role, "password": "", "invitation": _random()}
    row = connection.execute(insert(accounts).values(**values).returning(accounts)).one()
    record(connection, by, "invited", f"{name}: {role}")
    return _read(row)


def invite_again(connection: Connection, by: str, number: int) -> Account | None:
    """A new link in place of the password and of any older link; None if the account is gone."""
    changed = _change(connection, number, password="", invitation=_random())
    if changed:
        record(connection, by, "new-link", changed.name)
    return changed


def change_role(connection: Connection, by: str, number: int, role: str) -> Account | None:
    changed = _change(connection, number, role=role)
    if changed:
        record(connection, by, "role-changed", f"{changed.name}: {role}")
    return changed


def end_account(connection: Connection, by: str, number: int) -> Account | None:
    row = connection.execute(delete(accounts).where(accounts.c.id == number).returning(accounts)).first()
    end_sessions_of(connection, number)
    if row:
        record(connection, by, "account-ended", row.name)
    return _read(row) if row else None


def enter(connection: Connection, account: Account, today: date, begun: Session) -> bool:
    """Begins a session, unless the account was changed since its password was looked at.

    The row is written first, so that whoever changes it at the same moment finds the session, or this finds the change.
    """
    unchanged = accounts.c.password == account.password, accounts.c.role == account.role
    asked = update(accounts).where(accounts.c.id == account.number, *unchanged).values(seen=today)
    if not connection.execute(asked).rowcount:
        return False
    add_session(connection, begun)
    record(connection, account.name, "signed-in")
    return True


def accept(connection: Connection, invited: Account, password: str, today: date, begun: Session) -> bool:
    """Uses a link: gives the account its password and begins a session; False if the link is good no more."""
    good = _invites(invited.number, invited.invitation)
    values = {"password": password, "invitation": 0, "seen": today}
    if not connection.execute(update(accounts).where(good).values(**values)).rowcount:
        return False
    add_session(connection, begun)
    record(connection, invited.name, "joined")
    return True


def change_password(connection: Connection, account: Account, password: str, kept: int) -> bool:
    """Gives an account another password and ends its sessions but the one kept; False if it was changed meanwhile."""
    unchanged = accounts.c.id == account.number, accounts.c.password == account.password
    if not connection.execute(update(accounts).where(*unchanged).values(password=password)).rowcount:
        return False
    end_sessions_of(connection, account.number, kept)
    record(connection, account.name, "password-changed")
    return True


def _change(connection: Connection, number: int, **values: object) -> Account | None:
    changed = update(accounts).where(accounts.c.id == number).values(**values).returning(accounts)
    row = connection.execute(changed).first()
    end_sessions_of(connection, number)
    return _read(row) if row else None


def _invites(number: int, invitation: int) -> ColumnElement[bool]:
    return and_(accounts.c.id == number, accounts.c.invitation == invitation, accounts.c.invitation > 0)


def _random() -> int:
    return 1 + randbelow(MOST)


def _read(row: Row[Any]) -> Account:
    return Account(row.id, row.name, row.role, row.password, row.invitation, row.seen)
