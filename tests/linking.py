"""An office whose portal others can open, and whose finance bureau gets its digest by mail."""

import re

from sqlmodel import Session, select

from db.plan_tables import ChannelAddress, Contact
from db.plan_tables import Office as OfficeRow
from db.record_tables import Message
from notifications.message import Outcome, OutgoingMessage, Verdict
from services.delivery import deliver
from services.office import Office
from supervision.vocabulary import ChannelKind, ContactPost
from tests.builders import FINANCE
from tests.people import unit_id

WHERE = "https://duban.example.gov.cn"
MAIL = ChannelKind.MAIL
LINK = re.compile(re.escape(WHERE) + r"(/l/[\w-]{43})")


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


class Postbox:
    """Takes every mail as a relay would, and keeps what it said."""

    name = "mail"

    def __init__(self) -> None:
        self.mails: list[OutgoingMessage] = []

    def deliver(self, message: OutgoingMessage) -> Outcome:
        self.mails.append(message)
        return Outcome(verdict=Verdict.ACCEPTED, reason="250")

    def describe(self) -> str:
        return "mail://"

    def close(self) -> None:
        pass

    def links(self) -> list[str]:
        """Return the paths of every link in every mail, in the order they stand there."""
        return [path for mail in self.mails for path in LINK.findall(mail.text)]


def sent(office: Office) -> Postbox:
    """Send what is due and return what went out."""
    box = Postbox()
    deliver(office, lambda _kind: box)
    return box
