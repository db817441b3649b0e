"""Workbooks between being looked at and being taken in: kept no longer than that asks for."""

import hashlib
from datetime import timedelta
from pathlib import Path

from services.file_store import Store
from services.office import Office
from supervision.errors import UsageError

KEPT = timedelta(days=1)  # who looks at his workbook today may take it in tomorrow morning


def keep(office: Office, content: bytes) -> str:
    """Keep what was uploaded and return where; what nobody took in within a day is removed."""
    root = _root(office)
    oldest = (office.now() - KEPT).timestamp()
    for file in root.glob("*/*"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
    stored_as = _store(office).keep(content, hashlib.sha256(content).hexdigest())
    (root / stored_as).touch()  # it may have lain there since somebody else brought it
    return stored_as


def taken(office: Office, stored_as: str) -> bytes:
    """Return what was uploaded; UsageError when it is gone."""
    try:
        return _store(office).read(stored_as)
    except FileNotFoundError as error:
        raise UsageError("上传的表已不在", advice="请重新上传。") from error


def forget(office: Office, stored_as: str) -> None:
    """Remove what was taken in."""
    (_root(office) / stored_as).unlink(missing_ok=True)


def _root(office: Office) -> Path:
    return office.scratch or office.settings.data_dir / "returned"


def _store(office: Office) -> Store:
    return Store(office.settings.data_dir / "returned", office.scratch)
