"""The daily sweep of the ladder: drafts that say nothing any more go, time runs out, rungs open.

A person signs, never a sweep.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlmodel import Session

from db import events, extensions, notice_ladder, notices, work_items
from db.bulk import insert_new
from db.notice_ladder import RunOut, Standing
from db.notices import Missed
from db.plan_tables import WorkItem
from db.record_tables import Notice
from services import policy_editions
from services.items import red_without_being_overdue
from services.notice_moves import DUBAN, Step, move_matter
from services.notice_outcomes import let_time_run
from services.rounds import Day
from supervision.extensions import frozen_until
from supervision.keys import notice_key
from supervision.ladder import Climb, interview_reason, next_rung, reply_due_on
from supervision.vocabulary import NoticeMove, NoticeState, Rung


def draft_due_notices(session: Session, day: Day) -> int:
    """Do what the ladder calls for today and return how many notices were drafted.

    Nothing is drafted twice, and no item climbs more than one rung. What was drafted for an item
    that needs it no more is withdrawn first, then notices without an answer in time lapse.
    """
    frozen = frozenset(_frozen(session, day))
    notices.withdraw_stale(session, day.plan.id)
    _let_lapse(session, day, frozen)
    if not day.calendar.is_working_day(day.today):
        return 0  # no rung opens on a day off, so whether an item is red waits till the next
    red = _red_without_being_overdue(session, day)
    _withdraw_early(session, day, red)
    drafted = _draft_overdue(session, day, frozen)
    drafted += _draft_red(session, day, {at: red[at] for at in red.keys() - frozen})
    drafted += _draft_above(session, day, red, frozen)
    if drafted:
        policy_editions.keep(session, day.policy, today=day.today)
    return drafted


def _red_without_being_overdue(session: Session, day: Day) -> Mapping[UUID, str]:
    """Return the items that are red by their progress or reports (R14), each with the reason."""
    found = red_without_being_overdue(session, day.plan, day.policy, day.calendar, day.today)
    return {one.work_item_id: one.reason for one in found}


def _withdraw_early(session: Session, day: Day, red: Collection[UUID]) -> None:
    """Withdraw what nobody need sign any more: red by progress yesterday may be green today."""
    early = notices.drafted_before_the_date(session, day.plan.id)
    notices.withdraw(session, [notice for notice, item in early.items() if item not in red])


def _frozen(session: Session, day: Day) -> Iterator[UUID]:
    """Give the items whose ladder an admissible, undecided extension holds today (R21)."""
    for asked in extensions.undecided(session, day.plan.id):
        if day.today <= frozen_until(asked.due_on_before, asked.asked_on, day.policy, day.calendar):
            yield asked.work_item_id


def _let_lapse(session: Session, day: Day, frozen: Collection[UUID]) -> None:
    """Let every notice lapse that had its time and no answer; each goes on record."""
    for sheet in notice_ladder.undated(session, day.plan.id):
        let_time_run(session, sheet)
        session.add(sheet)
    session.flush()
    step = Step(actor=DUBAN, as_of=day.today, now=day.now)
    entries = [
        move_matter(session, found.notice, found.item, NoticeMove.LAPSE, step)
        for found in list(notice_ladder.run_out(session, day.plan.id, today=day.today))
        if found.item.id not in frozen and _had_its_time(found, day)
    ]
    if entries:
        events.append(session, day.plan.office_id, entries, at=day.now)


def _had_its_time(found: RunOut, day: Day) -> bool:
    """Return whether the time to answer is over; a suspension makes it begin anew (R21)."""
    delivered_on, resumed_on = found.sheet.delivered_on, found.resumed_on
    if delivered_on is None or resumed_on is None or resumed_on <= delivered_on:
        return True
    last = reply_due_on(resumed_on, found.sheet.reply_days or 0, day.calendar)
    return last is not None and last < day.today


def _draft_overdue(session: Session, day: Day, frozen: Collection[UUID]) -> int:
    """Draft the first notice of overdue items: each date they share is judged once."""
    return sum(
        notices.draft(
            session,
            day.plan.id,
            missed,
            frozen=frozen,
            today=day.today,
            policy=day.policy.version,
        )
        for missed in _missed(session, day)
    )


def _missed(session: Session, day: Day) -> Iterator[Missed]:
    """Give the dates on which a rung opens today, put together by what the items share."""
    dates: dict[tuple[Rung, date | None, int], set[date]] = {}
    yesterday = day.today - timedelta(days=1)
    for group in work_items.due_groups(session, day.plan.id, due_by=yesterday):
        climb = Climb(due_on=group.due_on, settled_on=group.settled_on)
        rung = next_rung(climb, day.policy, day.calendar, today=day.today)
        if rung is not Rung.NONE:
            dates.setdefault((rung, group.settled_on, group.cycle), set()).add(group.due_on)
    for (rung, settled_on, cycle), found in dates.items():
        yield Missed(rung=rung, settled_on=settled_on, cycle=cycle, due_on=tuple(sorted(found)))


def _draft_red(session: Session, day: Day, red: Mapping[UUID, str]) -> int:
    """Draft the first notice of items that are red before their date, each with the reason."""
    rung = next_rung(Climb(due_on=None, is_red=True), day.policy, day.calendar, today=day.today)
    if rung is Rung.NONE:
        return 0
    rows = (
        _row(day, item, rung, why=red[item.id], version=day.policy.version)
        for item in notices.not_begun(session, red)
    )
    return insert_new(session, Notice, rows)


def _draft_above(
    session: Session, day: Day, red: Collection[UUID], frozen: Collection[UUID]
) -> int:
    """Draft the rung above a notice that lapsed, or the interview that R19 calls for."""
    rows = []
    for found in notice_ladder.climbing(session, day.plan.id):
        if found.item.id in frozen:
            continue
        rules = policy_editions.rules_of(session, found.notice.policy_version, day.policy)
        climb = _climb(session, found, is_red=found.item.id in red)
        rung = next_rung(climb, rules, day.calendar, today=day.today)
        if rung is not Rung.NONE:
            why = interview_reason(climb, rules) if rung is Rung.INTERVIEW else found.notice.why
            version = found.notice.policy_version
            rows.append(_row(day, found.item, rung, why=why, version=version))
    return insert_new(session, Notice, rows)


def _climb(session: Session, found: Standing, *, is_red: bool) -> Climb:
    """Return where an item is on the ladder; what only a red notice asks for is read only then."""
    notice, item = found.notice, found.item
    reds = yellows = 0
    if notice.rung is Rung.RED:
        yellows = notice_ladder.yellows_of(session, item.id)
        row = notice_ladder.reds_in_a_row(session, found.sheet.unit_id)
        reds = row.count if row.last_notice_id == notice.id else 0  # one interview, on the last
    return Climb(
        due_on=item.due_on,
        is_red=is_red,
        settled_on=item.settled_on,
        last_rung=notice.rung,
        last_state=notice.state,
        reds_in_a_row=reds,
        yellows=yellows,
    )


def _row(
    day: Day, item: WorkItem, rung: Rung, *, why: str | None, version: str
) -> dict[str, object]:
    is_overdue = item.due_on is not None and item.due_on < day.today
    return {
        "id": uuid4(),
        "key": notice_key(item.id.hex, rung, item.cycle),
        "plan_id": day.plan.id,
        "work_item_id": item.id,
        "rung": rung,
        "cycle": item.cycle,
        "state": NoticeState.DRAFT,
        "drafted_on": day.today,
        "overdue_since": item.due_on if is_overdue else None,
        "policy_version": version,
        "why": why,
    }
