"""The floor of bench/reporting.py: a file on disk and three rows in one transaction, no more.

Nobody's right is asked, no day and no quota; nothing is chained, and nothing is told twice apart.
"""

import hashlib
import os
from pathlib import Path

from sqlalchemy import Engine, text

from db.engine import is_sqlite, transaction
from services.office import Office
from tests.bureaus import Bureau, file_of

TABLES = ("floor_file", "floor_report", "floor_event")


def lay(engine: Engine) -> None:
    """Make the floor's tables."""
    with transaction(engine) as session:
        for table in TABLES:
            columns = "code VARCHAR(80) PRIMARY KEY, hash VARCHAR(64) NOT NULL"
            session.connection().execute(text(f"CREATE TABLE {table} ({columns})"))


def report(office: Office, bureau: Bureau, code: str) -> None:
    """Store a file and three rows, by the driver alone."""
    del bureau
    data = file_of(code)
    digest = hashlib.sha256(data).hexdigest()
    _keep(Path(office.settings.evidence), data, digest)
    mark = "?" if is_sqlite(office.engine) else "%s"
    connection = office.engine.raw_connection()
    try:
        cursor = connection.cursor()
        if is_sqlite(office.engine):
            cursor.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"INSERT INTO {table} VALUES ({mark}, {mark})", (code, digest))
        connection.commit()
    finally:
        connection.close()


def _keep(root: Path, data: bytes, digest: str) -> None:
    folder = root / digest[:2]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{digest}.part").open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    (folder / f"{digest}.part").rename(folder / digest)
    for place in (folder, root):
        handle = os.open(place, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
