"""An office whose portal others can open, and whose finance bureau gets its digest by mail."""

from sqlmodel import Session, select

from db.plan_tables import ChannelAddress, Contact
from db.plan_tables import Office as OfficeRow
from db.record_tables import Message
from services.office import Office
from supervision.vocabulary import ChannelKind, ContactPost
from tests.builders import FINANCE
from tests.people import unit_id

WHERE = "https://duban.example.gov.cn"
MAIL = ChannelKind.MAIL


def made_public(office: Office) -> Office:
    """Return the office under an address that others can open; its digests go to 李四 by mail."""
    settings = office.settings.model_copy(update={"portal_url": WHERE})
    public = Office(settings, office.engine, office.now)
    with public.transaction() as session:
        row = session.exec(select(OfficeRow)).one()
        row.baseline_confirmed_on = public.today()
        session.add(row)
        way = mailbox(session, "李四", ContactPost.LIAISON)
        for message in session.exec(select(Message)):
            message.channel, message.way_id = MAIL, way.id
            message.unit_id = way.unit_id
    return public


def mailbox(session: Session, name: str, post: ContactPost) -> ChannelAddress:
    """Return a new mail address of a new contact of the finance bureau."""
    contact = Contact(unit_id=unit_id(session, FINANCE), post=post, name=name)
    session.add(contact)
    session.flush()
    way = ChannelAddress(
        unit_id=contact.unit_id,
        contact_id=contact.id,
        kind=MAIL,
        address=f"{name}@finance.test",
        position=post is ContactPost.HEAD,
    )
    session.add(way)
    session.flush()
    return way
