"""Each request of another system is done once, however often it is sent (REL25).

The key is taken in the transaction of the act: of two that come at once the second waits for the
first and gets its answer. What is refused leaves no trace, so it may be mended and sent again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from db import integrations
from db.bulk import insert_new
from db.integration_tables import IntegrationAnswer
from services.office import Office
from supervision.errors import UsageError

KEPT = timedelta(days=7)  # after it, a key is as good as new
Work = Callable[[Session], "Answer"]


class KeyReusedError(UsageError):
    """The key was used before, for another request: nothing was done."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A request as it is known again: whose, under which key, with which content."""

    token_id: UUID
    key: str
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What is answered: the status, and an object of what JSON knows."""

    status: int
    content: Mapping[str, Any]
    is_repeated: bool = False


def once(office: Office, request: Request, work: Work) -> Answer:
    """Do the work in one transaction unless its key was taken; return the answer, the same twice.

    Raises KeyReusedError when the key was taken for something else, and what `work` raises.
    """
    now = office.now()
    row = {
        "id": uuid4(),
        "token_id": request.token_id,
        "key": request.key,
        "request_hash": request.digest,
        "answered_at": now,
        "status": 0,
        "content": {},
    }
    with office.transaction() as session:
        integrations.forget(session, before=now - KEPT)
        is_new = bool(insert_new(session, IntegrationAnswer, [row]))
        taken = integrations.answer(session, request.token_id, request.key)
        if not is_new:
            return _again(taken, request)
        answer = work(session)
        taken.status, taken.content = answer.status, dict(answer.content)
        session.add(taken)
        return answer


def _again(taken: IntegrationAnswer, request: Request) -> Answer:
    if taken.request_hash != request.digest:
        raise KeyReusedError(
            "这个幂等键已用于另一项内容不同的请求", advice="新的请求请用新的 Idempotency-Key。"
        )
    return Answer(status=taken.status, content=taken.content, is_repeated=True)
