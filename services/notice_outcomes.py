"""What the post tells of notices: that one was delivered, and whether it still is to go out."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from db import calendar_days, notice_sheets
from db.notice_tables import NoticeSheet
from services.notice_moves import DUBAN, Step, move_sheet
from supervision.ladder import reply_due_on
from supervision.vocabulary import NoticeMove, NoticeState

ON_ITS_WAY = (NoticeState.ISSUED, NoticeState.DELIVERED, NoticeState.ACKNOWLEDGED)


def delivered(
    session: Session,
    *,
    sheet_id: UUID,
    on: date,
    at: datetime,
    how: str,
    filed_after: timedelta | None = None,
) -> None:
    """Put on record that a sheet reached its unit; from this day its time to answer runs (R18).

    Called in the transaction that records its message as sent. A sheet that was delivered before,
    by hand or by an earlier copy, or was voided meanwhile, stays as it is. A file proves no
    day of its own: it counts from the day the sheet was issued for and the time it then waited
    (`filed_after`), so that a trial that plays days gone by goes on in those days.
    """
    sheet = notice_sheets.locked(session, sheet_id)
    if sheet is not None and sheet.state is NoticeState.ISSUED:
        issued_on = sheet.issued_on or on
        day = max(on, issued_on) if filed_after is None else issued_on + filed_after
        step = Step(actor=DUBAN, as_of=day, now=at, facts={"how": how})
        deliver(session, sheet, step, how=how)


def deliver(session: Session, sheet: NoticeSheet, step: Step, *, how: str) -> None:
    """Deliver a sheet, by the post or by a person's hand, and compute when an answer is due."""
    sheet.delivered_on, sheet.delivered_how = step.as_of, how
    let_time_run(session, sheet)
    move_sheet(session, sheet, NoticeMove.DELIVER, step)


def let_time_run(session: Session, sheet: NoticeSheet) -> None:
    """Compute by when a delivered sheet is to be answered; nothing while no calendar says (R04)."""
    if sheet.delivered_on is not None and sheet.reply_days is not None:
        calendar = calendar_days.working_days(session)
        sheet.reply_due_on = reply_due_on(sheet.delivered_on, sheet.reply_days, calendar)


def still_stands(session: Session, sheet_id: UUID) -> bool:
    """Return whether a sheet is still to be sent: asked in the transaction that claims its message.

    Not once it was voided, nor when no item on it calls for it any more. What is no sheet (a
    circular) always stands.
    """
    sheet = notice_sheets.locked(session, sheet_id)
    if sheet is None:
        return True
    if sheet.state not in ON_ITS_WAY:
        return False
    return any(
        notice_sheets.still_calls(notice, item)
        for notice, item in notice_sheets.matters(session, sheet_id)
    )
