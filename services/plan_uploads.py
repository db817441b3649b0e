"""A plan document that comes over the network: named safely, read in a process of its own, kept."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import TypeAdapter

from services.evidence_content import fit_name
from services.file_store import Store
from services.office import Office
from services.settling import with_unread
from supervision.errors import UnreadableDocumentError, UsageError
from supervision.vocabulary import Severity
from tasks_catalog.blocks import Document
from tasks_catalog.documents import READERS, read_document
from tasks_catalog.extract import plan_in
from tasks_catalog.ledger import ledger_of
from tasks_catalog.model import Finding, ReadPlan

DOCUMENT = TypeAdapter(Document)
NOT_HELD = "这一行原文没有归到任何一处，是读取的疏漏；请对照原文核对后再立项。"
LONGEST_NAME = 200  # bytes, for the folder it is read in


@dataclass(frozen=True, kw_only=True, slots=True)
class Uploaded:
    """A plan document that was read and is kept; nothing is on record of it yet."""

    name: str
    hash: str
    stored_as: str
    document: Document
    read: ReadPlan  # with a finding for every line that was not understood or not held


def read_upload(office: Office, data: bytes, *, name: str) -> Uploaded:
    """Read a plan document and keep its file; UnreadableDocumentError says what to do instead.

    Needs no transaction: reading may take minutes, and nobody else should wait for it. A file that
    cannot be read is not kept.
    """
    fit = fit_name(name)
    document = _document(data, fit)
    read = plan_in(document, file_name=fit)
    if not read.work_items:
        raise UsageError(
            "文件中没有任务或项目清单，没有可督办的事项",
            advice="请上传带有任务清单或项目清单的方案，或补充清单后再传。",
        )
    digest = hashlib.sha256(data).hexdigest()
    return Uploaded(
        name=fit,
        hash=digest,
        stored_as=uploads(office).keep(data, digest),
        document=document,
        read=_with_what_is_missing(document, with_unread(read)),
    )


def endings() -> str:
    """Return the endings of the files that can be read, as a form names them."""
    return ",".join(READERS)


def uploads(office: Office) -> Store:
    """Return where the files of drafts are kept."""
    return Store(office.settings.data_dir / "plans", office.scratch)


def packed(document: Document) -> Any:  # noqa: ANN401 - JSON
    """Return a document as plain JSON values."""
    return DOCUMENT.dump_python(document, mode="json")


def unpacked(values: Any) -> Document:  # noqa: ANN401 - JSON
    """Return the document that was packed."""
    return DOCUMENT.validate_python(values)


def _document(data: bytes, name: str) -> Document:
    """Return the blocks of the file, which lies in a folder of its own while it is read."""
    safe = name if len(name.encode()) <= LONGEST_NAME else f"plan{Path(name).suffix}"
    with TemporaryDirectory(prefix="duban-plan-") as folder:
        file = Path(folder) / safe
        file.write_bytes(data)
        try:
            return read_document(file, is_uploaded=True)
        except UnreadableDocumentError as error:
            said = str(error).replace(f"{folder}/", "")
            raise UnreadableDocumentError(said, advice=error.advice) from error


def _with_what_is_missing(document: Document, read: ReadPlan) -> ReadPlan:
    """Return the plan with a finding for every line of print that it holds nowhere (V7)."""
    lost = [
        Finding(
            id=f"not-held:{line.line}",
            severity=Severity.ERROR,
            where=f"原文第{line.line}行",
            text=NOT_HELD,
            quotes=[line.text],
        )
        for line in ledger_of(document, read).missing
    ]
    return read.model_copy(update={"findings": [*lost, *read.findings]})
