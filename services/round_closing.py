"""Closing a round: what is still owed is missed, and what the round looked like is frozen."""

import hashlib
import json
from collections import Counter
from dataclasses import KW_ONLY, asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from db import events, rounds
from db.life_tables import RoundSnapshot
from db.plan_tables import Plan
from db.record_tables import Round
from services.round_lines import RoundLine, lines
from services.round_status import by_unit, count
from supervision.errors import StorageError, UsageError
from supervision.policy import Policy
from supervision.vocabulary import RoundState

NO_GROUP = "（未分专班）"


@dataclass(frozen=True, slots=True)
class Closing:
    """By which rules, as of which day and by whom a round is closed."""

    policy: Policy
    _: KW_ONLY
    today: date
    now: datetime
    actor: str = "duban"


def close(session: Session, plan: Plan, found: Round, closing: Closing) -> RoundSnapshot:
    """Close a round and freeze it; one that is closed already gives the snapshot there is.

    Nothing changes a snapshot: its hash stands in the record, in the same transaction.
    """
    current = rounds.locked(session, found.id)
    if current.state is RoundState.CLOSED:
        return snapshot_of(session, current)
    missed = rounds.close(session, current, today=closing.today)
    content = _content(session, plan, current, closing)
    snapshot = RoundSnapshot(
        round_id=current.id, frozen_at=closing.now, content=content, hash=content_hash(content)
    )
    session.add(snapshot)
    session.flush()
    entry = events.Entry(
        actor=closing.actor,
        act="close_round",
        about_kind="round",
        about_id=current.id,
        before=RoundState.OPEN,
        after=RoundState.CLOSED,
        as_of=closing.today,
        facts={"period": current.period, "missed": missed, "snapshot": snapshot.hash},
    )
    events.append(session, plan.office_id, [entry], at=closing.now)
    return snapshot


def snapshot_of(session: Session, found: Round) -> RoundSnapshot:
    """Return what a closed round looked like; StorageError when it was tampered with since."""
    snapshot = session.exec(
        select(RoundSnapshot).where(RoundSnapshot.round_id == found.id)
    ).one_or_none()
    if snapshot is None and found.state is RoundState.MISSED:
        raise UsageError(
            f"{found.period}调度错过未开，没有定格数据", advice="该季度不出通报，请改用其他季度。"
        )
    if snapshot is None:
        raise UsageError(f"{found.period}调度尚未关闭，没有定格数据", advice="请待关闭后再取。")
    if content_hash(snapshot.content) != snapshot.hash:
        raise StorageError(
            f"{found.period}调度的定格数据与其校验值不符", advice="数据可能被改动，请从备份恢复。"
        )
    return snapshot


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a snapshot as canonical JSON: sorted keys, no blanks, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _content(session: Session, plan: Plan, found: Round, closing: Closing) -> dict[str, Any]:
    there = lines(session, plan, found, closing.policy, today=closing.today)
    stated = {
        "plan": {"code": plan.code, "title": plan.title},
        "period": found.period,
        "opened_on": found.opened_on,
        "due_on": found.due_on,
        "closed_on": found.closed_on,
        "policy": closing.policy.version,
        "counts": {
            "reports": asdict(count(there, found, today=closing.today)),
            "lights": Counter(line.light.value for line in there),
            "units": [asdict(one) for one in by_unit(there, found, today=closing.today)],
            "working_groups": _by_group(there),
        },
        "items": [asdict(line) for line in there],
    }
    plain: dict[str, Any] = json.loads(json.dumps(stated, ensure_ascii=False, default=str))
    return plain


def _by_group(there: list[RoundLine]) -> dict[str, dict[str, int]]:
    groups: dict[str, Counter[str]] = {}
    for line in there:
        groups.setdefault(line.working_group or NO_GROUP, Counter())[line.light.value] += 1
    return {group: dict(lights) for group, lights in groups.items()}
