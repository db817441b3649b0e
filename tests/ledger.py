"""What a database holds, in forms that two databases or two moments can be compared by."""

from datetime import date
from typing import Any

from sqlalchemy import Engine, Select, select
from sqlmodel import SQLModel, col

from db.engine import reading
from db.plan_tables import WorkItem
from db.record_tables import Act, Message, Notice, Obligation, Round, Sweep

Rows = list[tuple[Any, ...]]


def contents(engine: Engine) -> dict[str, Rows]:
    """Return every row of every table: equal before and after means that nothing was done."""
    tables = SQLModel.metadata.sorted_tables
    with reading(engine) as session:
        return {
            table.name: _sorted(session.connection().execute(select(table)).tuples().all())
            for table in tables
        }


def ledger(engine: Engine) -> dict[str, Rows]:
    """Return what was made due, told, owed and drafted, by keys instead of ids made at random.

    Two databases that began as copies of each other and swept the same days have equal ledgers.
    """
    with reading(engine) as session:
        return {
            name: _sorted(session.connection().execute(query).tuples().all())
            for name, query in _QUERIES.items()
        }


def messages(engine: Engine) -> list[tuple[str, date]]:
    """Return whom a digest was written to and for which day, in order of the days."""
    query = select(col(Message.recipient_name), col(Message.day))
    with reading(engine) as session:
        rows = session.connection().execute(query.order_by(col(Message.day), col(Message.key)))
        return list(rows.tuples())


def _sorted(rows: Any) -> Rows:  # noqa: ANN401 - rows of any shape
    return sorted((tuple(row) for row in rows), key=repr)


_QUERIES: dict[str, Select[Any]] = {
    "acts": select(
        col(Act.key),
        col(Act.planned_on),
        col(Act.recorded_on),
        col(Act.withdrawn_on),
        col(Message.key),
    ).outerjoin(Message, col(Message.id) == col(Act.message_id)),
    "messages": select(
        col(Message.key), col(Message.state), col(Message.subject), col(Message.body)
    ),
    "notices": select(col(Notice.key), col(Notice.state), col(Notice.drafted_on)),
    "rounds": select(
        col(Round.period), col(Round.state), col(Round.opened_on), col(Round.closed_on)
    ),
    "obligations": select(col(Round.period), col(WorkItem.code), col(Obligation.state))
    .join_from(Obligation, Round, col(Round.id) == col(Obligation.round_id))
    .join(WorkItem, col(WorkItem.id) == col(Obligation.work_item_id)),
    "sweeps": select(col(Sweep.part), col(Sweep.scope), col(Sweep.day), col(Sweep.covered_from)),
}
