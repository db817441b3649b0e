"""What waits for the office (办公室待办): reviews due, disputes, requests to be handled."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import (
    calendar_days,
    close_outs,
    dossiers,
    extensions,
    light_facts,
    messages,
    milestones,
    plans,
)
from services.moves import due_reviews
from services.notice_waiting import Found, waiting_notices
from services.plans import the_office
from supervision.extensions import review_due_on
from supervision.policy import Policy
from supervision.vocabulary import Decision


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One sort of thing that waits, the items concerned, and the command that shows them."""

    what: str
    codes: tuple[str, ...]
    shown_by: str


def waiting(session: Session, policy: Policy, *, today: date) -> list[Waiting]:
    """Return what waits for the office today; sorts of which nothing waits are left out."""
    office_id = the_office(session).id
    suspended = [item.code for item in due_reviews(session, today=today)]
    disputed = [item.code for item, _ in dossiers.disputed(session, office_id)]
    asked, late, uncharted = [], [], []
    formal: list[Found] = []
    for plan in plans.of_office(session, office_id):
        asked += [item.code for item, _ in close_outs.of_plan(session, plan.id, Decision.OPEN)]
        late += _late_extensions(session, plan.id, policy, today=today)
        uncharted += _without_course(session, plan.id, policy, today=today)
        formal += waiting_notices(session, plan.id, today=today)
    found = (
        ("暂缓事项的复核日期已到", suspended, "duban item due-reviews"),
        ("交办异议待答复", disputed, "duban item disputes"),
        ("销号申请待办", asked, "duban close-out list"),
        ("延期申请超过初审时限", late, "duban extension list"),
        ("任务未报序时进度（年度节点）", uncharted, "duban round milestones import"),
        *formal,
        ("消息被拒收", messages.refused_by(session, office_id), "duban contact list"),
    )
    return [
        Waiting(what=what, codes=tuple(codes), shown_by=command)
        for what, codes, command in found
        if codes
    ]


def _late_extensions(session: Session, plan_id: UUID, policy: Policy, *, today: date) -> list[str]:
    """Return the items whose extension the office should have reviewed by now (R22)."""
    calendar = calendar_days.working_days(session)
    return [
        item.code
        for item, row in extensions.of_plan(session, plan_id, Decision.OPEN)
        if row.reviewed_by is None and today > review_due_on(row.asked_on, policy, calendar)
    ]


def _without_course(session: Session, plan_id: UUID, policy: Policy, *, today: date) -> list[str]:
    """Return the tasks that should have had milestones by the round the rule names (R16)."""
    begun = light_facts.rounds_begun(session, (plan_id,), as_of=today).get(plan_id, 0)
    if begun < policy.course_from_round.value:
        return []
    return milestones.tasks_without_course(session, plan_id)
