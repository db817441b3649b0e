"""What waits for a decision in tests of pages: asked for, disputed, and how an item stands then."""

from datetime import date

from services import close_outs, extensions
from services.extensions import Wish
from services.item_events import Said, dispute
from services.item_views import plan_of
from services.office import Office
from supervision.vocabulary import ItemState
from tests.builders import item_of
from tests.people import hand, head, prove

DUE = date(2025, 6, 30)
LATER = date(2025, 8, 31)


def place(office: Office, code: str = "T01") -> str:
    with office.reading() as session:
        return f"/items/{item_of(session, code).id}"


def look(office: Office, code: str = "T01") -> tuple[ItemState, date | None, bool]:
    """Return an item's state, its due date and whether it waits to be settled."""
    with office.reading() as session:
        item = item_of(session, code)
        return item.state, item.due_on, item.historic


def ask_later(office: Office) -> None:
    """Let the head of the lead unit ask for a later date."""
    with office.transaction() as session:
        item = item_of(session, "T01")
        item.due_on = item.original_due_on = DUE
        item.state = ItemState.IN_PROGRESS
        session.add(item)
        session.flush()
        theirs = extensions.Hand(
            actor=head(session), as_of=office.today(), now=office.now(), policy=office.policy
        )
        wish = Wish(new_due_on=LATER, reason="设备未到货", progress="已完成招标")
        extensions.ask(session, plan_of(session, item), item, theirs, wish)


def ask_to_close(office: Office) -> None:
    """Let the head of the lead unit prove the item done and ask for its closing."""
    prove(office, "T01")
    with office.transaction() as session:
        item = item_of(session, "T01")
        item.state = ItemState.IN_PROGRESS
        session.add(item)
        session.flush()
        close_outs.ask(session, item, hand(office, head(session)), summary="已建成投运")


def object_to(office: Office) -> None:
    """Let the lead unit dispute that the item is its own."""
    with office.transaction() as session:
        said = Said(
            actor=head(session), as_of=office.today(), now=office.now(), reason="不属本单位职责"
        )
        dispute(session, item_of(session, "T01"), said)
