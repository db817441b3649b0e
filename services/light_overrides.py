"""What people say of a light: set by hand (人工定灯, R32), or a date judged past keeping (R14)."""

from datetime import date

from sqlmodel import Session

from db import calendar_days, light_overrides, lives
from db.light_tables import LightOverride, UnableJudgement
from db.plan_tables import WorkItem
from services.item_events import Said, entry_of
from services.item_record import put_on_record
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.policy import Policy
from supervision.rights import require
from supervision.rounds import next_opening
from supervision.standing import LISTED_STATES
from supervision.vocabulary import ItemEvent, Light, Permission


def set_light(
    session: Session, item: WorkItem, light: Light, said: Said, policy: Policy
) -> LightOverride:
    """Set an item's light by hand until the next round opens; the rule's own stays on view.

    The same again is the same row; another one ends the one before. NotAllowedError for anybody of
    a responsible unit, UsageError without a reason, ForbiddenMoveError where no light shines.
    """
    require(Permission.OVERRIDE_LIGHT, said.actor, lives.concerned(session, item.id))
    reason = _reason(item, said, ItemEvent.SET_LIGHT)
    there = light_overrides.in_force(session, item.id, as_of=said.as_of)
    if there is not None:
        if (there.light, there.reason, there.set_by) == (light, reason, said.actor.name):
            return there
        _end(session, there, said, why="另行定灯")
    calendar = calendar_days.working_days(session)
    row = LightOverride(
        work_item_id=item.id,
        ordinal=len(light_overrides.of_item(session, item.id)) + 1,
        light=light,
        reason=reason,
        set_by=said.actor.name,
        set_on=said.as_of,
        expires_on=next_opening(said.as_of, calendar, policy),
    )
    session.add(row)
    session.flush()
    facts = {"light": light.value, "expires_on": row.expires_on.isoformat()}
    _record(session, item, ItemEvent.SET_LIGHT, said, **facts)
    return row


def clear_light(session: Session, item: WorkItem, said: Said) -> LightOverride:
    """Take the light back that somebody set by hand; UsageError where none holds."""
    require(Permission.OVERRIDE_LIGHT, said.actor, lives.concerned(session, item.id))
    reason = _reason(item, said, ItemEvent.CLEAR_LIGHT)
    there = light_overrides.in_force(session, item.id, as_of=said.as_of)
    if there is None:
        raise UsageError(f"{item.code}没有生效的人工定灯", advice="无须撤销。")
    _end(session, there, said, why=reason)
    _record(session, item, ItemEvent.CLEAR_LIGHT, said, light=there.light.value)
    return there


def judge_unable(session: Session, item: WorkItem, said: Said) -> UnableJudgement:
    """Put on record that an item cannot be finished by its date (难以按期), which makes it red.

    It holds for this due date until revoked: a later date granted leaves it behind. Judged again
    while it holds, nothing changes.
    """
    require(Permission.JUDGE_UNABLE, said.actor, lives.concerned(session, item.id))
    reason = _reason(item, said, ItemEvent.JUDGE_UNABLE)
    there = light_overrides.standing_unable(session, item)
    if there is not None:
        return there
    row = UnableJudgement(
        work_item_id=item.id,
        cycle=item.cycle,
        due_on=item.due_on,
        reason=reason,
        judged_by=said.actor.name,
        judged_on=said.as_of,
    )
    session.add(row)
    session.flush()
    _record(session, item, ItemEvent.JUDGE_UNABLE, said, due_on=_text(item.due_on))
    return row


def revoke_unable(session: Session, item: WorkItem, said: Said) -> UnableJudgement:
    """Revoke such a judgement; UsageError where none stands."""
    require(Permission.JUDGE_UNABLE, said.actor, lives.concerned(session, item.id))
    reason = _reason(item, said, ItemEvent.REVOKE_UNABLE)
    there = light_overrides.standing_unable(session, item)
    if there is None:
        raise UsageError(f"{item.code}没有被判定难以按期", advice="无须撤销。")
    there.revoked_by, there.revoked_on = said.actor.name, said.as_of
    there.revoke_reason = reason
    session.add(there)
    _record(session, item, ItemEvent.REVOKE_UNABLE, said, due_on=_text(there.due_on))
    return there


def _reason(item: WorkItem, said: Said, act: ItemEvent) -> str:
    if item.state not in LISTED_STATES:
        raise ForbiddenMoveError(
            f"{item.code}{item.state.label}，不亮灯，不能{act.label}", advice="无须办理。"
        )
    if not said.reason.strip():
        raise UsageError(f"{act.label}须写明理由", advice="请用 --reason 写明。")
    return said.reason.strip()


def _end(session: Session, row: LightOverride, said: Said, *, why: str) -> None:
    row.ended_by, row.ended_on, row.end_reason = said.actor.name, said.as_of, why
    session.add(row)
    session.flush()


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _record(
    session: Session, item: WorkItem, act: ItemEvent, said: Said, **facts: str | None
) -> None:
    put_on_record(session, item, entry_of(item, act, said, **facts), at=said.now)
