"""A workbook that a unit sent back: what each row and cell would change, before anything does."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import dispatch, lives
from db.dispatch import Owed
from db.plan_tables import Unit
from db.record_tables import Round
from services.office import Office
from services.report_content import ReportContent
from services.returned_row import CellChange, Received, judged
from services.tokens import opened
from services.workbook_files import require_sound
from services.workbooks import PURPOSE
from supervision.errors import UsageError
from supervision.periods import quarter_named
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import CellFate, RoundState, RowFate
from templates.workbooks.reading import ReadLine, ReadWorkbook, read_workbook


@dataclass(frozen=True, kw_only=True, slots=True)
class RowPreview:
    """What would become of one row; `content` is what would be reported, None when nothing can."""

    row: int
    code: str  # of the item, empty for a row that belongs to none
    title: str
    fate: RowFate
    reason: str
    cells: tuple[CellChange, ...]
    obligation_id: UUID | None = None
    version: int = 0  # of the report that stands; another one by then refuses the row
    content: ReportContent | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What importing a workbook would do; `remarks` concern the whole file."""

    period: str
    unit: str
    rows: tuple[RowPreview, ...]
    remarks: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing in it was refused, ignored or doubtful."""
        faults = (CellFate.REFUSED, CellFate.IGNORED, CellFate.CONFLICT)
        return not self.remarks and not any(
            row.fate in (RowFate.REFUSED, RowFate.STALE)
            or any(cell.fate in faults for cell in row.cells)
            for row in self.rows
        )


def preview(
    session: Session, content: bytes, actor: Actor, office: Office, *, name: str, as_of: date
) -> Preview:
    """Return what importing the workbook would do; nothing is written.

    Raises UnreadableDocumentError for a file that is not a dispatch table, UsageError for one whose
    token is not ours or whose round is over, NotAllowedError for another unit's.
    """
    require_sound(content, name)
    book = read_workbook(content)
    round_id, unit_id = (UUID(part) for part in _opened(office, book))
    unit, found = session.get(Unit, unit_id), session.get(Round, round_id)
    if unit is None or found is None:
        raise UsageError("调度表所属的调度或单位已不存在", advice="请重新导出后填写。")
    if actor.unit_id not in lives.acting_for(unit):
        raise NotAllowedError(
            f"这是“{unit.name}”的调度表，账号“{actor.name}”不属于该单位",
            advice="请由该单位的联络员或负责人导入。",
        )
    if found.state is not RoundState.OPEN or as_of >= found.closes_on:
        label = quarter_named(found.period).label
        raise UsageError(f"这是{label}的调度表，该轮已截止", advice="请导出当前调度的表格填写。")
    theirs = {
        each.obligation.id: each for each in dispatch.owed(session, round_id, unit_id=unit_id)
    }
    rows = tuple(_rows(Received(session=session, actor=actor, as_of=as_of), book, theirs))
    return Preview(
        period=found.period, unit=unit.name, rows=rows, remarks=_remarks(book, rows, theirs)
    )


def _opened(office: Office, book: ReadWorkbook) -> list[str]:
    if not book.token:
        raise UsageError(
            "文件中没有本系统的标识", advice="请在下发的调度表里填写，不要复制到新文件。"
        )
    return opened(office.settings, PURPOSE, book.token)


def _rows(
    received: Received, book: ReadWorkbook, theirs: Mapping[UUID, Owed]
) -> Iterable[RowPreview]:
    times = Counter(line.id for line in book.lines)
    for line in book.lines:
        owed = theirs.get(_uuid(line.id))
        reason = _misplaced(line, owed, repeated=times[line.id] > 1)
        if owed is None or reason:
            if owed is not None or line.id or _is_written(line):
                yield _refused(line, owed, reason)
            continue
        verdict = judged(received, line, owed)
        yield RowPreview(
            row=line.row,
            code=owed.item.code,
            title=owed.item.title,
            fate=verdict.fate,
            reason=verdict.reason,
            cells=verdict.cells,
            obligation_id=owed.obligation.id,
            version=verdict.version,
            content=verdict.content,
        )


def _uuid(text: str) -> UUID:
    """Return the id of a hidden cell; the nil one, which nothing bears, for any other text."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _misplaced(line: ReadLine, owed: Owed | None, *, repeated: bool) -> str:
    if not line.id:
        return "新增的行没有事项标识，不予采用"
    if owed is None:
        return "该行不是本单位本轮的应报事项，不予采用"
    if repeated:
        return "同一事项出现多行，无法判断以哪一行为准"
    return "" if line.seal else "隐藏列的内容被删除，无法核对，请重新导出"


def _is_written(line: ReadLine) -> bool:
    return any(entry.shown for entry in line.entries.values())


def _refused(line: ReadLine, owed: Owed | None, reason: str) -> RowPreview:
    said = line.entries.get("title")
    return RowPreview(
        row=line.row,
        code=owed.item.code if owed else "",
        title=owed.item.title if owed else (said.shown if said else ""),
        fate=RowFate.REFUSED,
        reason=reason,
        cells=(),
    )


def _remarks(
    book: ReadWorkbook, rows: Iterable[RowPreview], theirs: Mapping[UUID, Owed]
) -> tuple[str, ...]:
    remarks = []
    there = {row.code for row in rows}
    gone = [
        each.item.code for each in theirs.values() if each.is_asked and each.item.code not in there
    ]
    if gone:
        remarks.append(f"表中没有 {'、'.join(gone)}，这些事项不作改动")
    has_projects = any(line.entries.get("invested_wan") for line in book.lines)
    columns = [
        column.heading.replace("\n", "")
        for column in book.missing_columns
        if has_projects or not column.projects_only
    ]
    if columns:
        remarks.append(f"表中缺少“{'”“'.join(columns)}”列，相应内容不作改动")
    return tuple(remarks)
