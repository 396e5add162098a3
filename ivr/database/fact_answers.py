"""What staff answered when they were asked, fact by fact, whether it is still true (the table `fact_answers`)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal, TypeAlias, TypeGuard, get_args

from sqlalchemy import Connection, delete, func, insert, select

from ivr.database.tables import clock, fact_answers

Answer: TypeAlias = Literal["true", "not-true", "unknown"]
AGAIN = "again"


@dataclass(frozen=True)
class FactAnswer:
    fact: str
    answer: Answer
    by: str
    at: datetime


def is_answer(text: str) -> TypeGuard[Answer]:
    return text in get_args(Answer)


def add_answer(connection: Connection, fact: str, answer: Answer, by: str) -> None:
    row = {"fact": fact, "answer": answer, "who": by}
    connection.execute(insert(fact_answers).values(**row, at=clock(connection)))


def begin_again(connection: Connection, by: str) -> None:
    """From now on earlier answers no longer count."""
    row = {"fact": "", "answer": AGAIN, "who": by}
    connection.execute(insert(fact_answers).values(**row, at=clock(connection)))


def read_answers(connection: Connection, since: datetime) -> dict[str, FactAnswer]:
    """The newest answer about each fact, of those given at this moment or later that still count."""
    again = select(func.max(fact_answers.c.id)).where(fact_answers.c.answer == AGAIN).scalar_subquery()
    counts = fact_answers.c.at >= since, fact_answers.c.id > func.coalesce(again, 0)
    rows = connection.execute(select(fact_answers).where(*counts).order_by(fact_answers.c.id))
    return {row.fact: FactAnswer(row.fact, row.answer, row.who, row.at) for row in rows}


def remove_old_answers(connection: Connection, oldest: date) -> None:
    """Those of the time before this day."""
    connection.execute(delete(fact_answers).where(fact_answers.c.at < datetime.combine(oldest, time(), UTC)))
