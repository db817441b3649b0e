"""Reviewing reports: the office accepts one, or sends it back with a reason and asks again."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import acts, lives, plans, reports, rounds
from db.acts import Occasion
from db.life_tables import ProgressReport
from db.record_tables import Obligation
from services.days import require_not_before
from services.obligations import Context, Doing, context_of, put_on_record, require_open
from supervision.errors import UsageError
from supervision.reminders import Step
from supervision.rights import Actor, NotAllowedError, require
from supervision.vocabulary import Decision, ObligationState, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """A reviewer's word on a report; `version` is the one he read, None for the latest."""

    actor: Actor
    as_of: date
    now: datetime
    reason: str = ""
    version: int | None = None


def accept(session: Session, obligation: Obligation, review: Review) -> ProgressReport:
    """Accept the report of an obligation, which then stands; accepted again, nothing changes.

    Raises NotAllowedError for a reviewer of a responsible unit (R26), UsageError when nothing is
    there to be reviewed or a newer version has come in than the one that was read.
    """
    about = context_of(session, obligation)
    report = _report_for(session, obligation, about, review)
    if obligation.state is ObligationState.ACCEPTED:
        return report
    _require_waiting(obligation, about)
    _decide(session, report, review, Decision.APPROVED)
    doing = _doing("accept_report", report, review)
    put_on_record(session, obligation, about, doing, state=ObligationState.ACCEPTED)
    return report


def send_back(session: Session, obligation: Obligation, review: Review) -> ProgressReport:
    """Send a report back with a reason while its round is open; its unit is told and owes again.

    The next digest says so, whatever steps of chasing were taken before. Sent back again, nothing
    changes. Refuses what `accept` refuses, and a review without a reason.
    """
    about = context_of(session, obligation)
    report = _report_for(session, obligation, about, review)
    if obligation.state is ObligationState.SENT_BACK:
        return report
    _require_waiting(obligation, about)
    require_open(about, as_of=review.as_of)
    if not review.reason.strip():
        raise UsageError("退回须写明原因", advice="请说明缺什么、应怎样补报。")
    _decide(session, report, review, Decision.REFUSED)
    doing = _doing("send_report_back", report, review)
    put_on_record(session, obligation, about, doing, state=ObligationState.SENT_BACK)
    _ask_again(session, obligation, about, report, review)
    return report


def _report_for(
    session: Session, obligation: Obligation, about: Context, review: Review
) -> ProgressReport:
    """Return the report under review; nobody reviews his own, or his own unit's."""
    require(Permission.REVIEW_REPORT, review.actor, lives.concerned(session, about.item.id))
    report = reports.latest(session, obligation.id)
    if report is None:
        raise UsageError(f"{about.item.code}本季尚未报送", advice="请待报送后再审核。")
    if report.reported_by == review.actor.name:
        raise NotAllowedError("不能审核本人的报送", advice="请由其他审核人办理。")
    if review.version not in (None, report.version):
        raise UsageError(
            f"{about.item.code}已有新的报送（第{report.version}版）",
            advice="请查看最新内容后再审核。",
        )
    return report


def _require_waiting(obligation: Obligation, about: Context) -> None:
    if obligation.state is not ObligationState.REPORTED:
        raise UsageError(
            f"{about.item.code}本季报送“{obligation.state.label}”，没有待审内容",
            advice="无须审核。",
        )


def _decide(session: Session, report: ProgressReport, review: Review, verdict: Decision) -> None:
    require_not_before(review.as_of, report.as_of, "报送")
    report.verdict = verdict
    report.reviewed_by, report.reviewed_on = review.actor.name, review.as_of
    report.review_reason = review.reason.strip() or None
    session.add(report)
    session.flush()


def _doing(act: str, report: ProgressReport, review: Review) -> Doing:
    return Doing(
        act=act,
        actor=review.actor,
        as_of=review.as_of,
        now=review.now,
        facts={"version": report.version},
        why=report.review_reason,
    )


def _ask_again(
    session: Session, obligation: Obligation, about: Context, report: ProgressReport, review: Review
) -> None:
    """Put the return on the ledger: it is told even after every step of R07 and R08 was taken."""
    office_id = lives.office_of(session, about.item)
    occasion = Occasion(
        office_id=office_id,
        step=Step(rule="R05", name=f"returned-{report.version}", planned_on=review.as_of),
        period=about.round.period,
        recorded_on=review.as_of,
        round_id=about.round.id,
    )
    office_unit = plans.office_unit(session, office_id)
    owed = rounds.owing(
        about.round.id, office_unit_id=office_unit.id, item_id=obligation.work_item_id
    )
    acts.record(session, occasion, owed)
