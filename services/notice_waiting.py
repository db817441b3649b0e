"""What of notices and circulars waits for the office: nothing may lie unseen on its way."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import circulars, notice_answers, notice_waiting
from supervision.vocabulary import CircularState, NoticeState

S = NoticeState
Found = tuple[str, list[str], str]  # what waits, the items or rounds, the command that shows them


def waiting_notices(session: Session, plan_id: UUID, *, today: date) -> Iterator[Found]:
    """Give each sort of thing that waits in a plan with its items, also sorts nothing waits of."""
    listing = "duban notice list"
    yield "通知已签发待印发", notice_waiting.codes_in(session, plan_id, S.SIGNED), listing
    yield "通知已印发未送达", notice_waiting.codes_in(session, plan_id, S.ISSUED), listing
    without = notice_waiting.without_sponsor(session, plan_id)
    yield "企业无督导单位，通知不能印发", without, "duban contact import"
    yield "督办答复待审核", notice_waiting.codes_in(session, plan_id, S.ANSWERED), listing
    broken = list(notice_answers.broken_promises(session, plan_id, today=today))
    yield "承诺到期未办结，可手工起草下一份通知", broken, "duban notice draft"
    unpublished = [
        found.period
        for circular, found in circulars.of_plan(session, plan_id)
        if circular.state is not CircularState.PUBLISHED
    ]
    yield "通报待签发、印发", unpublished, "duban circular list"
