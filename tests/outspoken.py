"""An office whose every text is a word of the test's choosing, to see what pages make of it."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from sqlmodel import Session, select

from db.life_tables import EvidenceFile
from db.plan_tables import Unit
from db.record_tables import Message
from services import reports
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from services.tick import tick
from supervision.vocabulary import EvidenceKind, MessageState
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.reporting import OPENS, PERIOD, liaison
from tests.snapshots import filled

TEXTS = 5  # of each item: title, deadline, a unit, progress, problems


def outspoken(
    office: Office, words: Sequence[str], *, turn: int = 0, leads: bool = False
) -> list[str]:
    """Fill an office with these words, five an item; return the codes of the items.

    In another turn each word stands in another place. Files are called by the words too, and
    what a vendor answered is one of them. The unit supports the finance bureau, or it `leads`.
    """
    codes = [f"T{number:03}" for number in range(1, len(words) // TEXTS + 1)]

    def adopted(office: Office) -> None:
        items = [
            an_item(code, lead=f"单位{code}")
            if leads
            else an_item(code, supporting=[f"单位{code}"])
            for code in codes
        ]
        adopt_plan(office, *items, baseline_on=date(2025, 1, 6))
        tick(office, today=OPENS)

    filled(office, ("outspoken", len(codes), leads), adopted)
    with office.transaction() as session:
        for place, code in enumerate(codes):
            said = list(words[place * TEXTS : (place + 1) * TEXTS])
            said = said[turn:] + said[:turn]
            _say(session, office, code, said, by=f"单位{code}" if leads else FINANCE)
            name = words[(place * TEXTS + 137 + turn) % len(words)]
            session.add(_file(session, office, code, name))
        messages = session.exec(select(Message)).all()
        for message, word in zip(messages, words[turn::TEXTS], strict=False):
            message.state, message.reason = MessageState.REFUSED, word
            session.add(message)
    return codes


def _say(session: Session, office: Office, code: str, said: list[str], *, by: str) -> None:
    item = item_of(session, code)
    owed = obligation_of(session, item, PERIOD)
    content = ReportContent(progress=said[3], problems=said[4])
    actor = liaison(session, by)
    reports.hand_in(session, owed, content, actor, as_of=OPENS, now=office.now())
    item.title, item.deadline_text, item.content = said[0], said[1], said[0]
    unit = session.exec(select(Unit).where(Unit.name == f"单位{code}")).one()
    unit.name = said[2]
    session.add_all([item, unit])


def _file(session: Session, office: Office, code: str, name: str) -> EvidenceFile:
    return EvidenceFile(
        work_item_id=item_of(session, code).id,
        kind=EvidenceKind.LEDGER,
        name=name,
        hash=uuid4().hex,
        size=1,
        media_type="application/pdf",
        stored_as="-",
        brought_by=FINANCE,
        brought_at=office.now(),
        as_of=OPENS,
    )
