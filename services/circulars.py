"""Circulars (通报): drafted from a closed round, signed by a person, numbered, published once."""

from dataclasses import dataclass

from sqlmodel import Session

from db import circulars, events, units
from db.notice_tables import Circular
from db.paper_tables import Paper
from db.plan_tables import Plan
from services import numbers
from services.circular_drafts import drafted_on
from services.circular_papers import RoundCircular, frozen, kept
from services.circular_words import units_of
from services.close_outs import Hand
from services.notice_rights import require_not_before
from services.office import Office
from services.outgoing import Formal, addressed, queue_formal
from services.plans import the_office
from services.round_closing import snapshot_of
from services.round_status import round_of
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.policy import Policy
from supervision.rights import require
from supervision.vocabulary import CircularState, MessageKind, NumberSeries, Permission


def draft(
    session: Session, plan: Plan, period: str | None, hand: Hand, policy: Policy
) -> RoundCircular:
    """Draft the circular on a round by hand, the latest one if none is named.

    The one there is stays as it is. UsageError while the round is not closed: there is nothing
    frozen to speak from.
    """
    require(Permission.DRAFT_CIRCULAR, hand.actor)
    found = round_of(session, plan, period)
    snapshot_of(session, found)
    there = circulars.of_round(session, found.id)
    if there is not None:
        return RoundCircular(plan=plan, round=found, circular=there)
    made = drafted_on(session, plan, found, policy, today=hand.as_of)
    drafted = RoundCircular(plan=plan, round=found, circular=made)
    _record(session, drafted, hand, Permission.DRAFT_CIRCULAR, before=None)
    return drafted


def named(session: Session, plan: Plan, period: str | None) -> RoundCircular:
    """Return the circular on a round to act on, locked; the latest one if none is named."""
    return _named(session, plan, period, locked=True)


def shown(session: Session, plan: Plan, period: str | None) -> RoundCircular:
    """Return the circular on a round to look at; UsageError when there is none."""
    return _named(session, plan, period, locked=False)


def _named(session: Session, plan: Plan, period: str | None, *, locked: bool) -> RoundCircular:
    if period is None and (there := circulars.of_plan(session, plan.id)):
        period = there[-1][1].period
    found = round_of(session, plan, period)
    circular = circulars.of_round(session, found.id, locked=locked)
    if circular is None:
        raise UsageError(
            f"{found.period}还没有通报草稿", advice="调度关闭后用 duban circular draft 起草。"
        )
    return RoundCircular(plan=plan, round=found, circular=circular)


def sign(session: Session, one: RoundCircular, hand: Hand) -> None:
    """Sign a drafted circular; the same signature again changes nothing."""
    require(Permission.SIGN_CIRCULAR, hand.actor)
    circular = one.circular
    if circular.state is CircularState.SIGNED and circular.signed_by == hand.actor.name:
        return
    _require_state(one, CircularState.DRAFT, "签发")
    require_not_before(hand.as_of, circular.drafted_on, "起草日期")
    frozen(session, one)
    circular.state, circular.signed_at = CircularState.SIGNED, hand.now
    circular.signed_by, circular.signed_on = hand.actor.name, hand.as_of
    _record(session, one, hand, Permission.SIGN_CIRCULAR, before=CircularState.DRAFT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """A circular that was published: its file, and to how many units it was queued."""

    circular: Circular
    paper: Paper
    units: int


def publish(session: Session, office: Office, one: RoundCircular, hand: Hand) -> Published:
    """Publish a signed circular: its number, its paper, and one message to every unit."""
    require(Permission.PUBLISH_CIRCULAR, hand.actor)
    _require_state(one, CircularState.SIGNED, "印发")
    circular, series = one.circular, NumberSeries.CIRCULAR
    require_not_before(hand.as_of, circular.signed_on, "签发日期")
    word, year = numbers.word_for(office, series), hand.as_of.year
    given = numbers.give(session, circular.office_id, series, year=year, word=word)
    circular.year, circular.number, circular.number_text = year, given.number, given.text
    circular.published_by, circular.published_on = hand.actor.name, hand.as_of
    paper = kept(session, office, one)
    circular.state, circular.paper_id = CircularState.PUBLISHED, paper.id
    _record(session, one, hand, Permission.PUBLISH_CIRCULAR, before=CircularState.SIGNED)
    return Published(circular=circular, paper=paper, units=_post(session, office, one, paper))


def _post(session: Session, office: Office, one: RoundCircular, paper: Paper) -> int:
    """Queue the paper for every unit that answers for an item of the round; return how many."""
    row, circular = the_office(session), one.circular
    by_name = units.ids_by_name(session, row.id)
    concerned = units_of(frozen(session, one).content)
    reached = {addressed(session, row, by_name[unit]).id for unit in concerned if unit in by_name}
    for unit_id in sorted(reached):
        formal = Formal(
            unit_id=unit_id,
            about_id=circular.id,
            kind=MessageKind.CIRCULAR,
            subject=f"{circular.number_text} {one.quarter}督查通报",
            body=(
                f"现将{one.quarter}督查通报（{circular.number_text}）印发给你们，正文见附件。"
                f"\n\n{row.name}\n"
            ),
            papers=[paper],
            key=f"circular/{circular.id.hex}/{unit_id.hex}",
        )
        queue_formal(session, office, formal)
    return len(reached)


def _require_state(one: RoundCircular, wanted: CircularState, act: str) -> None:
    if one.circular.state is not wanted:
        raise ForbiddenMoveError(
            f"{one.round.period}的通报现为“{one.circular.state.label}”，不能{act}",
            advice=f"须在“{wanted.label}”时办理。",
        )


def _record(
    session: Session,
    one: RoundCircular,
    hand: Hand,
    act: Permission,
    *,
    before: CircularState | None,
) -> None:
    circular = one.circular
    session.add(circular)
    session.flush()
    entry = events.Entry(
        actor=hand.actor.name,
        act=act,
        about_kind="circular",
        about_id=circular.id,
        before=before,
        after=circular.state,
        as_of=hand.as_of,
        document=circular.number_text,
        facts={"period": one.round.period, "snapshot": circular.snapshot_hash},
    )
    events.append(session, circular.office_id, [entry], at=hand.now)
