"""Pulling notices (调阅): the papers a supervisor asks for, their list, and the 调度表 annex."""

from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlmodel import Session

from db import dispatch, rounds
from db.notice_tables import NoticeSheet
from db.plan_tables import Plan, Unit
from services import notice_papers, overdue_files
from services.notice_lists import Narrowed, Source, listed
from services.notice_shown import ListedNotice
from services.office import Office
from services.pulling import Asked, pull
from services.workbooks import Desk, export_items
from supervision.errors import UsageError
from supervision.vocabulary import RoundState
from templates.lists.csv_list import csv_list
from templates.lists.words import ListLine, ListWords
from templates.lists.xlsx_list import xlsx_list

LIST, ANNEX = "督办通知清单", "附件 调度表"
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the same notices give the same bundle


@dataclass(frozen=True, kw_only=True, slots=True)
class PulledFile:
    """A file of a pull: its name, and its content."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class PulledNotices:
    """What was pulled: the notices, their files, and what could not be added."""

    notices: list[ListedNotice]
    files: list[PulledFile]
    lacking: str


def pull_notices(
    session: Session, office: Office, plan: Plan, narrowed: Narrowed, *, as_of: date
) -> PulledNotices:
    """Return the notices that fit as files: issued ones exactly as kept, others marked 草稿.

    With them go the list as .xlsx and .csv, and the dispatch table (调度表) of their items when a
    round is there to make it of.
    """
    found = listed(session, office, plan, narrowed, as_of=as_of)
    if not found:
        raise UsageError("没有符合条件的督办通知", advice="放宽条件，或用 duban notice list 查看。")
    return pulled_of(session, office, plan, found, as_of=as_of)


def pulled_of(
    session: Session,
    office: Office,
    plan: Plan,
    found: list[tuple[ListedNotice, Source]],
    *,
    as_of: date,
) -> PulledNotices:
    """Return these notices as files, with their list and the dispatch table of their items."""
    files = [paper_of(session, office, plan, one, as_of) for one in found]
    notices = [shown for shown, _ in found]
    words = _list_of(session, office, plan, notices, as_of)
    files += [
        PulledFile(name=f"{LIST}.xlsx", content=xlsx_list(words)),
        PulledFile(name=f"{LIST}.csv", content=csv_list(words)),
    ]
    annex = _annex(session, office, plan, notices, as_of)
    if annex is not None:
        files.append(PulledFile(name=f"{ANNEX}.xlsx", content=annex))
    lacking = "" if annex is not None else "还没有开启过季度调度，未附调度表。"
    return PulledNotices(notices=notices, files=_apart(files), lacking=lacking)


def paper_of(
    session: Session,
    office: Office,
    plan: Plan,
    found: tuple[ListedNotice, Source],
    as_of: date,
) -> PulledFile:
    """Return one notice as a file: an issued one as it was kept, any other marked 草稿."""
    shown, source = found
    if isinstance(source, NoticeSheet):
        unit = session.get_one(Unit, source.unit_id).name
        content = notice_papers.content(session, office, plan, source)
    else:
        unit = source.lead_unit
        content = notice_papers.preview(session, office, plan, source, today=as_of)
    stem = notice_papers.file_stem(shown.number, unit, shown.codes, source)
    void = "（已作废）" if shown.end_reason and shown.number else ""
    return PulledFile(name=f"{stem}{void}.docx", content=content)


def _list_of(
    session: Session, office: Office, plan: Plan, notices: list[ListedNotice], as_of: date
) -> ListWords:
    """Return the list of the matters pulled, one row each, with the paper it stands on."""
    pulled = pull(session, office, Asked(as_of=as_of, plan=plan.code))
    items = {item.code: item for item in pulled.items}
    told = [(matter, notice) for notice in notices for matter in notice.items]
    rows = overdue_files.words_of(replace(pulled, items=[items[one.code] for one, _ in told]))
    lines = tuple(
        ListLine(light=line.light, cells=(*line.cells[:-1], _where(notice, matter.state.label)))
        for line, (matter, notice) in zip(rows.lines, told, strict=True)
    )
    return ListWords(
        title=LIST,
        subtitle=f"截至{as_of}　　通知{len(notices)}份，事项{len(lines)}项",
        lines=lines,
    )


def _where(notice: ListedNotice, state: str) -> str:
    return f"{notice.number or '未编号'} {notice.rung.label} {state}"


def _annex(
    session: Session, office: Office, plan: Plan, notices: list[ListedNotice], as_of: date
) -> bytes | None:
    """Return the dispatch table of the items pulled, from the latest round; None before any."""
    begun = [
        found
        for found in rounds.of_plan(session, plan.id)
        if found.state in (RoundState.OPEN, RoundState.CLOSED) and found.opens_on <= as_of
    ]
    if not begun:
        return None
    codes = {code for notice in notices for code in notice.codes}
    desk = Desk(office=office, plan=plan, round=begun[-1], as_of=as_of)
    owed = [one for one in dispatch.owed(session, begun[-1].id) if one.item.code in codes]
    return export_items(session, desk, owed) if owed else None


def _apart(files: list[PulledFile]) -> list[PulledFile]:
    """Give files of the same name a number, so that none takes another's place."""
    seen: dict[str, int] = {}
    apart = []
    for file in files:
        seen[file.name] = seen.get(file.name, 0) + 1
        stem, dot, ending = file.name.rpartition(".")
        name = file.name if seen[file.name] == 1 else f"{stem}（{seen[file.name]}）{dot}{ending}"
        apart.append(replace(file, name=name))
    return apart


def bundle(files: list[PulledFile]) -> bytes:
    """Return the files as one .zip; the same files are the same bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for file in files:
            entry = ZipInfo(file.name, ZIP_DAY)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, file.content)
    return buffer.getvalue()
