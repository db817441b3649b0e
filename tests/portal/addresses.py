"""Where each page is found in the prepared office: the places of its address filled in."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.life_tables import Account, EvidenceFile
from db.plan_draft_tables import PlanDraft
from db.plan_tables import Unit, WorkItem
from db.record_tables import Message, Notice
from services.office import Office
from supervision.vocabulary import UnitKind
from tests.builders import item_of
from tests.people import the_plan, unit_id
from tests.portal import prepared
from tests.portal.pages import Seen
from tests.portal.prepared import CHIEF


def address(office: Office, seen: Seen) -> str:
    """Return where a page is found, its places filled in."""
    with office.reading() as session:
        path = seen.route.format_map({**_places(session, seen.item), **seen.fills})
    return f"{path}?{seen.query}" if seen.query else path


def _places(session: Session, code: str) -> dict[str, str]:
    bureau = unit_id(session, prepared.BUREAU)
    mail = session.exec(select(Message.id).where(Message.unit_id == bureau)).first()
    company = session.exec(select(Unit.id).where(Unit.kind == UnitKind.COMPANY)).first()
    account = session.exec(select(Account.id).where(Account.name == CHIEF)).one()
    found: dict[str, UUID | str | None] = {
        "message_id": mail,
        "unit_id": bureau,
        "company_id": company,
        "account_id": account,
        "draft_id": session.exec(select(PlanDraft.id)).one(),
        "plan": the_plan(session).code,
        "period": prepared.QUARTER,
    }
    if code:
        is_of_it = col(Notice.work_item_id) == col(WorkItem.id)
        query = select(Notice.id).join(WorkItem, is_of_it).where(WorkItem.code == code)
        found |= {"item_id": item_of(session, code).id, "notice_id": session.exec(query).first()}
        file = select(EvidenceFile.id).where(EvidenceFile.work_item_id == found["item_id"])
        found["evidence_id"] = session.exec(file).first()
    return {place: str(value) for place, value in found.items()}
