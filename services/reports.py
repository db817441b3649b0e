"""Quarterly reports (进展报送): what a unit hands in on an item, and what supporting units add."""

import hashlib
import json
from dataclasses import asdict, fields
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from db import lives, reports
from db.life_tables import Contribution, ProgressReport
from db.record_tables import Obligation
from services.obligations import Context, Doing, context_of, put_on_record, require_open
from services.report_content import ReportContent, Reported, checked, cleaned
from supervision.errors import UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import Decision, ObligationState, Permission


def prefilled(session: Session, obligation: Obligation) -> ReportContent:
    """Return a report's form: what this round has already, else the text of the last one.

    A text that an earlier round ended with sent back is not offered again; empty without any.
    """
    said = reports.latest(session, obligation.id)
    if said is None:
        about = context_of(session, obligation)
        said = reports.before(session, about.item, about.round.period)
    return ReportContent(progress="") if said is None else content_of(said)


def content_of(report: ProgressReport) -> ReportContent:
    """Return what a stored report says."""
    names = [field.name for field in fields(ReportContent)]
    return ReportContent(**{name: getattr(report, name) for name in names})


def hand_in(
    session: Session,
    obligation: Obligation,
    content: ReportContent,
    actor: Actor,
    *,
    as_of: date,
    now: datetime,
) -> ProgressReport:
    """Hand a report in, or a new version of one not accepted yet; return the version that stands.

    The same content again is no new version. UsageError outside the round's days, for content that
    cannot be taken (a share that falls needs its reason under problems), for a report that was
    accepted, and for one sent back that comes again unchanged; NotAllowedError for other units.
    """
    about = context_of(session, obligation)
    said, last = _judged(session, obligation, about, content, actor, as_of=as_of)
    if last is not None and content_of(last) == said:
        return last
    report = _store(session, obligation, said, last, actor, as_of=as_of, now=now)
    stated = {"version": report.version, "content": _digest(asdict(said))}
    doing = Doing(act="hand_in", actor=actor, as_of=as_of, now=now, facts=stated)
    put_on_record(session, obligation, about, doing, state=ObligationState.REPORTED)
    return report


def acceptable(
    session: Session, obligation: Obligation, content: ReportContent, actor: Actor, *, as_of: date
) -> ReportContent:
    """Return the content as `hand_in` would store it, storing nothing; raises what that raises."""
    about = context_of(session, obligation)
    return _judged(session, obligation, about, content, actor, as_of=as_of)[0]


def _judged(
    session: Session,
    obligation: Obligation,
    about: Context,
    content: ReportContent,
    actor: Actor,
    *,
    as_of: date,
) -> tuple[ReportContent, ProgressReport | None]:
    """Return the content as it would be stored, and the version that stands before it."""
    item = about.item
    require(Permission.REPORT, actor, lives.concerned(session, item.id))
    require_open(about, as_of=as_of)
    # Without a share there is none that could have fallen.
    accepted = None if content.percent is None else reports.last_accepted_percent(session, item)
    said = checked(content, Reported(code=item.code, kind=item.kind, accepted_percent=accepted))
    last = reports.latest(session, obligation.id)
    if last is not None and content_of(last) == said:
        _require_new(obligation, last)
    elif obligation.state is ObligationState.ACCEPTED:
        raise UsageError(
            f"{item.code}本季报送已审定，不能改报", advice="确需更正的，请联系办公室。"
        )
    return said, last


def _require_new(obligation: Obligation, last: ProgressReport) -> None:
    """Raise UsageError for a report that was sent back and comes again as it was."""
    if obligation.state is ObligationState.SENT_BACK:
        raise UsageError(
            f"报送内容与被退回的相同（退回原因：{last.review_reason}）",
            advice="请按退回意见修改后再报。",
        )


def _store(
    session: Session,
    obligation: Obligation,
    said: ReportContent,
    last: ProgressReport | None,
    actor: Actor,
    *,
    as_of: date,
    now: datetime,
) -> ProgressReport:
    if last is not None and last.verdict is Decision.OPEN:
        last.verdict = Decision.WITHDRAWN  # nobody reviews what its unit has replaced
        session.add(last)
    report = ProgressReport(
        obligation_id=obligation.id,
        version=1 if last is None else last.version + 1,
        unit_id=_unit_of(actor),
        reported_by=actor.name,
        reported_at=now,
        as_of=as_of,
        verdict=Decision.OPEN,
        **asdict(said),
    )
    session.add(report)
    return report


def contribute(
    session: Session, obligation: Obligation, body: str, actor: Actor, *, as_of: date, now: datetime
) -> Contribution:
    """Keep what a supporting unit adds to a report (会同情况); return the version that stands.

    A unit has one text; a changed one is its next version, the same one again is none. It is taken
    until the round closes, though asked for only until the round's day for supporting units.
    """
    about = context_of(session, obligation)
    require(Permission.CONTRIBUTE, actor, lives.concerned(session, about.item.id))
    require_open(about, as_of=as_of)
    said, unit_id = cleaned(body), _unit_of(actor)
    if said is None:
        raise UsageError(f"{about.item.code}没有填写配合情况", advice="请写明本单位做了什么。")
    last = reports.contribution(session, obligation.id, unit_id)
    if last is not None and last.body == said:
        return last
    given = Contribution(
        obligation_id=obligation.id,
        unit_id=unit_id,
        version=1 if last is None else last.version + 1,
        contributed_by=actor.name,
        contributed_at=now,
        as_of=as_of,
        body=said,
    )
    session.add(given)
    stated = {"version": given.version, "content": _digest(said)}
    doing = Doing(act="contribute", actor=actor, as_of=as_of, now=now, facts=stated)
    put_on_record(session, obligation, about, doing, state=obligation.state)
    return given


def _unit_of(actor: Actor) -> UUID:
    """Return the unit an actor stands for; the table of rights let nobody without one come here."""
    if actor.unit_id is None:
        raise ValueError(f"{actor.name} is of no unit")
    return actor.unit_id


def _digest(said: object) -> str:
    """Return the SHA-256 of what was said: the record shows if it is changed later."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
