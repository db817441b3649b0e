"""Each form is taken once: a double click or a retry gets the answer of the first (REL25)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from db.bulk import insert_new
from db.session_tables import FormAnswer
from services.office import Office


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Where a person is led after a form was taken, and what he is told there."""

    location: str
    message: str


def once(
    office: Office, key: str, work: Callable[[Session], Answer], *, account_id: UUID
) -> Answer:
    """Do the work in one transaction unless a form of this key was taken; return its answer.

    Of two that come at once the second waits for the first. Work that is refused leaves no trace,
    so the same form may be mended and sent again.
    """
    row = {"key": key, "account_id": account_id, "answered_at": office.now()}
    with office.transaction() as session:
        if not insert_new(session, FormAnswer, [row | {"location": "", "message": ""}]):
            there = session.get_one(FormAnswer, key)
            return Answer(location=there.location, message=there.message)
        answer = work(session)
        taken = session.get_one(FormAnswer, key)
        taken.location, taken.message = answer.location, answer.message
        session.add(taken)
        return answer
