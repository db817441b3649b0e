"""Papers as they left the house: kept under the hash of their content, and given back unchanged."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from db import papers
from db.paper_tables import Paper
from services.office import Office
from supervision.errors import StorageError
from supervision.vocabulary import PaperKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A finished file that is to be kept: of what it is, and its name as a recipient sees it."""

    office_id: UUID
    kind: PaperKind
    about_id: UUID
    file_name: str
    content: bytes


def keep(session: Session, office: Office, made: Made) -> Paper:
    """Keep a finished file and return its row; the same content of the same thing is kept once.

    The file is on disk before the row is written, so that no row is without its file.
    """
    digest = hashlib.sha256(made.content).hexdigest()
    there = papers.same(session, made.office_id, made.kind, made.about_id, digest)
    if there is not None:
        return there
    try:
        stored_as = office.papers.keep(made.content, digest)
    except OSError as error:
        raise StorageError(
            f"文书未能存盘：{error.strerror}", advice="请检查磁盘与权限；本次操作未生效。"
        ) from error
    row = Paper(
        office_id=made.office_id,
        kind=made.kind,
        about_id=made.about_id,
        file_name=made.file_name,
        hash=digest,
        size=len(made.content),
        stored_as=stored_as,
        made_at=office.now(),
    )
    session.add(row)
    session.flush()
    return row


def content_of(office: Office, paper: Paper) -> bytes:
    """Return a kept file; StorageError when it is gone or is not what it was."""
    try:
        content = office.papers.read(paper.stored_as)
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != paper.hash:
        raise StorageError(
            f"文书“{paper.file_name}”已缺失或被改动过", advice="请从备份恢复数据目录中的 papers。"
        )
    return content
