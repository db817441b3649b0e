"""The close-out sheet (销号单) of a closed item, made from its rows whenever it is asked for."""

from pathlib import Path

from sqlmodel import Session

from db import accounts, close_outs, dossiers, evidence
from db.life_tables import CloseOut, EvidenceFile
from db.plan_tables import Plan, WorkItem
from supervision.errors import UsageError
from supervision.vocabulary import Decision, ItemKind, Relation
from templates import render
from templates.render import chinese_day
from templates.words import CloseOutWords, ProofLine

NOTHING = "—"


def sheet(session: Session, plan: Plan, item: WorkItem, *, folder: Path | None = None) -> bytes:
    """Return the Word file; UsageError for an item that is not closed out."""
    approved = [
        found
        for found in close_outs.of_item(session, item.id)
        if found.decision is Decision.APPROVED
    ]
    if item.closed_on is None or not approved:
        raise UsageError(
            f"{item.code}没有销号（现为“{item.state.label}”）", advice="复核同意后再出销号单。"
        )
    return render.paper(_words(session, plan, item, approved[-1]), folder=folder)


def _words(session: Session, plan: Plan, item: WorkItem, closed: CloseOut) -> CloseOutWords:
    names = {one.name: one.full_name for one in accounts.of_office(session, plan.office_id)}
    units = dossiers.units_of(session, item.id)
    decided_on = closed.decided_on or closed.asked_on
    return CloseOutWords(
        plan_title=plan.title,
        code=item.code,
        kind=item.kind.label,
        title=item.title,
        content=item.content,
        lead_units=_named(units, Relation.LEAD) or _named(units, Relation.RESPONSIBLE),
        supporting_units=_named(units, Relation.SUPPORTING) or NOTHING,
        deadline_text=item.deadline_text or NOTHING,
        due_on=_due(item),
        asked_by=names.get(closed.asked_by, closed.asked_by),
        asked_on=closed.asked_on,
        closed_on=decided_on,
        lateness=_lateness(item, closed),
        grade="" if closed.grade is None else closed.grade.label,
        summary=closed.summary,
        invested=_invested(session, item),
        evidence=tuple(_proof(row) for row in evidence.of_item(session, item.id)),
        reviewed_by=names.get(closed.reviewed_by or "", closed.reviewed_by or ""),
        reviewed_on=closed.reviewed_on or decided_on,
        review_opinion=closed.review_opinion or "",
        decided_by=names.get(closed.decided_by or "", closed.decided_by or ""),
        decision_opinion=closed.reason or "同意销号。",
    )


def _named(units: list[dossiers.ConcernedUnit], relation: Relation) -> str:
    return "、".join(unit.name for unit in units if unit.relation is relation)


def _due(item: WorkItem) -> str:
    """Return the due date as printed on the sheet, the original beside one that was moved."""
    if item.due_on is None:
        return "持续开展"
    if item.original_due_on is None or item.due_on == item.original_due_on:
        return chinese_day(item.due_on)
    return f"{chinese_day(item.due_on)}（原{chinese_day(item.original_due_on)}）"


def _lateness(item: WorkItem, closed: CloseOut) -> str:
    """Return whether the item was late: a request by the due date is in time."""
    if item.due_on is None:
        return "无期限"
    late = (closed.asked_on - item.due_on).days
    return f"逾期{late}天" if late > 0 else "按期"


def _invested(session: Session, item: WorkItem) -> str:
    if item.kind is not ItemKind.PROJECT:
        return NOTHING
    spent = close_outs.latest_investment(session, item.id)
    planned = "" if item.investment_wan is None else f"（总投资{item.investment_wan}万元）"
    return f"{spent}万元{planned}"


def _proof(row: EvidenceFile) -> ProofLine:
    return ProofLine(kind=row.kind.label, name=row.name, vouched_by=row.vouched_by or "")
