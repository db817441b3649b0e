"""Papers of the ladder as rows, for tests of who sees and does what with them on pages."""

from uuid import UUID, uuid4

from sqlmodel import col, select

from db.notice_tables import NoticeSheet
from db.plan_tables import WorkItem
from db.record_tables import Notice
from services.office import Office
from supervision.vocabulary import NoticeState, PaperKind, Rung
from tests.builders import item_of
from tests.people import office_id, the_plan, unit_id

NOWHERE = UUID("00000000-0000-4000-8000-000000000000")


def send_notice(
    office: Office, code: str, *, unit: str, number: int, state: NoticeState = NoticeState.DELIVERED
) -> UUID:
    """Store a blue notice on an item as one that was numbered today; return its id."""
    with office.transaction() as session:
        plan, item, today = the_plan(session), item_of(session, code), office.today()
        sheet = NoticeSheet(
            office_id=office_id(session),
            plan_id=plan.id,
            rung=Rung.BLUE,
            form=PaperKind.SUPERVISION,
            unit_id=unit_id(session, unit),
            receiving_unit_id=unit_id(session, unit),
            state=state,
            reply_days=10,
            signed_by="签发人",
            signed_on=today,
            signed_at=office.now(),
            year=today.year,
            number=number,
            number_text=f"章无废办督〔{today.year}〕{number}号",
            issued_by="调度员",
            issued_on=today,
            delivered_on=today,
            delivered_how="专人送达",
        )
        session.add(sheet)
        session.flush()
        notice = Notice(
            key=f"{code}/{uuid4().hex}",
            plan_id=plan.id,
            work_item_id=item.id,
            rung=Rung.BLUE,
            cycle=1,
            state=state,
            drafted_on=today,
            policy_version="test",
            sheet_id=sheet.id,
        )
        session.add(notice)
        session.flush()
        return notice.id


def notice_place(office: Office, code: str) -> dict[str, str]:
    """Return what stands for the notice on an item in addresses, one that is not there if none."""
    with office.reading() as session:
        query = select(Notice.id).join(WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        found = session.exec(query.where(WorkItem.code == code)).first()
    return {"{notice_id}": str(found or NOWHERE)}
