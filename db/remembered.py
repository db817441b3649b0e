"""What was read, kept for as long as the database is as it was, and not a moment longer.

Nobody has to say what a change makes stale: the database itself says whether there was any. See
docs/adr/0030.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlmodel import Session

from db.engine import READS, is_sqlite

Answer = TypeVar("Answer")
MOST = 256  # answers a connection
KEPT = "duban_kept"
# Equal names, equal content: PostgreSQL names the transactions that a snapshot sees.
SNAPSHOT = "SELECT CAST(pg_current_snapshot() AS text)"
COMMITS_OF_OTHERS = "PRAGMA data_version"


def remembered(session: Session, key: Hashable, read: Callable[[], Answer]) -> Answer:
    """Return what `read` gives, from memory when nothing in the database changed since it gave it.

    The answer is shared with later readers, so it must be immutable and hold no mapped rows; `key`
    has to name all it depends on besides the database. A session that may write never remembers.
    """
    if not session.info.get(READS, False):
        return read()
    kept = _kept(session)
    if key in kept:
        return kept[key]  # type: ignore[no-any-return]
    if len(kept) >= MOST:
        kept.clear()
    kept[key] = answer = read()
    return answer


def _kept(session: Session) -> dict[Hashable, Any]:
    """Return what the session's connection remembers of the state that its transaction sees."""
    there, known = session.info.get(KEPT, (None, {}))
    if there is not None and there is session.get_transaction():
        return known  # type: ignore[no-any-return]
    connection = session.connection()
    state = _state(connection)
    if connection.info.get(KEPT, (None,))[0] != state:
        connection.info[KEPT] = state, {}
    kept: dict[Hashable, Any] = connection.info[KEPT][1]
    session.info[KEPT] = session.get_transaction(), kept
    return kept


def _state(connection: Connection) -> Hashable:
    """Return a name for what the transaction sees: known to this connection, and never used twice.

    SQLite counts what other connections committed, and apart from that what this one changed.
    """
    if not is_sqlite(connection.engine):
        return connection.exec_driver_sql(SNAPSHOT).scalar_one()  # type: ignore[no-any-return]
    others = connection.exec_driver_sql(COMMITS_OF_OTHERS).scalar_one()
    driver: Any = connection.connection.driver_connection
    return others, driver.total_changes
