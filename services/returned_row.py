"""One row of a workbook that came back: which cells a person touched, and what may become of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from db import reports
from db.dispatch import Owed
from db.life_tables import ProgressReport
from services.report_content import ReportContent
from services.reports import acceptable, content_of, prefilled
from supervision.errors import DubanError
from supervision.rights import Actor
from supervision.vocabulary import CellFate, ItemKind, ObligationState, RowFate
from templates.workbooks.cells import canonical, is_untouched, sealed
from templates.workbooks.columns import COLUMNS, REQUIRED, Column
from templates.workbooks.entries import Entry
from templates.workbooks.reading import ReadLine


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """Who brings the workbook, and for which day."""

    session: Session
    actor: Actor
    as_of: date


@dataclass(frozen=True, kw_only=True, slots=True)
class CellChange:
    """One cell that somebody touched: what stands on record, what the file has, and why not."""

    address: str
    column: str
    fate: CellFate
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What may become of a row, and what would be reported."""

    fate: RowFate
    reason: str
    cells: tuple[CellChange, ...]
    version: int
    content: ReportContent | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """A row beside what is on record about its item."""

    line: ReadLine
    owed: Owed
    latest: ProgressReport | None
    start: ReportContent  # what stands now, which untouched cells leave as it is

    @property
    def version(self) -> int:
        return 0 if self.latest is None else self.latest.version

    @property
    def is_stale(self) -> bool:
        return self.line.revision != self.version

    def entries(self, *, fillable: bool) -> Iterator[tuple[Column, Entry]]:
        """Give the cells that the unit may write, or those that it may not."""
        is_project = self.owed.item.kind is ItemKind.PROJECT
        for column in COLUMNS:
            may_write = column.is_open and (is_project or not column.projects_only)
            if may_write is fillable and column.key in self.line.entries:
                yield column, self.line.entries[column.key]

    def touched(self, *, fillable: bool) -> list[tuple[Column, Entry]]:
        """Return the cells that do not hold any more what they were given out with."""
        seals = sealed(self.line.seal)
        return [
            (column, entry)
            for column, entry in self.entries(fillable=fillable)
            if entry.fault or not is_untouched(seals, column.key, entry.shown)
        ]


def judged(received: Received, line: ReadLine, owed: Owed) -> Verdict:
    """Return what may become of a row; `STALE` needs somebody to choose between two texts."""
    row = _row(received.session, line, owed)
    touched = row.touched(fillable=True)
    faults = tuple(_faults(touched))
    ignored = tuple(_ignored(row))
    if faults:
        return _verdict(row, RowFate.REFUSED, "有不能采用的单元格", (*faults, *ignored))
    content = _content(row, touched)
    changes = tuple(_changes(row, touched, content))
    if not changes:
        return _verdict(row, RowFate.UNCHANGED, _why_unchanged(row, touched), ignored)
    try:
        said = acceptable(
            received.session, owed.obligation, content, received.actor, as_of=received.as_of
        )
    except DubanError as refusal:
        return _verdict(row, RowFate.REFUSED, f"{refusal}。{refusal.advice}", (*changes, *ignored))
    if row.latest is not None and said == content_of(row.latest):
        return _verdict(row, RowFate.UNCHANGED, "与已报内容相同", ignored)
    fate, reason = (RowFate.STALE, _why_stale(row)) if row.is_stale else (RowFate.READY, "")
    verdict = _verdict(row, fate, reason or _same_as_last(row, touched), (*changes, *ignored))
    return replace(verdict, content=said)


def _row(session: Session, line: ReadLine, owed: Owed) -> _Row:
    latest = reports.latest(session, owed.obligation.id)
    return _Row(line=line, owed=owed, latest=latest, start=prefilled(session, owed.obligation))


def _verdict(row: _Row, fate: RowFate, reason: str, cells: tuple[CellChange, ...]) -> Verdict:
    return Verdict(fate=fate, reason=reason, cells=cells, version=row.version)


def _content(row: _Row, touched: list[tuple[Column, Entry]]) -> ReportContent:
    """Return what the row says: touched cells over what stands, or over the text given out."""
    values: dict[str, Any] = {}
    if row.latest is None:
        values = {column.key: entry.value for column, entry in row.entries(fillable=True)}
    values |= {column.key: entry.value for column, entry in touched}
    if "progress" in values:
        values["progress"] = values["progress"] or ""
    return replace(row.start, **values)


def _faults(touched: list[tuple[Column, Entry]]) -> Iterator[CellChange]:
    for column, entry in touched:
        if entry.fault:
            yield _cell(column, entry, CellFate.REFUSED, reason=entry.fault)


def _ignored(row: _Row) -> Iterator[CellChange]:
    for column, entry in row.touched(fillable=False):
        yield _cell(column, entry, CellFate.IGNORED, reason="锁定内容，改动不采用")


def _changes(
    row: _Row, touched: list[tuple[Column, Entry]], content: ReportContent
) -> Iterator[CellChange]:
    for column, entry in touched:
        before, after = (canonical(getattr(said, column.key)) for said in (row.start, content))
        if before == after:
            continue
        fate = CellFate.CHANGED if before else CellFate.ADDED
        if row.is_stale:
            fate = CellFate.CONFLICT
        yield _cell(column, entry, fate, before=before)


def _cell(
    column: Column, entry: Entry, fate: CellFate, *, before: str = "", reason: str = ""
) -> CellChange:
    return CellChange(
        address=entry.address,
        column=column.heading.removesuffix(REQUIRED).replace("\n", ""),
        fate=fate,
        before=before,
        after=entry.shown,
        reason=reason,
    )


def _why_unchanged(row: _Row, touched: list[tuple[Column, Entry]]) -> str:
    if row.owed.obligation.state is ObligationState.SENT_BACK:
        return "与被退回的内容相同，请按退回意见修改"
    if row.latest is not None:
        return "与已报内容相同" if touched else "没有改动"
    return "没有改动，本季未报"


def _why_stale(row: _Row) -> str:
    if row.latest is None:
        return "表中的版本号不对，请重新导出"
    return (
        f"导出之后 {row.latest.reported_by} 已于 {row.latest.as_of} 报送第{row.latest.version}版，"
        "须选择采用哪一个"
    )


def _same_as_last(row: _Row, touched: list[tuple[Column, Entry]]) -> str:
    """Return a warning for a report whose main text is the last round's, word for word."""
    written = {column.key for column, _ in touched}
    is_old = row.latest is None and row.start.progress and "progress" not in written
    return "本季进展与上次相同，请核对" if is_old else ""
